//! The gateway's own listener.

use std::{net::TcpListener, sync::Arc};

use commerce::gateway::{Gateway, demo_ports::MemoryJournal};
use partners::demo_gateway::{DemoGateway, HttpCourier};
use terms::Clock;
use tokio::sync::oneshot;
use web::demo_gateway::DemoGatewayServer;

use crate::world::{HeldClock, SystemRng, World, movement, secret};

#[tokio::test]
async fn it_listens_until_it_is_stopped() {
    let world = World::new().await;
    let clock: Arc<dyn Clock> = Arc::<HeldClock>::clone(&world.clock);
    let server = DemoGatewayServer::new(
        &secret(),
        Arc::clone(&clock),
        Arc::new(SystemRng),
        Arc::new(MemoryJournal::default()),
        Arc::new(HttpCourier::new().unwrap()),
        "http://127.0.0.1:1/".to_owned(),
    );
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(server.unwrap().serve(listener, async {
        let _ = stopped.await;
    }));
    let gateway = DemoGateway::new(&base, &secret(), clock).unwrap();
    assert!(!gateway.ask_again(movement()).await.unwrap());
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    assert!(gateway.ask_again(movement()).await.is_err());
}
