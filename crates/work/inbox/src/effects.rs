//! What this room records. No entry names a conversation or carries text: the subject's tag says
//! whom it concerns, as long as her key lives.

use ledger::{Details, Effect};
use store::conversations::Author;
use terms::StaffId;

/// A turn became part of a conversation.
#[derive(Debug)]
pub struct TurnStored {
    pub author: Author,
    pub position: i64,
}

impl Effect for TurnStored {
    const KIND: &'static str = "conversation.turn_stored";
    fn details(&self) -> Details {
        Details::none()
            .word("author", self.author.as_str())
            .number("position", self.position)
    }
}

/// A shopper's message reads like an attempt to steer the assistant, or holds links that deceive.
#[derive(Debug)]
pub struct MessageFlagged {
    pub position: i64,
    /// How much it reads like one, in hundredths; 0 below the threshold.
    pub steering: i64,
    pub suspicious_links: i64,
    pub blocked_links: i64,
}

impl Effect for MessageFlagged {
    const KIND: &'static str = "conversation.message_flagged";
    fn details(&self) -> Details {
        Details::none()
            .number("position", self.position)
            .number("steering", self.steering)
            .number("suspicious_links", self.suspicious_links)
            .number("blocked_links", self.blocked_links)
    }
}

/// A card, or its code, was told in parts: they were taken out of turns and notes that were stored.
#[derive(Debug)]
pub struct PartsErased {
    pub turns: i64,
    pub notes: i64,
}

impl Effect for PartsErased {
    const KIND: &'static str = "conversation.card_parts_erased";
    fn details(&self) -> Details {
        Details::none()
            .number("turns", self.turns)
            .number("notes", self.notes)
    }
}

/// A person was asked for.
#[derive(Debug)]
pub struct PersonRequested {
    /// By whom or why, from a closed list.
    pub reason: &'static str,
}

impl Effect for PersonRequested {
    const KIND: &'static str = "conversation.person_requested";
    fn details(&self) -> Details {
        Details::none().word("reason", self.reason)
    }
}

/// Staff read turns of a conversation.
#[derive(Debug)]
pub struct ConversationRead {
    /// Turns after this position …
    pub after: i64,
    /// … up to this one.
    pub through: i64,
}

impl Effect for ConversationRead {
    const KIND: &'static str = "conversation.read";
    fn details(&self) -> Details {
        Details::none()
            .number("after", self.after)
            .number("through", self.through)
    }
}

/// Staff took a conversation over.
#[derive(Debug)]
pub struct TakenOver;

