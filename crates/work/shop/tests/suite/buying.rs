//! `checkout`: a cart becomes an order that waits for its payment.

use commerce::{payments::WebhookAnswer, refusal::Code, staff::Step};
use serde_json::{Value, json};
use store::orders::ProposalLevel;

use crate::{
    books::named,
    world::{Who, World, linden},
};

async fn fill(world: &World, who: Who, lines: &[(&str, i64)]) {
    for (variant, quantity) in lines {
        let add = json!({ "variant": variant, "quantity": quantity });
        world.result(who, "add_to_cart", add).await;
    }
}

fn guest_at(country: &str) -> Value {
    json!({
        "contact": { "email": "Gus@Example.net", "given_name": "Gus", "family_name": "Grove" },
        "shipping_address": { "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": country } })
}

#[tokio::test]
async fn a_known_customer_buys_to_her_default_address() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    fill(&world, ada, &[("cushion-blue", 2), ("vase-one", 1)]).await;
    let proposal = world.propose(ada, "checkout", json!({})).await;
    assert_eq!(proposal.level, ProposalLevel::Guest);
    assert_eq!(proposal.total, Some(9499));
    // Nothing is set aside before she confirms.
    assert_eq!(world.stock("cushion-blue").await, Some(10));
    let placed = world.accept(ada, &proposal).await;
    let number = placed.order.clone().unwrap();
    assert_eq!(world.stock("cushion-blue").await, Some(8));
    let order = world.order(&number).await;
    assert_eq!(order["status"], "pending");
    assert_eq!(order["customer"], "ada");
    assert_eq!(order["shipping_address"]["line1"], "Elm Road 1");
    assert_eq!(order["adjustments"][0]["amount"], 500);
    assert_eq!(order["payments"], json!([]));
    let cart = world.result(ada, "get_cart", json!({})).await;
    assert_eq!(cart["lines"], json!([]));
    let due = placed.payment.as_ref().unwrap();
    assert_eq!(due.amount.minor, 9499);
    let page = world.page(&placed);
    assert_eq!(
        (page.order.as_str(), page.amount.minor),
        (number.as_str(), 9499)
    );
    world.check().await;

    assert_eq!(world.pay(&placed, "tok_ada").await, WebhookAnswer::Done);
    assert_eq!(world.money(&number).await, ["payment 9499 pm_1 done"]);
    let seen = world
        .result(ada, "get_order", json!({ "order": number }))
        .await;
    assert_eq!(seen["paid"], true);
    world.deliver(&number).await;
    world.check().await;
}

#[tokio::test]
async fn a_guest_buys_with_an_address_she_writes_down() {
    let world = World::new().await;
    let guest = world.guest().await;
    fill(&world, guest, &[("vase-one", 1)]).await;
    let placed = world.done(guest, "checkout", guest_at("DE")).await;
    let number = placed.order.clone().unwrap();
    world.pay(&placed, "tok_gus").await;
    let document = world.document().await;
    let order = named(&document, "orders", &number);
    let customer = named(&document, "customers", order["customer"].as_str().unwrap());
    assert_eq!(customer["email"], "Gus@example.net");
    assert_eq!(customer["given_name"], "Gus");
    // The second time she is the same customer.
    fill(&world, guest, &[("vase-one", 1)]).await;
    let placed = world.done(guest, "checkout", guest_at("DE")).await;
    let again = world.order(&placed.order.unwrap()).await;
    assert_eq!(again["customer"], order["customer"]);
    world.check().await;
}

#[tokio::test]
async fn whoever_buys_must_be_known_or_say_who_she_is_and_where() {
    let world = World::new().await;
    let (guest, cleo) = (world.guest().await, world.customer("cleo").await);
    for who in [guest, cleo] {
        fill(&world, who, &[("vase-one", 1)]).await;
    }
    let without = |part: &str| {
        let mut args = guest_at("DE");
        args.as_object_mut().unwrap().remove(part);
        args
    };
    let mut hostile = vec![without("contact"), without("shipping_address"), json!({})];
    for (field, value) in [
        ("email", json!("nobody")),
        ("email", json!("a@b@c")),
        ("email", json!("")),
        ("given_name", json!("")),
        ("given_name", json!("x".repeat(81))),
        ("family_name", json!("one\ntwo")),
        ("family_name", Value::Null),
        ("shopper", json!("ada")),
    ] {
        let mut args = guest_at("DE");
        args["contact"][field] = value;
        hostile.push(args);
    }
    for args in hostile {
        let shown = args.to_string();
        assert_eq!(
            world.refused(guest, "checkout", args).await,
            Code::BadArgument,
            "{shown}"
        );
    }
    // Cleo is known, and has no address.
    assert_eq!(
        world.refused(cleo, "checkout", json!({})).await,
        Code::BadArgument
    );
    let placed = world.done(cleo, "checkout", without("contact")).await;
    assert_eq!(
        world.order(&placed.order.unwrap()).await["customer"],
        "cleo"
    );
}

#[tokio::test]
async fn an_empty_cart_is_not_bought() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    assert_eq!(
        world.refused(ada, "checkout", json!({})).await,
        Code::EmptyList
    );
}

