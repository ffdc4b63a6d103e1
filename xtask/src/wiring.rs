//! The rooms of an installation, wired in one place as the program wires them, for whatever measures them. It opens no
//! door and keeps no shop: who measures brings its own.

use std::{path::Path, sync::Arc};

use commerce::tools::Commerce;
use dialogue::BuiltIn;
use files::KeyDirectory;
use gallery::{Gallery, NoPictures};
use identity::{Identity, Timeouts, testing::relying_party};
use inbox::Inbox;
use journey::{Journey, Library};
use knowledge::{Knowledge, import::NoPages};
use ledger::Recorder;
use shop::Embedded;
use sql::{SqlDatabase, Target};
use terms::{Clock, Rng};
use vault::Vault;

use crate::rooms::{SystemClock, SystemRng};

/// A database, its keys, and the rooms that stand on nothing else.
pub(crate) struct Wiring {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) database: SqlDatabase,
    pub(crate) vault: Arc<Vault>,
    pub(crate) identity: Identity,
    pub(crate) embedded: Embedded,
    recorder: Arc<Recorder>,
}

impl Wiring {
    /// Of a new installation.
    pub(crate) async fn open(target: &Target, keys: &Path) -> anyhow::Result<Self> {
        let (clock, rng): (Arc<dyn Clock>, Arc<dyn Rng>) =
            (Arc::new(SystemClock), Arc::new(SystemRng));
        let database = sql::open(target).await?;
        let keys = KeyDirectory::open_or_create(keys, &rng)?;
        let vault = Vault::open(Arc::new(keys), Arc::clone(&clock), Arc::clone(&rng))?;
        let vault = Arc::new(vault);
        let recorder = Arc::new(Recorder::new(Arc::clone(&clock), Arc::clone(&rng)));
        let identity = Identity::new(
            Arc::clone(&vault),
            Arc::clone(&recorder),
            Arc::clone(&clock),
            Arc::clone(&rng),
            Timeouts::default(),
            relying_party()?,
        );
        let embedded = Embedded::new(Arc::clone(&vault), Arc::clone(&clock), Arc::clone(&rng));
        Ok(Self {
            clock,
            rng,
            database,
            vault,
            identity,
            embedded,
            recorder,
        })
    }

    pub(crate) fn commerce(&self) -> Commerce {
        Commerce::new(
            Arc::new(self.embedded.clone()),
            None,
            Arc::clone(&self.vault),
            Arc::clone(&self.recorder),
            self.identity.clone(),
            Arc::clone(&self.clock),
            Arc::clone(&self.rng),
        )
    }

    /// The road of a message, with everything on it.
    pub(crate) fn journey(&self) -> Journey {
        let gallery = Gallery::new(
            Arc::new(self.embedded.clone()),
            Arc::new(NoPictures),
            Arc::clone(&self.recorder),
            Arc::clone(&self.clock),
        );
        let library = Library::new(
            Arc::new(Knowledge::new()),
            Arc::clone(&self.recorder),
            Arc::clone(&self.clock),
            Arc::clone(&self.rng),
            Arc::new(NoPages),
        );
        let inbox = Inbox::new(
            Arc::clone(&self.vault),
            Arc::clone(&self.recorder),
            self.identity.clone(),
            Arc::clone(&self.clock),
            Arc::clone(&self.rng),
        );
        Journey::new(
            self.identity.clone(),
            inbox,
            library,
            Arc::new(BuiltIn),
            Arc::clone(&self.vault),
            self.commerce(),
            gallery,
        )
    }
}
