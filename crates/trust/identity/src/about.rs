//! Permits and the conversations they are for.

use access::{Action as What, Conversation, Resource, State};
use store::{
    Snapshot,
    conversations::{ConversationRow, ConversationState},
};
use terms::Timestamp;

use crate::{IdentityError, Permit, actions::Action};

impl<A: Action> Permit<A> {
    /// Refuses what this role may not do to this conversation, as its row says now.
    pub async fn conversation(
        &self,
        snapshot: &mut dyn Snapshot,
        row: &ConversationRow,
    ) -> Result<(), IdentityError> {
        Ok(self.about(&told(snapshot, row, self.now()).await?)?)
    }

    /// Whether she may read this conversation: for lists, which show of the others at most whose they are.
    pub async fn opens(
        &self,
        snapshot: &mut dyn Snapshot,
        row: &ConversationRow,
    ) -> Result<bool, IdentityError> {
        let thing = told(snapshot, row, self.now()).await?;
        Ok(self.covers(What::ReadConversation, &thing))
    }
}

/// A conversation as rules look at it. One of somebody who works here no more is nobody's.
async fn told(
    snapshot: &mut dyn Snapshot,
    row: &ConversationRow,
    now: Timestamp,
) -> Result<Resource, IdentityError> {
    let assigned = match row.assigned {
        Some(staff) => {
            let known = snapshot.staff(row.shop, staff).await?;
            let works_here = known.is_some_and(|known| known.works_here(now));
            works_here.then_some(staff)
        }
        None => None,
    };
    Ok(Resource::Conversation(Conversation {
        shop: row.shop,
        state: match row.state {
            ConversationState::Assistant => State::Assistant,
            ConversationState::Waiting => State::Waiting,
            ConversationState::Human => State::Human,
        },
        closed: row.closed_at.is_some(),
        assigned,
    }))
}
