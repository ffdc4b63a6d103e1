//! What every handler can reach, and the settings of the door.

use std::sync::Arc;

use journey::Journey;
use store::Database;
use terms::Clock;

use crate::{
    addresses::Origin,
    limits::{Gatekeeper, Limits},
    switchboard::Switchboard,
};

/// How the door is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where browsers reach Parlour: the API, the widget's frame, the console.
    pub public_origin: Origin,
    /// The demo's shop pages, on another site than Parlour on purpose.
    pub demo_shop: Option<DemoShop>,
    /// Whether the mailbox page shows the mails that would have been sent. Demo and tests only.
    pub mailbox: bool,
    /// Whether codes can be mailed at all.
    pub mail: bool,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub limits: Limits,
}

/// The sample shop's pages.
#[derive(Debug, Clone)]
pub struct DemoShop {
    pub origin: Origin,
    /// The handle of the shop whose widget they embed.
    pub handle: String,
}

/// What the ledger page shows that is not in the database.
#[derive(Debug, Clone)]
pub struct LedgerFacts {
    /// The name of the shop's log (C2SP tlog-checkpoint).
    pub origin: String,
    /// The verifier key, ready to be copied.
    pub public_key: String,
}

/// The rooms behind the door. Cheap to clone.
#[derive(Clone)]
pub struct House(Arc<Rooms>);

/// What a [`House`] leads to.
pub struct Rooms {
    pub(crate) database: Arc<dyn Database>,
    pub(crate) journey: Journey,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Settings,
    pub(crate) gatekeeper: Gatekeeper,
    pub(crate) switchboard: Switchboard,
    pub(crate) ledger: Arc<dyn Fn(&str) -> LedgerFacts + Send + Sync>,
}

impl House {
    /// Opens the door's state and starts listening for what changes. Must be called inside the
    /// runtime that serves.
    #[must_use]
    pub fn new(
        database: Arc<dyn Database>,
        journey: Journey,
        clock: Arc<dyn Clock>,
        settings: Settings,
        ledger: Arc<dyn Fn(&str) -> LedgerFacts + Send + Sync>,
    ) -> Self {
        let gatekeeper = Gatekeeper::new(&settings.limits);
        let switchboard = Switchboard::start(&*database);
        Self(Arc::new(Rooms {
            database,
            journey,
            clock,
            settings,
            gatekeeper,
            switchboard,
            ledger,
        }))
    }
}

impl core::ops::Deref for House {
    type Target = Rooms;
    fn deref(&self) -> &Rooms {
        &self.0
    }
}

impl core::fmt::Debug for Rooms {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Rooms(..)")
    }
}

impl core::fmt::Debug for House {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("House(..)")
    }
}
