//! Calls of the shop to the gateway, and what they answer.

use aws_lc_rs::hmac;
use serde::{Deserialize, Serialize};
use terms::{Currency, Money, MovementId, Timestamp};

use super::{
    super::{Direction, NotBelieved, Outcome, Transfer},
    Keys, LONGEST_ID, LONGEST_TOKEN, is_line, is_payable, joined,
    signature::{Stamp, seconds, written},
};

const DOMAIN: &[u8] = b"parlour-demo-gateway/api/1";

/// What a call's signature covers, beside its time.
#[derive(Debug, Clone, Copy)]
pub struct Request<'call> {
    /// In capitals.
    pub method: &'call str,
    pub path: &'call str,
    /// The value of `Idempotency-Key`.
    pub key: &'call str,
    pub body: &'call [u8],
}

/// The signature header for a call that is made now.
#[must_use]
pub fn sign_request(keys: &Keys, request: &Request<'_>, now: Timestamp) -> String {
    let seconds = seconds(now).to_string();
    let tag = hmac::sign(&keys.api, &signed(&seconds, request));
    written(&seconds, &tag)
}

/// Checks a call's signature, and then its time.
pub fn check_request(
    keys: &Keys,
    signature: Option<&str>,
    request: &Request<'_>,
    now: Timestamp,
) -> Result<(), NotBelieved> {
    let stamp = signature
        .and_then(Stamp::read)
        .ok_or(NotBelieved::NoSignature)?;
    stamp.believe(&keys.api, &signed(stamp.text, request), now)
}

fn signed(seconds: &str, request: &Request<'_>) -> Vec<u8> {
    let texts = [request.method, request.path, seconds, request.key].map(str::as_bytes);
    let [method, path, seconds, key] = texts;
    joined(&[DOMAIN, method, path, seconds, key, request.body])
}

#[must_use]
pub fn ask_again_path(movement: MovementId) -> String {
    format!("/api/payments/{movement}/ask-again")
}

/// A transfer in its JSON form. Two are the same call when they are equal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferBody {
    pub movement: MovementId,
    #[serde(with = "direction")]
    pub direction: Direction,
    pub amount: i64,
    pub currency: Currency,
    pub token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

impl core::fmt::Debug for TransferBody {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "TransferBody({}, {})",
            self.direction.as_str(),
            self.movement
        )
    }
}

impl From<&Transfer> for TransferBody {
    fn from(transfer: &Transfer) -> Self {
        Self {
            movement: transfer.movement,
            direction: transfer.direction,
            amount: transfer.amount.minor,
            currency: transfer.amount.currency,
            token: transfer.token.clone(),
            original: transfer.original.clone(),
        }
    }
}

impl TransferBody {
    #[must_use]
    pub const fn money(&self) -> Money {
        Money::new(self.amount, self.currency)
    }
}

/// Why a body is not a transfer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTransfer {
    #[error("the body is not a transfer: {0}")]
    Shape(String),
    #[error("`amount` is not payable: expected 1 to 2^53 - 1 minor units")]
    Amount,
    #[error("`{0}` is empty, too long or not one line of text")]
    Text(&'static str),
    #[error("`original` belongs to a refund, not to a charge")]
    OriginalOfCharge,
}

/// Reads the body of a transfer.
pub fn read_transfer(body: &[u8]) -> Result<TransferBody, BadTransfer> {
    let transfer: TransferBody = serde_json::from_slice(body).map_err(|error| {
        // Where it went wrong, and nothing of what stood there.
        BadTransfer::Shape(format!("line {} column {}", error.line(), error.column()))
    })?;
    if !is_payable(transfer.amount) {
        return Err(BadTransfer::Amount);
    }
    if !is_line(&transfer.token, LONGEST_TOKEN) {
        return Err(BadTransfer::Text("token"));
    }
    match &transfer.original {
        Some(_) if transfer.direction == Direction::Charge => Err(BadTransfer::OriginalOfCharge),
        Some(original) if !is_line(original, LONGEST_ID) => Err(BadTransfer::Text("original")),
        _ => Ok(transfer),
    }
}

/// What became of a transfer, in its JSON form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Reference(String),
    Declined(String),
}

impl Answer {
    /// The outcome, when every value is one that the gateway gives.
    #[must_use]
    pub fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Reference(reference) => {
                is_line(&reference, LONGEST_ID).then_some(Outcome::Done { reference })
            }
            Self::Declined(reason) => super::reasons::ALL
                .contains(&reason.as_str())
                .then_some(Outcome::Declined { reason }),
        }
    }
}

/// Whether the gateway has seen the payment that it was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    pub known: bool,
}

mod direction {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Direction;

    pub(super) fn serialize<S: Serializer>(
        direction: &Direction,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(direction.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Direction, D::Error> {
        let name = String::deserialize(deserializer)?;
        [Direction::Charge, Direction::Refund]
            .into_iter()
            .find(|direction| direction.as_str() == name)
            .ok_or_else(|| D::Error::custom("the direction is `charge` or `refund`"))
    }
}
