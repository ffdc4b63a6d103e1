//! What a planner may see is not therefore fit to be shown.

use guard::gate::Redacted;
use inbox::NewTurn;
use store::conversations::Author;

fn misuse(words: &Redacted) -> NewTurn<'_> {
    NewTurn { author: Author::Ai, staff: None, message: None, in_reply_to: None, words }
}

fn main() {}
