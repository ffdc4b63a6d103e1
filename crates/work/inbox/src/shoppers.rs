//! One shopper's page: her conversations, and what staff did that concerns her.
//!
//! There is no list of shoppers: whoever looks for one names her address exactly, or comes from a
//! conversation or an order of hers (`docs/decisions/0017-shoppers-are-found-not-browsed.md`).

use std::collections::HashMap;

use guard::gate::EmailAddress;
use identity::{Permit, actions::ReadShoppers};
use ledger::{Actor, leaf::Leaf};
use store::{Transaction, keys::Owner};
use terms::{RetentionClass, ShopperId, StaffId, Timestamp};

use crate::{
    Head, Inbox, InboxError,
    effects::{ShopperRead, ShopperSought},
};

/// Conversations and acts shown at most, the newest.
const MOST: usize = 50;

/// Which shopper is meant.
#[derive(Debug)]
pub enum Sought {
    /// By her address, exactly.
    Address(EmailAddress),
    /// By the number of an order that stands among hers.
    Order(String),
}

/// What staff see of a shopper.
#[derive(Debug)]
pub struct ShopperPage {
    pub shopper: ShopperId,
    /// Her address, masked; `None` when she was forgotten.
    pub address: Option<String>,
    pub known_since: Timestamp,
    pub conversations: Vec<Head>,
    pub acts: Vec<ActOfStaff>,
}

/// Something that staff did and that concerns her, as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActOfStaff {
    pub at: Timestamp,
    pub name: String,
    /// The kind of the entry.
    pub kind: String,
}

impl Inbox {
    /// The shopper who is meant, if there is one. That it was asked is recorded.
    pub async fn find_shopper(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadShoppers>,
        sought: &Sought,
    ) -> Result<Option<ShopperId>, InboxError> {
        let shop = permit.shop();
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, ShopperSought)
            .await?;
        match sought {
            Sought::Address(address) => Ok(self
                .identity
                .known_shopper_of_unproved_address(tx, shop, address)
                .await?),
            Sought::Order(number) => {
                let order = tx.order_by_number(shop, number).await?;
                // What a guest ordered in her name does not stand among hers.
                let hers = order.filter(|order| order.guest.is_none());
                Ok(hers.map(|order| order.shopper))
            }
        }
    }

    /// A shopper's page. That it was read is recorded in the same transaction.
    pub async fn shopper(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadShoppers>,
        shopper: ShopperId,
    ) -> Result<ShopperPage, InboxError> {
        let shop = permit.shop();
        let row = tx.shopper(shop, shopper).await?;
        let row = row.ok_or(InboxError::NoSuchShopper)?;
        let address = self.identity.address_of(tx, shop, shopper).await?;
        let owner = Owner::Shopper(shopper);
        // Who was forgotten gets no new key by being looked at.
        let subject = match &address {
            Some(_) => {
                let class = RetentionClass::Account;
                let key = self.vault.sealing_key(tx, shop, owner, class).await?;
                Some(key.subject_tag())
            }
            None => None,
        };
        let by = Actor::Staff(permit.staff());
        self.recorder
            .note(tx, shop, by, subject, ShopperRead)
            .await?;
        let mut conversations = Vec::new();
        let rows = tx.conversations_of_shopper(shop, shopper).await?;
        for row in rows.into_iter().take(MOST) {
            let opens = permit.opens(tx, &row).await?;
            let head = self.head(tx, row, permit.staff()).await?;
            conversations.push(Head { opens, ..head });
        }
        let acts = self.acts_about(tx, permit, owner).await?;
        Ok(ShopperPage {
            shopper,
            address: address.map(|address| address.masked()),
            known_since: row.created_at,
            conversations,
            acts,
        })
    }

    /// What staff did that concerns an owner, found by the tags that only her keys can make.
    async fn acts_about(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadShoppers>,
        owner: Owner,
    ) -> Result<Vec<ActOfStaff>, InboxError> {
        let shop = permit.shop();
        let mut found = Vec::new();
        for row in tx.data_keys_of(shop, owner).await? {
            let key = self.vault.key(tx, shop, row.id).await?;
            let subject = key.subject_tag();
            // More than is shown: what others than staff did stands between.
            found.extend(tx.entries_about(shop, subject.as_bytes(), 500).await?);
        }
        found.sort_by_key(|entry| core::cmp::Reverse((entry.at, entry.id)));
        let mut names: HashMap<StaffId, String> = HashMap::new();
        let mut acts = Vec::new();
        for entry in found {
            let Ok(leaf) = Leaf::decode(&entry.body) else {
                continue;
            };
            let Actor::Staff(staff) = leaf.actor() else {
                continue;
            };
            let name = match names.get(&staff) {
                Some(name) => name.clone(),
                None => {
                    let name = self.identity.staff_name(tx, shop, staff).await?;
                    let name = name.unwrap_or_default();
                    names.insert(staff, name.clone());
                    name
                }
            };
            acts.push(ActOfStaff {
                at: entry.at,
                name,
                kind: entry.kind,
            });
            if acts.len() >= MOST {
                break;
            }
        }
        Ok(acts)
    }
}
