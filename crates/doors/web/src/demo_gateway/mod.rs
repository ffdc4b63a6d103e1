//! The demo gateway: a payment company for demos and tests, as strict as a real one.
//!
//! It shows the page on which a shopper pays, moves make-believe money, and tells the shop by signed
//! webhooks. It knows nothing of the house: it has a state and a listener of its own, and shares
//! with the shop one secret and `commerce::gateway::demo_wire`. Its page takes no card number; it
//! offers test methods by name.
//!
//! INVARIANT: what it decided stands in the journal before anyone is told.

mod book;
mod calls;
mod choices;
mod delivery;
mod messages;
mod pages;

use core::{fmt, future::Future, time::Duration};
use std::{io, net::SocketAddr, net::TcpListener, sync::Arc};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use commerce::gateway::demo_wire::Keys;
use hyper_util::rt::TokioTimer;
use terms::{Clock, Rng, Secret};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{addresses::Origin, headers, problem::Problem};
use book::Book;
use delivery::Delivery;

pub use commerce::gateway::demo_ports::{Courier, Journal, MemoryJournal};
pub use delivery::{Pause, TokioPause};

const LARGEST_BODY: usize = 16 * 1024;
/// A client that has not sent its headers by then is cut off.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// What is open when the gateway stops may finish within this time.
const FINISH_WITHIN: Duration = Duration::from_secs(3);

/// The demo gateway, before it listens.
#[derive(Clone)]
pub struct DemoGatewayServer {
    keys: Arc<Keys>,
    clock: Arc<dyn Clock>,
    book: Arc<Book>,
    delivery: Delivery,
}

impl DemoGatewayServer {
    /// Reads the journal again, so that every earlier decision stands. `webhook_url` is where the
    /// shop hears of payments.
    pub fn new(
        secret: &Secret<[u8; 32]>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        journal: Arc<dyn Journal>,
        courier: Arc<dyn Courier>,
        webhook_url: String,
    ) -> io::Result<Self> {
        let keys = Arc::new(Keys::derive(secret).map_err(io::Error::other)?);
        let book = Arc::new(Book::open(journal, Arc::clone(&clock), rng)?);
        let delivery = Delivery {
            keys: Arc::clone(&keys),
            clock: Arc::clone(&clock),
            courier,
            pause: Arc::new(TokioPause),
            url: webhook_url.into(),
        };
        Ok(Self {
            keys,
            clock,
            book,
            delivery,
        })
    }

    /// Waits by other means: what a test needs.
    #[must_use]
    pub fn with_pause(mut self, pause: Arc<dyn Pause>) -> Self {
        self.delivery.pause = pause;
        self
    }

    /// Everything the gateway answers. Run it inside a Tokio runtime: webhooks are sent from there.
    pub fn router(self) -> Router {
        Router::new()
            .route("/pay", get(pages::show).post(pages::pay))
            .route("/gateway.css", get(messages::style))
            // Browsers ask for it by themselves.
            .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
            .route("/healthz", get(async || "ok"))
            .route("/api/transfers", post(calls::transfer))
            .route("/api/payments/{movement}/ask-again", post(calls::ask_again))
            .fallback(messages::not_found)
            .method_not_allowed_fallback(wrong_method)
            .with_state(self)
            .layer(middleware::from_fn(this_machine_only))
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
            .layer(CatchPanicLayer::new())
            .layer(middleware::from_fn(headers::secure))
    }

    /// Serves until `stop` is done.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send,
    ) -> io::Result<()> {
        listener.set_nonblocking(true)?;
        let handle = axum_server::Handle::<SocketAddr>::new();
        let mut server = axum_server::from_tcp(listener)?
            .handle(handle.clone())
            .http1_only();
        let http = server.http_builder();
        http.http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS_WITHIN);
        let serving = server.serve(self.router().into_make_service());
        // Stopping lets the server end; it does not end in its place.
        let stopping = async {
            stop.await;
            handle.graceful_shutdown(Some(FINISH_WITHIN));
            core::future::pending::<()>().await;
        };
        tokio::select! {
            served = serving => served,
            () = stopping => Ok(()),
        }
    }
}

impl fmt::Debug for DemoGatewayServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DemoGatewayServer(..)")
    }
}

/// Names of other machines lead here only by a trick of DNS.
async fn this_machine_only(request: Request, next: Next) -> Response {
    match own_origin(request.headers()) {
        Some(_) => next.run(request).await,
        None => Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "bad_host",
            "the demo gateway answers to loopback addresses and `localhost` only",
        )
        .into_response(),
    }
}

/// The origin under which this request came, when it is one of this machine.
fn own_origin(headers: &axum::http::HeaderMap) -> Option<Origin> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let origin: Origin = format!("http://{host}").parse().ok()?;
    origin.is_loopback().then_some(origin)
}

async fn wrong_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "this address does not take this method: see the `Allow` header",
    )
}
