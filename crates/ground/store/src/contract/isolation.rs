//! Rows read back, absence, and the walls between shops.

use terms::RetentionClass;

use super::{
    Stage,
    household::Household,
    samples::{self, EVENING},
    verdict::{Verdict, ensure, fail, missing, same},
};
use crate::{
    Snapshot,
    conversations::ConversationRow,
    documents::{Audience, DocumentRow, Measured},
    keys::{DataKeyRow, Owner},
    roles::RoleRow,
};

pub(super) async fn rows_read_back(stage: Stage) -> Verdict {
    let house = Household::new()?;
    let mut tx = stage.database.begin().await?;
    house.write(&mut *tx).await?;
    // A transaction reads what it wrote.
    house.check(&mut *tx).await?;
    tx.commit().await?;
    house.check(&mut *stage.database.snapshot().await?).await?;
    house.check(&mut *stage.database.begin().await?).await
}

pub(super) async fn absent_is_none(stage: Stage) -> Verdict {
    let house = Household::new()?;
    // Its own id instead of a shop that is there: nothing of it was ever written.
    nothing_of(&house, house.id(), &mut *stage.database.snapshot().await?).await?;
    let mut snapshot = stage.database.snapshot().await?;
    same(
        "shop_by_handle",
        snapshot.shop_by_handle(&house.shop.handle).await?,
        None,
    )?;
    same(
        "sign_in_link",
        snapshot.sign_in_link(&house.link.token_hash).await?,
        None,
    )?;
    let token = &house.session.token_hash;
    same(
        "shopper_session_by_token",
        snapshot.shopper_session_by_token(token).await?,
        None,
    )?;
    let token = &house.staff_session.token_hash;
    same(
        "staff_session_by_token",
        snapshot.staff_session_by_token(token).await?,
        None,
    )?;
    same(
        "staff_by_token",
        snapshot.staff_by_token(token).await?,
        None,
    )?;
    let mut tx = stage.database.begin().await?;
    same(
        "lock",
        tx.lock_conversation(house.id(), house.conversation.id)
            .await?,
        None,
    )?;
    house.trade.nothing_to_lock(house.id(), &mut *tx).await
}

pub(super) async fn same_ids_in_two_shops(stage: Stage) -> Verdict {
    let first = Household::new()?;
    let second = first.moved()?;
    ensure!(
        first.conversation.id == second.conversation.id,
        "the ids are the same"
    );
    ensure!(
        first.conversation != second.conversation,
        "the rows are not"
    );
    first.store(&stage).await?;
    second.store(&stage).await?;
    let mut snapshot = stage.database.snapshot().await?;
    first.check(&mut *snapshot).await?;
    second.check(&mut *snapshot).await
}

pub(super) async fn stranger_reads_nothing(stage: Stage) -> Verdict {
    let house = Household::new()?;
    house.store(&stage).await?;
    let stranger = samples::shop();
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&stranger).await?;
    nothing_of(&house, stranger.id, &mut *tx).await?;
    let locked = tx
        .lock_conversation(stranger.id, house.conversation.id)
        .await?;
    same("lock_conversation", locked, None)?;
    house.trade.nothing_to_lock(stranger.id, &mut *tx).await?;
    tx.commit().await?;
    nothing_of(&house, stranger.id, &mut *stage.database.snapshot().await?).await
}

/// Every read with the household's ids in another shop.
async fn nothing_of(house: &Household, shop: terms::ShopId, db: &mut dyn Snapshot) -> Verdict {
    let owner = Owner::Shopper(house.shopper.id);
    let conversation = house.conversation.id;
    same("shop_hosts", db.shop_hosts(shop).await?, vec![])?;
    same("shop_key", db.shop_key(shop).await?, None)?;
    for key in &house.keys {
        same("data_key", db.data_key(shop, key.id).await?, None)?;
        same(
            "current_data_key",
            db.current_data_key(shop, owner, key.class).await?,
            None,
        )?;
    }
    same("data_keys_of", db.data_keys_of(shop, owner).await?, vec![])?;
    same(
        "data_keys_before_epoch",
        db.data_keys_before_epoch(shop, 99, 9).await?,
        vec![],
    )?;
    same(
        "data_keys_by_epoch",
        db.data_keys_by_epoch(shop).await?,
        vec![],
    )?;
    same("shopper", db.shopper(shop, house.shopper.id).await?, None)?;
    let found = db
        .shopper_by_email(shop, &house.shopper.email_index)
        .await?;
    same("shopper_by_email", found, None)?;
    same("staff", db.staff(shop, house.staff.id).await?, None)?;
    same("staff_of", db.staff_of(shop).await?, vec![])?;
    same("roles_of", db.roles_of(shop).await?, vec![])?;
    same(
        "shopper_session",
        db.shopper_session(shop, house.session.id).await?,
        None,
    )?;
    same(
        "staff_session",
        db.staff_session(shop, house.staff_session.id).await?,
        None,
    )?;
    same(
        "code_request",
        db.code_request(shop, house.code.id).await?,
        None,
    )?;
    same(
        "conversation",
        db.conversation(shop, conversation).await?,
        None,
    )?;
    let found = db.conversations_of_session(shop, house.session.id).await?;
    same("conversations_of_session", found, vec![])?;
    let found = db.conversations_of_shopper(shop, house.shopper.id).await?;
    same("conversations_of_shopper", found, vec![])?;
    house.desk.nothing_in(shop, db, house).await?;
    house.factors.nothing_in(shop, db).await?;
    house.recovery.nothing_in(shop, db).await?;
    let found = db.staff_sessions_of(shop, house.staff.id).await?;
    same("staff_sessions_of", found, vec![])?;
    let found = db.shopper_sessions_of(shop, house.shopper.id).await?;
    same("shopper_sessions_of", found, vec![])?;
    let Some(message) = house.turns.first().and_then(|turn| turn.message) else {
        return fail("the first turn has a message");
    };
    same(
        "turn_by_message",
        db.turn_by_message(shop, conversation, message).await?,
        None,
    )?;
    same(
        "turns_after",
        db.turns_after(shop, conversation, 0, 9).await?,
        vec![],
    )?;
    same(
        "turns_in_reply_to",
        db.turns_in_reply_to(shop, conversation, 1).await?,
        vec![],
    )?;
    same("notes_of", db.notes_of(shop, conversation).await?, vec![])?;
    same("mails", db.mails(shop, 9).await?, vec![])?;
    same("passages", db.passages(shop).await?, vec![])?;
    let found = db.documents(shop, Audience::Staff).await?;
    same("documents", found, vec![])?;
    for document in &house.documents {
        same("document", db.document(shop, document.id).await?, None)?;
    }
    let found = db.documents_measured(shop).await?;
    same("documents_measured", found, Measured::default())?;
    same("unanswered", db.unanswered(shop, 9).await?, vec![])?;
    same("entry", db.entry(shop, house.entry.id).await?, None)?;
    same("entries_from", db.entries_from(shop, 0, 9).await?, vec![])?;
    same(
        "unplaced_entries",
        db.unplaced_entries(shop, 9).await?,
        vec![],
    )?;
    same("entry_counts", db.entry_counts(shop).await?, (0, 0))?;
    same(
        "tile",
        db.tile(shop, house.tile.level, house.tile.tile).await?,
        None,
    )?;
    same("latest_checkpoint", db.latest_checkpoint(shop).await?, None)?;
    same(
        "checkpoints_after",
        db.checkpoints_after(shop, 0, 9).await?,
        vec![],
    )?;
    same("ledger_size", db.ledger_size(shop).await?, 0)?;
    house.trade.nothing_in(shop, db).await
}

