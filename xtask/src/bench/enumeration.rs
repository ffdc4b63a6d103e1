//! Whether the time of an answer tells who is known (requirement C09): pairs of requests that differ in nothing but
//! that, through the HTTP door in this process, interleaved in changing order.
//!
//! Of each pair both times are taken; the median of their differences is told with its 95 % interval, by order
//! statistics, which suppose nothing about how times are spread. A benchmark and no test: it fails where an interval
//! leaves half a millisecond, or where the answers differ.

use std::{
    fmt,
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use factors::testing::Authenticator;
use identity::testing::ORIGIN;
use serde_json::{Value, json};
use sql::testing::Work;
use tokio::runtime::Builder;

use super::{Place, row};
use crate::{
    door::{Answered, Door},
    figures::{Series, micros, say},
    made_up::{self, Sizes},
    process,
};

/// Half a millisecond: no interval may leave it.
const BOUND: i64 = 500_000;
/// Pairs whose guests are opened at once.
const AT_ONCE: usize = 200;
/// Signed-in shoppers who ask for orders in turn: each session has a limit of its own.
const ASKING: usize = 32;
const SIZES: Sizes = Sizes {
    products: 20,
    customers: 40,
    orders: 200,
    all_pending: true,
};

/// What is tried with somebody known and with nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    CodeAsked,
    CodeWrong,
    CodeOfAnother,
    PasskeyBegun,
    PasskeyRefused,
    StaffPasskeyRefused,
    StaffLinkSpent,
    OrderOfAnother,
}

impl Case {
    const ALL: [Self; 8] = [
        Self::CodeAsked,
        Self::CodeWrong,
        Self::CodeOfAnother,
        Self::PasskeyBegun,
        Self::PasskeyRefused,
        Self::StaffPasskeyRefused,
        Self::StaffLinkSpent,
        Self::OrderOfAnother,
    ];

    const fn told(self) -> &'static str {
        match self {
            Self::CodeAsked => "code asked for, known address or not",
            Self::CodeWrong => "wrong code, known address or not",
            Self::CodeOfAnother => "code of another's request, or of none",
            Self::PasskeyBegun => "passkey asked for, after either code",
            Self::PasskeyRefused => "passkey badly signed, or of nobody",
            Self::StaffPasskeyRefused => "the same at the door of staff",
            Self::StaffLinkSpent => "sign-in link used up, or none",
            Self::OrderOfAnother => "order of another, or none",
        }
    }
}

/// One answer and what it took.
struct Timed {
    answered: Answered,
    took: Duration,
    cpu: Duration,
}

/// What one case took in all its pairs, in nanoseconds.
#[derive(Default)]
struct Taken {
    known: Vec<Duration>,
    unknown: Vec<Duration>,
    differences: Vec<i64>,
    cpu_differences: Vec<i64>,
    /// The first pair whose answers differed.
    told_apart: Option<String>,
    /// Statements, keyed hashes and signatures of either branch.
    work: Option<(usize, bool)>,
}

pub(super) fn measure(pairs: usize, place: &Place) -> anyhow::Result<bool> {
    let bed = place.bed()?;
    place.heading("enumeration");
    place.floor(&bed)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let begun = Instant::now();
    let taken = runtime.block_on(async {
        let keys = bed.data.path().join("keys");
        let door = Door::open(bed.target()?, &keys, made_up::elements(SIZES)).await?;
        run(&door, pairs).await
    })?;
    say(&format!(
        "  {pairs} interleaved pairs of each in {} s; known − unknown as median [95 % interval]",
        begun.elapsed().as_secs()
    ));
    let mut passed = true;
    for (case, taken) in taken {
        passed &= tell(case, &taken);
    }
    Ok(passed)
}

