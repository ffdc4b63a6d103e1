//! The desk's own rows, the queue, and what is counted for the overview.

use terms::ShopId;

use super::{
    Stage,
    household::Household,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, same},
};
use crate::{
    Snapshot, Transaction,
    conversations::{
        Author, ConversationRow,
        ConversationState::{self, Assistant, Human, Waiting},
        TurnRow,
    },
    desk::{OpenedCount, OrdersCount, QueueCounts, QueueFilter, SavedReplyRow, TagRow, TurnMark},
    ledger::EntryRow,
    people::StaffRow,
    sessions::ShopperSessionRow,
};

/// A household's own: two tags of which its conversation has one, a saved reply, a turn read, a
/// request for a person that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Desk {
    tags: Vec<TagRow>,
    reply: SavedReplyRow,
}

const DAY: i64 = 86_400_000;

fn everything() -> QueueFilter {
    QueueFilter {
        states: ConversationState::ALL.to_vec(),
        closed: true,
        ..QueueFilter::default()
    }
}

impl Desk {
    pub(super) fn new(shop: ShopId) -> Self {
        let tag = |name: &str| TagRow {
            shop,
            name: name.to_owned(),
            created_at: NOON,
        };
        Self {
            tags: vec![tag("damaged"), tag("Größe")]
                .into_iter()
                .rev()
                .collect(),
            reply: SavedReplyRow {
                shop,
                name: "hello".to_owned(),
                text: "Hello {given_name},\n'; DROP TABLE saved_replies; --".to_owned(),
                updated_at: EVENING,
            },
        }
    }

    pub(super) async fn write(&self, tx: &mut dyn Transaction, house: &Household) -> Verdict {
        let (shop, conversation) = (house.id(), house.conversation.id);
        for tag in &self.tags {
            same("a new tag is added", tx.add_tag(tag).await?, true)?;
        }
        let given = ["damaged".to_owned()];
        tx.replace_tags_of(shop, conversation, &given, EVENING)
            .await?;
        tx.put_saved_reply(&self.reply).await?;
        tx.mark_read(shop, house.staff.id, conversation, 1).await?;
        tx.insert_person_request(shop, conversation, NOON).await?;
        tx.end_person_requests(shop, conversation, EVENING, true)
            .await?;
        Ok(())
    }

    pub(super) async fn check(&self, db: &mut dyn Snapshot, house: &Household) -> Verdict {
        let (shop, staff) = (house.id(), house.staff.id);
        let conversation = house.conversation.id;
        let one = vec![house.conversation.clone()];
        same(
            "queue",
            db.queue(shop, &everything(), 9).await?,
            one.clone(),
        )?;
        let counts = QueueCounts {
            human: 1,
            mine: 1,
            ..QueueCounts::default()
        };
        same("queue_counts", db.queue_counts(shop, staff).await?, counts)?;
        let mut tags = self.tags.clone();
        tags.sort_by(|one, other| one.name.cmp(&other.name));
        same("tags", db.tags(shop).await?, tags)?;
        let tags = db.tags_of(shop, conversation).await?;
        same("tags_of", tags, vec!["damaged".to_owned()])?;
        let replies = db.saved_replies(shop).await?;
        same("saved_replies", replies, vec![self.reply.clone()])?;
        same("unread", db.unread(shop, staff, conversation).await?, 0)?;
        let (from, until) = (NOON, at(EVENING.millis() + 1));
        let mut turns = house.turns.clone();
        turns.reverse();
        let found = db.newest_turns(shop, from, until, None, 9).await?;
        same("newest_turns", found, turns)?;
        let found = db
            .conversations_changed(shop, from, until, &everything(), 9)
            .await?;
        same("conversations_changed", found, one)?;
        if let Some(subject) = &house.entry.subject {
            let found = db.entries_about(shop, subject, 9).await?;
            same("entries_about", found, vec![house.entry.clone()])?;
        }
        same("longest_wait", db.longest_wait(shop).await?, None)?;
        let opened = OpenedCount {
            opened: 1,
            handed_over: 1,
            ..OpenedCount::default()
        };
        let found = db.opened(shop, from, until, DAY).await?;
        same("opened", found, vec![opened])?;
        let waited = EVENING.millis() - NOON.millis();
        let found = db.answer_times(shop, from, 9).await?;
        same("answer_times", found, vec![waited])
    }

