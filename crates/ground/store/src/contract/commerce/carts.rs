//! Carts: one for every owner, and gone when a guest stays away.

use terms::{ConversationId, SessionId, ShopperId, StaffId};

use super::samples;
use crate::{
    contract::{
        Stage,
        samples::{EVENING, NOON, at, sealed, session_id, shop_id, shopper_id, uuid},
        verdict::{Verdict, same},
    },
    customers::CartRow,
    keys::Owner,
};

pub(in crate::contract) async fn one_for_every_owner(stage: Stage) -> Verdict {
    let (shop, other) = (shop_id(), shop_id());
    // The same id under every kind of owner, and in another shop.
    let id = uuid();
    let owner = Owner::Shopper(ShopperId::from_uuid(id));
    let mut rows = Vec::new();
    for owner in [
        owner,
        Owner::Session(SessionId::from_uuid(id)),
        Owner::Conversation(ConversationId::from_uuid(id)),
        Owner::Staff(StaffId::from_uuid(id)),
    ] {
        rows.push(samples::cart(shop, owner)?);
    }
    rows.push(samples::cart(other, owner)?);
    let mut tx = stage.database.begin().await?;
    for row in &rows {
        same("before", tx.cart(row.shop, row.owner).await?, None)?;
        let found = tx.lock_cart(row.shop, row.owner).await?;
        same("none to lock", found, None)?;
        tx.put_cart(row).await?;
    }
    for row in &rows {
        let found = tx.cart(row.shop, row.owner).await?;
        same("the cart of its owner", found, Some(row.clone()))?;
    }
    let next = CartRow {
        body: sealed()?,
        updated_at: EVENING,
        ..samples::cart(shop, owner)?
    };
    tx.put_cart(&next).await?;
    let found = tx.cart(shop, owner).await?;
    same("put again", found, Some(next.clone()))?;
    let found = tx.lock_cart(shop, owner).await?;
    same("locked", found, Some(next))?;
    // The second deletion finds nothing, and is none the worse for it.
    for _ in 0..2 {
        tx.delete_cart(shop, owner).await?;
        same("deleted", tx.cart(shop, owner).await?, None)?;
    }
    for row in rows.into_iter().skip(1) {
        let found = tx.cart(row.shop, row.owner).await?;
        same("another owner's cart", found, Some(row))?;
    }
    Ok(())
}

/// Plays long before every other case, so that the sweep finds only its own rows.
pub(in crate::contract) async fn swept(stage: Stage) -> Verdict {
    let guest = || Owner::Session(session_id());
    let cart = |owner, millis| -> Verdict<CartRow> {
        Ok(CartRow {
            updated_at: at(millis),
            ..samples::cart(shop_id(), owner)?
        })
    };
    let old = [cart(guest(), 10)?, cart(guest(), 19)?];
    let kept = [
        cart(guest(), 20)?,
        cart(guest(), NOON.millis())?,
        // A shopper finds her cart again, however long she was away; by whatever name she goes.
        cart(Owner::Shopper(shopper_id()), 10)?,
        cart(Owner::Conversation(ConversationId::from_uuid(uuid())), 10)?,
    ];
    let mut tx = stage.database.begin().await?;
    for row in old.iter().chain(&kept) {
        tx.put_cart(row).await?;
    }
    same("swept", tx.sweep_carts(at(20)).await?, 2)?;
    for row in old {
        same("an old cart", tx.cart(row.shop, row.owner).await?, None)?;
    }
    for row in kept {
        let found = tx.cart(row.shop, row.owner).await?;
        same("a cart that stays", found, Some(row))?;
    }
    same("swept again", tx.sweep_carts(at(20)).await?, 0)
}
