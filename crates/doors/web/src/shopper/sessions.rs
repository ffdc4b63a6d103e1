//! Sessions, and an address proved by a mailed code.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use guard::gate;
use identity::{
    Scope, Shopper, Verified, codes::CodeOutcome, level::Guest, sessions::Opened, whence::Entry,
};
use serde::{Deserialize, Serialize};
use store::sessions::SessionLevel;
use terms::{CodeRequestId, Locale, ShopId, ShopperId, Timestamp, Untrusted};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    cookies::{self, Holder},
    extract::{Asking, Body, ComingFrom, Ids, ShopperToken},
    hosts::OWN_HEADER,
    house::House,
    pages::preview,
    problem::{Problem, ProblemDetails},
    views::moment,
};

/// How the session is to be held.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenSession {
    #[serde(default)]
    transport: Transport,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Transport {
    /// The token is in the answer; send it as `Authorization: Bearer`.
    #[default]
    Bearer,
    /// The token is in a cookie; for Parlour's own pages, which send `X-Parlour: 1`.
    Cookie,
}

impl Transport {
    /// As the session at hand is held.
    pub(crate) fn of(token: &ShopperToken) -> Self {
        match token.by_cookie {
            true => Self::Cookie,
            false => Self::Bearer,
        }
    }
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    session: Uuid,
    shop: String,
    #[schema(value_type = LevelName)]
    level: &'static str,
    /// The proved address, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// Whether the account has a passkey: then it is asked for where a mailed code is not enough.
    passkey: bool,
    #[schema(format = "date-time")]
    expires_at: String,
    /// The bearer token, given once.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelName {
    Guest,
    Address,
    Session,
}

/// The address to be proved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestCode {
    #[schema(max_length = 254, format = "email")]
    email: String,
    /// Language of the mail, such as `en` or `de-AT`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// A code is on its way, if the address exists.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodeRequested {
    request: Uuid,
    #[schema(format = "date-time")]
    expires_at: String,
}

impl CodeRequested {
    pub(crate) fn new(request: CodeRequestId, expires_at: Timestamp) -> Self {
        Self {
            request: *request.as_uuid(),
            expires_at: moment(expires_at),
        }
    }
}

/// The mailed code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GiveCode {
    /// Six digits.
    #[schema(pattern = "^[0-9]{6}$")]
    code: String,
    /// The language of mails about it, such as `en` or `de-AT`.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    locale: Option<Locale>,
}

/// Opens a guest's session.
#[utoipa::path(post, path = "/v1/shops/{shop}/sessions", tag = "shopper", operation_id = "open_session",
    params(("shop" = String, Path, description = "the shop's handle", pattern = "^[a-z0-9-]{1,63}$")),
    request_body = OpenSession,
    responses((status = 201, body = SessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn open(
    State(house): State<House>,
    Asking(address): Asking,
    Ids(handle): Ids<String>,
    headers: HeaderMap,
    Body(wish): Body<OpenSession>,
) -> Result<Response, Problem> {
    if wish.transport == Transport::Cookie && !headers.contains_key(OWN_HEADER) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "cross_site",
            "a session in a cookie is opened by Parlour's own pages, which send `X-Parlour: 1`",
        ));
    }
    house.gatekeeper.session(address)?;
    let shop = house
        .database
        .snapshot()
        .await?
        .shop_by_handle(&handle)
        .await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    let mut snapshot = house.database.snapshot().await?;
    let inbox = house.journey.inbox();
    let front = inbox.front(&mut *snapshot, shop.id).await?.front;
    let token = cookies::preview(&headers);
    if !preview::may_see(&house, &mut *snapshot, shop.id, &front, token).await? {
        return Err(preview::not_live());
    }
    drop(snapshot);
    let mut tx = house.database.begin().await?;
    let opened = house
        .journey
        .identity()
        .open_guest(&mut *tx, shop.id)
        .await?;
    tx.commit().await?;
    let nobody = Known {
        shop: shop.handle,
        email: None,
        passkey: false,
    };
    answer(&house, StatusCode::CREATED, nobody, opened, wish.transport)
}

