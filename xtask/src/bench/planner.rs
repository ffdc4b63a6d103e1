//! What one step of the planner costs: to understand a message and to say what it needs, in this process
//! and without any shop.

use std::time::{Duration, Instant};

use dialogue::{State, step};
use guard::gate::{Pseudonyms, inbound};
use terms::Untrusted;

use super::{Bench, assistant::messages::TALKS, row};
use crate::{
    figures::{Series, millis, say},
    process,
};

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    say("\nplanner: one step, in this process");
    let mut messages = Vec::new();
    for (_, text) in TALKS.iter().copied().flatten() {
        let text = Untrusted::new((*text).to_owned());
        messages.push(inbound(text, &mut Pseudonyms::default())?.redacted);
    }
    let before = process::cpu("self")?;
    let mut times: Vec<Duration> = Vec::new();
    for message in messages.iter().cycle().take(100 * bench.rounds.max(1)) {
        let state = State::default();
        let begun = Instant::now();
        let stepped = step(state, message, &[]);
        times.push(begun.elapsed());
        drop(stepped);
    }
    let cpu = process::cpu("self")?.saturating_sub(before);
    let series = Series::new(times);
    let each = cpu / u32::try_from(series.len().max(1))?;
    row(
        &format!("{} steps", series.len()),
        &format!("{}  CPU {} each", series.told(), millis(each)),
    );
    Ok(())
}
