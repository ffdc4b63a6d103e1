//! Whether the service runs, and what browsers report.

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    extract::RawBody,
    house::House,
    problem::{Problem, ProblemDetails},
};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    status: &'static str,
}

/// The process runs.
#[utoipa::path(get, path = "/healthz", tag = "operations", operation_id = "healthz",
    responses((status = 200, body = Status),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn healthz() -> Json<Status> {
    Json(Status { status: "ok" })
}

/// The database answers and has the schema this program needs.
#[utoipa::path(get, path = "/readyz", tag = "operations", operation_id = "readyz",
    responses((status = 200, body = Status),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn readyz(State(house): State<House>) -> Result<Json<Status>, Problem> {
    house.database.ready().await?;
    Ok(Json(Status { status: "ready" }))
}

/// A browser reports a breach of the content policy. Only that it happened is logged: the report's
/// text is a stranger's.
pub(crate) async fn csp_report(RawBody(report): RawBody) -> StatusCode {
    tracing::warn!(
        report.bytes = report.len(),
        "a browser reported a breach of the content policy"
    );
    StatusCode::NO_CONTENT
}
