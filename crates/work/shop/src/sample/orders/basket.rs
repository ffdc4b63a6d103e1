//! What an order is made of: goods chosen so that what becomes of it is possible.

use commerce::document::{Line, Product, Servicing, Variant};

use super::super::chance::Chance;

/// The products that are ordered: all but gift cards and what is sold out for good.
#[derive(Debug)]
pub(super) struct Goods<'a> {
    all: Vec<&'a Product>,
    /// Those with another variant to take instead.
    with_choice: Vec<&'a Product>,
    /// Those that may come back, and whose order is delivered for nothing.
    returnable: Vec<&'a Product>,
}

/// A line of a basket: `lines` turns it into the document's.
#[derive(Debug, Clone)]
struct Item<'a> {
    id: String,
    product: &'a Product,
    variant: &'a Variant,
    quantity: i64,
}

#[derive(Debug, Clone)]
pub(super) struct Basket<'a> {
    items: Vec<Item<'a>>,
}

/// From here on standard delivery is free, as the promotion says.
const FREE_DELIVERY: i64 = 6000;

impl<'a> Goods<'a> {
    pub(super) fn new(products: &'a [Product]) -> Self {
        let sold = products
            .iter()
            .filter(|product| product.id != "gift-card" && !says(product, "final sale"));
        let all: Vec<_> = sold
            .filter(|product| in_stock(product).next().is_some())
            .collect();
        let choice = all
            .iter()
            .filter(|product| in_stock(product).nth(1).is_some());
        let returnable = all.iter().filter(|product| {
            can_return(product)
                && !by_freight(product)
                && in_stock(product).all(|variant| variant.price >= FREE_DELIVERY)
        });
        Self {
            with_choice: choice.copied().collect(),
            returnable: returnable.copied().collect(),
            all,
        }
    }

    /// One to four lines; the first suits what becomes of the order.
    pub(super) fn basket(
        &self,
        order: &str,
        servicing: Option<Servicing>,
        chance: &mut Chance,
    ) -> Option<Basket<'a>> {
        let first = match servicing {
            None => &self.all,
            Some(Servicing::ReturnRequested) => &self.returnable,
            Some(Servicing::ItemsChanged | Servicing::ExchangeRequested) => &self.with_choice,
        };
        let mut products = vec![*chance.pick(first)?];
        let more = match chance.below(20) {
            0..9 => 0,
            9..15 => 1,
            15..18 => 2,
            _ => 3,
        };
        for _ in 0..more {
            let product = *chance.pick(&self.all)?;
            if products.iter().all(|other| other.id != product.id) {
                products.push(product);
            }
        }
        let items = products
            .into_iter()
            .zip(1..)
            .map(|(product, at): (_, u32)| {
                let variants: Vec<&Variant> = in_stock(product).collect();
                Some(Item {
                    id: format!("{order}-{at}"),
                    product,
                    variant: chance.pick(&variants)?,
                    quantity: quantity(product, chance),
                })
            });
        let items: Option<Vec<_>> = items.collect();
        Some(Basket { items: items? })
    }
}

impl Basket<'_> {
    /// What the goods cost.
    pub(super) fn value(&self) -> i64 {
        let prices = self
            .items
            .iter()
            .map(|item| item.quantity.saturating_mul(item.variant.price));
        prices.fold(0, i64::saturating_add)
    }

    pub(super) fn has_freight(&self) -> bool {
        self.items.iter().any(|item| by_freight(item.product))
    }

    pub(super) fn all_can_return(&self) -> bool {
        self.items.iter().all(|item| can_return(item.product))
    }

    /// Takes another variant for the first line and says what it costs more.
    pub(super) fn swap(&mut self) -> Option<i64> {
        let before = self.value();
        let item = self.items.first_mut()?;
        // The dearest other one, so that there is a difference where there can be.
        let others = in_stock(item.product).filter(|other| other.id != item.variant.id);
        item.variant = others.max_by_key(|other| other.price)?;
        Some(self.value().saturating_sub(before))
    }

    pub(super) fn lines(&self) -> Vec<Line> {
        let lines = self.items.iter().map(|item| Line {
            id: item.id.clone(),
            product: item.product.id.clone(),
            variant: item.variant.id.clone(),
            title: item.product.title.clone(),
            options: item.variant.options.clone(),
            quantity: item.quantity,
            unit_price: item.variant.price,
        });
        lines.collect()
    }

    /// The lines that come by freight carrier, and those that come as a parcel.
    pub(super) fn line_ids_by_carrier(&self) -> (Vec<String>, Vec<String>) {
        let (freight, parcels): (Vec<_>, Vec<_>) =
            self.items.iter().partition(|item| by_freight(item.product));
        let ids = |items: Vec<&Item<'_>>| items.into_iter().map(|item| item.id.clone()).collect();
        (ids(freight), ids(parcels))
    }
}

fn in_stock(product: &Product) -> impl Iterator<Item = &Variant> {
    let variants = product.variants.iter();
    variants.filter(|variant| variant.available && variant.stock != Some(0))
}

/// Plates are bought by the table, sofas one at a time.
fn quantity(product: &Product, chance: &mut Chance) -> i64 {
    let category = product.category.as_deref().unwrap_or_default();
    let (most, step) = match category {
        "Tableware" => (6, 2),
        "Candles" | "Kitchen" => (3, 1),
        _ if product.id == "ash-dining-chair" => (6, 2),
        "Textiles" | "Bath" | "Bedding" if !by_freight(product) => (2, 1),
        _ => (1, 1),
    };
    if chance.once_in(2) {
        1
    } else {
        chance.amount(step, most, step)
    }
}

// INVARIANT: descriptions say how a piece travels and whether it may come back, as the policies do.
fn says(product: &Product, words: &str) -> bool {
    let description = product.description.as_deref().unwrap_or_default();
    description.contains(words)
}

pub(in crate::sample) fn by_freight(product: &Product) -> bool {
    says(product, "by freight carrier")
}

pub(in crate::sample) fn can_return(product: &Product) -> bool {
    let kept = ["Jewellery", "Candles"];
    let category = product.category.as_deref().unwrap_or_default();
    !kept.contains(&category)
        && !says(product, "be returned")
        && !says(product, "take it back only")
}
