//! A script of two hundred and fifty tool calls, in which each order gets one action: four replays
//! of it at the same time, each in an order of its own, come to the same shop as one replay alone.

use std::sync::Arc;

use commerce::{
    proposals::Confirmation,
    refusal::Code,
    tools::{Answer, CommerceError, Tool},
};
use identity::{Scope, level::Session};
use serde_json::{Value, json};
use store::{Database as _, StoreError, orders::ProposalLevel};

use crate::{
    books::list,
    server,
    world::{Who, World, linden},
};

const CUSTOMERS: usize = 6;
const ORDERS: usize = 210;
const REPLAYS: usize = 4;

struct Call {
    customer: String,
    tool: &'static str,
    args: Value,
}

/// A shop with an order for each call, and the calls.
fn script() -> (Value, Vec<Call>) {
    let mut document = linden();
    let template = document["customers"][0].clone();
    let templates = document["orders"].clone();
    let of = |id: &str| -> Value {
        let mut known = templates.as_array().unwrap().iter();
        known.find(|order| order["id"] == id).unwrap().clone()
    };
    for product in document["products"].as_array_mut().unwrap() {
        for variant in product["variants"].as_array_mut().unwrap() {
            variant["stock"] = json!(10_000);
            variant["available"] = json!(true);
        }
    }
    let mut customers = Vec::new();
    for number in 0..CUSTOMERS {
        let text = template.to_string().replace("ada", &format!("ada{number}"));
        let mut customer: Value = serde_json::from_str(&text).unwrap();
        customer["payment_methods"][3]["balance"] = json!(10_000_000);
        customers.push(customer);
    }
    let (mut orders, mut calls) = (Vec::new(), Vec::new());
    for number in 0..ORDERS {
        let customer = format!("ada{}", number % CUSTOMERS);
        let order = format!("S-{number}");
        let method = |name: &str| format!("{customer}-{name}");
        let address = json!({ "line1": format!("Quay {number}"), "city": "Hamburg", "postal_code": "20457", "country": "DE" });
        let swap = |variant: &str| json!([{ "line": "L1", "variant": variant }]);
        let (was, tool, args) = match number % 11 {
            0 => (
                "A-PENDING",
                "cancel_order",
                json!({ "reason": "ordered_by_mistake" }),
            ),
            1 => (
                "A-GIFT",
                "cancel_order",
                json!({ "reason": "no_longer_needed" }),
            ),
            2 => (
                "A-CUSHION",
                "change_order_address",
                json!({ "address": address }),
            ),
            3 => (
                "A-CUSHION",
                "change_order_payment",
                json!({ "payment_method": method("gift") }),
            ),
            4 => (
                "A-GIFT",
                "change_order_payment",
                json!({ "payment_method": method("visa") }),
            ),
            5 => (
                "A-CUSHION",
                "change_order_items",
                json!({ "payment_method": method("gift"), "changes": swap("cushion-gold") }),
            ),
            6 => (
                "A-CUSHION",
                "change_order_items",
                json!({ "payment_method": method("master"), "changes": swap("cushion-grey") }),
            ),
            7 => (
                "A-LITTLE",
                "return_items",
                json!({ "refund_to": method("visa"), "lines": ["L1"] }),
            ),
            8 => (
                "A-DELIVERED",
                "return_items",
                json!({ "refund_to": method("gift"), "lines": ["L2"] }),
            ),
            9 => (
                "A-DELIVERED",
                "exchange_items",
                json!({ "payment_method": method("gift"), "changes": swap("cushion-red") }),
            ),
            // What is refused is refused to all of them.
            _ => (
                "A-SHIPPED",
                "cancel_order",
                json!({ "reason": "no_longer_needed" }),
            ),
        };
        let text = of(was).to_string().replace("ada", &customer);
        let mut row: Value = serde_json::from_str(&text).unwrap();
        row["id"] = json!(order);
        row["customer"] = json!(customer);
        orders.push(row);
        let mut args = args;
        args["order"] = json!(order);
        calls.push(Call {
            customer: customer.clone(),
            tool,
            args,
        });
        if number % 5 == 0 {
            let args = json!({ "order": format!("S-{}", (number * 7) % ORDERS) });
            calls.push(Call {
                customer,
                tool: "get_order",
                args,
            });
        }
    }
    document["customers"] = json!(customers);
    document["orders"] = json!(orders);
    (document, calls)
}

/// One call, confirmed at the level it asks for, as two requests. What the database could not do
/// now is tried again. Answers whether it was done.
async fn attempt(world: &World, who: Who, call: &Call) -> bool {
    for _ in 0..50 {
        match try_once(world, who, call).await {
            Ok(done) => return done,
            Err(CommerceError::Refused(refusal)) => {
                assert_ne!(refusal.code, Code::BadArgument, "{refusal}");
                return false;
            }
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                let causes = core::iter::successors(Some(error), |error| error.source());
                let busy = causes
                    .filter_map(|error| error.downcast_ref::<StoreError>())
                    .any(|error| matches!(error, StoreError::Unavailable(_)));
                assert!(busy, "{error}");
            }
        }
    }
    panic!("{} was never possible", call.tool);
}

