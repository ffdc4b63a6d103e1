//! What somebody might gain by changing her mind, by a card that is not hers, by many small things at
//! once.

use commerce::{proposals::Outcome, refusal::Code};
use serde_json::{Value, json};

use crate::{
    gateway::Mood,
    world::{Who, World, linden},
};

fn to_hamburg() -> Value {
    json!({ "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" })
}

fn in_the_name_of(email: &str) -> Value {
    json!({
        "contact": { "email": email, "given_name": "Gus", "family_name": "Grove" },
        "shipping_address": to_hamburg() })
}

async fn fill(world: &World, who: Who, variant: &str) {
    let add = json!({ "variant": variant, "quantity": 1 });
    world.result(who, "add_to_cart", add).await;
}

/// A guest orders in a customer's name.
async fn strangers_order(world: &World) -> Outcome {
    let stranger = world.guest().await;
    fill(world, stranger, "lamp-small").await;
    let args = in_the_name_of("ada@example.com");
    world.done(stranger, "checkout", args).await
}

/// What is ordered with a code and then changed costs what it would have cost with the code from the
/// start: a fixed amount stays fixed, a percentage follows.
#[tokio::test]
async fn a_discount_does_not_grow_beyond_what_its_code_says() {
    for (code, first, cheap, dear) in [
        ("FIVER", 8_000, 7_500, 17_500),
        ("TEN", 8_000, 7_200, 16_200),
    ] {
        let world = World::new().await;
        let ada = world.customer("ada").await;
        fill(&world, ada, "lamp-tiny").await;
        world
            .result(ada, "apply_discount", json!({ "code": code }))
            .await;
        // Express, so that no promotion makes a difference.
        let express = json!({ "shipping_option": "exp" });
        let placed = world.done(ada, "checkout", express).await;
        world.pay(&placed, "tok_ada").await;
        let number = placed.order.clone().unwrap();
        assert_eq!(world.state(&number).await.value, cheap + 1_500, "{first}");
        let change = |variant: &str| {
            json!({ "order": number, "payment_method": "ada-visa",
                "changes": [{ "line": "L1", "variant": variant }] })
        };
        let proposal = world
            .propose(ada, "change_order_items", change("lamp-large"))
            .await;
        assert_eq!(proposal.total, Some(dear - cheap), "{code}");
        world.accept(ada, &proposal).await;
        world.settle_all().await;
        let order = world.order(&number).await;
        assert_eq!(order["adjustments"][0]["amount"], dear - 18_000, "{code}");
        world.deliver(&number).await;
        // And back again, in an exchange.
        let proposal = world
            .propose(ada, "exchange_items", change("lamp-tiny"))
            .await;
        assert_eq!(proposal.total, Some(cheap - dear), "{code}");
        world.check().await;
    }
}

/// What a stranger paid with takes back what it paid for his order, and nothing of hers. It is
/// told apart from what she can name.
#[tokio::test]
async fn a_strangers_card_takes_no_refunds_of_her_orders() {
    let world = World::new().await;
    let (placed, ada) = (strangers_order(&world).await, world.customer("ada").await);
    world.pay(&placed, "tok_stranger").await;
    let profile = world.result(ada, "get_profile", json!({})).await;
    for method in profile["payment_methods"].as_array().unwrap() {
        assert_eq!(method["once"] == true, method["id"] == "pm_1", "{method}");
    }
    let cheaper = |order: &str, line: &str| {
        json!({ "order": order, "payment_method": "pm_1",
            "changes": [{ "line": line, "variant": "lamp-tiny" }] })
    };
    assert_eq!(
        world
            .refused(ada, "change_order_items", cheaper("A-PENDING", "L2"))
            .await,
        Code::MethodNotAllowed
    );
    let number = placed.order.unwrap();
    world
        .done(ada, "change_order_items", cheaper(&number, "L1"))
        .await;
    world.settle_all().await;
    assert_eq!(world.money(&number).await[1], "refund 4000 pm_1 done");
    // Moved to another house, it is what it was.
    let document = world.document().await;
    let elsewhere = World::with(&document).await;
    assert_eq!(elsewhere.document().await, document);
    let there = elsewhere.customer("ada").await;
    assert_eq!(
        elsewhere
            .refused(there, "change_order_items", cheaper("A-PENDING", "L2"))
            .await,
        Code::MethodNotAllowed
    );
    world.check().await;
}

