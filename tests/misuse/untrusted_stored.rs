//! Raw text must not be sealed and kept: only what the guard admitted is.

use store::places::NoteBody;
use vault::{DataKey, Row};

fn misuse(key: &DataKey, rng: &dyn terms::Rng, row: Row<'_>, text: &terms::Untrusted<String>) {
    let _ = key.seal::<NoteBody>(rng, row, text.as_bytes());
}

fn main() {}
