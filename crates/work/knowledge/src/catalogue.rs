//! What a catalogue says of its goods, in passages like everything else the shop has written.
//!
//! The shop publishes its catalogue, so everybody reads the same index. It is built when it is asked for the
//! first time after the catalogue changed.

use std::sync::{Arc, PoisonError};

use store::{documents::Audience, passages::PassageKind};
use terms::ShopId;

use crate::{Current, Hit, Index, Knowledge, Passage, split};

/// The description of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// The shop's own id.
    pub product: String,
    pub title: String,
    pub text: String,
}

impl Described {
    fn passages(self) -> impl Iterator<Item = Passage> {
        let texts = split(&self.text);
        texts
            .into_iter()
            .zip(0..)
            .map(move |(text, position)| Passage {
                kind: PassageKind::Product,
                source: self.product.clone(),
                title: self.title.clone(),
                text,
                audience: Audience::Everyone,
                position,
            })
    }
}

/// What catalogues say, as far as it is in memory.
#[derive(Debug)]
pub struct Catalogue(Arc<Index>);

impl Knowledge {
    /// The index over a version of a shop's catalogue; `None` when that one is not in memory: it is
    /// loaded and handed to [`Knowledge::learn_catalogue`] then.
    #[must_use]
    pub fn catalogue(&self, shop: ShopId, version: i64) -> Option<Catalogue> {
        let known = self.catalogues.lock();
        let known = known.unwrap_or_else(PoisonError::into_inner);
        let current = known
            .get(&shop)
            .filter(|current| current.version == version)?;
        Some(Catalogue(Arc::clone(&current.index)))
    }

    /// Learns a version of a catalogue. A slow reader of an old snapshot does not put it back.
    pub fn learn_catalogue(
        &self,
        shop: ShopId,
        version: i64,
        described: Vec<Described>,
    ) -> Catalogue {
        let passages: Vec<Passage> = described
            .into_iter()
            .flat_map(Described::passages)
            .collect();
        let index = Arc::new(Index::new(passages));
        let known = self.catalogues.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        if known
            .get(&shop)
            .is_none_or(|current| current.version <= version)
        {
            let index = Arc::clone(&index);
            known.insert(shop, Current { version, index });
        }
        Catalogue(index)
    }
}

impl Catalogue {
    /// The descriptions that fit the query best, best first, one of each product at most.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.0.search(query, limit)
    }

    /// What is said of the product, or of whichever fits where none is named.
    #[must_use]
    pub fn about(&self, product: Option<&str>, query: &str, limit: usize) -> Vec<Hit> {
        match product {
            Some(product) => self.of_product(product, query),
            None => self.search(query, limit),
        }
    }

    /// What is said of one product: what fits the query first, and then the rest of it in its order.
    #[must_use]
    pub fn of_product(&self, product: &str, query: &str) -> Vec<Hit> {
        self.0.within(product, query)
    }
}

#[cfg(test)]
mod tests {
    use terms::Rng;

    use super::*;

    struct Zeros;
    impl Rng for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    fn described(product: &str, text: &str) -> Described {
        Described {
            product: product.to_owned(),
            title: product.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn all_that_is_said_of_a_product_is_found_what_fits_first() {
        let shop = ShopId::random(&Zeros);
        let long = "It is turned from ash, oiled by hand and never the same. ".repeat(12);
        let jar = format!("{long}\n\nThe lid goes into the dishwasher.\n\n{long}");
        let catalogue = Knowledge::new().learn_catalogue(
            shop,
            1,
            vec![
                described("jar", &jar),
                described("cup", "For the dishwasher."),
            ],
        );
        let hits = catalogue.of_product("jar", "dishwasher");
        assert!(hits.len() > 1);
        assert!(hits[0].text.contains("dishwasher") && hits[0].confidence > 0);
        assert!(hits.iter().all(|hit| hit.source == "jar"));
        let rest = catalogue.of_product("jar", "quasar");
        assert!(rest.len() == hits.len() && rest.iter().all(|hit| hit.confidence == 0));
        assert!(catalogue.of_product("pot", "dishwasher").is_empty());
    }

    #[test]
    fn a_newer_version_takes_the_place_of_an_older_one_and_not_the_other_way_round() {
        let shop = ShopId::random(&Zeros);
        let knowledge = Knowledge::new();
        let text = |version| {
            let known = knowledge.catalogue(shop, version)?;
            known.of_product("cup", "").pop().map(|hit| hit.text)
        };
        assert!(text(2).is_none());
        let _new = knowledge.learn_catalogue(shop, 2, vec![described("cup", "new")]);
        let old = knowledge.learn_catalogue(shop, 1, vec![described("cup", "old")]);
        assert_eq!(
            old.of_product("cup", "")[0].text,
            "old",
            "whoever read the old one goes on with it"
        );
        assert_eq!(text(2).as_deref(), Some("new"));
        assert!(text(1).is_none());
    }
}
