//! The staff's side: the queue, and what is done with a conversation. Every function takes the
//! permit for what it does.

use guard::gate::{Admitted, Cleared, LinkPolicy, Notice, notice};
use identity::{
    Permit,
    actions::{HandBack, ReadConversation, ReadQueue, Reply, TakeOver, WriteNote},
};
use ledger::Actor;
use store::{
    Pulse, Snapshot, StoreError, Transaction,
    conversations::{Author, ConversationRow, ConversationState, NoteRow},
    desk::{QueueCounts, QueueFilter},
    places::NoteBody,
};
use terms::{ConversationId, Locale, MessageId, NoteId, ShopId, ShopperId, StaffId, Timestamp};
use vault::Row;

use crate::{
    Advised, Inbox, InboxError, NewTurn, Rating, Turn,
    effects::{ConversationRead, HandedBack, NoteWritten, SuggestionAsked, TakenOver},
    rewriting::rewritten_rows,
};

/// Turns read at once at most.
const PAGE: u32 = 200;
/// Notes of one conversation: whoever reads it reads all of them.
pub const MOST_NOTES: usize = 200;
/// How far back the shopper's last words are looked for.
const LATELY: i64 = 50;

/// A conversation as the queue shows it: no words of it.
#[derive(Debug)]
pub struct Head {
    pub conversation: ConversationId,
    pub state: ConversationState,
    /// The shopper's address, masked; `None` for a guest.
    pub shopper: Option<String>,
    /// Who she is, once she is known.
    pub shopper_id: Option<ShopperId>,
    pub assigned: Option<(StaffId, String)>,
    pub waiting_since: Option<Timestamp>,
    /// Since when the person she talks with owes her an answer.
    pub unanswered_since: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub tags: Vec<String>,
    /// How much the shopper wrote since the asking person read last.
    pub unread: i64,
    pub opened_at: Timestamp,
    pub updated_at: Timestamp,
    pub last_position: i64,
    pub locale: Locale,
    /// Whether whoever asks may read it; of the others a list shows whose they are.
    pub opens: bool,
}

/// An internal note.
#[derive(Debug)]
pub struct Note {
    pub id: NoteId,
    pub name: Option<String>,
    pub text: String,
    pub at: Timestamp,
}

/// What staff read of a conversation.
#[derive(Debug)]
pub struct Transcript {
    pub head: Head,
    pub turns: Vec<Advised>,
    /// Turns before these that were written anew since they were stored.
    pub rewritten: Vec<Advised>,
    /// Whether there are turns after these.
    pub more: bool,
    pub notes: Vec<Note>,
    /// What the shopper thinks of it, once she has said so.
    pub rating: Option<Rating>,
}

impl Inbox {
    /// The conversations that the filter names, whoever waits longest first.
    pub async fn queue(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadQueue>,
        filter: &QueueFilter,
        limit: u32,
    ) -> Result<Vec<Head>, InboxError> {
        let mut heads = Vec::new();
        for row in snapshot.queue(permit.shop(), filter, limit).await? {
            let opens = permit.opens(snapshot, &row).await?;
            let head = self.head(snapshot, row, permit.staff()).await?;
            heads.push(Head { opens, ..head });
        }
        Ok(heads)
    }

    /// How many conversations there are of each kind.
    pub async fn queue_counts(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<ReadQueue>,
    ) -> Result<QueueCounts, InboxError> {
        let (shop, staff) = (permit.shop(), permit.staff());
        Ok(snapshot.queue_counts(shop, staff).await?)
    }

