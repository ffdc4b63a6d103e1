//! Texts from elsewhere: files that staff upload, and pages they name.

use core::fmt;

use async_trait::async_trait;

use crate::page;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Html,
    Markdown,
    Plain,
}

/// A text as an editor may show it. Nothing of it is kept before staff have read and saved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its first heading, or the title the page gives itself; may be empty.
    pub title: String,
    pub markdown: String,
}

/// Reads a text into Markdown. What nobody sees on a page (scripts, styles, hidden elements) and what
/// stands on each page of a site (navigation, head and foot) is left out.
#[must_use]
pub fn read(media: Media, text: &str) -> Imported {
    match media {
        Media::Html => page::read(text),
        Media::Markdown | Media::Plain => {
            let text = text.trim();
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            match first
                .strip_prefix("# ")
                .filter(|_| media == Media::Markdown)
            {
                Some(title) => Imported {
                    title: title.trim().to_owned(),
                    markdown: rest.trim().to_owned(),
                },
                None => Imported {
                    title: String::new(),
                    markdown: text.to_owned(),
                },
            }
        }
    }
}

/// A page as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    pub media: Media,
    pub text: String,
}

/// Fetches a page that staff name. The port of whoever may open connections.
#[async_trait]
pub trait Pages: Send + Sync {
    /// Fetches the page at `address`, if its host is one of `hosts`.
    ///
    /// # Errors
    ///
    /// [`NotFetched`] says in one sentence what was refused or went wrong.
    async fn fetch(&self, address: &str, hosts: &[String]) -> Result<Fetched, NotFetched>;
}

/// Why a page was not fetched, for whoever named it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotFetched(pub String);

/// Fetches nothing: for an installation, or a test, that opens no connections.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPages;

#[async_trait]
impl Pages for NoPages {
    async fn fetch(&self, _: &str, _: &[String]) -> Result<Fetched, NotFetched> {
        Err(NotFetched("pages are not fetched here".to_owned()))
    }
}

impl fmt::Debug for dyn Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}
