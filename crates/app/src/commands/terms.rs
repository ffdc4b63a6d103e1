//! `parlour shop terms`: what a shop has set beside its catalogue, shown and changed.

use anyhow::Context;
use commerce::{
    house_rules::{TermsChanged, Wish},
    model::Terms,
    port::{Shop, ShopError},
};
use ledger::Actor;
use serde_json::json;
use store::{Database, Snapshot, shops::ShopRow};

use crate::{
    arguments::{Common, TermsArguments, Where},
    exit::{Refused, WrongUse},
    installation::Installation,
    logging::say,
};

pub(crate) async fn terms(
    common: &Common,
    at: &Where,
    asked: &TermsArguments,
) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let wish = Wish {
        refund_limit: asked.refund_limit,
        cancel_reasons: asked.cancel_reason.clone(),
        pay_within_minutes: asked.pay_within,
    };
    if wish.is_empty() {
        let mut snapshot = installation.database.snapshot().await?;
        show(&shop, &present(&installation, &mut *snapshot, &shop).await?);
        return Ok(());
    }
    let mut tx = installation.database.begin().await?;
    let before = present(&installation, &mut *tx, &shop).await?;
    let terms = wish
        .granted(&before)
        .map_err(|refused| WrongUse(refused.to_string()))?;
    if terms != before {
        let changed = TermsChanged {
            terms: terms.clone(),
        };
        let recorded = installation
            .recorder
            .record(&mut *tx, shop.id, Actor::System, None, changed)
            .await?;
        installation
            .embedded
            .change_terms(&mut *tx, shop.id, recorded)
            .await
            .context("the terms cannot be changed")?;
        tx.commit().await?;
    }
    show(&shop, &terms);
    Ok(())
}

async fn present(
    installation: &Installation,
    read: &mut dyn Snapshot,
    shop: &ShopRow,
) -> anyhow::Result<Terms> {
    let terms = installation.embedded.terms(read, shop.id).await;
    terms.map_err(|error| match error {
        ShopError::NoTerms => Refused(format!(
            "the shop `{}` has no terms yet: import a catalogue first",
            shop.handle
        ))
        .into(),
        error => error.into(),
    })
}

fn show(shop: &ShopRow, terms: &Terms) {
    let tax = terms
        .tax
        .map(|tax| json!({ "rate": tax.rate, "included": tax.included }));
    let view = json!({
        "shop": shop.handle, "currency": terms.currency.as_str(), "tax": tax,
        "refund_limit": terms.refund_limit, "cancel_reasons": terms.cancel_reasons,
        "pay_within_minutes": terms.pay_within_minutes,
    });
    say(&view.to_string());
}
