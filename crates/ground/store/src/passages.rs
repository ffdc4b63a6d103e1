//! Passages of the shop's imported policies and questions: what the assistant may quote, to everyone.

use async_trait::async_trait;
use terms::{PassageId, ShopId};

use crate::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageRow {
    pub shop: ShopId,
    pub id: PassageId,
    pub kind: PassageKind,
    /// The shop's own id of the document it comes from, such as `returns`.
    pub source: String,
    /// The document's title, or the question.
    pub title: String,
    pub text: String,
    /// Order within the document, from 0.
    pub position: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassageKind {
    /// What the shop promises or demands.
    Policy,
    /// A question with its answer.
    Faq,
    /// Any other text.
    Page,
    /// What the catalogue says of a product. It stands with the product and is never stored as a passage.
    Product,
}

impl PassageKind {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Faq => "faq",
            Self::Page => "page",
            Self::Product => "product",
        }
    }

    /// `None` for what is not stored.
    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        [Self::Policy, Self::Faq, Self::Page]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

#[async_trait]
pub trait ReadPassages: Send {
    /// All imported passages of the shop, by kind, source and position.
    async fn passages(&mut self, shop: ShopId) -> Result<Vec<PassageRow>>;
}

#[async_trait]
pub trait WritePassages: ReadPassages {
    /// Replaces all imported passages of the shop and raises its content version. What staff wrote
    /// ([`crate::documents`]) stays.
    async fn replace_passages(&mut self, shop: ShopId, rows: &[PassageRow]) -> Result<()>;
}
