//! Races that a single writer decides by itself, run on PostgreSQL, where transactions run beside
//! each other. Needs a server, named by the environment.

use std::{future::Future, sync::Arc};

use commerce::{
    gateway::Direction, payments::WebhookAnswer, proposals::Confirmation, refusal::Code,
    staff::Step, tools::Answer,
};
use serde_json::json;

use crate::{
    server,
    world::{World, linden},
};

async fn race<F>(play: impl FnOnce(Arc<World>) -> F + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    server::play(async |database| {
        let world = World::on(database, None, 7, true);
        world.found().await;
        world.import(&linden()).await.unwrap();
        let world = Arc::new(world);
        play(world.clone()).await;
        world.check().await;
    })
    .await;
}

fn done(confirmed: &[Confirmation]) -> usize {
    let done = |one: &&Confirmation| matches!(one, Confirmation::Done(_));
    confirmed.iter().filter(done).count()
}

/// Runs the futures at once, each on a task of its own.
async fn at_once<F>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = futures.into_iter().map(tokio::spawn).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_proposal_confirmed_by_many_is_done_once() {
    race(async |world: Arc<World>| {
        let ada = world.customer("ada").await;
        let cancel = json!({ "order": "A-GIFT", "reason": "no_longer_needed" });
        let proposal = world.propose(ada, "cancel_order", cancel).await;
        let confirmed = at_once((0..8).map(|_| {
            let world = world.clone();
            async move { world.confirm(ada, proposal.id).await }
        }))
        .await;
        assert_eq!(done(&confirmed), 1, "{confirmed:?}");
        let already = confirmed
            .iter()
            .filter(|one| matches!(one, Confirmation::Already(_)));
        assert_eq!(already.count(), 7, "{confirmed:?}");
        assert_eq!(world.balance("ada", "ada-gift").await, 57_000);
    })
    .await;
}

/// Eight proposals for one order, of every kind that freezes or ends it: one is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_proposals_for_one_order_end_it_once() {
    race(async |world: Arc<World>| {
        let ada = world.customer("ada").await;
        let mut proposals = Vec::new();
        for number in 0..8 {
            let proposal = if number % 2 == 0 {
                let args = json!({ "order": "A-CUSHION", "reason": "no_longer_needed" });
                world.propose(ada, "cancel_order", args).await
            } else {
                let args = json!({ "order": "A-CUSHION", "payment_method": "ada-gift",
                    "changes": [{ "line": "L1", "variant": "cushion-gold" }] });
                world.propose(ada, "change_order_items", args).await
            };
            proposals.push(proposal);
        }
        let confirmed = at_once(proposals.into_iter().map(|proposal| {
            let world = world.clone();
            async move { world.confirm(ada, proposal.id).await }
        }))
        .await;
        assert_eq!(done(&confirmed), 1, "{confirmed:?}");
    })
    .await;
}

/// One gift card, two orders, and money for one of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_gift_card_is_spent_once() {
    let mut document = linden();
    document["customers"][0]["payment_methods"][3]["balance"] = json!(19_000);
    server::play(async move |database| {
        let world = World::on(database, None, 7, true);
        world.found().await;
        world.import(&document).await.unwrap();
        let world = Arc::new(world);
        let ada = world.customer("ada").await;
        let mut proposals = Vec::new();
        for order in ["A-PENDING", "A-CUSHION"] {
            let args = json!({ "order": order, "payment_method": "ada-gift" });
            proposals.push(world.propose(ada, "change_order_payment", args).await);
        }
        let confirmed = at_once(proposals.into_iter().map(|proposal| {
            let world = world.clone();
            async move {
                world
                    .confirm_at(ada, proposal.id, Some(proposal.hash))
                    .await
            }
        }))
        .await;
        assert_eq!(done(&confirmed), 1, "{confirmed:?}");
        assert!([0, 15_500].contains(&world.balance("ada", "ada-gift").await));
        world.check().await;
    })
    .await;
}

/// Three golden cushions, and five who want two each, in orders and in exchanges.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_pieces_are_sold_once() {
    race(async |world: Arc<World>| {
        let mut buyers = Vec::new();
        for own_id in ["ada", "ben"] {
            let who = world.customer(own_id).await;
            let add = json!({ "variant": "cushion-gold", "quantity": 2 });
            world.result(who, "add_to_cart", add).await;
            buyers.push((who, world.propose(who, "checkout", json!({})).await));
        }
        let ada = world.customer("ada").await;
        for (tool, order) in [
            ("change_order_items", "A-PENDING"),
            ("exchange_items", "A-LITTLE"),
        ] {
            let args = json!({ "order": order, "payment_method": "ada-visa",
                "changes": [{ "line": "L1", "variant": "cushion-gold" }] });
            buyers.push((ada, world.propose(ada, tool, args).await));
        }
        let confirmed = at_once(buyers.into_iter().map(|(who, proposal)| {
            let world = world.clone();
            async move { world.confirm(who, proposal.id).await }
        }))
        .await;
        assert_eq!(done(&confirmed), 1, "{confirmed:?}");
        assert_eq!(world.stock("cushion-gold").await, Some(1));
    })
    .await;
}

