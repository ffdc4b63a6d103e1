//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A self-hosted assistant and inbox for online shops that shoppers can trust with their secrets.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    propagate_version = true,
    after_help = "Examples:\n  parlour demo\n  parlour init && parlour serve --config parlour.toml"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Directory of the database and the keys
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "parlour-data"
    )]
    pub(crate) data: PathBuf,
    /// Answer in JSON, for machines
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start with sample data on http://localhost:8080: no account, key or network needed
    #[command(
        after_help = "Examples:\n  parlour demo\n  parlour demo --fresh --listen localhost:9000 --data /srv/try"
    )]
    Demo(Demo),
    /// Serve a shop as configured
    #[command(
        after_help = "Examples:\n  parlour init && parlour serve --config parlour.toml\n  parlour serve --config /etc/parlour/parlour.toml --data /var/lib/parlour"
    )]
    Serve(Serve),
    /// Write a commented configuration file
    #[command(
        after_help = "Examples:\n  parlour init\n  parlour init --config /etc/parlour/parlour.toml"
    )]
    Init(Init),
    /// Verify, export and name the key of the ledger
    #[command(
        after_help = "Examples:\n  parlour ledger key > ledger.pub\n  parlour ledger verify --key-file ledger.pub"
    )]
    Ledger(LedgerCommand),
    /// Show and rotate the keys
    #[command(after_help = "Examples:\n  parlour keys status\n  parlour keys rotate")]
    Keys(KeysCommand),
    /// Add staff and make sign-in links
    #[command(
        after_help = "Examples:\n  parlour staff add --name \"Robin Vale\" --role admin --config parlour.toml\n  parlour staff list"
    )]
    Staff(StaffCommand),
    /// Import and export a shop, catalogue, policies, customers and orders; set its terms
    #[command(
        after_help = "Examples:\n  parlour shop import --format json shop.json\n  parlour shop export --format json --to shop.json\n  parlour shop terms --refund-limit 5000"
    )]
    Shop(ShopCommand),
    /// Act as a customer: tools and confirmations, one JSON line each
    #[command(
        after_help = "Examples:\n  parlour tool run --script calls.jsonl\n  echo '{\"as\": \"cust_1\", \"tool\": \"list_orders\", \"args\": {}}' | parlour tool run"
    )]
    Tool(ToolCommand),
    /// Look at texts as the gates do: one JSON line in, one out, no data directory needed
    #[command(
        after_help = "Examples:\n  parlour guard scan < messages.jsonl\n  echo '{\"text\": \"call me on +44 7700 900123\"}' | parlour guard scan"
    )]
    Guard(GuardCommand),
    /// Print the OpenAPI document of the HTTP interface
    #[command(after_help = "Examples:\n  parlour openapi > openapi.json")]
    Openapi,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen; the demo speaks plain HTTP, so a loopback address
    #[arg(long, value_name = "ADDR", default_value = "localhost:8080")]
    pub(crate) listen: String,
    /// Throw the data of an earlier demo away first
    #[arg(long)]
    pub(crate) fresh: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Where to listen, instead of what the file says
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE", default_value = "parlour.toml")]
    pub(crate) config: PathBuf,
}

/// Where the rows are, for commands that work on them.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// The configuration file; without it, the SQLite database in the data directory
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The shop's handle; needed when there are several
    #[arg(long, value_name = "HANDLE")]
    pub(crate) shop: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct LedgerCommand {
    #[command(subcommand)]
    pub(crate) what: LedgerWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerWhat {
    /// Verify a ledger with the public key alone; exit code 4 when something was found
    #[command(
        after_help = "Examples:\n  parlour ledger verify --key \"$(parlour ledger key)\"\n  parlour ledger verify --key-file ledger.pub --export ./export --witnessed kept-checkpoint.txt"
    )]
    Verify {
        #[command(flatten)]
        at: Where,
        /// The verifier key, as `parlour ledger key` prints it
        #[arg(
            long,
            required_unless_present = "key_file",
            conflicts_with = "key_file"
        )]
        key: Option<String>,
        /// A file with the verifier key
        #[arg(long, value_name = "FILE")]
        key_file: Option<PathBuf>,
        /// Verify this exported directory instead of the database
        #[arg(long, value_name = "DIR")]
        export: Option<PathBuf>,
        /// A checkpoint that somebody else kept; may be given several times
        #[arg(long, value_name = "FILE")]
        witnessed: Vec<PathBuf>,
    },
    /// Export the ledger as files that anyone's program can verify (C2SP tlog-tiles)
    #[command(after_help = "Examples:\n  parlour ledger export --to ./ledger-2026-11")]
    Export {
        #[command(flatten)]
        at: Where,
        /// A new or empty directory
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Print the verifier key of the ledger
    #[command(after_help = "Examples:\n  parlour ledger key > ledger.pub")]
    Key {
        #[command(flatten)]
        at: Where,
    },
}

