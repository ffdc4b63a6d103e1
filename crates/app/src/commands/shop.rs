//! `parlour shop`: a whole shop in, a whole shop out. Its terms are next door.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use commerce::document::{Head, Section};
use files::{
    Existing, PrivateFile,
    shop::{
        Counts, DocumentWriter, ImportError, Located, Progress as Reading, Refusal, Summary,
        read_document, read_head, read_ucp_folder,
    },
};
use knowledge::Document;
use serde_json::json;
use shop::{Export, Import, NotImported, ShopImported};
use store::{Database, Transaction, shops::ShopRow};
use terms::ShopId;
use tokio::sync::mpsc;

use super::{block_on, pictures::pictures, terms::terms};
use crate::{
    arguments::{Common, ExportFormat, ImportFormat, ShopCommand, ShopWhat, Where},
    config::is_handle,
    exit::{Refused, WrongUse},
    installation::{Installation, Missing, config},
    logging::{Progress, complain, percent, say},
    shop_setup::text_of,
};

/// Elements that wait between the reader of the file and the writer of rows.
const AHEAD: usize = 64;
/// Everything an order may refer to.
const FIRST: [Section; 7] = [
    Section::Products,
    Section::Discounts,
    Section::Promotions,
    Section::Shipping,
    Section::Policies,
    Section::Faqs,
    Section::Customers,
];

pub(crate) fn run(common: &Common, shop: &ShopCommand) -> anyhow::Result<()> {
    block_on(async {
        match &shop.what {
            ShopWhat::Import {
                at,
                format,
                name,
                path,
            } => import(common, at, *format, name.as_deref(), path).await,
            ShopWhat::Export {
                at,
                format: ExportFormat::Json,
                to,
            } => export(common, at, to.as_deref()).await,
            ShopWhat::Pictures { at, again } => pictures(common, at, *again).await,
            ShopWhat::Terms { at, asked } => terms(common, at, asked).await,
        }
    })
}

/// What is to be imported: a folder that was read, or a document that is read as it goes.
enum Source {
    Folder(Vec<Located>),
    Document(PathBuf, Summary),
}

async fn import(
    common: &Common,
    at: &Where,
    format: ImportFormat,
    name: Option<&str>,
    path: &Path,
) -> anyhow::Result<()> {
    let reading = Arc::new(Reading::default());
    let mut bar = Bar::new(common);
    let (source, head, counts) = read(format, path, &reading, &mut bar).await?;
    let installation = Installation::open(&common.data, &config(at)?, Missing::Make).await?;
    // INVARIANT: everything happens in this one transaction. A process that is killed, or an error
    // in the last line, leaves nothing.
    let mut tx = installation.database.begin().await?;
    let shop = shop_to_fill(&installation, &mut *tx, at, name).await?;
    let mut filling = Filling {
        import: begun(&installation, &mut *tx, &shop, &head, path).await?,
        texts: Vec::new(),
        done: 0,
        total: counts.total(),
    };
    match source {
        Source::Folder(elements) => {
            for located in elements {
                filling.put(&mut *tx, located, &mut bar).await?;
            }
        }
        Source::Document(path, summary) => {
            for sections in [&FIRST[..], &[Section::Orders][..]] {
                let pass = Pass {
                    path: &path,
                    sections,
                    reading: &reading,
                };
                let seen = pass.run(&mut filling, &mut *tx, &mut bar).await?;
                if seen != summary {
                    anyhow::bail!(Refused(format!(
                        "{}: the file was changed while it was read: nothing was imported",
                        path.display()
                    )));
                }
            }
        }
    }
    let texts = filling.texts;
    knowledge::publish(
        &mut *tx,
        shop.id,
        &*installation.rng,
        &*installation.clock,
        &texts,
    )
    .await?;
    let count = |section| i64::try_from(counts.of(section)).unwrap_or(i64::MAX);
    let imported = ShopImported {
        products: count(Section::Products),
        customers: count(Section::Customers),
        orders: count(Section::Orders),
    };
    installation
        .recorder
        .note(&mut *tx, shop.id, ledger::Actor::System, None, imported)
        .await?;
    bar.show("making it durable");
    tx.commit().await?;
    bar.done();
    told(common, &shop, &counts);
    Ok(())
}