    /// Every read of the desk with the household's ids in another shop.
    pub(super) async fn nothing_in(
        &self,
        shop: ShopId,
        db: &mut dyn Snapshot,
        house: &Household,
    ) -> Verdict {
        let (staff, conversation) = (house.staff.id, house.conversation.id);
        same("queue", db.queue(shop, &everything(), 9).await?, vec![])?;
        let counts = db.queue_counts(shop, staff).await?;
        same("queue_counts", counts, QueueCounts::default())?;
        same("tags", db.tags(shop).await?, vec![])?;
        let tags = db.tags_of(shop, conversation).await?;
        same("tags_of", tags, vec![])?;
        same("saved_replies", db.saved_replies(shop).await?, vec![])?;
        same("unread", db.unread(shop, staff, conversation).await?, 0)?;
        let (from, until) = (at(0), at(i64::MAX));
        let found = db.newest_turns(shop, from, until, None, 9).await?;
        same("newest_turns", found, vec![])?;
        let found = db
            .conversations_changed(shop, from, until, &everything(), 9)
            .await?;
        same("conversations_changed", found, vec![])?;
        if let Some(subject) = &house.entry.subject {
            let found = db.entries_about(shop, subject, 9).await?;
            same("entries_about", found, vec![])?;
        }
        same("longest_wait", db.longest_wait(shop).await?, None)?;
        same("opened", db.opened(shop, from, until, DAY).await?, vec![])?;
        same(
            "answer_times",
            db.answer_times(shop, from, 9).await?,
            vec![],
        )?;
        let found = db.orders_placed(shop, from, until, DAY).await?;
        same("orders_placed", found, vec![])?;
        let found = db.orders_unpaid(shop).await?;
        same("orders_unpaid", found, OrdersCount::default())
    }

    /// Every write that names a row of the desk, with the household's names in another shop.
    pub(super) async fn nothing_to_change(
        &self,
        shop: ShopId,
        tx: &mut dyn Transaction,
        house: &Household,
    ) -> Verdict {
        let removed = tx.remove_tag(shop, "damaged").await?;
        same("remove_tag", removed, false)?;
        let removed = tx.remove_saved_reply(shop, &self.reply.name).await?;
        same("remove_saved_reply", removed, false)?;
        let conversation = house.conversation.id;
        tx.replace_tags_of(shop, conversation, &[], NOON).await?;
        tx.end_person_requests(shop, conversation, NOON, false)
            .await?;
        Ok(())
    }
}

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

fn in_states(states: &[ConversationState]) -> QueueFilter {
    QueueFilter {
        states: states.to_vec(),
        ..QueueFilter::default()
    }
}

pub(super) async fn queue_order(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    // In the order in which the queue must show them: state, waiting, unanswered, changed.
    let plan = [
        (Waiting, Some(at(10)), None, at(11)),
        (Human, None, Some(at(15)), at(16)),
        (Waiting, Some(at(20)), None, at(90)),
        (Waiting, Some(at(30)), None, at(31)),
        (Human, None, None, at(80)),
        (Assistant, None, None, at(70)),
        (Human, None, None, at(60)),
        (Assistant, None, None, at(50)),
    ];
    let mut rows = Vec::new();
    for (state, waiting_since, unanswered_since, updated_at) in plan {
        rows.push(ConversationRow {
            state,
            waiting_since,
            unanswered_since,
            updated_at,
            assigned: (state == Human).then_some(staff.id),
            ..samples::conversation(&guest)?
        });
    }
    for row in rows.iter().rev() {
        tx.insert_conversation(row).await?;
    }
    let choices: [(&[ConversationState], u32); 8] = [
        (&[Assistant, Waiting, Human], 9),
        (&[Human, Waiting], 9),
        (&[Assistant], 9),
        (&[Waiting, Waiting], 9),
        (&[], 9),
        (&[Waiting, Human, Assistant], 4),
        (&[Waiting], 2),
        (&[Assistant, Human], 3),
    ];
    for (states, limit) in choices {
        let expected = rows.iter().filter(|row| states.contains(&row.state));
        let expected = expected.take(usize::try_from(limit).unwrap_or(usize::MAX));
        let found = tx.queue(shop, &in_states(states), limit).await?;
        let what = format!("{states:?}, at most {limit}");
        same(&what, found, expected.cloned().collect())?;
    }
    same("longest_wait", tx.longest_wait(shop).await?, Some(at(10)))
}

