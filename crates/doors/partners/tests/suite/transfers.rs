//! Charges and refunds: each movement once, and never more back than was paid.

use std::sync::Arc;

use commerce::gateway::{Direction, Gateway, Outcome, PaymentResult, Transfer};
use terms::Money;

use crate::world::{World, dollars, movement};

fn declined(reason: &str) -> Outcome {
    Outcome::Declined {
        reason: reason.to_owned(),
    }
}

fn reference(outcome: Outcome) -> String {
    match outcome {
        Outcome::Done { reference } => reference,
        Outcome::Declined { reason } => panic!("declined: {reason}"),
    }
}

#[tokio::test]
async fn many_identical_calls_move_money_once() {
    let world = World::new().await;
    let transfer = world.transfer(Direction::Charge, 3500);
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (gateway, transfer) = (Arc::clone(&world.gateway), transfer.clone());
            tokio::spawn(async move { gateway.transfer(&transfer).await.unwrap() })
        })
        .collect();
    let mut references = Vec::new();
    for task in tasks {
        references.push(reference(task.await.unwrap()));
    }
    references.dedup();
    assert_eq!(references.len(), 1, "{references:?}");
    // Once paid, it can be given back once.
    let refund = Transfer {
        original: references.pop(),
        ..world.transfer(Direction::Refund, 3500)
    };
    reference(world.gateway.transfer(&refund).await.unwrap());
    let again = Transfer {
        movement: movement(),
        ..refund
    };
    assert_eq!(
        world.gateway.transfer(&again).await.unwrap(),
        declined("exceeds_payment")
    );
}

#[tokio::test]
async fn a_key_is_for_one_call() {
    let world = World::new().await;
    let transfer = world.transfer(Direction::Charge, 3500);
    let first = world.gateway.transfer(&transfer).await.unwrap();
    let others = [
        Transfer {
            amount: dollars(3501),
            ..transfer.clone()
        },
        Transfer {
            amount: Money::new(3500, "EUR".parse().unwrap()),
            ..transfer.clone()
        },
        Transfer {
            direction: Direction::Refund,
            ..transfer.clone()
        },
        Transfer {
            token: "tok_paypal".to_owned(),
            ..transfer.clone()
        },
        Transfer {
            direction: Direction::Refund,
            original: Some("pay_1".to_owned()),
            ..transfer.clone()
        },
    ];
    for other in &others {
        let refused = world.gateway.transfer(other).await.unwrap_err().to_string();
        assert!(refused.contains("used before"), "{refused}");
    }
    assert_eq!(world.gateway.transfer(&transfer).await.unwrap(), first);
    // A payment's movement is no transfer's, and the other way round.
    let payment = world.payment(3500);
    assert_eq!(world.pay(&payment, "visa_4242", "never").await.status, 303);
    let same = Transfer {
        movement: payment.movement,
        ..transfer.clone()
    };
    assert!(world.gateway.transfer(&same).await.is_err());
    let paid = commerce::gateway::HostedPayment {
        movement: transfer.movement,
        ..world.payment(3500)
    };
    assert_eq!(world.open(world.link(&paid)).await.status, 409);
    assert_eq!(world.pay(&paid, "visa_4242", "never").await.status, 409);
}

#[tokio::test]
async fn methods_are_known_imported_or_refused() {
    let world = World::new().await;
    for (token, refused) in [
        ("tok_visa_4242", None),
        ("tok_mastercard_4444", None),
        ("tok_paypal", None),
        ("ext_credit_card_7815826", None),
        ("ext_karte_über_alles", None),
        ("ext_fail_1", None),
        ("tok_declines_later", Some("card_declined")),
        ("tok_unknown", Some("no_such_method")),
        ("tok_fail", Some("no_such_method")),
        ("visa", Some("no_such_method")),
        ("4242424242424242", Some("no_such_method")),
        ("TOK_VISA_4242", Some("no_such_method")),
        ("EXT_1", Some("no_such_method")),
    ] {
        for direction in [Direction::Charge, Direction::Refund] {
            let transfer = Transfer {
                token: token.to_owned(),
                ..world.transfer(direction, 1)
            };
            let first = world.gateway.transfer(&transfer).await.unwrap();
            match refused {
                Some(reason) => assert_eq!(first, declined(reason), "{token}"),
                None => drop(reference(first.clone())),
            }
            // A refusal is as final as a success.
            assert_eq!(
                world.gateway.transfer(&transfer).await.unwrap(),
                first,
                "{token}"
            );
        }
    }
    // What is no transfer at all is not answered as one.
    for (token, minor) in [("", 1), ("a\nb", 1), ("tok_paypal", 0), ("tok_paypal", -1)] {
        let transfer = Transfer {
            token: token.to_owned(),
            ..world.transfer(Direction::Charge, minor)
        };
        let refused = world
            .gateway
            .transfer(&transfer)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains("400"), "{refused}");
    }
}

#[tokio::test]
async fn a_refund_is_of_a_payment_in_its_currency_and_not_of_more() {
    let mut world = World::new().await;
    let payment = world.payment(3500);
    world.pay(&payment, "visa_4242", "at_once").await;
    let PaymentResult::Paid {
        reference: original,
        ..
    } = world.webhook().await.result
    else {
        panic!("it was paid");
    };
    let refund = |minor: i64, original: &str| Transfer {
        original: Some(original.to_owned()),
        ..world.transfer(Direction::Refund, minor)
    };
    let ask = async |transfer: Transfer| world.gateway.transfer(&transfer).await.unwrap();
    assert_eq!(
        ask(refund(1, "pay_unknown")).await,
        declined("no_such_payment")
    );
    assert_eq!(
        ask(refund(3501, &original)).await,
        declined("exceeds_payment")
    );
    let euros = Transfer {
        amount: Money::new(1, "EUR".parse().unwrap()),
        ..refund(1, &original)
    };
    assert_eq!(ask(euros).await, declined("other_currency"));
    let back = reference(ask(refund(3000, &original)).await);
    assert_eq!(
        ask(refund(501, &original)).await,
        declined("exceeds_payment")
    );
    reference(ask(refund(500, &original)).await);
    assert_eq!(ask(refund(1, &original)).await, declined("exceeds_payment"));
    // A refund is no payment.
    assert_eq!(ask(refund(1, &back)).await, declined("no_such_payment"));
    // A charge cannot name what it undoes.
    let charge = Transfer {
        direction: Direction::Charge,
        ..refund(1, &original)
    };
    assert!(world.gateway.transfer(&charge).await.is_err());
}

#[tokio::test]
async fn refunds_at_the_same_time_never_exceed_the_payment() {
    let world = World::new().await;
    let charge = world.transfer(Direction::Charge, 1000);
    let original = reference(world.gateway.transfer(&charge).await.unwrap());
    let tasks: Vec<_> = (0..30)
        .map(|_| {
            let gateway = Arc::clone(&world.gateway);
            let refund = Transfer {
                original: Some(original.clone()),
                ..world.transfer(Direction::Refund, 150)
            };
            tokio::spawn(async move { gateway.transfer(&refund).await.unwrap() })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Outcome::Done { .. } => done += 1,
            refused => assert_eq!(refused, declined("exceeds_payment")),
        }
    }
    assert_eq!(done, 6, "900 of 1000 are back, and no seventh fits");
}
