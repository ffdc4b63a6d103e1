//! There is no empty answer that nobody cleared.

fn misuse() -> guard::gate::Cleared {
    guard::gate::Cleared::default()
}

fn main() {}
