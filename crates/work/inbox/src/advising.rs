//! What staff are advised about a shopper's message: kept sealed beside its words, and opened for staff
//! alone.
//!
//! INVARIANT: a [`Turn`] knows nothing of it, and only a transcript for staff holds [`Advised`] turns: a
//! shopper's own view cannot show what the screen thinks of her.

use guard::{Advice, LinkPolicy, Verdict};
use store::{
    Snapshot,
    conversations::{ConversationRow, TurnRow},
    places::TurnAdvice,
};
use terms::Sealed;
use vault::Row;

use crate::{
    Inbox, InboxError, Turn, conversation::ConversationKey, effects::MessageFlagged, turns::Binding,
};

/// A turn as staff may see it.
#[derive(Debug)]
pub struct Advised {
    pub turn: Turn,
    /// What to think of it, where there is something to say.
    pub advice: Option<Advice>,
}

impl Inbox {
    /// Opens stored turns for staff, with what is advised about them.
    pub(crate) async fn open_advised(
        &self,
        snapshot: &mut dyn Snapshot,
        rows: Vec<TurnRow>,
        policy: &LinkPolicy,
    ) -> Result<Vec<Advised>, InboxError> {
        let mut advice = Vec::with_capacity(rows.len());
        for row in &rows {
            advice.push(self.advice_of(snapshot, row).await?);
        }
        let turns = self.open(snapshot, rows, policy).await?;
        let both = turns.into_iter().zip(advice);
        Ok(both
            .map(|(turn, advice)| Advised { turn, advice })
            .collect())
    }

    async fn advice_of(
        &self,
        snapshot: &mut dyn Snapshot,
        row: &TurnRow,
    ) -> Result<Option<Advice>, InboxError> {
        let Some(sealed) = &row.advice else {
            return Ok(None);
        };
        let bound = Binding::of(row);
        let bytes = self
            .vault
            .open_sealed(snapshot, Row::new(row.shop, &bound.parts()), sealed)
            .await?;
        Ok(Some(Advice::from_stored(bytes.expose())?))
    }

    /// Seals what is advised about a turn, under the key of its conversation: what a turn's own key was
    /// destroyed for are its words, and there is none of them in it.
    pub(crate) fn sealed_advice(
        &self,
        key: &ConversationKey,
        conversation: &ConversationRow,
        bound: &Binding,
        advice: Option<&Advice>,
    ) -> Result<Option<Sealed<TurnAdvice>>, InboxError> {
        let Some(advice) = advice.filter(|advice| !advice.is_silent()) else {
            return Ok(None);
        };
        let sealed = key.of(conversation)?.seal::<TurnAdvice>(
            &*self.rng,
            Row::new(conversation.shop, &bound.parts()),
            &advice.to_stored(),
        )?;
        Ok(Some(sealed))
    }
}

impl MessageFlagged {
    /// What the record says of a message; `None` for one that nobody has to look for.
    ///
    /// INVARIANT: what a message tells of health, religion and the like is not on the record, which
    /// outlives it.
    pub(crate) fn of(advice: &Advice, position: i64) -> Option<Self> {
        let links = |verdict: Verdict| {
            let links = advice.links.iter();
            let count = links.filter(|link| link.verdict == verdict).count();
            i64::try_from(count).unwrap_or(i64::MAX)
        };
        let flagged = Self {
            position,
            steering: match advice.risk.flagged {
                true => i64::from(advice.risk.hundredths),
                false => 0,
            },
            suspicious_links: links(Verdict::Suspicious),
            blocked_links: links(Verdict::Blocked),
        };
        (advice.risk.flagged || !advice.links.is_empty()).then_some(flagged)
    }
}
