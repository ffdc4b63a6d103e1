//! A shopper appears in an entry as a tag that dies with her key, never by her id.

fn misuse(shopper: terms::ShopperId) -> ledger::Details {
    ledger::Details::none().id("shopper", shopper)
}

fn main() {}
