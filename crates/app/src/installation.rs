//! The rooms, wired: what every command that touches data begins with.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use commerce::tools::{Commerce, Payment};
use dialogue::BuiltIn;
use files::KeyDirectory;
use gallery::{Gallery, Pictures};
use identity::{Identity, Timeouts};
use inbox::Inbox;
use journey::{Journey, Library};
use knowledge::{Knowledge, import::Pages};
use ledger::{
    Recorder,
    keys::{PublicKey, Signer},
    sequencer::Sequencer,
};
use partners::{demo_gateway::DemoGateway, pages::WebPages, pictures::WebPictures};
use shop::Embedded;
use sql::{SqlDatabase, Target};
use store::{Database, shops::ShopRow};
use terms::{Clock, Rng, Secret};
use vault::Vault;

use crate::{
    arguments::{Common, Where},
    config::{Config, GatewayKind, Storage, StorageKind},
    exit::WrongUse,
    sources::{SystemClock, SystemRng},
};

/// Name under which the ledger's seed is kept in the key directory.
const LEDGER_SEED: &str = "ledger";
/// Name under which the secret shared with the demo gateway is kept.
const DEMO_GATEWAY: &str = "demo-gateway";
/// Where a gateway's page leads back to.
const RETURN_PATH: &str = "/pay/return";

/// Everything a running node needs.
pub(crate) struct Installation {
    pub(crate) database: Arc<SqlDatabase>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) identity: Identity,
    pub(crate) journey: Journey,
    pub(crate) embedded: Embedded,
    pub(crate) recorder: Arc<Recorder>,
    /// What this installation and the demo gateway share, where one is set up.
    pub(crate) gateway_secret: Option<Arc<Secret<[u8; 32]>>>,
    pub(crate) sequencer: Arc<Sequencer>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
}

/// Whether what is missing may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A first start: directory, database and keys are made.
    Make,
    /// A command about an installation that must be there.
    Refuse,
}

/// Opens the database for reading alone: all that verifying needs.
pub(crate) async fn evidence(data: &Path, storage: &Storage) -> anyhow::Result<SqlDatabase> {
    must_exist(data, storage)?;
    Ok(sql::open_read_only(&target(data, storage)?).await?)
}

fn target(data: &Path, storage: &Storage) -> anyhow::Result<Target> {
    Ok(match storage.kind {
        StorageKind::Sqlite => Target::Sqlite {
            file: data.join(&storage.file),
        },
        StorageKind::Postgres => Target::Postgres {
            url: files::text::read_secret(&data.join(&storage.url_file))
                .context("`storage.url_file` must name a file with the PostgreSQL address")?,
            max_connections: storage.max_connections.get(),
        },
    })
}

fn must_exist(data: &Path, storage: &Storage) -> anyhow::Result<()> {
    let file = data.join(&storage.file);
    if storage.kind == StorageKind::Sqlite && !file.exists() {
        return Err(WrongUse(format!(
            "there is no database at `{}`: name the data directory with `--data`",
            file.display()
        ))
        .into());
    }
    Ok(())
}

impl Installation {
    /// Opens database and keys. INVARIANT: a fresh root key is made only for a database without
    /// shops; an existing one with a wrong or empty key directory is refused at once, since
    /// nothing in it could be read.
    pub(crate) async fn open(
        data: &Path,
        config: &Config,
        missing: Missing,
    ) -> anyhow::Result<Self> {
        match missing {
            Missing::Make => files::text::make_private_directory(data)?,
            Missing::Refuse => must_exist(data, &config.storage)?,
        }
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let rng: Arc<dyn Rng> = Arc::new(SystemRng);
        let database = Arc::new(sql::open(&target(data, &config.storage)?).await?);
        let shops = database.snapshot().await?.shops().await?;
        let key_path = data.join(&config.keys.directory);
        let keys = match missing {
            Missing::Make if shops.is_empty() => KeyDirectory::open_or_create(&key_path, &rng)?,
            _ => KeyDirectory::open(&key_path).with_context(|| {
                format!(
                    "the keys of this installation are expected in `{}`",
                    key_path.display()
                )
            })?,
        };
        let vault = Vault::open(Arc::new(keys.clone()), Arc::clone(&clock), Arc::clone(&rng))?;
        let mut snapshot = database.snapshot().await?;
        for shop in &shops {
            vault
                .check(&mut *snapshot, shop.id)
                .await
                .with_context(|| {
                    format!(
                        "the keys in `{}` are not those of this database",
                        key_path.display()
                    )
                })?;
        }
        drop(snapshot);
        let vault = Arc::new(vault);
        let sequencer = Arc::new(Sequencer::new(
            signer(&keys, &vault)?,
            Arc::clone(&clock),
            &*rng,
        ));
        let recorder = Arc::new(Recorder::new(Arc::clone(&clock), Arc::clone(&rng)));
        let timeouts: Timeouts = config.sessions.timeouts();
        let identity = Identity::new(
            Arc::clone(&vault),
            Arc::clone(&recorder),
            Arc::clone(&clock),
            Arc::clone(&rng),
            timeouts,
            config.relying_party()?,
        );
        let embedded = Embedded::new(Arc::clone(&vault), Arc::clone(&clock), Arc::clone(&rng));
        let gateway_secret = match config.payment.gateway {
            GatewayKind::Off => None,
            GatewayKind::Demo => Some(Arc::new(kept_secret(&keys, &vault, DEMO_GATEWAY)?)),
        };
        let payment = match &gateway_secret {
            Some(secret) => Some(Payment {
                gateway: Arc::new(DemoGateway::new(
                    &format!("http://{}", config.payment.demo_listen),
                    secret,
                    Arc::clone(&clock),
                )?),
                return_url: format!("{}{RETURN_PATH}", config.public_origin()?),
            }),
            None => None,
        };
        let commerce = Commerce::new(
            Arc::new(embedded.clone()),
            payment,
            Arc::clone(&vault),
            Arc::clone(&recorder),
            identity.clone(),
            Arc::clone(&clock),
            Arc::clone(&rng),
        );
        let inbox = Inbox::new(
            Arc::clone(&vault),
            Arc::clone(&recorder),
            identity.clone(),
            Arc::clone(&clock),
            Arc::clone(&rng),
        );
        let pages: Arc<dyn Pages> = Arc::new(match config.fetch_here {
            true => WebPages::with_this_machine(),
            false => WebPages::new(),
        });
        let pictures: Arc<dyn Pictures> = Arc::new(match config.fetch_here {
            true => WebPictures::with_this_machine(),
            false => WebPictures::new(),
        });
        let gallery = Gallery::new(
            Arc::new(embedded.clone()),
            pictures,
            Arc::clone(&recorder),
            Arc::clone(&clock),
        );
        let library = Library::new(
            Arc::new(Knowledge::new()),
            Arc::clone(&recorder),
            Arc::clone(&clock),
            Arc::clone(&rng),
            pages,
        );
        let journey = Journey::new(
            identity.clone(),
            inbox,
            library,
            Arc::new(BuiltIn),
            Arc::clone(&vault),
            commerce,
            gallery,
        )
        .hiding(config.treatments()?);
        Ok(Self {
            database,
            vault,
            identity,
            journey,
            embedded,
            recorder,
            gateway_secret,
            sequencer,
            clock,
            rng,
        })
    }

