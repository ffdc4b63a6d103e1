//! The shapes the outside relies on.

use guard::gate::Block;
use inbox::{Head, Note, Rating, Turn};
use journey::Answered;
use serde::{Deserialize, Serialize};
use store::conversations::{Author, ConversationState};
use terms::{StaffId, Timestamp};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::blocks::BlockView;

/// One turn of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TurnView {
    turn: Uuid,
    /// 1, 2, 3 … within the conversation.
    #[schema(minimum = 1)]
    pub(crate) position: i64,
    #[schema(value_type = AuthorName)]
    author: &'static str,
    /// The name of the person who wrote it, when `author` is `human`.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// What to show, in order. New types of blocks may come: ignore what you do not know.
    #[schema(value_type = Vec<BlockView>)]
    blocks: Vec<Block>,
    /// RFC 3339, UTC.
    #[schema(format = "date-time")]
    at: String,
    /// The id the client chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Uuid>,
    /// Position of the turn this one answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_reply_to: Option<i64>,
}

/// Who wrote a turn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthorName {
    Shopper,
    Ai,
    Human,
    System,
}

/// Who answers in a conversation.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateName {
    Assistant,
    Waiting,
    Human,
}

impl From<StateName> for ConversationState {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Assistant => Self::Assistant,
            StateName::Waiting => Self::Waiting,
            StateName::Human => Self::Human,
        }
    }
}

/// What a message or a wish was answered with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnsweredView {
    conversation: Uuid,
    #[schema(value_type = StateName)]
    state: &'static str,
    turns: Vec<TurnView>,
}

/// A page of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TurnsView {
    pub(crate) conversation: Uuid,
    #[schema(value_type = StateName)]
    pub(crate) state: &'static str,
    pub(crate) turns: Vec<TurnView>,
    /// Turns up to `after` that were written anew since they were stored: what is shown of them is no
    /// longer there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) rewritten: Vec<TurnView>,
    /// Whether there are turns after these.
    pub(crate) more: bool,
}

/// A conversation as the staff's lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeadView {
    conversation: Uuid,
    #[schema(value_type = StateName)]
    state: &'static str,
    /// `guest`, or the proved address, masked.
    shopper: String,
    /// Whose page tells more, once she has proved her address.
    #[serde(skip_serializing_if = "Option::is_none")]
    shopper_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned: Option<AssignedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    waiting_since: Option<String>,
    /// Since when the person the shopper talks with owes her an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    unanswered_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    closed_at: Option<String>,
    tags: Vec<String>,
    /// How many messages of the shopper you have not read yet.
    unread: i64,
    #[schema(format = "date-time")]
    opened_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
    last_position: i64,
    locale: String,
    /// Whether you may open it. Of the others a list shows whose they are.
    opens: bool,
}

/// Who has taken a conversation over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssignedView {
    staff: Uuid,
    name: String,
    /// It is you.
    you: bool,
}

/// An internal note.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoteView {
    note: Uuid,
    name: String,
    text: String,
    #[schema(format = "date-time")]
    at: String,
}

/// How a shopper rated a chat.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatingView {
    /// 1 to 5; 5 is best.
    score: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    #[schema(format = "date-time")]
    at: String,
}

impl From<Rating> for RatingView {
    fn from(rating: Rating) -> Self {
        Self {
            score: rating.score,
            words: rating.words,
            at: moment(rating.at),
        }
    }
}

pub(crate) fn state_name(state: ConversationState) -> &'static str {
    state.as_str()
}

pub(crate) fn moment(at: Timestamp) -> String {
    at.to_string()
}

impl From<Turn> for TurnView {
    fn from(turn: Turn) -> Self {
        Self {
            turn: *turn.id.as_uuid(),
            position: turn.position,
            author: turn.author.as_str(),
            name: turn.name.filter(|_| turn.author == Author::Human),
            blocks: turn.words.blocks().to_vec(),
            at: moment(turn.at),
            message: turn.message.map(|id| *id.as_uuid()),
            in_reply_to: turn.in_reply_to,
        }
    }
}

impl From<Answered> for AnsweredView {
    fn from(answered: Answered) -> Self {
        Self {
            conversation: *answered.conversation.as_uuid(),
            state: state_name(answered.state),
            turns: answered.turns.into_iter().map(TurnView::from).collect(),
        }
    }
}

impl HeadView {
    pub(crate) fn new(head: Head, you: StaffId) -> Self {
        Self {
            conversation: *head.conversation.as_uuid(),
            state: state_name(head.state),
            // Of what she may not open a list says whose it is and since when, and nothing of what is in it.
            shopper_id: head
                .shopper_id
                .filter(|_| head.opens)
                .map(|shopper| *shopper.as_uuid()),
            shopper: head.shopper.unwrap_or_else(|| "guest".to_owned()),
            assigned: head.assigned.map(|(staff, name)| AssignedView {
                staff: *staff.as_uuid(),
                name,
                you: staff == you,
            }),
            waiting_since: head.waiting_since.map(moment),
            unanswered_since: head.unanswered_since.map(moment),
            closed_at: head.closed_at.map(moment),
            tags: if head.opens { head.tags } else { Vec::new() },
            unread: if head.opens { head.unread } else { 0 },
            opened_at: moment(head.opened_at),
            updated_at: moment(head.updated_at),
            last_position: head.last_position,
            locale: head.locale.to_string(),
            opens: head.opens,
        }
    }
}

impl From<Note> for NoteView {
    fn from(note: Note) -> Self {
        Self {
            note: *note.id.as_uuid(),
            name: note.name.unwrap_or_default(),
            text: note.text,
            at: moment(note.at),
        }
    }
}
