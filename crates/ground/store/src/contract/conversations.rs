//! Conversations, turns, notes, and the queue.

use terms::ShopId;

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, missing, same},
};
use crate::{
    Transaction,
    conversations::{
        Author, ConversationRow,
        ConversationState::{Human, Waiting},
        NoteRow, TurnRow,
    },
    people::StaffRow,
    sessions::ShopperSessionRow,
};

/// A shop with a member of staff and a guest's session.
async fn shop(tx: &mut dyn Transaction) -> Verdict<(ShopId, StaffRow, ShopperSessionRow)> {
    let shop = samples::shop();
    let staff = samples::staff(shop.id)?;
    let guest = samples::guest(shop.id);
    tx.insert_shop(&shop).await?;
    tx.insert_staff(&staff).await?;
    tx.insert_shopper_session(&guest).await?;
    Ok((shop.id, staff, guest))
}

pub(super) async fn taken_once(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, _, guest) = shop(&mut *tx).await?;
    let row = samples::conversation(&guest)?;
    tx.insert_conversation(&row).await?;
    let second = ConversationRow {
        id: row.id,
        ..samples::conversation(&guest)?
    };
    conflict("conversations", tx.insert_conversation(&second).await)?;
    same(
        "the first",
        tx.conversation(shop, row.id).await?,
        Some(row.clone()),
    )?;
    same(
        "locked",
        tx.lock_conversation(shop, row.id).await?,
        Some(row.clone()),
    )?;
    let absent = samples::conversation_id();
    same(
        "none to lock",
        tx.lock_conversation(shop, absent).await?,
        None,
    )
}

pub(super) async fn updated(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let shopper = samples::shopper(shop)?;
    tx.insert_shopper(&shopper).await?;
    let row = samples::conversation(&guest)?;
    tx.insert_conversation(&row).await?;
    let next = ConversationRow {
        shopper: Some(shopper.id),
        state: Human,
        assigned: Some(staff.id),
        locale: samples::locale("fr")?,
        last_position: 4,
        context: Some(samples::sealed()?),
        updated_at: EVENING,
        ..row.clone()
    };
    // Session and opening time are asked for, and stay.
    let other = samples::guest(shop);
    tx.insert_shopper_session(&other).await?;
    let asked = ConversationRow {
        session: other.id,
        opened_at: at(1),
        ..next.clone()
    };
    tx.update_conversation(&asked).await?;
    same(
        "taken over",
        tx.conversation(shop, row.id).await?,
        Some(next),
    )?;
    let waiting = ConversationRow {
        state: Waiting,
        waiting_since: Some(EVENING),
        ..row.clone()
    };
    tx.update_conversation(&waiting).await?;
    same(
        "waiting",
        tx.conversation(shop, row.id).await?,
        Some(waiting),
    )?;
    tx.update_conversation(&row).await?;
    same(
        "handed back",
        tx.conversation(shop, row.id).await?,
        Some(row),
    )?;
    let absent = samples::conversation(&guest)?;
    missing("conversations", tx.update_conversation(&absent).await)
}

pub(super) async fn newest_first(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, _, guest) = shop(&mut *tx).await?;
    let shopper = samples::shopper(shop)?;
    tx.insert_shopper(&shopper).await?;
    let other = samples::guest(shop);
    tx.insert_shopper_session(&other).await?;
    let mut rows = Vec::new();
    for opened_at in [at(3), at(2), at(1)] {
        let row = ConversationRow {
            shopper: Some(shopper.id),
            opened_at,
            ..samples::conversation(&guest)?
        };
        tx.insert_conversation(&row).await?;
        rows.push(row);
    }
    let elsewhere = ConversationRow {
        opened_at: at(9),
        ..samples::conversation(&other)?
    };
    tx.insert_conversation(&elsewhere).await?;
    let found = tx.conversations_of_session(shop, guest.id).await?;
    same("of the session", found, rows.clone())?;
    same(
        "of the shopper",
        tx.conversations_of_shopper(shop, shopper.id).await?,
        rows,
    )
}

