//! What widgets cost that are open: each holds an event stream to a conversation of its own, as a shopper's
//! browser does that has the chat on its screen and says nothing.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::Context;
use uuid::Uuid;

use super::{Bench, Place, row};
use crate::{
    client::{Client, EventStream, fresh_id},
    figures::{Series, millis, rate, seconds, share},
    server::{SHOP, Server},
};

const FIRST: &str = "How long does delivery take?";
const NEXT: &str = "And how do I send something back?";

/// One of them.
struct Widget {
    client: Client,
    conversation: Uuid,
    stream: EventStream,
}

impl Widget {
    /// Each from a network of its own, as shoppers are.
    fn open(server: &Server, number: usize) -> anyhow::Result<Self> {
        let (high, low) = (number / 250, number % 250);
        let client = Client::connect(&server.host)?;
        let mut client = client.in_network(format!("10.{}.{low}.1", high % 250));
        client.open_session(SHOP)?;
        let conversation = fresh_id();
        let answered = client.message(conversation, FIRST)?;
        let told = answered.get("turns").and_then(|turns| turns.as_array());
        let last = told.and_then(|turns| turns.last()?.get("position")?.as_u64());
        let last = last.context("the answer has no turns")?;
        Ok(Self {
            stream: client.events(conversation, last)?,
            client,
            conversation,
        })
    }

    /// Asks, and waits until the reply has come on the stream.
    fn ask(&mut self) -> anyhow::Result<Duration> {
        self.client.reconnect()?;
        let begun = Instant::now();
        self.client.message(self.conversation, NEXT)?;
        self.stream.reply()?;
        Ok(begun.elapsed())
    }
}

pub(super) fn measure(bench: &Bench, binary: &Path, place: &Place) -> anyhow::Result<()> {
    let bed = place.bed()?;
    place.heading("widgets");
    place.floor(&bed)?;
    let storage = format!(
        "trusted_proxies = [\"127.0.0.1\", \"::1\"]\n{}",
        bed.storage()?
    );
    let server = Server::start(binary, bed.data.path(), &storage)?;
    // What the first one makes the server learn is no cost of the others.
    drop(Widget::open(&server, 0)?);
    let (before, _) = server.memory_kib()?;
    let begun = Instant::now();
    let mut widgets = Vec::with_capacity(bench.widgets);
    for number in 1..=bench.widgets.max(1) {
        widgets.push(Widget::open(&server, number)?);
    }
    let took = begun.elapsed();
    let count = u64::try_from(widgets.len())?;
    row(
        "opened, each with a question and its answer",
        &format!(
            "{count} in {}, {} a second",
            seconds(took),
            rate(count, took)
        ),
    );
    // Connections that nobody uses any more are closed, and what they held is given back.
    thread::sleep(Duration::from_secs(5));
    let (open, _) = server.memory_kib()?;
    row(
        "memory, before and with all of them open",
        &format!(
            "{} MiB  {} MiB, {} KiB each",
            before / 1_024,
            open / 1_024,
            open.saturating_sub(before) / count
        ),
    );
    let quiet = Duration::from_secs(bench.quiet_seconds);
    let (cpu, begun) = (server.cpu()?, Instant::now());
    thread::sleep(quiet);
    let used = server.cpu()?.saturating_sub(cpu);
    row(
        "processor while all are silent",
        &format!(
            "{} of one core over {}",
            share(used, begun.elapsed()),
            seconds(begun.elapsed())
        ),
    );
    let cpu = server.cpu()?;
    let mut waits = Vec::with_capacity(widgets.len());
    for widget in &mut widgets {
        waits.push(widget.ask()?);
    }
    let used = server.cpu()?.saturating_sub(cpu);
    row(
        "each asks once, all others open",
        &format!(
            "{}, processor {} each",
            Series::new(waits).told(),
            millis(used / u32::try_from(count)?)
        ),
    );
    let (_, peak) = server.memory_kib()?;
    row("peak memory", &format!("{} MiB", peak / 1_024));
    Ok(())
}
