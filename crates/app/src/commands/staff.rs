//! `parlour staff`: who works for the shop, on the operator's word.

use guard::gate;
use serde_json::json;
use store::{Database, people::StaffRole};
use terms::Untrusted;
use vault::Row;

use super::block_on;
use crate::{
    arguments::{Common, Role, StaffCommand, StaffWhat, Where},
    exit::WrongUse,
    installation::{Installation, config},
    logging::say,
    sample,
};

pub(crate) fn run(common: &Common, staff: &StaffCommand) -> anyhow::Result<()> {
    block_on(async {
        match &staff.what {
            StaffWhat::Add { at, name, role } => add(common, at, name, *role).await,
            StaffWhat::Link { at, staff } => link(common, at, *staff).await,
            StaffWhat::List { at } => list(common, at).await,
        }
    })
}

async fn add(common: &Common, at: &Where, name: &str, role: Role) -> anyhow::Result<()> {
    let name = gate::person_name(Untrusted::new(name.to_owned()))
        .map_err(|error| WrongUse(error.to_string()))?;
    let settings = config(at)?;
    let installation = Installation::at(common, at).await?;
    if at.config.is_some() {
        // The first member of staff may be added before the shop was ever served.
        let shop = &settings.shop;
        sample::ensure_shop(
            &installation,
            &shop.handle,
            &shop.name,
            &shop.origins,
            &shop.link_hosts,
        )
        .await?;
    }
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

fn tell(
    common: &Common,
    at: &Where,
    invitation: &identity::staff::Invitation,
) -> anyhow::Result<()> {
    let origin = config(at)?.public_origin()?;
    let link = format!("{origin}/console/sign-in#{}", invitation.token.expose());
    let expires_at = invitation.expires_at.to_string();
    if common.json {
        say(&json!({
            "staff": invitation.staff.to_string(), "sign_in_link": link, "expires_at": expires_at,
        })
        .to_string());
    } else {
        say(&format!(
            "{}\nSign in once with this link, until {expires_at}:\n  {link}",
            invitation.staff
        ));
    }
    Ok(())
}

async fn list(common: &Common, at: &Where) -> anyhow::Result<()> {
    let installation = Installation::at(common, at).await?;
    let shop = installation.shop(at).await?;
    let mut snapshot = installation.database.snapshot().await?;
    for row in snapshot.staff_of(shop.id).await? {
        let identity = [row.id.as_bytes().as_slice()];
        let bound = Row::new(shop.id, &identity);
        let name = installation
            .vault
            .open_sealed(&mut *snapshot, bound, &row.name)
            .await?;
        let name = String::from_utf8_lossy(name.expose()).into_owned();
        let (id, role) = (row.id.to_string(), row.role.as_str());
        if common.json {
            say(&json!({ "staff": id, "name": name, "role": role, "disabled": row.disabled_at.is_some() }).to_string());
        } else {
            say(&format!("{id}  {role:<6} {name}"));
        }
    }
    Ok(())
}
