//! `cargo xtask bench`: what things cost in a release build.
//!
//! Every figure is measured on a fresh installation that is deleted afterwards. Beside each place
//! stands its floor: how long writing a page and making it durable takes there, since nothing that
//! is acknowledged can be faster.

mod access;
mod assistant;
mod enumeration;
mod import;
mod planner;
mod proposals;
mod replay;
mod search;
mod sessions;
mod turns;
mod widgets;

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use sql::Target;
use tempfile::TempDir;
use terms::Secret;

use crate::{
    figures::{Series, millis, say},
    postgres::Fresh,
    server::private_file,
};

pub(crate) const EXAMPLES: &str = "Examples:
  cargo xtask bench
  cargo xtask bench proposals replay --postgres postgres://postgres@127.0.0.1:5432/postgres
  cargo xtask bench import --customers 10000 --orders 100000
  cargo xtask bench enumeration --pairs 20000";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Start, memory, one turn, many shoppers, over HTTP
    Turns,
    /// Talks with the assistant of a large shop, over HTTP
    Assistant,
    /// Widgets that are open and silent, over HTTP
    Widgets,
    /// One step of the planner, in this process
    Planner,
    /// Who may do what, with a hundred policies, in this process
    Access,
    /// Whether the time of an answer tells who is known, in this process
    Enumeration,
    /// What it costs to know who asks, in this process
    Sessions,
    /// Proposals and confirmations a second, in this process
    Proposals,
    /// Finding products in a large catalogue, in this process
    Search,
    /// `parlour tool run` with a script of calls
    Replay,
    /// `parlour shop import` and `export` of a large shop
    Import,
}

#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// What to measure; all of it without a name
    what: Vec<What>,
    /// Turns of the single shopper, for each place
    #[arg(long, default_value_t = 2_000)]
    turns: usize,
    /// Shoppers at once
    #[arg(long, default_value_t = 64)]
    shoppers: usize,
    /// Turns of each of them
    #[arg(long, default_value_t = 50)]
    turns_each: usize,
    /// Products of the shop whose assistant is talked to
    #[arg(long, default_value_t = 10_000)]
    shop_products: u64,
    /// Passages of its texts
    #[arg(long, default_value_t = 1_000)]
    passages: usize,
    /// How often each of its shoppers holds every talk
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// Widgets that are open at once
    #[arg(long, default_value_t = 2_000)]
    widgets: usize,
    /// How long they are silent, in seconds
    #[arg(long, default_value_t = 60)]
    quiet_seconds: u64,
    /// Decisions of each kind about who may do what
    #[arg(long, default_value_t = 100_000)]
    decisions: usize,
    /// Interleaved pairs of each request that somebody known and nobody is tried with
    #[arg(long, default_value_t = 20_000)]
    pairs: usize,
    /// Checks of each kind of session
    #[arg(long, default_value_t = 20_000)]
    checks: usize,
    /// Proposals, and as many confirmations, one after the other and then at once
    #[arg(long, default_value_t = 1_000)]
    proposals: u64,
    /// Tasks at once that propose and confirm
    #[arg(long, default_value_t = 16)]
    tasks: u64,
    /// Products of the catalogue that is searched
    #[arg(long, default_value_t = 100_000)]
    products: usize,
    /// Tool calls of the script
    #[arg(long, default_value_t = 1_000)]
    calls: u64,
    /// Customers of the imported document
    #[arg(long, default_value_t = 10_000)]
    customers: u64,
    /// Orders of the imported document
    #[arg(long, default_value_t = 100_000)]
    orders: u64,
    /// Measure PostgreSQL too: any database of the server, where fresh ones may be made
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
    if cfg!(debug_assertions) {
        return again_in_release();
    }
    let binary = root().join("target/release/parlour");
    let arguments: Vec<String> = env::args().skip(1).collect();
    say(&format!("cargo xtask {}", arguments.join(" ")));
    let wanted = |what| bench.what.is_empty() || bench.what.contains(&what);
    let places = places(bench);
    if wanted(What::Turns) {
        for place in &places {
            turns::measure(bench, &binary, place)?;
        }
    }
    if wanted(What::Assistant) {
        for place in &places {
            assistant::measure(bench, &binary, place)?;
        }
    }
    if wanted(What::Widgets) {
        for place in &places {
            widgets::measure(bench, &binary, place)?;
        }
    }
    if wanted(What::Planner) {
        planner::measure(bench)?;
    }
    let mut missed = Vec::new();
    if wanted(What::Access) && !access::measure(bench.decisions)? {
        missed.push("access");
    }
    // Durable where it counts, as the program is.
    if let Some(disk) = places.get(1) {
        if wanted(What::Enumeration) && !enumeration::measure(bench.pairs, disk)? {
            missed.push("enumeration");
        }
        if wanted(What::Sessions) && !sessions::measure(bench.checks, disk)? {
            missed.push("sessions");
        }
    }
    if wanted(What::Proposals) {
        for place in &places {
            proposals::measure(bench, place)?;
        }
    }
    if wanted(What::Search) {
        search::measure(bench, &places)?;
    }
    if wanted(What::Replay) {
        for place in &places {
            replay::measure(bench, &binary, place)?;
        }
    }
    if wanted(What::Import) {
        for place in &places {
            import::measure(bench, &binary, place)?;
        }
    }
    if !missed.is_empty() {
        bail!("beyond what is promised: {}", missed.join(", "));
    }
    Ok(())
}

