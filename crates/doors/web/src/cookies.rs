//! Session cookies. The widget's is partitioned by the shop's site, the staff's never leaves its
//! own site.

use axum::http::{HeaderMap, HeaderValue, header};
use identity::SessionToken;

use terms::Language;

const SHOPPER: &str = "__Host-parlour";
const STAFF: &str = "__Host-parlour-staff";
/// The language that a shopper chose for the window, and nothing else.
const LANGUAGE: &str = "__Host-parlour-language";
/// That the greeting was dismissed, and nothing else; until the browser is closed.
const GREETING: &str = "__Host-parlour-greeting";
/// A preview of a shop on trial, for the hour it is good for.
const PREVIEW: &str = "__Host-parlour-preview";
/// Half a year.
const LANGUAGE_SECONDS: u32 = 15_768_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Shopper,
    Staff,
}

impl Holder {
    const fn name(self) -> &'static str {
        match self {
            Self::Shopper => SHOPPER,
            Self::Staff => STAFF,
        }
    }

    /// Third-party frames need `SameSite=None`; `Partitioned` keeps one shop's visitors from being
    /// followed to another shop.
    const fn attributes(self) -> &'static str {
        match self {
            Self::Shopper => "Path=/; Secure; HttpOnly; SameSite=None; Partitioned",
            Self::Staff => "Path=/; Secure; HttpOnly; SameSite=Strict",
        }
    }
}

/// The token in the holder's cookie.
pub(crate) fn token(headers: &HeaderMap, holder: Holder) -> Option<SessionToken> {
    all(headers)
        .find(|(name, _)| *name == holder.name())
        .and_then(|(_, value)| SessionToken::parse(value))
}

pub(crate) fn has_any(headers: &HeaderMap) -> bool {
    all(headers).any(|(name, _)| name == SHOPPER || name == STAFF)
}

pub(crate) fn set(holder: Holder, token: &SessionToken, seconds: i64) -> Option<HeaderValue> {
    let name = holder.name();
    let value = format!(
        "{name}={}; Max-Age={seconds}; {}",
        token.expose(),
        holder.attributes()
    );
    let mut value = HeaderValue::from_str(&value).ok()?;
    value.set_sensitive(true);
    Some(value)
}

pub(crate) fn clear(holder: Holder) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!(
        "{}=; Max-Age=0; {}",
        holder.name(),
        holder.attributes()
    ))
    .ok()
}

/// The language that was chosen on this device.
pub(crate) fn language(headers: &HeaderMap) -> Option<Language> {
    let (_, tag) = all(headers).find(|(name, _)| *name == LANGUAGE)?;
    Language::of(tag)
}

pub(crate) fn keep_language(language: Language) -> Option<HeaderValue> {
    let attributes = Holder::Shopper.attributes();
    let tag = language.tag();
    HeaderValue::from_str(&format!(
        "{LANGUAGE}={tag}; Max-Age={LANGUAGE_SECONDS}; {attributes}"
    ))
    .ok()
}

pub(crate) fn has_dismissed(headers: &HeaderMap) -> bool {
    all(headers).any(|(name, value)| name == GREETING && value == "dismissed")
}

pub(crate) fn dismiss(away: bool) -> Option<HeaderValue> {
    let attributes = Holder::Shopper.attributes();
    let value = match away {
        true => "dismissed",
        false => "; Max-Age=0",
    };
    HeaderValue::from_str(&format!("{GREETING}={value}; {attributes}")).ok()
}

pub(crate) fn preview(headers: &HeaderMap) -> Option<&str> {
    let (_, token) = all(headers).find(|(name, _)| *name == PREVIEW)?;
    Some(token)
}

/// A token that was found good; what is in it was decoded, so it holds nothing that ends a cookie.
pub(crate) fn keep_preview(token: &str) -> Option<HeaderValue> {
    let attributes = Holder::Shopper.attributes();
    let seconds = inbox::front::PREVIEW.as_secs();
    let cookie = format!("{PREVIEW}={token}; Max-Age={seconds}; {attributes}");
    let mut value = HeaderValue::from_str(&cookie).ok()?;
    value.set_sensitive(true);
    Some(value)
}

pub(crate) fn forget_language() -> Option<HeaderValue> {
    let attributes = Holder::Shopper.attributes();
    HeaderValue::from_str(&format!("{LANGUAGE}=; Max-Age=0; {attributes}")).ok()
}

fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}
