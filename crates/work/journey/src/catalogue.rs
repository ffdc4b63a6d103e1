//! What the catalogue says of its goods, found like everything else that the shop has written.

use commerce::port::Described;
use knowledge::Catalogue;
use store::Snapshot;
use terms::ShopId;

use crate::{Journey, JourneyError};

impl Journey {
    /// The index over the catalogue as it is now, built when it changed since it was asked for last.
    pub(crate) async fn catalogue(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
    ) -> Result<Catalogue, JourneyError> {
        let version = self.commerce.catalogue_version(read, shop).await?;
        if let Some(known) = self.knowledge.catalogue(shop, version) {
            return Ok(known);
        }
        let described = self.commerce.descriptions(read, shop).await?;
        let described = described.into_iter().map(
            |Described {
                 product,
                 title,
                 text,
             }| knowledge::Described {
                product,
                title,
                text,
            },
        );
        Ok(self
            .knowledge
            .learn_catalogue(shop, version, described.collect()))
    }
}
