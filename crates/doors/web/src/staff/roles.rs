//! Roles: those that every shop has, and those that it composes.

use axum::{Json, extract::State, http::StatusCode};
use identity::{
    actions::{ManageRoles, ReadStaff},
    roles::{Explained, KnownRole, Named as NamedRole, Saved, composable, compose, is_there},
};
use serde::{Deserialize, Serialize};
use terms::RoleName;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Asked, Body, Named, Permitted},
    house::House,
    problem::{Problem, ProblemDetails},
};

/// The roles of the shop, and what one may be composed of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RolesView {
    /// The built-in ones first.
    roles: Vec<RoleView>,
    /// Every permission that a role of the shop's own may hold.
    permissions: Vec<PermissionView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleView {
    role: String,
    title: String,
    /// Every shop has it, and none changes it.
    built_in: bool,
    /// What it is for, of a built-in role.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'static str>,
    /// Of a role of the shop's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Vec<String>>,
    /// To be sent with a change; 0 of a built-in role.
    version: i64,
    /// How many people have it.
    holders: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermissionView {
    /// As it is written: `read_orders`, or `read_conversation:queue`.
    permission: String,
    action: &'static str,
    /// Whether nothing of this kind is there yet; such a permission does nothing for now.
    idle: bool,
    /// `assigned`, `queue` or `all`, for conversations and shoppers.
    #[serde(skip_serializing_if = "Option::is_none")]
    reach: Option<&'static str>,
    /// In plain words that go on from "may".
    words: &'static str,
}

/// A role as it shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleWish {
    /// What people call it.
    #[schema(min_length = 1, max_length = 60)]
    title: String,
    /// As `permissions` of `GET /v1/staff/roles` writes them, each action once.
    permissions: Vec<String>,
    /// The version that was read; 0 for a new role.
    #[schema(minimum = 0)]
    version: i64,
}

/// Which version is meant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Version {
    #[param(minimum = 1)]
    version: i64,
}

/// What somebody may do, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessView {
    pub(crate) actions: Vec<ExplainedView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedView {
    action: &'static str,
    /// In plain words that go on from "may".
    words: &'static str,
    /// Whether it may be done to something of the shop at least.
    allowed: bool,
    /// Every rule that decided.
    because: Vec<ReasonView>,
    /// The roles that might, where this one may not.
    allowed_for: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonView {
    /// The rule's id, as in `crates/trust/access/policies`.
    rule: String,
    words: String,
}

impl From<Explained> for ExplainedView {
    fn from(explained: Explained) -> Self {
        let Explained { action, decision } = explained;
        let because = decision.because().iter().map(|reason| ReasonView {
            rule: reason.rule().to_owned(),
            words: reason.words().to_owned(),
        });
        Self {
            action: action.name(),
            words: action.words(),
            allowed: decision.is_allowed(),
            because: because.collect(),
            allowed_for: decision
                .allowed_for()
                .iter()
                .map(ToString::to_string)
                .collect(),
        }
    }
}

impl From<KnownRole> for RoleView {
    fn from(known: KnownRole) -> Self {
        let (role, title) = (known.name().to_string(), known.title().to_owned());
        let holders = known.holders;
        match known.role {
            NamedRole::BuiltIn(built_in) => Self {
                role,
                title,
                built_in: true,
                about: Some(built_in.words()),
                permissions: None,
                version: 0,
                holders,
            },
            NamedRole::Own(own, version) => Self {
                role,
                title,
                built_in: false,
                about: None,
                permissions: Some(own.permissions().iter().map(ToString::to_string).collect()),
                version,
                holders,
            },
        }
    }
}

/// The roles of the shop, and what one may be composed of.
#[utoipa::path(get, path = "/v1/staff/roles", tag = "staff", operation_id = "list_roles", security(("staff" = [])),
    responses((status = 200, body = RolesView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadStaff>,
) -> Result<Json<RolesView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let roles = house
        .journey
        .identity()
        .roles(&mut *snapshot, &permit)
        .await?;
    let permissions = composable().map(|permission| PermissionView {
        permission: permission.to_string(),
        action: permission.action().name(),
        idle: !is_there(permission.action()),
        reach: permission.reach().map(|reach| reach.as_str()),
        words: permission.action().words(),
    });
    Ok(Json(RolesView {
        roles: roles.into_iter().map(RoleView::from).collect(),
        permissions: permissions.collect(),
    }))
}

/// Composes a role, or changes one. Whoever has it may what it says from the next request on.
#[utoipa::path(put, path = "/v1/staff/roles/{role}", tag = "staff", operation_id = "save_role", security(("staff" = [])),
    params(("role" = String, Path, description = "1 to 40 lower-case letters, digits and underscores", max_length = 40, pattern = "^[a-z][a-z0-9_]{0,39}$")),
    request_body = RoleWish,
    responses((status = 204, description = "so it is from now on"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn save(
    State(house): State<House>,
    Permitted(permit): Permitted<ManageRoles>,
    Named(name): Named,
    Body(wish): Body<RoleWish>,
) -> Result<StatusCode, Problem> {
    if wish.version < 0 {
        return Err(Problem::bad_argument(
            "`version` must be 0 for a new role, or the version that was read",
        ));
    }
    let role = compose(&name, &wish.title, &wish.permissions)
        .map_err(|error| Problem::bad_argument(error.to_string()))?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let saved = identity
        .save_role(&mut *tx, &permit, &role, wish.version)
        .await?;
    tx.commit().await?;
    told(saved)
}

/// Removes a role that nobody has.
#[utoipa::path(delete, path = "/v1/staff/roles/{role}", tag = "staff", operation_id = "remove_role", security(("staff" = [])),
    params(("role" = String, Path, description = "1 to 40 lower-case letters, digits and underscores", max_length = 40, pattern = "^[a-z][a-z0-9_]{0,39}$"), Version),
    responses((status = 204, description = "it is gone"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn remove(
    State(house): State<House>,
    Permitted(permit): Permitted<ManageRoles>,
    Named(name): Named,
    Asked(Version { version }): Asked<Version>,
) -> Result<StatusCode, Problem> {
    let name: RoleName = name
        .parse()
        .map_err(|error| Problem::bad_argument(format!("{error}")))?;
    let mut tx = house.database.begin().await?;
    let identity = house.journey.identity();
    let saved = identity
        .remove_role(&mut *tx, &permit, &name, version)
        .await?;
    tx.commit().await?;
    told(saved)
}

fn told(saved: Saved) -> Result<StatusCode, Problem> {
    match saved {
        Saved::Done => Ok(StatusCode::NO_CONTENT),
        Saved::ChangedMeanwhile => Err(Problem::conflict(
            "changed_meanwhile",
            "the role has another version by now, or is gone: read it again",
        )),
        Saved::InUse => Err(Problem::conflict(
            "in_use",
            "somebody has this role: give everybody who has it another one first",
        )),
    }
}
