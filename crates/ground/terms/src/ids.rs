//! Identifiers. Each kind of thing has its own type, so that a conversation's id cannot be passed
//! where a shopper's is meant.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::{Clock, Rng};

/// The text was not a UUID in its hyphenated lower- or upper-case form (RFC 9562 section 4).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is not a {kind} id: expected a UUID such as `0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10`"
)]
pub struct IdError {
    kind: &'static str,
    given: String,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A time-ordered id (UUID version 7) for rows whose id stays inside.
            #[must_use]
            pub fn ordered(clock: &dyn Clock, rng: &dyn Rng) -> Self {
                Self(ordered(clock, rng))
            }

            /// An unguessable id (UUID version 4, 122 random bits) for what the outside sees.
            #[must_use]
            pub fn random(rng: &dyn Rng) -> Self {
                let mut bytes = [0; 16];
                rng.fill(&mut bytes);
                Self(Builder::from_random_bytes(bytes).into_uuid())
            }

            #[must_use]
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            #[must_use]
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }

            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                // Only the hyphenated form: an id must have one spelling wherever it is compared.
                let parsed = (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten();
                parsed.map(Self).ok_or_else(|| IdError {
                    kind: $kind,
                    given: text.chars().take(64).collect(),
                })
            }
        }
    };
}

fn ordered(clock: &dyn Clock, rng: &dyn Rng) -> Uuid {
    let mut bytes = [0; 10];
    rng.fill(&mut bytes);
    let millis = u64::try_from(clock.now().millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

id!(
    /// One shop of an installation. Every row belongs to exactly one.
    ShopId, "shop");
id!(
    /// A person known to a shop by a proved address.
    ShopperId, "shopper");
id!(
    /// One conversation; random, because the widget holds it.
    ConversationId, "conversation");
id!(
    /// One turn of a conversation; random, because the widget sees it.
    TurnId, "turn");
id!(
    /// The id a client chooses for a message, so that sending again is safe.
    MessageId, "message");
id!(
    /// A person who works for the shop.
    StaffId, "staff");
id!(
    /// A program that acts for a shop with a key of its own.
    ClientId, "API client");
id!(
    /// A session of a shopper or of staff. Not the bearer token, which is never stored.
    SessionId, "session");
id!(
    /// A request for a mailed code; random, because the widget holds it.
    CodeRequestId, "code request");
id!(
    /// A one-time sign-in link of staff.
    SignInLinkId, "sign-in link");
id!(
    /// An internal note of staff about a conversation.
    NoteId, "note");
id!(
    /// A mail waiting to be delivered, or kept in the demo mailbox.
    MailId, "mail");
id!(
    /// A passage of a policy, a FAQ or a page.
    PassageId, "passage");
id!(
    /// A document that staff wrote for the assistant.
    DocumentId, "document");
id!(
    /// A question that found no answer.
    QuestionId, "question");
id!(
    /// A data key: the key that seals one owner's rows of one retention class.
    DataKeyId, "data key");
id!(
    /// An entry of the ledger.
    EntryId, "ledger entry");
id!(
    /// An order. Inside; the outside knows it by the shop's own number.
    OrderId, "order");
id!(
    /// A shopper's means of payment. Inside; the outside knows it by the shop's own id.
    PaymentMethodId, "payment method");
id!(
    /// One movement of money for an order: a payment or a refund. What a gateway is given as its
    /// idempotency key.
    MovementId, "movement of money");
id!(
    /// A passkey of a shopper or of a member of staff. Not the credential's id, which only its owner knows.
    PasskeyId, "passkey");
id!(
    /// A WebAuthn ceremony: one challenge for one purpose; random, because a browser holds it.
    CeremonyId, "ceremony");
id!(
    /// The signed assertion by which a shopper confirmed a proposal.
    MandateId, "mandate");
id!(
    /// A proposal that waits for its confirmation; random, because the widget holds it.
    ProposalId, "proposal");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let text = "0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10";
        let id: ShopId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        for other in [
            "",
            "x",
            "0191f7a29c3e7d518a443f0e9b7c2d10",
            "{0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10}",
        ] {
            let error = other.parse::<ShopId>().unwrap_err().to_string();
            assert!(error.contains("not a shop id"), "{error}");
        }
    }
}
