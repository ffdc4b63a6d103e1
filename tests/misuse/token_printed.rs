//! A session's token must not get into a log line.

fn misuse(token: &identity::SessionToken) {
    println!("{token}");
}

fn main() {}
