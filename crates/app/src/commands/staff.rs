//! `parlour staff`: who works for the shop, on the operator's word.

use guard::gate;
use identity::{IdentityError, roles::Position};
use serde_json::json;
use store::Database;
use terms::Untrusted;

use super::block_on;
use crate::{
    arguments::{self, Common, StaffCommand, StaffWhat, Where},
    exit::WrongUse,
    installation::{Installation, Missing, config},
    logging::say,
    shop_setup,
};

pub(crate) fn run(common: &Common, staff: &StaffCommand) -> anyhow::Result<()> {
    block_on(async {
        match &staff.what {
            StaffWhat::Add { at, name, position } => add(common, at, name, position).await,
            StaffWhat::Role {
                at,
                staff,
                position,
            } => role(common, at, *staff, position).await,
            StaffWhat::Link { at, staff } => link(common, at, *staff).await,
            StaffWhat::Disable { at, staff } => disable(common, at, *staff).await,
            StaffWhat::List { at } => list(common, at).await,
        }
    })
}

/// What the arguments say. That the shop has the role is looked up where it is given.
fn position(asked: &arguments::Position) -> Position {
    Position {
        role: asked.role.clone(),
        access_ends: asked.until,
    }
}

/// What is wrong with the arguments is wrong use of the command.
fn wrong_use(error: IdentityError) -> anyhow::Error {
    match error {
        IdentityError::NoSuchRole { .. }
        | IdentityError::AuditorForEver
        | IdentityError::AccessInThePast => WrongUse(error.to_string()).into(),
        error => error.into(),
    }
}

async fn add(
    common: &Common,
    at: &Where,
    name: &str,
    asked: &arguments::Position,
) -> anyhow::Result<()> {
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
    let mut tx = installation.database.begin().await?;
    let invitation = installation
        .identity
        .danger_add_staff_as_operator(&mut *tx, shop.id, &name, &position(asked))
        .await
        .map_err(wrong_use)?;
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

async fn role(
    common: &Common,
    at: &Where,
    staff: terms::StaffId,
    asked: &arguments::Position,
) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let mut tx = installation.database.begin().await?;
    let changed = installation
        .identity
        .danger_change_role_as_operator(&mut *tx, shop.id, staff, &position(asked))
        .await
        .map_err(wrong_use)?;
    tx.commit().await?;
    let Some(changed) = changed else {
        return Err(WrongUse(format!(
            "nobody with id `{staff}` works for `{}`",
            shop.handle
        ))
        .into());
    };
    let (role, until) = (&asked.role, asked.until.map(|until| until.to_string()));
    if common.json {
        say(&json!({
            "staff": staff.to_string(), "role": role.as_str(), "access_ends": until, "changed": changed,
        })
        .to_string());
    } else if changed {
        let until = until.map_or_else(String::new, |until| format!(" until {until}"));
        say(&format!(
            "{staff} is `{role}` from now on{until}, and signed out"
        ));
    } else {
        say(&format!("{staff} is `{role}` already"));
    }
    Ok(())
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
            say(&format!("{id}  {role:<16} {}", colleague.name));
        }
    }
    Ok(())
}
