//! Server-sent events (WHATWG HTML section 9.2): a task feeds a bounded channel, so that a slow
//! reader holds back its own stream and nothing else.

use core::{convert::Infallible, time::Duration};

use axum::{
    http::{HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use tokio::{sync::mpsc, time::timeout};

use crate::places::StreamPlace;

const BUFFERED: usize = 32;
/// A reader that leaves the buffer full for this long is cut off.
const READ_WITHIN: Duration = Duration::from_secs(30);
/// A comment this often keeps proxies from closing the connection.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The feeding end of a stream.
#[derive(Debug)]
pub(crate) struct Feed(mpsc::Sender<Event>);

/// The reader is gone.
#[derive(Debug)]
pub(crate) struct Gone;

impl Feed {
    pub(crate) async fn send(&self, event: Event) -> Result<(), Gone> {
        match timeout(READ_WITHIN, self.0.send(event)).await {
            Ok(Ok(())) => Ok(()),
            // Whoever does not read for so long must come back and go on from where she was.
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }

    /// Tells the reader that her session is over and that coming back is of no use.
    pub(crate) async fn ended(&self) -> Result<(), Gone> {
        self.send(Event::default().event("ended").data("{}")).await
    }

    /// Resolves when the reader has gone away.
    pub(crate) async fn closed(&self) {
        self.0.closed().await;
    }
}

/// Answers with an event stream fed by `feeder`; `place` is held until the stream ends.
pub(crate) fn respond<F, Fut>(place: StreamPlace, feeder: F) -> Response
where
    F: FnOnce(Feed) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(BUFFERED);
    tokio::spawn(async move {
        feeder(Feed(sender)).await;
        drop(place);
    });
    let events = stream::unfold(receiver, |mut receiver| async move {
        receiver
            .recv()
            .await
            .map(|event| (Ok::<_, Infallible>(event), receiver))
    });
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that buffer would hold events back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