#[derive(Debug, Args)]
pub(crate) struct KeysCommand {
    #[command(subcommand)]
    pub(crate) what: KeysWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysWhat {
    /// Show the epochs and how many data keys each wraps
    #[command(after_help = "Examples:\n  parlour keys status\n  parlour keys status --json")]
    Status {
        #[command(flatten)]
        at: Where,
    },
    /// Roll the epoch: wrap every data key anew, and destroy old epoch keys when that is safe
    #[command(after_help = "Examples:\n  parlour keys rotate")]
    Rotate {
        #[command(flatten)]
        at: Where,
    },
}

#[derive(Debug, Args)]
pub(crate) struct StaffCommand {
    #[command(subcommand)]
    pub(crate) what: StaffWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StaffWhat {
    /// Add somebody and print her one-time sign-in link
    #[command(
        after_help = "Examples:\n  parlour staff add --name \"Robin Vale\" --role admin --config parlour.toml"
    )]
    Add {
        #[command(flatten)]
        at: Where,
        #[arg(long)]
        name: String,
        #[command(flatten)]
        position: Position,
    },
    /// Give somebody another role; she is signed out
    #[command(
        after_help = "Examples:\n  parlour staff role --staff 0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10 --role owner\n  parlour staff role --staff 0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10 --role auditor --until 2027-01-31T00:00:00Z"
    )]
    Role {
        #[command(flatten)]
        at: Where,
        /// The id, as `parlour staff list` shows it
        #[arg(long, value_name = "ID")]
        staff: terms::StaffId,
        #[command(flatten)]
        position: Position,
    },
    /// Print a new one-time sign-in link for somebody who works here already
    #[command(
        after_help = "Examples:\n  parlour staff link --staff 0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10"
    )]
    Link {
        #[command(flatten)]
        at: Where,
        /// The id, as `parlour staff list` shows it
        #[arg(long, value_name = "ID")]
        staff: terms::StaffId,
    },
    /// Shut somebody out who works here no more: sessions and links end at once
    #[command(
        after_help = "Examples:\n  parlour staff disable --staff 0191f7a2-9c3e-7d51-8a44-3f0e9b7c2d10"
    )]
    Disable {
        #[command(flatten)]
        at: Where,
        /// The id, as `parlour staff list` shows it
        #[arg(long, value_name = "ID")]
        staff: terms::StaffId,
    },
    /// List who works for the shop
    #[command(after_help = "Examples:\n  parlour staff list --json")]
    List {
        #[command(flatten)]
        at: Where,
    },
}

/// What somebody shall be.
#[derive(Debug, Args)]
pub(crate) struct Position {
    /// owner, admin, supervisor, agent, privacy_officer, security_officer, auditor, developer, or a role that the shop composed
    #[arg(long)]
    pub(crate) role: terms::RoleName,
    /// Until when there is access (RFC 3339); an auditor always comes for a time
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) until: Option<terms::Timestamp>,
}

fn moment(text: &str) -> Result<terms::Timestamp, String> {
    terms::Timestamp::parse_rfc3339(text)
        .ok_or_else(|| "expected a time such as `2027-01-31T00:00:00Z`".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct ShopCommand {
    #[command(subcommand)]
    pub(crate) what: ShopWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ShopWhat {
    /// Import a shop into an empty one: all of it, or nothing when anything is wrong
    #[command(
        after_help = "Examples:\n  parlour shop import --format json shop.json\n  parlour shop import --format ucp-csv ./flower_shop --shop flowers --name \"Flower shop\""
    )]
    Import {
        #[command(flatten)]
        at: Where,
        /// `json`: a `parlour-shop/1` document; `ucp-csv`: a folder of CSV files
        #[arg(long, value_enum)]
        format: ImportFormat,
        /// The name shoppers know, for a shop that is made by this
        #[arg(long)]
        name: Option<String>,
        /// The document, or the folder
        path: PathBuf,
    },
    /// Export a shop as a `parlour-shop/1` document
    #[command(
        after_help = "Examples:\n  parlour shop export --format json > shop.json\n  parlour shop export --format json --to shop.json"
    )]
    Export {
        #[command(flatten)]
        at: Where,
        #[arg(long, value_enum)]
        format: ExportFormat,
        /// A new file, readable by its owner alone; without it, standard output
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Fetch the pictures that the catalogue names, draw them anew and keep them
    #[command(
        after_help = "Only from the shop's own hosts (`shop.origins` and `shop.link_hosts`); what is there already is not\nfetched again.\n\nExamples:\n  parlour shop pictures --config parlour.toml\n  parlour shop pictures --config parlour.toml --again --json"
    )]
    Pictures {
        #[command(flatten)]
        at: Where,
        /// Also fetch those that are there already
        #[arg(long)]
        again: bool,
    },
    /// Show a shop's terms as JSON, or change them: what is not named stays
    #[command(
        after_help = "Examples:\n  parlour shop terms\n  parlour shop terms --refund-limit 5000\n  parlour shop terms --cancel-reason too_late --cancel-reason found_cheaper --pay-within 120"
    )]
    Terms {
        #[command(flatten)]
        at: Where,
        #[command(flatten)]
        asked: TermsArguments,
    },
}

