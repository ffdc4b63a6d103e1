//! The cart: free to edit, within limits, priced whenever it is looked at, and taken along when a
//! guest proves an address.

use commerce::refusal::Code;
use serde_json::{Value, json};

use crate::world::{Who, World, linden};

fn some(variant: &str, quantity: i64) -> Value {
    json!({ "variant": variant, "quantity": quantity })
}

async fn lines(world: &World, who: Who) -> Vec<(String, i64)> {
    let cart = world.result(who, "get_cart", json!({})).await;
    let lines = cart["lines"].as_array().unwrap().iter();
    lines
        .map(|line| {
            let variant = line["variant"].as_str().unwrap().to_owned();
            (variant, line["quantity"].as_i64().unwrap())
        })
        .collect()
}

fn of(variant: &str, quantity: i64) -> (String, i64) {
    (variant.to_owned(), quantity)
}

#[tokio::test]
async fn a_cart_is_edited_and_priced() {
    let world = World::new().await;
    let guest = world.guest().await;
    assert_eq!(lines(&world, guest).await, []);
    world
        .result(guest, "add_to_cart", some("cushion-blue", 2))
        .await;
    let cart = world
        .result(guest, "add_to_cart", some("vase-one", 1))
        .await;
    assert_eq!(cart["subtotal"], 8999);
    assert_eq!(cart["total"], 8999);
    assert_eq!(cart["currency"], "EUR");
    // The same again is more of it.
    let cart = world
        .result(guest, "add_to_cart", some("cushion-blue", 1))
        .await;
    assert_eq!(cart["lines"].as_array().unwrap().len(), 2);
    assert_eq!(cart["lines"][0]["quantity"], 3);
    let first = cart["lines"][0]["id"].clone();
    let update = json!({ "line": first, "quantity": 1 });
    let cart = world.result(guest, "update_cart_line", update).await;
    assert_eq!(cart["lines"][0]["total"], 3500);
    let cart = world
        .result(guest, "remove_from_cart", json!({ "line": first }))
        .await;
    assert_eq!(cart["lines"].as_array().unwrap().len(), 1);
    assert_eq!(cart["total"], 1999);
    // The id of a line that is gone is not used again.
    let cart = world
        .result(guest, "add_to_cart", some("cushion-blue", 1))
        .await;
    assert_ne!(cart["lines"][1]["id"], first);
    // Nothing was taken from the shelf.
    assert_eq!(world.stock("cushion-blue").await, Some(10));
}

#[tokio::test]
async fn discounts_are_exact_and_the_last_one_counts() {
    let world = World::new().await;
    let guest = world.guest().await;
    world
        .result(guest, "add_to_cart", some("vase-one", 1))
        .await;
    let cart = world
        .result(guest, "apply_discount", json!({ "code": " TEN " }))
        .await;
    // A tenth of 19.99 is 2.00, rounded half away from zero.
    assert_eq!(cart["discount"], json!({ "code": "TEN", "amount": 200 }));
    assert_eq!(cart["total"], 1799);
    let cart = world
        .result(guest, "apply_discount", json!({ "code": "FIVER" }))
        .await;
    assert_eq!(cart["discount"], json!({ "code": "FIVER", "amount": 500 }));
    let cart = world
        .result(guest, "apply_discount", json!({ "code": "ALL" }))
        .await;
    assert_eq!(cart["total"], 0);
    for code in ["ten", "TEN%", "NONE", "TE"] {
        let refused = world
            .refused(guest, "apply_discount", json!({ "code": code }))
            .await;
        assert_eq!(refused, Code::DiscountInvalid, "{code}");
    }
    assert_eq!(
        world
            .refused(guest, "apply_discount", json!({ "code": "  " }))
            .await,
        Code::BadArgument
    );
    let cart = world.result(guest, "get_cart", json!({})).await;
    assert_eq!(cart["discount"]["code"], "ALL");
}

