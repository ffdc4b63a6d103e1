//! What the shop has written down about the shopper's last words, for whoever answers her.
//!
//! INVARIANT: a suggestion is shown to staff and to nobody else; it becomes part of a reply only
//! when a person takes it, and then passes the gate like any other words of hers.

use guard::gate::LinkPolicy;
use identity::{Permit, actions::ReadConversation};
use store::{Transaction, documents::Audience, passages::PassageKind};
use terms::ConversationId;

use crate::{Journey, JourneyError};

/// Below this share of what was asked, in thousandths, a passage is not worth looking at.
const LEAST: i64 = 250;
/// From here on a passage answers.
const SURE: i64 = 600;

/// A passage that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The shopper's turn that it is about.
    pub position: i64,
    pub kind: PassageKind,
    /// The shop's own id of the document.
    pub source: String,
    pub title: String,
    /// The passage, word for word.
    pub text: String,
    /// How much of what was asked it covers, 0 to 1000.
    pub confidence: i64,
}

impl Journey {
    /// The passage that covers most of what the shopper wrote last; `None` when she wrote nothing,
    /// or the shop has written nothing about it. That it was asked for is recorded.
    pub async fn suggestion(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadConversation>,
        conversation: ConversationId,
        policy: &LinkPolicy,
    ) -> Result<Option<Suggestion>, JourneyError> {
        let asked = self.inbox.last_words(tx, permit, conversation, policy);
        let Some((position, words)) = asked.await? else {
            return Ok(None);
        };
        // What is for staff alone must not slip into a reply: it is suggested to nobody.
        let hits = self
            .knowledge
            .search(tx, permit.shop(), Audience::Everyone, &words, 1)
            .await?;
        let mut best = hits.into_iter().next();
        // What no rule answers may stand with a product.
        if best.as_ref().is_none_or(|hit| hit.confidence < SURE) {
            let catalogue = self.catalogue(tx, permit.shop()).await?;
            let described = catalogue.search(&words, 1).into_iter().next();
            best = described.filter(|hit| hit.confidence >= SURE).or(best);
        }
        let hit = best.filter(|hit| hit.confidence >= LEAST);
        Ok(hit.map(|hit| Suggestion {
            position,
            kind: hit.kind,
            source: hit.source,
            title: hit.title,
            text: hit.text,
            confidence: hit.confidence,
        }))
    }
}
