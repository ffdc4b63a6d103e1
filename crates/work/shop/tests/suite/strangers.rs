//! What belongs to another looks, byte for byte, like what does not exist, and leaves the same
//! trace.

use commerce::refusal::{Code, Refusal};
use serde_json::{Value, json};

use crate::world::{Who, World};

/// Ada asks about Ben's order, or one that is nobody's.
fn calls(order: &str) -> Vec<(&'static str, Value)> {
    let address =
        json!({ "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" });
    let changes = json!([{ "line": "L1", "variant": "cushion-red" }]);
    vec![
        ("get_order", json!({ "order": order })),
        ("track_order", json!({ "order": order })),
        (
            "cancel_order",
            json!({ "order": order, "reason": "no_longer_needed" }),
        ),
        (
            "cancel_order",
            json!({ "order": order, "reason": "because" }),
        ),
        (
            "change_order_address",
            json!({ "order": order, "address": address }),
        ),
        (
            "change_order_payment",
            json!({ "order": order, "payment_method": "ada-visa" }),
        ),
        (
            "change_order_payment",
            json!({ "order": order, "payment_method": "ben-visa" }),
        ),
        (
            "change_order_items",
            json!({ "order": order, "changes": changes, "payment_method": "ada-visa" }),
        ),
        (
            "change_order_items",
            json!({ "order": order, "changes": [], "payment_method": "ben-gift" }),
        ),
        (
            "return_items",
            json!({ "order": order, "lines": ["L1"], "refund_to": "ben-visa" }),
        ),
        (
            "return_items",
            json!({ "order": order, "lines": [], "refund_to": "ada-visa" }),
        ),
        (
            "exchange_items",
            json!({ "order": order, "changes": changes, "payment_method": "ada-visa" }),
        ),
    ]
}

async fn answers(world: &World, who: Who, order: &str) -> Vec<Refusal> {
    let mut answers = Vec::new();
    for (tool, args) in calls(order) {
        answers.push(world.refusal(who, tool, args).await);
    }
    answers
}

#[tokio::test]
async fn anothers_order_and_no_order_are_told_apart_by_nothing() {
    // Two worlds, so that entries can be counted from the same start.
    let (theirs, nobodys) = (World::new().await, World::new().await);
    let mut seen = Vec::new();
    for (world, orders) in [
        (&theirs, ["B-PENDING", "B-DELIVERED"]),
        (&nobodys, ["N-PENDING", "N-DELIVERED"]),
    ] {
        let ada = world.customer("ada").await;
        let mut told = Vec::new();
        for order in orders {
            told.extend(answers(world, ada, order).await);
        }
        assert!(
            told.iter().all(|refusal| refusal.code == Code::NotFound),
            "{told:?}"
        );
        seen.push((told, world.kinds().await));
    }
    assert_eq!(seen[0], seen[1]);
    let before = World::new().await.document().await;
    assert_eq!(theirs.document().await, before);
}

#[tokio::test]
async fn anothers_means_of_payment_and_none_are_told_apart_by_nothing() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let mut told = Vec::new();
    for method in ["ben-visa", "xxx-visa"] {
        let of = |tool: &'static str, mut args: Value, field: &str| {
            args[field] = json!(method);
            (tool, args)
        };
        let changes = json!([{ "line": "L1", "variant": "cushion-red" }]);
        for (tool, args) in [
            of(
                "change_order_payment",
                json!({ "order": "A-CUSHION" }),
                "payment_method",
            ),
            of(
                "change_order_items",
                json!({ "order": "A-CUSHION", "changes": changes }),
                "payment_method",
            ),
            of(
                "return_items",
                json!({ "order": "A-LITTLE", "lines": ["L1"] }),
                "refund_to",
            ),
            of(
                "exchange_items",
                json!({ "order": "A-LITTLE", "changes": changes }),
                "payment_method",
            ),
        ] {
            let refusal = world.refusal(ada, tool, args).await;
            assert_eq!(refusal.code, Code::MethodNotOwned);
            told.push(refusal.message.replace(method, "METHOD"));
        }
    }
    assert_eq!(told[..4], told[4..]);
}

#[tokio::test]
async fn a_list_holds_her_own_orders_and_all_of_them() {
    let world = World::new().await;
    for (who, first, count) in [("ada", "A-", 15), ("ben", "B-", 2), ("cleo", "C-", 2)] {
        let session = world.customer(who).await;
        let listed = world
            .result(session, "list_orders", json!({ "limit": 100 }))
            .await;
        let orders = listed["orders"].as_array().unwrap();
        assert_eq!(orders.len(), count);
        assert!(
            orders
                .iter()
                .all(|order| order["id"].as_str().unwrap().starts_with(first))
        );
    }
    let ada = world.customer("ada").await;
    let delivered = world
        .result(
            ada,
            "list_orders",
            json!({ "status": "delivered", "limit": 2 }),
        )
        .await;
    let orders = delivered["orders"].as_array().unwrap();
    assert_eq!(orders.len(), 2);
    // The newest first.
    assert_eq!(orders[0]["id"], "A-EXCHANGED");
}

#[tokio::test]
async fn a_profile_is_her_own() {
    let world = World::new().await;
    let ben = world.customer("ben").await;
    let profile = world.result(ben, "get_profile", json!({})).await;
    assert_eq!(profile["email"], "ben@example.com");
    assert_eq!(profile["payment_methods"].as_array().unwrap().len(), 2);
    assert!(!profile.to_string().contains("ada"));
}
