//! Identity as its users see it, and as somebody sees it who wants to be somebody else.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod acting;
#[cfg(test)]
mod carver;
#[cfg(test)]
mod codes;
#[cfg(test)]
mod coming_back;
#[cfg(test)]
mod guessing;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod races;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod same_work;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod step_up;
#[cfg(test)]
mod world;
