//! `parlour keys`: what wraps what, and rolling the epoch.

use core::time::Duration;

use serde_json::json;
use store::Database;

use super::block_on;
use crate::{
    arguments::{Common, KeysCommand, KeysWhat, Where},
    installation::Installation,
    logging::say,
};

pub(crate) fn run(common: &Common, keys: &KeysCommand) -> anyhow::Result<()> {
    block_on(async {
        match &keys.what {
            KeysWhat::Status { at } => status(common, at).await,
            KeysWhat::Rotate { at } => rotate(common, at).await,
        }
    })
}

async fn status(common: &Common, at: &Where) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let epochs = installation.vault.epochs()?;
    let mut snapshot = installation.database.snapshot().await?;
    let mut shops = Vec::new();
    for shop in snapshot.shops().await? {
        let counts = snapshot.data_keys_by_epoch(shop.id).await?;
        shops.push((shop.handle, counts));
    }
    if common.json {
        let epochs: Vec<_> = epochs
            .iter()
            .map(|(number, since)| json!({ "epoch": number.0, "since": since.to_string() }))
            .collect();
        let shops: Vec<_> = shops
            .iter()
            .map(|(handle, counts)| {
                let counts: Vec<_> = counts
                    .iter()
                    .map(|(epoch, keys)| json!({ "epoch": epoch, "data_keys": keys }))
                    .collect();
                json!({ "shop": handle, "wrapped": counts })
            })
            .collect();
        say(&json!({ "epochs": epochs, "shops": shops }).to_string());
        return Ok(());
    }
    for (number, since) in &epochs {
        say(&format!("epoch {number}  since {since}"));
    }
    for (handle, counts) in &shops {
        for (epoch, keys) in counts {
            say(&format!(
                "shop {handle}: {keys} data keys wrapped under epoch {epoch}"
            ));
        }
    }
    Ok(())
}

async fn rotate(common: &Common, at: &Where) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let report = installation
        .vault
        .roll_epoch(&*installation.database, Duration::ZERO)
        .await?;
    // The older wrappings must not stay behind in free pages.
    installation.database.scrub().await?;
    if common.json {
        say(&json!({
            "epoch": report.current.0, "rewrapped": report.rewrapped, "destroyed": report.destroyed,
        })
        .to_string());
    } else {
        say(&format!(
            "epoch {} is current: {} data keys wrapped anew, {} old epoch keys destroyed\n\
             (an old epoch key is destroyed ten minutes after its successor began, by the next roll)",
            report.current, report.rewrapped, report.destroyed
        ));
    }
    Ok(())
}
