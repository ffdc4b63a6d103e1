//! What the house-wide tests check, as pure functions over texts: the arrows between rooms, the
//! rules of the sources, the ledger of controls, and the admitted dependencies.
//!
//! Each check returns findings, sentences that say what is wrong and what to do; none means that
//! the house is as its pages say. The checks know no path of their own, so that a test can hand
//! them a doctored page and see them fail.

pub mod architecture;
pub mod arrows;
pub mod contract;
pub mod controls;
pub mod dependencies;
pub mod metadata;
pub mod sources;
pub mod table;
pub mod tree;
