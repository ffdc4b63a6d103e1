//! What this room records.

use core::time::Duration;

use ledger::{Details, Effect};
use store::sessions::ProvedBy;
use terms::{MandateId, PasskeyId, RoleName, SessionId, StaffId, Timestamp};

use crate::guessing::Counted;

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

/// A fresh factor confirmed one proposal.
#[derive(Debug)]
pub struct SteppedUp {
    /// `passkey` or `mailed_code`.
    pub by: &'static str,
    /// Which passkey signed, and the mandate that was kept of it.
    pub evidence: Option<(PasskeyId, MandateId)>,
}

impl Effect for SteppedUp {
    const KIND: &'static str = "shopper.stepped_up";
    fn details(&self) -> Details {
        let details = Details::none().word("by", self.by);
        match self.evidence {
            Some((passkey, mandate)) => details.id("passkey", passkey).id("mandate", mandate),
            None => details,
        }
    }
}

/// A passkey did not confirm a proposal.
#[derive(Debug)]
pub struct StepUpRefused {
    pub because: &'static str,
}

impl Effect for StepUpRefused {
    const KIND: &'static str = "shopper.step_up_refused";
    fn details(&self) -> Details {
        Details::none().word("because", self.because)
    }
}

/// A shopper signed in.
#[derive(Debug)]
pub struct ShopperSignedIn {
    pub session: SessionId,
    pub by: ProvedBy,
    /// From a device and network that were not seen for 90 days.
    pub odd: bool,
}

