//! Who hears that something changed, on this node.

use async_trait::async_trait;
use store::{Heard, Pulses};
use tokio::sync::broadcast::{self, error::RecvError};

pub(crate) struct Receiver {
    hub: broadcast::Receiver<Heard>,
}

impl Receiver {
    pub(crate) const fn new(hub: broadcast::Receiver<Heard>) -> Self {
        Self { hub }
    }
}

#[async_trait]
impl Pulses for Receiver {
    async fn next(&mut self) -> Heard {
        match self.hub.recv().await {
            Ok(heard) => heard,
            Err(RecvError::Lagged(_)) => Heard::Missed,
            Err(RecvError::Closed) => Heard::Closed,
        }
    }
}
