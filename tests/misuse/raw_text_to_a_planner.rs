//! A planner sees redacted text only.

use dialogue::{Planner, State};

fn misuse(planner: &dyn Planner, state: State, text: &str) {
    let _ = planner.step(state, text, &[]);
}

fn main() {}
