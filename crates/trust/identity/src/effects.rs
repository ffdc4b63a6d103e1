//! What this room records.

use ledger::{Details, Effect};
use store::people::StaffRole;
use terms::{SessionId, StaffId};

/// A guest proved an address and is a known shopper from now on.
#[derive(Debug)]
pub struct AddressProved {
    /// Whether the address was seen for the first time.
    pub first: bool,
}

impl Effect for AddressProved {
    const KIND: &'static str = "shopper.address_proved";
    fn details(&self) -> Details {
        Details::none().word("first", if self.first { "yes" } else { "no" })
    }
}

/// A code was asked for.
#[derive(Debug)]
pub struct CodeRequested;

impl Effect for CodeRequested {
    const KIND: &'static str = "shopper.code_requested";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// A wrong code was given.
#[derive(Debug)]
pub struct CodeRefused {
    pub attempt: i64,
}

impl Effect for CodeRefused {
    const KIND: &'static str = "shopper.code_refused";
    fn details(&self) -> Details {
        Details::none().number("attempt", self.attempt)
    }
}

/// A fresh code confirmed one proposal.
#[derive(Debug)]
pub struct SteppedUp;

impl Effect for SteppedUp {
    const KIND: &'static str = "shopper.stepped_up";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// A shopper ended her session.
#[derive(Debug)]
pub struct SessionEnded;

impl Effect for SessionEnded {
    const KIND: &'static str = "shopper.session_ended";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// A member of staff was added.
#[derive(Debug)]
pub struct StaffAdded {
    pub staff: StaffId,
    pub role: StaffRole,
}

impl Effect for StaffAdded {
    const KIND: &'static str = "staff.added";
    fn details(&self) -> Details {
        Details::none()
            .id("staff", self.staff)
            .word("role", self.role.as_str())
    }
}

/// A member of staff was shut out.
#[derive(Debug)]
pub struct StaffDisabled {
    pub staff: StaffId,
}

impl Effect for StaffDisabled {
    const KIND: &'static str = "staff.disabled";
    fn details(&self) -> Details {
        Details::none().id("staff", self.staff)
    }
}

/// A one-time sign-in link was made.
#[derive(Debug)]
pub struct LinkMade {
    pub staff: StaffId,
}

impl Effect for LinkMade {
    const KIND: &'static str = "staff.link_made";
    fn details(&self) -> Details {
        Details::none().id("staff", self.staff)
    }
}

/// A member of staff signed in.
#[derive(Debug)]
pub struct SignedIn {
    pub session: SessionId,
}

impl Effect for SignedIn {
    const KIND: &'static str = "staff.signed_in";
    fn details(&self) -> Details {
        Details::none().id("session", self.session)
    }
}

/// A member of staff signed out.
#[derive(Debug)]
pub struct SignedOut {
    pub session: SessionId,
}

impl Effect for SignedOut {
    const KIND: &'static str = "staff.signed_out";
    fn details(&self) -> Details {
        Details::none().id("session", self.session)
    }
}
