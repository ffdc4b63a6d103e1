//! What the tests of the whole house share.

pub(crate) mod carver;
pub(crate) mod chance;
pub(crate) mod database;
pub(crate) mod http;
pub(crate) mod inflate;
pub(crate) mod opened;
pub(crate) mod program;
pub(crate) mod talk;

/// A variable of the environment, if it is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "a test server and a seed are named by the environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
