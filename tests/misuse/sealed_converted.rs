//! Plain bytes do not become a personal column: the vault seals them first.

fn misuse(bytes: Vec<u8>) -> terms::Sealed<store::places::NoteBody> {
    bytes.into()
}

fn main() {}
