//! The inbox as shoppers and staff see it, and as those see it who want more than is theirs.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod desk;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod ownership;
#[cfg(test)]
mod sorting;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod world;
