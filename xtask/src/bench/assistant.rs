//! What the assistant costs in a shop of some size: talks of every kind over real HTTP, each reply awaited
//! on the event stream as the widget awaits it.

pub(super) mod messages;
mod shop;

use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow};
use uuid::Uuid;

use self::messages::{Kind, ORDER, TALKS};
use super::{Bed, Bench, Place, row};
use crate::{
    client::{Client, EventStream, fresh_id},
    figures::{Series, millis, rate, share},
    made_up::{self, Sizes},
    process,
    server::{Configuration, SHOP, Server},
};

/// Shoppers at once, one after the other.
const AT_ONCE: [usize; 3] = [1, 4, 16];
/// So many of them have proved their address; codes are limited by network address and minute.
const PROVED: u64 = 8;

fn sizes(bench: &Bench) -> Sizes {
    Sizes {
        products: bench.shop_products.max(1),
        customers: 100,
        orders: 1_000,
        all_pending: false,
    }
}

/// One turn: what it was about, how long the shopper waited, what the server computed.
struct Turn {
    kind: Kind,
    took: Duration,
    cpu: Duration,
}

pub(super) fn measure(bench: &Bench, binary: &Path, place: &Place) -> anyhow::Result<()> {
    let bed = place.bed()?;
    place.heading("assistant");
    place.floor(&bed)?;
    let configuration = import(bench, binary, &bed)?;
    let server = Server::configured(binary, bed.data.path(), &configuration)?;
    row("start to ready", &millis(server.ready_after));
    let (before, _) = server.memory_kib()?;
    let mut shoppers = (0..u64::try_from(AT_ONCE.into_iter().max().unwrap_or(1))?)
        .map(|number| Shopper::enter(&server, bench, number))
        .collect::<anyhow::Result<Vec<Shopper>>>()?;
    first_turns(&mut shoppers)?;
    let (idle, _) = server.memory_kib()?;
    row(
        "memory, started and with its indexes",
        &format!("{} MiB  {} MiB", before / 1_024, idle / 1_024),
    );
    one_by_one(bench, &server, &mut shoppers)?;
    for at_once in AT_ONCE {
        together(bench, &server, &mut shoppers, at_once)?;
    }
    let (_, peak) = server.memory_kib()?;
    row("peak memory", &format!("{} MiB", peak / 1_024));
    Ok(())
}

/// Writes the shop and imports it.
fn import(bench: &Bench, binary: &Path, bed: &Bed) -> anyhow::Result<Configuration> {
    let data = bed.data.path();
    let storage = bed.storage()?;
    let configuration = Configuration::new(data, &storage, "[mail]\ndelivery = \"mailbox\"\n")?;
    let document = data.join("shop.json");
    shop::write(sizes(bench), bench.passages, &document)?;
    let mut import = Command::new(binary);
    import.args(["shop", "import", "--format", "json", "--config"]);
    import.arg(&configuration.file).arg("--data").arg(data);
    import.arg(&document);
    import.stdout(Stdio::null()).stderr(Stdio::null());
    process::run(&mut import)?;
    fs::remove_file(document)?;
    row(
        "the shop",
        &format!(
            "{} products, {} passages, {} orders",
            bench.shop_products,
            bench.passages,
            sizes(bench).orders
        ),
    );
    Ok(configuration)
}

/// The first search of each kind builds its index.
fn first_turns(shoppers: &mut [Shopper]) -> anyhow::Result<()> {
    let shopper = shoppers.first_mut().context("no shopper")?;
    let talk = &[
        (Kind::SmallTalk, "Hello"),
        (Kind::Search, "do you have an oak table?"),
        (Kind::Policy, "what does delivery to Austria cost?"),
    ];
    let took = shopper.talk(talk, None)?;
    for (name, turn) in ["", "first search of products", "first search of passages"]
        .iter()
        .zip(&took)
        .skip(1)
    {
        row(name, &millis(turn.took));
    }
    Ok(())
}

fn one_by_one(bench: &Bench, server: &Server, shoppers: &mut [Shopper]) -> anyhow::Result<()> {
    let mut turns = Vec::new();
    // Whoever has proved her address and a guest take turns.
    let last = shoppers.len().saturating_sub(1);
    for round in 0..bench.rounds.max(1) {
        for talk in TALKS {
            let at = if round % 2 == 0 { 0 } else { last };
            let shopper = shoppers.get_mut(at).context("no shopper")?;
            turns.extend(shopper.talk(talk, Some(server))?);
        }
    }
    for kind in Kind::ALL {
        let own = turns.iter().filter(|turn| turn.kind == kind);
        tell(kind.name(), own.collect());
    }
    tell("all, one by one", turns.iter().collect());
    Ok(())
}

fn tell(name: &str, turns: Vec<&Turn>) {
    let series =
        |of: fn(&Turn) -> Duration| Series::new(turns.iter().map(|turn| of(turn)).collect());
    let (took, cpu) = (series(|turn| turn.took), series(|turn| turn.cpu));
    row(
        name,
        &format!(
            "{}  max {}  CPU {}",
            took.told(),
            millis(took.quantile(1_000)),
            cpu.told()
        ),
    );
}

