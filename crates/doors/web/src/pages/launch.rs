//! What the loader asks before it draws anything: a page that nobody sees, in a frame of our own
//! origin. It tells whether this visitor sees the widget, and how the launcher looks.
//!
//! A frame and no script or data of ours in the shop's page: the shop's policy has to allow our frames
//! anyway, the loader stays pinned by its hash, and what comes over can only be told, never run.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use inbox::front::Side;
use serde::Serialize;
use store::Snapshot;

use super::{
    frame::{Seen, Wanted, seen},
    framed_page,
    launch_words::{LaunchWords, words},
    theme,
};
use crate::{assets, cookies, extract::Asked, headers::CORP, house::House, problem::Problem};

#[derive(Template)]
#[template(path = "launch.html")]
struct LaunchPage<'a> {
    look: &'a str,
    js_integrity: &'static str,
}

/// What the launcher looks like and says.
#[derive(Serialize)]
struct Launcher {
    accent: String,
    hover: String,
    ink: String,
    side: &'static str,
    inset: u16,
    rise: u16,
    radius: u8,
    greeting: String,
    language: &'static str,
    #[serde(flatten)]
    words: LaunchWords,
}

/// Without a preview, a shop on trial has no launcher: the page tells nothing.
pub(crate) async fn launch(
    State(house): State<House>,
    Asked(wanted): Asked<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let snapshot: &mut dyn Snapshot = &mut *snapshot;
    let Seen {
        front,
        spoken,
        ancestors,
        may_see,
        previewed,
        ..
    } = seen(&house, snapshot, &wanted, &headers).await?;
    let look = if may_see {
        let texts = front.texts_in(spoken.language.tag());
        let mut words = words(spoken.language);
        words.open = texts.launcher.unwrap_or(words.open);
        let dismissed = cookies::has_dismissed(&headers) && !previewed;
        let launcher = Launcher {
            accent: front.look.accent.to_string(),
            hover: theme::hover(&front.look).to_string(),
            ink: front.look.on_accent().to_string(),
            side: match front.look.side {
                Side::Left => "left",
                Side::Right => "right",
            },
            inset: front.look.inset,
            rise: front.look.rise,
            radius: front.look.radius,
            greeting: texts.greeting.filter(|_| !dismissed).unwrap_or_default(),
            language: spoken.language.tag(),
            words,
        };
        serde_json::to_string(&launcher).map_err(|_| Problem::fault("a look was not written"))?
    } else {
        String::new()
    };
    let page = LaunchPage {
        look: &look,
        js_integrity: assets::widget_integrity("launch.js"),
    };
    let mut response = framed_page(&page, &ancestors)?;
    let out = response.headers_mut();
    out.insert(CORP, HeaderValue::from_static("cross-origin"));
    let varies = HeaderValue::from_static("accept-language, cookie");
    out.insert(header::VARY, varies);
    // Kept for the hour it is good for, so that staff can walk through the shop with it.
    if previewed && let Some(token) = &wanted.preview {
        out.extend(cookies::keep_preview(token).map(|cookie| (header::SET_COOKIE, cookie)));
    }
    Ok(response)
}
