//! The road, travelled by shoppers, by many at once, and with an adversary for a planner.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod adversary;
#[cfg(test)]
mod advice;
#[cfg(test)]
mod carver;
#[cfg(test)]
mod deeds;
#[cfg(test)]
mod goods;
#[cfg(test)]
mod ledger_lines;
#[cfg(test)]
mod library;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod resending;
mod truth;
#[cfg(test)]
mod world;
