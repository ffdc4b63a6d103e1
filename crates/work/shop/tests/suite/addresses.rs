//! `change_order_address` and `change_default_address`: both with a fresh factor, always.

use commerce::{proposals::Confirmation, refusal::Code};
use serde_json::{Value, json};
use store::orders::ProposalLevel;

use crate::{books::named, world::World};

fn quay() -> Value {
    json!({ "line1": "Quay 5", "line2": "2nd floor", "city": "Hamburg", "postal_code": "20457", "country": "DE" })
}

fn to_the_quay(order: &str) -> Value {
    json!({ "order": order, "address": quay() })
}

#[tokio::test]
async fn a_pending_order_goes_elsewhere_and_nothing_else_of_it_changes() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let before = world.document().await;
    let proposal = world
        .propose(ada, "change_order_address", to_the_quay("A-CUSHION"))
        .await;
    assert_eq!(proposal.level, ProposalLevel::StepUp);
    assert!(
        proposal.effect[0]
            .text
            .contains("Quay 5, 2nd floor, 20457, Hamburg")
    );
    world.accept(ada, &proposal).await;
    let mut expected = before;
    let orders = expected["orders"].as_array_mut().unwrap();
    let order = orders.iter_mut().find(|order| order["id"] == "A-CUSHION");
    order.unwrap()["shipping_address"] = quay();
    assert_eq!(world.document().await, expected);
    world.check().await;
}

#[tokio::test]
async fn an_address_can_be_changed_again_as_long_as_the_order_is_pending() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    world
        .done(ada, "change_order_address", to_the_quay("A-CUSHION"))
        .await;
    let mut back = to_the_quay("A-CUSHION");
    back["address"] =
        json!({ "line1": "Elm Road 1", "city": "Bremen", "postal_code": "28195", "country": "DE" });
    world.done(ada, "change_order_address", back.clone()).await;
    assert_eq!(
        world.order("A-CUSHION").await["shipping_address"],
        back["address"]
    );
}

#[tokio::test]
async fn no_other_order_goes_elsewhere() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for (order, code) in [
        ("A-PROCESSED", Code::NotPending),
        ("A-SHIPPED", Code::NotPending),
        ("A-DELIVERED", Code::NotPending),
        ("A-CANCELLED", Code::NotPending),
        ("A-CHANGED", Code::AlreadyChanged),
        ("B-PENDING", Code::NotFound),
        ("NO-SUCH", Code::NotFound),
    ] {
        let args = to_the_quay(order);
        assert_eq!(
            world.refused(ada, "change_order_address", args).await,
            code,
            "{order}"
        );
    }
}

#[tokio::test]
async fn a_plain_session_does_not_confirm_an_address() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    for (tool, args) in [
        ("change_order_address", to_the_quay("A-CUSHION")),
        ("change_default_address", json!({ "address": quay() })),
    ] {
        let proposal = world.propose(ada, tool, args).await;
        let before = world.rows().await;
        match world.confirm(ada, proposal.id).await {
            Confirmation::Refused(refusal) => assert_eq!(refusal.code, Code::NeedsLevel),
            other => panic!("{other:?}"),
        }
        // It was not confirmed, and can still be.
        assert_eq!(before, world.rows().await);
        world.accept(ada, &proposal).await;
    }
}

#[tokio::test]
async fn what_is_no_address_is_refused() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let with = |field: &str, value: Value| {
        let mut address = quay();
        address[field] = value;
        address
    };
    let long = "x".repeat(201);
    for address in [
        with("line1", json!("")),
        with("line1", json!("   ")),
        with("line1", json!(long)),
        with("city", json!(7)),
        with("country", Value::Null),
        with("line1", json!("4111 1111 1111 1111")),
        with("line1", json!("one\ntwo")),
        with("customer", json!("ben")),
        with("default", json!(true)),
        json!({ "line1": "Quay 5" }),
        json!("Quay 5"),
        json!([]),
    ] {
        for (tool, args) in [
            (
                "change_order_address",
                json!({ "order": "A-CUSHION", "address": address }),
            ),
            ("change_default_address", json!({ "address": address })),
        ] {
            let refusal = world.refusal(ada, tool, args).await;
            assert_eq!(refusal.code, Code::BadArgument, "{address}");
            assert!(!refusal.message.contains("4111"), "{}", refusal.message);
        }
    }
}

#[tokio::test]
async fn the_default_address_is_replaced_and_orders_stay_where_they_are() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let orders = world.document().await["orders"].clone();
    let proposal = world
        .propose(ada, "change_default_address", json!({ "address": quay() }))
        .await;
    assert_eq!(proposal.level, ProposalLevel::StepUp);
    world.accept(ada, &proposal).await;
    let document = world.document().await;
    let addresses = named(&document, "customers", "ada")["addresses"].clone();
    assert_eq!(addresses[0]["line1"], "Office Park 9");
    assert_eq!(addresses[0]["default"], Value::Null);
    assert_eq!(addresses[1]["id"], "home");
    assert_eq!(addresses[1]["line1"], "Quay 5");
    assert_eq!(addresses[1]["default"], true);
    assert_eq!(addresses.as_array().unwrap().len(), 2);
    assert_eq!(document["orders"], orders);
}

#[tokio::test]
async fn an_address_in_the_book_is_marked_and_none_is_lost() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let work = json!({ "line1": "Office Park 9", "city": "Berlin", "postal_code": "10115", "country": "DE" });
    world
        .done(ada, "change_default_address", json!({ "address": work }))
        .await;
    let addresses = named(&world.document().await, "customers", "ada")["addresses"].clone();
    assert_eq!(addresses[0]["default"], true);
    assert_eq!(addresses[1]["default"], Value::Null);
    assert_eq!(addresses[1]["line1"], "Elm Road 1");
}

#[tokio::test]
async fn a_book_without_a_mark_or_without_an_address_gets_one() {
    let world = World::new().await;
    for (who, id) in [("ben", "a1"), ("cleo", "addr_1")] {
        let session = world.customer(who).await;
        world
            .done(
                session,
                "change_default_address",
                json!({ "address": quay() }),
            )
            .await;
        let addresses = named(&world.document().await, "customers", who)["addresses"].clone();
        assert_eq!(addresses.as_array().unwrap().len(), 1);
        assert_eq!(addresses[0]["id"], id);
        assert_eq!(addresses[0]["line1"], "Quay 5");
        assert_eq!(addresses[0]["default"], true);
    }
}