pub(super) async fn turns_in_order(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let conversation = samples::conversation(&guest)?;
    let id = conversation.id;
    tx.insert_conversation(&conversation).await?;
    let mut rows = Vec::new();
    for position in 1..=5 {
        rows.push(match position {
            1 => samples::turn(&conversation, position)?,
            5 => TurnRow {
                author: Author::Human,
                staff: Some(staff.id),
                ..samples::turn(&conversation, position)?
            },
            _ => TurnRow {
                author: if position == 2 {
                    Author::System
                } else {
                    Author::Ai
                },
                message: None,
                in_reply_to: Some(1),
                ..samples::turn(&conversation, position)?
            },
        });
    }
    for row in rows.iter().rev() {
        tx.append_turn(row).await?;
    }
    let from = |after: usize, limit: usize| rows.iter().skip(after).take(limit).cloned().collect();
    same("all", tx.turns_after(shop, id, 0, 9).await?, from(0, 9))?;
    same(
        "after the third",
        tx.turns_after(shop, id, 3, 9).await?,
        from(3, 9),
    )?;
    same(
        "two of them",
        tx.turns_after(shop, id, 1, 2).await?,
        from(1, 2),
    )?;
    same(
        "after the last",
        tx.turns_after(shop, id, 5, 9).await?,
        vec![],
    )?;
    same(
        "answers",
        tx.turns_in_reply_to(shop, id, 1).await?,
        from(1, 3),
    )?;
    same(
        "no answers",
        tx.turns_in_reply_to(shop, id, 2).await?,
        vec![],
    )?;
    for row in &rows {
        if let Some(message) = row.message {
            let found = tx.turn_by_message(shop, id, message).await?;
            same("by message", found, Some(row.clone()))?;
        }
    }
    let absent = samples::message_id();
    same(
        "by no message",
        tx.turn_by_message(shop, id, absent).await?,
        None,
    )
}

pub(super) async fn turns_unique(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, _, guest) = shop(&mut *tx).await?;
    let conversation = samples::conversation(&guest)?;
    let other = samples::conversation(&guest)?;
    tx.insert_conversation(&conversation).await?;
    tx.insert_conversation(&other).await?;
    let first = samples::turn(&conversation, 1)?;
    tx.append_turn(&first).await?;
    conflict(
        "turns",
        tx.append_turn(&samples::turn(&conversation, 1)?).await,
    )?;
    let resent = TurnRow {
        message: first.message,
        ..samples::turn(&conversation, 2)?
    };
    conflict("turns", tx.append_turn(&resent).await)?;
    // Another conversation may use the same message id; many turns have none.
    let elsewhere = TurnRow {
        message: first.message,
        ..samples::turn(&other, 1)?
    };
    tx.append_turn(&elsewhere).await?;
    let mut rows = vec![first];
    for position in [2, 3] {
        let row = TurnRow {
            author: Author::Ai,
            message: None,
            ..samples::turn(&conversation, position)?
        };
        tx.append_turn(&row).await?;
        rows.push(row);
    }
    same(
        "what was appended",
        tx.turns_after(shop, conversation.id, 0, 9).await?,
        rows,
    )
}