    /// Reads turns after a position, with the notes. What is read is recorded in the same
    /// transaction, so the caller commits before showing it.
    pub async fn read(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadConversation>,
        id: ConversationId,
        after: i64,
        policy: &LinkPolicy,
    ) -> Result<Transcript, InboxError> {
        let shop = permit.shop();
        let row = tx
            .conversation(shop, id)
            .await?
            .ok_or(InboxError::NoSuchConversation)?;
        permit.conversation(tx, &row).await?;
        let mut turns = tx
            .turns_after(shop, id, after, PAGE.saturating_add(1))
            .await?;
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = turns.len() > page;
        turns.truncate(page);
        // Recorded whatever is found: who asks also reads the notes and whose conversation it is.
        let through = turns.last().map_or(after, |last| last.position);
        self.record_for(
            tx,
            &row,
            permit.staff(),
            ConversationRead { after, through },
        )
        .await?;
        let turns = self.open_advised(tx, turns, policy).await?;
        let rewritten = rewritten_rows(tx, &row, 0, after).await?;
        let rewritten = self.open_advised(tx, rewritten, policy).await?;
        let notes = self.notes(tx, &row).await?;
        let rating = self.rating_of(tx, permit, &row).await?;
        Ok(Transcript {
            head: self.head(tx, row, permit.staff()).await?,
            turns,
            rewritten,
            more,
            notes,
            rating,
        })
    }

    /// The shopper's last words and where they stand, for whoever looks up what answers them. That
    /// it was asked is recorded in the same transaction.
    pub async fn last_words(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<ReadConversation>,
        id: ConversationId,
        policy: &LinkPolicy,
    ) -> Result<Option<(i64, String)>, InboxError> {
        let shop = permit.shop();
        let row = tx
            .conversation(shop, id)
            .await?
            .ok_or(InboxError::NoSuchConversation)?;
        permit.conversation(tx, &row).await?;
        let after = row.last_position.saturating_sub(LATELY);
        let turns = tx.turns_after(shop, id, after.max(0), PAGE).await?;
        let hers = turns.into_iter().rev();
        let mut hers = hers.filter(|turn| turn.author == Author::Shopper);
        let Some(last) = hers.next() else {
            return Ok(None);
        };
        let position = last.position;
        self.record_for(tx, &row, permit.staff(), SuggestionAsked { position })
            .await?;
        let turns = self.open(tx, vec![last], policy).await?;
        let words = turns.first().map(|turn| turn.words.plain_text());
        Ok(words.map(|words| (position, words)))
    }

    /// Takes a conversation over from the assistant or out of the queue. Taking over what one has
    /// already changes nothing.
    pub async fn take_over(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<TakeOver>,
        id: ConversationId,
    ) -> Result<Head, InboxError> {
        let mut row = locked(tx, permit.shop(), id).await?;
        match row.assigned {
            Some(staff) if staff == permit.staff() => {
                return self.head(tx, row, permit.staff()).await;
            }
            // A conversation of somebody who works here no more is nobody's.
            Some(other) if works_here(tx, row.shop, other, self.clock.now()).await? => {
                return Err(InboxError::AlreadyTaken);
            }
            Some(_) | None => {}
        }
        permit.conversation(tx, &row).await?;
        self.record_for(tx, &row, permit.staff(), TakenOver).await?;
        self.give_to(tx, &mut row, permit.staff()).await?;
        self.head(tx, row, permit.staff()).await
    }

    /// Gives a locked conversation to a person. Who was helped by the assistant, or waited, is told
    /// that a person is there now; how long she waits for an answer goes on counting.
    pub(crate) async fn give_to(
        &self,
        tx: &mut dyn Transaction,
        row: &mut ConversationRow,
        staff: StaffId,
    ) -> Result<(), InboxError> {
        row.assigned = Some(staff);
        if row.state != ConversationState::Human {
            row.state = ConversationState::Human;
            row.unanswered_since = row.waiting_since.take();
            row.closed_at = None;
            self.append_notice(tx, row, &notice(Notice::PersonJoined))
                .await?;
        }
        self.save(tx, row).await
    }