fn together(
    bench: &Bench,
    server: &Server,
    shoppers: &mut [Shopper],
    at_once: usize,
) -> anyhow::Result<()> {
    // As many from those who have proved their address as from the guests.
    let (proved, guests) = shoppers.split_at_mut(shoppers.len() / 2);
    let chosen: Vec<&mut Shopper> = proved
        .iter_mut()
        .zip(guests)
        .flat_map(|(one, other)| [one, other])
        .take(at_once)
        .collect();
    let barrier = Barrier::new(at_once + 1);
    let rounds = bench.rounds.max(1);
    let (took, cpu, times) = thread::scope(|scope| -> anyhow::Result<_> {
        let threads: Vec<_> = chosen
            .into_iter()
            .zip(0_usize..)
            .map(|(shopper, number)| {
                let barrier = &barrier;
                scope.spawn(move || -> anyhow::Result<Vec<Duration>> {
                    barrier.wait();
                    let mut times = Vec::new();
                    for round in 0..rounds {
                        // Each begins elsewhere, so that not all ask the same at once.
                        let talks = TALKS.iter().cycle().skip(number + round).take(TALKS.len());
                        for talk in talks {
                            let turns = shopper.talk(talk, None)?;
                            times.extend(turns.into_iter().map(|turn| turn.took));
                        }
                    }
                    Ok(times)
                })
            })
            .collect();
        barrier.wait();
        let (begun, before) = (Instant::now(), server.cpu()?);
        let mut times = Vec::new();
        for thread in threads {
            let own = thread
                .join()
                .map_err(|_| anyhow!("a shopper's thread ended badly"))?;
            times.extend(own?);
        }
        Ok((begun.elapsed(), server.cpu()?.saturating_sub(before), times))
    })?;
    let series = Series::new(times);
    let turns = u64::try_from(series.len())?;
    row(
        &format!("{at_once} at once, {turns} turns"),
        &format!(
            "{} turns/s  {}  max {}  CPU {} a turn, {} of a core",
            rate(turns, took),
            series.told(),
            millis(series.quantile(1_000)),
            millis(cpu / u32::try_from(turns.max(1))?),
            share(cpu, took),
        ),
    );
    Ok(())
}

struct Shopper {
    client: Client,
    /// The number of an order: hers, if she has proved her address.
    order: String,
    /// The conversation of each talk, with its last turn: a session opens so many and no more, and whoever
    /// comes back goes on where she was.
    conversations: HashMap<&'static str, (Uuid, u64)>,
}

impl Shopper {
    fn enter(server: &Server, bench: &Bench, number: u64) -> anyhow::Result<Self> {
        let mut client = Client::connect(&server.host)?;
        client.open_session(SHOP)?;
        let order = made_up::order(sizes(bench), number);
        if number < PROVED {
            let customer = made_up::customer(made_up::buyer(sizes(bench), number));
            client.prove(&customer.email)?;
        }
        Ok(Self {
            client,
            order: order.id,
            conversations: HashMap::new(),
        })
    }

    /// Holds a talk. The very first message of a conversation is answered to whoever sends it; from then on
    /// the reply is awaited on the stream. Given a server, its processor time is taken around each turn.
    fn talk(
        &mut self,
        talk: &[(Kind, &'static str)],
        watched: Option<&Server>,
    ) -> anyhow::Result<Vec<Turn>> {
        self.client.reconnect()?;
        let subject = talk.last().map(|(_, text)| *text).unwrap_or_default();
        let known = self.conversations.get(subject).copied();
        let (conversation, mut last) = known.unwrap_or_else(|| (fresh_id(), 0));
        let mut stream: Option<EventStream> = None;
        if known.is_some() {
            stream = Some(self.client.events(conversation, last)?);
        }
        let mut turns = Vec::with_capacity(talk.len());
        let cpu = || watched.map_or(Ok(Duration::ZERO), Server::cpu_of_threads);
        for (kind, text) in talk {
            let text = text.replace(ORDER, &self.order);
            let before = cpu()?;
            let begun = Instant::now();
            let answered = self.client.message(conversation, &text)?;
            if let Some(stream) = &mut stream {
                stream
                    .reply()
                    .with_context(|| format!("no reply to `{text}`"))?;
            }
            let took = begun.elapsed();
            turns.push(Turn {
                kind: *kind,
                took,
                cpu: cpu()?.saturating_sub(before),
            });
            let told = answered.get("turns").and_then(|turns| turns.as_array());
            let told = told.and_then(|turns| turns.last()?.get("position")?.as_u64());
            last = told.context("the answer has no turns")?;
            if stream.is_none() {
                stream = Some(self.client.events(conversation, last)?);
            }
        }
        self.conversations.insert(subject, (conversation, last));
        Ok(turns)
    }
}
