//! Words every room shares: ids, times, places of personal data, and the wrappers that keep raw
//! text, secrets and ciphertext from being mixed up.
//!
//! This room does no I/O, reads no clock, draws no randomness and knows no async runtime: time and
//! randomness come in through [`Clock`] and [`Rng`].

mod hours;
mod ids;
mod language;
mod locale;
mod money;
mod picture;
mod place;
mod role;
mod sealed;
mod secret;
mod shape;
mod source;
mod untrusted;

pub use hours::{HoursError, Interval, OpeningHours, Presence};
pub use ids::*;
pub use language::Language;
pub use locale::{Locale, LocaleError};
pub use money::{Currency, CurrencyError, LARGEST_AMOUNT, Money, MoneyError, rounded_share};
pub use picture::{Picture, PictureKind, PictureName, PictureNameError};
pub use place::{
    Category, DataMapEntry, ErasureStrategy, LegalBasis, Place, Purpose, Reader, Recipient,
    RetentionClass,
};
pub use role::{RoleName, RoleNameError};
pub use sealed::{NotSealed, Sealed};
pub use secret::Secret;
pub use shape::without_value;
pub use source::{Clock, Rng, Timestamp};
pub use untrusted::Untrusted;
