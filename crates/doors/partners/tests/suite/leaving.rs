//! A shopper who goes away while the gateway decides.

use std::{
    io,
    sync::{Arc, Mutex, mpsc},
};

use commerce::gateway::{
    Gateway,
    demo_ports::{Journal, MemoryJournal},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::world::{World, form, soon};

/// A disk that says when a line comes, and takes it when it is told to.
struct SlowDisk {
    lines: MemoryJournal,
    coming: UnboundedSender<()>,
    go: Mutex<mpsc::Receiver<()>>,
}

impl SlowDisk {
    fn new() -> (Arc<Self>, UnboundedReceiver<()>, mpsc::Sender<()>) {
        let (coming, came) = unbounded_channel();
        let (go, gone) = mpsc::channel();
        let lines = MemoryJournal::default();
        let go_on = Mutex::new(gone);
        (
            Arc::new(Self {
                lines,
                coming,
                go: go_on,
            }),
            came,
            go,
        )
    }
}

impl Journal for SlowDisk {
    fn append(&self, line: &str) -> io::Result<()> {
        self.coming.send(()).map_err(io::Error::other)?;
        self.go.lock().unwrap().recv().map_err(io::Error::other)?;
        self.lines.append(line)
    }

    fn lines(&self) -> io::Result<Vec<String>> {
        self.lines.lines()
    }
}

/// The browser is gone before the decision is written down. It is made all the same, and told.
#[tokio::test]
async fn a_shopper_who_leaves_has_paid_all_the_same() {
    let (disk, mut came, go) = SlowDisk::new();
    let mut world = World::with(disk).await;
    let payment = world.payment(3500);
    let fields = form(&world.link(&payment), "visa_4242", "at_once");
    let sending = tokio::spawn(world.form(&fields).header("origin", &world.base).send());
    soon(came.recv()).await;
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    // Time for the server to see that nobody listens any more.
    for _ in 0..20 {
        let healthy = world
            .browser
            .get(format!("{}/healthz", world.base))
            .send()
            .await;
        assert_eq!(healthy.unwrap().status(), 200);
    }
    go.send(()).unwrap();
    assert_eq!(world.webhook().await.movement, payment.movement);
    assert!(world.gateway.ask_again(payment.movement).await.unwrap());
}
