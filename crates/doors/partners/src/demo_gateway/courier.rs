//! Carries the demo gateway's webhooks to a shop on this machine.

use async_trait::async_trait;
use commerce::gateway::{demo_ports::Courier, demo_wire::SIGNATURE_HEADER};
use reqwest::{Client, header};

use crate::client::{ClientError, client, loopback, said};

/// Posts over plain HTTP, to this machine only. What the shop answers beside its status is not
/// read.
#[derive(Debug, Clone)]
pub struct HttpCourier {
    client: Client,
}

impl HttpCourier {
    pub fn new() -> Result<Self, ClientError> {
        Ok(Self { client: client()? })
    }
}

#[async_trait]
impl Courier for HttpCourier {
    async fn post(&self, url: &str, signature: &str, body: &[u8]) -> Result<u16, String> {
        let url = loopback(url).map_err(|error| error.to_string())?;
        let sent = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(SIGNATURE_HEADER, signature)
            .body(body.to_vec())
            .send()
            .await;
        let response = sent.map_err(|error| said(&error))?;
        Ok(response.status().as_u16())
    }
}
