//! Tests of the rules as a whole.

mod explaining;
mod matrix;
mod policies;
mod rights;
mod roles;

use terms::Timestamp;

use crate::{Options, Role, Rules};

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

fn rules() -> Rules {
    Rules::new(Options::default(), &[]).unwrap()
}

fn role(name: &str, permissions: &[&str]) -> Role {
    let permissions = permissions.iter().map(|written| written.parse().unwrap());
    Role::new(name.parse().unwrap(), "A role of tests", permissions).unwrap()
}
