//! The demo gateway beside this server: a payment company that moves no real money.

use std::{
    net::{Ipv4Addr, TcpListener},
    sync::Arc,
};

use anyhow::Context;
use partners::demo_gateway::HttpCourier;
use web::{addresses::Origin, demo_gateway::DemoGatewayServer};

use crate::{config::Payment, installation::Installation};

/// The gateway's own record, in the data directory.
const JOURNAL: &str = "parlour.demo-gateway.jsonl";

/// Listens on the wanted port of the loopback, or on any that is free: the demo must start beside
/// anything, also beside another demo that starts at the same moment.
pub(crate) fn bind_beside(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .context("the demo gateway cannot listen on any port of the loopback")
}

/// Listens where the configuration says.
pub(crate) fn bind(payment: &Payment) -> anyhow::Result<TcpListener> {
    TcpListener::bind(payment.demo_listen).with_context(|| {
        format!(
            "the demo gateway cannot listen on `payment.demo_listen = \"{}\"`",
            payment.demo_listen
        )
    })
}

/// Starts the demo gateway, where one is set up; it ends with the runtime. `shop` is the handle of
/// the shop that hears of payments.
pub(crate) fn start(
    installation: &Installation,
    data: &std::path::Path,
    listen: impl FnOnce() -> anyhow::Result<TcpListener>,
    origin: &Origin,
    shop: &str,
) -> anyhow::Result<()> {
    let Some(secret) = &installation.gateway_secret else {
        return Ok(());
    };
    let listener = listen()?;
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
