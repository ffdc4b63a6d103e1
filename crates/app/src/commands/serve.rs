//! `parlour serve`: a shop as configured.

use std::sync::Arc;

use anyhow::Context;
use guard::gate;
use rustls::ServerConfig;
use tokio::signal::unix::{SignalKind, signal};
use web::{
    House, LedgerFacts, Settings,
    serve::{Bound, Stop, serve},
};

use super::block_on;
use crate::{
    arguments::{Common, Serve},
    config::{Config, MailDelivery, StorageKind, listen_addresses},
    gateway,
    installation::{DataLock, Installation, Missing, origin, public_key},
    logging::{self, say},
    shop_setup, tasks, tls,
};

pub(crate) fn run(common: &Common, arguments: &Serve) -> anyhow::Result<()> {
    let mut config = Config::read(&arguments.config)?;
    if let Some(listen) = &arguments.listen {
        config = config.listening(listen)?;
    }
    logging::start(&config.log);
    block_on(async {
        let addresses = listen_addresses(&config.server.listen)?;
        let bound = Bound::bind(&addresses).with_context(|| {
            format!(
                "`server.listen = \"{}\"` cannot be listened on",
                config.server.listen
            )
        })?;
        let _lock = match config.storage.kind {
            StorageKind::Sqlite => Some(DataLock::take(&common.data)?),
            StorageKind::Postgres => None,
        };
        let public_origin = config.public_origin()?;
        let tls = tls::server_config(&common.data, &config.server.tls, &public_origin)?;
        let installation = Installation::open(&common.data, &config, Missing::Make).await?;
        shop_setup::apply(&installation, &common.data, &config.shop).await?;
        tasks::start(
            &installation,
            config.epoch(),
            config.sessions.timeouts().guest,
        );
        gateway::start(
            &installation,
            &common.data,
            || gateway::bind(&config.payment),
            &public_origin,
            &config.shop.handle,
        )?;
        let mailbox = config.mail.delivery == MailDelivery::Mailbox;
        let settings = Settings {
            public_origin: public_origin.clone(),
            demo_shop: None,
            mailbox,
            mail: mailbox,
            trusted_proxies: config.server.trusted_proxies.clone(),
            limits: config.limits.limits(),
        };
        run_until_stopped(&installation, bound, tls, settings, || {
            say(&format!(
                "Parlour serves {public_origin} (listening on {})",
                config.server.listen
            ));
        })
        .await
    })
}

/// Serves until the process is told to stop, then lets open requests finish.
pub(crate) async fn run_until_stopped(
    installation: &Installation,
    bound: Bound,
    tls: Option<Arc<ServerConfig>>,
    settings: Settings,
    ready: impl FnOnce(),
) -> anyhow::Result<()> {
    gate::prepare();
    let sequencer = Arc::clone(&installation.sequencer);
    let facts = move |shop: &str| LedgerFacts {
        origin: origin(shop),
        public_key: public_key(&sequencer, shop)
            .map(|key| key.to_string())
            .unwrap_or_default(),
    };
    let house = House::new(
        installation.database.clone(),
        installation.journey.clone(),
        Arc::clone(&installation.clock),
        settings,
        Arc::new(facts),
    );
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    serve(house, bound, tls, |stop: Stop| {
        ready();
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("stopping: open requests may finish");
            stop.stop();
        });
    })
    .await
    .context("the server ended")
}
