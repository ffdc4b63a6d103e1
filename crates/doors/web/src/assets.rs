//! Scripts and styles, embedded as they are: no build step, and a fresh machine needs no Node.

use std::{collections::HashMap, io::Write as _, sync::LazyLock};

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use store::shops::HostKind;

use crate::{headers::CORP, house::House, problem::Problem};

struct Asset {
    body: String,
    /// The body, compressed once; the same for everyone, so its length tells nothing.
    gzip: Vec<u8>,
    kind: &'static str,
    /// Subresource Integrity: `sha384-…`; also the entity tag.
    integrity: String,
}

type Shelf = HashMap<&'static str, Asset>;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

macro_rules! shelf {
    ($($folder:literal: $($name:literal $kind:ident),+;)+) => {
        HashMap::from([$($(
            ($name, Asset::new(include_str!(concat!("../../../../", $folder, "/", $name)), $kind)),
        )+)+])
    };
}

static WIDGET: LazyLock<Shelf> = LazyLock::new(|| {
    shelf! {
        "widget": "devices.js" SCRIPT, "passkeys.js" SCRIPT, "prove_dialog.js" SCRIPT, "recovery.js" SCRIPT, "recovery_codes.js" SCRIPT, "passkey_window.js" SCRIPT, "webauthn.js" SCRIPT, "loader.js" SCRIPT, "widget.js" SCRIPT, "widget.css" STYLE, "api.js" SCRIPT,
            "blocks.js" SCRIPT, "cards.js" SCRIPT, "cart.js" SCRIPT, "chat_deeds.js" SCRIPT,
            "chat_goods.js" SCRIPT, "deeds_later.js" SCRIPT, "dom.js" SCRIPT, "forms.js" SCRIPT, "host.js" SCRIPT, "icon.svg" PICTURE, "live.js" SCRIPT, "menu.js" SCRIPT,
            "money.js" SCRIPT, "notice.js" SCRIPT, "orders.js" SCRIPT, "outbox.js" SCRIPT,
            "pictures.js" SCRIPT, "products.js" SCRIPT, "proposal.js" SCRIPT, "prove.js" SCRIPT, "servicing.js" SCRIPT,
            "shop.css" STYLE, "shop.js" SCRIPT, "texts.js" SCRIPT, "transcript.js" SCRIPT,
            "after.js" SCRIPT, "bar.js" SCRIPT, "composer.js" SCRIPT, "later.js" SCRIPT, "languages.js" SCRIPT, "launch.js" SCRIPT, "text_de.js" SCRIPT, "text_en.js" SCRIPT, "text_es.js" SCRIPT,
            "text_fr.js" SCRIPT, "text_it.js" SCRIPT, "text_nl.js" SCRIPT, "text_pl.js" SCRIPT,
            "text_pt.js" SCRIPT,
            "card_codes.js" SCRIPT, "ibans.js" SCRIPT, "masking.js" SCRIPT, "readable.js" SCRIPT, "secrets.js" SCRIPT, "secret_rules.js" SCRIPT, "sending.js" SCRIPT;
    }
});

