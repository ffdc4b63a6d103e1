//! What somebody might gain by an order in another's name, by goods that are not paid, by a price
//! that is told one way and charged another.

use commerce::{refusal::Code, staff::Step};
use serde_json::{Value, json};

use crate::world::{Who, World};

async fn fill(world: &World, who: Who) {
    let add = json!({ "variant": "vase-one", "quantity": 1 });
    world.result(who, "add_to_cart", add).await;
}

fn in_adas_name() -> Value {
    json!({
        "contact": { "email": "ada@example.com", "given_name": "Ada", "family_name": "Alder" },
        "shipping_address": { "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" } })
}

async fn numbers(world: &World, who: Who) -> Vec<String> {
    let found = world
        .result(who, "list_orders", json!({ "limit": 50 }))
        .await;
    let orders = found["orders"].as_array().unwrap().iter();
    orders
        .map(|order| order["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The card shows whose order it will be; what a stranger ordered in a customer's name is none of
/// hers before it is paid, and what he paid with is never charged for what she buys.
#[tokio::test]
async fn an_order_in_anothers_name_is_seen_for_what_it_is() {
    let world = World::new().await;
    let (stranger, ada) = (world.guest().await, world.customer("ada").await);
    fill(&world, stranger).await;
    let proposal = world.propose(stranger, "checkout", in_adas_name()).await;
    let told = |text: &str| proposal.effect.iter().any(|line| line.text.contains(text));
    assert!(told("Ada Alder, ada@example.com"), "{:?}", proposal.effect);
    let placed = world.accept(stranger, &proposal).await;
    let number = placed.order.clone().unwrap();
    assert!(!numbers(&world, ada).await.contains(&number));

    world.pay(&placed, "tok_stranger").await;
    assert!(numbers(&world, ada).await.contains(&number));
    assert_eq!(world.money(&number).await, ["payment 2499 pm_1 done"]);
    let charge = json!({ "order": "A-PENDING", "payment_method": "pm_1" });
    assert_eq!(
        world.refused(ada, "change_order_payment", charge).await,
        Code::MethodNotAllowed
    );
    // It takes back what it paid.
    let cancel = json!({ "order": number, "reason": "no_longer_needed" });
    world.done(ada, "cancel_order", cancel).await;
    world.settle_all().await;
    assert_eq!(
        world.money(&number).await,
        ["payment 2499 pm_1 done", "refund 2499 pm_1 done"]
    );
    world.check().await;
}

/// What guests order in her name does not count against her.
#[tokio::test]
async fn only_so_many_orders_wait_for_their_payment() {
    let world = World::new().await;
    let (stranger, ada) = (world.guest().await, world.customer("ada").await);
    for (who, args) in [(stranger, in_adas_name()), (ada, json!({}))] {
        for _ in 0..5 {
            fill(&world, who).await;
            world.done(who, "checkout", args.clone()).await;
        }
        fill(&world, who).await;
        assert_eq!(world.refused(who, "checkout", args).await, Code::OverLimit);
    }
    world.check().await;
}

/// A charge counts in the books from when it is agreed; goods wait until the money came.
#[tokio::test]
async fn goods_do_not_leave_before_a_charge_is_answered() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let other = json!({ "order": "A-PENDING", "payment_method": "ada-master" });
    world.done(ada, "change_order_payment", other).await;
    let refusal = world.step("A-PENDING", Step::Process).await.unwrap_err();
    assert_eq!(refusal.code, Code::NotPaid);
    world.settle_all().await;
    world.step("A-PENDING", Step::Process).await.unwrap();
    world.check().await;
}

#[tokio::test]
async fn delivery_cannot_be_had_at_another_countrys_price() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    fill(&world, ada).await;
    let to = |country: &str| json!({ "line1": "Quay 5", "city": "Lyon", "postal_code": "69001", "country": country });
    for country in ["France", "FRA", "F", "Ⓕⓡ"] {
        let refusal = world
            .refusal(ada, "checkout", json!({ "shipping_address": to(country) }))
            .await;
        assert_eq!(refusal.code, Code::BadArgument, "{country}");
        assert!(
            refusal.message.contains("ISO 3166-1"),
            "{}",
            refusal.message
        );
    }
    for country in ["FR", "France"] {
        let elsewhere = json!({ "order": "A-PENDING", "address": to(country) });
        let refused = world.refused(ada, "change_order_address", elsewhere).await;
        assert_eq!(refused, Code::BadArgument, "{country}");
    }
}

/// A number of a card is none when it is split over the lines of an address either.
#[tokio::test]
async fn a_cards_number_does_not_hide_in_an_address() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    fill(&world, ada).await;
    let address = json!({ "line1": "4242 4242", "line2": "4242 4242", "city": "Berlin", "postal_code": "10115", "country": "DE" });
    let refusal = world
        .refusal(ada, "checkout", json!({ "shipping_address": address }))
        .await;
    assert_eq!(refusal.code, Code::BadArgument);
    assert!(!refusal.message.contains("4242"), "{}", refusal.message);
}

/// Nobody but whoever ordered it, by proving the address in the session she ordered in, has it among
/// hers before it is paid.
#[tokio::test]
async fn a_guests_order_is_hers_once_her_session_proves_it() {
    let world = World::new().await;
    let (guest, other) = (world.guest().await, world.guest().await);
    let (ada, ben) = (world.customer("ada").await, world.customer("ben").await);
    fill(&world, guest).await;
    let placed = world.done(guest, "checkout", in_adas_name()).await;
    let number = placed.order.clone().unwrap();
    for (session, whose, hers) in [
        (other, "ada", false),
        (guest, "ben", false),
        (guest, "ada", true),
    ] {
        let shopper = world.shopper(whose).await;
        let mut tx = world.begin().await;
        let adopted = world
            .commerce
            .adopt_orders(&mut *tx, world.shop, session.0, shopper);
        adopted.await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(numbers(&world, ada).await.contains(&number), hers);
        assert!(!numbers(&world, ben).await.contains(&number));
    }
    // It was hers when it was paid: the card is hers to use again.
    world.pay(&placed, "tok_ada").await;
    let charge = json!({ "order": "A-PENDING", "payment_method": "pm_1" });
    world.done(ada, "change_order_payment", charge).await;
    world.check().await;
}
