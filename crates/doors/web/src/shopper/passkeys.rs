//! Shoppers sign in by a passkey, set up what they sign in with, and see from where they are signed in.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::{
    Scope,
    entering::Which,
    level::{Address, Session},
    passkeys::{AssertionResponse, Outcome, RegistrationResponse},
    whence::Entry,
};
use serde::{Deserialize, Serialize};
use terms::{CeremonyId, Locale, PasskeyId, ProposalId, SessionId};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    recovery,
    sessions::{SessionView, Transport, answer, known, session_and_cookie},
};
use crate::{
    ceremonies::{
        BeginCeremony, CeremonyView, EndedView, NamePasskey, OwnSessionsView, PasskeysView, found,
        name_or_device, refused,
    },
    extract::{Asked, Asking, Body, ComingFrom, Ids, ShopperToken},
    house::House,
    problem::{Problem, ProblemDetails},
};

/// The browser's answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinishPasskeySignIn {
    /// `AuthenticationResponseJSON`: what `PublicKeyCredential.toJSON()` gives.
    #[schema(value_type = Object)]
    response: AssertionResponse,
    /// The language of mails about it, such as `en` or `de-AT`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// The browser's new passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepOwnPasskey {
    ceremony: Uuid,
    /// By what its owner knows it; the device's name where there is none.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 80)]
    name: Option<String>,
    /// `RegistrationResponseJSON`: what `PublicKeyCredential.toJSON()` gives.
    #[schema(value_type = Object)]
    response: RegistrationResponse,
    /// The language of the mail about it, such as `en` or `de-AT`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// The language of the mail about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InLanguage {
    #[serde(default)]
    locale: Option<Locale>,
}

/// A passkey was kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnPasskeyKept {
    passkey: Uuid,
    /// The signed-in session that takes the place of one that had proved an address alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionView>,
    /// Recovery codes, made where none was left; given once.
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_codes: Option<Vec<String>>,
}

/// Asks for a challenge to sign in with a passkey.
#[utoipa::path(post, path = "/v1/session/sign-in", tag = "shopper", operation_id = "begin_sign_in", security(("shopper" = [])),
    request_body = BeginCeremony,
    responses((status = 201, body = CeremonyView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn begin_sign_in(
    State(house): State<House>,
    Asking(asking): Asking,
    token: ShopperToken,
    Body(_): Body<BeginCeremony>,
) -> Result<(StatusCode, Json<CeremonyView>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.ceremony(asking)?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ceremony = identity.begin_sign_in(&mut *tx, &proof).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ceremony.into())))
}

