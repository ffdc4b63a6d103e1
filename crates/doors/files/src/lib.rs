//! The door to the file system: the key directory, configuration and secret files, ledger exports,
//! shop documents, the demo gateway's journal.
//!
//! This room decides nothing. It must never follow a loose permission on a key, never leave half a
//! file behind, and never read more than it was told to.

mod atomic;
pub mod export;
pub mod journal;
pub mod keys;
mod private;
pub mod shop;
pub mod text;

pub use keys::KeyDirectory;
pub use private::{Existing, PrivateFile};

/// A file or directory that cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    // The cause stands in the text, and so is not told a second time as a source.
    #[error("`{path}` cannot be {action}: {cause}")]
    Io {
        path: String,
        action: &'static str,
        cause: std::io::Error,
    },
    /// Others than the owner can read it.
    #[error(
        "`{path}` can be read by others than its owner (mode {mode:03o}): run `chmod {wanted:03o} {path}`"
    )]
    LoosePermissions {
        path: String,
        mode: u32,
        wanted: u32,
    },
    #[error("`{path}` does not hold what it should: {reason}")]
    Malformed { path: String, reason: &'static str },
    #[error("`{path}` is larger than {limit} bytes")]
    TooLarge { path: String, limit: u64 },
    #[error("`{path}` exists already: choose another place or remove it first")]
    Exists { path: String },
}

impl FileError {
    pub(crate) fn io(path: &std::path::Path, action: &'static str, cause: std::io::Error) -> Self {
        Self::Io {
            path: path.display().to_string(),
            action,
            cause,
        }
    }
}
