//! Conversations: send, read, ask for a person.

use axum::{Json, extract::State, http::StatusCode};
use identity::Scope;
use journey::Message;
use serde::{Deserialize, Serialize};
use terms::{ConversationId, Locale, MessageId, Untrusted};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::after::looks_again;
use crate::{
    extract::{Asked, Body, Ids, ShopperToken, position},
    house::House,
    problem::{Problem, ProblemDetails},
    views::{AnsweredView, StateName, TurnView, TurnsView, moment, state_name},
};

/// The shopper's words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendMessage {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// Language of the interface, such as `en` or `de-AT`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// A wish for a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForPerson {}

/// The shopper's conversations, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationList {
    conversations: Vec<ConversationSummary>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationSummary {
    conversation: Uuid,
    #[schema(value_type = StateName)]
    state: &'static str,
    #[schema(format = "date-time")]
    opened_at: String,
    #[schema(format = "date-time")]
    updated_at: String,
    last_position: i64,
}

/// Which turns.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// Turns after this position.
    #[serde(default)]
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    after: i64,
    /// At most so many.
    #[serde(default = "hundred")]
    #[param(minimum = 1, maximum = 200)]
    limit: u32,
}

const fn hundred() -> u32 {
    100
}

impl Page {
    fn checked(&self) -> Result<(i64, u32), Problem> {
        let after = position(self.after)?;
        if !(1..=200).contains(&self.limit) {
            return Err(Problem::bad_argument("`limit` must be 1 to 200"));
        }
        Ok((after, self.limit))
    }
}

/// Sends a message. Both ids are the client's choice; sending the same again gives the same answer.
#[utoipa::path(put, path = "/v1/conversations/{conversation}/messages/{message}", tag = "shopper",
    operation_id = "send_message", security(("shopper" = [])),
    params(("conversation" = Uuid, Path), ("message" = Uuid, Path)), request_body = SendMessage,
    responses((status = 201, body = AnsweredView, description = "stored and answered"),
        (status = 200, body = AnsweredView, description = "stored before: the same answer"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn send(
    State(house): State<House>,
    token: ShopperToken,
    Ids((conversation, id)): Ids<(ConversationId, MessageId)>,
    Body(sent): Body<SendMessage>,
) -> Result<(StatusCode, Json<AnsweredView>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.message(proof.session())?;
    let message = Message {
        conversation,
        id,
        text: Untrusted::new(sent.text),
        locale: sent.locale.unwrap_or_default(),
    };
    let answered = house
        .journey
        .message(&*house.database, &proof, message)
        .await?;
    let status = if answered.repeated {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, Json(answered.into())))
}

/// The shopper's conversations: a guest's are her session's, a proved address has all its own.
#[utoipa::path(get, path = "/v1/conversations", tag = "shopper", operation_id = "list_conversations", security(("shopper" = [])),
    responses((status = 200, body = ConversationList),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<Json<ConversationList>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    let mut snapshot = house.database.snapshot().await?;
    let rows = house
        .journey
        .inbox()
        .all_hers(&mut *snapshot, &proof)
        .await?;
    let conversations = rows.into_iter().map(|row| ConversationSummary {
        conversation: *row.id.as_uuid(),
        state: state_name(row.state),
        opened_at: moment(row.opened_at),
        updated_at: moment(row.updated_at),
        last_position: row.last_position,
    });
    Ok(Json(ConversationList {
        conversations: conversations.collect(),
    }))
}

/// Turns of one of the shopper's conversations.
#[utoipa::path(get, path = "/v1/conversations/{conversation}/turns", tag = "shopper", operation_id = "read_turns",
    security(("shopper" = [])), params(("conversation" = Uuid, Path), Page),
    responses((status = 200, body = TurnsView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn turns(
    State(house): State<House>,
    token: ShopperToken,
    Ids(conversation): Ids<ConversationId>,
    Asked(page): Asked<Page>,
) -> Result<Json<TurnsView>, Problem> {
    let (after, limit) = page.checked()?;
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    let mut snapshot = house.database.snapshot().await?;
    let journey = &house.journey;
    let policy = journey.link_policy(&mut *snapshot, proof.shop()).await?;
    let (row, turns) = journey
        .inbox()
        .turns_of_hers(&mut *snapshot, &proof, conversation, after, limit, &policy)
        .await?;
    let rewritten = journey
        .inbox()
        .rewritten(&mut *snapshot, &row, 0, after, &policy)
        .await
        .map_err(journey::JourneyError::from)?;
    let more = turns
        .last()
        .is_some_and(|last| last.position < row.last_position);
    looks_again(&house, snapshot, &proof, conversation).await?;
    Ok(Json(TurnsView {
        conversation: *row.id.as_uuid(),
        state: state_name(row.state),
        turns: turns.into_iter().map(TurnView::from).collect(),
        rewritten: rewritten.into_iter().map(TurnView::from).collect(),
        more,
    }))
}

/// Asks for a person. Asking again while one is awaited or there changes nothing.
#[utoipa::path(post, path = "/v1/conversations/{conversation}/person", tag = "shopper", operation_id = "ask_for_person",
    security(("shopper" = [])), params(("conversation" = Uuid, Path)), request_body = AskForPerson,
    responses((status = 200, body = AnsweredView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn person(
    State(house): State<House>,
    token: ShopperToken,
    Ids(conversation): Ids<ConversationId>,
    Body(AskForPerson {}): Body<AskForPerson>,
) -> Result<Json<AnsweredView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.message(proof.session())?;
    Ok(Json(
        house
            .journey
            .ask_for_person(&*house.database, &proof, conversation)
            .await?
            .into(),
    ))
}
