//! Secrets are compared by their stored hashes, never by `==`, which takes longer the more is right.

fn misuse(token: terms::Secret<String>, given: terms::Secret<String>) -> bool {
    token == given
}

fn main() {}
