//! What a tool found is redacted before a planner reads it.

use dialogue::FoundPassage;

fn misuse(passage: FoundPassage, text: String) -> FoundPassage {
    FoundPassage { text, ..passage }
}

fn main() {}
