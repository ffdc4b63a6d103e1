//! Bytes on the wire: what no well-behaved client sends, sent to the real program (D15).
//!
//! No test measures time: where something must end, it is waited for generously.

#[cfg(test)]
mod program;
#[cfg(test)]
mod slow;
#[cfg(test)]
mod smuggling;
