//! Staff sign in by a passkey, and set up what they sign in with.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use identity::{
    actions::{OwnFactors, OwnSessions, SetUpFactor},
    entering::Which,
    passkeys::{AssertionResponse, Outcome, RegistrationResponse},
};
use serde::{Deserialize, Serialize};
use terms::{CeremonyId, PasskeyId, SessionId};
use utoipa::ToSchema;
use uuid::Uuid;

use super::sessions::{StaffSessionView, signed_in_answer};
use crate::{
    ceremonies::{
        BeginCeremony, CeremonyView, EndedView, NamePasskey, OwnSessionsView, PasskeysView, found,
        name_or_device, refused,
    },
    cookies::{self, Holder},
    extract::{Asking, Body, ComingFrom, Ids, Permitted},
    house::House,
    problem::{Problem, ProblemDetails},
};

/// The browser's answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishSignIn {
    /// `AuthenticationResponseJSON`: what `PublicKeyCredential.toJSON()` gives.
    #[schema(value_type = Object)]
    response: AssertionResponse,
}

/// The browser's new passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepPasskey {
    ceremony: Uuid,
    /// By what its owner knows it; the device's name where there is none.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 80)]
    name: Option<String>,
    /// `RegistrationResponseJSON`: what `PublicKeyCredential.toJSON()` gives.
    #[schema(value_type = Object)]
    response: RegistrationResponse,
}

/// A passkey was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptView {
    passkey: Uuid,
    /// The session that takes the place of the sign-in link's.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<StaffSessionView>,
}

/// Asks for a challenge to sign in with a passkey.
#[utoipa::path(post, path = "/v1/staff/sign-in", tag = "staff", operation_id = "begin_staff_sign_in", request_body = BeginCeremony,
    responses((status = 201, body = CeremonyView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn begin(
    State(house): State<House>,
    Asking(address): Asking,
    Body(_): Body<BeginCeremony>,
) -> Result<(StatusCode, Json<CeremonyView>), Problem> {
    house.gatekeeper.ceremony(address)?;
    let shop = sign_in_shop(&house).await?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ceremony = identity.begin_staff_sign_in(&mut *tx, shop).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ceremony.into())))
}