    /// Answers in a conversation one has taken over. The same message id again gives the same turn.
    pub async fn reply(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<Reply>,
        id: ConversationId,
        message: MessageId,
        words: &Cleared,
        policy: &LinkPolicy,
    ) -> Result<Vec<Turn>, InboxError> {
        let mut row = locked(tx, permit.shop(), id).await?;
        if let Some(stored) = tx.turn_by_message(row.shop, id, message).await? {
            let by_her = stored.staff == Some(permit.staff());
            let turns = self.open(tx, vec![stored], policy).await?;
            let same = turns
                .iter()
                .all(|turn| turn.words.to_stored() == words.to_stored());
            return if by_her && same {
                Ok(turns)
            } else {
                Err(InboxError::OtherText)
            };
        }
        if row.assigned != Some(permit.staff()) {
            return Err(InboxError::NotAssigned);
        }
        permit.conversation(tx, &row).await?;
        let turn = NewTurn {
            author: Author::Human,
            staff: Some(permit.staff()),
            message: Some(message),
            in_reply_to: None,
            words,
        };
        let stored = self.append(tx, &mut row, turn).await?;
        self.save(tx, &row).await?;
        self.open(tx, vec![stored], policy).await
    }

    /// Hands a conversation back to the assistant.
    pub async fn hand_back(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<HandBack>,
        id: ConversationId,
    ) -> Result<Head, InboxError> {
        let mut row = locked(tx, permit.shop(), id).await?;
        if row.assigned != Some(permit.staff()) {
            return Err(InboxError::NotAssigned);
        }
        permit.conversation(tx, &row).await?;
        self.record_for(tx, &row, permit.staff(), HandedBack)
            .await?;
        self.give_to_assistant(tx, &mut row).await?;
        self.save(tx, &row).await?;
        self.head(tx, row, permit.staff()).await
    }

    /// Gives a locked conversation to the assistant; the caller writes the row. Whoever talked with
    /// a person is told that she left.
    pub(crate) async fn give_to_assistant(
        &self,
        tx: &mut dyn Transaction,
        row: &mut ConversationRow,
    ) -> Result<(), InboxError> {
        let talked = row.state == ConversationState::Human;
        row.state = ConversationState::Assistant;
        row.assigned = None;
        row.waiting_since = None;
        row.unanswered_since = None;
        let now = self.clock.now();
        tx.end_person_requests(row.shop, row.id, now, false).await?;
        if talked {
            self.append_notice(tx, row, &notice(Notice::PersonLeft))
                .await?;
        }
        Ok(())
    }

    /// Notes something; never shown to shoppers. The same note id again gives the same note.
    pub async fn write_note(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<WriteNote>,
        id: ConversationId,
        note: NoteId,
        text: &Admitted,
    ) -> Result<Note, InboxError> {
        let row = locked(tx, permit.shop(), id).await?;
        permit.conversation(tx, &row).await?;
        let notes = tx.notes_of(row.shop, id).await?;
        let written = notes.len();
        if let Some(known) = notes.into_iter().find(|known| known.id == note) {
            let by_her = known.staff == permit.staff();
            let known = self.open_note(tx, known).await?;
            return if by_her && known.text == text.as_str() {
                Ok(known)
            } else {
                Err(InboxError::OtherText)
            };
        }
        if written >= MOST_NOTES {
            return Err(InboxError::TooManyNotes);
        }
        let key = self.key_of(tx, &row).await?;
        let bound = [id.as_bytes().as_slice(), note.as_bytes().as_slice()];
        let stored = NoteRow {
            shop: row.shop,
            id: note,
            conversation: id,
            staff: permit.staff(),
            body: key.of(&row)?.seal::<NoteBody>(
                &*self.rng,
                Row::new(row.shop, &bound),
                text.as_str().as_bytes(),
            )?,
            at: self.clock.now(),
        };
        self.record_for(tx, &row, permit.staff(), NoteWritten)
            .await?;
        match tx.insert_note(&stored).await {
            Ok(()) => {}
            // The id belongs to a note of another conversation.
            Err(StoreError::Conflict { .. }) => return Err(InboxError::OtherText),
            Err(error) => return Err(error.into()),
        }
        tx.announce(Pulse::Conversation {
            shop: row.shop,
            conversation: id,
        });
        self.open_note(tx, stored).await
    }

