//! What a document must not bring into the house. Its shape is judged where files are read.

use serde_json::{Value, json};
use shop::NotImported;

use crate::world::{World, linden};

async fn refused(change: impl FnOnce(&mut Value)) -> String {
    let mut document = linden();
    change(&mut document);
    let world = World::empty(7, true).await;
    match world.import(&document).await {
        Err(NotImported::Refused { path, reason }) => {
            assert!(!reason.contains("4111"), "{reason}");
            path
        }
        other => panic!("{other:?}"),
    }
}

/// Card data never comes inside, also when the shop's own tool let it into a street or a name, and
/// also when it is split over several fields.
#[tokio::test]
async fn a_card_number_stops_the_import() {
    let with = |field: &'static str, value: &'static str| {
        refused(move |document| document["customers"][0][field] = json!(value))
    };
    assert_eq!(
        with("given_name", "4111 1111 1111 1111").await,
        "given_name"
    );
    let path = refused(|document| {
        let customer = &mut document["customers"][0];
        customer["given_name"] = json!("4111 1111");
        customer["family_name"] = json!("1111 1111");
    });
    assert_eq!(path.await, "given_name");
    let path = refused(|document| {
        let address = &mut document["customers"][0]["addresses"][0];
        address["line1"] = json!("4111 1111");
        address["line2"] = json!("1111 1111");
    });
    assert_eq!(path.await, "addresses[0]");
    let path = refused(|document| {
        document["customers"][0]["payment_methods"][0]["brand"] = json!("Visa 4111111111111111");
    });
    assert_eq!(path.await, "payment_methods[0].brand");
    let path = refused(|document| {
        document["orders"][0]["shipping_address"]["line2"] = json!("card 4111-1111-1111-1111");
    });
    assert_eq!(path.await, "shipping_address");
}

/// Many a telephone number passes for a card's: it is not looked at.
#[tokio::test]
async fn a_telephone_number_is_no_card() {
    let mut document = linden();
    document["customers"][0]["phone"] = json!("4222222222222");
    World::empty(7, true).await.import(&document).await.unwrap();
}

/// Money of an order goes to and comes from its customer, and a line is exchanged within its product.
#[tokio::test]
async fn what_an_order_names_is_its_own() {
    let at = |document: &Value, number: &str| {
        let orders = document["orders"].as_array().unwrap();
        orders
            .iter()
            .position(|order| order["id"] == number)
            .unwrap()
    };
    for (number, pointer, value, path) in [
        (
            "A-RETURNED",
            "/return/refund_to",
            "ben-visa",
            "return.refund_to",
        ),
        (
            "A-RETURNED",
            "/return/refund_to",
            "no-such",
            "return.refund_to",
        ),
        (
            "A-EXCHANGED",
            "/exchange/payment_method",
            "ben-visa",
            "exchange.payment_method",
        ),
        (
            "A-EXCHANGED",
            "/exchange/changes/0/variant",
            "lamp-small",
            "exchange.changes[0].variant",
        ),
        (
            "A-EXCHANGED",
            "/exchange/changes/0/variant",
            "no-such",
            "exchange.changes[0].variant",
        ),
    ] {
        let found = refused(|document| {
            let order = at(document, number);
            *document["orders"][order].pointer_mut(pointer).unwrap() = json!(value);
        });
        assert_eq!(found.await, path, "{value}");
    }
}
