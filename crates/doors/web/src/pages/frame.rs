//! The widget's frame: the page inside the iframe on the shop's pages.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use guard::gate;
use inbox::front::{Checked, Front};
use serde::Deserialize;
use serde_json::json;
use store::{
    Snapshot,
    shops::{HostKind, ShopRow},
};
use terms::{Language, Untrusted};

use super::{framed_page, preview};
use crate::{
    assets,
    cookies::{self, Holder},
    extract::Asked,
    headers::CORP,
    house::House,
    languages::{self, Spoken},
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
    theme: &'a str,
    logo: bool,
    front: &'a str,
    /// Whether this browser may have a session: without one the widget asks for none.
    has_session: bool,
    css_integrity: &'a str,
    shop_css_integrity: &'a str,
    js_integrity: &'a str,
    ai_notice: &'a str,
    privacy_summary: &'a str,
}

/// What the frame, and the page before it, are asked with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    pub(crate) shop: String,
    /// What the shop's page says its language is: any tag at all.
    #[serde(default)]
    locale: Option<String>,
    /// Shows staff the widget before it is live.
    #[serde(default)]
    pub(crate) preview: Option<String>,
    /// Settings that are not kept yet, as the designer tries them; only with a preview.
    #[serde(default)]
    draft: Option<String>,
}

/// Who asks for which shop's widget, and what she sees of it.
pub(crate) struct Seen {
    pub(crate) shop: ShopRow,
    pub(crate) front: Front,
    pub(crate) spoken: Spoken,
    /// Who may frame it (D03).
    pub(crate) ancestors: String,
    pub(crate) may_see: bool,
    /// It is a member of staff's preview.
    pub(crate) previewed: bool,
}

pub(crate) async fn seen(
    house: &House,
    snapshot: &mut dyn Snapshot,
    wanted: &Wanted,
    headers: &HeaderMap,
) -> Result<Seen, Problem> {
    let shop = snapshot.shop_by_handle(&wanted.shop).await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    let mut front = house.journey.inbox().front(snapshot, shop.id).await?.front;
    let previewed = match &wanted.preview {
        Some(token) => preview::is_good(house, snapshot, shop.id, token).await?,
        None => false,
    };
    let may_see = previewed
        || preview::may_see(house, snapshot, shop.id, &front, cookies::preview(headers)).await?;
    if let Some(draft) = wanted.draft.as_ref().filter(|_| previewed) {
        front = read_draft(draft)?;
    }
    let hosts = snapshot.shop_hosts(shop.id).await?;
    let mut origins: Vec<String> = hosts
        .into_iter()
        .filter(|host| host.kind == HostKind::Frame)
        // A row that is no origin must not become a word of the policy.
        .filter_map(|host| host.value.parse::<crate::addresses::Origin>().ok())
        .map(|origin| origin.to_string())
        .collect();
    // The designer shows it on the console's own page.
    origins.extend(previewed.then(|| "'self'".to_owned()));
    let ancestors = if origins.is_empty() {
        "'none'".to_owned()
    } else {
        origins.join(" ")
    };
    let chosen = Language::of(&front.language).unwrap_or_default();
    let spoken = languages::spoken(wanted.locale.as_deref(), headers, chosen);
    Ok(Seen {
        shop,
        front,
        spoken,
        ancestors,
        may_see,
        previewed,
    })
}

/// Settings out of an address: read and checked like those that are kept.
pub(crate) fn read_draft(text: &str) -> Result<Front, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let front = bytes.and_then(|bytes| serde_json::from_slice::<Front>(&bytes).ok());
    let front = front.ok_or_else(|| Problem::bad_argument("`draft` cannot be read"))?;
    Ok(checked(front)?.into_front())
}

/// Settings, looked at: their texts come from outside.
pub(crate) fn checked(front: Front) -> Result<Checked, Problem> {
    front
        .checked(|text, most| gate::form_text(Untrusted::new(text), most))
        .map_err(|error| Problem::bad_argument(error.to_string()))
}

/// Only the shop's registered origins may frame it (D03), and nothing is stored by loading it.
pub(crate) async fn frame(
    State(house): State<House>,
    Asked(wanted): Asked<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let snapshot: &mut dyn Snapshot = &mut *snapshot;
    let seen = seen(&house, snapshot, &wanted, &headers).await?;
    if !seen.may_see {
        return Err(preview::not_live());
    }
    let Seen { shop, spoken, .. } = &seen;
    let texts = seen.front.texts_in(spoken.language.tag());
    let front = json!({
        "welcome": texts.welcome,
        "hint": texts.hint,
        "choices": texts.choices,
        "mail": house.settings.mail,
        "hours": seen.front.hours.is_some(),
    });
    let theme = match wanted.draft.as_ref().filter(|_| seen.previewed) {
        Some(draft) => format!("{}?draft={draft}", shop.handle),
        None => shop.handle.clone(),
    };
    let page = Frame {
        shop_handle: &shop.handle,
        shop_name: &shop.name,
        locale: &spoken.tag,
        language: spoken.language.tag(),
        direction: spoken.direction,
        theme: &theme,
        logo: snapshot.logo(shop.id).await?.is_some(),
        front: &front.to_string(),
        has_session: cookies::token(&headers, Holder::Shopper).is_some(),
        css_integrity: assets::widget_integrity("widget.css"),
        shop_css_integrity: assets::widget_integrity("shop.css"),
        js_integrity: assets::widget_integrity("widget.js"),
        ai_notice: words(spoken.language).ai,
        privacy_summary: &privacy(shop, spoken.language).summary,
    };
    let mut response = framed_page(&page, &seen.ancestors)?;
    let out = response.headers_mut();
    out.insert(CORP, HeaderValue::from_static("cross-origin"));
    out.insert(
        header::VARY,
        HeaderValue::from_static("accept-language, cookie"),
    );
    if seen.previewed
        && let Some(token) = &wanted.preview
    {
        out.extend(cookies::keep_preview(token).map(|cookie| (header::SET_COOKIE, cookie)));
    }
    Ok(response)
}
