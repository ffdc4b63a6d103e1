//! What the shop has written down, in passages that can be found and quoted: policies and
//! frequently asked questions as the shop's system exports them, and documents that staff write.
//!
//! This room ranks and returns passages word for word. It never writes an answer, and it says with
//! each hit how much of the question the passage covers, so that whoever asks can say "I don't
//! know" instead of guessing. It holds no personal data: passages are the shop's own words.
//!
//! INVARIANT (E05): what a reader may not see is left out before anything is counted or ranked.
//! Shoppers and staff search in different indexes, and a document for staff is in no way part of the
//! shoppers' one: not as a hit, not as a word that is known, not in how rare a word is.

mod catalogue;
mod document;
pub mod import;
mod index;
mod markdown;
mod page;
mod passage;
mod tokens;

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

pub use store::documents::Audience;
use store::{
    Result,
    documents::ReadDocuments,
    passages::{PassageKind, PassageRow, ReadPassages, WritePassages},
    shops::ReadShops,
};
use terms::{Clock, Rng, ShopId};

pub use catalogue::{Catalogue, Described};
pub use document::{Document, PASSAGE_MAX, split};
pub use index::Index;
pub use passage::{Passage, passages};
pub use tokens::gist;

/// A passage that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub kind: PassageKind,
    /// The document: the shop's own id, such as `returns`, or the id of what staff wrote.
    pub source: String,
    pub title: String,
    /// The passage, word for word.
    pub text: String,
    /// Whom the document is for.
    pub audience: Audience,
    /// How well it fits, in thousandths; only comparable within one search.
    pub score: i64,
    /// How much of what was asked the passage covers, 0 to 1000. Below about 450 it is a guess.
    pub confidence: i64,
}

/// Search over the passages of every shop. Holds an index for each shop and reader in memory and
/// rebuilds it when the shop's content version has changed.
#[derive(Debug, Default)]
pub struct Knowledge {
    indexes: Mutex<HashMap<(ShopId, Audience), Current>>,
    /// What catalogues say of their goods: an index of its own, so that thousands of products change
    /// nothing of how rare a word of the policies is.
    catalogues: Mutex<HashMap<ShopId, Current>>,
}

#[derive(Debug, Clone)]
struct Current {
    version: i64,
    index: Arc<Index>,
}

impl Knowledge {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The passages that `reader` may see and that answer the query best, best first, one of each
    /// document at most. A shop that does not exist has no passages.
    pub async fn search<S>(
        &self,
        snapshot: &mut S,
        shop: ShopId,
        reader: Audience,
        query: &str,
        limit: usize,
    ) -> Result<Vec<Hit>>
    where
        S: ReadShops + ReadPassages + ReadDocuments + Send + ?Sized,
    {
        let Some(row) = snapshot.shop(shop).await? else {
            return Ok(Vec::new());
        };
        let index = match self.current((shop, reader), row.content_version) {
            Some(index) => index,
            None => {
                let index = Arc::new(Index::new(readable(snapshot, shop, reader).await?));
                self.keep(
                    (shop, reader),
                    Current {
                        version: row.content_version,
                        index: Arc::clone(&index),
                    },
                );
                index
            }
        };
        Ok(index.search(query, limit))
    }

    fn current(&self, whose: (ShopId, Audience), version: i64) -> Option<Arc<Index>> {
        let indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        indexes
            .get(&whose)
            .filter(|current| current.version == version)
            .map(|current| Arc::clone(&current.index))
    }

    /// Keeps an index unless a newer one is there already: a slow reader of an old snapshot does
    /// not put it back.
    fn keep(&self, whose: (ShopId, Audience), new: Current) {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        if indexes
            .get(&whose)
            .is_none_or(|current| current.version <= new.version)
        {
            indexes.insert(whose, new);
        }
    }
}

/// Every passage of the shop that `reader` may see.
async fn readable<S>(snapshot: &mut S, shop: ShopId, reader: Audience) -> Result<Vec<Passage>>
where
    S: ReadPassages + ReadDocuments + Send + ?Sized,
{
    let imported = snapshot.passages(shop).await?;
    let mut found: Vec<Passage> = imported.into_iter().map(Passage::from).collect();
    for row in snapshot.documents(shop, reader).await? {
        found.extend(passages(&row));
    }
    Ok(found)
}

/// Replaces all imported passages of the shop by those of the documents. What staff wrote stays.
pub async fn publish<T>(
    tx: &mut T,
    shop: ShopId,
    rng: &dyn Rng,
    clock: &dyn Clock,
    documents: &[Document],
) -> Result<()>
where
    T: WritePassages + Send + ?Sized,
{
    let rows: Vec<PassageRow> = documents
        .iter()
        .flat_map(|document| document.passages(shop, rng, clock))
        .collect();
    tx.replace_passages(shop, &rows).await
}
