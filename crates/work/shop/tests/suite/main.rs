//! Buying and servicing in the embedded shop, from the tools down to the rows: every rule by what
//! it allows and what it refuses, money that moves once, and what random sequences cannot break.

// `cfg(test)` is always set here; it tells the linter that these modules are tests throughout.
#[cfg(test)]
mod abusing;
#[cfg(test)]
mod addresses;
#[cfg(test)]
mod asking;
#[cfg(test)]
mod books;
#[cfg(test)]
mod buying;
#[cfg(test)]
mod cancelling;
#[cfg(test)]
mod carts;
#[cfg(test)]
mod confirming;
#[cfg(test)]
mod exchanging;
#[cfg(test)]
mod gaining;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod giving_up;
#[cfg(test)]
mod importing;
#[cfg(test)]
mod items;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod levels;
#[cfg(test)]
mod methods;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod races;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod returning;
#[cfg(test)]
mod sequence;
#[cfg(test)]
mod server;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod settling;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod world;
