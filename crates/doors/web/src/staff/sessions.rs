//! Staff sign in by a one-time link and sign out.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use identity::{Permit, SessionToken, actions::OwnSession, staff::SignedInStaff};
use serde::{Deserialize, Serialize};
use store::sessions::ProvedBy;
use terms::{RoleName, ShopId, StaffId, Timestamp};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ceremonies::ProofName,
    cookies::{self, Holder},
    extract::{Asking, Body, ComingFrom, Permitted},
    hosts::OWN_HEADER,
    house::House,
    problem::{Problem, ProblemDetails},
    shopper::sessions::{ended, seconds_until},
    views::moment,
};

/// The token of a one-time sign-in link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    #[schema(pattern = "^[A-Za-z0-9_-]{43}$")]
    token: String,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffSessionView {
    staff: Uuid,
    name: String,
    /// Built in (`owner`, `admin`, `supervisor`, `agent`, `privacy_officer`, `security_officer`, `auditor`,
    /// `developer`), or composed by the shop.
    role: String,
    shop: StaffShop,
    /// By what she proved who she is. A session by `link` is good for setting up a passkey, and ends with it.
    #[schema(value_type = ProofName)]
    proved_by: &'static str,
    #[schema(format = "date-time")]
    expires_at: String,
    /// The bearer token, given once to clients that are no page of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StaffShop {
    handle: String,
    name: String,
}

/// Opens a one-time sign-in link: the session is good for setting up a passkey. Parlour's own pages (which send `X-Parlour: 1`) get a cookie, other clients a token.
#[utoipa::path(post, path = "/v1/staff/sessions", tag = "staff", operation_id = "staff_sign_in", request_body = SignIn,
    responses((status = 201, body = StaffSessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn sign_in(
    State(house): State<House>,
    Asking(address): Asking,
    ComingFrom(whence): ComingFrom,
    headers: HeaderMap,
    Body(wish): Body<SignIn>,
) -> Result<Response, Problem> {
    house.gatekeeper.session(address)?;
    let token = SessionToken::parse(&wish.token).ok_or_else(|| {
        Problem::bad_argument("`token` is not of a sign-in link: open the whole link again")
    })?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let signed_in = identity.sign_in(&mut *tx, &token, &whence).await?;
    tx.commit().await?;
    signed_in_answer(&house, &headers, signed_in).await
}

/// The answer to a sign-in, however it came about.
pub(crate) async fn signed_in_answer(
    house: &House,
    headers: &HeaderMap,
    signed_in: SignedInStaff,
) -> Result<Response, Problem> {
    let (view, cookie) = session_and_cookie(house, headers, signed_in).await?;
    Ok((StatusCode::CREATED, cookie, Json(view)).into_response())
}

/// The session's view, and for Parlour's own pages the cookie that holds its token.
pub(crate) async fn session_and_cookie(
    house: &House,
    headers: &HeaderMap,
    signed_in: SignedInStaff,
) -> Result<(StaffSessionView, HeaderMap), Problem> {
    let own_page = headers.contains_key(OWN_HEADER);
    let token = (!own_page).then(|| signed_in.token.expose().to_owned());
    let view = session_view(
        house,
        signed_in.shop,
        signed_in.staff,
        &signed_in.role,
        signed_in.by,
        signed_in.expires_at,
        token,
    )
    .await?;
    let mut set = HeaderMap::new();
    if own_page {
        let seconds = seconds_until(house.clock.now(), signed_in.expires_at);
        let cookie = cookies::set(Holder::Staff, &signed_in.token, seconds);
        set.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    }
    Ok((view, set))
}

/// Who one is signed in as.
#[utoipa::path(get, path = "/v1/staff/session", tag = "staff", operation_id = "staff_session", security(("staff" = [])),
    responses((status = 200, body = StaffSessionView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn own(
    State(house): State<House>,
    Permitted(permit): Permitted<OwnSession>,
) -> Result<Json<StaffSessionView>, Problem> {
    let (expires_at, by) = standing(&house, &permit).await?;
    let (shop, staff, role) = (permit.shop(), permit.staff(), permit.role());
    let view = session_view(&house, shop, staff, role, by, expires_at, None).await?;
    Ok(Json(view))
}

/// Signs out.
#[utoipa::path(delete, path = "/v1/staff/session", tag = "staff", operation_id = "staff_sign_out", security(("staff" = [])),
    responses((status = 204, description = "signed out"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn end(
    State(house): State<House>,
    Permitted(permit): Permitted<OwnSession>,
) -> Result<Response, Problem> {
    let mut tx = house.database.begin().await?;
    house
        .journey
        .identity()
        .end_staff(&mut *tx, &permit)
        .await?;
    tx.commit().await?;
    Ok(ended(Holder::Staff))
}

async fn standing(
    house: &House,
    permit: &Permit<OwnSession>,
) -> Result<(Timestamp, ProvedBy), Problem> {
    let row = house
        .database
        .snapshot()
        .await?
        .staff_session(permit.shop(), permit.session())
        .await?;
    let row = row.ok_or_else(Problem::needs_session)?;
    Ok((row.expires_at, row.proved_by))
}

async fn session_view(
    house: &House,
    shop: ShopId,
    staff: StaffId,
    role: &RoleName,
    by: ProvedBy,
    expires_at: Timestamp,
    token: Option<String>,
) -> Result<StaffSessionView, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let name = house
        .journey
        .identity()
        .staff_name(&mut *snapshot, shop, staff)
        .await?;
    let shop = snapshot
        .shop(shop)
        .await?
        .ok_or_else(Problem::needs_session)?;
    Ok(StaffSessionView {
        staff: *staff.as_uuid(),
        name: name.unwrap_or_default(),
        role: role.to_string(),
        shop: StaffShop {
            handle: shop.handle,
            name: shop.name,
        },
        proved_by: by.as_str(),
        expires_at: moment(expires_at),
        token,
    })
}
