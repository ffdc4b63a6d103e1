//! A script of tool calls through `parlour tool run`: half of them proposals that are confirmed at
//! once, half of them reads.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::ensure;

use super::{Bench, Place, row};
use crate::{
    figures::{millis, seconds},
    made_up::Sizes,
    process,
    shop_document::{write_document, write_script},
};

const SIZES: Sizes = Sizes {
    products: 200,
    customers: 500,
    orders: 1_000,
    all_pending: false,
};

pub(super) fn measure(bench: &Bench, binary: &Path, place: &Place) -> anyhow::Result<()> {
    let bed = place.bed()?;
    place.heading("replay");
    let data = bed.data.path();
    let file = |name: &str| data.join(name);
    fs::write(file("bench.toml"), bed.storage()?)?;
    write_document(SIZES, &file("shop.json"))?;
    write_script(SIZES, bench.calls, &file("calls.jsonl"))?;
    let parlour = |words: &[&str]| {
        let mut command = Command::new(binary);
        command.args(words).arg("--config").arg(file("bench.toml"));
        command.arg("--data").arg(data);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let mut import = parlour(&["shop", "import", "--format", "json"]);
    process::run(import.arg(file("shop.json")))?;
    let answers = File::create(file("answers.jsonl"))?;
    let mut replay = parlour(&["tool", "run"]);
    replay.arg("--script").arg(file("calls.jsonl"));
    let used = process::run(replay.stdout(answers))?;

    let answers = fs::read_to_string(file("answers.jsonl"))?;
    let (mut calls, mut refused) = (0_u32, 0_u32);
    for answer in answers.lines() {
        let answer: serde_json::Value = serde_json::from_str(answer)?;
        calls += 1;
        refused += u32::from(answer.get("ok") != Some(&serde_json::Value::Bool(true)));
    }
    ensure!(refused == 0, "{refused} of {calls} calls were refused");
    row(
        &format!("{calls} calls"),
        &format!(
            "{}  {} each  CPU {} each  peak memory {} MiB",
            seconds(used.wall),
            millis(used.wall / calls.max(1)),
            millis(used.cpu / calls.max(1)),
            used.peak_kib / 1_024
        ),
    );
    Ok(())
}
