//! What staff do to keep the inbox in order: give a conversation to a colleague, close it, sort it
//! by tags.

use identity::{
    Permit,
    actions::{AssignConversation, CloseConversation, ReadConversation, TagConversation},
};
use store::{
    Snapshot, Transaction,
    conversations::{ConversationRow, ConversationState},
};
use terms::{ConversationId, StaffId};

use crate::{
    Head, Inbox, InboxError,
    desk::{locked, works_here},
    effects::{Assigned, Closed, Reopened, Tagged},
};

/// Tags of one conversation at most.
pub const MOST_TAGS: usize = 12;

/// Somebody a conversation can be given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignee {
    pub staff: StaffId,
    pub name: String,
}

impl Inbox {
    /// Who works here, so that one can choose to whom a conversation goes: names and nothing else.
    pub async fn assignees(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<AssignConversation>,
    ) -> Result<Vec<Assignee>, InboxError> {
        let shop = permit.shop();
        let mut assignees = Vec::new();
        for row in snapshot.staff_of(shop).await? {
            if !row.works_here(self.clock.now()) {
                continue;
            }
            let name = self.identity.staff_name(snapshot, shop, row.id).await?;
            assignees.push(Assignee {
                staff: row.id,
                name: name.unwrap_or_default(),
            });
        }
        Ok(assignees)
    }

    /// Gives a conversation to a colleague or to oneself, whoever had it before. The shopper is told
    /// that a person is there if none was.
    pub async fn assign(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<AssignConversation>,
        id: ConversationId,
        to: StaffId,
    ) -> Result<Head, InboxError> {
        let mut row = locked(tx, permit.shop(), id).await?;
        if !works_here(tx, row.shop, to, self.clock.now()).await? {
            return Err(InboxError::NoSuchColleague);
        }
        permit.conversation(tx, &row).await?;
        if row.assigned != Some(to) {
            self.record_for(tx, &row, permit.staff(), Assigned { to })
                .await?;
            self.give_to(tx, &mut row, to).await?;
        }
        // Who gives it away reads it no more.
        let opens = permit.opens(tx, &row).await?;
        let head = self.head(tx, row, permit.staff()).await?;
        Ok(Head { opens, ..head })
    }

    /// Closes a conversation: it leaves the lists until the shopper writes again, and the assistant
    /// answers her then. Closing it again changes nothing.
    pub async fn close(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<CloseConversation>,
        id: ConversationId,
    ) -> Result<Head, InboxError> {
        let mut row = locked(tx, permit.shop(), id).await?;
        if row.closed_at.is_none() {
            self.may_change(tx, &row, permit.staff()).await?;
        }
        permit.conversation(tx, &row).await?;
        if row.closed_at.is_none() {
            self.record_for(tx, &row, permit.staff(), Closed).await?;
            self.give_to_assistant(tx, &mut row).await?;
            row.closed_at = Some(self.clock.now());
            self.save(tx, &row).await?;
        }
        self.head(tx, row, permit.staff()).await
    }

    /// Opens a closed conversation again: it is with the assistant.
    pub async fn reopen(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<CloseConversation>,
        id: ConversationId,
    ) -> Result<Head, InboxError> {
        let mut row = locked(tx, permit.shop(), id).await?;
        permit.conversation(tx, &row).await?;
        if row.closed_at.is_some() {
            self.record_for(tx, &row, permit.staff(), Reopened).await?;
            row.closed_at = None;
            self.save(tx, &row).await?;
        }
        self.head(tx, row, permit.staff()).await
    }

    /// Gives a conversation exactly these of the shop's tags.
    pub async fn tag(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<TagConversation>,
        id: ConversationId,
        mut tags: Vec<String>,
    ) -> Result<Head, InboxError> {
        let row = locked(tx, permit.shop(), id).await?;
        permit.conversation(tx, &row).await?;
        tags.sort();
        tags.dedup();
        if tags.len() > MOST_TAGS {
            return Err(InboxError::TooManyNames {
                what: "tags of a conversation",
                most: MOST_TAGS,
            });
        }
        let known = tx.tags(row.shop).await?;
        if !tags
            .iter()
            .all(|tag| known.iter().any(|known| known.name == *tag))
        {
            return Err(InboxError::NoSuchName("tag"));
        }
        if tags != tx.tags_of(row.shop, id).await? {
            let count = i64::try_from(tags.len()).unwrap_or(i64::MAX);
            self.record_for(tx, &row, permit.staff(), Tagged { tags: count })
                .await?;
            tx.replace_tags_of(row.shop, id, &tags, self.clock.now())
                .await?;
            self.save(tx, &row).await?;
        }
        self.head(tx, row, permit.staff()).await
    }

    /// Remembers how far one has read. A page that fetches by itself what is new has shown it to
    /// nobody yet: this is said by whoever looks at it. It is nobody's but the reader's own mark, and
    /// so not on the record; that she read is.
    pub async fn seen(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadConversation>,
        id: ConversationId,
        position: i64,
    ) -> Result<(), InboxError> {
        let row = tx.conversation(permit.shop(), id).await?;
        let row = row.ok_or(InboxError::NoSuchConversation)?;
        permit.conversation(tx, &row).await?;
        let position = position.clamp(0, row.last_position);
        tx.mark_read(row.shop, permit.staff(), id, position).await?;
        Ok(())
    }

    /// A conversation that a colleague answers in is hers to close.
    async fn may_change(
        &self,
        tx: &mut dyn Transaction,
        row: &ConversationRow,
        staff: StaffId,
    ) -> Result<(), InboxError> {
        match row.assigned {
            Some(other)
                if row.state == ConversationState::Human
                    && other != staff
                    && works_here(tx, row.shop, other, self.clock.now()).await? =>
            {
                Err(InboxError::AlreadyTaken)
            }
            _ => Ok(()),
        }
    }
}
