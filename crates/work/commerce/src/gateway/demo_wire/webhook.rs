//! What became of a payment, as the gateway tells the shop.

use aws_lc_rs::hmac;
use serde::{Deserialize, Serialize};
use terms::{Currency, Money, MovementId, Timestamp};

use super::{
    super::{Event, NotBelieved, PaidWith, PaymentResult},
    Keys, LONGEST_ID, LONGEST_ORDER, LONGEST_TOKEN, is_line, is_payable, reasons,
    signature::{Stamp, seconds, written},
};

/// The signature header for a webhook that is sent now.
#[must_use]
pub fn sign_webhook(keys: &Keys, body: &[u8], now: Timestamp) -> String {
    let seconds = seconds(now).to_string();
    let tag = hmac::sign(&keys.webhook, &signed(&seconds, body));
    written(&seconds, &tag)
}

/// The body of a webhook.
#[must_use]
pub fn write_event(event: &Event) -> Vec<u8> {
    // INVARIANT: texts, numbers and enums only; they always have a JSON form.
    serde_json::to_vec(&EventBody::from(event)).unwrap_or_default()
}

/// Reads a webhook: signature over the raw bytes first, then time, then the event.
pub fn read_webhook(
    keys: &Keys,
    signature: Option<&str>,
    body: &[u8],
    now: Timestamp,
) -> Result<Event, NotBelieved> {
    let stamp = signature
        .and_then(Stamp::read)
        .ok_or(NotBelieved::NoSignature)?;
    stamp.believe(&keys.webhook, &signed(stamp.text, body), now)?;
    let event: EventBody = serde_json::from_slice(body).map_err(|_| NotBelieved::NotAnEvent)?;
    event.event().ok_or(NotBelieved::NotAnEvent)
}

fn signed(seconds: &str, body: &[u8]) -> Vec<u8> {
    let mut signed = format!("{seconds}.").into_bytes();
    signed.extend_from_slice(body);
    signed
}

/// An event in its JSON form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventBody {
    id: String,
    movement: MovementId,
    order: String,
    amount: i64,
    currency: Currency,
    result: ResultBody,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum ResultBody {
    Paid {
        reference: String,
        method: MethodBody,
    },
    Declined {
        reason: String,
    },
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MethodBody {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    brand: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last4: Option<String>,
    token: String,
}

impl core::fmt::Debug for EventBody {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "EventBody({}, {})", self.id, self.movement)
    }
}

impl From<&Event> for EventBody {
    fn from(event: &Event) -> Self {
        let result = match &event.result {
            PaymentResult::Paid { reference, method } => ResultBody::Paid {
                reference: reference.clone(),
                method: MethodBody {
                    kind: method.kind.clone(),
                    brand: method.brand.clone(),
                    last4: method.last4.clone(),
                    token: method.token.clone(),
                },
            },
            PaymentResult::Declined { reason } => ResultBody::Declined {
                reason: reason.clone(),
            },
        };
        Self {
            id: event.id.clone(),
            movement: event.movement,
            order: event.order.clone(),
            amount: event.amount.minor,
            currency: event.amount.currency,
            result,
        }
    }
}

impl EventBody {
    /// The event, when every value is one that the gateway gives.
    #[must_use]
    pub fn event(self) -> Option<Event> {
        let given = is_line(&self.id, LONGEST_ID)
            && is_line(&self.order, LONGEST_ORDER)
            && is_payable(self.amount)
            && match &self.result {
                ResultBody::Paid { reference, method } => {
                    is_line(reference, LONGEST_ID) && method.is_given()
                }
                ResultBody::Declined { reason } => reasons::ALL.contains(&reason.as_str()),
            };
        if !given {
            return None;
        }
        let result = match self.result {
            ResultBody::Paid { reference, method } => PaymentResult::Paid {
                reference,
                method: PaidWith {
                    kind: method.kind,
                    brand: method.brand,
                    last4: method.last4,
                    token: method.token,
                },
            },
            ResultBody::Declined { reason } => PaymentResult::Declined { reason },
        };
        Some(Event {
            id: self.id,
            movement: self.movement,
            order: self.order,
            amount: Money::new(self.amount, self.currency),
            result,
        })
    }
}

impl MethodBody {
    fn is_given(&self) -> bool {
        let four_digits =
            |text: &String| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        matches!(self.kind.as_str(), "card" | "paypal")
            && self
                .brand
                .as_ref()
                .is_none_or(|brand| is_line(brand, LONGEST_ID))
            && self.last4.as_ref().is_none_or(four_digits)
            && is_line(&self.token, LONGEST_TOKEN)
    }
}