pub(super) async fn queue_counts(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let other = samples::staff(shop)?;
    tx.insert_staff(&other).await?;
    let plan = [
        (Waiting, None, None),
        (Human, Some(staff.id), None),
        (Waiting, None, None),
        (Human, Some(other.id), None),
        (Assistant, None, Some(EVENING)),
    ];
    for (state, assigned, closed_at) in plan {
        let row = ConversationRow {
            state,
            assigned,
            closed_at,
            waiting_since: (state == Waiting).then_some(NOON),
            ..samples::conversation(&guest)?
        };
        tx.insert_conversation(&row).await?;
    }
    let expected = QueueCounts {
        assistant: 0,
        waiting: 2,
        human: 2,
        closed: 1,
        mine: 1,
    };
    same("counts", tx.queue_counts(shop, staff.id).await?, expected)
}

pub(super) async fn queue_filtered(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let other = samples::staff(shop)?;
    tx.insert_staff(&other).await?;
    let hers = ConversationRow {
        state: Human,
        assigned: Some(staff.id),
        ..samples::conversation(&guest)?
    };
    let others = ConversationRow {
        assigned: Some(other.id),
        ..hers.clone()
    };
    let others = ConversationRow {
        id: samples::conversation_id(),
        ..others
    };
    let open = samples::conversation(&guest)?;
    let closed = ConversationRow {
        closed_at: Some(EVENING),
        ..samples::conversation(&guest)?
    };
    for row in [&hers, &others, &open, &closed] {
        tx.insert_conversation(row).await?;
    }
    let tag = Desk::new(shop);
    for tag in &tag.tags {
        tx.add_tag(tag).await?;
    }
    for row in [&others, &closed] {
        tx.replace_tags_of(shop, row.id, &["damaged".to_owned()], NOON)
            .await?;
    }
    let mine = QueueFilter {
        assigned: Some(staff.id),
        ..everything()
    };
    let found = tx.queue(shop, &mine, 9).await?;
    same("mine", found, vec![hers.clone()])?;
    let found = tx.queue(shop, &in_states(&[Assistant]), 9).await?;
    same("open", found, vec![open])?;
    let only_closed = QueueFilter {
        closed: true,
        ..QueueFilter::default()
    };
    let found = tx.queue(shop, &only_closed, 9).await?;
    same("closed", found, vec![closed.clone()])?;
    let tagged = QueueFilter {
        tag: Some("damaged".to_owned()),
        ..everything()
    };
    let found = tx.queue(shop, &tagged, 9).await?;
    let mut expected = vec![others, closed];
    expected.sort_by_key(|row| row.id.to_string());
    same("tagged", found, expected)?;
    let untagged = QueueFilter {
        tag: Some("Größe".to_owned()),
        ..everything()
    };
    same("untagged", tx.queue(shop, &untagged, 9).await?, vec![])
}

pub(super) async fn tags(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, _, guest) = shop(&mut *tx).await?;
    let row = samples::conversation(&guest)?;
    tx.insert_conversation(&row).await?;
    let desk = Desk::new(shop);
    for tag in &desk.tags {
        same("added", tx.add_tag(tag).await?, true)?;
        same("added again", tx.add_tag(tag).await?, false)?;
    }
    let both = ["damaged".to_owned(), "Größe".to_owned()];
    tx.replace_tags_of(shop, row.id, &both, NOON).await?;
    let found = tx.tags_of(shop, row.id).await?;
    same(
        "both",
        found,
        vec!["Größe".to_owned(), "damaged".to_owned()],
    )?;
    same("removed", tx.remove_tag(shop, "damaged").await?, true)?;
    same("no more", tx.remove_tag(shop, "damaged").await?, false)?;
    let found = tx.tags_of(shop, row.id).await?;
    same("one is left", found, vec!["Größe".to_owned()])?;
    tx.replace_tags_of(shop, row.id, &[], NOON).await?;
    same("none", tx.tags_of(shop, row.id).await?, vec![])
}