#[tokio::test]
async fn what_cannot_be_had_does_not_come_in() {
    let world = World::new().await;
    let guest = world.guest().await;
    world
        .result(guest, "add_to_cart", some("cushion-gold", 2))
        .await;
    world
        .result(guest, "add_to_cart", some("cushion-grey", 99))
        .await;
    for (args, code) in [
        (some("cushion-gold", 2), Code::OutOfStock),
        (some("cushion-black", 1), Code::OutOfStock),
        (some("cushion-green", 1), Code::Unavailable),
        (some("no-such", 1), Code::NotFound),
        (some("cushion", 1), Code::NotFound),
        (some("cushion-grey", 2), Code::OverLimit),
        (some("vase-one", 101), Code::OverLimit),
        (some("vase-one", i64::MAX), Code::OverLimit),
        (some("vase-one", 0), Code::BadArgument),
        (some("vase-one", -1), Code::BadArgument),
        (some("vase-one", i64::MIN), Code::BadArgument),
        (
            json!({ "variant": "vase-one", "quantity": 1.5 }),
            Code::BadArgument,
        ),
        (
            json!({ "variant": "vase-one", "quantity": "1" }),
            Code::BadArgument,
        ),
        (json!({ "variant": "vase-one" }), Code::BadArgument),
    ] {
        let shown = args.to_string();
        assert_eq!(
            world.refused(guest, "add_to_cart", args).await,
            code,
            "{shown}"
        );
    }
    for (line, quantity, code) in [
        ("1", 4, Code::OutOfStock),
        ("1", 0, Code::BadArgument),
        ("2", 101, Code::OverLimit),
        ("3", 1, Code::NotFound),
        ("", 1, Code::NotFound),
    ] {
        let args = json!({ "line": line, "quantity": quantity });
        assert_eq!(
            world.refused(guest, "update_cart_line", args).await,
            code,
            "{line} {quantity}"
        );
    }
    assert_eq!(
        world
            .refused(guest, "remove_from_cart", json!({ "line": "9" }))
            .await,
        Code::NotFound
    );
    world
        .result(guest, "add_to_cart", some("cushion-grey", 1))
        .await;
    assert_eq!(
        lines(&world, guest).await,
        [of("cushion-gold", 2), of("cushion-grey", 100)]
    );
}

#[tokio::test]
async fn a_cart_has_fifty_lines_and_no_more() {
    let mut document = linden();
    let variants: Vec<Value> = (0..51)
        .map(|number| json!({ "id": format!("v{number}"), "price": 100, "available": true }))
        .collect();
    document["products"][2]["variants"] = json!(variants);
    document["orders"] = json!([]);
    let world = World::with(&document).await;
    let guest = world.guest().await;
    for number in 0..50 {
        world
            .result(guest, "add_to_cart", some(&format!("v{number}"), 1))
            .await;
    }
    assert_eq!(
        world.refused(guest, "add_to_cart", some("v50", 1)).await,
        Code::OverLimit
    );
    world.result(guest, "add_to_cart", some("v0", 1)).await;
}

#[tokio::test]
async fn carts_do_not_mix() {
    let world = World::new().await;
    let (one, other) = (world.guest().await, world.guest().await);
    let (phone, desk) = (world.customer("ada").await, world.customer("ada").await);
    world.result(one, "add_to_cart", some("vase-one", 1)).await;
    world
        .result(phone, "add_to_cart", some("cushion-red", 1))
        .await;
    assert_eq!(lines(&world, other).await, []);
    assert_eq!(lines(&world, one).await, [of("vase-one", 1)]);
    // She has one cart, wherever she is.
    assert_eq!(lines(&world, desk).await, [of("cushion-red", 1)]);
    let line = json!({ "line": "1" });
    assert_eq!(
        world.refused(other, "remove_from_cart", line).await,
        Code::NotFound
    );
}

