//! Only the vault seals.

use store::places::NoteBody;
use terms::Sealed;

fn misuse(bytes: Vec<u8>) -> Sealed<NoteBody> {
    Sealed { bytes, place: core::marker::PhantomData }
}

fn main() {}