impl Effect for TakenOver {
    const KIND: &'static str = "conversation.taken_over";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff handed a conversation back to the assistant.
#[derive(Debug)]
pub struct HandedBack;

impl Effect for HandedBack {
    const KIND: &'static str = "conversation.handed_back";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff noted something.
#[derive(Debug)]
pub struct NoteWritten;

impl Effect for NoteWritten {
    const KIND: &'static str = "conversation.note_written";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// A guest's conversation became a known shopper's.
#[derive(Debug)]
pub struct ConversationAdopted;

impl Effect for ConversationAdopted {
    const KIND: &'static str = "conversation.adopted";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff gave a conversation to a colleague.
#[derive(Debug)]
pub struct Assigned {
    pub to: StaffId,
}

impl Effect for Assigned {
    const KIND: &'static str = "conversation.assigned";
    fn details(&self) -> Details {
        Details::none().id("to", self.to)
    }
}

/// Staff closed a conversation.
#[derive(Debug)]
pub struct Closed;

impl Effect for Closed {
    const KIND: &'static str = "conversation.closed";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff opened a closed conversation again.
#[derive(Debug)]
pub struct Reopened;

impl Effect for Reopened {
    const KIND: &'static str = "conversation.reopened";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff sorted a conversation by tags.
#[derive(Debug)]
pub struct Tagged {
    pub tags: i64,
}

impl Effect for Tagged {
    const KIND: &'static str = "conversation.tagged";
    fn details(&self) -> Details {
        Details::none().number("tags", self.tags)
    }
}

/// Staff asked what the shop has written down about the shopper's last words.
#[derive(Debug)]
pub struct SuggestionAsked {
    pub position: i64,
}

impl Effect for SuggestionAsked {
    const KIND: &'static str = "conversation.suggestion_asked";
    fn details(&self) -> Details {
        Details::none().number("position", self.position)
    }
}

/// Staff searched the conversations. The words that were looked for are nowhere on the record.
#[derive(Debug)]
pub struct Searched {
    pub by: &'static str,
    pub opened: i64,
    pub found: i64,
}

impl Effect for Searched {
    const KIND: &'static str = "conversation.searched";
    fn details(&self) -> Details {
        Details::none()
            .word("by", self.by)
            .number("opened", self.opened)
            .number("found", self.found)
    }
}

/// A search showed a conversation to staff.
#[derive(Debug)]
pub struct FoundBySearch;

impl Effect for FoundBySearch {
    const KIND: &'static str = "conversation.found_by_search";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff looked at the page about a shopper.
#[derive(Debug)]
pub struct ShopperRead;

impl Effect for ShopperRead {
    const KIND: &'static str = "shopper.read_by_staff";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff looked for a shopper, and there was none.
#[derive(Debug)]
pub struct ShopperSought;

impl Effect for ShopperSought {
    const KIND: &'static str = "shopper.sought_by_staff";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff added a tag to the shop's.
#[derive(Debug)]
pub struct TagAdded;

impl Effect for TagAdded {
    const KIND: &'static str = "desk.tag_added";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff took a tag from the shop and from its conversations.
#[derive(Debug)]
pub struct TagRemoved;

impl Effect for TagRemoved {
    const KIND: &'static str = "desk.tag_removed";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff wrote a saved reply.
#[derive(Debug)]
pub struct ReplySaved;

impl Effect for ReplySaved {
    const KIND: &'static str = "desk.reply_saved";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// Staff removed a saved reply.
#[derive(Debug)]
pub struct ReplyRemoved;

impl Effect for ReplyRemoved {
    const KIND: &'static str = "desk.reply_removed";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// The front was written anew.
#[derive(Debug)]
pub struct FrontChanged {
    pub version: i64,
    /// Whether everybody sees the widget from now on.
    pub live: bool,
}

impl Effect for FrontChanged {
    const KIND: &'static str = "front.changed";
    fn details(&self) -> Details {
        Details::none()
            .number("version", self.version)
            .word("state", if self.live { "live" } else { "trial" })
    }
}

/// The logo was set or taken away.
#[derive(Debug)]
pub struct LogoChanged {
    pub there: bool,
}

impl Effect for LogoChanged {
    const KIND: &'static str = "front.logo_changed";
    fn details(&self) -> Details {
        Details::none().word("logo", if self.there { "set" } else { "removed" })
    }
}

/// A member of staff made a preview of the widget.
#[derive(Debug)]
pub struct PreviewMade;

impl Effect for PreviewMade {
    const KIND: &'static str = "front.preview_made";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// A shopper rated a conversation.
#[derive(Debug)]
pub struct ConversationRated {
    pub score: i64,
}

impl Effect for ConversationRated {
    const KIND: &'static str = "conversation.rated";
    fn details(&self) -> Details {
        Details::none().number("score", self.score)
    }
}

/// A shopper wants a mail when a person has answered.
#[derive(Debug)]
pub struct AnswerWished;

impl Effect for AnswerWished {
    const KIND: &'static str = "conversation.answer_wished";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// A shopper was told by mail that a person has answered.
#[derive(Debug)]
pub struct AnswerMailed;

impl Effect for AnswerMailed {
    const KIND: &'static str = "conversation.answer_mailed";
    fn details(&self) -> Details {
        Details::none()
    }
}
