//! A shopper who lost her device gets back in: by a recovery code, or after a wait.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use identity::{
    Scope,
    level::{Address, Session},
    recovery::{CODES, Recovery, RecoveryCode, Waiting, WaysBack},
    whence::Entry,
};
use serde::{Deserialize, Serialize};
use terms::Locale;
use utoipa::ToSchema;

use super::sessions::{SessionView, Transport, answer, known};
use crate::{
    extract::{Asking, Body, ComingFrom, ShopperToken},
    house::House,
    problem::{Problem, ProblemDetails},
    views::moment,
};

/// The language of the mail about it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToRecover {
    /// Such as `en` or `de-AT`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// By what she gets back in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recover {
    /// One of the recovery codes, in either case, with or without the dash. Without it: by the wait that is over.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 64)]
    code: Option<String>,
    /// The language of the mail about it, such as `en` or `de-AT`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// Somebody asked to get back in without a recovery code.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingView {
    #[schema(format = "date-time")]
    asked_at: String,
    /// From then on a fresh mailed code and this wait get her in.
    #[schema(format = "date-time")]
    opens_at: String,
    #[schema(format = "date-time")]
    expires_at: String,
}

impl From<Waiting> for WaitingView {
    fn from(waiting: Waiting) -> Self {
        Self {
            asked_at: moment(waiting.asked_at),
            opens_at: moment(waiting.opens_at),
            expires_at: moment(waiting.expires_at),
        }
    }
}

/// One's ways back in, should the device be lost.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaysBackView {
    /// How many recovery codes are left. Only for who is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    codes_left: Option<i64>,
    /// When they were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    codes_made_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting: Option<WaitingView>,
}

impl From<WaysBack> for WaysBackView {
    fn from(ways: WaysBack) -> Self {
        Self {
            codes_left: ways.codes_left,
            codes_made_at: ways.codes_made_at.map(moment),
            waiting: ways.waiting.map(WaitingView::from),
        }
    }
}

/// Recovery codes, for the one time that they are shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesView {
    #[schema(example = json!(["7KQ2M-9XTRD"]))]
    recovery_codes: Vec<String>,
}

/// As they are shown and printed.
pub(crate) fn shown(codes: &[RecoveryCode; CODES]) -> Vec<String> {
    codes
        .iter()
        .map(|code| code.shown().expose().clone())
        .collect()
}

/// One's ways back in: how many recovery codes are left, and whether somebody waits.
#[utoipa::path(get, path = "/v1/recovery", tag = "shopper", operation_id = "ways_back", security(("shopper" = [])),
    responses((status = 200, body = WaysBackView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn ways_back(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<Json<WaysBackView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Address>()?;
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let ways = identity.ways_back(&mut *snapshot, &proof).await?;
    Ok(Json(ways.into()))
}

/// Makes ten recovery codes in the place of all from before: shortly after signing in by a passkey.
#[utoipa::path(post, path = "/v1/recovery/codes", tag = "shopper", operation_id = "make_recovery_codes", security(("shopper" = [])),
    request_body = AskToRecover,
    responses((status = 201, body = RecoveryCodesView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn make_codes(
    State(house): State<House>,
    Asking(asking): Asking,
    ComingFrom(whence): ComingFrom,
    token: ShopperToken,
    Body(wish): Body<AskToRecover>,
) -> Result<(StatusCode, Json<RecoveryCodesView>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Session>()?;
    house.gatekeeper.ceremony(asking)?;
    let entry = Entry {
        whence,
        locale: wish.locale.unwrap_or_default(),
    };
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let codes = identity
        .make_recovery_codes(&mut *tx, &proof, &entry)
        .await?;
    tx.commit().await?;
    let view = RecoveryCodesView {
        recovery_codes: shown(&codes),
    };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Asks to get back in without a recovery code: shortly after a mailed code proved the address. It is possible
/// 24 hours later; a mail tells how to stop it. Asked again, the wait that there is goes on.
#[utoipa::path(post, path = "/v1/recovery", tag = "shopper", operation_id = "ask_to_recover", security(("shopper" = [])),
    request_body = AskToRecover,
    responses((status = 202, body = WaitingView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn ask(
    State(house): State<House>,
    Asking(asking): Asking,
    ComingFrom(whence): ComingFrom,
    token: ShopperToken,
    Body(wish): Body<AskToRecover>,
) -> Result<(StatusCode, Json<WaitingView>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Address>()?;
    house.gatekeeper.code(asking)?;
    let entry = Entry {
        whence,
        locale: wish.locale.unwrap_or_default(),
    };
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let waiting = identity.ask_to_recover(&mut *tx, &proof, &entry).await?;
    tx.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(waiting.into())))
}

/// Stops a wait to get back in.
#[utoipa::path(delete, path = "/v1/recovery", tag = "shopper", operation_id = "stop_recovery", security(("shopper" = [])),
    responses((status = 204, description = "nobody waits"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn stop(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<StatusCode, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Address>()?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    identity.stop_recovery(&mut *tx, &proof).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gets back in, shortly after a mailed code proved the address: by a recovery code, or by a wait that is over. The
/// answer holds a new session in which a passkey can be made; all others are ended.
#[utoipa::path(post, path = "/v1/recovery/session", tag = "shopper", operation_id = "recover", security(("shopper" = [])),
    request_body = Recover,
    responses((status = 200, body = SessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn recover(
    State(house): State<House>,
    Asking(asking): Asking,
    ComingFrom(whence): ComingFrom,
    token: ShopperToken,
    Body(given): Body<Recover>,
) -> Result<Response, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Address>()?;
    house.gatekeeper.code(asking)?;
    let entry = Entry {
        whence,
        locale: given.locale.unwrap_or_default(),
    };
    let code = given.code.map(|text| RecoveryCode::parse(&text));
    let identity = house.journey.identity();
    let mut tx = house.database.begin().await?;
    let outcome = match code {
        Some(Some(code)) => identity.recover(&mut *tx, &proof, &code, &entry).await?,
        Some(None) => return Err(no_code()),
        None => {
            let recovered = identity.recover_after_wait(&mut *tx, &proof, &entry);
            recovered.await?
        }
    };
    // A refused try is counted too.
    tx.commit().await?;
    let proved = match outcome {
        Recovery::Accepted(proved) => proved,
        Recovery::Refused => return Err(refused()),
    };
    let known = known(&house, proof.shop(), proved.shopper).await?;
    let transport = Transport::of(&token);
    answer(&house, StatusCode::OK, known, proved.opened, transport)
}

/// What was typed cannot be a code, whoever has which.
fn no_code() -> Problem {
    Problem::bad_argument(
        "a recovery code has ten letters and digits, such as `7KQ2M-9XTRD`: look at what you wrote down",
    )
}

/// The one answer to a try that got nobody in: it does not tell whether there are codes, or was one.
fn refused() -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "recovery_refused",
        "this did not get you back in: try another recovery code, or ask to get in without one and wait",
    )
}
