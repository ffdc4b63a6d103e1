//! A mail is made from a template: there is no other way to words in the platform's own voice.

use guard::gate::ClearedMail;

fn misuse(subject: String, text: String) -> ClearedMail {
    ClearedMail { subject, text }
}

fn main() {}
