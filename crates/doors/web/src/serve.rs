//! Listening: plain HTTP on loopback, TLS 1.3 elsewhere.

use core::time::Duration;
use std::{io, net::SocketAddr, sync::Arc};

use axum_server::{Handle, tls_rustls::RustlsConfig};
use hyper_util::rt::TokioTimer;
use tokio::task::JoinSet;

use crate::{House, connections::Doorkeeper, places::Places, router};

/// A client that has not sent its headers by then is cut off.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// What is open when the server stops may finish within this time.
const FINISH_WITHIN: Duration = Duration::from_secs(3);
/// How often another free port is asked for.
const TRIES: u32 = 16;
/// A client that does not answer HTTP/2's pings is gone.
const PING_EVERY: Duration = Duration::from_secs(30);
const TIDY_EVERY: Duration = Duration::from_secs(60);

/// Stops a running server: `stop` lets open requests finish.
#[derive(Debug, Clone, Default)]
pub struct Stop(Vec<Handle<SocketAddr>>);

impl Stop {
    pub fn stop(&self) {
        for handle in &self.0 {
            handle.graceful_shutdown(Some(FINISH_WITHIN));
        }
    }
}

/// Sockets that are bound already, so that a port in use is known before anything is promised.
#[derive(Debug)]
pub struct Bound {
    listeners: Vec<std::net::TcpListener>,
}

impl Bound {
    /// Binds all addresses; at least one must succeed, and one in use fails them all. Where port 0
    /// asks for any free port, all addresses get the same one.
    pub fn bind(addresses: &[SocketAddr]) -> io::Result<Self> {
        let mut tries = 0;
        loop {
            match Self::bind_once(addresses) {
                // The port that was free on one address is taken on another.
                Err(error)
                    if error.kind() == io::ErrorKind::AddrInUse
                        && tries < TRIES
                        && addresses.iter().any(|address| address.port() == 0) =>
                {
                    tries += 1;
                }
                bound => return bound,
            }
        }
    }

    fn bind_once(addresses: &[SocketAddr]) -> io::Result<Self> {
        let mut listeners: Vec<std::net::TcpListener> = Vec::new();
        let mut missing = None;
        let mut given = None;
        for address in addresses {
            let mut address = *address;
            if address.port() == 0 {
                address.set_port(given.unwrap_or(0));
            }
            match std::net::TcpListener::bind(address) {
                Ok(listener) => {
                    listener.set_nonblocking(true)?;
                    given = given.or(Some(listener.local_addr()?.port()));
                    listeners.push(listener);
                }
                Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {
                    missing = Some(error)
                }
                Err(error) => return Err(error),
            }
        }
        match (listeners.is_empty(), missing) {
            (true, Some(error)) => Err(error),
            _ => Ok(Self { listeners }),
        }
    }

    /// The addresses bound, with the ports that were given out.
    pub fn addresses(&self) -> io::Result<Vec<SocketAddr>> {
        self.listeners
            .iter()
            .map(std::net::TcpListener::local_addr)
            .collect()
    }
}

/// Serves until `stop` is called on what `started` was given.
pub async fn serve(
    house: House,
    bound: Bound,
    tls: Option<Arc<rustls::ServerConfig>>,
    started: impl FnOnce(Stop),
) -> io::Result<()> {
    let tidy = house.clone();
    let tidying = tokio::spawn(async move {
        loop {
            tokio::time::sleep(TIDY_EVERY).await;
            tidy.gatekeeper.tidy();
        }
    });
    let most = house.settings.limits.connections;
    let places = Places::new(most, most / 4 + 1);
    let app = router(house).into_make_service_with_connect_info::<SocketAddr>();
    let mut servers = JoinSet::new();
    let mut stop = Stop::default();
    for listener in bound.listeners {
        let handle = Handle::new();
        stop.0.push(handle.clone());
        let (app, places) = (app.clone(), Arc::clone(&places));
        match &tls {
            None => {
                let server = axum_server::from_tcp(listener)?.handle(handle);
                let server = server.map(|inner| Doorkeeper::new(inner, places, HEADERS_WITHIN));
                // Browsers speak HTTP/2 over TLS only.
                let mut server = server.http1_only();
                let http = server.http_builder();
                http.http1()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEADERS_WITHIN);
                servers.spawn(server.serve(app));
            }
            Some(config) => {
                let config = RustlsConfig::from_config(Arc::clone(config));
                let server = axum_server::from_tcp_rustls(listener, config)?.handle(handle);
                let mut server = server.map(|inner| Doorkeeper::new(inner, places, HEADERS_WITHIN));
                let http = server.http_builder();
                http.http1()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEADERS_WITHIN);
                let mut http2 = http.http2();
                http2
                    .timer(TokioTimer::new())
                    .keep_alive_interval(Some(PING_EVERY));
                servers.spawn(server.serve(app));
            }
        }
    }
    started(stop);
    let mut ended = Ok(());
    while let Some(server) = servers.join_next().await {
        if let Ok(Err(error)) = server {
            ended = Err(error);
        }
    }
    tidying.abort();
    ended
}