    async fn notes(
        &self,
        tx: &mut dyn Transaction,
        row: &ConversationRow,
    ) -> Result<Vec<Note>, InboxError> {
        let mut notes = Vec::new();
        for note in tx.notes_of(row.shop, row.id).await? {
            notes.push(self.open_note(tx, note).await?);
        }
        Ok(notes)
    }

    async fn open_note(&self, tx: &mut dyn Transaction, row: NoteRow) -> Result<Note, InboxError> {
        let bound = [
            row.conversation.as_bytes().as_slice(),
            row.id.as_bytes().as_slice(),
        ];
        let body = self
            .vault
            .open_sealed(tx, Row::new(row.shop, &bound), &row.body)
            .await?;
        let text =
            String::from_utf8(body.expose().clone()).map_err(|_| InboxError::NoteUnreadable)?;
        let name = self.identity.staff_name(tx, row.shop, row.staff).await?;
        Ok(Note {
            id: row.id,
            name,
            text,
            at: row.at,
        })
    }

    pub(crate) async fn head(
        &self,
        snapshot: &mut dyn Snapshot,
        row: ConversationRow,
        reader: StaffId,
    ) -> Result<Head, InboxError> {
        let shopper = match row.shopper {
            Some(shopper) => {
                self.identity
                    .address_of(snapshot, row.shop, shopper)
                    .await?
            }
            None => None,
        };
        let assigned = match row.assigned {
            Some(staff) => {
                let name = self.identity.staff_name(snapshot, row.shop, staff).await?;
                Some((staff, name.unwrap_or_default()))
            }
            None => None,
        };
        let tags = snapshot.tags_of(row.shop, row.id).await?;
        let unread = snapshot.unread(row.shop, reader, row.id).await?;
        Ok(Head {
            conversation: row.id,
            state: row.state,
            shopper: shopper.map(|address| address.masked()),
            shopper_id: row.shopper,
            assigned,
            waiting_since: row.waiting_since,
            unanswered_since: row.unanswered_since,
            closed_at: row.closed_at,
            tags,
            unread,
            opened_at: row.opened_at,
            updated_at: row.updated_at,
            last_position: row.last_position,
            locale: row.locale,
            opens: true,
        })
    }

    async fn append_notice(
        &self,
        tx: &mut dyn Transaction,
        row: &mut ConversationRow,
        words: &Cleared,
    ) -> Result<(), InboxError> {
        let turn = NewTurn {
            author: Author::System,
            staff: None,
            message: None,
            in_reply_to: None,
            words,
        };
        self.append(tx, row, turn).await?;
        Ok(())
    }

    pub(crate) async fn record_for<E: ledger::Effect>(
        &self,
        tx: &mut dyn Transaction,
        row: &ConversationRow,
        staff: StaffId,
        effect: E,
    ) -> Result<(), InboxError> {
        let subject = self.subject_of(tx, row).await?;
        self.recorder
            .note(tx, row.shop, Actor::Staff(staff), Some(subject), effect)
            .await?;
        Ok(())
    }

    pub(crate) async fn save(
        &self,
        tx: &mut dyn Transaction,
        row: &ConversationRow,
    ) -> Result<(), InboxError> {
        tx.update_conversation(row).await?;
        tx.announce(Pulse::Conversation {
            shop: row.shop,
            conversation: row.id,
        });
        Ok(())
    }
}

pub(crate) async fn works_here(
    tx: &mut dyn Transaction,
    shop: ShopId,
    staff: StaffId,
    now: Timestamp,
) -> Result<bool, InboxError> {
    let row = tx.staff(shop, staff).await?;
    Ok(row.is_some_and(|row| row.works_here(now)))
}

pub(crate) async fn locked(
    tx: &mut dyn Transaction,
    shop: ShopId,
    id: ConversationId,
) -> Result<ConversationRow, InboxError> {
    tx.lock_conversation(shop, id)
        .await?
        .ok_or(InboxError::NoSuchConversation)
}
