//! Levels of proof as types.
//!
//! `StepUp` implies `Session` implies `Address` implies `Guest`: a door that demands
//! `AtLeast<Address>` takes a proof of `Session`, never one of `Guest`.

use store::sessions::SessionLevel;

mod sealed {
    pub trait Sealed {}
}

/// A level of proof.
pub trait Level: sealed::Sealed + Send + Sync + 'static {
    /// The name in contracts and errors.
    const NAME: &'static str;
}

/// A level that a session can have by standing, without a fresh factor.
pub trait Standing: Level {
    const STANDING: SessionLevel;
}

/// This level proves at least `L`.
pub trait AtLeast<L: Level>: Level {}

macro_rules! levels {
    ($($(#[$doc:meta])* $name:ident = $text:literal $(standing $standing:ident)?, at least $($least:ident),+;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $name {}
            impl sealed::Sealed for $name {}
            impl Level for $name {
                const NAME: &'static str = $text;
            }
            $(impl Standing for $name {
                const STANDING: SessionLevel = SessionLevel::$standing;
            })?
            $(impl AtLeast<$least> for $name {})+
        )*
    };
}

levels! {
    /// An anonymous session.
    Guest = "guest" standing Guest, at least Guest;
    /// A code mailed to an address was given back.
    Address = "address" standing Address, at least Guest, Address;
    /// Signed in.
    Session = "session" standing Session, at least Guest, Address, Session;
    /// A fresh factor bound to one proposal.
    StepUp = "step_up", at least Guest, Address, Session, StepUp;
}
