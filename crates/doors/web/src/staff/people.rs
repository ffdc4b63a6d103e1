//! Who works for the shop, and how somebody new gets in.

use axum::{Json, extract::State, http::StatusCode};
use guard::gate;
use identity::{
    actions::{
        ChangeRole, EndSessions, ExplainAccess, InviteStaff, ManageStaff, ReadSessions, ReadStaff,
    },
    roles::{Position, is_there},
};
use serde::{Deserialize, Serialize};
use terms::{RoleName, StaffId, Timestamp, Untrusted};
use utoipa::ToSchema;
use uuid::Uuid;

use super::roles::{AccessView, ExplainedView};
use crate::{
    ceremonies::{EndedView, OwnSessionsView},
    extract::{Body, Ids, Permitted},
    house::House,
    problem::{Problem, ProblemDetails},
    sign_in::sign_in_link,
    views::moment,
};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleView {
    staff: Vec<ColleagueView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColleagueView {
    staff: Uuid,
    name: String,
    /// As `GET /v1/staff/roles` names it.
    role: String,
    #[schema(format = "date-time")]
    created_at: String,
    /// Until when she has access; without it for as long as she works here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    access_ends: Option<String>,
    disabled: bool,
    /// It is you.
    you: bool,
}

/// Somebody new.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invite {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// A role of the shop, as `GET /v1/staff/roles` lists them.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    role: String,
    /// Until when there is access. An auditor always comes for a time.
    #[serde(default)]
    #[schema(format = "date-time")]
    access_ends: Option<String>,
}

/// What a colleague shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PositionWish {
    /// A role of the shop, as `GET /v1/staff/roles` lists them.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    role: String,
    /// Until when there is access. An auditor always comes for a time.
    #[serde(default)]
    #[schema(format = "date-time")]
    access_ends: Option<String>,
}

/// Whether a colleague may come in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShutOutWish {
    disabled: bool,
}

