//! Text becomes `Redacted` in the guard's gate and nowhere else.

use guard::gate::Redacted;

fn misuse(text: String) -> Redacted {
    Redacted { text }
}

fn main() {}
