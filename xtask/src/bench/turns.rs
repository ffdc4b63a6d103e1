//! What a turn costs, over real HTTP.

use std::{
    path::Path,
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use super::{Bench, Place, row};
use crate::{
    client::{Client, fresh_id},
    figures::{Series, millis, rate},
    server::{SHOP, Server},
};

/// What shoppers say, in turn: greetings, questions with an answer, questions without one.
const MESSAGES: &[&str] = &[
    "Hello there",
    "How long do I have to return something?",
    "Do you ship to Austria and how much is it?",
    "what about sale items",
    "Which payment methods do you take?",
    "Can you recommend a good book about whales?",
];

pub(super) fn measure(bench: &Bench, binary: &Path, place: &Place) -> anyhow::Result<()> {
    let bed = place.bed()?;
    place.heading("turns");
    place.floor(&bed)?;
    let (data, storage) = (bed.data.path(), bed.storage()?);
    let server = Server::start(binary, data, &storage)?;
    row("start to ready, new data", &millis(server.ready_after));
    drop(server);
    let server = Server::start(binary, data, &storage)?;
    row("start to ready, existing data", &millis(server.ready_after));
    thread::sleep(Duration::from_secs(2));
    let (idle, _) = server.memory_kib()?;
    row("idle memory", &format!("{} MiB", idle / 1_024));

    one_shopper(bench, &server)?;
    many_shoppers(bench, &server)?;
    let (_, peak) = server.memory_kib()?;
    row("peak memory", &format!("{} MiB", peak / 1_024));
    Ok(())
}

fn one_shopper(bench: &Bench, server: &Server) -> anyhow::Result<()> {
    let mut client = Client::connect(&server.host)?;
    client.open_session(SHOP)?;
    converse(&mut client, 100)?;
    let before = server.cpu()?;
    let series = Series::new(converse(&mut client, bench.turns)?);
    let cpu = server.cpu()?.saturating_sub(before);
    let each = cpu / u32::try_from(series.len().max(1))?;
    row(
        &format!("one shopper, {} turns", series.len()),
        &format!("{}  CPU {} a turn", series.told(), millis(each)),
    );
    Ok(())
}

fn many_shoppers(bench: &Bench, server: &Server) -> anyhow::Result<()> {
    let barrier = Arc::new(Barrier::new(bench.shoppers + 1));
    let mut threads = Vec::new();
    for _ in 0..bench.shoppers {
        let (barrier, host, turns) = (Arc::clone(&barrier), server.host.clone(), bench.turns_each);
        threads.push(thread::spawn(move || -> anyhow::Result<Vec<Duration>> {
            let prepared = Client::connect(&host).and_then(|mut client| {
                client.open_session(SHOP)?;
                Ok(client)
            });
            barrier.wait();
            converse(&mut prepared?, turns)
        }));
    }
    barrier.wait();
    let (begun, before) = (Instant::now(), server.cpu()?);
    let mut all = Vec::new();
    for thread in threads {
        let turns = thread
            .join()
            .map_err(|_| anyhow::anyhow!("a shopper's thread ended badly"))?;
        all.extend(turns?);
    }
    let (took, cpu) = (begun.elapsed(), server.cpu()?.saturating_sub(before));
    let series = Series::new(all);
    let turns = u64::try_from(series.len())?;
    row(
        &format!("{} shoppers, {turns} turns", bench.shoppers),
        &format!(
            "{} turns/s  {}  CPU {} a turn",
            rate(turns, took),
            series.told(),
            millis(cpu / u32::try_from(turns.max(1))?)
        ),
    );
    Ok(())
}

/// Turns of one conversation after the other, sixty in each.
fn converse(client: &mut Client, turns: usize) -> anyhow::Result<Vec<Duration>> {
    let mut took = Vec::with_capacity(turns);
    let mut conversation = fresh_id();
    for (turn, text) in MESSAGES.iter().cycle().take(turns).enumerate() {
        if turn % 60 == 0 {
            conversation = fresh_id();
        }
        let begun = Instant::now();
        client.message(conversation, text)?;
        took.push(begun.elapsed());
    }
    Ok(took)
}
