//! A guest turns out to be a known shopper: her conversation becomes the shopper's, with its keys.

use store::{Transaction, keys::Owner};
use terms::{SessionId, ShopId, ShopperId};

use crate::{Inbox, InboxError, conversation::owner_of, effects::ConversationAdopted};

impl Inbox {
    /// Gives the conversations that `session` opened as a guest to `shopper`: their keys are
    /// wrapped anew under her, so that they are forgotten with her. Returns how many.
    pub async fn adopt(
        &self,
        tx: &mut dyn Transaction,
        shop: ShopId,
        session: SessionId,
        shopper: ShopperId,
    ) -> Result<u64, InboxError> {
        let mut adopted = 0;
        for found in tx.conversations_of_session(shop, session).await? {
            let Some(mut row) = tx.lock_conversation(shop, found.id).await? else {
                continue;
            };
            if row.shopper.is_some() {
                continue;
            }
            self.vault
                .adopt(tx, shop, owner_of(&row), Owner::Shopper(shopper))
                .await?;
            row.shopper = Some(shopper);
            row.updated_at = self.clock.now();
            tx.update_conversation(&row).await?;
            let subject = self.subject_of(tx, &row).await?;
            self.recorder
                .note(
                    tx,
                    shop,
                    ledger::Actor::Shopper,
                    Some(subject),
                    ConversationAdopted,
                )
                .await?;
            tx.announce(store::Pulse::Conversation {
                shop,
                conversation: row.id,
            });
            adopted += 1;
        }
        Ok(adopted)
    }
}
