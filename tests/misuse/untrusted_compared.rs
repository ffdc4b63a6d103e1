//! Raw text must not be compared: who needs to know what it says asks the guard.

fn misuse(text: terms::Untrusted<String>, other: terms::Untrusted<String>) -> bool {
    text == other
}

fn main() {}
