//! Reading and changing the front, and the preview that shows it to staff before it is live.

use core::time::Duration;

use identity::{
    Permit,
    actions::{ChangeFront, PreviewFront, ReadFront},
};
use ledger::Actor;
use store::{
    Snapshot, Transaction,
    front::{FrontRow, LogoRow},
    keys::ReadKeys,
};
use terms::{ShopId, StaffId, Timestamp};
use vault::Domain;

use super::{Checked, Front, GoingLive, Image};
use crate::{
    Inbox, InboxError,
    effects::{FrontChanged, LogoChanged, PreviewMade},
};

/// How long a preview is good for.
pub const PREVIEW: Duration = Duration::from_secs(60 * 60);

/// The settings with their version; 0 where none were ever written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub version: i64,
    pub front: Front,
}

/// What shows the widget to staff while the shop is on trial: whose, until when, and a keyed hash over
/// both that nobody without the shop's key can make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewToken {
    pub until: Timestamp,
    pub staff: StaffId,
    pub hash: [u8; 32],
}

impl Inbox {
    /// The shop's front, as it comes where nobody set it.
    pub async fn front(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Settled, InboxError> {
        match snapshot.front(shop).await? {
            Some(row) => Ok(Settled {
                version: row.version,
                front: serde_json::from_str(&row.body).map_err(|_| InboxError::FrontUnreadable)?,
            }),
            None => Ok(Settled {
                version: 0,
                front: Front::default(),
            }),
        }
    }

    /// The front for the desk.
    pub async fn read_front(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadFront>,
    ) -> Result<Settled, InboxError> {
        self.front(snapshot, permit.shop()).await
    }

    /// Writes the front anew. `version` is the one that was read; refused when somebody else has
    /// changed it meanwhile.
    pub async fn change_front(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ChangeFront>,
        version: i64,
        front: Checked,
    ) -> Result<Settled, InboxError> {
        let front = front.into_front();
        let shop = permit.shop();
        let row = FrontRow {
            shop,
            version: version.saturating_add(1),
            body: serde_json::to_string(&front).map_err(|_| InboxError::FrontUnreadable)?,
            updated_at: self.clock.now(),
        };
        let effect = FrontChanged {
            version: row.version,
            live: front.state == GoingLive::Live,
        };
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, effect)
            .await?;
        match tx.write_front(&row).await {
            Err(store::StoreError::Conflict { .. }) => Err(InboxError::FrontChanged),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(Settled {
                version: row.version,
                front,
            }),
        }
    }

    /// Sets the logo, or takes it away.
    pub async fn change_logo(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ChangeFront>,
        image: Option<Image>,
    ) -> Result<(), InboxError> {
        let shop = permit.shop();
        let there = image.is_some();
        self.recorder
            .note(
                tx,
                shop,
                Actor::Staff(permit.staff()),
                None,
                LogoChanged { there },
            )
            .await?;
        match image {
            Some(image) => {
                let row = LogoRow {
                    shop,
                    kind: image.kind,
                    image: image.bytes,
                    updated_at: self.clock.now(),
                };
                tx.write_logo(&row).await?;
            }
            None => tx.delete_logo(shop).await?,
        }
        Ok(())
    }

    /// Makes a preview for the member of staff who asks.
    pub async fn preview(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<PreviewFront>,
    ) -> Result<PreviewToken, InboxError> {
        let (shop, staff) = (permit.shop(), permit.staff());
        let until = self.clock.now().after(PREVIEW);
        self.recorder
            .note(tx, shop, Actor::Staff(staff), None, PreviewMade)
            .await?;
        let hash = self.preview_hash(tx, shop, staff, until).await?;
        Ok(PreviewToken { until, staff, hash })
    }

    /// Whether whoever brings this token may see the widget now: it was made here, for this shop, is not
    /// over, and its member of staff still works here.
    pub async fn is_preview(
        &self,
        snapshot: &mut dyn Snapshot,
        shop: ShopId,
        token: &PreviewToken,
    ) -> Result<bool, InboxError> {
        let made = self
            .preview_hash(snapshot, shop, token.staff, token.until)
            .await?;
        // Every byte is looked at, wherever the first difference is.
        let differing = made
            .iter()
            .zip(&token.hash)
            .fold(0, |all, (one, two)| all | (one ^ two));
        if differing != 0 || token.until <= self.clock.now() {
            return Ok(false);
        }
        let staff = snapshot.staff(shop, token.staff).await?;
        Ok(staff.is_some_and(|row| row.disabled_at.is_none()))
    }

    async fn preview_hash(
        &self,
        read: &mut dyn ReadKeys,
        shop: ShopId,
        staff: StaffId,
        until: Timestamp,
    ) -> Result<[u8; 32], InboxError> {
        let until = until.millis().to_be_bytes();
        let parts = [staff.as_bytes().as_slice(), until.as_slice()];
        let hash = self.vault.keyed_hash(read, shop, Domain::Preview, &parts);
        Ok(hash.await?)
    }
}