async fn read(
    format: ImportFormat,
    path: &Path,
    reading: &Arc<Reading>,
    bar: &mut Bar,
) -> anyhow::Result<(Source, Head, Counts)> {
    match format {
        ImportFormat::UcpCsv => {
            let folder = read_ucp_folder(path).map_err(refused)?;
            for warning in &folder.warnings {
                complain(warning);
            }
            Ok((Source::Folder(folder.elements), folder.head, folder.counts))
        }
        ImportFormat::Json => {
            let (file, progress) = (path.to_owned(), Arc::clone(reading));
            let mut task = tokio::task::spawn_blocking(move || read_head(&file, &progress));
            let summary = loop {
                tokio::select! {
                    read = &mut task => break read?.map_err(refused)?,
                    () = tokio::time::sleep(REFRESH) => {
                        bar.show(&format!("checking the document, {} %", percent(reading.read(), reading.total())));
                    }
                }
            };
            let (head, counts) = (summary.head.clone(), summary.counts.clone());
            Ok((Source::Document(path.to_owned(), summary), head, counts))
        }
    }
}

/// The shop that is filled: the one that is named, the only one, or a new one.
async fn shop_to_fill(
    installation: &Installation,
    tx: &mut dyn Transaction,
    at: &Where,
    name: Option<&str>,
) -> anyhow::Result<ShopRow> {
    let shops = tx.shops().await?;
    let settings = config(at)?.shop;
    let handle = match (&at.shop, shops.as_slice()) {
        (Some(handle), _) => handle.clone(),
        (None, [only]) => only.handle.clone(),
        (None, []) => settings.handle.clone(),
        (None, _) => {
            let known: Vec<&str> = shops.iter().map(|shop| shop.handle.as_str()).collect();
            anyhow::bail!(WrongUse(format!(
                "name the shop with `--shop HANDLE`; there are: {}",
                known.join(", ")
            )));
        }
    };
    if let Some(known) = shops.into_iter().find(|shop| shop.handle == handle) {
        return Ok(known);
    }
    if !is_handle(&handle) {
        anyhow::bail!(WrongUse(format!(
            "`--shop {handle}` is not a handle: expected lower-case letters, digits and hyphens"
        )));
    }
    let row = ShopRow {
        id: ShopId::ordered(&*installation.clock, &*installation.rng),
        handle,
        name: name.map_or(settings.name, str::to_owned),
        content_version: 0,
        created_at: installation.clock.now(),
    };
    tx.insert_shop(&row).await?;
    installation.vault.create_shop_key(tx, row.id).await?;
    Ok(row)
}

async fn begun<'a>(
    installation: &'a Installation,
    tx: &mut dyn Transaction,
    shop: &ShopRow,
    head: &Head,
    path: &Path,
) -> anyhow::Result<Import<'a>> {
    let begun = Import::begin(
        &installation.embedded,
        &installation.identity,
        tx,
        shop.id,
        head,
    )
    .await;
    begun.map_err(|error| match error {
        NotImported::Refused { reason, .. } => {
            Refused(format!("{}: {reason}", path.display())).into()
        }
        error => error.into(),
    })
}

/// Elements on their way into the shop.
struct Filling<'a> {
    import: Import<'a>,
    texts: Vec<Document>,
    done: u64,
    total: u64,
}