/// Signs in. Parlour's own pages (which send `X-Parlour: 1`) get a cookie, other clients a token.
#[utoipa::path(post, path = "/v1/staff/sign-in/{ceremony}", tag = "staff", operation_id = "finish_staff_sign_in",
    params(("ceremony" = Uuid, Path)), request_body = FinishSignIn,
    responses((status = 201, body = StaffSessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn finish(
    State(house): State<House>,
    Asking(address): Asking,
    ComingFrom(whence): ComingFrom,
    Ids(ceremony): Ids<CeremonyId>,
    headers: HeaderMap,
    Body(given): Body<FinishSignIn>,
) -> Result<Response, Problem> {
    house.gatekeeper.ceremony(address)?;
    let shop = sign_in_shop(&house).await?;
    let held = cookies::token(&headers, Holder::Staff);
    let held = held.as_ref();
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let outcome = identity
        .finish_staff_sign_in(&mut *tx, shop, ceremony, &given.response, held, &whence)
        .await?;
    tx.commit().await?;
    match outcome {
        Outcome::Accepted(signed_in) => signed_in_answer(&house, &headers, signed_in).await,
        Outcome::Refused(refusal) => Err(refused(&refusal)),
    }
}

/// A ceremony of nobody belongs to the first shop of the house; whose shop it opens, the passkey says.
async fn sign_in_shop(house: &House) -> Result<terms::ShopId, Problem> {
    let shops = house.database.snapshot().await?.shops().await?;
    let first = shops.first().map(|shop| shop.id);
    first.ok_or_else(|| Problem::not_found("there is no shop in this house yet"))
}

/// One's own passkeys.
#[utoipa::path(get, path = "/v1/staff/passkeys", tag = "staff", operation_id = "staff_passkeys", security(("staff" = [])),
    responses((status = 200, body = PasskeysView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn passkeys(
    State(house): State<House>,
    Permitted(permit): Permitted<OwnFactors>,
) -> Result<Json<PasskeysView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let own = identity.staff_passkeys(&mut *snapshot, &permit).await?;
    Ok(Json(own.into()))
}

/// Asks for a challenge to make a passkey.
#[utoipa::path(post, path = "/v1/staff/passkeys/ceremonies", tag = "staff", operation_id = "begin_staff_passkey", security(("staff" = [])),
    request_body = BeginCeremony,
    responses((status = 201, body = CeremonyView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn begin_passkey(
    State(house): State<House>,
    Asking(address): Asking,
    Permitted(permit): Permitted<SetUpFactor>,
    Body(_): Body<BeginCeremony>,
) -> Result<(StatusCode, Json<CeremonyView>), Problem> {
    house.gatekeeper.ceremony(address)?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ceremony = identity.begin_staff_enrolment(&mut *tx, &permit).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ceremony.into())))
}

/// Keeps a new passkey. In a session that a sign-in link opened, the answer holds the session that takes its
/// place.
#[utoipa::path(post, path = "/v1/staff/passkeys", tag = "staff", operation_id = "keep_staff_passkey", security(("staff" = [])),
    request_body = KeepPasskey,
    responses((status = 201, body = KeptView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn keep_passkey(
    State(house): State<House>,
    Asking(address): Asking,
    Permitted(permit): Permitted<SetUpFactor>,
    ComingFrom(whence): ComingFrom,
    headers: HeaderMap,
    Body(given): Body<KeepPasskey>,
) -> Result<Response, Problem> {
    house.gatekeeper.ceremony(address)?;
    let name = name_or_device(given.name, &whence)?;
    let ceremony = CeremonyId::from_uuid(given.ceremony);
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let outcome = identity
        .finish_staff_enrolment(&mut *tx, &permit, ceremony, &given.response, &name, &whence)
        .await?;
    tx.commit().await?;
    let enrolled = match outcome {
        Outcome::Accepted(enrolled) => enrolled,
        Outcome::Refused(refusal) => return Err(refused(&refusal)),
    };
    let passkey = *enrolled.passkey.as_uuid();
    let kept = |session| KeptView { passkey, session };
    match enrolled.session {
        Some(signed_in) => {
            let (view, cookies) =
                super::sessions::session_and_cookie(&house, &headers, signed_in).await?;
            let answer = (StatusCode::CREATED, cookies, Json(kept(Some(view))));
            Ok(answer.into_response())
        }
        None => Ok((StatusCode::CREATED, Json(kept(None))).into_response()),
    }
}

/// Gives a passkey another name.
#[utoipa::path(put, path = "/v1/staff/passkeys/{passkey}", tag = "staff", operation_id = "name_staff_passkey", security(("staff" = [])),
    params(("passkey" = Uuid, Path)), request_body = NamePasskey,
    responses((status = 204, description = "named"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn name_passkey(
    State(house): State<House>,
    Asking(address): Asking,
    Permitted(permit): Permitted<OwnFactors>,
    Ids(passkey): Ids<PasskeyId>,
    Body(wish): Body<NamePasskey>,
) -> Result<StatusCode, Problem> {
    house.gatekeeper.ceremony(address)?;
    let name = wish.name()?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let known = identity
        .name_staff_passkey(&mut *tx, &permit, passkey, &name)
        .await?;
    tx.commit().await?;
    found(known)
}

/// Removes a passkey. The last one stays.
#[utoipa::path(delete, path = "/v1/staff/passkeys/{passkey}", tag = "staff", operation_id = "remove_staff_passkey", security(("staff" = [])),
    params(("passkey" = Uuid, Path)),
    responses((status = 204, description = "removed"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn remove_passkey(
    State(house): State<House>,
    Asking(address): Asking,
    Permitted(permit): Permitted<OwnFactors>,
    Ids(passkey): Ids<PasskeyId>,
) -> Result<StatusCode, Problem> {
    house.gatekeeper.ceremony(address)?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let known = identity
        .remove_staff_passkey(&mut *tx, &permit, passkey)
        .await?;
    tx.commit().await?;
    found(known)
}

/// From where one is signed in.
#[utoipa::path(get, path = "/v1/staff/sessions", tag = "staff", operation_id = "staff_sessions", security(("staff" = [])),
    responses((status = 200, body = OwnSessionsView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn sessions(
    State(house): State<House>,
    Permitted(permit): Permitted<OwnSessions>,
) -> Result<Json<OwnSessionsView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let own = identity.staff_sessions(&mut *snapshot, &permit).await?;
    Ok(Json(own.into()))
}

/// Ends one's other sessions, all of them.
#[utoipa::path(delete, path = "/v1/staff/sessions", tag = "staff", operation_id = "end_other_staff_sessions", security(("staff" = [])),
    responses((status = 200, body = EndedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn end_others(
    State(house): State<House>,
    Permitted(permit): Permitted<OwnSessions>,
) -> Result<Json<EndedView>, Problem> {
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ended = identity
        .end_staff_sessions(&mut *tx, &permit, Which::AllOthers)
        .await?;
    tx.commit().await?;
    Ok(Json(EndedView { ended }))
}

/// Ends one of one's sessions.
#[utoipa::path(delete, path = "/v1/staff/sessions/{session}", tag = "staff", operation_id = "end_one_staff_session", security(("staff" = [])),
    params(("session" = Uuid, Path)),
    responses((status = 200, body = EndedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn end_one(
    State(house): State<House>,
    Permitted(permit): Permitted<OwnSessions>,
    Ids(session): Ids<SessionId>,
) -> Result<Json<EndedView>, Problem> {
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ended = identity
        .end_staff_sessions(&mut *tx, &permit, Which::One(session))
        .await?;
    tx.commit().await?;
    match ended {
        0 => Err(Problem::not_found("there is no session of this id")),
        ended => Ok(Json(EndedView { ended })),
    }
}