/// Signs in by a passkey. The answer holds a new session; the old one is ended.
#[utoipa::path(post, path = "/v1/session/sign-in/{ceremony}", tag = "shopper", operation_id = "finish_sign_in", security(("shopper" = [])),
    params(("ceremony" = Uuid, Path)), request_body = FinishPasskeySignIn,
    responses((status = 200, body = SessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn finish_sign_in(
    State(house): State<House>,
    Asking(asking): Asking,
    ComingFrom(whence): ComingFrom,
    token: ShopperToken,
    Ids(ceremony): Ids<CeremonyId>,
    Body(given): Body<FinishPasskeySignIn>,
) -> Result<Response, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.ceremony(asking)?;
    let entry = Entry {
        whence,
        locale: given.locale.unwrap_or_default(),
    };
    let outcome = house
        .journey
        .sign_in(&*house.database, &proof, ceremony, &given.response, &entry)
        .await?;
    let proved = match outcome {
        Outcome::Accepted(proved) => proved,
        Outcome::Refused(refusal) => return Err(refused(&refusal)),
    };
    let known = known(&house, proof.shop(), proved.shopper).await?;
    let transport = Transport::of(&token);
    answer(&house, StatusCode::OK, known, proved.opened, transport)
}

/// One's own passkeys.
#[utoipa::path(get, path = "/v1/passkeys", tag = "shopper", operation_id = "own_passkeys", security(("shopper" = [])),
    responses((status = 200, body = PasskeysView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn passkeys(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<Json<PasskeysView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Session>()?;
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let own = identity.shopper_passkeys(&mut *snapshot, &proof).await?;
    Ok(Json(own.into()))
}

/// Asks for a challenge to make a passkey: after a code proved the address, when there is no passkey yet, or
/// shortly after signing in.
#[utoipa::path(post, path = "/v1/passkeys/ceremonies", tag = "shopper", operation_id = "begin_passkey", security(("shopper" = [])),
    request_body = BeginCeremony,
    responses((status = 201, body = CeremonyView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn begin_passkey(
    State(house): State<House>,
    Asking(asking): Asking,
    token: ShopperToken,
    Body(_): Body<BeginCeremony>,
) -> Result<(StatusCode, Json<CeremonyView>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Address>()?;
    house.gatekeeper.ceremony(asking)?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ceremony = identity.begin_enrolment(&mut *tx, &proof).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ceremony.into())))
}

/// Keeps a new passkey. In a session that had proved an address alone, the answer holds the signed-in session
/// that takes its place.
#[utoipa::path(post, path = "/v1/passkeys", tag = "shopper", operation_id = "keep_passkey", security(("shopper" = [])),
    request_body = KeepOwnPasskey,
    responses((status = 201, body = OwnPasskeyKept),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn keep_passkey(
    State(house): State<House>,
    ComingFrom(whence): ComingFrom,
    Asking(asking): Asking,
    token: ShopperToken,
    Body(given): Body<KeepOwnPasskey>,
) -> Result<Response, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Address>()?;
    house.gatekeeper.ceremony(asking)?;
    let shopper = proof.shopper().ok_or_else(Problem::needs_session)?;
    let name = name_or_device(given.name, &whence)?;
    let entry = Entry {
        whence,
        locale: given.locale.unwrap_or_default(),
    };
    let ceremony = CeremonyId::from_uuid(given.ceremony);
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let outcome = identity
        .finish_enrolment(&mut *tx, &proof, ceremony, &given.response, &name, &entry)
        .await?;
    tx.commit().await?;
    let enrolled = match outcome {
        Outcome::Accepted(enrolled) => enrolled,
        Outcome::Refused(refusal) => return Err(refused(&refusal)),
    };
    let passkey = *enrolled.passkey.as_uuid();
    let recovery_codes = enrolled.recovery_codes.as_ref().map(recovery::shown);
    let kept = |session| OwnPasskeyKept {
        passkey,
        session,
        recovery_codes,
    };
    match enrolled.opened {
        Some(opened) => {
            let known = known(&house, proof.shop(), shopper).await?;
            let transport = Transport::of(&token);
            let (view, cookie) = session_and_cookie(&house, known, opened, transport);
            Ok((StatusCode::CREATED, cookie, Json(kept(Some(view)))).into_response())
        }
        None => Ok((StatusCode::CREATED, Json(kept(None))).into_response()),
    }
}

/// Gives a passkey another name.
#[utoipa::path(put, path = "/v1/passkeys/{passkey}", tag = "shopper", operation_id = "name_passkey", security(("shopper" = [])),
    params(("passkey" = Uuid, Path)), request_body = NamePasskey,
    responses((status = 204, description = "named"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn name_passkey(
    State(house): State<House>,
    Asking(asking): Asking,
    token: ShopperToken,
    Ids(passkey): Ids<PasskeyId>,
    Body(wish): Body<NamePasskey>,
) -> Result<StatusCode, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Session>()?;
    house.gatekeeper.ceremony(asking)?;
    let name = wish.name()?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let known = identity
        .name_shopper_passkey(&mut *tx, &proof, passkey, &name)
        .await?;
    tx.commit().await?;
    found(known)
}

/// Removes a passkey, and tells its owner by mail. The last one stays.
#[utoipa::path(delete, path = "/v1/passkeys/{passkey}", tag = "shopper", operation_id = "remove_passkey", security(("shopper" = [])),
    params(("passkey" = Uuid, Path), ("locale" = Option<String>, Query, description = "the language of the mail", pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")),
    responses((status = 204, description = "removed"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn remove_passkey(
    State(house): State<House>,
    ComingFrom(whence): ComingFrom,
    Asking(asking): Asking,
    token: ShopperToken,
    Ids(passkey): Ids<PasskeyId>,
    Asked(wish): Asked<InLanguage>,
) -> Result<StatusCode, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Session>()?;
    house.gatekeeper.ceremony(asking)?;
    let entry = Entry {
        whence,
        locale: wish.locale.unwrap_or_default(),
    };
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let known = identity
        .remove_shopper_passkey(&mut *tx, &proof, passkey, &entry)
        .await?;
    tx.commit().await?;
    found(known)
}

/// From where one is signed in.
#[utoipa::path(get, path = "/v1/sessions", tag = "shopper", operation_id = "own_sessions", security(("shopper" = [])),
    responses((status = 200, body = OwnSessionsView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn sessions(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<Json<OwnSessionsView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?.raise::<Session>()?;
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let own = identity.shopper_sessions(&mut *snapshot, &proof).await?;
    Ok(Json(own.into()))
}

/// Ends one's other sessions, all of them.
#[utoipa::path(delete, path = "/v1/sessions", tag = "shopper", operation_id = "end_other_sessions", security(("shopper" = [])),
    responses((status = 200, body = EndedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn end_others(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<Json<EndedView>, Problem> {
    end(&house, &token, Which::AllOthers).await
}

/// Ends one of one's sessions.
#[utoipa::path(delete, path = "/v1/sessions/{session}", tag = "shopper", operation_id = "end_one_session", security(("shopper" = [])),
    params(("session" = Uuid, Path)),
    responses((status = 200, body = EndedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn end_one(
    State(house): State<House>,
    token: ShopperToken,
    Ids(session): Ids<SessionId>,
) -> Result<Json<EndedView>, Problem> {
    let ended = end(&house, &token, Which::One(session)).await?;
    match ended.ended {
        0 => Err(Problem::not_found("there is no session of this id")),
        _ => Ok(ended),
    }
}

async fn end(
    house: &House,
    token: &ShopperToken,
    which: Which,
) -> Result<Json<EndedView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(house, &scope).await?.raise::<Session>()?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ended = identity
        .end_shopper_sessions(&mut *tx, &proof, which)
        .await?;
    tx.commit().await?;
    Ok(Json(EndedView { ended }))
}

/// Asks for a challenge to confirm exactly this proposal with a passkey: the challenge is the proposal's hash.
#[utoipa::path(post, path = "/v1/proposals/{proposal}/passkey", tag = "shopper", operation_id = "begin_step_up",
    security(("shopper" = [])), params(("proposal" = Uuid, Path)), request_body = BeginCeremony,
    responses((status = 201, body = CeremonyView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn begin_step_up(
    State(house): State<House>,
    Asking(asking): Asking,
    token: ShopperToken,
    Ids(proposal): Ids<ProposalId>,
    Body(_): Body<BeginCeremony>,
) -> Result<(StatusCode, Json<CeremonyView>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.ceremony(asking)?;
    let signed_in = proof.raise::<Session>()?;
    let mut tx = house.database.begin().await?;
    let commerce = house.journey.commerce();
    let hash = commerce.proposal_hash(&mut *tx, &proof, proposal).await?;
    let identity = house.journey.identity();
    let ceremony = identity.begin_step_up(&mut *tx, &signed_in, hash).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ceremony.into())))
}
