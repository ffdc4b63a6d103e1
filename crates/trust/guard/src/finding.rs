//! What a gate recognised, where, and what becomes of it.

use core::ops::Range;

use serde::Serialize;

/// What stands where a card number was, and where its security code was.
pub const CARD_MARK: &str = "[card removed]";
pub const SECURITY_CODE_MARK: &str = "[security code removed]";
/// What stands where a password, a one-time code or a key was.
pub const PASSWORD_MARK: &str = "[password removed]";
pub const CODE_MARK: &str = "[code removed]";
pub const KEY_MARK: &str = "[key removed]";
/// What stands where anything else without a way back was.
const REMOVED_MARK: &str = "[removed]";

/// A stretch of the raw text, in Unicode code points, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub start: usize,
    pub end: usize,
}

/// A stretch of a view and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recognised {
    pub(crate) kind: FindingKind,
    /// In visible characters of the view.
    pub(crate) range: Range<usize>,
    /// How sure the recogniser is, in hundredths.
    pub(crate) certainty: u8,
}

impl Recognised {
    pub(crate) const fn new(kind: FindingKind, range: Range<usize>, certainty: u8) -> Self {
        Self {
            kind,
            range,
            certainty,
        }
    }
}

/// What happens to a kind before a planner sees the text. Recognising is not masking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Treatment {
    /// Removed at the gate, with no way back: not stored, not shown, not planned with.
    Dropped,
    /// Kept for its owner and for staff; a planner sees a placeholder.
    Pseudonym,
    /// A planner sees it: without it, it could not help.
    Kept,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $treatment:ident;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingKind { $($(#[$doc])* $variant,)* }

        impl FindingKind {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, as in `CREDIT_CARD`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What becomes of it where the shop has said nothing stricter.
            #[must_use]
            pub const fn treatment(self) -> Treatment {
                match self { $(Self::$variant => Treatment::$treatment,)* }
            }
        }
    };
}

kinds! {
    /// A payment card number, ISO/IEC 7812-1.
    CreditCard = "CREDIT_CARD", Dropped;
    CardSecurityCode = "CARD_SECURITY_CODE", Dropped;
    /// A password somebody tells in a chat.
    Password = "PASSWORD", Dropped;
    /// A code that was mailed, texted or made by an authenticator.
    OneTimeCode = "ONE_TIME_CODE", Dropped;
    /// An API key, a token, a private key.
    ApiKey = "API_KEY", Dropped;
    EmailAddress = "EMAIL_ADDRESS", Pseudonym;
    PhoneNumber = "PHONE_NUMBER", Pseudonym;
    /// An international bank account number, ISO 13616-1.
    IbanCode = "IBAN_CODE", Pseudonym;
    /// A national account number, a routing number, a BIC beside an account.
    BankAccount = "BANK_ACCOUNT", Pseudonym;
    /// A social security number of the United States.
    UsSsn = "US_SSN", Pseudonym;
    UsDriverLicense = "US_DRIVER_LICENSE", Pseudonym;
    /// A number by which a state knows a person, such as a tax number or an identity card's.
    NationalId = "NATIONAL_ID", Pseudonym;
    Passport = "PASSPORT", Pseudonym;
    IpAddress = "IP_ADDRESS", Pseudonym;
    /// A day of birth.
    DateOfBirth = "DATE_TIME", Pseudonym;
    Person = "PERSON", Pseudonym;
    /// A street with its house number, a box, a postcode with its town.
    StreetAddress = "STREET_ADDRESS", Pseudonym;
    /// A town, a region or a country by itself: "do you ship to Austria?" must be understood.
    Place = "LOCATION", Kept;
    Organization = "ORGANIZATION", Kept;
    Url = "URL", Kept;
    Age = "AGE", Kept;
    Title = "TITLE", Kept;
    /// Nationality, religious or political group.
    Nrp = "NRP", Kept;
    /// A date or a time that is nobody's birthday.
    DateTime = "DATE", Kept;
    OrderNumber = "ORDER_NUMBER", Kept;
    TrackingNumber = "TRACKING_NUMBER", Kept;
    ArticleNumber = "ARTICLE_NUMBER", Kept;
    /// Characters nobody sees: zero-width, bidirectional controls, tags, escape sequences.
    HiddenText = "HIDDEN_TEXT", Dropped;
    /// Text that imitates one of our own placeholders, such as `[EMAIL_1]`.
    PlaceholderLookalike = "PLACEHOLDER_LOOKALIKE", Pseudonym;
}

impl FindingKind {
    /// What takes the place of something that has no way back.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::CreditCard => CARD_MARK,
            Self::CardSecurityCode => SECURITY_CODE_MARK,
            Self::Password => PASSWORD_MARK,
            Self::OneTimeCode => CODE_MARK,
            Self::ApiKey => KEY_MARK,
            _ => REMOVED_MARK,
        }
    }
}

impl Serialize for FindingKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