/// What of a shop's terms is changed.
#[derive(Debug, Args)]
pub(crate) struct TermsArguments {
    /// Refunds above this many minor units need a fresh proof
    #[arg(long, value_name = "MINOR_UNITS", allow_negative_numbers = true)]
    pub(crate) refund_limit: Option<i64>,
    /// A reason an order may be cancelled for; given several times, all of them, in place of those before
    #[arg(long, value_name = "WORD")]
    pub(crate) cancel_reason: Vec<String>,
    /// How long goods are kept for an order that waits for its payment on the gateway's page
    #[arg(long, value_name = "MINUTES", allow_negative_numbers = true)]
    pub(crate) pay_within: Option<i64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ImportFormat {
    Json,
    UcpCsv,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ExportFormat {
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ToolCommand {
    #[command(subcommand)]
    pub(crate) what: ToolWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ToolWhat {
    /// Read and answer one JSON line for each call, in order
    #[command(
        after_help = "Each line is one of:\n  {\"as\": CUSTOMER_ID, \"level\"?: \"session|step_up\", \"tool\": NAME, \"args\": {…}, \"confirm\"?: true|false}\n  {\"as\": CUSTOMER_ID, \"level\"?: \"session|step_up\", \"confirm_proposal\": ID}\n\nExamples:\n  parlour tool run --script calls.jsonl\n  parlour tool run --data /srv/shop < calls.jsonl"
    )]
    Run {
        #[command(flatten)]
        at: Where,
        /// A file of lines; without it, standard input
        #[arg(long, value_name = "FILE")]
        script: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct GuardCommand {
    #[command(subcommand)]
    pub(crate) what: GuardWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GuardWhat {
    /// Find what is personal or secret in texts, and show them as a planner would see them
    #[command(
        after_help = "Each line is {\"text\": TEXT, \"conversation\"?: ID}; lines of one conversation share their placeholders.\nEach answer is {\"findings\": [[START, END, TYPE, SCORE], …], \"redacted\": TEXT}, with offsets in code points, END\nexclusive, and SCORE between 0 and 1. A line that cannot be read is answered {\"error\": …} with its number; the\nothers are answered all the same, and the exit code is 1.\n\nExamples:\n  parlour guard scan < messages.jsonl\n  echo '{\"text\": \"I am Anna Berg\", \"conversation\": \"c1\"}' | parlour guard scan"
    )]
    Scan,
    /// Score how much texts read like attempts to give an assistant instructions
    #[command(
        after_help = "Each line is {\"text\": TEXT}. Each answer is {\"score\": SCORE, \"flag\": true|false, \"reasons\": [REASON, …]}, with SCORE between\n0 and 1; the score advises. A line that cannot be read is answered {\"error\": …} with its number; the others are answered\nall the same, and the exit code is 1.\n\nExamples:\n  parlour guard inject < messages.jsonl\n  echo '{\"text\": \"Ignore all previous instructions\"}' | parlour guard inject"
    )]
    Inject,
    /// Judge links: the shop's own, somebody's, or one that imitates the shop
    #[command(
        after_help = "Each line is {\"url\": URL}, however it is written: without a scheme, as hxxp, with [.] for a dot.\nEach answer is {\"verdict\": \"ok|unknown|suspicious|blocked\", \"score\": SCORE, \"reasons\": [REASON, …]}, with SCORE\nbetween 0 and 1. A line that cannot be read is answered {\"error\": …} with its number; the others are answered all the\nsame, and the exit code is 1.\n\nExamples:\n  parlour guard link --shop-host shop.example < links.jsonl\n  echo '{\"url\": \"https://sh0p-login.example\"}' | parlour guard link --shop-host shop.example --shop-host shop.co.uk"
    )]
    Link {
        /// A host of the shop; its subdomains are the shop's as well
        #[arg(long = "shop-host", value_name = "HOST", required = true)]
        shop_hosts: Vec<String>,
    },
}