pub(super) async fn rewritten(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let conversation = samples::conversation(&guest)?;
    tx.insert_conversation(&conversation).await?;
    let id = conversation.id;
    let mut rows = Vec::new();
    for position in 1..=4 {
        let row = TurnRow {
            advice: (position % 2 == 0).then(samples::sealed).transpose()?,
            ..samples::turn(&conversation, position)?
        };
        tx.append_turn(&row).await?;
        rows.push(row);
    }
    same(
        "as they were written",
        tx.turns_rewritten(shop, id, 0, 4).await?,
        Vec::new(),
    )?;
    for (row, rewriting) in rows.iter_mut().zip([1, 2, 0, 2]) {
        if rewriting == 0 {
            continue;
        }
        row.rewriting = rewriting;
        row.own_key = rewriting == 1;
        row.body = samples::sealed()?;
        // Who wrote it, when, and what is advised about it is asked for, and stays.
        let asked = TurnRow {
            author: Author::System,
            message: None,
            in_reply_to: Some(1),
            advice: None,
            at: EVENING,
            ..row.clone()
        };
        tx.rewrite_turn(&asked).await?;
    }
    same(
        "written anew",
        tx.turns_after(shop, id, 0, 9).await?,
        rows.clone(),
    )?;
    let [first, second, _, fourth] = rows.as_slice() else {
        return super::verdict::fail("four turns");
    };
    let all = vec![first.clone(), second.clone(), fourth.clone()];
    same("all", tx.turns_rewritten(shop, id, 0, 4).await?, all)?;
    same(
        "after the first time",
        tx.turns_rewritten(shop, id, 1, 4).await?,
        vec![second.clone(), fourth.clone()],
    )?;
    same(
        "up to the third",
        tx.turns_rewritten(shop, id, 1, 3).await?,
        vec![second.clone()],
    )?;
    let counted = ConversationRow {
        rewritings: 2,
        ..conversation.clone()
    };
    tx.update_conversation(&counted).await?;
    same("counted", tx.conversation(shop, id).await?, Some(counted))?;

    let mut note = samples::note(&conversation, &staff)?;
    tx.insert_note(&note).await?;
    note.body = samples::sealed()?;
    tx.rewrite_note(&NoteRow {
        at: EVENING,
        ..note.clone()
    })
    .await?;
    same("the note", tx.notes_of(shop, id).await?, vec![note])?;

    missing(
        "turns",
        tx.rewrite_turn(&samples::turn(&conversation, 5)?).await,
    )?;
    missing(
        "notes",
        tx.rewrite_note(&samples::note(&conversation, &staff)?)
            .await,
    )
}

pub(super) async fn notes_oldest_first(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let conversation = samples::conversation(&guest)?;
    tx.insert_conversation(&conversation).await?;
    let mut rows = Vec::new();
    for at in [EVENING, NOON, at(5)] {
        let row = NoteRow {
            at,
            ..samples::note(&conversation, &staff)?
        };
        tx.insert_note(&row).await?;
        rows.push(row);
    }
    rows.reverse();
    same(
        "oldest first",
        tx.notes_of(shop, conversation.id).await?,
        rows.clone(),
    )?;
    for row in &rows {
        conflict("notes", tx.insert_note(row).await)?;
    }
    Ok(())
}

/// Each in a transaction of its own: a missing parent spoils the one it is found in.
pub(super) async fn orphans_refused(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (_, staff, guest) = shop(&mut *tx).await?;
    tx.commit().await?;
    let unknown = samples::conversation(&guest)?;

    let mut tx = stage.database.begin().await?;
    missing("turns", tx.append_turn(&samples::turn(&unknown, 1)?).await)?;
    tx.rollback().await?;
    let mut tx = stage.database.begin().await?;
    missing(
        "notes",
        tx.insert_note(&samples::note(&unknown, &staff)?).await,
    )?;
    tx.rollback().await?;
    let mut tx = stage.database.begin().await?;
    let stranger = samples::guest(guest.shop);
    let row = samples::conversation(&stranger)?;
    missing("conversations", tx.insert_conversation(&row).await)?;
    tx.rollback().await?;
    // A member of staff of another shop is nobody here.
    let mut tx = stage.database.begin().await?;
    let (_, foreigner, _) = shop(&mut *tx).await?;
    let row = ConversationRow {
        state: Human,
        assigned: Some(foreigner.id),
        ..samples::conversation(&guest)?
    };
    missing("conversations", tx.insert_conversation(&row).await)
}