pub(super) async fn saved_replies(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, _, _) = shop(&mut *tx).await?;
    let first = Desk::new(shop).reply;
    let second = SavedReplyRow {
        name: "bye".to_owned(),
        ..first.clone()
    };
    tx.put_saved_reply(&first).await?;
    tx.put_saved_reply(&second).await?;
    let edited = SavedReplyRow {
        text: "Hi".to_owned(),
        updated_at: NOON,
        ..first.clone()
    };
    tx.put_saved_reply(&edited).await?;
    let found = tx.saved_replies(shop).await?;
    same("by name", found, vec![second, edited])?;
    let removed = tx.remove_saved_reply(shop, "bye").await?;
    same("removed", removed, true)?;
    let removed = tx.remove_saved_reply(shop, "bye").await?;
    same("no more", removed, false)
}

/// A conversation in which the turns were written by these, one each second.
async fn talk(
    tx: &mut dyn Transaction,
    guest: &ShopperSessionRow,
    staff: &StaffRow,
    from: i64,
    authors: &[Author],
) -> Verdict<(ConversationRow, Vec<TurnRow>)> {
    let row = ConversationRow {
        opened_at: at(from),
        updated_at: at(from),
        ..samples::conversation(guest)?
    };
    tx.insert_conversation(&row).await?;
    let mut turns = Vec::new();
    for (author, position) in authors.iter().zip(1..) {
        let turn = TurnRow {
            author: *author,
            staff: (*author == Author::Human).then_some(staff.id),
            at: at(from + position),
            ..samples::turn(&row, position)?
        };
        tx.append_turn(&turn).await?;
        turns.push(turn);
    }
    Ok((row, turns))
}

pub(super) async fn unread(stage: Stage) -> Verdict {
    use Author::{Ai, Shopper};
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let other = samples::staff(shop)?;
    tx.insert_staff(&other).await?;
    let authors = [Shopper, Ai, Shopper, Shopper];
    let (row, _) = talk(&mut *tx, &guest, &staff, 100, &authors).await?;
    for (read, left) in [(0, 3), (2, 2), (1, 2), (3, 1), (4, 0)] {
        tx.mark_read(shop, staff.id, row.id, read).await?;
        let found = tx.unread(shop, staff.id, row.id).await?;
        same(&format!("read up to {read}"), found, left)?;
    }
    let found = tx.unread(shop, other.id, row.id).await?;
    same("a colleague's", found, 3)
}

pub(super) async fn newest_turns(stage: Stage) -> Verdict {
    use Author::{Ai, Shopper};
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let (_, first) = talk(&mut *tx, &guest, &staff, 100, &[Shopper, Ai, Shopper]).await?;
    let (_, second) = talk(&mut *tx, &guest, &staff, 101, &[Shopper, Ai]).await?;
    let mut all: Vec<TurnRow> = first.into_iter().chain(second).collect();
    all.sort_by_key(|turn| (turn.at, turn.conversation.to_string(), turn.position));
    all.reverse();
    let mut walked = Vec::new();
    let mut mark = None;
    loop {
        let page = tx.newest_turns(shop, at(0), at(999), mark, 2).await?;
        let Some(last) = page.last() else { break };
        mark = Some(TurnMark {
            at: last.at,
            conversation: last.conversation,
            position: last.position,
        });
        walked.extend(page);
    }
    same("all, two at a time", walked, all.clone())?;
    let found = tx.newest_turns(shop, at(102), at(103), None, 9).await?;
    let within = all.into_iter().filter(|turn| turn.at == at(102));
    same("within a span", found, within.collect())
}

