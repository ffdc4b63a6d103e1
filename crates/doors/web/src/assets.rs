//! Scripts and styles, embedded as they are: no build step, and a fresh machine needs no Node.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use store::shops::HostKind;

use crate::{headers::CORP, house::House, problem::Problem};

struct Asset {
    body: &'static str,
    kind: &'static str,
    /// Subresource Integrity: `sha384-…`; also the entity tag.
    integrity: String,
}

type Shelf = HashMap<&'static str, Asset>;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

macro_rules! shelf {
    ($($folder:literal: $($name:literal $kind:ident),+;)+) => {
        HashMap::from([$($(
            ($name, Asset::new(include_str!(concat!("../../../../", $folder, "/", $name)), $kind)),
        )+)+])
    };
}

static WIDGET: LazyLock<Shelf> = LazyLock::new(|| {
    shelf! {
        "widget": "loader.js" SCRIPT, "widget.js" SCRIPT, "widget.css" STYLE, "api.js" SCRIPT,
            "blocks.js" SCRIPT, "cards.js" SCRIPT, "cart.js" SCRIPT, "dom.js" SCRIPT,
            "forms.js" SCRIPT, "host.js" SCRIPT, "live.js" SCRIPT, "menu.js" SCRIPT,
            "money.js" SCRIPT, "notice.js" SCRIPT, "orders.js" SCRIPT, "outbox.js" SCRIPT,
            "products.js" SCRIPT, "proposal.js" SCRIPT, "prove.js" SCRIPT, "servicing.js" SCRIPT,
            "shop.css" STYLE, "shop.js" SCRIPT, "texts.js" SCRIPT, "transcript.js" SCRIPT;
    }
});

static CONSOLE: LazyLock<Shelf> = LazyLock::new(|| {
    shelf! {
        "console": "console.js" SCRIPT, "console.css" STYLE, "charts.js" SCRIPT, "conversation.js" SCRIPT, "design.js" SCRIPT, "desk.css" STYLE, "desk.js" SCRIPT, "inbox.js" SCRIPT, "knowledge.js" SCRIPT, "knowledge_editor.js" SCRIPT, "knowledge_questions.js" SCRIPT, "ledger.js" SCRIPT, "lists.js" SCRIPT, "notify.js" SCRIPT, "order.js" SCRIPT, "orders.js" SCRIPT, "overview.js" SCRIPT, "people.js" SCRIPT, "preferences.js" SCRIPT, "replies.js" SCRIPT, "saved.js" SCRIPT, "search.js" SCRIPT, "shoppers.js" SCRIPT, "shortcuts.js" SCRIPT, "sign_in.js" SCRIPT, "trouble.js" SCRIPT, "words.js" SCRIPT;
        "widget": "api.js" SCRIPT, "blocks.js" SCRIPT, "dom.js" SCRIPT, "live.js" SCRIPT,
            "money.js" SCRIPT;
    }
});

static SHOP_STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new(include_str!("../templates/demo_shop.css"), STYLE));

impl Asset {
    fn new(body: &'static str, kind: &'static str) -> Self {
        let digest = crate::digest::sha384(body.as_bytes());
        Self {
            body,
            kind,
            integrity: format!("sha384-{}", STANDARD.encode(digest)),
        }
    }

    fn respond(&self, asked: &HeaderMap) -> Response {
        let tag = HeaderValue::from_str(&format!("\"{}\"", self.integrity)).ok();
        let known = asked.get(header::IF_NONE_MATCH) == tag.as_ref() && tag.is_some();
        let mut response = match known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => ([(header::CONTENT_TYPE, self.kind)], self.body).into_response(),
        };
        let headers = response.headers_mut();
        // Asked for again each time, so that an upgrade is seen at once; the tag makes it cheap.
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, no-cache"),
        );
        headers.extend(tag.map(|tag| (header::ETAG, tag)));
        response
    }
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
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
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

fn no_such_file() -> Problem {
    Problem::not_found("there is no such file")
}

#[cfg(test)]
mod tests {
    use super::*;

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