static CONSOLE: LazyLock<Shelf> = LazyLock::new(|| {
    shelf! {
        "console": "account.js" SCRIPT, "passkeys.js" SCRIPT, "console.js" SCRIPT, "console.css" STYLE, "charts.js" SCRIPT, "advice.js" SCRIPT, "conversation.js" SCRIPT, "design.js" SCRIPT, "designer.js" SCRIPT, "desk.css" STYLE, "desk.js" SCRIPT, "fetching.js" SCRIPT, "front.js" SCRIPT, "inbox.js" SCRIPT, "knowledge.js" SCRIPT, "knowledge_editor.js" SCRIPT, "knowledge_questions.js" SCRIPT, "ledger.js" SCRIPT, "lists.js" SCRIPT, "notify.js" SCRIPT, "order.js" SCRIPT, "orders.js" SCRIPT, "overview.js" SCRIPT, "people.js" SCRIPT, "preferences.js" SCRIPT, "replies.js" SCRIPT, "roles.js" SCRIPT, "saved.js" SCRIPT, "search.js" SCRIPT, "settings.js" SCRIPT, "shoppers.js" SCRIPT, "shortcuts.js" SCRIPT, "shown.js" SCRIPT, "sign_in.js" SCRIPT, "steady.js" SCRIPT, "trouble.js" SCRIPT, "twice.js" SCRIPT, "words.js" SCRIPT;
        "widget": "api.js" SCRIPT, "blocks.js" SCRIPT, "dom.js" SCRIPT, "icon.svg" PICTURE, "live.js" SCRIPT,
            "money.js" SCRIPT, "pictures.js" SCRIPT, "webauthn.js" SCRIPT;
    }
});

static SHOP_STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(include_str!("../templates/demo_shop.css"), STYLE));

static SHOP_ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(include_str!("../templates/demo_shop.svg"), PICTURE));

impl Asset {
    fn new(source: &'static str, kind: &'static str) -> Self {
        let body = without_comments(source);
        let digest = crate::digest::sha384(body.as_bytes());
        Self {
            gzip: compressed(body.as_bytes()),
            body,
            kind,
            integrity: format!("sha384-{}", STANDARD.encode(digest)),
        }
    }

    fn respond(&self, asked: &HeaderMap) -> Response {
        let packed = accepts_gzip(asked) && !self.gzip.is_empty();
        let encoding = if packed { "-gzip" } else { "" };
        let tag = HeaderValue::from_str(&format!("\"{}{encoding}\"", self.integrity)).ok();
        let known = asked.get(header::IF_NONE_MATCH) == tag.as_ref() && tag.is_some();
        let kind = [(header::CONTENT_TYPE, self.kind)];
        let mut response = match (known, packed) {
            (true, _) => StatusCode::NOT_MODIFIED.into_response(),
            (false, true) => (kind, self.gzip.clone()).into_response(),
            (false, false) => (kind, self.body.clone()).into_response(),
        };
        let headers = response.headers_mut();
        if packed && !known {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        // Asked for again each time, so that an upgrade is seen at once; the tag makes it cheap.
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, no-cache"),
        );
        headers.extend(tag.map(|tag| (header::ETAG, tag)));
        response
    }
}

/// What a browser needs of a file: comments that fill lines are for who reads the sources.
///
/// INVARIANT: only comments that begin a line are taken, so that nothing inside a line of code, a
/// text or a pattern can be mistaken for one.
fn without_comments(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut inside = false;
    for line in source.lines() {
        let mut rest = line;
        if !inside && line.trim_start().starts_with("//") {
            continue;
        }
        inside |= rest.trim_start().starts_with("/*");
        if inside {
            let Some((_, after)) = rest.split_once("*/") else {
                continue;
            };
            inside = false;
            rest = after;
        }
        if !rest.trim().is_empty() {
            kept.push_str(rest);
            kept.push('\n');
        }
    }
    kept
}

/// Empty when it cannot be compressed: then it is sent as it is.
fn compressed(body: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let packed = packer.write_all(body).and_then(|()| packer.finish());
    packed.unwrap_or_default()
}

/// Whether `Accept-Encoding` names gzip and does not turn it down.
fn accepts_gzip(asked: &HeaderMap) -> bool {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|coding| coding.split_once(';').unwrap_or((coding, "")))
        .any(|(coding, weight)| {
            let zero = weight
                .trim()
                .strip_prefix("q=")
                .is_some_and(|weight| weight.trim_matches(['0', '.']).is_empty());
            coding.trim().eq_ignore_ascii_case("gzip") && !zero
        })
}

pub(crate) fn widget_integrity(name: &str) -> &'static str {
    WIDGET.get(name).map_or("", |asset| &asset.integrity)
}

