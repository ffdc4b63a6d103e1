//! The room as its users see it.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod authenticator;
#[cfg(test)]
mod browsers;
#[cfg(test)]
mod ceremonies;
#[cfg(test)]
mod flips;
#[cfg(test)]
mod forged_assertions;
#[cfg(test)]
mod forged_keys;
#[cfg(test)]
mod forged_registrations;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod relying_parties;
#[cfg(test)]
mod responses;
#[cfg(test)]
mod totp;
#[cfg(test)]
mod vectors;
