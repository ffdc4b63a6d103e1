//! A scope is opened, never written down as a constant part of something else.

fn misuse() -> identity::Scope {
    identity::Scope { _private: () }
}

fn main() {}
