//! The demo gateway as the shop sees it, and the courier of its webhooks.
//!
//! How both sides sign and what they say is in `commerce::gateway::demo_wire`. The demo gateway is a
//! process on this machine: any other address is refused, and there is no TLS.

mod courier;

use std::sync::Arc;

use async_trait::async_trait;
use commerce::gateway::{
    Event, Gateway, GatewayUnavailable, HostedPayment, NotBelieved, Outcome, Transfer,
    demo_wire::{self, Answer, Keys, Known, Request, TransferBody},
};
use reqwest::{Client, Method, StatusCode, header};
use serde::de::DeserializeOwned;
use terms::{Clock, MovementId, Secret, Timestamp};

use crate::client::{ClientError, bounded, client, loopback, said};

pub use courier::HttpCourier;

/// A client of the demo gateway.
pub struct DemoGateway {
    /// Without a slash at its end.
    base: String,
    host: String,
    keys: Keys,
    clock: Arc<dyn Clock>,
    client: Client,
}

/// Why there is no client of the demo gateway.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DemoGatewayError {
    #[error(transparent)]
    Client(#[from] ClientError),
    #[error("`{0}` has more than an origin: expected such as `http://127.0.0.1:8081`")]
    NotAnOrigin(String),
    #[error(transparent)]
    Keys(#[from] demo_wire::NoKeys),
}

impl DemoGateway {
    /// `base` is where the gateway listens, such as `http://127.0.0.1:8081`.
    pub fn new(
        base: &str,
        secret: &Secret<[u8; 32]>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, DemoGatewayError> {
        let url = loopback(base)?;
        if url.path() != "/" || url.query().is_some() {
            return Err(DemoGatewayError::NotAnOrigin(
                base.chars().take(200).collect(),
            ));
        }
        let name = url.host_str().unwrap_or_default();
        let host = match url.port() {
            Some(port) => format!("{name}:{port}"),
            None => name.to_owned(),
        };
        Ok(Self {
            base: format!("http://{host}"),
            host,
            keys: Keys::derive(secret)?,
            clock,
            client: client()?,
        })
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        movement: MovementId,
        body: Vec<u8>,
    ) -> Result<(StatusCode, Vec<u8>), GatewayUnavailable> {
        let key = movement.to_string();
        let request = Request {
            method: method.as_str(),
            path,
            key: &key,
            body: &body,
        };
        let signature = demo_wire::sign_request(&self.keys, &request, self.clock.now());
        let mut call = self
            .client
            .request(method, format!("{}{path}", self.base))
            .header(demo_wire::SIGNATURE_HEADER, signature)
            .header(demo_wire::IDEMPOTENCY_HEADER, key);
        if !body.is_empty() {
            call = call.header(header::CONTENT_TYPE, JSON).body(body);
        }
        let response = call
            .send()
            .await
            .map_err(|error| GatewayUnavailable(said(&error)))?;
        let status = response.status();
        let kind = response.headers().get(header::CONTENT_TYPE);
        if status.is_success() && kind.is_none_or(|kind| kind != JSON) {
            return Err(GatewayUnavailable("its answer is not JSON".to_owned()));
        }
        let body = bounded(response).await.map_err(GatewayUnavailable)?;
        Ok((status, body))
    }
}

const JSON: &str = "application/json";

#[async_trait]
impl Gateway for DemoGateway {
    fn host(&self) -> &str {
        &self.host
    }

    fn payment_link(&self, payment: &HostedPayment) -> String {
        demo_wire::payment_link(&self.keys, &self.base, payment)
    }

    fn read_webhook(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Event, NotBelieved> {
        demo_wire::read_webhook(&self.keys, signature, body, now)
    }

    async fn transfer(&self, transfer: &Transfer) -> Result<Outcome, GatewayUnavailable> {
        let body = serde_json::to_vec(&TransferBody::from(transfer))
            .map_err(|error| GatewayUnavailable(error.to_string()))?;
        let path = demo_wire::TRANSFERS_PATH;
        let (status, body) = self
            .call(Method::POST, path, transfer.movement, body)
            .await?;
        outcome(status, &body)
    }

    async fn ask_again(&self, movement: MovementId) -> Result<bool, GatewayUnavailable> {
        let path = demo_wire::ask_again_path(movement);
        let (status, body) = self.call(Method::POST, &path, movement, Vec::new()).await?;
        Ok(read::<Known>(status, &body)?.known)
    }
}

fn outcome(status: StatusCode, body: &[u8]) -> Result<Outcome, GatewayUnavailable> {
    read::<Answer>(status, body)?.outcome().ok_or_else(nonsense)
}

fn read<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, GatewayUnavailable> {
    match status {
        StatusCode::OK => serde_json::from_slice(body).map_err(|_| nonsense()),
        StatusCode::CONFLICT => Err(GatewayUnavailable(
            "the movement's id was used before, for something else".to_owned(),
        )),
        status => Err(GatewayUnavailable(format!(
            "it answered {}",
            status.as_u16()
        ))),
    }
}

fn nonsense() -> GatewayUnavailable {
    GatewayUnavailable("its answer has not the expected form".to_owned())
}

impl core::fmt::Debug for DemoGateway {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "DemoGateway({})", self.base)
    }
}
