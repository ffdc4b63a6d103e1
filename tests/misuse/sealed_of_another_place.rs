//! Ciphertext of one column is not a value of another.

use store::places::{NoteBody, TurnBody};
use terms::Sealed;

fn keep(_: Sealed<TurnBody>) {}

fn misuse(note: Sealed<NoteBody>) {
    keep(note);
}

fn main() {}
