//! The room as its users see it.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod authenticator;
#[cfg(test)]
mod ceremonies;
