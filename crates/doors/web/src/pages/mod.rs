//! Pages: the widget's frame, the console, the demo. Markup comes from templates that escape; what
//! happens on them goes through the API.

pub(crate) mod console;
pub(crate) mod demo;
pub(crate) mod frame;
pub(crate) mod launch;
pub(crate) mod launch_words;
pub(crate) mod payment;
pub(crate) mod preview;
pub(crate) mod theme;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{headers, problem::Problem};

/// Renders a page that nobody may frame.
pub(crate) fn page(template: &impl Template) -> Result<Response, Problem> {
    framed_page(template, "'none'")
}

/// Renders a page that these origins may frame.
pub(crate) fn framed_page(template: &impl Template, ancestors: &str) -> Result<Response, Problem> {
    let html = template.render().map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the page could not be made",
        )
    })?;
    let mut response = Html(html).into_response();
    let policy: HeaderValue = headers::page_policy(ancestors);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