impl Filling<'_> {
    async fn put(
        &mut self,
        tx: &mut dyn Transaction,
        located: Located,
        bar: &mut Bar,
    ) -> anyhow::Result<()> {
        self.texts.extend(text_of(&located.element));
        self.done = self.done.saturating_add(1);
        if self.done.is_multiple_of(250) {
            bar.0.show_part(self.done, self.total);
        }
        let Located {
            element,
            file,
            line,
            column,
            path,
        } = located;
        match self.import.put(tx, element).await {
            Ok(()) => Ok(()),
            Err(NotImported::Refused {
                path: inner,
                reason,
            }) => {
                let joint = if path.is_empty() || inner.is_empty() {
                    ""
                } else {
                    "."
                };
                Err(refused(ImportError {
                    file: file.to_string(),
                    line: Some(line),
                    column,
                    path: format!("{path}{joint}{inner}"),
                    reason,
                    environment: false,
                }))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// One pass over a document: a thread reads, this task writes.
struct Pass<'a> {
    path: &'a Path,
    sections: &'a [Section],
    reading: &'a Arc<Reading>,
}

impl Pass<'_> {
    async fn run(
        &self,
        filling: &mut Filling<'_>,
        tx: &mut dyn Transaction,
        bar: &mut Bar,
    ) -> anyhow::Result<Summary> {
        let (sender, mut elements) = mpsc::channel::<Located>(AHEAD);
        let (path, sections) = (self.path.to_owned(), self.sections.to_vec());
        let reading = Arc::clone(self.reading);
        let reader = tokio::task::spawn_blocking(move || {
            read_document(&path, &sections, &reading, &mut |located| {
                let gone = |_| Refusal::new("", "the import ended");
                sender.blocking_send(located).map_err(gone)
            })
        });
        while let Some(located) = elements.recv().await {
            filling.put(tx, located, bar).await?;
        }
        reader.await?.map_err(refused)
    }
}

fn refused(error: ImportError) -> anyhow::Error {
    if error.environment {
        anyhow::anyhow!("{error}")
    } else {
        Refused(format!("{error}\nnothing was imported")).into()
    }
}

fn told(common: &Common, shop: &ShopRow, counts: &Counts) {
    let of = |section| counts.of(section);
    if common.json {
        let sections: serde_json::Map<String, serde_json::Value> = Section::ALL
            .into_iter()
            .map(|section| (section.as_str().to_owned(), json!(of(section))))
            .collect();
        say(&json!({ "shop": shop.handle, "imported": sections }).to_string());
        return;
    }
    let parts: Vec<String> = Section::ALL
        .into_iter()
        .filter(|section| of(*section) > 0)
        .map(|section| format!("{} {}", of(section), section.as_str()))
        .collect();
    say(&format!(
        "imported into `{}`: {}",
        shop.handle,
        parts.join(", ")
    ));
}

async fn export(common: &Common, at: &Where, to: Option<&Path>) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let mut snapshot = installation.database.snapshot().await?;
    let begun = Export::begin(&installation.embedded, &mut *snapshot, shop.id).await;
    let (head, mut export) = begun.map_err(|error| match error {
        commerce::port::ShopError::NoTerms => anyhow::Error::from(Refused(format!(
            "the shop `{}` has nothing to export: import a catalogue first",
            shop.handle
        ))),
        error => error.into(),
    })?;
    match to {
        Some(path) => {
            let file = PrivateFile::create(path, Existing::Refuse)?;
            let file = written(file, &head, &mut export, &mut *snapshot, common).await?;
            file.keep()?;
        }
        None => {
            let out = BufWriter::new(io::stdout());
            let mut out = written(out, &head, &mut export, &mut *snapshot, common).await?;
            out.flush().context("standard output cannot be written")?;
        }
    }
    Ok(())
}

async fn written<W: Write>(
    out: W,
    head: &Head,
    export: &mut Export<'_>,
    snapshot: &mut dyn store::Snapshot,
    common: &Common,
) -> anyhow::Result<W> {
    let mut bar = Progress::new("export", !common.json);
    let mut writer = DocumentWriter::new(out, head)?;
    let mut count = 0_u64;
    while let Some(element) = export.next(snapshot).await? {
        writer.element(&element)?;
        count = count.saturating_add(1);
        if count.is_multiple_of(500) {
            bar.show(&format!("{count} members"));
        }
    }
    bar.done();
    Ok(writer.finish()?)
}

const REFRESH: core::time::Duration = core::time::Duration::from_millis(200);

/// The progress of an import.
struct Bar(Progress);

impl Bar {
    fn new(common: &Common) -> Self {
        Self(Progress::new("import", !common.json))
    }

    fn show(&mut self, state: &str) {
        self.0.show(state);
    }

    fn done(&mut self) {
        self.0.done();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.done();
    }
}
