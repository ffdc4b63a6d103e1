//! Fetches a page of the shop that staff name, to be read and edited before anything of it is kept. What
//! may be asked for, and how, stands in `sites`; this adds two megabytes at most, and only texts.

use async_trait::async_trait;
use knowledge::import::{Fetched, Media, NotFetched, Pages};

use crate::sites::{Asked, Refusal, Sites};

const PAGE: Asked = Asked {
    what: "page",
    instead: ". Save the page as a file and import that",
    accept: "text/html, text/markdown, text/plain",
    kinds: &[
        "text/html",
        "application/xhtml+xml",
        "text/markdown",
        "text/plain",
    ],
    other: "this address holds no page of text: expected HTML, Markdown or plain text",
    largest: 2 * 1024 * 1024,
};

/// Fetches pages over `https`.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebPages(Sites);

impl WebPages {
    #[must_use]
    pub const fn new() -> Self {
        Self(Sites { loopback: false })
    }

    /// Also fetches plain `http` from this very machine, on any port, from hosts that are registered:
    /// for a demo, and for tests. INVARIANT: no configuration file leads here.
    #[must_use]
    pub const fn with_this_machine() -> Self {
        Self(Sites { loopback: true })
    }
}

#[async_trait]
impl Pages for WebPages {
    async fn fetch(&self, address: &str, hosts: &[String]) -> Result<Fetched, NotFetched> {
        let not = |Refusal(sentence)| NotFetched(sentence);
        let came = self.0.fetch(address, hosts, PAGE).await.map_err(not)?;
        let media = match came.kind.as_str() {
            "text/markdown" => Media::Markdown,
            "text/plain" => Media::Plain,
            _ => Media::Html,
        };
        let text = String::from_utf8_lossy(&came.body).into_owned();
        Ok(Fetched { media, text })
    }
}
