//! The queue, and what is done with a conversation.

use axum::{Json, extract::State};
use guard::gate;
use identity::actions::{HandBack, ReadConversation, ReadQueue, Reply, TakeOver, WriteNote};
use serde::{Deserialize, Serialize};
use store::{Transaction, conversations::ConversationState, desk::QueueFilter, shops::HostKind};
use terms::{ConversationId, MessageId, NoteId, ShopId, StaffId, Untrusted};
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Asked, Body, Ids, Permitted, position},
    house::House,
    problem::{Problem, ProblemDetails},
    staff::advice::StaffTurnView,
    switchboard::Topic,
    views::{HeadView, NoteView, RatingView, StateName, TurnView},
};

const LISTED: u32 = 200;

/// How many conversations are in each state; a closed one counts as closed alone.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct QueueCounts {
    assistant: i64,
    waiting: i64,
    human: i64,
    closed: i64,
    /// Those you have taken over.
    mine: i64,
}

impl From<store::desk::QueueCounts> for QueueCounts {
    fn from(counts: store::desk::QueueCounts) -> Self {
        Self {
            assistant: counts.assistant,
            waiting: counts.waiting,
            human: counts.human,
            closed: counts.closed,
            mine: counts.mine,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueueView {
    counts: QueueCounts,
    /// Whoever waits longest first (for a person, or for that person's answer), then the most
    /// recently changed; at most 200.
    conversations: Vec<HeadView>,
}

/// A conversation with its turns and notes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TranscriptView {
    #[serde(flatten)]
    head: HeadView,
    turns: Vec<StaffTurnView>,
    /// Turns before these that were written anew since they were stored: what is shown of them is no
    /// longer there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rewritten: Vec<StaffTurnView>,
    /// Whether there are turns after these.
    more: bool,
    notes: Vec<NoteView>,
    /// What the shopper thinks of it, once she has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<RatingView>,
}

/// Words of a member of staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StaffWords {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

impl StaffWords {
    pub(crate) fn text(self) -> Untrusted<String> {
        Untrusted::new(self.text)
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RepliedView {
    turns: Vec<TurnView>,
}

/// Turns after a position.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct After {
    #[serde(default)]
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    after: i64,
}

/// An empty object.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// The conversations of the shop; `state` may be given several times. Without any parameter all
/// that are not closed.
#[utoipa::path(get, path = "/v1/staff/queue", tag = "staff", operation_id = "queue", security(("staff" = [])),
    params(("state" = Option<Vec<StateName>>, Query, description = "only these states, of what is not closed", style = Form, explode = true),
        ("closed" = Option<bool>, Query, description = "closed ones, in place of all open ones or beside the states that are named"),
        ("assigned" = Option<String>, Query, description = "`me`: only those you have taken over", pattern = "^me$"),
        ("tag" = Option<String>, Query, description = "only those with this tag")),
    responses((status = 200, body = QueueView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn queue(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadQueue>,
    Asked(wanted): Asked<Vec<(String, String)>>,
) -> Result<Json<QueueView>, Problem> {
    let filter = filter(wanted, permit.staff())?;
    let mut snapshot = house.database.snapshot().await?;
    let inbox = house.journey.inbox();
    let counts = inbox.queue_counts(&mut *snapshot, &permit).await?;
    let heads = inbox
        .queue(&mut *snapshot, &permit, &filter, LISTED)
        .await?;
    let conversations = heads
        .into_iter()
        .map(|head| HeadView::new(head, permit.staff()))
        .collect();
    Ok(Json(QueueView {
        counts: counts.into(),
        conversations,
    }))
}

fn filter(wanted: Vec<(String, String)>, you: StaffId) -> Result<QueueFilter, Problem> {
    let mut filter = QueueFilter::default();
    for (name, value) in wanted {
        match (name.as_str(), value.as_str()) {
            ("state", state) => {
                let state = ConversationState::from_stored(state).ok_or_else(|| {
                    Problem::bad_argument("`state` must be `assistant`, `waiting` or `human`")
                })?;
                filter.states.push(state);
            }
            ("closed", "true") => filter.closed = true,
            ("closed", "false") => filter.closed = false,
            ("closed", _) => {
                return Err(Problem::bad_argument("`closed` must be `true` or `false`"));
            }
            ("assigned", "me") => filter.assigned = Some(you),
            ("assigned", _) => return Err(Problem::bad_argument("`assigned` must be `me`")),
            ("tag", _) => filter.tag = Some(value),
            _ => {
                return Err(Problem::bad_argument(
                    "unknown parameter: only `state`, `closed`, `assigned` and `tag` are allowed",
                ));
            }
        }
    }
    if filter.states.is_empty() && !filter.closed {
        filter.states.extend(ConversationState::ALL);
    }
    Ok(filter)
}

/// A conversation with its first turns. That it was read is recorded.
#[utoipa::path(get, path = "/v1/staff/conversations/{conversation}", tag = "staff", operation_id = "read_conversation",
    security(("staff" = [])), params(("conversation" = Uuid, Path)),
    responses((status = 200, body = TranscriptView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn read(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadConversation>,
    Ids(conversation): Ids<ConversationId>,
) -> Result<Json<TranscriptView>, Problem> {
    transcript(&house, &permit, conversation, 0).await
}

/// What came after a position. That it was read is recorded.
#[utoipa::path(get, path = "/v1/staff/conversations/{conversation}/turns", tag = "staff", operation_id = "read_conversation_turns",
    security(("staff" = [])), params(("conversation" = Uuid, Path), After),
    responses((status = 200, body = TranscriptView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn turns(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadConversation>,
    Ids(conversation): Ids<ConversationId>,
    Asked(page): Asked<After>,
) -> Result<Json<TranscriptView>, Problem> {
    transcript(&house, &permit, conversation, position(page.after)?).await
}

async fn transcript(
    house: &House,
    permit: &identity::Permit<ReadConversation>,
    conversation: ConversationId,
    after: i64,
) -> Result<Json<TranscriptView>, Problem> {
    let mut tx = house.database.begin().await?;
    let policy = house.journey.link_policy(&mut *tx, permit.shop()).await?;
    let read = house
        .journey
        .inbox()
        .read(&mut *tx, permit, conversation, after, &policy)
        .await?;
    // Shown only once the line that says so is durable.
    tx.commit().await?;
    Ok(Json(TranscriptView {
        head: HeadView::new(read.head, permit.staff()),
        turns: read.turns.into_iter().map(StaffTurnView::from).collect(),
        rewritten: read
            .rewritten
            .into_iter()
            .map(StaffTurnView::from)
            .collect(),
        more: read.more,
        notes: read.notes.into_iter().map(NoteView::from).collect(),
        rating: read.rating.map(RatingView::from),
    }))
}

/// Takes a conversation over.
#[utoipa::path(post, path = "/v1/staff/conversations/{conversation}/take", tag = "staff", operation_id = "take_over",
    security(("staff" = [])), params(("conversation" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = HeadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn take(
    State(house): State<House>,
    Permitted(permit): Permitted<TakeOver>,
    Ids(conversation): Ids<ConversationId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<HeadView>, Problem> {
    let mut tx = house.database.begin().await?;
    let head = house
        .journey
        .inbox()
        .take_over(&mut *tx, &permit, conversation)
        .await?;
    tx.commit().await?;
    Ok(Json(HeadView::new(head, permit.staff())))
}

/// Answers in a conversation one has taken over. Sending the same id again gives the same answer.
#[utoipa::path(put, path = "/v1/staff/conversations/{conversation}/replies/{message}", tag = "staff", operation_id = "reply",
    security(("staff" = [])), params(("conversation" = Uuid, Path), ("message" = Uuid, Path)), request_body = StaffWords,
    responses((status = 200, body = RepliedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn reply(
    State(house): State<House>,
    Permitted(permit): Permitted<Reply>,
    Ids((conversation, message)): Ids<(ConversationId, MessageId)>,
    Body(words): Body<StaffWords>,
) -> Result<Json<RepliedView>, Problem> {
    let mut tx = house.database.begin().await?;
    let policy = house.journey.link_policy(&mut *tx, permit.shop()).await?;
    let cleared = gate::reply(words.text(), &policy)?;
    let inbox = house.journey.inbox();
    let turns = inbox
        .reply(&mut *tx, &permit, conversation, message, &cleared, &policy)
        .await?;
    // Where she looks at the chat just now she needs no mail. Only this node is asked: one on which
    // she is not costs her at most a mail too many.
    if !house
        .switchboard
        .is_heard(Topic::Conversation(conversation))
    {
        let link = shop_page(&mut *tx, permit.shop()).await?;
        let link = link.unwrap_or_else(|| house.settings.public_origin.to_string());
        inbox
            .mail_answer(&mut *tx, &permit, conversation, &link)
            .await?;
    }
    tx.commit().await?;
    Ok(Json(RepliedView {
        turns: turns.into_iter().map(TurnView::from).collect(),
    }))
}

/// The first of the shop's own pages that may show the widget.
async fn shop_page(tx: &mut dyn Transaction, shop: ShopId) -> Result<Option<String>, Problem> {
    let hosts = tx.shop_hosts(shop).await?;
    let mut pages = hosts
        .into_iter()
        .filter(|host| host.kind == HostKind::Frame);
    Ok(pages.next().map(|host| format!("{}/", host.value)))
}

/// Hands a conversation back to the assistant.
#[utoipa::path(post, path = "/v1/staff/conversations/{conversation}/return", tag = "staff", operation_id = "hand_back",
    security(("staff" = [])), params(("conversation" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = HeadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn hand_back(
    State(house): State<House>,
    Permitted(permit): Permitted<HandBack>,
    Ids(conversation): Ids<ConversationId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<HeadView>, Problem> {
    let mut tx = house.database.begin().await?;
    let head = house
        .journey
        .inbox()
        .hand_back(&mut *tx, &permit, conversation)
        .await?;
    tx.commit().await?;
    Ok(Json(HeadView::new(head, permit.staff())))
}

/// Notes something about a conversation; shoppers never see it.
#[utoipa::path(put, path = "/v1/staff/conversations/{conversation}/notes/{note}", tag = "staff", operation_id = "write_note",
    security(("staff" = [])), params(("conversation" = Uuid, Path), ("note" = Uuid, Path)), request_body = StaffWords,
    responses((status = 200, body = NoteView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn note(
    State(house): State<House>,
    Permitted(permit): Permitted<WriteNote>,
    Ids((conversation, note)): Ids<(ConversationId, NoteId)>,
    Body(words): Body<StaffWords>,
) -> Result<Json<NoteView>, Problem> {
    let text = gate::note(words.text())?;
    let mut tx = house.database.begin().await?;
    let note = house
        .journey
        .inbox()
        .write_note(&mut *tx, &permit, conversation, note, &text)
        .await?;
    tx.commit().await?;
    Ok(Json(note.into()))
}