/// An order in her name with his address is not hers to pay: she does not even find it.
#[tokio::test]
async fn a_strangers_order_is_not_found_by_its_number_before_it_is_paid() {
    let world = World::new().await;
    let (placed, ada) = (strangers_order(&world).await, world.customer("ada").await);
    let number = placed.order.clone().unwrap();
    for (tool, args) in [
        ("get_order", json!({ "order": number })),
        ("track_order", json!({ "order": number })),
        (
            "cancel_order",
            json!({ "order": number, "reason": "no_longer_needed" }),
        ),
        (
            "change_order_address",
            json!({ "order": number, "address": to_hamburg() }),
        ),
    ] {
        let mut missing = args.clone();
        missing["order"] = json!("P-NOSUCHONE");
        let missing = world.call(ada, tool, missing).await.unwrap_err();
        assert_eq!(world.call(ada, tool, args).await.unwrap_err(), missing);
        assert_eq!(missing.code, Code::NotFound);
    }
    world.pay(&placed, "tok_stranger").await;
    let found = world
        .result(ada, "get_order", json!({ "order": number }))
        .await;
    assert_eq!(found["paid"], true);
}

/// One guest is one guest, whatever addresses she writes down.
#[tokio::test]
async fn a_guest_has_only_so_many_orders_waiting() {
    let world = World::new().await;
    let guest = world.guest().await;
    for number in 0..5 {
        fill(&world, guest, "vase-one").await;
        let args = in_the_name_of(&format!("gus{number}@example.net"));
        world.done(guest, "checkout", args).await;
    }
    fill(&world, guest, "vase-one").await;
    let args = in_the_name_of("gus9@example.net");
    assert_eq!(
        world.refused(guest, "checkout", args.clone()).await,
        Code::OverLimit
    );
    let another = world.guest().await;
    fill(&world, another, "vase-one").await;
    world.done(another, "checkout", args).await;
}

/// However many were placed at once, all of them are given up when their time has passed.
#[tokio::test]
async fn everything_that_is_due_is_given_up_in_one_go() {
    let world = World::new().await;
    for number in 0..45 {
        let guest = world.guest().await;
        fill(&world, guest, "vase-one").await;
        let args = in_the_name_of(&format!("gus{number}@example.net"));
        world.done(guest, "checkout", args).await;
    }
    world.wait(3_601);
    let given_up = world.commerce.expire_unpaid(&world.database).await.unwrap();
    assert_eq!(given_up, 45);
    let again = world.commerce.expire_unpaid(&world.database).await.unwrap();
    assert_eq!(again, 0);
}

#[tokio::test]
async fn a_cards_number_does_not_hide_in_names_or_an_email_address() {
    let world = World::new().await;
    let guest = world.guest().await;
    fill(&world, guest, "vase-one").await;
    for (field, value) in [
        ("/contact/given_name", "4242 4242 4242 4242"),
        ("/contact/email", "4242424242424242@example.net"),
    ] {
        let mut args = in_the_name_of("gus@example.net");
        *args.pointer_mut(field).unwrap() = json!(value);
        let refusal = world.refusal(guest, "checkout", args).await;
        assert_eq!(refusal.code, Code::BadArgument, "{field}");
        assert!(!refusal.message.contains("4242"), "{}", refusal.message);
    }
    let mut split = in_the_name_of("gus@example.net");
    split["contact"]["given_name"] = json!("4242 4242");
    split["contact"]["family_name"] = json!("4242 4242");
    assert_eq!(
        world.refused(guest, "checkout", split).await,
        Code::BadArgument
    );
}

