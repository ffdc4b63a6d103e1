//! The record of what happened: an append-only Merkle log (RFC 6962, RFC 9162) in the formats of
//! C2SP (signed-note, tlog-checkpoint, tlog-tiles), one per shop.
//!
//! An effect's entry is written in the effect's own transaction, and only [`gate::Recorder`] mints
//! the proof of it. A [`sequencer`] gives entries their places, extends the tree and signs its
//! head; [`verify()`] checks all of it with the public key alone.
//!
//! This room must never hold text of persons, reach a socket or a file, or draw keys of its own:
//! entries carry ids, numbers and words of the program; storage is a port; seeds come from outside.

pub mod checkpoint;
pub mod details;
pub mod export;
pub mod gate;
pub mod keys;
mod layout;
pub mod leaf;
pub mod note;
pub mod sequencer;
pub mod tiles;
pub mod tree;
pub mod verify;

pub use checkpoint::Checkpoint;
pub use details::{Details, Identifier};
pub use export::{Export, ExportError, ExportFile, ExportSource};
pub use gate::{Actor, Effect, RecordError, Recorded, Recorder, SubjectTag};
pub use keys::{PublicKey, Signer};
pub use sequencer::{Placed, Sequencer, SequencerError};
pub use tiles::{consistency_proof, inclusion_proof};
pub use verify::{Finding, Options, Report, Source, VerifyError, verify};