impl Effect for ShopperSignedIn {
    const KIND: &'static str = "shopper.signed_in";
    fn details(&self) -> Details {
        Details::none()
            .id("session", self.session)
            .word("by", self.by.as_str())
            .word("odd", if self.odd { "yes" } else { "no" })
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
    pub role: RoleName,
}

impl Effect for StaffAdded {
    const KIND: &'static str = "staff.added";
    fn details(&self) -> Details {
        Details::none()
            .id("staff", self.staff)
            .role("role", &self.role)
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

/// A member of staff who was shut out may come in again.
#[derive(Debug)]
pub struct StaffEnabled {
    pub staff: StaffId,
}

impl Effect for StaffEnabled {
    const KIND: &'static str = "staff.enabled";
    fn details(&self) -> Details {
        Details::none().id("staff", self.staff)
    }
}

/// A member of staff got another role, or access until another day.
#[derive(Debug)]
pub struct StandingChanged {
    pub staff: StaffId,
    pub from: RoleName,
    pub to: RoleName,
    pub access_ends: Option<Timestamp>,
}

impl Effect for StandingChanged {
    const KIND: &'static str = "staff.role_changed";
    fn details(&self) -> Details {
        let details = Details::none()
            .id("staff", self.staff)
            .role("from", &self.from)
            .role("to", &self.to);
        match self.access_ends {
            Some(ends) => details.number("access_ends", ends.millis()),
            None => details,
        }
    }
}

/// A role of the shop's own was composed, changed or removed.
#[derive(Debug)]
pub struct RoleChanged {
    pub role: RoleName,
    /// `composed`, `changed` or `removed`.
    pub change: &'static str,
    /// How many permissions it has from now on.
    pub permissions: i64,
    pub version: i64,
}

impl Effect for RoleChanged {
    const KIND: &'static str = "staff.role_defined";
    fn details(&self) -> Details {
        Details::none()
            .role("role", &self.role)
            .word("change", self.change)
            .number("permissions", self.permissions)
            .number("version", self.version)
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

/// A one-time link opened a session in which a factor may be set up.
#[derive(Debug)]
pub struct LinkOpened {
    pub session: SessionId,
}

impl Effect for LinkOpened {
    const KIND: &'static str = "staff.link_opened";
    fn details(&self) -> Details {
        Details::none().id("session", self.session)
    }
}

/// A member of staff signed in.
#[derive(Debug)]
pub struct SignedIn {
    pub session: SessionId,
    pub by: ProvedBy,
    /// From a device and network that were not seen for 90 days.
    pub odd: bool,
}

impl Effect for SignedIn {
    const KIND: &'static str = "staff.signed_in";
    fn details(&self) -> Details {
        Details::none()
            .id("session", self.session)
            .word("by", self.by.as_str())
            .word("odd", if self.odd { "yes" } else { "no" })
    }
}

/// Somebody could not sign in.
#[derive(Debug)]
pub struct SignInRefused {
    /// `staff` or `shopper`.
    pub of: &'static str,
    pub because: &'static str,
}

impl Effect for SignInRefused {
    const KIND: &'static str = "sign_in.refused";
    fn details(&self) -> Details {
        Details::none()
            .word("of", self.of)
            .word("because", self.because)
    }
}

/// So much failed in the shop that somebody guesses; that way in is held.
#[derive(Debug)]
pub struct GuessingNoticed {
    pub by: ProvedBy,
    /// What was counted within ten minutes.
    pub counted: Counted,
    pub hold: Duration,
}

impl Effect for GuessingNoticed {
    const KIND: &'static str = "sign_in.guessing_noticed";
    fn details(&self) -> Details {
        let seconds = i64::try_from(self.hold.as_secs()).unwrap_or(i64::MAX);
        Details::none()
            .word("by", self.by.as_str())
            .number("asked", self.counted.asked.into())
            .number("failed", self.counted.failed.into())
            .number("proved", self.counted.proved.into())
            .number("held_seconds", seconds)
    }
}

/// A passkey was set up.
#[derive(Debug)]
pub struct PasskeyAdded {
    pub passkey: PasskeyId,
    /// By what its owner had proved herself.
    pub by: ProvedBy,
}

impl Effect for PasskeyAdded {
    const KIND: &'static str = "passkey.added";
    fn details(&self) -> Details {
        Details::none()
            .id("passkey", self.passkey)
            .word("by", self.by.as_str())
    }
}

/// A passkey was removed by its owner.
#[derive(Debug)]
pub struct PasskeyRemoved {
    pub passkey: PasskeyId,
}

impl Effect for PasskeyRemoved {
    const KIND: &'static str = "passkey.removed";
    fn details(&self) -> Details {
        Details::none().id("passkey", self.passkey)
    }
}

/// Recovery codes were made, and took the place of those from before.
#[derive(Debug)]
pub struct RecoveryCodesMade {
    pub count: i64,
}

impl Effect for RecoveryCodesMade {
    const KIND: &'static str = "recovery.codes_made";
    fn details(&self) -> Details {
        Details::none().number("count", self.count)
    }
}

/// Somebody who proved her address got back in without a passkey.
#[derive(Debug)]
pub struct Recovered {
    /// `recovery_code` or `wait`.
    pub by: &'static str,
    /// How many recovery codes are left.
    pub left: i64,
}

impl Effect for Recovered {
    const KIND: &'static str = "recovery.used";
    fn details(&self) -> Details {
        Details::none()
            .word("by", self.by)
            .number("codes_left", self.left)
    }
}

/// Somebody who proved her address did not get back in.
#[derive(Debug)]
pub struct RecoveryRefused {
    /// `recovery_code` or `wait`.
    pub by: &'static str,
}

impl Effect for RecoveryRefused {
    const KIND: &'static str = "recovery.refused";
    fn details(&self) -> Details {
        Details::none().word("by", self.by)
    }
}

/// Somebody who proved her address asked to get back in, and waits.
#[derive(Debug)]
pub struct RecoveryAsked;

impl Effect for RecoveryAsked {
    const KIND: &'static str = "recovery.asked";
    fn details(&self) -> Details {
        Details::none()
    }
}

/// A wait to get back in was ended before it was used.
#[derive(Debug)]
pub struct RecoveryStopped {
    /// `passkey`, `recovery_code` or `owner`.
    pub by: &'static str,
}

impl Effect for RecoveryStopped {
    const KIND: &'static str = "recovery.stopped";
    fn details(&self) -> Details {
        Details::none().word("by", self.by)
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
