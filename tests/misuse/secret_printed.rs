//! A secret must not get into a log line.

fn misuse(token: &terms::Secret<String>) {
    println!("{token}");
}

fn main() {}
