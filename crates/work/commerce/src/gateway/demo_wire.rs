//! What the demo gateway and its client say to each other: addresses, signatures, shapes. Pure
//! functions, written once and used by both sides.
//!
//! # Keys
//!
//! Both sides hold one secret of 32 bytes. Three keys are derived from it with HKDF-SHA-256
//! (RFC 5869; salt `parlour-demo-gateway/1`, info `link`, `webhook`, `api`), so that what was signed
//! for one use is worth nothing for another. Every signature is HMAC-SHA-256, compared in constant
//! time.
//!
//! # Link
//!
//! `{base}/pay?m=…&o=…&a=…&c=…&r=…&e=…&s=…`: movement, order, amount in minor units, currency, return
//! address, expiry in milliseconds, signature. The return address is base64url: an address in clear
//! inside an address is what open redirects are made of, and no link of that form leaves the house.
//! The signature covers all other fields, each with its length before it.
//!
//! # Webhook
//!
//! `POST` with the event as JSON and `Parlour-Gateway-Signature: t=SECONDS,v1=HEX`, where the HMAC is
//! over `SECONDS.BODY`. While a secret is changed there may be several `v1`; one must be right.
//! The time may be off by five minutes, either way.
//!
//! # Calls
//!
//! - `POST /api/transfers` with `{"movement", "direction", "amount", "currency", "token",
//!   "original"?}` answers `{"reference": …}` or `{"declined": reason}`.
//! - `POST /api/payments/{movement}/ask-again` answers `{"known": true|false}`.
//!
//! Each carries `Idempotency-Key: {movement}` and a signature header of the webhook's form, over
//! method, path, seconds, key and body, each with its length before it.

mod api;
mod link;
mod signature;
mod webhook;

use aws_lc_rs::{hkdf, hmac};
use terms::Secret;

pub use api::{
    Answer, BadTransfer, Known, Request, TransferBody, ask_again_path, check_request,
    read_transfer, sign_request,
};
pub use link::{LINK_FIELDS, LinkRefused, link_fields, payment_link, read_link, return_origin};
pub use signature::TOLERANCE_SECONDS;
pub use webhook::{EventBody, read_webhook, sign_webhook, write_event};

/// The header that signs webhooks and calls.
pub const SIGNATURE_HEADER: &str = "parlour-gateway-signature";
/// The header that names the movement a call is about.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";
pub const TRANSFERS_PATH: &str = "/api/transfers";
pub const PAY_PATH: &str = "/pay";

/// Why money is not moved: the gateway's closed list.
pub mod reasons {
    pub const INSUFFICIENT_FUNDS: &str = "insufficient_funds";
    pub const CARD_DECLINED: &str = "card_declined";
    /// The gateway does not know the method.
    pub const NO_SUCH_METHOD: &str = "no_such_method";
    /// The payment that a refund should undo was not made here.
    pub const NO_SUCH_PAYMENT: &str = "no_such_payment";
    /// A refund of more than is left of its payment.
    pub const EXCEEDS_PAYMENT: &str = "exceeds_payment";
    /// A refund in another currency than its payment.
    pub const OTHER_CURRENCY: &str = "other_currency";

    pub const ALL: [&str; 6] = [
        INSUFFICIENT_FUNDS,
        CARD_DECLINED,
        NO_SUCH_METHOD,
        NO_SUCH_PAYMENT,
        EXCEEDS_PAYMENT,
        OTHER_CURRENCY,
    ];
}

/// The keys of both sides, one for each use.
pub struct Keys {
    link: hmac::Key,
    webhook: hmac::Key,
    api: hmac::Key,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the keys of the demo gateway could not be derived")]
pub struct NoKeys;

impl Keys {
    pub fn derive(secret: &Secret<[u8; 32]>) -> Result<Self, NoKeys> {
        let root = hkdf::Salt::new(hkdf::HKDF_SHA256, b"parlour-demo-gateway/1");
        let root = root.extract(secret.expose());
        let key = |label: &[u8]| -> Result<hmac::Key, NoKeys> {
            let info = [label];
            let key = root.expand(&info, hmac::HMAC_SHA256).map_err(|_| NoKeys)?;
            Ok(hmac::Key::from(key))
        };
        Ok(Self {
            link: key(b"link")?,
            webhook: key(b"webhook")?,
            api: key(b"api")?,
        })
    }
}

impl core::fmt::Debug for Keys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Keys(..)")
    }
}

/// The parts, each with its length before it: no two lists give the same bytes.
fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// One line of text that is there and not longer than `most` characters.
fn is_line(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

/// An amount that can be paid.
fn is_payable(minor: i64) -> bool {
    (1..=terms::LARGEST_AMOUNT).contains(&minor)
}

/// Longest texts, in characters.
const LONGEST_ORDER: usize = 100;
const LONGEST_TOKEN: usize = 200;
const LONGEST_ID: usize = 100;

#[cfg(test)]
mod tests;
