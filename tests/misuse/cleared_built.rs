//! An answer to a shopper is cleared in the guard's gate and nowhere else.

use guard::gate::Cleared;

fn misuse() -> Cleared {
    Cleared { blocks: Vec::new() }
}

fn main() {}
