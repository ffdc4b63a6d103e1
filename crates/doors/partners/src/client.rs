//! The one way in which connections are made, and answers read.

use core::time::Duration;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::{Client, ClientBuilder, Response, Url, redirect};
use rustls::{ClientConfig, RootCertStore};

const CONNECT_WITHIN: Duration = Duration::from_secs(2);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// No answer that is of use to us is larger.
const LARGEST_ANSWER: usize = 64 * 1024;

/// An address that is not called, or a client that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    #[error(
        "`{0}` is not on this machine: expected `http`, a loopback address or `localhost`, and maybe a port, such as `http://127.0.0.1:8081`"
    )]
    NotLoopback(String),
    #[error("the HTTP client could not be made: {0}")]
    NoClient(String),
}

/// What every client is made of: it follows nobody, asks no proxy, and keeps nothing.
pub(crate) fn builder() -> Result<ClientBuilder, ClientError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ClientError::NoClient(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // A connection that was kept may be dead, and whether a call was made on it is not known.
        .pool_max_idle_per_host(0))
}

/// A client that waits for nobody for long.
pub(crate) fn client() -> Result<Client, ClientError> {
    let here = [
        SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
    ];
    builder()?
        .connect_timeout(CONNECT_WITHIN)
        .timeout(ANSWER_WITHIN)
        // INVARIANT: `localhost` is this machine, whatever a resolver says.
        .resolve_to_addrs("localhost", &here)
        .build()
        .map_err(|error| ClientError::NoClient(error.to_string()))
}

/// An address on this machine, in plain HTTP.
pub(crate) fn loopback(text: &str) -> Result<Url, ClientError> {
    let refuse = || ClientError::NotLoopback(text.chars().take(200).collect());
    let url = Url::parse(text).map_err(|_| refuse())?;
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback());
    let plain = url.scheme() == "http"
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none();
    (here && plain).then_some(url).ok_or_else(refuse)
}

/// Reads an answer's body as far as it may go.
pub(crate) async fn bounded(mut response: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| said(&error))? {
        if body.len().saturating_add(part.len()) > LARGEST_ANSWER {
            return Err(format!("the answer is larger than {LARGEST_ANSWER} bytes"));
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

/// What an error says, without the address that was called: it may carry what is signed.
pub(crate) fn said(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    if error.is_connect() {
        return "no connection".to_owned();
    }
    let mut text = "the exchange failed".to_owned();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called() {
        for near in [
            "http://127.0.0.1:8081",
            "http://127.9.9.9",
            "http://[::1]:8081",
            "http://localhost:8081/webhooks/demo",
        ] {
            assert!(loopback(near).is_ok(), "{near}");
        }
        for far in [
            "",
            "127.0.0.1:8081",
            "https://127.0.0.1:8081",
            "http://10.0.0.1:8081",
            "http://0.0.0.0:8081",
            "http://shop.example",
            "http://localhost.shop.example",
            "http://127.0.0.1.shop.example",
            "http://user@127.0.0.1",
            "http://:secret@127.0.0.1",
            "http://127.0.0.1@shop.example",
            "http://127.0.0.1/#x",
            "file:///etc/passwd",
            "http://[::ffff:10.0.0.1]/",
        ] {
            assert!(loopback(far).is_err(), "{far}");
        }
    }

    #[test]
    fn the_client_can_be_made() {
        assert!(client().is_ok());
    }
}
