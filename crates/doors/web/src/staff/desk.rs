//! What keeps the inbox in order: tags, saved replies, giving a conversation to a colleague, closing
//! it, and looking up what may answer.

use axum::{Json, extract::State, http::StatusCode};
use identity::actions::{
    AssignConversation, CloseConversation, EditSavedReplies, EditTags, ReadConversation, ReadQueue,
    TagConversation,
};
use serde::{Deserialize, Serialize};
use terms::{ConversationId, StaffId, Untrusted};
use utoipa::ToSchema;
use uuid::Uuid;

use super::conversations::{Nothing, StaffWords};
use crate::{
    extract::{Body, Ids, Named, Permitted, position},
    house::House,
    problem::{Problem, ProblemDetails},
    views::HeadView,
};

/// What the shop has to sort conversations by and to answer with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeskView {
    tags: Vec<String>,
    saved_replies: Vec<SavedReplyView>,
}

/// A text of the shop that staff insert into their replies.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedReplyView {
    name: String,
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColleaguesView {
    colleagues: Vec<AssigneeView>,
}

/// Somebody a conversation can be given to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssigneeView {
    staff: Uuid,
    name: String,
    /// It is you.
    you: bool,
}

/// To whom a conversation goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assignment {
    #[schema(value_type = Uuid)]
    staff: StaffId,
}

/// The last turn you have seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    position: i64,
}

/// Tags of the shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    #[schema(max_items = 12)]
    tags: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestedView {
    /// Nothing when the shop has written nothing about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<SuggestionView>,
}

/// A passage that may answer the shopper's last message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestionView {
    /// The shopper's turn that it is about.
    position: i64,
    /// `policy`, `faq`, and what kinds of texts may come.
    kind: &'static str,
    /// The shop's own id of the document.
    source: String,
    title: String,
    /// The passage, word for word.
    text: String,
    /// How much of what was asked it covers, 0 to 1000. Below 450 it is a guess.
    #[schema(minimum = 0, maximum = 1000)]
    confidence: i64,
}

