//! Who works for the shop, and how somebody new gets in.

use axum::{Json, extract::State, http::StatusCode};
use guard::gate;
use identity::actions::{InviteStaff, ReadStaff};
use serde::{Deserialize, Serialize};
use terms::Untrusted;
use utoipa::ToSchema;
use uuid::Uuid;

use super::sessions::RoleName;
use crate::{
    extract::{Body, Permitted},
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
    #[schema(value_type = RoleName)]
    role: &'static str,
    #[schema(format = "date-time")]
    created_at: String,
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
    role: RoleName,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitedView {
    staff: Uuid,
    name: String,
    #[schema(value_type = RoleName)]
    role: &'static str,
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
        role: colleague.role.as_str(),
        created_at: moment(colleague.created_at),
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
    let role = wish.role.into();
    let mut tx = house.database.begin().await?;
    let invitation = house
        .journey
        .identity()
        .invite(&mut *tx, &permit, &name, role)
        .await?;
    tx.commit().await?;
    let view = InvitedView {
        staff: *invitation.staff.as_uuid(),
        name: name.as_str().to_owned(),
        role: role.as_str(),
        link: sign_in_link(&house.settings.public_origin, &invitation.token),
        expires_at: moment(invitation.expires_at),
    };
    Ok((StatusCode::CREATED, Json(view)))
}
