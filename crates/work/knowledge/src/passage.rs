//! Passages: what is ranked, and quoted word for word.

use store::{
    documents::{Audience, DocumentRow},
    passages::{PassageKind, PassageRow},
};

use crate::{document::PASSAGE_MAX, markdown, split};

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub kind: PassageKind,
    /// The document: the shop's own id, or the id of what staff wrote.
    pub source: String,
    /// The document's title, and the headings the passage stands under.
    pub title: String,
    pub text: String,
    pub audience: Audience,
    /// Order within the document, from 0.
    pub position: i64,
}

impl From<PassageRow> for Passage {
    fn from(row: PassageRow) -> Self {
        Self {
            kind: row.kind,
            source: row.source,
            title: row.title,
            text: row.text,
            // The shop publishes what it exports.
            audience: Audience::Everyone,
            position: row.position,
        }
    }
}

/// What parts the titles of a passage.
const UNDER: &str = " › ";
/// The longest title in characters: what a source line can show.
const TITLE_MAX: usize = 180;

/// The passages of a document that staff wrote, in order.
#[must_use]
pub fn passages(document: &DocumentRow) -> Vec<Passage> {
    let mut found = Vec::new();
    for section in markdown::sections(&document.body) {
        let title = titled(&document.title, &section.headings);
        for text in texts(document.kind, &section.blocks) {
            found.push((title.clone(), text));
        }
    }
    let numbered = found.into_iter().zip(0..);
    numbered
        .map(|((title, text), position)| Passage {
            kind: document.kind,
            source: document.id.to_string(),
            title,
            text,
            audience: document.audience,
            position,
        })
        .collect()
}

fn titled(title: &str, headings: &[String]) -> String {
    let mut path = title.trim().to_owned();
    for heading in headings {
        // A page often repeats its title as its first heading.
        if heading.to_lowercase() != title.trim().to_lowercase() {
            path.push_str(UNDER);
            path.push_str(heading);
        }
    }
    match path.char_indices().nth(TITLE_MAX) {
        Some((end, _)) => format!("{}…", path.get(..end).unwrap_or_default().trim_end()),
        None => path,
    }
}

/// The blocks of a section as texts that can be quoted. An answer stays whole as far as it fits; of
/// other documents each paragraph is a passage, with the list it leads to.
fn texts(kind: PassageKind, blocks: &[markdown::Block]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut leads = false;
    for block in blocks {
        let joins = kind == PassageKind::Faq || leads || block.is_list;
        leads = block.text.trim_end().ends_with(':');
        match texts.last_mut() {
            Some(last) if joins && fits(last, &block.text) => {
                last.push_str("\n\n");
                last.push_str(&block.text);
            }
            _ if block.is_list => texts.extend(split_list(&block.text)),
            _ => texts.extend(split(&block.text)),
        }
    }
    texts
}

fn fits(last: &str, next: &str) -> bool {
    last.chars().count() + 2 + next.chars().count() <= PASSAGE_MAX
}

/// A list at the ends of its items.
fn split_list(list: &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for item in list.lines() {
        match texts.last_mut() {
            Some(last) if fits(last, item) => {
                last.push('\n');
                last.push_str(item);
            }
            _ => texts.extend(split(item)),
        }
    }
    texts
}