async fn try_once(world: &World, who: Who, call: &Call) -> Result<bool, CommerceError> {
    let tool = Tool::from_name(call.tool).unwrap();
    let scope = Scope::new();
    let mut tx = world.database.begin().await?;
    let proof = world
        .identity
        .danger_shopper_as_operator(&scope, &mut *tx, world.shop, who.0)
        .await?;
    let answer = world
        .commerce
        .call(
            &mut *tx,
            &proof,
            tool,
            call.args.clone(),
            terms::Language::English,
        )
        .await?;
    tx.commit().await?;
    let Answer::Proposal(proposal) = answer else {
        return Ok(true);
    };
    let mut tx = world.database.begin().await?;
    let step_up = (proposal.level == ProposalLevel::StepUp).then(|| {
        let signed_in = proof.raise::<Session>().unwrap();
        let step_up = world
            .identity
            .danger_step_up_as_operator(&signed_in, proposal.hash);
        step_up.confirm(&proposal.hash).unwrap()
    });
    let confirmed = world
        .commerce
        .confirm(&mut *tx, &proof, proposal.id, step_up)
        .await?;
    tx.commit().await?;
    Ok(match confirmed {
        Confirmation::Done(_) => true,
        Confirmation::Refused(refusal) => {
            assert_eq!(refusal.code, Code::Expired, "{refusal}");
            false
        }
        Confirmation::Already(_) => panic!("{} was done before it was confirmed", call.tool),
    })
}

async fn sessions(world: &World) -> Vec<Who> {
    let mut sessions = Vec::new();
    for number in 0..CUSTOMERS {
        sessions.push(world.customer(&format!("ada{number}")).await);
    }
    sessions
}

fn of(sessions: &[Who], call: &Call) -> Who {
    let number = call.customer.trim_start_matches("ada");
    sessions[number.parse::<usize>().unwrap()]
}

/// All calls, beginning at a place of its own and going round with a stride of its own.
async fn replay(world: &World, calls: &[Call], start: usize, stride: usize) -> usize {
    let sessions = sessions(world).await;
    let mut done = 0;
    for step in 0..calls.len() {
        let call = &calls[(start + step * stride) % calls.len()];
        if attempt(world, of(&sessions, call), call).await && call.tool != "get_order" {
            done += 1;
        }
    }
    done
}

/// What one replay alone comes to.
async fn alone() -> (Value, usize) {
    let (document, calls) = script();
    assert!(calls.len() >= 250);
    let world = World::with(&document).await;
    let done = replay(&world, &calls, 0, 1).await;
    world.settle_all_of_many().await;
    world.check().await;
    (world.document().await, done)
}

async fn together(world: Arc<World>) -> (Value, usize) {
    let (_, calls) = script();
    let calls = Arc::new(calls);
    // Strides that share no factor with the number of calls visit each of them once.
    let strides = (1..calls.len()).filter(|stride| coprime(*stride, calls.len()));
    let tasks: Vec<_> = strides
        .step_by(7)
        .take(REPLAYS)
        .enumerate()
        .map(|(task, stride)| {
            let (world, calls) = (world.clone(), calls.clone());
            tokio::spawn(async move { replay(&world, &calls, task * 61, stride).await })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    world.settle_all_of_many().await;
    world.check().await;
    (world.document().await, done)
}

fn coprime(one: usize, other: usize) -> bool {
    if other == 0 {
        one == 1
    } else {
        coprime(other, one % other)
    }
}

/// Addresses may be set again and again; everything else is done once.
fn compare(alone: (Value, usize), together: (Value, usize)) {
    for section in ["products", "customers", "orders"] {
        let (one, other) = (list(&alone.0, section), list(&together.0, section));
        assert_eq!(one.len(), other.len(), "{section}");
        for (one, other) in one.iter().zip(other) {
            assert_eq!(one, other);
        }
    }
    assert_eq!(alone.0, together.0);
    let addresses = (0..ORDERS).filter(|number| number % 11 == 2).count();
    assert_eq!(alone.1 + (REPLAYS - 1) * addresses, together.1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_replays_at_once_come_to_the_same_as_one_alone() {
    let (document, _) = script();
    let world = Arc::new(World::with(&document).await);
    compare(alone().await, together(world).await);
}

/// On PostgreSQL, where transactions run beside each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_replays_at_once_on_a_server_come_to_the_same() {
    server::play(async |database| {
        let (document, _) = script();
        let world = World::on(database, None, 7, true);
        world.found().await;
        world.import(&document).await.unwrap();
        compare(alone().await, together(Arc::new(world)).await);
    })
    .await;
}
