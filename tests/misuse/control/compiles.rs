//! Nothing is misused here: the test that expects it not to compile must fail.

fn proper(text: &terms::Untrusted<String>) -> String {
    format!("{text:?}")
}

fn main() {
    let _ = proper;
}
