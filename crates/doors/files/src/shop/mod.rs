//! A whole shop in files: the document `parlour-shop/1`, read and written as a stream, and the CSV
//! folder of the Universal Commerce Protocol.
//!
//! A document may be larger than memory: one member of one list is held at a time. What needs no
//! other member is checked here; whether an order's customer exists is for whoever keeps them.
//!
//! A document holds personal data. INVARIANT: no error text repeats a value of it; errors name file,
//! line, path and what was expected.

pub mod check;
mod document;
mod error;
mod folder;
mod place;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod writing;

pub use document::{
    Counts, Located, Summary, read_document, read_document_from, read_head, read_head_from,
};
pub use error::{ImportError, Refusal};
pub use folder::{Folder, read_ucp_files, read_ucp_folder};
pub use place::Progress;
pub use writing::{DocumentWriter, WriteError};
