//! A proposal is confirmed, and the conversation it was asked for in is told what that did.

use commerce::proposals::{Confirmation, Outcome};
use guard::{OutcomeCard, gate};
use identity::{Confirmed, Shopper, Verified, level::Guest};
use inbox::{InboxError, NewTurn};
use store::{Pulse, Transaction, conversations::Author};
use terms::ProposalId;

use crate::{Journey, JourneyError, tools};

impl Journey {
    /// Confirms a proposal of hers. The caller commits in every case but an error.
    ///
    /// INVARIANT: a conversation is locked before the orders that its messages are about, whoever locks
    /// both.
    pub async fn confirm(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        id: ProposalId,
        step_up: Option<Confirmed<'_>>,
    ) -> Result<Confirmation, JourneyError> {
        let asked_in = self.commerce.conversation_of(tx, proof, id).await?;
        let mut conversation = match asked_in {
            Some(asked_in) => match self.inbox.hers(tx, proof, asked_in).await {
                Ok(_) => tx.lock_conversation(proof.shop(), asked_in).await?,
                // It was forgotten since.
                Err(InboxError::NoSuchConversation) => None,
                Err(error) => return Err(error.into()),
            },
            None => None,
        };
        let confirmation = self.commerce.confirm(tx, proof, id, step_up).await?;
        if let (Confirmation::Done(outcome), Some(row)) = (&confirmation, &mut conversation) {
            let key = self.inbox.key_of(tx, row).await?;
            let mut context = self.context_of(tx, &key, row).await?;
            context.state.done(outcome.order.as_deref());
            let words = gate::outcome(card(outcome));
            let turn = NewTurn {
                author: Author::System,
                staff: None,
                message: None,
                in_reply_to: None,
                words: &words,
            };
            self.inbox.append_under(tx, &key, row, turn).await?;
            self.inbox.set_context(&key, row, &context.into_bytes()?)?;
            tx.update_conversation(row).await?;
            tx.announce(Pulse::Conversation {
                shop: row.shop,
                conversation: row.id,
            });
        }
        Ok(confirmation)
    }
}

fn card(outcome: &Outcome) -> OutcomeCard {
    OutcomeCard {
        proposal: outcome.proposal.to_string(),
        tool: outcome.tool.as_str().to_owned(),
        title: outcome.title.clone(),
        effect: tools::effect(outcome.effect.clone()),
        currency: outcome.currency.as_str().to_owned(),
        order: outcome.order.clone(),
    }
}