/// The session one has.
#[utoipa::path(get, path = "/v1/session", tag = "shopper", operation_id = "own_session", security(("shopper" = [])),
    responses((status = 200, body = SessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn own(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<Json<SessionView>, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    // Whose address it is, is told from the level on that proves it.
    let shopper = proof
        .shopper()
        .filter(|_| proof.standing() > SessionLevel::Guest);
    let known = match shopper {
        Some(shopper) => known(&house, proof.shop(), shopper).await?,
        None => Known {
            shop: handle_of(&house, &proof).await?,
            email: None,
            passkey: false,
        },
    };
    Ok(Json(SessionView {
        session: *proof.session().as_uuid(),
        shop: known.shop,
        level: proof.standing().as_str(),
        email: known.email,
        passkey: known.passkey,
        expires_at: moment(proof.expires_at()),
        token: None,
    }))
}

/// Ends the session. What its holder has is worth nothing from now on.
#[utoipa::path(delete, path = "/v1/session", tag = "shopper", operation_id = "end_session", security(("shopper" = [])),
    responses((status = 204, description = "ended"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn end(
    State(house): State<House>,
    token: ShopperToken,
) -> Result<Response, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    let mut tx = house.database.begin().await?;
    house
        .journey
        .identity()
        .end_shopper(&mut *tx, &proof)
        .await?;
    tx.commit().await?;
    Ok(ended(Holder::Shopper))
}

/// The answer that tells a browser to forget: no cookie, nothing in its stores.
pub(crate) fn ended(holder: Holder) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.extend(cookies::clear(holder).map(|cookie| (header::SET_COOKIE, cookie)));
    if holder == Holder::Shopper
        && let Some(cookie) = cookies::forget_language()
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    headers.insert(
        "clear-site-data",
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    response
}

/// Mails a code that proves an address. The answer is the same for every address.
#[utoipa::path(post, path = "/v1/session/codes", tag = "shopper", operation_id = "request_code", security(("shopper" = [])),
    request_body = RequestCode,
    responses((status = 202, body = CodeRequested),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn request_code(
    State(house): State<House>,
    Asking(asking): Asking,
    token: ShopperToken,
    Body(wish): Body<RequestCode>,
) -> Result<(StatusCode, Json<CodeRequested>), Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.code(asking)?;
    if !house.settings.mail {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "mail_off",
            "this shop sends no mails, so no address can be proved here",
        ));
    }
    let address = gate::email_address(Untrusted::new(wish.email))?;
    let mut tx = house.database.begin().await?;
    let sent = house
        .journey
        .identity()
        .request_code(&mut *tx, &proof, &address, &wish.locale.unwrap_or_default())
        .await?;
    tx.commit().await?;
    let body = CodeRequested::new(sent.request, sent.expires_at);
    Ok((StatusCode::ACCEPTED, Json(body)))
}

/// Gives the code back. The answer holds a new session; the old one is ended.
#[utoipa::path(post, path = "/v1/session/codes/{request}", tag = "shopper", operation_id = "give_code", security(("shopper" = [])),
    params(("request" = Uuid, Path)), request_body = GiveCode,
    responses((status = 200, body = SessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn give_code(
    State(house): State<House>,
    Asking(asking): Asking,
    ComingFrom(whence): ComingFrom,
    token: ShopperToken,
    Ids(request): Ids<CodeRequestId>,
    Body(given): Body<GiveCode>,
) -> Result<Response, Problem> {
    let scope = Scope::new();
    let proof = token.prove(&house, &scope).await?;
    house.gatekeeper.code(asking)?;
    let code = gate::one_time_code(Untrusted::new(given.code))?;
    let entry = Entry {
        whence,
        locale: given.locale.unwrap_or_default(),
    };
    let proved = match house
        .journey
        .prove_address(&*house.database, &proof, request, &code, &entry)
        .await?
    {
        CodeOutcome::Accepted(proved) => proved,
        CodeOutcome::Wrong { left } => {
            let detail = format!("the code is wrong: {left} attempts are left");
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_code",
                detail,
            ));
        }
        CodeOutcome::Expired => {
            let detail =
                "this code was used, has expired or had too many attempts: ask for a new one";
            return Err(Problem::new(StatusCode::GONE, "expired", detail));
        }
    };
    let known = known(&house, proof.shop(), proved.shopper).await?;
    let transport = Transport::of(&token);
    answer(&house, StatusCode::OK, known, proved.opened, transport)
}

/// Who a session is of, as its view tells her.
pub(crate) struct Known {
    shop: String,
    /// Masked.
    email: Option<String>,
    passkey: bool,
}

/// Who signed in.
pub(crate) async fn known(
    house: &House,
    shop: ShopId,
    shopper: ShopperId,
) -> Result<Known, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let address = identity.address_of(&mut *snapshot, shop, shopper).await?;
    let row = snapshot.shop(shop).await?;
    Ok(Known {
        shop: row.ok_or_else(Problem::needs_session)?.handle,
        email: address.map(|address| address.masked()),
        passkey: identity.has_passkey(&mut *snapshot, shop, shopper).await?,
    })
}

pub(crate) fn answer(
    house: &House,
    status: StatusCode,
    known: Known,
    opened: Opened,
    transport: Transport,
) -> Result<Response, Problem> {
    let (view, cookie) = session_and_cookie(house, known, opened, transport);
    Ok((status, cookie, Json(view)).into_response())
}

/// The session's view, and the cookie that holds its token where it is held in one.
pub(crate) fn session_and_cookie(
    house: &House,
    known: Known,
    opened: Opened,
    transport: Transport,
) -> (SessionView, HeaderMap) {
    let bearer = transport == Transport::Bearer;
    let view = SessionView {
        session: *opened.session.as_uuid(),
        shop: known.shop,
        level: opened.level.as_str(),
        email: known.email,
        passkey: known.passkey,
        expires_at: moment(opened.expires_at),
        token: bearer.then(|| opened.token.expose().to_owned()),
    };
    let mut set = HeaderMap::new();
    if !bearer {
        let seconds = seconds_until(house.clock.now(), opened.expires_at);
        let cookie = cookies::set(Holder::Shopper, &opened.token, seconds);
        set.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    }
    (view, set)
}

pub(crate) fn seconds_until(now: Timestamp, end: Timestamp) -> i64 {
    end.millis().saturating_sub(now.millis()).max(0) / 1_000
}

async fn handle_of(house: &House, proof: &Verified<'_, Shopper, Guest>) -> Result<String, Problem> {
    let shop = house.database.snapshot().await?.shop(proof.shop()).await?;
    Ok(shop.ok_or_else(Problem::needs_session)?.handle)
}
