//! Pictures of goods, as this house serves them, and what became of each address they come from.
//!
//! A picture is kept once for a shop, under the hash of its bytes. Nothing here is personal: it is what
//! the shop shows everybody.

use async_trait::async_trait;
use terms::{Picture, PictureName, ShopId, Timestamp};

use crate::Result;

/// The largest picture that is kept, in bytes.
pub const LARGEST: usize = 512 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRow {
    pub shop: ShopId,
    pub name: PictureName,
    /// At most [`LARGEST`].
    pub image: Vec<u8>,
    /// When a product was last known to show it.
    pub used_at: Timestamp,
}

/// What became of a product's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductPictureRow {
    pub shop: ShopId,
    /// The shop's own id. A shop that is kept elsewhere has no row of it here.
    pub product: String,
    /// The address that was tried last; empty for a drawing of the house's own.
    pub source: String,
    /// What is shown. It stays while the same address fails for once.
    pub picture: Option<Picture>,
    /// Why the last try gave nothing, in a sentence for staff.
    pub refused: Option<String>,
    pub tried_at: Timestamp,
}

/// How many products show a picture, and of how many the last try gave none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PictureCounts {
    pub shown: i64,
    pub refused: i64,
}

#[async_trait]
pub trait ReadPictures: Send {
    async fn picture(&mut self, shop: ShopId, name: PictureName) -> Result<Option<PictureRow>>;
    /// What became of the pictures of these products, in an order of the database's own; what was never
    /// tried is left out.
    async fn product_pictures(
        &mut self,
        shop: ShopId,
        products: &[&str],
    ) -> Result<Vec<ProductPictureRow>>;
    /// Those whose last try gave nothing, by product, at most `limit`.
    async fn refused_pictures(
        &mut self,
        shop: ShopId,
        limit: u32,
    ) -> Result<Vec<ProductPictureRow>>;
    async fn picture_counts(&mut self, shop: ShopId) -> Result<PictureCounts>;
}

#[async_trait]
pub trait WritePictures: ReadPictures {
    /// Keeps a picture; one that is there already is the same.
    async fn write_picture(&mut self, row: &PictureRow) -> Result<()>;
    /// Writes what became of a product's picture, whatever was there.
    async fn write_product_picture(&mut self, row: &ProductPictureRow) -> Result<()>;
    /// Marks what products show as used `now`, and removes what none has shown since `before`.
    async fn tidy_pictures(
        &mut self,
        shop: ShopId,
        now: Timestamp,
        before: Timestamp,
    ) -> Result<()>;
}
