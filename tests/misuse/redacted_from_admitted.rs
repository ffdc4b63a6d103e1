//! What may be stored may not be planned with: it still holds addresses and phone numbers.

use guard::gate::{Admitted, Redacted};

fn planner(_: &Redacted) {}

fn misuse(admitted: &Admitted) {
    planner(admitted);
}

fn main() {}