/// The shop's tags and saved replies, by name.
#[utoipa::path(get, path = "/v1/staff/desk", tag = "staff", operation_id = "desk_words", security(("staff" = [])),
    responses((status = 200, body = DeskView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn words(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadQueue>,
) -> Result<Json<DeskView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let inbox = house.journey.inbox();
    let words = inbox.desk_words(&mut *snapshot, &permit).await?;
    let replies = words.replies.into_iter().map(|reply| SavedReplyView {
        name: reply.name,
        text: reply.text,
    });
    Ok(Json(DeskView {
        tags: words.tags,
        saved_replies: replies.collect(),
    }))
}

/// Who a conversation can be given to: the names of those who work here.
#[utoipa::path(get, path = "/v1/staff/colleagues", tag = "staff", operation_id = "list_colleagues", security(("staff" = [])),
    responses((status = 200, body = ColleaguesView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn colleagues(
    State(house): State<House>,
    Permitted(permit): Permitted<AssignConversation>,
) -> Result<Json<ColleaguesView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let inbox = house.journey.inbox();
    let found = inbox.assignees(&mut *snapshot, &permit).await?;
    let colleagues = found.into_iter().map(|one| AssigneeView {
        staff: *one.staff.as_uuid(),
        you: one.staff == permit.staff(),
        name: one.name,
    });
    Ok(Json(ColleaguesView {
        colleagues: colleagues.collect(),
    }))
}

/// Adds a tag to the shop's.
#[utoipa::path(put, path = "/v1/staff/tags/{name}", tag = "staff", operation_id = "add_tag", security(("staff" = [])),
    params(("name" = String, Path, description = "1 to 24 characters")), request_body = Nothing,
    responses((status = 204, description = "done"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn add_tag(
    State(house): State<House>,
    Permitted(permit): Permitted<EditTags>,
    Named(name): Named,
    Body(Nothing {}): Body<Nothing>,
) -> Result<StatusCode, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    inbox
        .add_tag(&mut *tx, &permit, Untrusted::new(name))
        .await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a tag from the shop and from every conversation that has it.
#[utoipa::path(delete, path = "/v1/staff/tags/{name}", tag = "staff", operation_id = "remove_tag", security(("staff" = [])),
    params(("name" = String, Path)),
    responses((status = 204, description = "done"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn remove_tag(
    State(house): State<House>,
    Permitted(permit): Permitted<EditTags>,
    Named(name): Named,
) -> Result<StatusCode, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    inbox.remove_tag(&mut *tx, &permit, &name).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Writes a saved reply, in place of one of the same name.
#[utoipa::path(put, path = "/v1/staff/saved_replies/{name}", tag = "staff", operation_id = "save_reply", security(("staff" = [])),
    params(("name" = String, Path, description = "1 to 32 of `a` to `z`, `0` to `9` and `-`")), request_body = StaffWords,
    responses((status = 204, description = "done"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn save_reply(
    State(house): State<House>,
    Permitted(permit): Permitted<EditSavedReplies>,
    Named(name): Named,
    Body(words): Body<StaffWords>,
) -> Result<StatusCode, Problem> {
    let mut tx = house.database.begin().await?;
    let policy = house.journey.link_policy(&mut *tx, permit.shop()).await?;
    let inbox = house.journey.inbox();
    inbox
        .save_reply(&mut *tx, &permit, &name, words.text(), &policy)
        .await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a saved reply.
#[utoipa::path(delete, path = "/v1/staff/saved_replies/{name}", tag = "staff", operation_id = "remove_reply", security(("staff" = [])),
    params(("name" = String, Path)),
    responses((status = 204, description = "done"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn remove_reply(
    State(house): State<House>,
    Permitted(permit): Permitted<EditSavedReplies>,
    Named(name): Named,
) -> Result<StatusCode, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    inbox.remove_reply(&mut *tx, &permit, &name).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a conversation to a colleague or to oneself.
#[utoipa::path(put, path = "/v1/staff/conversations/{conversation}/assignee", tag = "staff", operation_id = "assign",
    security(("staff" = [])), params(("conversation" = Uuid, Path)), request_body = Assignment,
    responses((status = 200, body = HeadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn assign(
    State(house): State<House>,
    Permitted(permit): Permitted<AssignConversation>,
    Ids(conversation): Ids<ConversationId>,
    Body(wish): Body<Assignment>,
) -> Result<Json<HeadView>, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    let head = inbox
        .assign(&mut *tx, &permit, conversation, wish.staff)
        .await?;
    tx.commit().await?;
    Ok(Json(HeadView::new(head, permit.staff())))
}

/// Closes a conversation: it leaves the lists until the shopper writes again.
#[utoipa::path(post, path = "/v1/staff/conversations/{conversation}/close", tag = "staff", operation_id = "close_conversation",
    security(("staff" = [])), params(("conversation" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = HeadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn close(
    State(house): State<House>,
    Permitted(permit): Permitted<CloseConversation>,
    Ids(conversation): Ids<ConversationId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<HeadView>, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    let head = inbox.close(&mut *tx, &permit, conversation).await?;
    tx.commit().await?;
    Ok(Json(HeadView::new(head, permit.staff())))
}

/// Opens a closed conversation again; the assistant has it.
#[utoipa::path(post, path = "/v1/staff/conversations/{conversation}/reopen", tag = "staff", operation_id = "reopen_conversation",
    security(("staff" = [])), params(("conversation" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = HeadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn reopen(
    State(house): State<House>,
    Permitted(permit): Permitted<CloseConversation>,
    Ids(conversation): Ids<ConversationId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<HeadView>, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    let head = inbox.reopen(&mut *tx, &permit, conversation).await?;
    tx.commit().await?;
    Ok(Json(HeadView::new(head, permit.staff())))
}

/// Gives a conversation exactly these of the shop's tags.
#[utoipa::path(put, path = "/v1/staff/conversations/{conversation}/tags", tag = "staff", operation_id = "tag_conversation",
    security(("staff" = [])), params(("conversation" = Uuid, Path)), request_body = Tags,
    responses((status = 200, body = HeadView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn tag(
    State(house): State<House>,
    Permitted(permit): Permitted<TagConversation>,
    Ids(conversation): Ids<ConversationId>,
    Body(wish): Body<Tags>,
) -> Result<Json<HeadView>, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    let head = inbox
        .tag(&mut *tx, &permit, conversation, wish.tags)
        .await?;
    tx.commit().await?;
    Ok(Json(HeadView::new(head, permit.staff())))
}

/// How far you have read.
#[utoipa::path(put, path = "/v1/staff/conversations/{conversation}/seen", tag = "staff", operation_id = "mark_seen",
    security(("staff" = [])), params(("conversation" = Uuid, Path)), request_body = Seen,
    responses((status = 204, description = "done"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn seen(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadConversation>,
    Ids(conversation): Ids<ConversationId>,
    Body(seen): Body<Seen>,
) -> Result<StatusCode, Problem> {
    let position = position(seen.position)?;
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    inbox
        .seen(&mut *tx, &permit, conversation, position)
        .await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the shop has written down about the shopper's last message. That it was asked is recorded.
#[utoipa::path(get, path = "/v1/staff/conversations/{conversation}/suggestion", tag = "staff", operation_id = "suggest_answer",
    security(("staff" = [])), params(("conversation" = Uuid, Path)),
    responses((status = 200, body = SuggestedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn suggestion(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadConversation>,
    Ids(conversation): Ids<ConversationId>,
) -> Result<Json<SuggestedView>, Problem> {
    let mut tx = house.database.begin().await?;
    let policy = house.journey.link_policy(&mut *tx, permit.shop()).await?;
    let found = house
        .journey
        .suggestion(&mut *tx, &permit, conversation, &policy)
        .await?;
    tx.commit().await?;
    Ok(Json(SuggestedView {
        suggestion: found.map(|found| SuggestionView {
            position: found.position,
            kind: found.kind.as_str(),
            source: found.source,
            title: found.title,
            text: found.text,
            confidence: found.confidence,
        }),
    }))
}