/// What runs in this process is measured as it is shipped: it begins again in release, built
/// together with the program.
fn again_in_release() -> anyhow::Result<()> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release"])
        .args(["--package", "parlour", "--package", "xtask"])
        .current_dir(root())
        .status()?;
    if !built.success() {
        bail!("the release build failed");
    }
    let status = Command::new(root().join("target/release/xtask"))
        .args(env::args_os().skip(1))
        .status()?;
    if !status.success() {
        bail!("the benchmark failed");
    }
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Where rows are kept while something is measured.
struct Place {
    name: &'static str,
    directory: PathBuf,
    /// The server, where it is not SQLite.
    postgres: Option<String>,
}

fn places(bench: &Bench) -> Vec<Place> {
    let disk = bench.disk.clone();
    let disk = disk.unwrap_or_else(|| root().join("target"));
    let mut places = vec![
        Place {
            name: "SQLite on tmpfs",
            directory: bench.tmpfs.clone(),
            postgres: None,
        },
        Place {
            name: "SQLite on disk",
            directory: disk.clone(),
            postgres: None,
        },
    ];
    if let Some(url) = &bench.postgres {
        places.push(Place {
            name: "PostgreSQL",
            directory: disk,
            postgres: Some(url.clone()),
        });
    }
    places
}

/// A data directory and a database of its own, both gone with this value.
struct Bed {
    data: TempDir,
    postgres: Option<Fresh>,
}

impl Place {
    fn bed(&self) -> anyhow::Result<Bed> {
        let data = tempfile::Builder::new()
            .prefix("parlour-bench")
            .tempdir_in(&self.directory)
            .with_context(|| format!("`{}` cannot be used", self.directory.display()))?;
        let postgres = self.postgres.as_deref().map(Fresh::create).transpose()?;
        Ok(Bed { data, postgres })
    }

    fn heading(&self, what: &str) {
        say(&format!("\n{what}: {}", self.name));
    }

    /// Beside a heading, how fast anything durable can be here.
    fn floor(&self, bed: &Bed) -> anyhow::Result<()> {
        let floor = millis(durable_write(bed.data.path())?);
        row("durable write of a page (floor)", &format!("p50 {floor}"));
        Ok(())
    }
}

impl Bed {
    fn target(&self) -> anyhow::Result<Target> {
        Ok(match &self.postgres {
            None => Target::Sqlite {
                file: self.data.path().join("parlour.db"),
            },
            Some(fresh) => Target::Postgres {
                url: Secret::new(fresh.url()?),
                max_connections: 20,
            },
        })
    }

    /// The lines of a configuration that say where the rows are.
    fn storage(&self) -> anyhow::Result<String> {
        let Some(fresh) = &self.postgres else {
            return Ok("[storage]\nkind = \"sqlite\"\n".to_owned());
        };
        private_file(&self.data.path().join("postgres-url"), &fresh.url()?)?;
        Ok("[storage]\nkind = \"postgres\"\n".to_owned())
    }
}

/// One figure of a table.
fn row(name: &str, value: &str) {
    say(&format!("  {name:<38} {value}"));
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