    /// As [`Installation::open`], for commands that name their configuration or none.
    pub(crate) async fn at(common: &Common, at: &Where) -> anyhow::Result<Self> {
        Self::open(&common.data, &config(at)?, Missing::Refuse).await
    }

    /// The shop a command is about.
    pub(crate) async fn shop(&self, at: &Where) -> anyhow::Result<ShopRow> {
        shop(&*self.database, at).await
    }
}

/// The configuration a command names, or the defaults.
pub(crate) fn config(at: &Where) -> anyhow::Result<Config> {
    at.config
        .as_ref()
        .map_or_else(|| Ok(Config::default()), |file| Config::read(file))
}

/// The shop a command is about: the one it names, or the only one.
pub(crate) async fn shop(database: &dyn Database, at: &Where) -> anyhow::Result<ShopRow> {
    let shops = database.snapshot().await?.shops().await?;
    let handles: Vec<&str> = shops.iter().map(|shop| shop.handle.as_str()).collect();
    let known = if handles.is_empty() {
        "none".to_owned()
    } else {
        handles.join(", ")
    };
    let found = match &at.shop {
        Some(handle) => shops.iter().find(|shop| &shop.handle == handle),
        None if shops.len() == 1 => shops.first(),
        None => None,
    };
    let missing = || {
        WrongUse(format!(
            "name the shop with `--shop HANDLE`; there are: {known}"
        ))
    };
    Ok(found.ok_or_else(missing)?.clone())
}

/// The log's name (C2SP tlog-checkpoint origin).
pub(crate) fn origin(shop: &str) -> String {
    format!("parlour/{shop}")
}

pub(crate) fn public_key(sequencer: &Sequencer, shop: &str) -> anyhow::Result<PublicKey> {
    Ok(sequencer.public_key(&origin(shop))?)
}

fn signer(keys: &KeyDirectory, vault: &Vault) -> anyhow::Result<Signer> {
    Ok(Signer::from_seed(&kept_secret(keys, vault, LEDGER_SEED)?)?)
}

/// A secret of the installation, kept wrapped beside the root key; made when there is none.
fn kept_secret(keys: &KeyDirectory, vault: &Vault, name: &str) -> anyhow::Result<Secret<[u8; 32]>> {
    if let Some(wrapped) = keys.wrapped_secret(name)? {
        return Ok(vault.unwrap_from_custody(name, &wrapped)?);
    }
    let fresh = vault.fresh_secret();
    match keys.keep_wrapped_secret(name, &vault.wrap_for_custody(name, &fresh)?) {
        Ok(()) => Ok(fresh),
        // Another node made it a moment ago; hers is the one.
        Err(files::FileError::Exists { .. }) => kept_secret(keys, vault, name),
        Err(error) => Err(error.into()),
    }
}

/// Keeps two programs from serving one SQLite database: pulses do not pass between them.
pub(crate) struct DataLock(
    #[expect(dead_code, reason = "the lock is held by keeping the file open")] std::fs::File,
);

impl DataLock {
    pub(crate) fn take(data: &Path) -> anyhow::Result<Self> {
        files::text::make_private_directory(data)?;
        let path: PathBuf = data.join("parlour.lock");
        let file = std::fs::File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        let file = file.with_context(|| format!("`{}` cannot be opened", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => anyhow::bail!(
                "another parlour is serving `{}`: stop it first, or name another directory with `--data`",
                data.display()
            ),
            Err(std::fs::TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("`{}` cannot be locked", path.display()))
            }
        }
    }
}
