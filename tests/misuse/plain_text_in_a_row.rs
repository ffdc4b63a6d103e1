//! A row's personal column takes sealed values only.

use store::conversations::NoteRow;

fn misuse(row: NoteRow, text: String) -> NoteRow {
    NoteRow { body: text.into_bytes(), ..row }
}

fn main() {}
