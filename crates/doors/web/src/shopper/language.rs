//! The language a shopper chose for the window. Kept in a cookie that says nothing else.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use terms::Language;
use utoipa::ToSchema;

use crate::{
    cookies,
    extract::Body,
    problem::{Problem, ProblemDetails},
};

/// A language of the interface.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChooseLanguage {
    #[schema(pattern = "^(en|de|fr|es|it|pt|nl|pl)$")]
    language: String,
}

/// Chooses the language that the widget's window is shown in on this device.
#[utoipa::path(put, path = "/v1/language", tag = "shopper", operation_id = "choose_language",
    request_body = ChooseLanguage,
    responses((status = 204, description = "chosen"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn choose(Body(wish): Body<ChooseLanguage>) -> Result<Response, Problem> {
    let language = Language::ALL
        .into_iter()
        .find(|language| language.tag() == wish.language)
        .ok_or_else(|| {
            let tags = Language::ALL.map(Language::tag).join("`, `");
            Problem::bad_argument(format!("`language` must be one of `{tags}`"))
        })?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    response
        .headers_mut()
        .extend(cookies::keep_language(language).map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}
