//! Documents that staff write for the assistant: policies, questions and pages, as Markdown.

use async_trait::async_trait;
use terms::{DocumentId, ShopId, Timestamp};

use crate::{Result, passages::PassageKind};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    pub shop: ShopId,
    pub id: DocumentId,
    pub kind: PassageKind,
    /// The document's title, or the question.
    pub title: String,
    /// Markdown, as staff wrote it.
    pub body: String,
    pub audience: Audience,
    /// The page it was imported from.
    pub url: Option<String>,
    /// Grows by one with each change, so that nobody overwrites what she has not seen. From 1.
    pub version: i64,
    pub updated_at: Timestamp,
}

/// How much a shop's documents come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measured {
    pub documents: i64,
    /// Of titles and texts.
    pub characters: i64,
}

/// Whom a document is for; also, who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Shoppers and staff.
    Everyone,
    /// Staff alone.
    Staff,
}

impl Audience {
    pub const ALL: [Self; 2] = [Self::Everyone, Self::Staff];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Staff => "staff",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

#[async_trait]
pub trait ReadDocuments: Send {
    /// The shop's documents that `reader` may see, by id. INVARIANT: a document for staff is not
    /// among those of [`Audience::Everyone`], so nothing that is made of them can hold a trace of it.
    async fn documents(&mut self, shop: ShopId, reader: Audience) -> Result<Vec<DocumentRow>>;
    /// One document, whomever it is for.
    async fn document(&mut self, shop: ShopId, id: DocumentId) -> Result<Option<DocumentRow>>;
    /// How many documents the shop has, and how many characters they have together.
    async fn documents_measured(&mut self, shop: ShopId) -> Result<Measured>;
}

/// Each write that has an effect raises the shop's content version.
#[async_trait]
pub trait WriteDocuments: ReadDocuments {
    async fn insert_document(&mut self, row: &DocumentRow) -> Result<()>;
    /// Writes the row over that of the version before it; `false` when the stored one has another
    /// version by now, or is gone.
    async fn update_document(&mut self, row: &DocumentRow) -> Result<bool>;
    /// Deletes the document; `false` when it has another version by now, or is gone.
    async fn delete_document(&mut self, shop: ShopId, id: DocumentId, version: i64)
    -> Result<bool>;
}
