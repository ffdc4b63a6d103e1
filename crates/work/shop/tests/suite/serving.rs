//! The steps that people of the shop take, each from one state to the next, and who may.

use commerce::{refusal::Code, staff::Step};
use identity::{
    Scope,
    actions::{BookPayment, ReadOrders, ServeOrders},
};
use serde_json::json;
use terms::RoleName;

use crate::{
    gateway::Mood,
    world::{World, refusal_or},
};

fn ship(lines: Option<&[&str]>) -> Step {
    Step::Ship {
        tracking: vec!["TRACK-9".to_owned()],
        lines: lines.map(|lines| lines.iter().map(|line| (*line).to_owned()).collect()),
    }
}

const ORDERS: [&str; 12] = [
    "A-PENDING",
    "A-UNPAID",
    "A-CHANGED",
    "A-PROCESSED",
    "A-SHIPPED",
    "A-DELIVERED",
    "A-LITTLE",
    "A-AFTER",
    "A-RETURNED",
    "A-EXCHANGED",
    "A-CANCELLED",
    "NO-SUCH",
];

/// Which step each order takes; every other is refused, with its code.
fn taken(order: &str, step: &Step) -> Result<&'static str, Code> {
    match (order, step) {
        ("NO-SUCH", _) => Err(Code::NotFound),
        ("A-PENDING" | "A-CHANGED", Step::Process) => Ok("processed"),
        ("A-UNPAID", Step::Process) => Err(Code::NotPaid),
        ("A-PROCESSED", Step::Ship { .. }) => Ok("shipped"),
        ("A-SHIPPED", Step::Deliver) => Ok("delivered"),
        ("A-RETURNED" | "A-EXCHANGED", Step::Receive) => Ok("delivered"),
        _ => Err(Code::NotReady),
    }
}

#[tokio::test]
async fn each_order_takes_its_own_next_step_and_no_other() {
    for step in [Step::Process, ship(None), Step::Deliver, Step::Receive] {
        let world = World::new().await;
        for order in ORDERS {
            let before = world.document().await;
            match (world.step(order, step.clone()).await, taken(order, &step)) {
                (Ok(view), Ok(status)) => {
                    assert_eq!(view["status"], status, "{order} {step:?}");
                    assert_eq!(world.order(order).await["status"], status);
                }
                (Err(refusal), Err(code)) => {
                    assert_eq!(refusal.code, code, "{order} {step:?}");
                    assert_eq!(before, world.document().await);
                }
                (answer, expected) => panic!("{order} {step:?}: {answer:?}, not {expected:?}"),
            }
        }
        world.settle_all().await;
        world.check().await;
    }
}

#[tokio::test]
async fn an_order_is_shipped_in_parts_and_is_shipped_when_all_have_left() {
    let world = World::new().await;
    for (lines, code) in [
        (&["L1", "L1"][..], Code::DuplicateLine),
        (&["L9"], Code::NotFound),
        (&[], Code::EmptyList),
        (&[""], Code::BadArgument),
    ] {
        let refusal = world
            .step("A-PROCESSED", ship(Some(lines)))
            .await
            .unwrap_err();
        assert_eq!(refusal.code, code, "{lines:?}");
    }
    let long = "T".repeat(61);
    for tracking in [vec![], vec![""], vec!["<b>"], vec![&long], vec!["T"; 21]] {
        let step = Step::Ship {
            tracking: tracking.iter().map(|number| (*number).to_owned()).collect(),
            lines: None,
        };
        let refusal = world.step("A-PROCESSED", step).await.unwrap_err();
        assert!(
            [Code::BadArgument, Code::EmptyList].contains(&refusal.code),
            "{tracking:?}"
        );
    }
    world
        .step("A-PROCESSED", ship(Some(&["L2"])))
        .await
        .unwrap();
    let order = world.order("A-PROCESSED").await;
    assert_eq!(order["status"], "processed");
    assert_eq!(
        order["fulfilments"],
        json!([{ "id": "F1", "tracking": ["TRACK-9"], "lines": ["L2"] }])
    );
    let twice = world
        .step("A-PROCESSED", ship(Some(&["L2"])))
        .await
        .unwrap_err();
    assert_eq!(twice.code, Code::DuplicateLine);
    let early = world.step("A-PROCESSED", Step::Deliver).await.unwrap_err();
    assert_eq!(early.code, Code::NotReady);
    world.step("A-PROCESSED", ship(None)).await.unwrap();
    let order = world.order("A-PROCESSED").await;
    assert_eq!(order["status"], "shipped");
    assert_eq!(order["fulfilments"][1]["id"], "F2");
    assert_eq!(order["fulfilments"][1]["lines"], json!(["L1"]));
    let ada = world.customer("ada").await;
    let seen = world
        .result(ada, "track_order", json!({ "order": "A-PROCESSED" }))
        .await;
    assert_eq!(seen["fulfilments"].as_array().unwrap().len(), 2);
    let more = world.step("A-PROCESSED", ship(None)).await.unwrap_err();
    assert_eq!(more.code, Code::NotReady);
    world.check().await;
}

