//! The one road a message travels, and the tool loop on it.
//!
//! This room decides nothing by itself: it leads a message from gate to gate in the one order that
//! is safe, inside one transaction, and gives back what may be shown.

mod catalogue;
mod claims;
pub mod confirming;
mod context;
mod friction;
mod known;
pub mod library;
pub mod mailbox;
pub mod merge;
pub mod pictures;
pub mod questions;
pub mod road;
pub mod suggestion;
mod told;
pub mod tool;
mod tools;

use std::sync::Arc;

use commerce::tools::Commerce;
use dialogue::Planner;
use gallery::Gallery;
use guard::{
    ShopHosts,
    gate::{LinkPolicy, Treatments},
};
use identity::Identity;
use inbox::Inbox;
use knowledge::Knowledge;
use store::shops::{HostKind, ReadShops, ShopHostRow};
use terms::ShopId;
use vault::Vault;

pub use library::Library;
pub use road::{Answered, Message};

/// The room's services, shared by all requests.
#[derive(Clone)]
pub struct Journey {
    pub(crate) identity: Identity,
    pub(crate) inbox: Inbox,
    pub(crate) knowledge: Arc<Knowledge>,
    pub(crate) planner: Arc<dyn Planner>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) commerce: Commerce,
    pub(crate) library: Library,
    pub(crate) gallery: Gallery,
    /// What a planner sees of what a shopper writes.
    pub(crate) treatments: Treatments,
}

impl Journey {
    #[must_use]
    pub fn new(
        identity: Identity,
        inbox: Inbox,
        library: Library,
        planner: Arc<dyn Planner>,
        vault: Arc<Vault>,
        commerce: Commerce,
        gallery: Gallery,
    ) -> Self {
        Self {
            identity,
            inbox,
            knowledge: Arc::clone(&library.knowledge),
            planner,
            vault,
            commerce,
            library,
            gallery,
            treatments: Treatments::default(),
        }
    }

    /// With a table that the shop has tightened.
    #[must_use]
    pub fn hiding(self, treatments: Treatments) -> Self {
        Self { treatments, ..self }
    }

    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    #[must_use]
    pub const fn inbox(&self) -> &Inbox {
        &self.inbox
    }

    #[must_use]
    pub const fn commerce(&self) -> &Commerce {
        &self.commerce
    }

    #[must_use]
    pub const fn gallery(&self) -> &Gallery {
        &self.gallery
    }

    /// The hosts that replies of this shop may link to.
    pub async fn link_policy(
        &self,
        read: &mut dyn ReadShops,
        shop: ShopId,
    ) -> Result<LinkPolicy, JourneyError> {
        Ok(may_link(&read.shop_hosts(shop).await?))
    }

    /// The same, and the hosts of the shop that a stranger's link could imitate: those it links to, and those
    /// of its own pages.
    async fn link_policy_and_hosts(
        &self,
        read: &mut dyn ReadShops,
        shop: ShopId,
    ) -> Result<(LinkPolicy, ShopHosts), JourneyError> {
        let hosts = read.shop_hosts(shop).await?;
        let own = ShopHosts::new(hosts.iter().map(|host| host.value.as_str()));
        Ok((may_link(&hosts), own))
    }
}

fn may_link(hosts: &[ShopHostRow]) -> LinkPolicy {
    let links = hosts.iter().filter(|host| host.kind == HostKind::Link);
    LinkPolicy::new(links.map(|host| host.value.clone()))
}

impl core::fmt::Debug for Journey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Journey(..)")
    }
}

/// What can go wrong on the road.
#[derive(Debug, thiserror::Error)]
pub enum JourneyError {
    #[error(transparent)]
    Refused(#[from] guard::gate::Refused),
    #[error(transparent)]
    Inbox(#[from] inbox::InboxError),
    #[error(transparent)]
    Identity(#[from] identity::IdentityError),
    #[error(transparent)]
    Commerce(#[from] commerce::tools::CommerceError),
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Record(#[from] ledger::RecordError),
    #[error(transparent)]
    NotFetched(#[from] knowledge::import::NotFetched),
    #[error("there is no such document, or not any more")]
    NoSuchDocument,
    #[error("there is no such question, or it was put away already")]
    NoSuchQuestion,
    #[error("somebody changed this document since you opened it: open it again to see both")]
    ChangedMeanwhile,
    #[error("this shop has {0} documents, which is as many as are kept: delete one first")]
    TooManyDocuments(i64),
    #[error(
        "the documents of this shop may have {0} characters together: shorten or delete one first"
    )]
    TooMuchText(i64),
    /// The sealed context of a conversation does not have the shape that was written.
    #[error("the stored context of a conversation cannot be read")]
    ContextUnreadable,
    /// The sealed mail does not have the shape that was written.
    #[error("a stored mail cannot be read")]
    MailUnreadable,
}

impl From<commerce::refusal::Refusal> for JourneyError {
    fn from(refusal: commerce::refusal::Refusal) -> Self {
        Self::Commerce(refusal.into())
    }
}
