//! Questions: tried out at the desk, and those of shoppers that found no answer.

use axum::{Json, extract::State, http::StatusCode};
use guard::gate::Block;
use identity::actions::{ReadKnowledge, WriteKnowledge};
use serde::{Deserialize, Serialize};
use terms::{Locale, QuestionId, Untrusted};
use utoipa::ToSchema;
use uuid::Uuid;

use super::knowledge::KindName;
use crate::{
    blocks::BlockView,
    extract::{Body, Ids, Permitted},
    house::House,
    problem::{Problem, ProblemDetails},
    views::moment,
};

/// A question to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attempt {
    #[schema(min_length = 1, max_length = 4000)]
    question: String,
    /// The language the assistant begins in, such as `de`.
    #[serde(default)]
    locale: Option<String>,
}

/// What the assistant would say.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttemptView {
    /// Its reply to a guest; missing when it would look for goods, orders or a person instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<BlockView>>)]
    answer: Option<Vec<Block>>,
    /// Whether the reply quotes one of the passages.
    quoted: bool,
    /// The passages that fit best, best first.
    passages: Vec<FoundPassageView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FoundPassageView {
    #[schema(value_type = KindName)]
    kind: &'static str,
    source: String,
    title: String,
    text: String,
    /// How much of the question it covers, 0 to 1000.
    confidence: i64,
}

/// Questions of shoppers that found no answer.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionsView {
    /// Those most often asked first.
    questions: Vec<QuestionView>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionView {
    question: Uuid,
    /// As it was asked last, without addresses, phone numbers and cards.
    text: String,
    count: usize,
    #[schema(format = "date-time")]
    latest: String,
    /// The title of the passage that answers it by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_by: Option<String>,
}

/// Asks the assistant a question as a guest would, without leaving a trace of it.
#[utoipa::path(post, path = "/v1/staff/knowledge/try", tag = "staff", operation_id = "try_question", security(("staff" = [])),
    request_body = Attempt,
    responses((status = 200, body = AttemptView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn attempt(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadKnowledge>,
    Body(attempt): Body<Attempt>,
) -> Result<Json<AttemptView>, Problem> {
    let locale = match attempt.locale {
        Some(tag) => tag
            .parse()
            .map_err(|error: terms::LocaleError| Problem::bad_argument(error.to_string()))?,
        None => Locale::default(),
    };
    let mut snapshot = house.database.snapshot().await?;
    let question = Untrusted::new(attempt.question);
    let tried = house
        .journey
        .try_question(&mut *snapshot, &permit, question, &locale)
        .await?;
    let passages = tried.hits.into_iter().map(|hit| FoundPassageView {
        kind: hit.kind.as_str(),
        source: hit.source,
        title: hit.title,
        text: hit.text,
        confidence: hit.confidence,
    });
    Ok(Json(AttemptView {
        answer: tried.answer.map(|words| words.blocks().to_vec()),
        quoted: tried.quoted,
        passages: passages.collect(),
    }))
}

/// Questions of shoppers that found no answer. That they were looked at is recorded.
#[utoipa::path(get, path = "/v1/staff/knowledge/questions", tag = "staff", operation_id = "list_questions", security(("staff" = [])),
    responses((status = 200, body = QuestionsView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadKnowledge>,
) -> Result<Json<QuestionsView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let found = house.journey.questions(&mut *snapshot, &permit).await?;
    drop(snapshot);
    let mut tx = house.database.begin().await?;
    let questions = house
        .journey
        .record_questions(&mut *tx, &permit, found)
        .await?;
    // Shown only once the line that says so is durable.
    tx.commit().await?;
    let questions = questions.into_iter().map(|one| QuestionView {
        question: *one.id.as_uuid(),
        text: one.text,
        count: one.count,
        latest: moment(one.latest),
        answered_by: one.answered_by,
    });
    Ok(Json(QuestionsView {
        questions: questions.collect(),
    }))
}

/// Puts a question away, however often it was asked. Asked again in vain, it comes back.
#[utoipa::path(delete, path = "/v1/staff/knowledge/questions/{question}", tag = "staff", operation_id = "put_question_away", security(("staff" = [])),
    params(("question" = Uuid, Path)),
    responses((status = 204),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn put_away(
    State(house): State<House>,
    Permitted(permit): Permitted<WriteKnowledge>,
    Ids(question): Ids<QuestionId>,
) -> Result<StatusCode, Problem> {
    house
        .journey
        .put_away(&*house.database, &permit, question)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
