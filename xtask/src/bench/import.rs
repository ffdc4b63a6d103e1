//! A large shop in and out again: `parlour shop import`, then `export`, which must give the document
//! back byte by byte. Then the same import once more elsewhere, killed in the middle: nothing of it
//! may be left.

use std::{
    fs::{self, File},
    io::{BufReader, Read},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::ensure;

use super::{Bed, Bench, Place, row};
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
    let importing = process::run(import(binary, &bed).arg(file("shop.json")))?;
    tell("import", sizes, importing)?;
    let mut export = parlour(binary, &bed, "export");
    let used = process::run(export.arg("--to").arg(file("again.json")))?;
    tell("export", sizes, used)?;
    ensure!(
        same(&file("shop.json"), &file("again.json"))?,
        "the export is not the document that was imported"
    );
    row("the export is the document", "yes, byte by byte");
    killed_in_the_middle(binary, place, &file("shop.json"), importing.wall)
}

fn parlour(binary: &Path, bed: &Bed, verb: &str) -> Command {
    let data = bed.data.path();
    let mut command = Command::new(binary);
    command.args(["shop", verb, "--format", "json", "--config"]);
    command.arg(data.join("bench.toml")).arg("--data").arg(data);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn import(binary: &Path, bed: &Bed) -> Command {
    parlour(binary, bed, "import")
}

/// The same import into a fresh place, killed after half of the time it took.
fn killed_in_the_middle(
    binary: &Path,
    place: &Place,
    document: &Path,
    whole: Duration,
) -> anyhow::Result<()> {
    let bed = place.bed()?;
    fs::write(bed.data.path().join("bench.toml"), bed.storage()?)?;
    let half = whole / 2;
    let mut child = import(binary, &bed).arg(document).spawn()?;
    thread::sleep(half);
    let over = child.try_wait()?.is_some();
    // SIGKILL: nothing of the program runs after it.
    child.kill()?;
    child.wait()?;
    ensure!(!over, "the import was over before it was killed");
    let mut export = parlour(binary, &bed, "export");
    let refused = export.stderr(Stdio::piped()).output()?;
    let said = String::from_utf8_lossy(&refused.stderr);
    // Wrong use: there is no shop that could be named.
    ensure!(
        refused.status.code() == Some(2) && said.contains("there are: none"),
        "something is left of an import that was killed: {said}"
    );
    row(
        "killed in the middle",
        &format!("after {}: nothing is left", seconds(half)),
    );
    let used = process::run(import(binary, &bed).arg(document))?;
    let again = bed.data.path().join("again.json");
    process::run(parlour(binary, &bed, "export").arg("--to").arg(&again))?;
    ensure!(
        same(document, &again)?,
        "the export after a killed import is not the document"
    );
    row(
        "imported again there",
        &format!("{}  the export is the document", seconds(used.wall)),
    );
    Ok(())
}

/// A document of any size is read and written member by member.
const MOST_MEMORY_KIB: u64 = 128 * 1_024;

fn tell(what: &str, sizes: Sizes, used: Used) -> anyhow::Result<()> {
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
    ensure!(
        used.peak_kib < MOST_MEMORY_KIB,
        "the {what} took {} KiB of memory: expected less than {MOST_MEMORY_KIB}",
        used.peak_kib
    );
    Ok(())
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
