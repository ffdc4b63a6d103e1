//! The guard: the room through which every text enters and leaves.
//!
//! What a shopper, a member of staff, a tool or a language model says arrives as
//! [`terms::Untrusted`] and leaves as one of the proofs that [`gate`] mints: [`Admitted`] (may be
//! kept), [`Redacted`] (may be planned with), [`Cleared`] (may be shown), [`ClearedMail`] (may be
//! mailed).
//!
//! This room is deterministic. It does no I/O, reads no clock, draws no randomness and knows no
//! async runtime, no storage and no other room but `terms`; the work it does is linear in the
//! length of its input, and no input makes it panic.

mod address;
mod advice;
mod blocks;
mod cards;
mod chat_cards;
mod confusables;
mod contacts;
mod dates;
mod disguise;
mod facts;
mod finding;
mod fold;
pub mod gate;
mod identifiers;
mod injection;
mod links;
mod mails;
mod markdown;
mod naming;
mod notices;
mod numbers;
mod parts;
mod phones;
mod postal;
mod pseudonyms;
mod recognise;
mod refused;
mod scan;
mod secrets;
mod sensitive;
mod shop_numbers;
pub mod sinks;
mod treatments;
mod view;
mod vocabulary;
mod web_addresses;

#[cfg(test)]
mod tests;

pub use injection::{
    HiddenKind, HiddenText, INJECTION_THRESHOLD, InjectionReason, InjectionScore, injection,
};
pub use links::verdict::{LinkReason, LinkVerdict, ShopHosts, Verdict, verdict};

pub use gate::{
    AccountNotice, Admitted, Advice, Block, CartCard, CartCardLine, Category, Checked, Choice,
    Cleared, ClearedMail, Content, CutKind, Cuts, EffectCard, EmailAddress, Finding, FindingKind,
    Form, FormKind, HandoverState, Inbound, Known, LinkAdvice, LinkPolicy, MESSAGE_MAX,
    MailTemplate, Notice, NoticeKind, OptionSheet, OrderCard, OutcomeCard, Part, PersonName,
    ProductCard, ProductSheet, Progress, ProposalCard, Pseudonyms, Quote, QuoteKind, Redacted,
    Refused, Risk, Span, StreamingRestorer, ToldInParts, Treatment, Unreadable, VariantCard,
};