fn position(role: &str, access_ends: Option<&str>) -> Result<Position, Problem> {
    let role = role.parse::<RoleName>();
    let role = role.map_err(|error| Problem::bad_argument(format!("`role`: {error}")))?;
    let access_ends = access_ends.map(|text| {
        Timestamp::parse_rfc3339(text).ok_or_else(|| {
            Problem::bad_argument("`access_ends` must be a time such as `2026-05-01T00:00:00Z`")
        })
    });
    Ok(Position {
        role,
        access_ends: access_ends.transpose()?,
    })
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitedView {
    staff: Uuid,
    name: String,
    role: String,
    /// The one-time sign-in link, shown once.
    link: String,
    #[schema(format = "date-time")]
    expires_at: String,
}

/// Everyone who works for the shop.
#[utoipa::path(get, path = "/v1/staff/people", tag = "staff", operation_id = "list_staff", security(("staff" = [])),
    responses((status = 200, body = PeopleView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadStaff>,
) -> Result<Json<PeopleView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let colleagues = house
        .journey
        .identity()
        .colleagues(&mut *snapshot, &permit)
        .await?;
    let staff = colleagues.into_iter().map(|colleague| ColleagueView {
        staff: *colleague.id.as_uuid(),
        you: colleague.id == permit.staff(),
        name: colleague.name,
        role: colleague.role.to_string(),
        created_at: moment(colleague.created_at),
        access_ends: colleague.access_ends.map(moment),
        disabled: colleague.disabled,
    });
    Ok(Json(PeopleView {
        staff: staff.collect(),
    }))
}

/// Adds somebody and makes her sign-in link.
#[utoipa::path(post, path = "/v1/staff/people", tag = "staff", operation_id = "invite_staff", security(("staff" = [])),
    request_body = Invite,
    responses((status = 201, body = InvitedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn invite(
    State(house): State<House>,
    Permitted(permit): Permitted<InviteStaff>,
    Body(wish): Body<Invite>,
) -> Result<(StatusCode, Json<InvitedView>), Problem> {
    let name = gate::person_name(Untrusted::new(wish.name))?;
    let position = position(&wish.role, wish.access_ends.as_deref())?;
    let mut tx = house.database.begin().await?;
    let invitation = house
        .journey
        .identity()
        .invite(&mut *tx, &permit, &name, &position)
        .await?;
    tx.commit().await?;
    let view = InvitedView {
        staff: *invitation.staff.as_uuid(),
        name: name.as_str().to_owned(),
        role: position.role.to_string(),
        link: sign_in_link(&house.settings.public_origin, &invitation.token),
        expires_at: moment(invitation.expires_at),
    };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Gives a colleague another role, or access until another day. She is signed out: what she had open ends.
#[utoipa::path(put, path = "/v1/staff/people/{staff}/role", tag = "staff", operation_id = "change_staff_role", security(("staff" = [])),
    params(("staff" = Uuid, Path)), request_body = PositionWish,
    responses((status = 204, description = "she is that from now on"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn change_role(
    State(house): State<House>,
    Permitted(permit): Permitted<ChangeRole>,
    Ids(staff): Ids<StaffId>,
    Body(wish): Body<PositionWish>,
) -> Result<StatusCode, Problem> {
    let position = position(&wish.role, wish.access_ends.as_deref())?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let changed = identity
        .change_role(&mut *tx, &permit, staff, &position)
        .await?;
    tx.commit().await?;
    known(changed)
}

/// Shuts a colleague out (she is signed out, and her sign-in links are worth nothing), or lets her in again.
#[utoipa::path(put, path = "/v1/staff/people/{staff}/disabled", tag = "staff", operation_id = "disable_staff", security(("staff" = [])),
    params(("staff" = Uuid, Path)), request_body = ShutOutWish,
    responses((status = 204, description = "so it is from now on"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn disable(
    State(house): State<House>,
    Permitted(permit): Permitted<ManageStaff>,
    Ids(staff): Ids<StaffId>,
    Body(wish): Body<ShutOutWish>,
) -> Result<StatusCode, Problem> {
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let changed = if wish.disabled {
        identity.disable(&mut *tx, &permit, staff).await?
    } else {
        identity.enable(&mut *tx, &permit, staff).await?
    };
    tx.commit().await?;
    known(changed)
}

/// What a colleague may do, and why: every action, with the rules that decide it.
#[utoipa::path(get, path = "/v1/staff/people/{staff}/access", tag = "staff", operation_id = "explain_staff_access", security(("staff" = [])),
    params(("staff" = Uuid, Path)),
    responses((status = 200, body = AccessView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn explain(
    State(house): State<House>,
    Permitted(permit): Permitted<ExplainAccess>,
    Ids(staff): Ids<StaffId>,
) -> Result<Json<AccessView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let explained = identity.explain(&mut *snapshot, &permit, staff).await?;
    let explained = explained.ok_or_else(nobody)?;
    let there = explained.into_iter().filter(|one| is_there(one.action));
    Ok(Json(AccessView {
        actions: there.map(ExplainedView::from).collect(),
    }))
}

/// From where a colleague is signed in.
#[utoipa::path(get, path = "/v1/staff/people/{staff}/sessions", tag = "staff", operation_id = "read_staff_sessions", security(("staff" = [])),
    params(("staff" = Uuid, Path)),
    responses((status = 200, body = OwnSessionsView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn sessions(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadSessions>,
    Ids(staff): Ids<StaffId>,
) -> Result<Json<OwnSessionsView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let identity = house.journey.identity();
    let sessions = identity
        .sessions_of_colleague(&mut *snapshot, &permit, staff)
        .await?;
    Ok(Json(sessions.ok_or_else(nobody)?.into()))
}

/// Signs a colleague out everywhere. She may sign in again: who must not is shut out.
#[utoipa::path(delete, path = "/v1/staff/people/{staff}/sessions", tag = "staff", operation_id = "end_staff_sessions", security(("staff" = [])),
    params(("staff" = Uuid, Path)),
    responses((status = 200, body = EndedView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn end_sessions(
    State(house): State<House>,
    Permitted(permit): Permitted<EndSessions>,
    Ids(staff): Ids<StaffId>,
) -> Result<Json<EndedView>, Problem> {
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let ended = identity
        .end_sessions_of_colleague(&mut *tx, &permit, staff)
        .await?;
    tx.commit().await?;
    let ended = ended.ok_or_else(nobody)?;
    Ok(Json(EndedView { ended }))
}

fn known(changed: Option<bool>) -> Result<StatusCode, Problem> {
    changed.map(|_| StatusCode::NO_CONTENT).ok_or_else(nobody)
}

fn nobody() -> Problem {
    Problem::not_found("nobody with this id works for the shop")
}
