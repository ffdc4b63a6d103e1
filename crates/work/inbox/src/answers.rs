//! Being told by mail: she asks for it when nobody is there, and gets one mail for each time she was
//! away when a person answered. The mail says that there is an answer, and nothing of it.

use identity::{Permit, Shopper, Verified, actions::Reply, level::Level, sessions::actor_of};
use store::{Transaction, front::AnswerWishRow};
use terms::ConversationId;

use crate::{
    Inbox, InboxError,
    effects::{AnswerMailed, AnswerWished},
};

impl Inbox {
    /// She wants a mail when a person has answered. Her address must be proved: it is the one that
    /// the mail goes to.
    pub async fn wish_for_mail<L: Level>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, L>,
        id: ConversationId,
    ) -> Result<(), InboxError> {
        let row = self.hers(tx, proof, id).await?;
        if row.shopper.is_none() {
            return Err(InboxError::NoAddress);
        }
        let subject = self.subject_of(tx, &row).await?;
        self.recorder
            .note(tx, row.shop, actor_of(proof), Some(subject), AnswerWished)
            .await?;
        tx.write_answer_wish(&AnswerWishRow {
            shop: row.shop,
            conversation: id,
            asked_at: self.clock.now(),
            mailed_at: None,
        })
        .await?;
        Ok(())
    }

    /// She is here again: the next answer while she is away is told anew.
    pub async fn came_back<L: Level>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, L>,
        id: ConversationId,
    ) -> Result<(), InboxError> {
        let row = self.hers(tx, proof, id).await?;
        if let Some(wish) = tx.answer_wish(row.shop, id).await? {
            let wish = AnswerWishRow {
                mailed_at: None,
                ..wish
            };
            tx.write_answer_wish(&wish).await?;
        }
        Ok(())
    }

    /// Leaves the mail after a person's answer, where it is wished for and was not sent yet; says
    /// whether it did. `link` leads to the shop.
    pub async fn mail_answer(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<Reply>,
        id: ConversationId,
        link: &str,
    ) -> Result<bool, InboxError> {
        let shop = permit.shop();
        // Locked, so that of two answers at once one is told.
        let Some(row) = tx.lock_conversation(shop, id).await? else {
            return Err(InboxError::NoSuchConversation);
        };
        // An answer that is sent again after she gave the conversation away is no new one.
        if row.assigned != Some(permit.staff()) {
            return Ok(false);
        }
        let wish = tx.answer_wish(shop, id).await?;
        let Some((wish, shopper)) = wish
            .filter(|wish| wish.mailed_at.is_none())
            .zip(row.shopper)
        else {
            return Ok(false);
        };
        let posted = self
            .identity
            .mail_answer(tx, shop, shopper, link, &row.locale)
            .await?;
        if posted {
            let subject = self.subject_of(tx, &row).await?;
            let actor = ledger::Actor::Staff(permit.staff());
            self.recorder
                .note(tx, shop, actor, Some(subject), AnswerMailed)
                .await?;
            tx.write_answer_wish(&AnswerWishRow {
                mailed_at: Some(self.clock.now()),
                ..wish
            })
            .await?;
        }
        Ok(posted)
    }
}
