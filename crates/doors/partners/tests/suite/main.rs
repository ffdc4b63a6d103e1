//! The demo gateway and its client over real HTTP on loopback, and everything they refuse.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod client;
#[cfg(test)]
mod leaving;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod paying;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod restarts;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod transfers;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod world;