/// Two who swap the same two variants the other way round do not wait for each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn swaps_the_other_way_round_do_not_lock_each_other_out() {
    let mut document = linden();
    let template = document["orders"][1].clone();
    let orders = document["orders"].as_array_mut().unwrap();
    for (number, (who, method)) in [
        ("ada", "ada-visa"),
        ("ben", "ben-visa"),
        ("cleo", "cleo-visa"),
    ]
    .iter()
    .cycle()
    .take(12)
    .enumerate()
    {
        let mut order = template.clone();
        order["id"] = json!(format!("R-{number}"));
        order["customer"] = json!(who);
        order["payments"][0]["method"] = json!(method);
        let is = if number % 2 == 0 {
            "cushion-blue"
        } else {
            "cushion-red"
        };
        order["lines"][0]["variant"] = json!(is);
        orders.push(order);
    }
    server::play(async move |database| {
        let world = World::on(database, None, 7, true);
        world.found().await;
        world.import(&document).await.unwrap();
        let world = Arc::new(world);
        let mut proposals = Vec::new();
        for number in 0..12 {
            let own_id = ["ada", "ben", "cleo"][number % 3];
            let who = world.customer(own_id).await;
            let other = if number % 2 == 0 {
                "cushion-red"
            } else {
                "cushion-blue"
            };
            let args = json!({ "order": format!("R-{number}"),
                "payment_method": format!("{own_id}-visa"),
                "changes": [{ "line": "L1", "variant": other }] });
            proposals.push((who, world.propose(who, "change_order_items", args).await));
        }
        let confirmed = at_once(proposals.into_iter().map(|(who, proposal)| {
            let world = world.clone();
            async move { world.confirm(who, proposal.id).await }
        }))
        .await;
        assert_eq!(done(&confirmed), 12, "{confirmed:?}");
        assert_eq!(world.stock("cushion-blue").await, Some(10));
        assert_eq!(world.stock("cushion-red").await, Some(5));
        world.check().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn webhooks_of_one_payment_at_once_book_it_once() {
    race(async |world: Arc<World>| {
        let ada = world.customer("ada").await;
        let placed = world.order_of(ada, "cushion-blue", 1).await;
        let page = world.page(&placed);
        let first = world.gateway.pay(&page, "tok_ada");
        let mut bodies = vec![first.clone(), first];
        bodies.extend((0..6).map(|_| world.gateway.webhook_of(&page, "tok_ada")));
        let answers = at_once(bodies.into_iter().map(|body| {
            let world = world.clone();
            async move { world.hook(&body).await }
        }))
        .await;
        let done = answers
            .iter()
            .filter(|answer| **answer == WebhookAnswer::Done);
        assert_eq!(done.count(), 1, "{answers:?}");
        assert_eq!(world.state(&page.order).await.held(), 4000);
    })
    .await;
}

/// Rounds of settling, staff and shopper at the same orders at the same time: nobody waits for
/// ever, and each refund moves once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rounds_run_beside_shoppers_and_staff() {
    race(async |world: Arc<World>| {
        let ada = world.customer("ada").await;
        let mut placed = Vec::new();
        for _ in 0..4 {
            placed.push(world.order_of(ada, "vase-one", 1).await);
        }
        for order in ["A-PENDING", "A-CUSHION", "A-SPLIT"] {
            let cancel = json!({ "order": order, "reason": "no_longer_needed" });
            world.done(ada, "cancel_order", cancel).await;
        }
        // The pages' first look is due too.
        world.wait(121);
        let rounds = (0..4).map(|_| {
            let world = world.clone();
            tokio::spawn(async move {
                world.settle().await;
            })
        });
        let mut tasks: Vec<_> = rounds.collect();
        for outcome in placed {
            let world = world.clone();
            tasks.push(tokio::spawn(async move {
                let cancel = json!({ "order": outcome.order, "reason": "no_longer_needed" });
                match world.call(ada, "cancel_order", cancel).await {
                    Ok(Answer::Proposal(proposal)) => {
                        world.accept(ada, &proposal).await;
                    }
                    other => panic!("{other:?}"),
                }
            }));
        }
        tasks.push({
            let world = world.clone();
            tokio::spawn(async move {
                let step = world.step("A-CUSHION", Step::Process).await;
                assert_eq!(step.unwrap_err().code, Code::NotReady);
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        world.settle_all_of_many().await;
        let moved = world.gateway.moved();
        assert_eq!(moved.len(), 3, "{moved:?}");
        assert!(
            moved
                .iter()
                .all(|(direction, _)| *direction == Direction::Refund)
        );
    })
    .await;
}

/// Two windows of one shopper add to a cart that is not there yet.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_added_to_a_cart_at_once_is_in_it() {
    race(async |world: Arc<World>| {
        let ada = world.customer("ada").await;
        let variants = [
            "cushion-blue",
            "cushion-red",
            "cushion-gold",
            "vase-one",
            "lamp-tiny",
        ];
        at_once(variants.map(|variant| {
            let world = world.clone();
            async move {
                let add = json!({ "variant": variant, "quantity": 1 });
                world.result(ada, "add_to_cart", add).await;
            }
        }))
        .await;
        let cart = world.result(ada, "get_cart", json!({})).await;
        assert_eq!(cart["lines"].as_array().unwrap().len(), variants.len());
    })
    .await;
}
