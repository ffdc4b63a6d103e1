//! What a process used: time, processor and memory, as the kernel counts them.

use std::{
    fs,
    process::Command,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use rustix::time::{ClockId, clock_gettime};

/// A command that ended well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used {
    pub(crate) wall: Duration,
    /// User and system.
    pub(crate) cpu: Duration,
    /// The most resident memory, looked at every few milliseconds.
    pub(crate) peak_kib: u64,
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<Used> {
    let before = cpu_of_children()?;
    let begun = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("{command:?} cannot be started"))?;
    let (id, ended, peak) = (child.id(), AtomicBool::new(false), AtomicU64::new(0));
    let status = thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                if let Ok((_, most)) = memory_kib(&id.to_string()) {
                    peak.fetch_max(most, Ordering::Relaxed);
                }
                thread::sleep(Duration::from_millis(5));
            }
        });
        let status = child.wait();
        ended.store(true, Ordering::Relaxed);
        status
    })?;
    let wall = begun.elapsed();
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(Used {
        wall,
        cpu: cpu_of_children()?.saturating_sub(before),
        peak_kib: peak.into_inner(),
    })
}

/// Resident memory of a process in KiB: now and at its peak.
pub(crate) fn memory_kib(process: &str) -> anyhow::Result<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    Ok((
        field("VmRSS:").context("no VmRSS")?,
        field("VmHWM:").context("no VmHWM")?,
    ))
}

/// Processor time of a process, user and system.
pub(crate) fn cpu(process: &str) -> anyhow::Result<Duration> {
    times(process, 11)
}

/// Processor time of all threads of this process, to the nanosecond.
pub(crate) fn cpu_here() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default()
}

/// Processor time of the threads that a process has now, to the nanosecond: what one short turn used.
pub(crate) fn cpu_of_threads(process: &str) -> anyhow::Result<Duration> {
    let mut nanoseconds = 0;
    for thread in fs::read_dir(format!("/proc/{process}/task"))? {
        // A thread that ended meanwhile is gone from here.
        let Ok(told) = fs::read_to_string(thread?.path().join("schedstat")) else {
            continue;
        };
        let ran = told.split_whitespace().next();
        nanoseconds += ran
            .and_then(|ran| ran.parse::<u64>().ok())
            .context("unexpected /proc/PID/task/ID/schedstat")?;
    }
    Ok(Duration::from_nanos(nanoseconds))
}

/// Processor time of the children that have ended.
fn cpu_of_children() -> anyhow::Result<Duration> {
    times("self", 13)
}

/// Two neighbouring fields of `/proc/PID/stat`, counted after the name.
fn times(process: &str, first: usize) -> anyhow::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after_name = stat
        .rsplit_once(')')
        .context("unexpected /proc/PID/stat")?
        .1;
    let mut fields = after_name.split_whitespace().skip(first);
    let mut ticks = || {
        fields
            .next()
            .and_then(|field| field.parse::<u64>().ok())
            .context("unexpected /proc/PID/stat")
    };
    // The kernel counts in hundredths of a second (USER_HZ) on every Linux.
    Ok(Duration::from_millis(10 * (ticks()? + ticks()?)))
}