fn tell(case: Case, taken: &Taken) -> bool {
    let middle = |durations: &[Duration]| Series::new(durations.to_vec()).quantile(500);
    let wall = Interval::of(&taken.differences);
    let cpu = Interval::of(&taken.cpu_differences);
    let (work, same_work) = taken.work.unwrap_or_default();
    let same = match &taken.told_apart {
        None => "same answer".to_owned(),
        Some(how) => format!("TOLD APART: {how}"),
    };
    let within = wall.least >= -BOUND && wall.most <= BOUND;
    row(
        case.told(),
        &format!(
            "{} / {}  wall {wall}  CPU {cpu}  {same}, {work} steps of work{}{}",
            micros(middle(&taken.known)),
            micros(middle(&taken.unknown)),
            if same_work { ", the same" } else { ", OTHERS" },
            if within { "" } else { "  BEYOND ±0.5 ms" },
        ),
    );
    within && same_work && taken.told_apart.is_none()
}

async fn run(door: &Door, pairs: usize) -> anyhow::Result<Vec<(Case, Taken)>> {
    let mut all: Vec<(Case, Taken)> = Case::ALL
        .into_iter()
        .map(|case| (case, Taken::default()))
        .collect();
    let mut people = People::gather(door).await?;
    let mut number = 0;
    while number < pairs {
        let count = AT_ONCE.min(pairs - number);
        let mut guests = door.guests(2 * count).await?;
        let known = |number: usize| format!("known-{number:06}@example.com");
        door.know((number..number + count).map(known)).await?;
        for _ in 0..count {
            let sides = [guests.pop(), guests.pop()];
            let [Some(first), Some(second)] = sides else {
                bail!("too few guests");
            };
            let guests = [first, second];
            let addresses = [known(number), format!("other-{number:06}@example.com")];
            let mut codes = [Value::Null, Value::Null];
            for (case, taken) in &mut all {
                let made = people.requests(door, *case, number, &guests, &addresses, &codes);
                let requests = made.await?;
                let answers = pair(door, requests, taken, number).await?;
                if *case == Case::CodeAsked {
                    codes =
                        answers.map(|answer| answer.get("request").cloned().unwrap_or_default());
                }
            }
            number += 1;
        }
    }
    Ok(all)
}

/// Sends both, the one or the other first, and notes what they took.
async fn pair(
    door: &Door,
    [known, unknown]: [axum::http::Request<axum::body::Body>; 2],
    taken: &mut Taken,
    number: usize,
) -> anyhow::Result<[Value; 2]> {
    let known_first = made_up::mixed(u64::try_from(number)?) & 1 == 0;
    // What is done is looked at once, and not timed.
    let watched = taken.work.is_none();
    let (known, unknown, works) = if watched {
        let work = Work::default();
        let guard = work.watched();
        let known = timed(door, known).await?;
        let done = work.taken();
        let unknown = timed(door, unknown).await?;
        drop(guard);
        (known, unknown, Some((done, work.taken())))
    } else if known_first {
        let known = timed(door, known).await?;
        (known, timed(door, unknown).await?, None)
    } else {
        let unknown = timed(door, unknown).await?;
        (timed(door, known).await?, unknown, None)
    };
    if let Some((one, other)) = works {
        taken.work = Some((one.len(), one == other));
    } else {
        taken.known.push(known.took);
        taken.unknown.push(unknown.took);
        let difference = difference(known.took, unknown.took);
        taken.differences.push(difference);
        let difference = self::difference(known.cpu, unknown.cpu);
        taken.cpu_differences.push(difference);
    }
    let shapes = [shape(&known.answered), shape(&unknown.answered)];
    if taken.told_apart.is_none() && shapes.first() != shapes.last() {
        taken.told_apart = Some(shapes.join(" / "));
    }
    let read = |answered: &Answered| answered.json().unwrap_or_default();
    Ok([read(&known.answered), read(&unknown.answered)])
}

async fn timed(
    door: &Door,
    request: axum::http::Request<axum::body::Body>,
) -> anyhow::Result<Timed> {
    let (cpu, begun) = (process::cpu_here(), Instant::now());
    let answered = black_box(door.send(black_box(request)).await?);
    let (took, cpu) = (begun.elapsed(), process::cpu_here().saturating_sub(cpu));
    Ok(Timed {
        answered,
        took,
        cpu,
    })
}

