//! The ledger as its users see it.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod database;
#[cfg(test)]
mod exporting;
#[cfg(test)]
mod growing;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod tampering;
