//! The greeting beside the launcher: dismissed once, it stays away.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    cookies,
    extract::Body,
    problem::{Problem, ProblemDetails},
};

/// What becomes of the greeting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Greeting {
    /// Whether it stays away.
    dismissed: bool,
}

/// Keeps the greeting away on this device, until the browser is closed, or brings it back.
#[utoipa::path(put, path = "/v1/greeting", tag = "shopper", operation_id = "dismiss_greeting",
    request_body = Greeting,
    responses((status = 204, description = "done"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn dismiss(Body(wish): Body<Greeting>) -> Result<Response, Problem> {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let cookie = cookies::dismiss(wish.dismissed);
    response
        .headers_mut()
        .extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}
