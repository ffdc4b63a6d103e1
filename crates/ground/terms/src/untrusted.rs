//! Text and values that came from outside and have passed no gate.

use core::fmt;

/// Something a stranger or a model said. It cannot be printed, compared or stored; the guard's gate
/// takes it and gives back what may go on. A copy of it is as untrusted as the first.
#[derive(Clone)]
pub struct Untrusted<T>(T);

impl<T> Untrusted<T> {
    /// Marks a value as untrusted. Doors do this to what comes in; `git grep -n 'Untrusted::new'`
    /// lists where the outside begins.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Unwraps the raw value. INVARIANT: called by `guard::gate` and nowhere else (a test searches
    /// the tree for other callers).
    #[must_use]
    pub fn danger_into_raw(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Untrusted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Untrusted(..)")
    }
}