/// What of an answer could tell who is known: all of it, but for ids, challenges, hashes and times.
fn shape(answered: &Answered) -> String {
    let mut told = format!("{} {}", answered.status, answered.headers.join(" "));
    match answered.json() {
        Ok(mut body) => {
            if answered.status < 400 {
                blank(&mut body);
            }
            told.push_str(&body.to_string());
        }
        Err(_) => told.push_str(&String::from_utf8_lossy(&answered.body)),
    }
    told
}

/// Leaves of each text how long it is.
fn blank(value: &mut Value) {
    match value {
        // Times are written as short as they are.
        Value::String(text) if text.ends_with('Z') => *value = json!("time"),
        Value::String(text) => *value = json!(text.len()),
        Value::Array(values) => values.iter_mut().for_each(blank),
        Value::Object(fields) => fields.values_mut().for_each(blank),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Who is tried, and who tries.
struct People {
    shoppers: Authenticator,
    colleagues: Authenticator,
    /// A device whose key is in no passkey of the house.
    stranger: Authenticator,
    /// Signed in, to ask for orders.
    asking: Vec<String>,
    /// A link that was used.
    spent: String,
    /// Whose order is asked for.
    order: String,
}

impl People {
    async fn gather(door: &Door) -> anyhow::Result<Self> {
        let [owner, asks, known] = [0, 1, 2].map(made_up::customer_id);
        let number = (0..SIZES.orders)
            .map(|number| made_up::order(SIZES, number))
            .find(|order| order.customer == owner);
        let mut asker = door.device_of(&asks).await?;
        let mut asking = Vec::new();
        for _ in 0..ASKING {
            asking.push(door.sign_in(&mut asker).await?);
        }
        let mut stranger = Authenticator::new(ORIGIN)?;
        stranger.create(&json!({
            "challenge": "AAAA", "rp": { "id": "localhost" },
            "user": { "id": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" },
        }))?;
        let (spent, colleagues) = door.member().await?;
        Ok(Self {
            shoppers: door.device_of(&known).await?,
            colleagues,
            stranger,
            asking,
            spent,
            order: number.context("nobody's order can be asked for")?.id,
        })
    }

    /// The same request twice: about somebody known, and about nobody.
    async fn requests(
        &mut self,
        door: &Door,
        case: Case,
        number: usize,
        guests: &[String; 2],
        addresses: &[String; 2],
        codes: &[Value; 2],
    ) -> anyhow::Result<[axum::http::Request<axum::body::Body>; 2]> {
        let [one, other] = guests;
        let both = |path: &str, bodies: [Value; 2]| {
            let [known, unknown] = bodies;
            anyhow::Ok([
                door.request(path, Some(one), &known)?,
                door.request(path, Some(other), &unknown)?,
            ])
        };
        let code = json!({ "code": "000000" });
        let code_path = |request: &Value| {
            let request = request.as_str().context("no request of a code")?;
            anyhow::Ok(format!("/v1/session/codes/{request}"))
        };
        match case {
            Case::CodeAsked => {
                let bodies = addresses.each_ref().map(|email| json!({ "email": email }));
                both("/v1/session/codes", bodies)
            }
            Case::CodeWrong => {
                let [hers, nobodys] = codes;
                Ok([
                    door.request(&code_path(hers)?, Some(one), &code)?,
                    door.request(&code_path(nobodys)?, Some(other), &code)?,
                ])
            }
            Case::CodeOfAnother => {
                let [_, nobodys] = codes;
                let none =
                    json!(terms::CodeRequestId::random(&crate::rooms::SystemRng).to_string());
                Ok([
                    door.request(&code_path(nobodys)?, Some(one), &code)?,
                    door.request(&code_path(&none)?, Some(other), &code)?,
                ])
            }
            Case::PasskeyBegun => both("/v1/session/sign-in", [json!({}), json!({})]),
            Case::PasskeyRefused => {
                let path = "/v1/session/sign-in";
                let tokens = [Some(one.as_str()), Some(other.as_str())];
                refused(door, path, tokens, &mut self.shoppers, &mut self.stranger).await
            }
            Case::StaffPasskeyRefused => {
                let path = "/v1/staff/sign-in";
                let (known, stranger) = (&mut self.colleagues, &mut self.stranger);
                refused(door, path, [None, None], known, stranger).await
            }
            Case::StaffLinkSpent => {
                let none = door.guests(1).await?.pop().context("no guest")?;
                let with = |token: &str| {
                    door.request("/v1/staff/sessions", None, &json!({ "token": token }))
                };
                Ok([with(&self.spent)?, with(&none)?])
            }
            Case::OrderOfAnother => {
                let token = self.asking.get(number % ASKING).map(String::as_str);
                let ask = |order: &str| {
                    let body = json!({ "args": { "order": order } });
                    door.request("/v1/tools/get_order", token, &body)
                };
                let none: String = self.order.chars().rev().collect();
                Ok([ask(&self.order)?, ask(&none)?])
            }
        }
    }
}

/// Two answers to a ceremony that a stranger's device signed: one names a passkey that somebody has, with her
/// own user handle, the other the stranger's.
async fn refused(
    door: &Door,
    path: &str,
    tokens: [Option<&str>; 2],
    known: &mut Authenticator,
    stranger: &mut Authenticator,
) -> anyhow::Result<[axum::http::Request<axum::body::Body>; 2]> {
    let [one, other] = tokens;
    let mut made = Vec::new();
    for (token, named) in [(one, Some(known)), (other, None)] {
        let begun = door.post(path, token, &json!({}), 201).await?;
        let options = begun.get("options").context("no options")?;
        let mut response = stranger.get(options)?;
        if let Some(known) = named {
            let hers = known.get(options)?;
            for pointer in ["/id", "/rawId", "/response/userHandle"] {
                let (to, from) = (response.pointer_mut(pointer), hers.pointer(pointer));
                let (Some(to), Some(from)) = (to, from) else {
                    bail!("a response without `{pointer}`");
                };
                to.clone_from(from);
            }
        }
        let ceremony = begun.get("ceremony").and_then(Value::as_str);
        let path = format!("{path}/{}", ceremony.context("no ceremony")?);
        made.push(door.request(&path, token, &json!({ "response": response }))?);
    }
    let made: Result<[_; 2], _> = made.try_into();
    made.map_err(|_| anyhow::anyhow!("two requests were made"))
}

/// The median of differences in nanoseconds, and between which of them it lies with 95 % certainty.
struct Interval {
    median: i64,
    least: i64,
    most: i64,
}

impl Interval {
    /// By order statistics: of n values the median lies between the (n ∓ 1.96 √n) / 2 th.
    fn of(differences: &[i64]) -> Self {
        let mut sorted = differences.to_vec();
        sorted.sort_unstable();
        let count = sorted.len();
        let half = (98 * count.isqrt()).div_ceil(100) + 1;
        let at = |place: usize| sorted.get(place.min(count.saturating_sub(1))).copied();
        Self {
            median: at(count / 2).unwrap_or_default(),
            least: at((count / 2).saturating_sub(half)).unwrap_or_default(),
            most: at(count / 2 + half).unwrap_or_default(),
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = |nanos: i64| {
            let sign = if nanos < 0 { "−" } else { "+" };
            let tenths = nanos.unsigned_abs() / 100;
            format!("{sign}{}.{}", tenths / 10, tenths % 10)
        };
        let (least, most) = (micros(self.least), micros(self.most));
        write!(f, "{} [{least}, {most}] µs", micros(self.median))
    }
}

fn difference(one: Duration, other: Duration) -> i64 {
    let nanos = |duration: Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    nanos(one).saturating_sub(nanos(other))
}
