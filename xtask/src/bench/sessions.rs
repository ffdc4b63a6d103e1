//! What it costs to know who asks: a token becomes a proof, as every request begins. Processor time of all threads,
//! since SQLite works in threads of its own.

use std::{hint::black_box, time::Duration};

use anyhow::Context;
use identity::{Scope, SessionToken};
use store::Database;
use tokio::runtime::Builder;

use super::{Place, row};
use crate::{
    door::Door,
    figures::{Series, micros},
    made_up::{self, Sizes},
    process,
};

/// What a check may cost.
const MOST: Duration = Duration::from_micros(20);
const SIZES: Sizes = Sizes {
    products: 20,
    customers: 4,
    orders: 4,
    all_pending: true,
};

pub(super) fn measure(checks: usize, place: &Place) -> anyhow::Result<bool> {
    let bed = place.bed()?;
    place.heading("sessions");
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let keys = bed.data.path().join("keys");
        let door = Door::open(bed.target()?, &keys, made_up::elements(SIZES)).await?;
        // Others are signed in too.
        door.guests(10_000).await?;
        let mut device = door.device_of(&made_up::customer_id(1)).await?;
        let shopper = SessionToken::parse(&door.sign_in(&mut device).await?);
        let shopper = shopper.context("the shopper's token cannot be read")?;
        let staff = SessionToken::parse(&door.member().await?.0);
        let staff = staff.context("the token of staff cannot be read")?;
        let mut passed = true;
        let mut times = Vec::with_capacity(checks);
        for _ in 0..checks {
            let before = process::cpu_here();
            let mut snapshot = door.database.snapshot().await?;
            let scope = Scope::new();
            let proof = door.identity.shopper(&scope, &mut *snapshot, &shopper);
            black_box(proof.await?);
            drop(snapshot);
            times.push(process::cpu_here().saturating_sub(before));
        }
        passed &= tell("a shopper's session", times);
        let mut times = Vec::with_capacity(checks);
        for _ in 0..checks {
            let before = process::cpu_here();
            let mut snapshot = door.database.snapshot().await?;
            let scope = Scope::new();
            let proof = door.identity.staff_member(&scope, &mut *snapshot, &staff);
            black_box(proof.await?);
            drop(snapshot);
            times.push(process::cpu_here().saturating_sub(before));
        }
        passed &= tell("a session of staff", times);
        let mut times = Vec::with_capacity(checks);
        for _ in 0..checks {
            let before = process::cpu_here();
            drop(black_box(door.database.snapshot().await?));
            times.push(process::cpu_here().saturating_sub(before));
        }
        tell("of it: a snapshot, and nothing read", times);
        let mut snapshot = door.database.snapshot().await?;
        let mut times = Vec::with_capacity(checks);
        for _ in 0..checks {
            let before = process::cpu_here();
            let scope = Scope::new();
            let proof = door.identity.shopper(&scope, &mut *snapshot, &shopper);
            black_box(proof.await?);
            times.push(process::cpu_here().saturating_sub(before));
        }
        tell("of it: the shopper, in one snapshot", times);
        let mut times = Vec::with_capacity(checks);
        for _ in 0..checks {
            let before = process::cpu_here();
            let scope = Scope::new();
            let proof = door.identity.staff_member(&scope, &mut *snapshot, &staff);
            black_box(proof.await?);
            times.push(process::cpu_here().saturating_sub(before));
        }
        tell("of it: staff, in one snapshot", times);
        let mut times = Vec::with_capacity(checks);
        for _ in 0..checks {
            let before = process::cpu_here();
            let token = SessionToken::parse(black_box(shopper.expose()));
            black_box(token.map(|token| token.hash()));
            times.push(process::cpu_here().saturating_sub(before));
        }
        tell("of it: the token read and hashed", times);
        Ok(passed)
    })
}

/// Whether half of them stayed below what a check may cost.
fn tell(what: &str, times: Vec<Duration>) -> bool {
    let series = Series::new(times);
    let (half, most) = (series.quantile(500), series.quantile(990));
    let within = half < MOST;
    row(
        what,
        &format!(
            "CPU p50 {}  p99 {}{}",
            micros(half),
            micros(most),
            if within { "" } else { "  BEYOND 20 µs" }
        ),
    );
    within
}
