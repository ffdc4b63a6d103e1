//! The vault as its users see it, and as an attacker with the database in her hands sees it.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod adopting;
#[cfg(test)]
mod forgetting;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod rolling;
#[cfg(test)]
mod sealing;
#[cfg(test)]
mod world;