#[tokio::test]
async fn delivery_is_by_country_and_the_cheapest_unless_another_is_named() {
    let world = World::new().await;
    for (country, option, cost) in [
        ("DE", None, Some(500)),
        ("de", Some("std"), Some(500)),
        ("DE", Some("exp"), Some(1500)),
        ("FR", None, Some(900)),
        ("fr", Some("std-fr"), Some(900)),
        ("FR", Some("exp"), Some(1500)),
        ("FR", Some("std"), None),
        ("DE", Some("std-fr"), None),
        ("DE", Some("no-such"), None),
    ] {
        let guest = world.guest().await;
        fill(&world, guest, &[("vase-one", 1)]).await;
        let mut args = guest_at(country);
        if let Some(option) = option {
            args["shipping_option"] = json!(option);
        }
        match cost {
            Some(cost) => {
                let proposal = world.propose(guest, "checkout", args).await;
                assert_eq!(proposal.total, Some(1999 + cost), "{country} {option:?}");
            }
            None => {
                let refusal = world.refusal(guest, "checkout", args).await;
                assert_eq!(refusal.code, Code::BadArgument, "{country} {option:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_shop_that_does_not_deliver_there_says_so_and_one_without_delivery_takes_nothing() {
    let mut document = linden();
    document["shipping"] = json!([document["shipping"][2]]);
    let world = World::with(&document).await;
    let guest = world.guest().await;
    fill(&world, guest, &[("vase-one", 1)]).await;
    let refusal = world.refusal(guest, "checkout", guest_at("DE")).await;
    assert!(
        refusal.message.contains("does not deliver"),
        "{}",
        refusal.message
    );
    document["shipping"] = json!([]);
    let world = World::with(&document).await;
    let guest = world.guest().await;
    fill(&world, guest, &[("vase-one", 1)]).await;
    let proposal = world.propose(guest, "checkout", guest_at("DE")).await;
    assert_eq!(proposal.total, Some(1999));
}

#[tokio::test]
async fn the_promotion_is_granted_from_its_sum_on_and_at_standard_only() {
    let world = World::new().await;
    for (lines, option, cost) in [
        (&[("cushion-gold", 3)][..], "std", 0),
        (&[("cushion-gold", 3)], "exp", 1500),
        (&[("lamp-small", 1), ("cushion-grey", 1)], "std", 500),
    ] {
        let ada = world.guest().await;
        fill(&world, ada, lines).await;
        let mut args = guest_at("DE");
        args["shipping_option"] = json!(option);
        let proposal = world.propose(ada, "checkout", args).await;
        let goods: i64 = proposal
            .effect
            .iter()
            .take(lines.len())
            .filter_map(|line| line.amount)
            .sum();
        assert_eq!(proposal.total, Some(goods + cost));
    }
}

#[tokio::test]
async fn tax_is_added_once_or_contained() {
    for (tax, total, told) in [
        (json!({ "rate": 1900, "included": false }), 2974, "Tax"),
        (
            json!({ "rate": 1900, "included": true }),
            2499,
            "Contains €3.99 tax",
        ),
        (Value::Null, 2499, "Standard"),
    ] {
        let mut document = linden();
        document["tax"] = tax;
        let world = World::with(&document).await;
        let ada = world.customer("ada").await;
        fill(&world, ada, &[("vase-one", 1)]).await;
        let proposal = world.propose(ada, "checkout", json!({})).await;
        assert_eq!(proposal.total, Some(total));
        assert!(
            proposal.effect.iter().any(|line| line.text.contains(told)),
            "{proposal:?}"
        );
        world.accept(ada, &proposal).await;
        world.check().await;
    }
}

#[tokio::test]
async fn more_than_an_amount_can_be_is_not_bought() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    fill(&world, ada, &[("vase-one", 100)]).await;
    world
        .tamper("UPDATE variants SET price = 1000000000000000 WHERE id = 'vase-one'")
        .await;
    assert_eq!(
        world.refused(ada, "checkout", json!({})).await,
        Code::OverLimit
    );
}

/// All of it is given away: there is nothing to pay, and the order goes its way.
#[tokio::test]
async fn an_order_that_is_worth_nothing_needs_no_payment() {
    let mut document = linden();
    document["shipping"] = json!([]);
    let world = World::with(&document).await;
    let ada = world.customer("ada").await;
    fill(&world, ada, &[("vase-one", 1)]).await;
    world
        .result(ada, "apply_discount", json!({ "code": "ALL" }))
        .await;
    let placed = world.done(ada, "checkout", json!({})).await;
    assert_eq!(placed.payment, None);
    let number = placed.order.unwrap();
    assert_eq!(world.money(&number).await, Vec::<String>::new());
    let seen = world
        .result(ada, "get_order", json!({ "order": number }))
        .await;
    assert_eq!(seen["paid"], true);
    world.deliver(&number).await;
    world.check().await;
    let cancelled = world
        .result(ada, "get_order", json!({ "order": "A-UNPAID" }))
        .await;
    assert_eq!(cancelled["paid"], false);
}

#[tokio::test]
async fn without_a_gateway_money_comes_by_hand() {
    let world = World::without_gateway().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "vase-one", 1).await;
    let number = placed.order.unwrap();
    assert_eq!(placed.payment.unwrap().url, None);
    let refusal = world.step(&number, Step::Process).await.unwrap_err();
    assert_eq!(refusal.code, Code::NotPaid);
    world.mark_paid(&number).await.unwrap();
    world.deliver(&number).await;
    world.check().await;
}
