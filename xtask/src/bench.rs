//! `cargo xtask bench`: what a turn costs, over real HTTP against a release build.
//!
//! Beside each place stands its floor: how long writing a page and making it durable takes there,
//! since no acknowledged turn can be faster.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use clap::Args;

use crate::{
    client::{Client, fresh_id},
    figures::{Series, millis},
    server::{Rows, SHOP, Server},
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

#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Turns of the single shopper, for each place
    #[arg(long, default_value_t = 2_000)]
    turns: usize,
    /// Shoppers at once
    #[arg(long, default_value_t = 64)]
    shoppers: usize,
    /// Turns of each of them
    #[arg(long, default_value_t = 50)]
    turns_each: usize,
    /// Measure PostgreSQL too, in this database
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// A directory on the disk to measure (default: the build directory)
    #[arg(long, value_name = "DIR")]
    disk: Option<PathBuf>,
    /// A directory in memory to measure
    #[arg(long, value_name = "DIR", default_value = "/dev/shm")]
    tmpfs: PathBuf,
}

pub(crate) fn run(bench: &Bench) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", "parlour"])
        .current_dir(&root)
        .status()?;
    if !built.success() {
        bail!("the release build failed");
    }
    let target = root.join("target");
    let binary = target.join("release/parlour");
    let disk = bench.disk.clone().unwrap_or(target);
    measure(
        bench,
        &binary,
        "SQLite on tmpfs",
        &bench.tmpfs,
        &Rows::Sqlite,
    )?;
    measure(bench, &binary, "SQLite on disk", &disk, &Rows::Sqlite)?;
    if let Some(url) = &bench.postgres {
        measure(bench, &binary, "PostgreSQL", &disk, &Rows::Postgres(url))?;
    }
    Ok(())
}

fn measure(
    bench: &Bench,
    binary: &Path,
    name: &str,
    place: &Path,
    rows: &Rows<'_>,
) -> anyhow::Result<()> {
    let data = tempfile::Builder::new()
        .prefix("parlour-bench")
        .tempdir_in(place)?;
    say(&format!("\n{name}"));
    say(&format!(
        "  durable write of a page (floor)  p50 {}",
        millis(durable_write(data.path())?)
    ));

    let server = Server::start(binary, data.path(), rows)?;
    say(&format!(
        "  start to ready, new data         {}",
        millis(server.ready_after)
    ));
    drop(server);
    let server = Server::start(binary, data.path(), rows)?;
    say(&format!(
        "  start to ready, existing data    {}",
        millis(server.ready_after)
    ));
    thread::sleep(Duration::from_secs(2));
    let (idle, _) = server.memory_kib()?;
    say(&format!(
        "  idle memory                      {} MiB",
        idle / 1_024
    ));

    one_shopper(bench, &server)?;
    many_shoppers(bench, &server)?;
    let (_, peak) = server.memory_kib()?;
    say(&format!(
        "  peak memory                      {} MiB",
        peak / 1_024
    ));
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
    say(&format!(
        "  one shopper, {} turns           p50 {}  p99 {}  CPU {} a turn",
        series.len(),
        millis(series.quantile(500)),
        millis(series.quantile(990)),
        millis(each)
    ));
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
    let millis_taken = u64::try_from(took.as_millis())?.max(1);
    say(&format!(
        "  {} shoppers, {} turns          {} turns/s  p50 {}  p99 {}  CPU {} a turn",
        bench.shoppers,
        turns,
        turns * 1_000 / millis_taken,
        millis(series.quantile(500)),
        millis(series.quantile(990)),
        millis(cpu / u32::try_from(turns.max(1))?)
    ));
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

fn durable_write(place: &Path) -> anyhow::Result<Duration> {
    let path = place.join("floor");
    let mut file = File::create(&path).context("the floor cannot be measured")?;
    let mut took = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        file.write_all(&[7; 4_096])?;
        file.sync_data()?;
        took.push(begun.elapsed());
    }
    fs::remove_file(path)?;
    Ok(Series::new(took).quantile(500))
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are what this command is for"
)]
fn say(line: &str) {
    println!("{line}");
}
