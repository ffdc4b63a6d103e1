//! What this room records. No entry names a conversation or carries text: the subject's tag says
//! whom it concerns, as long as her key lives.

use ledger::{Details, Effect};
use store::conversations::Author;

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