pub(crate) fn console_integrity(name: &str) -> &'static str {
    CONSOLE.get(name).map_or("", |asset| &asset.integrity)
}

/// Assets of the widget. The loader alone is for pages of other origins, and only of those that a
/// shop has registered (D10).
pub(crate) async fn widget(
    State(house): State<House>,
    Path(name): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let asset = WIDGET.get(name.as_str()).ok_or_else(no_such_file)?;
    let mut response = asset.respond(&asked);
    if name == "loader.js" {
        let headers = response.headers_mut();
        headers.insert(CORP, HeaderValue::from_static("cross-origin"));
        headers.insert(
            header::VARY,
            HeaderValue::from_static("accept-encoding, origin"),
        );
        if let Some(origin) = asked.get(header::ORIGIN)
            && is_registered(&house, origin).await?
        {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
    }
    Ok(response)
}

async fn is_registered(house: &House, origin: &HeaderValue) -> Result<bool, Problem> {
    let Ok(origin) = origin.to_str() else {
        return Ok(false);
    };
    let mut snapshot = house.database.snapshot().await?;
    for shop in snapshot.shops().await? {
        let hosts = snapshot.shop_hosts(shop.id).await?;
        if hosts
            .iter()
            .any(|host| host.kind == HostKind::Frame && host.value == origin)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an embedded script, style or picture is served at this path.
pub(crate) fn are_at(path: &str) -> bool {
    let on = |shelf: &Shelf, folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|name| shelf.contains_key(name))
    };
    on(&WIDGET, "/widget/v1/") || on(&CONSOLE, "/console/assets/")
}

/// Assets of the console.
pub(crate) async fn console(
    Path(name): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    Ok(CONSOLE
        .get(name.as_str())
        .ok_or_else(no_such_file)?
        .respond(&asked))
}

/// The style of the sample shop.
pub(crate) async fn shop_style(asked: HeaderMap) -> Response {
    SHOP_STYLE.respond(&asked)
}

/// Its icon.
pub(crate) async fn shop_icon(asked: HeaderMap) -> Response {
    SHOP_ICON.respond(&asked)
}

fn no_such_file() -> Problem {
    Problem::not_found("there is no such file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_that_fill_lines_are_not_served() {
        let source = "// one\n/** two */\n/**\n * three\n */\nlet a = \"// kept\"; // kept\n  /** @type {X} */ (b)\n\n";
        assert_eq!(
            without_comments(source),
            "let a = \"// kept\"; // kept\n (b)\n"
        );
        for asset in WIDGET.values().chain(CONSOLE.values()) {
            let lines = || asset.body.lines().map(str::trim_start);
            assert!(lines().all(|line| !line.starts_with("//") && !line.starts_with("/*")));
            assert!(asset.gzip.len() < asset.body.len());
        }
    }

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        for (line, takes) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip;q=0.000", false),
            ("identity", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, line.parse().unwrap());
            assert_eq!(accepts_gzip(&headers), takes, "{line}");
        }
    }

    /// The lists the browser code keeps name exactly what is embedded.
    #[test]
    fn what_the_browser_code_lists_is_embedded() {
        for (list, shelf) in [
            (include_str!("../../../../widget/ASSETS"), &*WIDGET),
            (include_str!("../../../../console/ASSETS"), &*CONSOLE),
        ] {
            let mut listed: Vec<(&str, &str)> = list
                .lines()
                .filter(|line| !line.starts_with('#') && !line.is_empty())
                .map(|line| line.split_once('\t').unwrap())
                .map(|(path, kind)| (path.rsplit('/').next().unwrap(), kind))
                .collect();
            let mut embedded: Vec<(&str, &str)> = shelf
                .iter()
                .map(|(name, asset)| (*name, asset.kind))
                .collect();
            listed.sort_unstable();
            embedded.sort_unstable();
            assert_eq!(listed, embedded);
        }
    }
}