/// Every write that names a row, with the household's ids in another shop: none finds its row, and
/// afterwards the household is as it was.
pub(super) async fn stranger_changes_nothing(stage: Stage) -> Verdict {
    let house = Household::new()?;
    house.store(&stage).await?;
    let stranger = samples::shop();
    let shop = stranger.id;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&stranger).await?;
    tx.replace_shop_hosts(shop, &[]).await?;
    tx.replace_passages(shop, &[]).await?;
    for document in &house.documents {
        let theirs = DocumentRow {
            shop,
            version: document.version + 1,
            ..document.clone()
        };
        same("update_document", tx.update_document(&theirs).await?, false)?;
        let gone = tx
            .delete_document(shop, document.id, document.version)
            .await?;
        same("delete_document", gone, false)?;
    }
    let gone = tx.unmark_unanswered(shop, house.unanswered.id).await?;
    same("unmark_unanswered", gone, false)?;

    missing(
        "staff",
        tx.change_standing(shop, house.staff.id, &house.role.name, None)
            .await,
    )?;
    missing("staff", tx.enable_staff(shop, house.staff.id).await)?;
    let newer = RoleRow {
        shop,
        version: house.role.version + 1,
        ..house.role.clone()
    };
    same("replace_role", tx.replace_role(&newer).await?, false)?;
    let removed = tx
        .remove_role(shop, &house.role.name, house.role.version)
        .await?;
    same("remove_role", removed, false)?;
    missing(
        "sign_in_links",
        tx.use_sign_in_link(shop, house.link.id, EVENING).await,
    )?;
    let session = house.session.id;
    missing(
        "shopper_sessions",
        tx.touch_shopper_session(shop, session, EVENING).await,
    )?;
    missing(
        "shopper_sessions",
        tx.end_shopper_session(shop, session, EVENING).await,
    )?;
    let session = house.staff_session.id;
    missing(
        "staff_sessions",
        tx.touch_staff_session(shop, session, EVENING).await,
    )?;
    missing(
        "staff_sessions",
        tx.end_staff_session(shop, session, EVENING).await,
    )?;
    missing(
        "code_requests",
        tx.count_code_attempt(shop, house.code.id).await,
    )?;
    missing(
        "code_requests",
        tx.use_code_request(shop, house.code.id, EVENING).await,
    )?;

    let row = ConversationRow {
        shop,
        ..house.conversation.clone()
    };
    missing("conversations", tx.update_conversation(&row).await)?;
    house.desk.nothing_to_change(shop, &mut *tx, &house).await?;
    house.factors.nothing_to_change(shop, &mut *tx).await?;
    house.recovery.nothing_to_change(shop, &mut *tx).await?;
    let owner = Owner::Shopper(house.shopper.id);
    for key in &house.keys {
        let there = DataKeyRow {
            shop,
            ..key.clone()
        };
        let rewrapped = tx.rewrap_data_key(&there, &key.wrapped).await?;
        same("rewrap_data_key", rewrapped, false)?;
    }
    let destroyed = tx
        .delete_data_keys(shop, owner, &RetentionClass::ALL)
        .await?;
    same("delete_data_keys", destroyed, 0)?;
    missing(
        "ledger_entries",
        tx.place_entries(shop, 0, &[house.entry.id]).await,
    )?;
    missing("ledger_heads", tx.set_ledger_size(shop, 5).await)?;
    house.trade.nothing_to_change(shop, &mut *tx).await?;
    tx.commit().await?;

    house.check(&mut *stage.database.snapshot().await?).await
}
