//! Pages: the widget's frame, the console, the demo. Markup comes from templates that escape; what
//! happens on them goes through the API.

pub(crate) mod console;
pub(crate) mod demo;
pub(crate) mod frame;
pub(crate) mod launch;
pub(crate) mod launch_words;
pub(crate) mod passkey;
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
    answered(rendered(template)?, "'none'")
}

/// Renders a page that these origins may frame.
///
/// It goes out for every shopper and is not compressed, so that it goes without its indentation: it
/// holds nothing in which white space counts.
pub(crate) fn framed_page(template: &impl Template, ancestors: &str) -> Result<Response, Problem> {
    let html = rendered(template)?;
    let lines: Vec<&str> = html.lines().map(str::trim_start).collect();
    answered(lines.join("\n"), ancestors)
}

fn rendered(template: &impl Template) -> Result<String, Problem> {
    template.render().map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the page could not be made",
        )
    })
}

fn answered(html: String, ancestors: &str) -> Result<Response, Problem> {
    let mut response = Html(html).into_response();
    let policy: HeaderValue = headers::page_policy(ancestors);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
