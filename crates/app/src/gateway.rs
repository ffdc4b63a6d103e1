//! The demo gateway beside this server: a payment company that moves no real money.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
};

use anyhow::Context;
use partners::demo_gateway::HttpCourier;
use web::{addresses::Origin, demo_gateway::DemoGatewayServer};

use crate::{config::Payment, installation::Installation};

/// The gateway's own record, in the data directory.
const JOURNAL: &str = "parlour.demo-gateway.jsonl";

/// The wanted port of the loopback, or any that is free: the demo must start beside anything.
pub(crate) fn free_address(port: u16) -> SocketAddr {
    let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    if TcpListener::bind(wanted).is_ok() {
        return wanted;
    }
    let any = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    any.and_then(|listener| listener.local_addr())
        .unwrap_or(wanted)
}

/// Starts the demo gateway, where one is set up; it ends with the runtime. `shop` is the handle of
/// the shop that hears of payments.
pub(crate) fn start(
    installation: &Installation,
    data: &std::path::Path,
    payment: &Payment,
    origin: &Origin,
    shop: &str,
) -> anyhow::Result<()> {
    let Some(secret) = &installation.gateway_secret else {
        return Ok(());
    };
    let listener = TcpListener::bind(payment.demo_listen).with_context(|| {
        format!(
            "the demo gateway cannot listen on `payment.demo_listen = \"{}\"`",
            payment.demo_listen
        )
    })?;
    let server = DemoGatewayServer::new(
        secret,
        Arc::clone(&installation.clock),
        Arc::clone(&installation.rng),
        Arc::new(files::journal::FileJournal::open(&data.join(JOURNAL))?),
        Arc::new(HttpCourier::new()?),
        format!("{origin}/v1/shops/{shop}/payments/webhook"),
    )?;
    tokio::spawn(async move {
        if let Err(error) = server.serve(listener, core::future::pending()).await {
            tracing::error!(%error, "the demo gateway ended");
        }
    });
    Ok(())
}
