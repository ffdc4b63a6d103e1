//! A large shop in and out again: `parlour shop import`, then `export`, which must give the document
//! back byte by byte.

use std::{
    fs::{self, File},
    io::{BufReader, Read},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::ensure;

use super::{Bench, Place, row};
use crate::{
    figures::{rate, seconds},
    made_up::Sizes,
    process::{self, Used},
    shop_document::write_document,
};

pub(super) fn measure(bench: &Bench, binary: &Path, place: &Place) -> anyhow::Result<()> {
    let bed = place.bed()?;
    place.heading("import and export");
    place.floor(&bed)?;
    let sizes = Sizes {
        products: 1_000,
        customers: bench.customers.max(1),
        orders: bench.orders,
        all_pending: false,
    };
    let data = bed.data.path();
    let file = |name: &str| data.join(name);
    fs::write(file("bench.toml"), bed.storage()?)?;
    write_document(sizes, &file("shop.json"))?;
    let bytes = fs::metadata(file("shop.json"))?.len();
    row(
        "the document",
        &format!(
            "{} customers, {} orders, {} MiB",
            sizes.customers,
            sizes.orders,
            bytes / 1_048_576
        ),
    );
    let parlour = |verb: &str| {
        let mut command = Command::new(binary);
        command.args(["shop", verb, "--format", "json", "--config"]);
        command.arg(file("bench.toml")).arg("--data").arg(data);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let used = process::run(parlour("import").arg(file("shop.json")))?;
    tell("import", sizes, used);
    let used = process::run(parlour("export").arg("--to").arg(file("again.json")))?;
    tell("export", sizes, used);
    ensure!(
        same(&file("shop.json"), &file("again.json"))?,
        "the export is not the document that was imported"
    );
    row("the export is the document", "yes, byte by byte");
    Ok(())
}

fn tell(what: &str, sizes: Sizes, used: Used) {
    row(
        what,
        &format!(
            "{}  {} orders/s  CPU {}  peak memory {} MiB",
            seconds(used.wall),
            rate(sizes.orders, used.wall),
            seconds(used.cpu),
            used.peak_kib / 1_024
        ),
    );
}

fn same(one: &Path, other: &Path) -> anyhow::Result<bool> {
    if fs::metadata(one)?.len() != fs::metadata(other)?.len() {
        return Ok(false);
    }
    let one = BufReader::new(File::open(one)?);
    let other = BufReader::new(File::open(other)?);
    for (left, right) in one.bytes().zip(other.bytes()) {
        if left? != right? {
            return Ok(false);
        }
    }
    Ok(true)
}
