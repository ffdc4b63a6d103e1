//! The identity of a row, as ciphertext is bound to it.

use terms::ShopId;

/// A row's full identity: its shop and the parts of its primary key that must never change. What is
/// sealed for one row does not open as another's, nor at another position.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub(crate) shop: ShopId,
    pub(crate) identity: &'a [&'a [u8]],
}

impl<'a> Row<'a> {
    #[must_use]
    pub const fn new(shop: ShopId, identity: &'a [&'a [u8]]) -> Self {
        Self { shop, identity }
    }
}
