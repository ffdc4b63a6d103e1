//! Connections before their first request: counted, and cut off when they stay silent.
//!
//! A client that opens a socket and says nothing makes no request, so no limit on requests reaches
//! it. Here it has a place among a bounded number, fewer than that from one address, and a deadline
//! for its first words.

use core::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use std::{io, net::IpAddr, sync::Arc};

use axum_server::accept::Accept;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep, timeout},
};

use crate::places::{Place, Places};

/// Length of HTTP/2's connection preface (RFC 9113 section 3.4): whoever has said as much has
/// shown which protocol it speaks, and that protocol's own time-outs hold from then on.
const FIRST_WORDS: usize = 24;

/// Accepts connections for `inner` while there are places.
#[derive(Clone)]
pub(crate) struct Doorkeeper<A> {
    inner: A,
    places: Arc<Places<IpAddr>>,
    patience: Duration,
}

impl<A> Doorkeeper<A> {
    pub(crate) const fn new(inner: A, places: Arc<Places<IpAddr>>, patience: Duration) -> Self {
        Self {
            inner,
            places,
            patience,
        }
    }
}

impl<A, S> Accept<TcpStream, S> for Doorkeeper<A>
where
    A: Accept<TcpStream, S>,
    A::Future: Send + 'static,
    A::Stream: Send,
    A::Service: Send,
{
    type Stream = Watched<A::Stream>;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = stream
            .peer_addr()
            .map(|peer| self.places.take(peer.ip().to_canonical()));
        let patience = self.patience;
        let accepting = self.inner.accept(stream, service);
        Box::pin(async move {
            let place = place?.ok_or_else(|| io::Error::other("too many connections"))?;
            // A handshake that is not finished by then never will be.
            let (stream, service) = timeout(patience, accepting).await??;
            Ok((Watched::new(stream, place, patience), service))
        })
    }
}

/// A connection with a deadline for its first words.
pub(crate) struct Watched<S> {
    stream: S,
    heard: usize,
    deadline: Option<Pin<Box<Sleep>>>,
    _place: Place<IpAddr>,
}

impl<S> Watched<S> {
    fn new(stream: S, place: Place<IpAddr>, patience: Duration) -> Self {
        Self {
            stream,
            heard: 0,
            deadline: Some(Box::pin(sleep(patience))),
            _place: place,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.heard = self
            .heard
            .saturating_add(buffer.filled().len().saturating_sub(before));
        if self.heard >= FIRST_WORDS {
            self.deadline = None;
        }
        if read.is_pending()
            && let Some(deadline) = &mut self.deadline
            && deadline.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
