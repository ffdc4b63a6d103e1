//! The gateway dies at any moment and comes back with every decision that anyone was told.

use std::{
    io,
    sync::{Arc, Mutex},
};

use commerce::gateway::{
    Direction, Gateway, HostedPayment, Outcome, PaymentResult, Transfer,
    demo_ports::{Journal, MemoryJournal},
};
use files::journal::FileJournal;
use partners::demo_gateway::HttpCourier;
use web::demo_gateway::DemoGatewayServer;

use crate::world::{SystemRng, World, movement, secret};

/// Everything that was decided, asked for again after the gateway came back from its journal.
#[tokio::test]
async fn after_a_restart_every_answer_is_the_same() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("gateway.journal");
    let (payment, declined_payment, event, transfers) = {
        let journal = Arc::new(FileJournal::open(&path).unwrap());
        let mut world = World::with(journal).await;
        let payment = world.payment(3500);
        world.pay(&payment, "card_declined", "never").await;
        world.pay(&payment, "visa_4242", "at_once").await;
        let event = world.webhook().await;
        let declined_payment = world.payment(700);
        world
            .pay(&declined_payment, "insufficient_funds", "never")
            .await;
        let PaymentResult::Paid { reference, .. } = &event.result else {
            panic!("{event:?}");
        };
        let refund = |minor| Transfer {
            original: Some(reference.clone()),
            ..world.transfer(Direction::Refund, minor)
        };
        let asked = [
            world.transfer(Direction::Charge, 100),
            Transfer {
                token: "tok_declines_later".to_owned(),
                ..world.transfer(Direction::Charge, 100)
            },
            refund(3000),
            refund(501),
        ];
        let mut transfers = Vec::new();
        for transfer in asked {
            let outcome = world.gateway.transfer(&transfer).await.unwrap();
            transfers.push((transfer, outcome));
        }
        (payment, declined_payment, event, transfers)
    };
    // A second process may not open the journal while the first lives; the server's task holds it.
    let copy = home.path().join("copy.journal");
    let text = std::fs::read_to_string(&path).unwrap();
    files::text::write_new(&copy, &text).unwrap();
    let mut world = World::with(Arc::new(FileJournal::open(&copy).unwrap())).await;
    for (transfer, outcome) in &transfers {
        assert_eq!(world.gateway.transfer(transfer).await.unwrap(), *outcome);
    }
    assert_eq!(
        world.pay(&payment, "visa_4242", "at_once").await.status,
        409
    );
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
    assert_eq!(world.webhook().await, event);
    // 3000 of 3500 were given back before.
    let (refund, _) = &transfers[2];
    for (minor, fits) in [(501, false), (500, true), (1, false)] {
        let next = Transfer {
            movement: movement(),
            amount: crate::world::dollars(minor),
            ..refund.clone()
        };
        let outcome = world.gateway.transfer(&next).await.unwrap();
        assert_eq!(matches!(outcome, Outcome::Done { .. }), fits, "{minor}");
    }
    // A declined payment is still open.
    let page = world.open(world.link(&declined_payment)).await;
    assert!(page.text.contains("insufficient_funds"));
    assert_eq!(
        world.pay(&declined_payment, "paypal", "never").await.status,
        303
    );
    // What was there was not written again: only the last four decisions came to it.
    let now = std::fs::read_to_string(&copy).unwrap();
    assert!(now.starts_with(&text));
    assert_eq!(now.lines().count(), text.lines().count() + 4);
}

/// Wherever the journal is cut, the gateway comes back with the decisions that are whole in it.
#[tokio::test]
async fn a_journal_cut_anywhere_is_taken_up_to_its_last_whole_line() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("gateway.journal");
    let journal = Arc::new(FileJournal::open(&path).unwrap());
    let world = World::with(journal).await;
    let payment = world.payment(3500);
    world.pay(&payment, "visa_4242", "never").await;
    let charge = world.transfer(Direction::Charge, 100);
    let before = world.gateway.transfer(&charge).await.unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for (end, paid, charged) in [
        (0, false, false),
        (1, false, false),
        (first - 1, false, false),
        (first, true, false),
        (first + 1, true, false),
        (bytes.len() - 1, true, false),
        (bytes.len(), true, true),
    ] {
        let cut = home.path().join(format!("cut{end}.journal"));
        files::text::write_new(&cut, core::str::from_utf8(&bytes[..end]).unwrap()).unwrap();
        let world = World::with(Arc::new(FileJournal::open(&cut).unwrap())).await;
        assert_eq!(
            world.gateway.ask_again(payment.movement).await.unwrap(),
            paid,
            "{end}"
        );
        // The shop asks again with the same key, and the money moves once: what is written down is
        // answered as it was, anything else anew.
        let after = world.gateway.transfer(&charge).await.unwrap();
        assert_eq!(after == before, charged, "{end}");
        let lines = std::fs::read_to_string(&cut).unwrap().lines().count();
        assert_eq!(lines, usize::from(paid) + 1, "{end}");
    }
}

