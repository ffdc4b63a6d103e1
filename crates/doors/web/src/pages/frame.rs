//! The widget's frame: the page inside the iframe on the shop's pages.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use serde::Deserialize;
use store::shops::HostKind;

use super::framed_page;
use crate::{
    assets,
    extract::Asked,
    headers::CORP,
    house::House,
    languages::{self, Language},
    problem::Problem,
    shopper::{notice::privacy, notice_words::words},
};

#[derive(Template)]
#[template(path = "frame.html")]
struct Frame<'a> {
    shop_handle: &'a str,
    shop_name: &'a str,
    locale: &'a str,
    language: &'a str,
    direction: &'a str,
    css_integrity: &'a str,
    shop_css_integrity: &'a str,
    js_integrity: &'a str,
    ai_notice: &'a str,
    privacy_summary: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    shop: String,
    /// What the shop's page says its language is, or what the shopper chose: any tag at all.
    #[serde(default)]
    locale: Option<String>,
}

/// Only the shop's registered origins may frame it (D03), and nothing is stored by loading it.
pub(crate) async fn frame(
    State(house): State<House>,
    Asked(wanted): Asked<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let shop = snapshot.shop_by_handle(&wanted.shop).await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    let hosts = snapshot.shop_hosts(shop.id).await?;
    let origins: Vec<String> = hosts
        .into_iter()
        .filter(|host| host.kind == HostKind::Frame)
        // A row that is no origin must not become a word of the policy.
        .filter_map(|host| host.value.parse::<crate::addresses::Origin>().ok())
        .map(|origin| origin.to_string())
        .collect();
    let ancestors = if origins.is_empty() {
        "'none'".to_owned()
    } else {
        origins.join(" ")
    };
    let spoken = languages::spoken(wanted.locale.as_deref(), &headers, Language::default());
    let page = Frame {
        shop_handle: &shop.handle,
        shop_name: &shop.name,
        locale: &spoken.tag,
        language: spoken.language.tag(),
        direction: spoken.direction,
        css_integrity: assets::widget_integrity("widget.css"),
        shop_css_integrity: assets::widget_integrity("shop.css"),
        js_integrity: assets::widget_integrity("widget.js"),
        ai_notice: words(spoken.language).ai,
        privacy_summary: &privacy(&shop, spoken.language).summary,
    };
    let mut response = framed_page(&page, &ancestors)?;
    response
        .headers_mut()
        .insert(CORP, HeaderValue::from_static("cross-origin"));
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static("accept-language, cookie"),
    );
    Ok(response)
}
