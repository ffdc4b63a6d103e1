//! Shoppers, staff and sign-in links.

use terms::RoleName;

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, missing, same},
};
use crate::{
    people::{ShopperRow, SignInLinkRow, StaffRow},
    roles::RoleRow,
};

pub(super) async fn one_shopper_of_an_address(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let first = samples::shopper(shop.id)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    same("the first", tx.insert_shopper(&first).await?, true)?;
    let second = ShopperRow {
        email_index: first.email_index,
        ..samples::shopper(shop.id)?
    };
    same("the second", tx.insert_shopper(&second).await?, false)?;
    let found = tx.shopper_by_email(shop.id, &first.email_index).await?;
    same("by address", found, Some(first))?;
    same(
        "by the second's id",
        tx.shopper(shop.id, second.id).await?,
        None,
    )
}

pub(super) async fn staff_oldest_first(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let mut rows = Vec::new();
    for created_at in [EVENING, NOON, at(5)] {
        let row = StaffRow {
            created_at,
            ..samples::staff(shop.id)?
        };
        tx.insert_staff(&row).await?;
        rows.push(row);
    }
    rows.reverse();
    same("oldest first", tx.staff_of(shop.id).await?, rows.clone())?;
    for row in &rows {
        conflict("staff", tx.insert_staff(row).await)?;
    }
    Ok(())
}

pub(super) async fn staff_disabled_once(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let (gone, colleague) = (samples::staff(shop.id)?, samples::staff(shop.id)?);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    missing("staff", tx.disable_staff(shop.id, gone.id, NOON).await)?;
    tx.insert_staff(&gone).await?;
    tx.insert_staff(&colleague).await?;
    tx.disable_staff(shop.id, gone.id, NOON).await?;
    tx.disable_staff(shop.id, gone.id, EVENING).await?;
    let disabled = StaffRow {
        disabled_at: Some(NOON),
        ..gone.clone()
    };
    same(
        "who left",
        tx.staff(shop.id, gone.id).await?,
        Some(disabled),
    )?;
    same(
        "who stayed",
        tx.staff(shop.id, colleague.id).await?,
        Some(colleague),
    )
}

pub(super) async fn link_used_once(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let staff = samples::staff(shop.id)?;
    let link = samples::link(&staff);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_staff(&staff).await?;
    tx.insert_sign_in_link(&link).await?;
    let same_token = SignInLinkRow {
        token_hash: link.token_hash,
        ..samples::link(&staff)
    };
    conflict("sign_in_links", tx.insert_sign_in_link(&same_token).await)?;
    missing(
        "sign_in_links",
        tx.use_sign_in_link(shop.id, samples::link_id(), NOON).await,
    )?;
    same(
        "the first use",
        tx.use_sign_in_link(shop.id, link.id, NOON).await?,
        true,
    )?;
    same(
        "the second use",
        tx.use_sign_in_link(shop.id, link.id, EVENING).await?,
        false,
    )?;
    let used = SignInLinkRow {
        used_at: Some(NOON),
        ..link
    };
    // All of somebody's at once, and nobody else's; what was used keeps its time.
    let colleague = samples::staff(shop.id)?;
    tx.insert_staff(&colleague).await?;
    let (second, others) = (samples::link(&staff), samples::link(&colleague));
    tx.insert_sign_in_link(&second).await?;
    tx.insert_sign_in_link(&others).await?;
    tx.use_sign_in_links_of(shop.id, staff.id, EVENING).await?;
    let second = SignInLinkRow {
        used_at: Some(EVENING),
        ..second
    };
    for link in [used, second, others] {
        let read = tx.sign_in_link(&link.token_hash).await?;
        same("a link", read, Some(link))?;
    }
    Ok(())
}

pub(super) async fn standing_changed(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let (changed, colleague) = (samples::staff(shop.id)?, samples::staff(shop.id)?);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let role = RoleName::OWNER;
    let missed = tx.change_standing(shop.id, changed.id, &role, None).await;
    missing("staff", missed)?;
    missing("staff", tx.enable_staff(shop.id, changed.id).await)?;
    tx.insert_staff(&changed).await?;
    tx.insert_staff(&colleague).await?;
    tx.disable_staff(shop.id, changed.id, NOON).await?;
    tx.change_standing(shop.id, changed.id, &role, Some(EVENING))
        .await?;
    let mut row = StaffRow {
        role,
        access_ends: Some(EVENING),
        disabled_at: Some(NOON),
        ..changed.clone()
    };
    let read = tx.staff(shop.id, changed.id).await?;
    same("another role", read, Some(row.clone()))?;
    tx.enable_staff(shop.id, changed.id).await?;
    row.disabled_at = None;
    same("let in", tx.staff(shop.id, changed.id).await?, Some(row))?;
    let read = tx.staff(shop.id, colleague.id).await?;
    same("a colleague", read, Some(colleague))
}

pub(super) async fn roles_of_a_shop(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let packer = samples::role(shop.id)?;
    same("no role yet", tx.roles_of(shop.id).await?, Vec::new())?;
    same("inserted", tx.insert_role(&packer).await?, true)?;
    same("of one name", tx.insert_role(&packer).await?, false)?;
    let newer = RoleRow {
        title: "Packing".to_owned(),
        permissions: vec!["read_orders".to_owned()],
        version: 2,
        changed_at: EVENING,
        ..packer.clone()
    };
    let skipped = RoleRow {
        version: 3,
        ..newer.clone()
    };
    same("not seen", tx.replace_role(&skipped).await?, false)?;
    same("replaced", tx.replace_role(&newer).await?, true)?;
    same("too late", tx.replace_role(&newer).await?, false)?;
    same("the newest", tx.roles_of(shop.id).await?, vec![newer])?;

    let holder = StaffRow {
        role: packer.name.clone(),
        ..samples::staff(shop.id)?
    };
    tx.insert_staff(&holder).await?;
    let removed = tx.remove_role(shop.id, &packer.name, 2).await?;
    same("somebody has it", removed, false)?;
    tx.change_standing(shop.id, holder.id, &RoleName::AGENT, None)
        .await?;
    let removed = tx.remove_role(shop.id, &packer.name, 1).await?;
    same("another version", removed, false)?;
    let removed = tx.remove_role(shop.id, &packer.name, 2).await?;
    same("removed", removed, true)?;
    same("none", tx.roles_of(shop.id).await?, Vec::new())
}
