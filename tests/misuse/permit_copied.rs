//! A permit is for one request; a copy would outlive the role it was given to.

use identity::{Permit, actions::ReadQueue};

fn misuse(permit: &Permit<ReadQueue>) -> Permit<ReadQueue> {
    permit.clone()
}

fn main() {}
