//! What the shop has written down, in passages that can be found and quoted: policies and
//! frequently asked questions.
//!
//! This room ranks and returns passages word for word. It never writes an answer, and it says with
//! each hit how much of the question the passage covers, so that whoever asks can say "I don't
//! know" instead of guessing. It holds no personal data: passages are the shop's own words.

mod document;
mod index;
mod tokens;

#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use store::{
    Result,
    passages::{PassageKind, PassageRow, ReadPassages, WritePassages},
    shops::ReadShops,
};
use terms::{Clock, PassageId, Rng, ShopId};

pub use document::{Document, PASSAGE_MAX, split};
pub use index::Index;

/// A passage that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub kind: PassageKind,
    pub id: PassageId,
    /// The shop's own id of the document, such as `returns`.
    pub source: String,
    pub title: String,
    /// The passage, word for word.
    pub text: String,
    /// How well it fits, in thousandths; only comparable within one search.
    pub score: i64,
    /// How much of what was asked the passage covers, 0 to 1000. Below about 450 it is a guess.
    pub confidence: i64,
}

/// Search over the passages of every shop. Holds one index for each shop in memory and rebuilds it
/// when the shop's content version has changed.
#[derive(Debug, Default)]
pub struct Knowledge {
    indexes: Mutex<HashMap<ShopId, Current>>,
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

    /// The passages of the shop that answer the query best, best first, one of each document at
    /// most. A shop that does not exist has no passages.
    pub async fn search<S>(
        &self,
        snapshot: &mut S,
        shop: ShopId,
        query: &str,
        limit: usize,
    ) -> Result<Vec<Hit>>
    where
        S: ReadShops + ReadPassages + Send + ?Sized,
    {
        let Some(row) = snapshot.shop(shop).await? else {
            return Ok(Vec::new());
        };
        let index = match self.current(shop, row.content_version) {
            Some(index) => index,
            None => {
                let index = Arc::new(Index::new(snapshot.passages(shop).await?));
                self.keep(
                    shop,
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

    fn current(&self, shop: ShopId, version: i64) -> Option<Arc<Index>> {
        let indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        indexes
            .get(&shop)
            .filter(|current| current.version == version)
            .map(|current| Arc::clone(&current.index))
    }

    /// Keeps an index unless a newer one is there already: a slow reader of an old snapshot does
    /// not put it back.
    fn keep(&self, shop: ShopId, new: Current) {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        if indexes
            .get(&shop)
            .is_none_or(|current| current.version <= new.version)
        {
            indexes.insert(shop, new);
        }
    }
}

/// Replaces all passages of the shop by those of the documents.
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
