//! The shopper's API.

pub(crate) mod after;
pub(crate) mod conversations;
pub(crate) mod events;
pub(crate) mod greeting;
pub(crate) mod language;
pub(crate) mod notice;
pub(crate) mod notice_words;
pub(crate) mod passkeys;
pub(crate) mod pictures;
pub(crate) mod recovery;
pub(crate) mod sessions;
pub(crate) mod shop;
