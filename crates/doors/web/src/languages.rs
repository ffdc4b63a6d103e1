//! Which language of the interface a visitor is spoken to in: what she chose herself, then what the
//! shop's page says, then what her browser asks for, then what the shop chose.

use axum::http::{HeaderMap, header};
use terms::Language;

use crate::cookies;

/// The tag that lays English out from right to left (CLDR's pseudo-locale), for a shop that wants
/// to see how her page and the widget get along.
const MIRRORED: &str = "ar-XB";

/// How a page is spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spoken {
    pub(crate) language: Language,
    /// The tag that dates and amounts are written by: with the region where the page names one.
    pub(crate) tag: String,
    pub(crate) direction: &'static str,
}

/// Chooses a language. Whatever a page or a browser names, there is one.
pub(crate) fn spoken(page: Option<&str>, headers: &HeaderMap, shop: Language) -> Spoken {
    if page.is_some_and(|tag| tag.eq_ignore_ascii_case(MIRRORED)) {
        return Spoken {
            language: Language::English,
            tag: Language::English.tag().to_owned(),
            direction: "rtl",
        };
    }
    let chosen = cookies::language(headers).map(|language| language.tag().to_owned());
    let tag = chosen
        .or_else(|| {
            page.filter(|tag| Language::of(tag).is_some())
                .map(str::to_owned)
        })
        .or_else(|| asked_for(headers))
        .unwrap_or_else(|| shop.tag().to_owned());
    let language = Language::of(&tag).unwrap_or(shop);
    let tag = match tag.parse::<terms::Locale>() {
        Ok(tag) => tag.to_string(),
        Err(_) => language.tag().to_owned(),
    };
    Spoken {
        language,
        tag,
        direction: "ltr",
    }
}

/// The first language of `Accept-Language` (RFC 9110 section 12.5.4) that is spoken, by weight.
fn asked_for(headers: &HeaderMap) -> Option<String> {
    let line = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wishes: Vec<(u16, &str)> = line
        .split(',')
        .take(20)
        .filter_map(|wish| {
            let (tag, rest) = wish.split_once(';').unwrap_or((wish, ""));
            let weight = weight(rest)?;
            Some((weight, tag.trim()))
        })
        .filter(|(weight, tag)| *weight > 0 && Language::of(tag).is_some())
        .collect();
    // Stable: of the same weight, the first that is named.
    wishes.sort_by_key(|(weight, _)| core::cmp::Reverse(*weight));
    wishes.first().map(|(_, tag)| (*tag).to_owned())
}

/// `q=0.8` in thousandths; a wish without one counts in full, an unreadable one not at all.
fn weight(rest: &str) -> Option<u16> {
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(1_000);
    }
    let value = rest.strip_prefix("q=")?;
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    if part.len() > 3 {
        return None;
    }
    let thousandths = format!("{part:0<3}").parse::<u16>().ok()?;
    let whole = whole.parse::<u16>().ok()?.checked_mul(1_000)?;
    whole.checked_add(thousandths).filter(|all| *all <= 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(page: Option<&str>, browser: &str) -> (&'static str, String, &'static str) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, browser.parse().unwrap());
        let found = spoken(page, &headers, Language::Dutch);
        (found.language.tag(), found.tag, found.direction)
    }

    #[test]
    fn her_own_choice_goes_before_all() {
        let mut headers = HeaderMap::new();
        let cookies = "a=b; __Host-parlour-language=pl";
        headers.insert(header::COOKIE, cookies.parse().unwrap());
        let found = spoken(Some("de"), &headers, Language::Dutch);
        assert_eq!(found.language, Language::Polish);
        headers.insert(
            header::COOKIE,
            "__Host-parlour-language=xx".parse().unwrap(),
        );
        let found = spoken(Some("de"), &headers, Language::Dutch);
        assert_eq!(found.language, Language::German);
    }

    #[test]
    fn the_page_then_the_browser_then_the_shop() {
        let said = |language, tag: &str| (language, tag.to_owned(), "ltr");
        assert_eq!(with(Some("de-at"), "fr"), said("de", "de-AT"));
        assert_eq!(with(Some("sv"), "fr;q=0.5, pl;q=0.9"), said("pl", "pl"));
        assert_eq!(with(None, "sv, es-MX;q=0.7, *;q=0.1"), said("es", "es-MX"));
        assert_eq!(with(None, "sv"), said("nl", "nl"));
        assert_eq!(with(Some("pt-Latn-BR"), ""), said("pt", "pt"));
        assert_eq!(with(Some("<script>"), "it;q=0"), said("nl", "nl"));
        assert_eq!(with(Some("ar-XB"), "fr").2, "rtl");
        for odd in ["en;q=2", "en;q=x", "en;q=0.0005", ";;,,", "en;q=0.99999999"] {
            assert_eq!(with(None, odd).0, "nl", "{odd}");
        }
    }
}