async fn adopt(world: &World, guest: Who, own_id: &str) {
    let shopper = world.shopper(own_id).await;
    let mut tx = world.begin().await;
    let adopted = world
        .commerce
        .adopt_cart(&mut *tx, world.shop, guest.0, shopper)
        .await;
    adopted.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_guest_who_proves_an_address_takes_her_cart_along() {
    let world = World::new().await;
    let (guest, ada) = (world.guest().await, world.customer("ada").await);
    world
        .result(guest, "add_to_cart", some("cushion-gold", 2))
        .await;
    world
        .result(guest, "add_to_cart", some("vase-one", 3))
        .await;
    world
        .result(guest, "apply_discount", json!({ "code": "TEN" }))
        .await;
    world
        .result(ada, "add_to_cart", some("cushion-gold", 2))
        .await;
    world.result(ada, "add_to_cart", some("lamp-tiny", 1)).await;
    adopt(&world, guest, "ada").await;
    // Of the gold ones there are three: hers stay, the guest's two do not come on top.
    assert_eq!(
        lines(&world, ada).await,
        [of("cushion-gold", 2), of("lamp-tiny", 1), of("vase-one", 3)]
    );
    let cart = world.result(ada, "get_cart", json!({})).await;
    assert_eq!(cart["discount"]["code"], "TEN");
    assert_eq!(lines(&world, guest).await, []);
    // Nothing is there to be taken along twice.
    adopt(&world, guest, "ada").await;
    assert_eq!(lines(&world, ada).await.len(), 3);
}

#[tokio::test]
async fn her_own_discount_stands_before_the_guests() {
    let world = World::new().await;
    let (guest, ada) = (world.guest().await, world.customer("ada").await);
    world
        .result(guest, "apply_discount", json!({ "code": "TEN" }))
        .await;
    world
        .result(ada, "apply_discount", json!({ "code": "FIVER" }))
        .await;
    adopt(&world, guest, "ada").await;
    let cart = world.result(ada, "get_cart", json!({})).await;
    assert_eq!(cart["discount"]["code"], "FIVER");
}

#[tokio::test]
async fn what_is_not_sold_any_more_is_shown_and_not_priced() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world.result(ada, "add_to_cart", some("vase-one", 2)).await;
    world
        .result(ada, "add_to_cart", some("cushion-red", 1))
        .await;
    world
        .tamper("DELETE FROM variants WHERE id = 'vase-one'")
        .await;
    let cart = world.result(ada, "get_cart", json!({})).await;
    assert_eq!(cart["lines"][0]["in_stock"], false);
    assert_eq!(cart["total"], 3500);
    assert_eq!(
        world.refused(ada, "checkout", json!({})).await,
        Code::Unavailable
    );
    world
        .result(ada, "remove_from_cart", json!({ "line": "1" }))
        .await;
    world.done(ada, "checkout", json!({})).await;
}

/// Every delivery that a cart tells of can be named at the checkout, where it is offered.
#[tokio::test]
async fn a_cart_tells_how_it_can_be_delivered() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .result(ada, "add_to_cart", some("cushion-blue", 1))
        .await;
    let cart = world.result(ada, "get_cart", json!({})).await;
    assert_eq!(
        cart["shipping_options"],
        json!([
            { "id": "std", "title": "Standard", "price": 500, "country": null },
            { "id": "exp", "title": "Express", "price": 1500, "country": null },
            { "id": "std-fr", "title": "Standard France", "price": 900, "country": "FR" },
        ])
    );
    for option in cart["shipping_options"].as_array().unwrap() {
        let country = option["country"].as_str().unwrap_or("DE");
        let address = json!({
            "line1": "Elm Road 1", "city": "Bremen", "postal_code": "28195", "country": country,
        });
        let args = json!({ "shipping_option": option["id"], "shipping_address": address });
        let proposal = world.propose(ada, "checkout", args).await;
        let price = option["price"].as_i64().unwrap();
        assert_eq!(proposal.total, Some(3500 + price), "{option}");
    }
}
