//! What shoppers think of a chat: the score is plain, what they say to it is sealed like the chat.

use guard::gate::Admitted;
use identity::{
    Permit, Shopper, Verified,
    actions::{ReadConversation, ReadRatings},
    level::Level,
    sessions::actor_of,
};
use store::{
    Snapshot, Transaction, conversations::ConversationRow, front::RatingRow, places::RatingWords,
};
use terms::{ConversationId, Timestamp};
use vault::Row;

use crate::{Inbox, InboxError, effects::ConversationRated};

/// How a shopper rated a chat.
#[derive(Debug)]
pub struct Rating {
    /// 1 to 5; 5 is best.
    pub score: i64,
    pub words: Option<String>,
    pub at: Timestamp,
}

impl Inbox {
    /// Keeps what she thinks of her conversation now, in place of what she thought before.
    pub async fn rate<L: Level>(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, L>,
        id: ConversationId,
        score: i64,
        words: Option<&Admitted>,
    ) -> Result<(), InboxError> {
        if !(1..=5).contains(&score) {
            return Err(InboxError::NoScore);
        }
        let row = self.hers(tx, proof, id).await?;
        let key = self.key_of(tx, &row).await?;
        let identity = [id.as_bytes().as_slice()];
        let bound = Row::new(row.shop, &identity);
        let words = words.map(|words| {
            key.of(&row)?
                .seal::<RatingWords>(&*self.rng, bound, words.as_str().as_bytes())
                .map_err(InboxError::from)
        });
        let subject = self.subject_of(tx, &row).await?;
        let effect = ConversationRated { score };
        self.recorder
            .note(tx, row.shop, actor_of(proof), Some(subject), effect)
            .await?;
        tx.write_rating(&RatingRow {
            shop: row.shop,
            conversation: id,
            score,
            words: words.transpose()?,
            at: self.clock.now(),
        })
        .await?;
        Ok(())
    }

    /// How many ratings of each score were given since then.
    pub async fn ratings(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadRatings>,
        since: Timestamp,
    ) -> Result<Vec<(i64, i64)>, InboxError> {
        Ok(snapshot.ratings_since(permit.shop(), since).await?)
    }

    /// The rating of a conversation that staff read.
    pub(crate) async fn rating_of(
        &self,
        snapshot: &mut dyn Snapshot,
        _permit: &Permit<ReadConversation>,
        row: &ConversationRow,
    ) -> Result<Option<Rating>, InboxError> {
        let Some(rating) = snapshot.rating(row.shop, row.id).await? else {
            return Ok(None);
        };
        let words = match &rating.words {
            Some(sealed) => {
                let identity = [row.id.as_bytes().as_slice()];
                let bound = Row::new(row.shop, &identity);
                let words = self.vault.open_sealed(snapshot, bound, sealed).await?;
                let words = String::from_utf8(words.expose().clone());
                Some(words.map_err(|_| InboxError::NoteUnreadable)?)
            }
            None => None,
        };
        Ok(Some(Rating {
            score: rating.score,
            words,
            at: rating.at,
        }))
    }
}
