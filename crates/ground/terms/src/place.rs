//! The data map: what each personal column holds, why, for how long, and who may see it.
//!
//! A column of personal data has a type that implements [`Place`]; its sealed value is
//! `Sealed<ThatPlace>`. A place without an entry does not build, so the record of processing
//! (GDPR Art. 30) can be generated and never lags behind the schema.

use serde::Serialize;

/// A column of personal data.
pub trait Place: Send + Sync + 'static {
    const ENTRY: DataMapEntry;
}

/// One line of the data map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DataMapEntry {
    pub table: &'static str,
    pub column: &'static str,
    pub category: Category,
    pub purpose: Purpose,
    pub legal_basis: LegalBasis,
    pub retention: RetentionClass,
    pub erasure: ErasureStrategy,
    /// Who may read it in the clear.
    pub readers: &'static [Reader],
    /// Where it may go outside the installation.
    pub recipients: &'static [Recipient],
}

/// What kind of personal data it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    ContactDetail,
    Correspondence,
    StaffIdentity,
    AssistantContext,
    /// Who a customer is and where she lives.
    CustomerProfile,
    /// Means of payment, balances, tokens.
    Financial,
    /// What was bought, and where it went.
    Purchase,
    /// What somebody proves who she is with.
    Credential,
    /// From which device and network somebody came.
    Device,
}

/// Why it is processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    AnswerTheShopper,
    ProveAnAddress,
    ProveWhoSomebodyIs,
    RunTheService,
    SellAndDeliver,
}

/// GDPR Art. 6(1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    /// Art. 6(1)(b): a contract, or steps before one at the person's request.
    Contract,
    /// Art. 6(1)(c).
    LegalObligation,
    /// Art. 6(1)(f).
    LegitimateInterest,
}

/// How long it is kept; each class of an owner has a data key of its own, so that one class can be
/// forgotten while tax law keeps another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionClass {
    /// What was said; kept for the shop's conversation period.
    Conversation,
    /// Who the person is; kept while the account is.
    Account,
    /// What tax and commercial law demand; outlives the account.
    Statutory,
    /// Codes and mails on their way; hours.
    Transient,
}

impl RetentionClass {
    pub const ALL: [Self; 4] = [
        Self::Conversation,
        Self::Account,
        Self::Statutory,
        Self::Transient,
    ];

    /// The stable name used in storage.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Account => "account",
            Self::Statutory => "statutory",
            Self::Transient => "transient",
        }
    }

    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == name)
    }
}

/// How it is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureStrategy {
    /// The data key is destroyed; the ciphertext that may be left cannot be opened.
    DestroyKey,
    /// The row is deleted (indexes, hashes and counters that are no use without their owner).
    DeleteRow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The person herself.
    Owner,
    /// Staff who hold the permit for it.
    Staff,
    /// Code only; shown to nobody.
    System,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    MailProvider,
    PaymentGateway,
}
