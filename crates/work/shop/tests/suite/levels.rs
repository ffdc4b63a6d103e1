//! Who may call what: every tool at every level, and no way to name another.

use commerce::{
    refusal::Code,
    tools::{Answer, Tool},
};
use serde_json::{Value, json};

use crate::world::{Who, World};

/// Arguments with which a tool succeeds for Ada.
fn good(tool: Tool) -> Value {
    let address =
        json!({ "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" });
    let changes = |variant: &str| json!([{ "line": "L1", "variant": variant }]);
    match tool {
        Tool::SearchProducts => json!({ "query": "cushion" }),
        Tool::GetProduct => json!({ "product": "cushion" }),
        Tool::GetCart | Tool::ListOrders | Tool::GetProfile => json!({}),
        Tool::GetOrder | Tool::TrackOrder => json!({ "order": "A-CUSHION" }),
        Tool::AddToCart => json!({ "variant": "cushion-blue", "quantity": 1 }),
        Tool::UpdateCartLine => json!({ "line": "1", "quantity": 2 }),
        Tool::RemoveFromCart => json!({ "line": "1" }),
        Tool::ApplyDiscount => json!({ "code": "TEN" }),
        Tool::Checkout => json!({ "shipping_address": address,
            "contact": { "email": "guest@example.net", "given_name": "Gus", "family_name": "Grove" } }),
        Tool::CancelOrder => json!({ "order": "A-CUSHION", "reason": "no_longer_needed" }),
        Tool::ChangeOrderAddress => json!({ "order": "A-CUSHION", "address": address }),
        Tool::ChangeOrderPayment => {
            json!({ "order": "A-CUSHION", "payment_method": "ada-master" })
        }
        Tool::ChangeOrderItems => {
            json!({ "order": "A-CUSHION", "changes": changes("cushion-red"), "payment_method": "ada-visa" })
        }
        Tool::ReturnItems => {
            json!({ "order": "A-LITTLE", "lines": ["L1"], "refund_to": "ada-visa" })
        }
        Tool::ExchangeItems => {
            json!({ "order": "A-LITTLE", "changes": changes("cushion-red"), "payment_method": "ada-visa" })
        }
        Tool::ChangeDefaultAddress => json!({ "address": address }),
    }
}

/// The standing level that a tool needs, as it was agreed.
fn needs(tool: Tool) -> u8 {
    match tool {
        Tool::SearchProducts
        | Tool::GetProduct
        | Tool::GetCart
        | Tool::AddToCart
        | Tool::UpdateCartLine
        | Tool::RemoveFromCart
        | Tool::ApplyDiscount
        | Tool::Checkout => 0,
        Tool::ListOrders | Tool::GetOrder | Tool::TrackOrder => 1,
        Tool::GetProfile
        | Tool::CancelOrder
        | Tool::ChangeOrderAddress
        | Tool::ChangeOrderPayment
        | Tool::ChangeOrderItems
        | Tool::ReturnItems
        | Tool::ExchangeItems
        | Tool::ChangeDefaultAddress => 2,
    }
}

/// The level at which its proposal is confirmed.
fn confirmed_at(tool: Tool) -> Option<&'static str> {
    match tool {
        Tool::Checkout => Some("guest"),
        Tool::CancelOrder | Tool::ChangeOrderItems | Tool::ReturnItems | Tool::ExchangeItems => {
            Some("session")
        }
        Tool::ChangeOrderAddress | Tool::ChangeOrderPayment | Tool::ChangeDefaultAddress => {
            Some("step_up")
        }
        _ => None,
    }
}

async fn all_levels(world: &World) -> [Who; 3] {
    [
        world.guest().await,
        world.address_only("ada").await,
        world.customer("ada").await,
    ]
}

#[tokio::test]
async fn every_tool_asks_for_its_level() {
    for tool in Tool::ALL {
        let world = World::new().await;
        for (who, level) in all_levels(&world).await.into_iter().zip(0_u8..) {
            let name = tool.as_str();
            // A cart with a line, whose id depends on whose cart it is.
            let added = json!({ "variant": "cushion-red", "quantity": 1 });
            let cart = world.result(who, "add_to_cart", added).await;
            let mut args = good(*tool);
            if args["line"].is_string() {
                args["line"] = cart["lines"][0]["id"].clone();
            }
            if level < needs(*tool) {
                let refusal = world.refusal(who, name, args.clone()).await;
                assert_eq!(refusal.code, Code::NeedsLevel, "{name} at {level}");
                // What exists and what does not look the same from below.
                if args["order"].is_string() {
                    args["order"] = json!("NO-SUCH");
                    assert_eq!(world.refusal(who, name, args).await, refusal, "{name}");
                }
                continue;
            }
            match world.call(who, name, args).await {
                Ok(Answer::Proposal(proposal)) => {
                    assert_eq!(Some(proposal.level.as_str()), confirmed_at(*tool), "{name}");
                }
                Ok(Answer::Result(_)) => assert_eq!(confirmed_at(*tool), None, "{name}"),
                Err(refusal) => panic!("{name} at {level}: {refusal:?}"),
            }
        }
    }
}

