//! `parlour shop pictures`: fetches what the catalogue names, as staff can at the desk.

use gallery::Refused;
use serde_json::json;

use crate::{
    arguments::{Common, Where},
    installation::{Installation, Missing, config},
    logging::{Progress, say},
    shop_setup::ensure_shop,
};

pub(super) async fn pictures(common: &Common, at: &Where, again: bool) -> anyhow::Result<()> {
    let settings = config(at)?;
    let installation = Installation::open(&common.data, &settings, Missing::Refuse).await?;
    let shop = installation.shop(at).await?;
    if at.config.is_some() && settings.shop.handle == shop.handle {
        // The hosts as the configuration names them now, as at the start of a server.
        ensure_shop(&installation, &settings.shop).await?;
    }
    let gallery = installation.journey.gallery();
    let mut bar = Progress::new("pictures", !common.json);
    let (mut fetched, mut kept, mut unnamed) = (0_u64, 0_u64, 0_u64);
    let mut refused: Vec<Refused> = Vec::new();
    let mut after = None;
    loop {
        let step = gallery
            .danger_step_as_operator(&*installation.database, shop.id, after, again)
            .await?;
        fetched = fetched.saturating_add(step.fetched.into());
        kept = kept.saturating_add(step.kept.into());
        unnamed = unnamed.saturating_add(step.unnamed.into());
        refused.extend(step.refused);
        bar.show(&format!(
            "{fetched} fetched, {kept} there already, {} refused",
            refused.len()
        ));
        after = step.next;
        if after.is_none() {
            break;
        }
    }
    bar.done();
    if common.json {
        let refusals: Vec<_> = refused
            .iter()
            .map(|one| json!({ "product": one.product, "address": one.address, "reason": one.reason }))
            .collect();
        say(&json!({
            "shop": shop.handle, "fetched": fetched, "kept": kept, "unnamed": unnamed,
            "refused": refusals,
        })
        .to_string());
    } else {
        say(&format!(
            "`{}`: {fetched} fetched, {kept} there already, {unnamed} products name none, {} refused",
            shop.handle,
            refused.len()
        ));
        for one in &refused {
            say(&format!("{}: {}: {}", one.product, one.address, one.reason));
        }
    }
    match refused.is_empty() {
        true => Ok(()),
        false => Err(crate::exit::Refused(format!(
            "{} pictures were refused, each for the reason beside it; everything else is kept",
            refused.len()
        ))
        .into()),
    }
}
