//! The window in which a shopper makes or uses a passkey: on Parlour's own host and at the top of its own
//! window, since a browser lets no frame on another site's page do it reliably.
//!
//! It keeps its opener (its opener policy is `unsafe-none`), because the frame that opened it is the only one it
//! talks to: the answer of the authenticator goes back as a message to Parlour's own origin, and into the
//! session of that frame. Whoever opens the window by a link of her own making has no such frame, and the
//! window does nothing for her: nobody can be led to sign somebody else's session in.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue},
    response::Response,
};
use serde::Deserialize;

use super::framed_page;
use crate::{
    assets, extract::Asked, headers::OPENER_POLICY, house::House, languages, problem::Problem,
};
use terms::Language;

#[derive(Template)]
#[template(path = "passkey.html")]
struct PasskeyPage<'a> {
    shop_handle: &'a str,
    shop_name: &'a str,
    language: &'a str,
    direction: &'a str,
    css_integrity: &'static str,
    js_integrity: &'static str,
}

/// For which shop, in which language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    shop: String,
    #[serde(default)]
    locale: Option<String>,
}

pub(crate) async fn passkey(
    State(house): State<House>,
    Asked(wanted): Asked<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let shop = snapshot.shop_by_handle(&wanted.shop).await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    let spoken = languages::spoken(wanted.locale.as_deref(), &headers, Language::default());
    let page = PasskeyPage {
        shop_handle: &shop.handle,
        shop_name: &shop.name,
        language: spoken.language.tag(),
        direction: spoken.direction,
        css_integrity: assets::widget_integrity("widget.css"),
        js_integrity: assets::widget_integrity("passkey_window.js"),
    };
    let mut response = framed_page(&page, "'none'")?;
    let headers = response.headers_mut();
    headers.insert(OPENER_POLICY, HeaderValue::from_static("unsafe-none"));
    Ok(response)
}