#[tokio::test]
async fn whoever_proved_an_address_alone_sees_orders_masked() {
    let world = World::new().await;
    let masked = world.address_only("ada").await;
    let whole = world.customer("ada").await;
    let order = json!({ "order": "A-GIFT" });
    let seen = world.result(masked, "get_order", order.clone()).await;
    let text = seen.to_string();
    for secret in ["Elm Road", "28195", "ada-gift", "Gift card"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(seen["shipping_address"]["city"], "Bremen");
    assert_eq!(seen["status"], "pending");
    let seen = world.result(whole, "get_order", order).await;
    assert_eq!(seen["shipping_address"]["line1"], "Elm Road 1");
    assert_eq!(seen["payments"][0]["method"], "ada-gift");
    // Nor what a return is refunded to, or an exchange charged to.
    for (order, asked, method) in [
        ("A-RETURNED", "return", "refund_to"),
        ("A-EXCHANGED", "exchange", "payment_method"),
    ] {
        let order = json!({ "order": order });
        let seen = world.result(masked, "get_order", order.clone()).await;
        assert!(seen[asked].is_object());
        assert!(!seen.to_string().contains("ada-visa"), "{seen}");
        let seen = world.result(whole, "get_order", order).await;
        assert_eq!(seen[asked][method], "ada-visa");
    }
}

#[tokio::test]
async fn no_argument_names_a_shopper_and_none_is_taken_lightly() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let added = json!({ "variant": "cushion-red", "quantity": 1 });
    world.result(ada, "add_to_cart", added).await;
    for tool in Tool::ALL {
        let name = tool.as_str();
        let mut hostile = vec![json!([]), json!("args"), json!(7)];
        for field in [
            "customer",
            "shopper",
            "as",
            "session",
            "level",
            "confirm",
            "__proto__",
        ] {
            let mut args = good(*tool);
            args[field] = json!("ben");
            hostile.push(args);
        }
        for (field, _) in good(*tool).as_object().unwrap() {
            for value in [
                json!({ "$ne": null }),
                json!([[]]),
                json!(-1),
                json!(1.5),
                json!(true),
            ] {
                let mut args = good(*tool);
                args[field] = value;
                hostile.push(args);
            }
        }
        for args in hostile {
            let shown = args.to_string();
            let refusal = world.refusal(ada, name, args).await;
            assert_eq!(
                refusal.code,
                Code::BadArgument,
                "{name} {shown}: {refusal:?}"
            );
            assert!(!refusal.message.contains("ben"), "{}", refusal.message);
        }
    }
    let long = "x".repeat(201);
    for (tool, args) in [
        ("get_order", json!({ "order": long })),
        ("get_order", json!({ "order": "a\0b" })),
        ("get_product", json!({ "product": long })),
        ("add_to_cart", json!({ "variant": long, "quantity": 1 })),
        ("apply_discount", json!({ "code": long })),
        ("search_products", json!({ "query": "x".repeat(301) })),
        ("search_products", json!({ "query": "x", "limit": 0 })),
        ("search_products", json!({ "query": "x", "limit": 51 })),
        (
            "search_products",
            json!({ "query": "x", "filters": { "min_price": -1 } }),
        ),
        ("list_orders", json!({ "limit": 101 })),
        ("list_orders", json!({ "status": "lost" })),
        (
            "return_items",
            json!({ "order": "A-LITTLE", "lines": vec!["L1"; 201], "refund_to": "ada-visa" }),
        ),
    ] {
        assert_eq!(
            world.refused(ada, tool, args).await,
            Code::BadArgument,
            "{tool}"
        );
    }
}

/// A session lives at a level; what it could do ends with it.
#[tokio::test]
async fn a_guest_has_no_orders_of_whoever_shares_her_name() {
    let world = World::new().await;
    let guest = world.guest().await;
    let contact =
        json!({ "email": "ada@example.com", "given_name": "Ada", "family_name": "Alder" });
    let add = json!({ "variant": "vase-one", "quantity": 1 });
    world.result(guest, "add_to_cart", add).await;
    let args = json!({ "contact": contact, "shipping_address":
        { "line1": "Elm Road 1", "city": "Bremen", "postal_code": "28195", "country": "DE" } });
    let placed = world.done(guest, "checkout", args).await;
    let number = placed.order.clone().unwrap();
    for tool in ["get_order", "track_order"] {
        let args = json!({ "order": number });
        assert_eq!(world.refused(guest, tool, args).await, Code::NeedsLevel);
    }
    assert_eq!(
        world.refused(guest, "list_orders", json!({})).await,
        Code::NeedsLevel
    );
    // Whoever really has the address sees it once it is paid.
    let ada = world.customer("ada").await;
    let args = json!({ "order": number });
    assert_eq!(world.refused(ada, "get_order", args).await, Code::NotFound);
    world.pay(&placed, "tok_ada").await;
    let order = world
        .result(ada, "get_order", json!({ "order": number }))
        .await;
    assert_eq!(order["status"], "pending");
}