/// A guest may have written other names under her address: hers are the ones she signs in with.
#[tokio::test]
async fn a_customer_who_signs_in_says_what_she_is_called() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    fill(&world, ada, "vase-one").await;
    let args = json!({ "contact": {
        "email": "ada@example.com", "given_name": "Adelheid", "family_name": "Alder" } });
    let proposal = world.propose(ada, "checkout", args).await;
    let told = |text: &str| proposal.effect.iter().any(|line| line.text.contains(text));
    assert!(
        told("Adelheid Alder, ada@example.com"),
        "{:?}",
        proposal.effect
    );
    let profile = world.result(ada, "get_profile", json!({})).await;
    assert_eq!(profile["given_name"], "Ada");
    world.accept(ada, &proposal).await;
    let profile = world.result(ada, "get_profile", json!({})).await;
    assert_eq!(profile["given_name"], "Adelheid");
    assert_eq!(profile["addresses"].as_array().unwrap().len(), 2);
    world.check().await;
}

/// A gift card that got two refunds in return for a charge gives back what it has, once, when the
/// charge is declined.
#[tokio::test]
async fn a_gift_card_gives_back_what_it_has_and_no_more() {
    let mut document = linden();
    document["customers"][0]["payment_methods"][3]["balance"] = json!(0);
    let orders = document["orders"].as_array_mut().unwrap();
    let gift = orders.iter_mut().find(|order| order["id"] == "A-GIFT");
    gift.unwrap()["payments"] = json!([
        { "id": "pay_1", "kind": "payment", "method": "ada-gift", "amount": 3_000 },
        { "id": "pay_2", "kind": "payment", "method": "ada-gift", "amount": 4_000 },
    ]);
    let world = World::with(&document).await;
    let ada = world.customer("ada").await;
    world.gateway.will_be(&[Mood::Hard]);
    let other = json!({ "order": "A-GIFT", "payment_method": "ada-master" });
    world.done(ada, "change_order_payment", other).await;
    assert_eq!(world.balance("ada", "ada-gift").await, 7_000);
    let spent = json!({ "order": "A-CUSHION", "payment_method": "ada-gift" });
    world.done(ada, "change_order_payment", spent).await;
    assert_eq!(world.balance("ada", "ada-gift").await, 3_500);
    world.settle_all().await;
    assert_eq!(world.balance("ada", "ada-gift").await, 0);
    let money = world.money("A-GIFT").await;
    assert!(
        money.contains(&"payment 7000 ada-master failed, not booked".to_owned()),
        "{money:?}"
    );
    assert_eq!(world.state("A-GIFT").await.held(), 3_500);
    world.check().await;
}

/// A part of what one method paid went to another before: what is held moves, and no more.
#[tokio::test]
async fn another_method_pays_what_is_held() {
    let mut document = linden();
    let orders = document["orders"].as_array_mut().unwrap();
    let pending = orders.iter_mut().find(|order| order["id"] == "A-CUSHION");
    let pending = pending.unwrap();
    pending["adjustments"] = json!([{ "kind": "discount", "title": "Goodwill", "amount": -1_400 }]);
    pending["payments"] = json!([
        { "id": "pay_1", "kind": "payment", "method": "ada-visa", "amount": 3_500 },
        { "id": "pay_2", "kind": "refund", "method": "ada-gift", "amount": 1_400 },
    ]);
    let world = World::with(&document).await;
    let ada = world.customer("ada").await;
    let other = json!({ "order": "A-CUSHION", "payment_method": "ada-master" });
    world.done(ada, "change_order_payment", other).await;
    world.settle_all().await;
    assert_eq!(
        world.money("A-CUSHION").await[2..],
        ["payment 2100 ada-master done", "refund 2100 ada-visa done"]
    );
    world.check().await;
}
