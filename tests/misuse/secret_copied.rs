//! There is one copy of a secret, and it is wiped.

fn misuse(token: &terms::Secret<String>) -> terms::Secret<String> {
    token.clone()
}

fn main() {}