/// A journal that is not the gateway's own, or contradicts itself, is not built upon.
#[tokio::test]
async fn a_journal_that_makes_no_sense_is_refused_with_its_line() {
    let whole = Arc::new(MemoryJournal::default());
    let mut world = World::with(Arc::<MemoryJournal>::clone(&whole)).await;
    let payment = world.payment(3500);
    world.pay(&payment, "visa_4242", "at_once").await;
    let PaymentResult::Paid { reference, .. } = world.webhook().await.result else {
        panic!("it was paid");
    };
    let refund = Transfer {
        original: Some(reference),
        ..world.transfer(Direction::Refund, 3500)
    };
    world.gateway.transfer(&refund).await.unwrap();
    let [paid, refunded] = whole.lines().unwrap().try_into().unwrap();
    let other = movement().to_string();
    let second_refund = refunded.replace(&refund.movement.to_string(), &other);
    assert_opens(&[&paid, &refunded], None);
    assert_opens(&["", &paid], Some(1));
    assert_opens(&["{}", &paid], Some(1));
    assert_opens(&[&paid, "torn in the middle", &refunded], Some(2));
    assert_opens(&[&paid, &paid], Some(2));
    assert_opens(&[&paid, &refunded, &refunded], Some(3));
    assert_opens(&[&refunded, &paid], Some(1));
    assert_opens(&[&paid, &refunded, &second_refund], Some(3));
    assert_opens(&[&paid.replace("3500", "-3500")], Some(1));
}

fn assert_opens(lines: &[&str], refused_at: Option<usize>) {
    let journal = Arc::new(MemoryJournal::default());
    for line in lines {
        journal.append(line).unwrap();
    }
    match (serve(journal), refused_at) {
        (Ok(_), None) => {}
        (Err(error), Some(line)) => {
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            let start = format!("line {line} of the demo gateway's journal");
            assert!(error.to_string().starts_with(&start), "{error}");
        }
        (opened, _) => panic!("{opened:?} {lines:?}"),
    }
}

fn serve(journal: Arc<dyn Journal>) -> io::Result<DemoGatewayServer> {
    struct Clock;
    impl terms::Clock for Clock {
        fn now(&self) -> terms::Timestamp {
            terms::Timestamp::from_millis(0)
        }
    }
    let courier = Arc::new(HttpCourier::new().unwrap());
    let url = "http://127.0.0.1:1/".to_owned();
    DemoGatewayServer::new(
        &secret(),
        Arc::new(Clock),
        Arc::new(SystemRng),
        journal,
        courier,
        url,
    )
}

/// A disk that is full from some line on.
#[derive(Default)]
struct FullDisk {
    lines: MemoryJournal,
    room: Mutex<usize>,
}

impl Journal for FullDisk {
    fn append(&self, line: &str) -> io::Result<()> {
        let mut room = self.room.lock().unwrap();
        *room = room.checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
        self.lines.append(line)
    }

    fn lines(&self) -> io::Result<Vec<String>> {
        self.lines.lines()
    }
}

/// What cannot be written down is not decided, not told, and can be asked for again.
#[tokio::test]
async fn nothing_is_told_before_it_is_written_down() {
    let disk = Arc::new(FullDisk::default());
    let mut world = World::with(Arc::<FullDisk>::clone(&disk)).await;
    let payment = world.payment(3500);
    let refused = world.pay(&payment, "visa_4242", "at_once").await;
    assert_eq!(refused.status, 503);
    assert!(refused.text.contains("cannot take payments now"));
    assert!(!world.gateway.ask_again(payment.movement).await.unwrap());
    let charge = world.transfer(Direction::Charge, 100);
    let unavailable = world
        .gateway
        .transfer(&charge)
        .await
        .unwrap_err()
        .to_string();
    assert!(unavailable.contains("503"), "{unavailable}");
    assert!(world.webhooks.try_recv().is_err());
    *disk.room.lock().unwrap() = 2;
    assert_eq!(
        world.pay(&payment, "visa_4242", "at_once").await.status,
        303
    );
    world.webhook().await;
    let done = world.gateway.transfer(&charge).await.unwrap();
    assert!(matches!(done, Outcome::Done { .. }));
    // Two lines for two decisions, and none of them a second one.
    let lines = disk.lines().unwrap();
    assert_eq!(lines.len(), 2);
    let again = HostedPayment { ..payment };
    assert_eq!(world.pay(&again, "visa_4242", "at_once").await.status, 409);
}
