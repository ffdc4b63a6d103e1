//! `parlour ledger`: verify with the public key alone, export, name the key.

use std::path::{Path, PathBuf};

use anyhow::Context;
use files::export::{ExportDirectory, ExportReader};
use ledger::{
    export::Export,
    keys::PublicKey,
    verify::{Options, Report, Source, verify},
};
use store::Database;

use super::block_on;
use crate::{
    arguments::{Common, LedgerCommand, LedgerWhat, Where},
    exit::{Integrity, WrongUse},
    installation::{Installation, config, evidence, public_key, shop},
    logging::{Progress, say},
};

pub(crate) fn run(common: &Common, command: &LedgerCommand) -> anyhow::Result<()> {
    block_on(async {
        match &command.what {
            LedgerWhat::Key { at } => key(common, at).await,
            LedgerWhat::Export { at, to } => export(common, at, to).await,
            LedgerWhat::Verify {
                at,
                key,
                key_file,
                export,
                witnessed,
            } => {
                let key = read_key(key.as_deref(), key_file.as_deref())?;
                let options = Options {
                    witnessed: read_all(witnessed)?,
                };
                let report = match export {
                    Some(directory) => {
                        let source = ExportReader::open(directory)?;
                        verify(Source::Export(&source), &key, &options).await?
                    }
                    None => verify_database(common, at, &key, &options).await?,
                };
                tell(common, &report)
            }
        }
    })
}

async fn verify_database(
    common: &Common,
    at: &Where,
    key: &PublicKey,
    options: &Options,
) -> anyhow::Result<Report> {
    let database = evidence(&common.data, &config(at)?.storage).await?;
    let shop = shop(&database, at).await?;
    let mut snapshot = database.snapshot().await?;
    let source = Source::Database {
        ledger: &mut *snapshot,
        shop: shop.id,
    };
    Ok(verify(source, key, options).await?)
}

fn tell(common: &Common, report: &Report) -> anyhow::Result<()> {
    if common.json {
        say(&serde_json::to_string(report)?);
    } else {
        say(&format!(
            "{}: {} entries, {} checkpoints, {} entries not yet placed",
            report.origin, report.entries, report.checkpoints, report.unplaced
        ));
        if let Some(root) = &report.root {
            say(&format!(
                "root of the first {} entries: {root}",
                report.size
            ));
        }
        for finding in &report.findings {
            say(&format!("FOUND  {finding}"));
        }
        if report.further_findings > 0 {
            say(&format!("FOUND  {} more", report.further_findings));
        }
        if report.is_sound() {
            say("nothing was found: the ledger is as it was signed");
        }
    }
    if report.is_sound() {
        return Ok(());
    }
    Err(Integrity("the ledger is not as it was signed".to_owned()).into())
}

async fn key(common: &Common, at: &Where) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let key = public_key(&installation.sequencer, &shop.handle)?.to_string();
    if common.json {
        say(&serde_json::json!({ "shop": shop.handle, "key": key }).to_string());
    } else {
        say(&key);
    }
    Ok(())
}

async fn export(common: &Common, at: &Where, to: &Path) -> anyhow::Result<()> {
    let database = evidence(&common.data, &config(at)?.storage).await?;
    let shop = shop(&database, at).await?;
    let directory = ExportDirectory::create(to)?;
    let mut snapshot = database.snapshot().await?;
    let mut export = Export::begin(&mut *snapshot, shop.id).await?;
    let size = export.size();
    let mut progress = Progress::new("exporting the ledger", !common.json);
    let mut written: u64 = 0;
    while let Some(file) = export.next().await? {
        directory.write(&file)?;
        written += 1;
        progress.show(&format!("{written} files"));
    }
    progress.done();
    if common.json {
        say(&serde_json::json!({ "entries": size, "files": written, "to": to.display().to_string() }).to_string());
    } else {
        say(&format!(
            "exported {size} entries in {written} files to {}",
            to.display()
        ));
    }
    Ok(())
}

fn read_key(key: Option<&str>, file: Option<&Path>) -> anyhow::Result<PublicKey> {
    let text = match (key, file) {
        (Some(key), _) => key.to_owned(),
        (None, Some(file)) => files::text::read(file)?,
        (None, None) => return Err(WrongUse("give `--key` or `--key-file`".to_owned()).into()),
    };
    let parsed = text.trim().parse::<PublicKey>();
    parsed.map_err(|error| WrongUse(format!("the verifier key cannot be read: {error}")).into())
}

fn read_all(paths: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    let read =
        |path: &PathBuf| files::text::read(path).context("a witnessed checkpoint cannot be read");
    paths.iter().map(read).collect()
}
