//! The HTTP door from outside: requests go through the whole router, on real rooms and a real
//! database.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod advice;
#[cfg(test)]
mod breakable;
#[cfg(test)]
mod client;
#[cfg(test)]
mod coming_in;
#[cfg(test)]
mod cookies;
#[cfg(test)]
mod document;
#[cfg(test)]
mod front;
#[cfg(test)]
mod goods;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod hosts;
#[cfg(test)]
mod house;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod recovery;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod shopping;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod stuffing;
#[cfg(test)]
mod surface;
#[cfg(test)]
mod told_in_parts;
