//! The shop's own words at the desk: tags, and replies that are written once and used often.
//!
//! Neither is about anybody. A saved reply is inserted into the writing field and sent like any
//! other words of staff; nothing is put into it out of the agent's sight.

use guard::gate::{self, LinkPolicy};
use identity::{
    Permit,
    actions::{EditSavedReplies, EditTags, ReadQueue},
};
use ledger::Actor;
use store::{
    Snapshot, Transaction,
    desk::{SavedReplyRow, TagRow},
};
use terms::Untrusted;

use crate::{
    Inbox, InboxError,
    effects::{ReplyRemoved, ReplySaved, TagAdded, TagRemoved},
};

/// Tags and saved replies a shop may have.
pub const MOST: usize = 100;
/// The longest name of a tag.
pub const LONGEST_TAG: usize = 24;
/// The longest name of a saved reply.
pub const LONGEST_NAME: usize = 32;

/// What the shop has to sort conversations by and to answer with.
#[derive(Debug)]
pub struct DeskWords {
    pub tags: Vec<String>,
    pub replies: Vec<SavedReplyRow>,
}

impl Inbox {
    /// The shop's tags and saved replies, by name.
    pub async fn desk_words(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadQueue>,
    ) -> Result<DeskWords, InboxError> {
        let tags = snapshot.tags(permit.shop()).await?;
        Ok(DeskWords {
            tags: tags.into_iter().map(|tag| tag.name).collect(),
            replies: snapshot.saved_replies(permit.shop()).await?,
        })
    }

    /// Adds a tag to the shop's; one that is there already is left as it is.
    pub async fn add_tag(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<EditTags>,
        name: Untrusted<String>,
    ) -> Result<(), InboxError> {
        let shop = permit.shop();
        let name = gate::form_text(name, LONGEST_TAG)?;
        let known = tx.tags(shop).await?;
        if known.iter().any(|known| known.name == name.as_str()) {
            return Ok(());
        }
        if known.len() >= MOST {
            return Err(InboxError::TooManyNames {
                what: "tags",
                most: MOST,
            });
        }
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, TagAdded)
            .await?;
        tx.add_tag(&TagRow {
            shop,
            name: name.as_str().to_owned(),
            created_at: self.clock.now(),
        })
        .await?;
        Ok(())
    }

    /// Takes a tag from the shop and from every conversation that has it.
    pub async fn remove_tag(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<EditTags>,
        name: &str,
    ) -> Result<(), InboxError> {
        let shop = permit.shop();
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, TagRemoved)
            .await?;
        if tx.remove_tag(shop, name).await? {
            Ok(())
        } else {
            Err(InboxError::NoSuchName("tag"))
        }
    }

    /// Writes a saved reply, in place of one of the same name. Its words are held to what a reply
    /// may say, so that it is refused here and not in front of a shopper.
    pub async fn save_reply(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<EditSavedReplies>,
        name: &str,
        text: Untrusted<String>,
        policy: &LinkPolicy,
    ) -> Result<(), InboxError> {
        let shop = permit.shop();
        let typed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let fits = (1..=LONGEST_NAME).contains(&name.len())
            && name.chars().all(|letter| typed(letter) || letter == '-')
            && name.starts_with(typed);
        if !fits {
            return Err(InboxError::BadName {
                what: "saved reply",
                allowed: "1 to 32 of `a` to `z`, `0` to `9` and `-`, and begin with none of the last",
            });
        }
        gate::reply(text.clone(), policy)?;
        let text = gate::note(text)?;
        let known = tx.saved_replies(shop).await?;
        if known.len() >= MOST && !known.iter().any(|known| known.name == name) {
            return Err(InboxError::TooManyNames {
                what: "saved replies",
                most: MOST,
            });
        }
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, ReplySaved)
            .await?;
        tx.put_saved_reply(&SavedReplyRow {
            shop,
            name: name.to_owned(),
            text: text.as_str().to_owned(),
            updated_at: self.clock.now(),
        })
        .await?;
        Ok(())
    }

    /// Removes a saved reply.
    pub async fn remove_reply(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<EditSavedReplies>,
        name: &str,
    ) -> Result<(), InboxError> {
        let shop = permit.shop();
        self.recorder
            .note(tx, shop, Actor::Staff(permit.staff()), None, ReplyRemoved)
            .await?;
        if tx.remove_saved_reply(shop, name).await? {
            Ok(())
        } else {
            Err(InboxError::NoSuchName("saved reply"))
        }
    }
}
