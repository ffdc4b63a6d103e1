//! Webhooks on their way to the shop.
//!
//! What is on its way is lost with the process: the decision itself stands in the journal, and the
//! shop asks again for what it did not hear.

use core::{fmt, time::Duration};
use std::sync::Arc;

use async_trait::async_trait;
use commerce::gateway::{
    Event,
    demo_ports::Courier,
    demo_wire::{Keys, sign_webhook, write_event},
};
use terms::Clock;

use super::choices::Telling;

/// How long a delayed webhook waits.
const DELAY: Duration = Duration::from_secs(10);
/// How long after each failure another try is made: seven tries in a little over a minute.
const BACK_OFF: [Duration; 6] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(32),
];

/// How the gateway waits.
#[async_trait]
pub trait Pause: Send + Sync {
    async fn pause(&self, span: Duration);
}

/// Waits by the runtime's timer.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioPause;

#[async_trait]
impl Pause for TokioPause {
    async fn pause(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}

#[derive(Clone)]
pub(super) struct Delivery {
    pub(super) keys: Arc<Keys>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) courier: Arc<dyn Courier>,
    pub(super) pause: Arc<dyn Pause>,
    pub(super) url: Arc<str>,
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Delivery(..)")
    }
}

impl Delivery {
    /// Sends the event as it was chosen, beside whatever else happens.
    pub(super) fn tell(&self, event: &Event, telling: Telling) {
        let times = match telling {
            Telling::Never => return,
            Telling::AtOnce | Telling::Delayed => 1,
            Telling::Thrice => 3,
        };
        let (this, event) = (self.clone(), event.clone());
        tokio::spawn(async move {
            if telling == Telling::Delayed {
                this.pause.pause(DELAY).await;
            }
            for _ in 0..times {
                this.deliver(&event).await;
            }
        });
    }

    /// Tries until the shop says that it has it. Each try is signed anew: the shop believes a
    /// signature for minutes only.
    async fn deliver(&self, event: &Event) {
        let body = write_event(event);
        let mut pauses = BACK_OFF.into_iter();
        loop {
            let signature = sign_webhook(&self.keys, &body, self.clock.now());
            let answer = self.courier.post(&self.url, &signature, &body).await;
            if matches!(answer, Ok(200..=299)) {
                return;
            }
            let Some(pause) = pauses.next() else {
                let answer = answer.map_or_else(|error| error, |status| status.to_string());
                tracing::warn!(event.id = %event.id, answer, "a webhook was given up");
                return;
            };
            self.pause.pause(pause).await;
        }
    }
}
