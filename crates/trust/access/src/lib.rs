//! Access: who may do what in a shop, decided in one place.
//!
//! A [`Question`] (who, which [`Action`], about what, in which circumstances) goes in, a [`Decision`]
//! with its reasons comes out. The rules are Cedar policies that people can read
//! (`policies/*.cedar`), checked strictly against `schema.cedarschema` whenever a shop's [`Rules`] are
//! made. A shop composes roles of its own from the closed list of actions ([`Role`]), never from text
//! of a policy.
//!
//! This room is pure: no I/O, no clock, no randomness, no storage. It proves nothing about anybody:
//! what it is told of her must come from a proof (`identity` asks it, and mints the permit), and what it
//! decides about must come from rows that were read for this request.
//!
//! INVARIANT: what is not permitted is denied; a rule that forbids is lifted by no other; a rule that
//! cannot be evaluated denies; a role that does not exist in the shop has no rights.

mod action;
mod compose;
mod deciding;
mod decision;
mod entities;
mod made_up;
mod matrix;
mod question;
mod role;
mod rules;
mod slices;

#[cfg(test)]
mod tests;

pub use terms::{RoleName, RoleNameError};

pub use action::{Action, ActionError, Kind, Subject};
pub use deciding::BY_DEFAULT;
pub use decision::{Decision, Reason};
pub use question::{
    ApprovalRequest, Client, Colleague, Conversation, Question, Resource, Shopper, Staff, State,
    Who,
};
pub use role::{
    BUILT_IN, BuiltIn, NEVER_COMPOSED, Permission, PermissionError, Reach, Role, RoleError,
};
pub use rules::{Options, Rules, RulesError};
