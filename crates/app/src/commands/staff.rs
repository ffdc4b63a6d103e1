//! `parlour staff`: who works for the shop, on the operator's word.

use guard::gate;
use serde_json::json;
use store::{Database, people::StaffRole};
use terms::Untrusted;

use super::block_on;
use crate::{
    arguments::{Common, Role, StaffCommand, StaffWhat, Where},
    exit::WrongUse,
    installation::{Installation, Missing, config},
    logging::say,
    shop_setup,
};

pub(crate) fn run(common: &Common, staff: &StaffCommand) -> anyhow::Result<()> {
    block_on(async {
        match &staff.what {
            StaffWhat::Add { at, name, role } => add(common, at, name, *role).await,
            StaffWhat::Link { at, staff } => link(common, at, *staff).await,
            StaffWhat::Disable { at, staff } => disable(common, at, *staff).await,
            StaffWhat::List { at } => list(common, at).await,
        }
    })
}

async fn add(common: &Common, at: &Where, name: &str, role: Role) -> anyhow::Result<()> {
    let name = gate::person_name(Untrusted::new(name.to_owned()))
        .map_err(|error| WrongUse(error.to_string()))?;
    let settings = config(at)?;
    // The first member of staff may be added before the shop was ever served.
    let installation = match at.config {
        Some(_) => {
            let installation = Installation::open(&common.data, &settings, Missing::Make).await?;
            shop_setup::ensure_shop(&installation, &settings.shop).await?;
            installation
        }
        None => Installation::at(common, at).await?,
    };
    let shop = installation.shop(at).await?;
    let role = match role {
        Role::Admin => StaffRole::Admin,
        Role::Agent => StaffRole::Agent,
    };
    let mut tx = installation.database.begin().await?;
    let invitation = installation
        .identity
        .danger_add_staff_as_operator(&mut *tx, shop.id, &name, role)
        .await?;
    tx.commit().await?;
    tell(common, at, &invitation)
}

async fn link(common: &Common, at: &Where, staff: terms::StaffId) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let known = installation
        .database
        .snapshot()
        .await?
        .staff(shop.id, staff)
        .await?;
    if known.is_none_or(|staff| staff.disabled_at.is_some()) {
        return Err(WrongUse(format!(
            "nobody with id `{staff}` works for `{}`",
            shop.handle
        ))
        .into());
    }
    let mut tx = installation.database.begin().await?;
    let invitation = installation
        .identity
        .danger_link_as_operator(&mut *tx, shop.id, staff)
        .await?;
    tx.commit().await?;
    tell(common, at, &invitation)
}

async fn disable(common: &Common, at: &Where, staff: terms::StaffId) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let mut tx = installation.database.begin().await?;
    let known = installation
        .identity
        .danger_disable_as_operator(&mut *tx, shop.id, staff)
        .await?;
    tx.commit().await?;
    if !known {
        return Err(WrongUse(format!(
            "nobody with id `{staff}` works for `{}`",
            shop.handle
        ))
        .into());
    }
    if common.json {
        say(&json!({ "staff": staff.to_string(), "disabled": true }).to_string());
    } else {
        say(&format!(
            "{staff} is shut out: sessions and sign-in links are worth nothing from now on"
        ));
    }
    Ok(())
}

fn tell(
    common: &Common,
    at: &Where,
    invitation: &identity::staff::Invitation,
) -> anyhow::Result<()> {
    let origin = config(at)?.public_origin()?;
    let link = web::sign_in_link(&origin, &invitation.token);
    let expires_at = invitation.expires_at.to_string();
    if common.json {
        say(&json!({
            "staff": invitation.staff.to_string(), "sign_in_link": link, "expires_at": expires_at,
        })
        .to_string());
    } else {
        say(&format!(
            "{}\nSet up a passkey with this link (once, until {expires_at}):\n  {link}",
            invitation.staff
        ));
    }
    Ok(())
}

async fn list(common: &Common, at: &Where) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let mut snapshot = installation.database.snapshot().await?;
    let colleagues = installation
        .identity
        .danger_colleagues_as_operator(&mut *snapshot, shop.id)
        .await?;
    for colleague in colleagues {
        let (id, role) = (colleague.id.to_string(), colleague.role.as_str());
        if common.json {
            say(&json!({
                "staff": id, "name": colleague.name, "role": role, "disabled": colleague.disabled,
            })
            .to_string());
        } else {
            say(&format!("{id}  {role:<6} {}", colleague.name));
        }
    }
    Ok(())
}
