//! Only what the guard cleared becomes a turn.

use inbox::NewTurn;
use store::conversations::Author;

fn misuse(words: &String) -> NewTurn<'_> {
    NewTurn { author: Author::Ai, staff: None, message: None, in_reply_to: None, words }
}

fn main() {}
