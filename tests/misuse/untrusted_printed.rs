//! What a stranger said must not get into a log line.

fn misuse(text: &terms::Untrusted<String>) {
    println!("{text}");
}

fn main() {}
