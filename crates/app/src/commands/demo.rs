//! `parlour demo`: SQLite, sample data, one command.

use std::{fs, path::Path};

use anyhow::Context;
use web::{DemoShop, Settings, addresses::Origin, serve::Bound};

use super::{block_on, serve::run_until_stopped};
use crate::{
    arguments::{Common, Demo},
    config::{Config, GatewayKind, Payment, listen_addresses},
    exit::WrongUse,
    gateway,
    installation::{DataLock, Installation, Missing},
    logging::{self, say},
    sample, tasks,
};

pub(crate) fn run(common: &Common, demo: &Demo) -> anyhow::Result<()> {
    let mut config = Config {
        fetch_here: true,
        ..Config::default()
    };
    logging::start(&config.log);
    block_on(async {
        let bound = bind(&demo.listen)?;
        if demo.fresh {
            remove_demo(&common.data)?;
        }
        let _lock = DataLock::take(&common.data)?;
        let port = bound
            .addresses()?
            .first()
            .map_or(0, std::net::SocketAddr::port);
        let host = demo.listen.rsplit_once(':').map_or("", |(host, _)| host);
        // The shop's pages are on another site than Parlour: an address beside a name.
        let page_host = "127.0.0.1";
        let public_origin: Origin = format!("http://{host}:{port}").parse()?;
        let page_origin: Origin = format!("http://{page_host}:{port}").parse()?;

        config.server.public_origin = public_origin.to_string();
        let listener = gateway::bind_beside(port.saturating_add(1))?;
        config.payment = Payment {
            gateway: GatewayKind::Demo,
            demo_listen: listener.local_addr()?,
        };
        let installation = Installation::open(&common.data, &config, Missing::Make).await?;
        let token = sample::prepare(&installation, &page_origin.to_string()).await?;
        let link = web::sign_in_link(&public_origin, &token);
        tasks::start(
            &installation,
            config.epoch(),
            config.sessions.timeouts().guest,
        );
        gateway::start(
            &installation,
            &common.data,
            || Ok(listener),
            &public_origin,
            sample::HANDLE,
        )?;
        let settings = Settings {
            public_origin: public_origin.clone(),
            demo_shop: Some(DemoShop {
                origin: page_origin.clone(),
                handle: sample::HANDLE.to_owned(),
            }),
            mailbox: true,
            mail: true,
            trusted_proxies: Vec::new(),
            limits: config.limits.limits(),
        };
        run_until_stopped(&installation, bound, None, settings, || {
            if common.json {
                say(&serde_json::json!({
                    "shop": format!("{page_origin}/shop/"),
                    "console": format!("{public_origin}/console"),
                    "mailbox": format!("{public_origin}/demo/mailbox"),
                    "gateway": format!("http://{}", config.payment.demo_listen),
                    "sign_in_link": link,
                })
                .to_string());
                return;
            }
            say(&format!(
                "Parlour is running with sample data in {}\n\n\
                 \x20 Shop page   {page_origin}/shop/\n\
                 \x20 Console     {public_origin}/console\n\
                 \x20 Mailbox     {public_origin}/demo/mailbox\n\
                 \x20 Payments    http://{}  (a stand-in: no real money)\n\
                 \x20 API         {public_origin}/openapi.json\n\n\
                 Set up your sign-in to the console with this link (once, good for 60 minutes):\n\
                 \x20 {link}\n\n\
                 Stop with Ctrl-C.",
                common.data.display(),
                config.payment.demo_listen
            ));
        })
        .await
    })
}

fn bind(listen: &str) -> anyhow::Result<Bound> {
    let addresses = listen_addresses(listen)?;
    if !addresses.iter().all(|address| address.ip().is_loopback()) {
        return Err(WrongUse(format!(
            "the demo speaks plain HTTP and listens on loopback only: `--listen {listen}` is not; use `localhost:8080`"
        ))
        .into());
    }
    if !listen.starts_with("localhost:") {
        return Err(WrongUse(format!(
            "the demo needs two sites, `localhost` for Parlour and `127.0.0.1` for the shop's page: \
             `--listen {listen}` is only one; use `localhost:PORT`"
        ))
        .into());
    }
    Bound::bind(&addresses).with_context(|| {
        format!(
            "`{listen}` cannot be listened on: choose another port with `--listen localhost:9000`"
        )
    })
}

/// Removes an earlier demo's data; refuses to touch a directory that holds anything else.
fn remove_demo(data: &Path) -> anyhow::Result<()> {
    if !data.exists() {
        return Ok(());
    }
    // The lock shows that nobody is serving it.
    drop(DataLock::take(data)?);
    for entry in
        fs::read_dir(data).with_context(|| format!("`{}` cannot be listed", data.display()))?
    {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let ours = name.starts_with("parlour.") || matches!(&*name, "keys" | "tls");
        if !ours {
            return Err(WrongUse(format!(
                "`--fresh` removes what Parlour made, but `{}` holds `{name}`: choose another directory with `--data`",
                data.display()
            ))
            .into());
        }
    }
    fs::remove_dir_all(data).with_context(|| format!("`{}` cannot be removed", data.display()))
}
