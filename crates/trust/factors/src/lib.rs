//! What people prove themselves with: passkeys ([`webauthn`]), the codes of authenticator apps ([`totp`])
//! and the codes they wrote down ([`recovery`]).
//!
//! This room turns bytes and JSON into a verdict and keeps nothing. It does no I/O, reads no clock
//! and draws no randomness but through [`terms::Rng`]; it knows no storage, no session and no person.
//! It must never decide what a proof is good for: that a challenge is fresh, used once and asked for
//! this purpose, that a passkey belongs to an account, and what a refusal tells the outside, are its
//! callers' to hold; so is how often somebody may try. The outside is answered alike whatever the reason was; the reasons are for logs.
//!
//! No input makes it panic, and the work it does is linear in the length of its input, which is
//! bounded before anything is decoded.

mod base32;
mod base64url;
pub mod recovery;
#[cfg(feature = "testing")]
pub mod testing;
pub mod totp;
pub mod webauthn;
