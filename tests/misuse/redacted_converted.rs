//! No conversion leads around the gate.

fn misuse(text: String) -> guard::gate::Redacted {
    text.into()
}

fn main() {}
