//! What a shop's look comes to on the page: a stylesheet of its own and its logo, from our own host.
//!
//! A stylesheet and no style set by a script: the colours are there with the first paint, without
//! JavaScript, and under a policy that knows no inline style. Every value in it is a number or a
//! colour that was read as one, so nothing a shop wrote can become a rule.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use inbox::front::{Colour, Look};
use serde::Deserialize;
use store::front::LogoKind;

use super::frame::read_draft;
use crate::{
    digest,
    extract::{Asked, Named},
    house::House,
    problem::Problem,
};

const LIGHT: [Colour; 2] = [Colour::new(0xfb, 0xfa, 0xf7), Colour::new(0xf2, 0xf0, 0xeb)];
const DARK: [Colour; 2] = [Colour::new(0x17, 0x19, 0x1b), Colour::new(0x31, 0x35, 0x39)];

/// The look of a shop as custom properties, in both schemes.
pub(crate) fn stylesheet(look: &Look) -> String {
    let on_accent = look.on_accent();
    let hover = hover(look);
    let scheme = |[paper, edge]: [Colour; 2]| {
        // On the fainter surfaces too: they lie between the paper and the edge.
        let ink = look.accent.as_ink_on(paper).as_ink_on(edge);
        let soft = paper.towards(look.accent, 2);
        let ink = ink.as_ink_on(soft);
        format!("--accent-ink:{ink};--accent-soft:{soft}")
    };
    let radius = look.radius;
    let small = radius.min(10);
    format!(
        ":root{{--accent:{accent};--accent-hover:{hover};--on-accent:{on_accent};--radius:{radius}px;--radius-small:{small}px;{light}}}\n\
         @media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n",
        accent = look.accent,
        light = scheme(LIGHT),
        dark = scheme(DARK),
    )
}

/// The accent while the pointer is over it: away from the text on it, which stays readable.
pub(crate) fn hover(look: &Look) -> Colour {
    look.accent.towards(look.on_accent().readable_on_it(), 3)
}

/// A look that is not kept yet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tried {
    #[serde(default)]
    draft: Option<String>,
}

/// The stylesheet of a shop.
pub(crate) async fn style(
    State(house): State<House>,
    Named(handle): Named,
    Asked(tried): Asked<Tried>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    // Colours and numbers that were read as such: trying them out gives nobody anything.
    if let Some(draft) = &tried.draft {
        let body = stylesheet(&read_draft(draft)?.look).into_bytes();
        return Ok(answer(&asked, "text/css; charset=utf-8", body));
    }
    let mut snapshot = house.database.snapshot().await?;
    let shop = snapshot.shop_by_handle(&handle).await?;
    let shop = shop.ok_or_else(|| Problem::not_found("there is no shop of this handle"))?;
    let settled = house.journey.inbox().front(&mut *snapshot, shop.id).await?;
    let body = stylesheet(&settled.front.look).into_bytes();
    Ok(answer(&asked, "text/css; charset=utf-8", body))
}

/// The logo of a shop: a picture and nothing else, whatever a browser would like to see in it.
pub(crate) async fn logo(
    State(house): State<House>,
    Named(handle): Named,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let none = || Problem::not_found("there is no such logo");
    let shop = snapshot.shop_by_handle(&handle).await?;
    let row = snapshot.logo(shop.ok_or_else(none)?.id).await?;
    let row = row.ok_or_else(none)?;
    let kind = match row.kind {
        LogoKind::Png => "image/png",
        LogoKind::WebP => "image/webp",
    };
    Ok(answer(&asked, kind, row.image))
}

fn answer(asked: &HeaderMap, kind: &'static str, body: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", STANDARD.encode(digest::sha384(&body)));
    let tag = HeaderValue::from_str(&tag).ok();
    let known = asked.get(header::IF_NONE_MATCH) == tag.as_ref() && tag.is_some();
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, kind)], body).into_response(),
    };
    let headers = response.headers_mut();
    let always = HeaderValue::from_static("public, no-cache");
    headers.insert(header::CACHE_CONTROL, always);
    headers.extend(tag.map(|tag| (header::ETAG, tag)));
    response
}

#[cfg(test)]
mod tests {
    use inbox::front::{Front, READABLE};

    use super::*;

    /// Whatever a shop chooses, in both schemes: links on paper, words on buttons.
    #[test]
    fn every_look_can_be_read() {
        for red in (0..=255_u8).step_by(51) {
            for green in (0..=255_u8).step_by(51) {
                for blue in (0..=255_u8).step_by(51) {
                    let look = Look {
                        accent: Colour::new(red, green, blue),
                        ..Front::default().look
                    };
                    let style = stylesheet(&look);
                    let value = |from: &str, name: &str| -> Colour {
                        let (_, rest) = from.split_once(&format!("{name}:")).unwrap();
                        rest.get(..7).unwrap().parse().unwrap()
                    };
                    let (light, dark) = style.split_once("@media").unwrap();
                    let on = value(light, "--on-accent");
                    assert!(on.contrast(value(light, "--accent")) >= READABLE);
                    assert!(on.contrast(value(light, "--accent-hover")) >= READABLE);
                    for (scheme, [paper, _]) in [(light, LIGHT), (dark, DARK)] {
                        let ink = value(scheme, "--accent-ink");
                        assert!(ink.contrast(paper) >= READABLE, "{look:?}");
                        assert!(
                            ink.contrast(value(scheme, "--accent-soft")) >= READABLE,
                            "{look:?}"
                        );
                    }
                }
            }
        }
    }
}
