//! The house-wide tests: they read the tree and its pages, and fail when the two part ways.
//!
//! Each check is shown to fail on a doctored copy beside the test of the real one.

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod controls;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod misuse;
#[cfg(test)]
mod project;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod sources;
