//! Presidio on the same texts, on the same machine, in the same hour.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, bail};
use serde::Deserialize;
use serde_json::json;

use super::sets::{self, Message, Prediction};

pub(super) struct Baseline {
    pub(super) labelled: Vec<Vec<Prediction>>,
    pub(super) ordinary: Vec<Vec<Prediction>>,
    pub(super) speed: Speed,
}

/// What the baseline says of itself.
#[derive(Deserialize)]
pub(super) struct Speed {
    pub(super) cpu_msg_s: f64,
    pub(super) m200_cpu_p50_ms: f64,
    pub(super) m200_cpu_p99_ms: f64,
}

/// Below it the baseline reports nothing: its own default.
const THRESHOLD: &str = "0.0";

impl Baseline {
    pub(super) fn run(
        python: &Path,
        shared: &Path,
        labelled: &[Message],
        ordinary: &[Message],
    ) -> anyhow::Result<Self> {
        let (labelled, speed) = findings(python, shared, labelled)?;
        let (ordinary, _) = findings(python, shared, ordinary)?;
        Ok(Self {
            labelled,
            ordinary,
            speed,
        })
    }
}

fn findings(
    python: &Path,
    shared: &Path,
    messages: &[Message],
) -> anyhow::Result<(Vec<Vec<Prediction>>, Speed)> {
    let scratch = tempfile::tempdir()?;
    let (texts, found) = (
        scratch.path().join("texts.json"),
        scratch.path().join("found.jsonl"),
    );
    let all: Vec<_> = messages
        .iter()
        .map(|one| json!({"full_text": one.text}))
        .collect();
    fs::write(&texts, serde_json::to_string(&all)?)?;
    let script = shared.join("tools/presidio_baseline.py");
    let done = Command::new(python)
        .arg(&script)
        .args([&texts, &found])
        .arg(THRESHOLD)
        .env("OMP_NUM_THREADS", "1")
        .output()
        .with_context(|| format!("`{}` cannot be started", python.display()))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        bail!("the baseline failed: {}", said.trim());
    }
    let said = String::from_utf8_lossy(&done.stdout);
    let speed = said.lines().last().unwrap_or_default();
    let speed = serde_json::from_str(speed).context("the baseline told no figures")?;
    Ok((sets::each_line(&found)?, speed))
}
