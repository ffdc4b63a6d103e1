//! Proposals and confirmations: each a transaction of its own, durable when it returns.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use commerce::tools::{Answer, Tool};
use terms::{ProposalId, SessionId};
use tokio::{runtime::Builder, task::JoinSet};

use super::{Bench, Place, row};
use crate::{
    figures::{Series, millis, rate},
    made_up::{self, Call, Sizes},
    process,
    rooms::Rooms,
};

const CUSTOMERS: u64 = 500;

/// A call that waits for its turn, and then the proposal that it made.
struct Step {
    session: SessionId,
    call: Call,
    proposal: Option<ProposalId>,
}

pub(super) fn measure(bench: &Bench, place: &Place) -> anyhow::Result<()> {
    let bed = place.bed()?;
    place.heading("proposals");
    place.floor(&bed)?;
    let sizes = Sizes {
        products: 200,
        customers: CUSTOMERS,
        orders: 2 * bench.proposals,
        all_pending: true,
    };
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let keys = bed.data.path().join("keys");
        let members = made_up::elements(sizes);
        let rooms = Rooms::open(bed.target()?, &keys, members);
        let rooms = Arc::new(rooms.await?);
        let mut sessions = Vec::new();
        for number in 0..CUSTOMERS {
            sessions.push(rooms.sign_in(&made_up::customer_id(number)).await?);
        }
        for (tasks, first) in [(1, 0), (bench.tasks.max(1), bench.proposals)] {
            let steps = (first..first + bench.proposals)
                .map(|number| {
                    let call = made_up::call(sizes, number);
                    let session = usize::try_from(call.customer)
                        .ok()
                        .and_then(|at| sessions.get(at));
                    Ok(Step {
                        session: *session.context("a customer without a session")?,
                        call,
                        proposal: None,
                    })
                })
                .collect::<anyhow::Result<Vec<Step>>>()?;
            let steps = phase(&rooms, steps, tasks, "proposals").await?;
            phase(&rooms, steps, tasks, "confirmations").await?;
        }
        Ok(())
    })
}

/// Takes every step one further: a call proposes, a proposal is confirmed.
async fn phase(
    rooms: &Arc<Rooms>,
    steps: Vec<Step>,
    tasks: u64,
    what: &str,
) -> anyhow::Result<Vec<Step>> {
    let mut shares: Vec<Vec<Step>> = (0..tasks).map(|_| Vec::new()).collect();
    for (step, number) in steps.into_iter().zip(0..) {
        let share = usize::try_from(number % tasks)?;
        if let Some(share) = shares.get_mut(share) {
            share.push(step);
        }
    }
    let (before, begun) = (process::cpu("self")?, Instant::now());
    let mut running = JoinSet::new();
    for share in shares {
        running.spawn(take_all(Arc::clone(rooms), share));
    }
    let (mut all, mut times) = (Vec::new(), Vec::new());
    while let Some(ended) = running.join_next().await {
        let (share, took) = ended??;
        all.extend(share);
        times.extend(took);
    }
    let took = begun.elapsed();
    let cpu = process::cpu("self")?.saturating_sub(before);
    let series = Series::new(times);
    let count = u64::try_from(series.len())?;
    let name = match tasks {
        1 => format!("{count} {what}, one by one"),
        _ => format!("{count} {what}, {tasks} at once"),
    };
    row(
        &name,
        &format!(
            "{} /s  {}  CPU {} each",
            rate(count, took),
            series.told(),
            millis(cpu / u32::try_from(count.max(1))?)
        ),
    );
    Ok(all)
}

async fn take_all(
    rooms: Arc<Rooms>,
    mut share: Vec<Step>,
) -> anyhow::Result<(Vec<Step>, Vec<Duration>)> {
    let mut times = Vec::with_capacity(share.len());
    for step in &mut share {
        let begun = Instant::now();
        match step.proposal {
            None => step.proposal = Some(propose(&rooms, step).await?),
            Some(id) => rooms.confirm(step.session, id).await?,
        }
        times.push(begun.elapsed());
    }
    Ok((share, times))
}

async fn propose(rooms: &Rooms, step: &Step) -> anyhow::Result<ProposalId> {
    let tool = Tool::from_name(step.call.tool).context("an unknown tool")?;
    match rooms.call(step.session, tool, &step.call.args).await? {
        Answer::Proposal(proposal) => Ok(proposal.id),
        Answer::Result(_) => bail!("`{}` made no proposal", step.call.tool),
    }
}