#[tokio::test]
async fn money_by_hand_is_booked_once_and_for_pending_orders_only() {
    let world = World::new().await;
    let methods = world.rows().await["payment_methods"].clone();
    for (order, code) in [
        ("A-PENDING", Code::AlreadyChanged),
        ("A-PROCESSED", Code::NotReady),
        ("A-CANCELLED", Code::NotReady),
        ("NO-SUCH", Code::NotFound),
    ] {
        assert_eq!(
            world.mark_paid(order).await.unwrap_err().code,
            code,
            "{order}"
        );
    }
    // A refusal leaves no means of payment behind.
    assert_eq!(world.rows().await["payment_methods"], methods);
    let view = world.mark_paid("A-UNPAID").await.unwrap();
    assert_eq!(view["paid"], true);
    assert_eq!(view["steps"], json!(["process"]));
    assert_eq!(world.money("A-UNPAID").await, ["payment 3500 pm_1 done"]);
    assert_eq!(
        world.mark_paid("A-UNPAID").await.unwrap_err().code,
        Code::AlreadyChanged
    );
    // What came by hand goes back by hand: no gateway is asked.
    let ada = world.customer("ada").await;
    let cancel = json!({ "order": "A-UNPAID", "reason": "no_longer_needed" });
    world.done(ada, "cancel_order", cancel).await;
    world.settle_all().await;
    assert_eq!(
        world.money("A-UNPAID").await[1],
        "refund 3500 pm_1 intended"
    );
    assert_eq!(world.gateway.calls().len(), 0);
    world.check().await;
}

/// She pays on the page after all, when the shop has booked her transfer already.
#[tokio::test]
async fn what_is_paid_twice_goes_back_once() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let placed = world.order_of(ada, "cushion-blue", 1).await;
    let number = placed.order.clone().unwrap();
    world.mark_paid(&number).await.unwrap();
    world.pay(&placed, "tok_ada").await;
    world.settle_all().await;
    assert_eq!(world.state(&number).await.held(), 4000);
    let moved: i64 = world
        .gateway
        .calls()
        .iter()
        .map(|call| call.amount.minor)
        .sum();
    assert_eq!(moved, 4000);
    world.check().await;
    world.deliver(&number).await;
}

#[tokio::test]
async fn who_may_do_what_is_said_by_the_role() {
    let world = World::new().await;
    for (role, books) in [(RoleName::AGENT, false), (RoleName::ADMIN, true)] {
        let token = world.staff(role).await;
        let scope = Scope::new();
        let mut tx = world.begin().await;
        let staff = world.identity.staff_member(&scope, &mut *tx, &token).await;
        let staff = staff.unwrap();
        assert!(staff.permit::<ServeOrders>().is_ok());
        assert!(staff.permit::<ReadOrders>().is_ok());
        assert_eq!(staff.permit::<BookPayment>().is_ok(), books);
    }
}

#[tokio::test]
async fn staff_see_orders_and_every_look_is_recorded() {
    let world = World::new().await;
    let token = world.staff(RoleName::AGENT).await;
    let scope = Scope::new();
    let mut tx = world.begin().await;
    let staff = world.identity.staff_member(&scope, &mut *tx, &token).await;
    let permit = staff.unwrap().permit().unwrap();
    let page = world
        .commerce
        .orders_for_staff(&mut *tx, &permit, None, None, None, 5)
        .await
        .unwrap();
    assert_eq!(page.orders.len(), 5);
    let next = world
        .commerce
        .orders_for_staff(&mut *tx, &permit, None, None, page.next, 100)
        .await
        .unwrap();
    assert_eq!(next.orders.len(), 14);
    assert!(next.next.is_none());
    // A list says nothing of who bought or what.
    let listed = serde_json::to_string(&page.orders).unwrap();
    for secret in ["ada", "example.com", "cushion", "Elm"] {
        assert!(!listed.contains(secret), "{secret}");
    }
    let order = world
        .commerce
        .order_for_staff(&mut *tx, &permit, "B-PENDING")
        .await;
    assert_eq!(order.unwrap()["customer"]["email"], "ben@example.com");
    // What is to be sent in exchange is called as the shop calls it.
    let order = world
        .commerce
        .order_for_staff(&mut *tx, &permit, "A-EXCHANGED")
        .await
        .unwrap();
    assert_eq!(
        order["exchange"]["changes"],
        json!([{ "line": "L1", "variant": "cushion-red", "label": "Linen cushion (red)" }])
    );
    let none = world
        .commerce
        .order_for_staff(&mut *tx, &permit, "NO-SUCH")
        .await;
    assert_eq!(refusal_or(none).unwrap_err().code, Code::NotFound);
    tx.commit().await.unwrap();
    let kinds = world.kinds().await;
    assert_eq!(kinds["order.listed_by_staff"], 2);
    assert_eq!(kinds["order.read_by_staff"], 2);
}

#[tokio::test]
async fn each_step_is_recorded_with_its_change() {
    let world = World::new().await;
    let before = world
        .kinds()
        .await
        .get("order.changed")
        .copied()
        .unwrap_or(0);
    world.deliver("A-PENDING").await;
    assert_eq!(world.kinds().await["order.changed"], before + 3);
    world.gateway.will_be(&[Mood::Deaf]);
    world.step("A-RETURNED", Step::Receive).await.unwrap();
    world.settle_all().await;
    let kinds = world.kinds().await;
    // Asked twice, moved once.
    assert_eq!(kinds["payment.transfer_asked"], 2);
    assert_eq!(kinds["order.changed"], before + 5);
}
