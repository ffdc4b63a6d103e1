//! Pictures of goods, kept by this house.
//!
//! A shop names where its pictures are. A shopper's browser never goes there: this room has each fetched
//! once, reads it as what it claims to be and nothing else, draws it anew in two sizes, and keeps that.
//! No byte that came from outside is ever served, and nobody elsewhere learns who looks at what.
//!
//! It knows no socket and no HTTP: [`Pictures`] is the port of whoever may open connections.

pub mod drawing;
pub mod fetching;
mod one_at_a_time;
pub mod redraw;

use async_trait::async_trait;
use aws_lc_rs::digest;
use store::{StoreError, Transaction, pictures::PictureRow};
use terms::{PictureKind, PictureName, ShopId, Timestamp};

pub use drawing::Drawing;
pub use fetching::{Cursor, Gallery, Refused, Step};

/// A file as it was fetched, whatever it is. INVARIANT: only [`redraw`] looks into it.
pub struct Fetched(pub Vec<u8>);

impl core::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Fetched({})", self.0.len())
    }
}

/// Fetches a picture that the shop's catalogue names.
#[async_trait]
pub trait Pictures: Send + Sync {
    /// Fetches what is at `address`, if its host is one of `hosts`.
    ///
    /// # Errors
    ///
    /// [`NotFetched`] says in one sentence what was refused or went wrong.
    async fn fetch(&self, address: &str, hosts: &[String]) -> Result<Fetched, NotFetched>;
}

/// Why a picture was not fetched, for staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotFetched(pub String);

/// Fetches nothing: for an installation, or a test, that opens no connections.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPictures;

#[async_trait]
impl Pictures for NoPictures {
    async fn fetch(&self, _: &str, _: &[String]) -> Result<Fetched, NotFetched> {
        Err(NotFetched("pictures are not fetched here".to_owned()))
    }
}

/// What can go wrong while pictures are fetched and kept.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    #[error(transparent)]
    Shop(#[from] commerce::port::ShopError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Record(#[from] ledger::RecordError),
}

/// Keeps a picture under the hash of its bytes.
async fn keep(
    tx: &mut dyn Transaction,
    shop: ShopId,
    kind: PictureKind,
    image: Vec<u8>,
    now: Timestamp,
) -> Result<PictureName, StoreError> {
    let mut hash = [0; 32];
    let found = digest::digest(&digest::SHA256, &image);
    for (to, from) in hash.iter_mut().zip(found.as_ref()) {
        *to = *from;
    }
    let name = PictureName::new(hash, kind);
    let row = PictureRow {
        shop,
        name,
        image,
        used_at: now,
    };
    tx.write_picture(&row).await?;
    Ok(name)
}