pub(super) async fn changed(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let plan = [(10, 20), (30, 40), (50, 60)];
    let mut rows = Vec::new();
    for (opened, updated) in plan {
        let row = ConversationRow {
            opened_at: at(opened),
            updated_at: at(updated),
            ..samples::conversation(&guest)?
        };
        tx.insert_conversation(&row).await?;
        rows.push(row);
    }
    rows.reverse();
    let all = everything();
    let found = tx
        .conversations_changed(shop, at(0), at(99), &all, 9)
        .await?;
    same("all", found, rows.clone())?;
    let found = tx
        .conversations_changed(shop, at(25), at(45), &all, 9)
        .await?;
    let middle = rows.iter().filter(|row| row.opened_at == at(30));
    same("in a span", found, middle.cloned().collect())?;
    let hers = QueueFilter {
        assigned: Some(staff.id),
        ..everything()
    };
    let found = tx
        .conversations_changed(shop, at(0), at(99), &hers, 9)
        .await?;
    same("hers", found, vec![])?;
    let waiting = in_states(&[Waiting]);
    let found = tx
        .conversations_changed(shop, at(0), at(99), &waiting, 9)
        .await?;
    same("waiting", found, vec![])
}

pub(super) async fn opened(stage: Stage) -> Verdict {
    use Author::{Ai, Human as Person, Shopper};
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    // Two stretches of ten: alone, not answered, by a person, asked for a person, and much later.
    talk(&mut *tx, &guest, &staff, 100, &[Shopper, Ai]).await?;
    talk(&mut *tx, &guest, &staff, 101, &[Shopper]).await?;
    talk(&mut *tx, &guest, &staff, 109, &[Shopper, Ai, Person]).await?;
    let (asked, _) = talk(&mut *tx, &guest, &staff, 110, &[Shopper, Ai]).await?;
    tx.insert_person_request(shop, asked.id, at(112)).await?;
    talk(&mut *tx, &guest, &staff, 130, &[Shopper, Ai]).await?;
    let expected = vec![
        OpenedCount {
            stretch: 0,
            opened: 3,
            alone: 1,
            handed_over: 1,
        },
        OpenedCount {
            stretch: 1,
            opened: 1,
            alone: 0,
            handed_over: 1,
        },
    ];
    let found = tx.opened(shop, at(100), at(130), 10).await?;
    same("by stretches", found, expected)
}

pub(super) async fn answer_times(stage: Stage) -> Verdict {
    let mut tx = stage.database.begin().await?;
    let (shop, staff, guest) = shop(&mut *tx).await?;
    let talks: [(i64, Option<(i64, bool)>); 4] = [
        (10, Some((15, true))),
        (20, Some((29, true))),
        (30, Some((31, false))),
        (40, None),
    ];
    for (asked, ended) in talks {
        let (row, _) = talk(&mut *tx, &guest, &staff, 1, &[Author::Shopper]).await?;
        tx.insert_person_request(shop, row.id, at(asked)).await?;
        if let Some((when, answered)) = ended {
            tx.end_person_requests(shop, row.id, at(when), answered)
                .await?;
            // What ended has ended: a later answer is no answer to it.
            tx.end_person_requests(shop, row.id, at(99), true).await?;
        }
    }
    let found = tx.answer_times(shop, at(0), 9).await?;
    same("all", found, vec![9, 5])?;
    let found = tx.answer_times(shop, at(16), 9).await?;
    same("since", found, vec![9])?;
    let found = tx.answer_times(shop, at(0), 1).await?;
    same("the newest", found, vec![9])
}

pub(super) async fn entries(stage: Stage) -> Verdict {
    let shop = samples::shop_id();
    let mut tx = stage.database.begin().await?;
    let subject = samples::hash();
    let mut rows = Vec::new();
    for when in [1, 2, 3] {
        let row = EntryRow {
            at: at(when),
            subject: Some(subject),
            ..samples::entry(shop)
        };
        tx.insert_entry(&row).await?;
        rows.push(row);
    }
    tx.insert_entry(&samples::entry(shop)).await?;
    rows.reverse();
    let found = tx.entries_about(shop, &subject, 9).await?;
    same("newest first", found, rows.clone())?;
    rows.truncate(2);
    let found = tx.entries_about(shop, &subject, 2).await?;
    same("the newest two", found, rows)
}
