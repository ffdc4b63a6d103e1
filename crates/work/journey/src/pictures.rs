//! Which picture stands on a card.
//!
//! INVARIANT: a planner has no part in it. It neither learns of pictures nor names one: when its draft
//! has been checked, this room looks up what the shop keeps for the products on it.

use std::collections::HashMap;

use dialogue::{FoundCart, FoundOrder, ToolResult};
use guard::gate::Part;
use serde_json::Value;
use store::{StoreError, pictures::ReadPictures};
use terms::{Picture, PictureName, ShopId};

/// Pictures on the card of an order.
const ON_AN_ORDER: usize = 4;
/// Products of one answer whose pictures are looked up.
const MOST: usize = 60;

/// The pictures of some products, by the shop's own ids.
pub type Pictures = HashMap<String, Picture>;

/// The pictures that are kept for these products.
pub async fn pictures_of(
    read: &mut dyn ReadPictures,
    shop: ShopId,
    products: &[&str],
) -> Result<Pictures, StoreError> {
    if products.is_empty() {
        return Ok(Pictures::new());
    }
    let mut asked: Vec<&str> = products.to_vec();
    asked.sort_unstable();
    asked.dedup();
    asked.truncate(MOST);
    let kept = read.product_pictures(shop, &asked).await?.into_iter();
    let shown = kept.filter_map(|row| row.picture.map(|picture| (row.product, picture)));
    Ok(shown.collect())
}

/// The products that a tool's answer or an order tells of: those of a search, the one that was asked for,
/// and those on the lines of a cart or an order.
#[must_use]
pub fn products_in(answer: &Value) -> Vec<&str> {
    let list = |name: &str| answer.get(name).and_then(Value::as_array);
    let listed = list("products").into_iter().flatten();
    let found = listed.filter_map(|product| product.get("id")?.as_str());
    let lines = list("lines").into_iter().flatten();
    let bought = lines.filter_map(|line| line.get("product")?.as_str());
    let one = list("variants").and_then(|_| answer.get("id")?.as_str());
    found.chain(bought).chain(one).take(MOST).collect()
}

/// The parts of a reply, each card with its picture.
pub(crate) async fn pictured(
    read: &mut dyn ReadPictures,
    shop: ShopId,
    mut parts: Vec<Part>,
    results: &[ToolResult],
) -> Result<Vec<Part>, StoreError> {
    let (cart, orders) = (cart(results), orders(results));
    let mut asked: Vec<&str> = Vec::new();
    for part in &parts {
        match part {
            Part::Products(cards) => asked.extend(cards.iter().map(|card| card.id.as_str())),
            Part::Product(sheet) => asked.push(&sheet.card.id),
            Part::Comparison(sheets) => {
                asked.extend(sheets.iter().map(|sheet| sheet.card.id.as_str()));
            }
            Part::Order(card) => asked.extend(bought(&orders, &card.id)),
            Part::Cart(_) => asked.extend(cart.iter().flat_map(|cart| products_of(cart))),
            _ => {}
        }
    }
    let kept = pictures_of(read, shop, &asked).await?;
    for part in &mut parts {
        match part {
            Part::Products(cards) => {
                for card in cards {
                    card.picture = kept.get(&card.id).copied();
                }
            }
            Part::Product(sheet) => sheet.card.picture = kept.get(&sheet.card.id).copied(),
            Part::Comparison(sheets) => {
                for sheet in sheets {
                    sheet.card.picture = kept.get(&sheet.card.id).copied();
                }
            }
            Part::Order(card) => {
                let mut names: Vec<PictureName> = Vec::new();
                for picture in bought(&orders, &card.id).filter_map(|id| kept.get(id)) {
                    if !names.contains(&picture.card) && names.len() < ON_AN_ORDER {
                        names.push(picture.card);
                    }
                }
                card.pictures = names;
            }
            Part::Cart(card) => {
                for line in &mut card.lines {
                    let known = cart.iter().flat_map(|cart| &cart.lines);
                    let product = known.filter(|known| known.id == line.id);
                    let product = product.filter_map(|known| known.product.as_ref()).next();
                    let picture = product.and_then(|id| kept.get(id));
                    line.picture = picture.map(|picture| picture.card);
                }
            }
            _ => {}
        }
    }
    Ok(parts)
}

/// Her cart, as a tool left it last.
fn cart(results: &[ToolResult]) -> Option<&FoundCart> {
    let mut carts = results.iter().rev().filter_map(|result| match result {
        ToolResult::Cart(Ok(cart)) => Some(cart),
        _ => None,
    });
    carts.next()
}

fn products_of(cart: &FoundCart) -> impl Iterator<Item = &str> {
    let lines = cart.lines.iter();
    lines.filter_map(|line| line.product.as_deref())
}

/// Her orders, those found last first.
fn orders(results: &[ToolResult]) -> Vec<&FoundOrder> {
    let found = results.iter().rev().filter_map(|result| match result {
        ToolResult::Orders(Some(orders)) => Some(orders),
        _ => None,
    });
    found.flatten().collect()
}

/// The products of her order of this number.
fn bought<'a>(orders: &[&'a FoundOrder], id: &str) -> impl Iterator<Item = &'a str> {
    let order = orders.iter().find(|order| order.id == id).copied();
    let lines = order.into_iter().flat_map(|order| &order.lines);
    lines.map(|line| line.product.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn products_are_found_where_tools_tell_of_them() {
        let found = json!({ "products": [{ "id": "mug" }, { "id": "bowl" }, { "no": 1 }] });
        assert_eq!(products_in(&found), ["mug", "bowl"]);
        let one = json!({ "id": "mug", "variants": [] });
        assert_eq!(products_in(&one), ["mug"]);
        let lines =
            json!({ "id": "P-1", "lines": [{ "id": "1", "product": "mug" }, { "id": "2" }] });
        assert_eq!(products_in(&lines), ["mug"]);
        for nothing in [
            json!(null),
            json!({ "orders": [{ "id": "P-1" }] }),
            json!([1]),
        ] {
            assert!(products_in(&nothing).is_empty());
        }
    }
}
