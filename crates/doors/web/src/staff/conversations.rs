//! The queue, and what is done with a conversation.

use axum::extract::RawQuery;
use axum::{Json, extract::State};
use guard::gate;
use identity::actions::{HandBack, ReadConversation, ReadQueue, Reply, TakeOver, WriteNote};
use serde::{Deserialize, Serialize};
use store::{Transaction, conversations::ConversationState, shops::HostKind};
use terms::{ConversationId, MessageId, NoteId, ShopId, Untrusted};
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Asked, Body, Ids, Permitted, position},
    house::House,
    problem::{Problem, ProblemDetails},
    switchboard::Topic,
    views::{HeadView, NoteView, RatingView, StateName, TurnView},
};

const LISTED: u32 = 200;

/// How many conversations are in each state.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct QueueCounts {
    assistant: i64,
    waiting: i64,
    human: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueueView {
    counts: QueueCounts,
    /// The longest waiting first, then the most recently changed; at most 200.
    conversations: Vec<HeadView>,
}

/// A conversation with its turns and notes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TranscriptView {
    #[serde(flatten)]
    head: HeadView,
    turns: Vec<TurnView>,
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

/// The conversations of the shop; `state` may be given several times.
#[utoipa::path(get, path = "/v1/staff/queue", tag = "staff", operation_id = "queue", security(("staff" = [])),
    params(("state" = Option<Vec<StateName>>, Query, description = "only these states", style = Form, explode = true)),
    responses((status = 200, body = QueueView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn queue(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadQueue>,
    RawQuery(query): RawQuery,
) -> Result<Json<QueueView>, Problem> {
    let states = states(query.as_deref().unwrap_or_default())?;
    let mut snapshot = house.database.snapshot().await?;
    let mut counts = QueueCounts::default();
    for (state, count) in snapshot.queue_counts(permit.shop()).await? {
        match state {
            ConversationState::Assistant => counts.assistant = count,
            ConversationState::Waiting => counts.waiting = count,
            ConversationState::Human => counts.human = count,
        }
    }
    let heads = house
        .journey
        .inbox()
        .queue(&mut *snapshot, &permit, &states, LISTED)
        .await?;
    let conversations = heads
        .into_iter()
        .map(|head| HeadView::new(head, permit.staff()))
        .collect();
    Ok(Json(QueueView {
        counts,
        conversations,
    }))
}

fn states(query: &str) -> Result<Vec<ConversationState>, Problem> {
    let mut states = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let state = ConversationState::from_stored(value);
        match (name, state) {
            ("state", Some(state)) => states.push(state),
            ("state", None) => {
                return Err(Problem::bad_argument(
                    "`state` must be `assistant`, `waiting` or `human`",
                ));
            }
            _ => {
                return Err(Problem::bad_argument(
                    "unknown parameter: only `state` is allowed",
                ));
            }
        }
    }
    if states.is_empty() {
        states.extend(ConversationState::ALL);
    }
    Ok(states)
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
        turns: read.turns.into_iter().map(TurnView::from).collect(),
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
    let cleared = gate::reply(Untrusted::new(words.text), &policy)?;
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
    let text = gate::note(Untrusted::new(words.text))?;
    let mut tx = house.database.begin().await?;
    let note = house
        .journey
        .inbox()
        .write_note(&mut *tx, &permit, conversation, note, &text)
        .await?;
    tx.commit().await?;
    Ok(Json(note.into()))
}
