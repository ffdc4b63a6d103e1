//! The rooms of commerce in this process, wired as the program wires them, on a database that is
//! measured.

use std::{
    path::Path,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail};
use commerce::{
    document::Element,
    proposals::Confirmation,
    tools::{Answer, Commerce, CommerceError, Tool},
};
use identity::{Identity, Scope, level::Session};
use serde_json::Value;
use shop::{Embedded, Import};
use sql::{SqlDatabase, Target};
use store::{Database, StoreError, shops::ShopRow};
use terms::{Clock, Language, ProposalId, Rng, SessionId, ShopId, Timestamp};
use vault::Vault;

use crate::{made_up, wiring::Wiring};

/// How often a transaction is tried again that another got in the way of.
const TRIES: usize = 20;

#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "a benchmark runs in the time of the machine"
    )]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let millis = since.unwrap_or_default().as_millis();
        Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

#[derive(Debug)]
pub(crate) struct SystemRng;

impl Rng for SystemRng {
    fn fill(&self, bytes: &mut [u8]) {
        if aws_lc_rs::rand::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

pub(crate) struct Rooms {
    pub(crate) database: SqlDatabase,
    pub(crate) shop: ShopId,
    vault: Arc<Vault>,
    identity: Identity,
    embedded: Embedded,
    commerce: Commerce,
    clock: Arc<dyn Clock>,
}

impl Rooms {
    /// A new installation: database, keys, and a shop with these members.
    pub(crate) async fn open(
        target: Target,
        keys: &Path,
        elements: impl Iterator<Item = Element>,
    ) -> anyhow::Result<Self> {
        let wiring = Wiring::open(&target, keys).await?;
        let commerce = wiring.commerce();
        let Wiring {
            clock,
            rng,
            database,
            vault,
            identity,
            embedded,
            ..
        } = wiring;
        let mut rooms = Self {
            shop: ShopId::ordered(&*clock, &*rng),
            database,
            vault,
            identity,
            embedded,
            commerce,
            clock,
        };
        rooms.fill(elements).await?;
        Ok(rooms)
    }

    async fn fill(&mut self, elements: impl Iterator<Item = Element>) -> anyhow::Result<()> {
        let head = made_up::head()?;
        let mut tx = self.database.begin().await?;
        let row = ShopRow {
            id: self.shop,
            handle: format!("bench-{}", self.shop),
            name: "Bench".to_owned(),
            content_version: 0,
            created_at: self.clock.now(),
        };
        tx.insert_shop(&row).await?;
        self.vault.create_shop_key(&mut *tx, self.shop).await?;
        let begun = Import::begin(&self.embedded, &self.identity, &mut *tx, self.shop, &head);
        let mut import = begun.await?;
        for element in elements {
            import.put(&mut *tx, element).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// A session of the customer with this id of the shop's own.
    pub(crate) async fn sign_in(&self, customer: &str) -> anyhow::Result<SessionId> {
        let mut tx = self.database.begin().await?;
        let shopper = self
            .embedded
            .shopper_by_own_id(&mut *tx, self.shop, customer)
            .await?;
        let shopper = shopper.with_context(|| format!("there is no customer `{customer}`"))?;
        let opened = self
            .identity
            .danger_open_session_as_operator(&mut *tx, self.shop, shopper);
        let session = opened.await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Calls a tool and commits; tried again when another transaction got in the way.
    pub(crate) async fn call(
        &self,
        session: SessionId,
        tool: Tool,
        args: &Value,
    ) -> anyhow::Result<Answer> {
        for _ in 1..TRIES {
            match self.call_once(session, tool, args).await {
                Err(error) if got_in_the_way(&error) => {}
                answered => return answered,
            }
        }
        self.call_once(session, tool, args).await
    }

    async fn call_once(
        &self,
        session: SessionId,
        tool: Tool,
        args: &Value,
    ) -> anyhow::Result<Answer> {
        let mut tx = self.database.begin().await?;
        let scope = Scope::new();
        let proof = self
            .identity
            .danger_shopper_as_operator(&scope, &mut *tx, self.shop, session)
            .await?;
        let called = self
            .commerce
            .call(&mut *tx, &proof, tool, args.clone(), Language::default());
        let answer = called.await?;
        tx.commit().await?;
        Ok(answer)
    }

    /// Confirms a proposal with a step-up and commits.
    pub(crate) async fn confirm(&self, session: SessionId, id: ProposalId) -> anyhow::Result<()> {
        for _ in 1..TRIES {
            match self.confirm_once(session, id).await {
                Err(error) if got_in_the_way(&error) => {}
                confirmed => return confirmed,
            }
        }
        self.confirm_once(session, id).await
    }

    async fn confirm_once(&self, session: SessionId, id: ProposalId) -> anyhow::Result<()> {
        let mut tx = self.database.begin().await?;
        let scope = Scope::new();
        let proof = self
            .identity
            .danger_shopper_as_operator(&scope, &mut *tx, self.shop, session)
            .await?;
        let hash = self.commerce.proposal_hash(&mut *tx, &proof, id).await?;
        let signed_in = proof.raise::<Session>()?;
        let step_up = self.identity.danger_step_up_as_operator(&signed_in, hash);
        let step_up = step_up.confirm(&hash)?;
        let confirmed = self.commerce.confirm(&mut *tx, &proof, id, Some(step_up));
        match confirmed.await? {
            Confirmation::Done(_) => Ok(tx.commit().await?),
            Confirmation::Refused(refusal) => bail!("refused: {refusal}"),
            Confirmation::Already(_) => bail!("it was confirmed before"),
        }
    }
}

fn got_in_the_way(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let store = match cause.downcast_ref::<CommerceError>() {
            Some(CommerceError::Store(error)) => Some(error),
            _ => cause.downcast_ref::<StoreError>(),
        };
        matches!(store, Some(StoreError::Unavailable(_)))
    })
}

impl core::fmt::Debug for Rooms {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Rooms({})", self.shop)
    }
}
