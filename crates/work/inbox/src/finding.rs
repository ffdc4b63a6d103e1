//! Finding conversations, although what was said is sealed.
//!
//! Whose they are, their tags, states and times are found by the database. Words are found by
//! opening the newest messages, a bounded number at a time, and looking: there is no index of
//! words that could outlive its owner or tell a thief what is spoken about
//! (`docs/decisions/0016-words-are-found-by-opening.md`).
//!
//! INVARIANT: what a search found is shown only after it was recorded: [`Search`] gives its finds
//! away to [`Inbox::record_search`] alone. The words are on no record and in no log.

use std::collections::HashMap;

use guard::gate::{EmailAddress, LinkPolicy};
use identity::{Permit, actions::SearchConversations};
use ledger::Actor;
use store::{
    Snapshot, Transaction,
    conversations::{Author, ConversationRow, ConversationState, TurnRow},
    desk::{QueueFilter, TurnMark},
};
use terms::{ConversationId, DataKeyId, Timestamp};
use vault::{DataKey, VaultError};

use crate::{
    Head, Inbox, InboxError,
    effects::{FoundBySearch, Searched},
    turns::open_body,
    words::{Excerpt, Words},
};

/// Messages opened by one look at most.
pub const OPENED_AT_ONCE: usize = 2_000;
/// Messages that one look may pass without opening them, because they are of conversations that are not
/// asked for, of people who are forgotten, or of the house: without an end, a search for what is nowhere
/// would read all that was ever said.
pub const PASSED_AT_ONCE: usize = 10_000;
/// Conversations found by one look at most.
pub const FOUND_AT_ONCE: usize = 50;
/// Turns fetched at once.
const PAGE: u32 = 500;

/// Whose conversations.
#[derive(Debug)]
pub enum Whose {
    Anyones,
    /// Of the shopper with this address, exactly.
    Address(EmailAddress),
    /// Of whoever placed the order with this number.
    Order(String),
}

/// What is looked for. Everything named must hold.
#[derive(Debug)]
pub struct Wanted {
    pub whose: Whose,
    pub words: Option<Words>,
    pub filter: QueueFilter,
    pub from: Timestamp,
    pub until: Timestamp,
    /// Where the look before ended.
    pub before: Option<TurnMark>,
}

/// A conversation that was found.
#[derive(Debug)]
pub struct Find {
    pub head: Head,
    /// The newest message of it in which all words stand.
    pub at: Option<FoundAt>,
}

/// Where words were found.
#[derive(Debug)]
pub struct FoundAt {
    pub position: i64,
    pub author: Author,
    pub at: Timestamp,
    pub excerpt: Excerpt,
}

/// What a look found, before it is on the record.
#[derive(Debug)]
pub struct Search {
    by: &'static str,
    opened: usize,
    finds: Vec<(ConversationRow, Option<FoundAt>)>,
    more: Option<TurnMark>,
}

/// What a look found.
#[derive(Debug)]
pub struct Finds {
    pub finds: Vec<Find>,
    /// How many messages were opened and looked through.
    pub opened: usize,
    /// Where the next look begins; `None` when all there is was looked through.
    pub more: Option<TurnMark>,
}

impl Inbox {
    /// Looks for conversations, on a snapshot, so that nobody waits for it. Nothing of it can be
    /// seen before [`Inbox::record_search`].
    pub async fn search(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<SearchConversations>,
        wanted: &Wanted,
        policy: &LinkPolicy,
    ) -> Result<Search, InboxError> {
        let (by, owned) = match &wanted.whose {
            Whose::Anyones => ("time", None),
            Whose::Address(address) => {
                let rows = self.of_address(snapshot, permit, address).await?;
                ("address", Some(rows))
            }
            Whose::Order(number) => {
                let rows = of_order(snapshot, permit, number).await?;
                ("order", Some(rows))
            }
        };
        let mut search = Search {
            by,
            opened: 0,
            finds: Vec::new(),
            more: None,
        };
        match (owned, &wanted.words) {
            (Some(rows), words) => {
                let look = Look::new(self, words.as_ref(), policy);
                look.through(snapshot, permit, rows, wanted, &mut search)
                    .await?;
            }
            (None, Some(words)) => {
                search.by = "words";
                let look = Look::new(self, Some(words), policy);
                look.everywhere(snapshot, permit, wanted, &mut search)
                    .await?;
            }
            (None, None) => {
                search.by = if wanted.filter.tag.is_some() {
                    "tag"
                } else {
                    "time"
                };
                let limit = u32::try_from(FOUND_AT_ONCE).unwrap_or(u32::MAX);
                let (from, until) = (wanted.from, wanted.until);
                let rows = snapshot
                    .conversations_changed(permit.shop(), from, until, &wanted.filter, limit)
                    .await?;
                for row in rows {
                    if permit.opens(snapshot, &row).await? {
                        search.finds.push((row, None));
                    }
                }
            }
        }
        Ok(search)
    }

    /// Puts a search on the record: that it was made, by what, and for each conversation that it
    /// shows an entry about whose it is. The caller commits before showing what this gives back.
    pub async fn record_search(
        &self,
        tx: &mut dyn Transaction,
        permit: &Permit<SearchConversations>,
        search: Search,
    ) -> Result<Finds, InboxError> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let searched = Searched {
            by: search.by,
            opened: count(search.opened),
            found: count(search.finds.len()),
        };
        let staff = permit.staff();
        self.recorder
            .note(tx, permit.shop(), Actor::Staff(staff), None, searched)
            .await?;
        let mut finds = Vec::with_capacity(search.finds.len());
        for (row, at) in search.finds {
            self.record_for(tx, &row, staff, FoundBySearch).await?;
            let head = self.head(tx, row, staff).await?;
            finds.push(Find { head, at });
        }
        Ok(Finds {
            finds,
            opened: search.opened,
            more: search.more,
        })
    }

    async fn of_address(
        &self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<SearchConversations>,
        address: &EmailAddress,
    ) -> Result<Vec<ConversationRow>, InboxError> {
        let shop = permit.shop();
        let known = self
            .identity
            .known_shopper_of_unproved_address(snapshot, shop, address)
            .await?;
        match known {
            Some(shopper) => Ok(snapshot.conversations_of_shopper(shop, shopper).await?),
            None => Ok(Vec::new()),
        }
    }
}

/// The conversations of whoever placed the order: a guest's are her session's.
async fn of_order(
    snapshot: &mut dyn Snapshot,
    permit: &Permit<SearchConversations>,
    number: &str,
) -> Result<Vec<ConversationRow>, InboxError> {
    let shop = permit.shop();
    let Some(order) = snapshot.order_by_number(shop, number).await? else {
        return Ok(Vec::new());
    };
    Ok(match order.guest {
        Some(session) => snapshot.conversations_of_session(shop, session).await?,
        None => {
            snapshot
                .conversations_of_shopper(shop, order.shopper)
                .await?
        }
    })
}

/// Whether it is asked for, and is hers to read: nothing else is looked through.
async fn fits(
    snapshot: &mut dyn Snapshot,
    permit: &Permit<SearchConversations>,
    row: &ConversationRow,
    wanted: &Wanted,
) -> Result<bool, InboxError> {
    let filter = &wanted.filter;
    let state = match row.closed_at {
        Some(_) => filter.closed,
        None => filter.states.contains(&row.state),
    };
    let assigned = filter
        .assigned
        .is_none_or(|staff| row.state == ConversationState::Human && row.assigned == Some(staff));
    let in_time = row.updated_at >= wanted.from && row.opened_at < wanted.until;
    if !(state && assigned && in_time && permit.opens(snapshot, row).await?) {
        return Ok(false);
    }
    match &filter.tag {
        Some(tag) => Ok(snapshot.tags_of(row.shop, row.id).await?.contains(tag)),
        None => Ok(true),
    }
}

/// What looking through one conversation came to.
enum Looked {
    Found(FoundAt),
    Through,
    /// As much was opened as one look may: all from this position on was looked through.
    Until(i64),
}

/// One look: opens turns one after the other, with the keys it has met.
struct Look<'a> {
    inbox: &'a Inbox,
    words: Option<&'a Words>,
    policy: &'a LinkPolicy,
    /// `None` for a key that was destroyed: its owner is forgotten, and found no more.
    keys: HashMap<DataKeyId, Option<DataKey>>,
    opened: usize,
    /// Turns of one's own that were passed without being opened.
    passed: usize,
}

impl<'a> Look<'a> {
    fn new(inbox: &'a Inbox, words: Option<&'a Words>, policy: &'a LinkPolicy) -> Self {
        Self {
            inbox,
            words,
            policy,
            keys: HashMap::new(),
            opened: 0,
            passed: 0,
        }
    }

    /// Looks through the newest turns of the shop.
    async fn everywhere(
        mut self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<SearchConversations>,
        wanted: &Wanted,
        search: &mut Search,
    ) -> Result<(), InboxError> {
        let shop = permit.shop();
        let mut seen: HashMap<ConversationId, Option<ConversationRow>> = HashMap::new();
        let mut mark = wanted.before;
        let mut fetched = 0_usize;
        loop {
            let turns = snapshot
                .newest_turns(shop, wanted.from, wanted.until, mark, PAGE)
                .await?;
            let full = u32::try_from(turns.len()).is_ok_and(|count| count == PAGE);
            fetched = fetched.saturating_add(turns.len());
            for turn in turns {
                mark = Some(TurnMark {
                    at: turn.at,
                    conversation: turn.conversation,
                    position: turn.position,
                });
                let id = turn.conversation;
                if let std::collections::hash_map::Entry::Vacant(unseen) = seen.entry(id) {
                    let row = snapshot.conversation(shop, id).await?;
                    let fits = match &row {
                        Some(row) => fits(snapshot, permit, row, wanted).await?,
                        None => false,
                    };
                    unseen.insert(row.filter(|_| fits));
                }
                // Found already, or not asked for.
                if !seen.get(&id).is_some_and(Option::is_some) {
                    continue;
                }
                let Some(found) = self.in_turn(snapshot, &turn).await? else {
                    if self.opened >= OPENED_AT_ONCE {
                        search.more = mark;
                        search.opened = self.opened;
                        return Ok(());
                    }
                    continue;
                };
                if let Some(Some(row)) = seen.insert(id, None) {
                    search.finds.push((row, Some(found)));
                }
                if self.is_enough(search) {
                    search.more = mark;
                    search.opened = self.opened;
                    return Ok(());
                }
            }
            let passed = fetched.saturating_sub(self.opened);
            if !full || passed >= PASSED_AT_ONCE {
                search.more = mark.filter(|_| full);
                search.opened = self.opened;
                return Ok(());
            }
        }
    }

    const fn is_enough(&self, search: &Search) -> bool {
        search.finds.len() >= FOUND_AT_ONCE
            || self.opened >= OPENED_AT_ONCE
            || self.passed >= PASSED_AT_ONCE
    }

    /// Looks through these conversations, which stand in their order.
    async fn through(
        mut self,
        snapshot: &mut dyn Snapshot,
        permit: &Permit<SearchConversations>,
        rows: Vec<ConversationRow>,
        wanted: &Wanted,
        search: &mut Search,
    ) -> Result<(), InboxError> {
        // Where the look before ended; a conversation that changed since stands before it, and is looked
        // through by whoever searches anew.
        let looked = |row: &ConversationRow| {
            wanted
                .before
                .is_some_and(|mark| row.updated_at > mark.at && row.id != mark.conversation)
        };
        for row in rows.into_iter().skip_while(looked) {
            let below = wanted
                .before
                .filter(|mark| mark.conversation == row.id)
                .map_or(i64::MAX, |mark| mark.position);
            let mark = |position| TurnMark {
                at: row.updated_at,
                conversation: row.id,
                position,
            };
            if self.is_enough(search) {
                search.more = Some(mark(below));
                break;
            }
            if !fits(snapshot, permit, &row, wanted).await? {
                continue;
            }
            if self.words.is_none() {
                search.finds.push((row, None));
                continue;
            }
            match self.in_conversation(snapshot, &row, wanted, below).await? {
                Looked::Found(found) => search.finds.push((row, Some(found))),
                Looked::Through => {}
                Looked::Until(position) => {
                    search.more = Some(mark(position));
                    break;
                }
            }
        }
        search.opened = self.opened;
        Ok(())
    }

    /// The newest turn of a conversation, below a position, in which all words stand.
    async fn in_conversation(
        &mut self,
        snapshot: &mut dyn Snapshot,
        row: &ConversationRow,
        wanted: &Wanted,
        below: i64,
    ) -> Result<Looked, InboxError> {
        // The newest page first: how long a conversation is must not matter to what a look takes.
        let mut below = below.min(row.last_position.saturating_add(1));
        while below > 1 {
            let after = below.saturating_sub(i64::from(PAGE)).max(1) - 1;
            let page = snapshot.turns_after(row.shop, row.id, after, PAGE).await?;
            for turn in page.iter().rev().filter(|turn| turn.position < below) {
                if self.opened >= OPENED_AT_ONCE || self.passed >= PASSED_AT_ONCE {
                    return Ok(Looked::Until(turn.position.saturating_add(1)));
                }
                let opened = self.opened;
                let in_time = turn.at >= wanted.from && turn.at < wanted.until;
                if in_time && let Some(found) = self.in_turn(snapshot, turn).await? {
                    return Ok(Looked::Found(found));
                }
                if self.opened == opened {
                    self.passed = self.passed.saturating_add(1);
                }
            }
            below = after.saturating_add(1);
        }
        Ok(Looked::Through)
    }

    async fn in_turn(
        &mut self,
        snapshot: &mut dyn Snapshot,
        turn: &TurnRow,
    ) -> Result<Option<FoundAt>, InboxError> {
        // Notices of the house are no conversation.
        let (Some(words), false) = (self.words, turn.author == Author::System) else {
            return Ok(None);
        };
        let id = turn.body.key();
        if let std::collections::hash_map::Entry::Vacant(unmet) = self.keys.entry(id) {
            let key = match self.inbox.vault.key(snapshot, turn.shop, id).await {
                Ok(key) => Some(key),
                Err(VaultError::Forgotten(_)) => None,
                Err(error) => return Err(error.into()),
            };
            unmet.insert(key);
        }
        let Some(Some(key)) = self.keys.get(&id) else {
            return Ok(None);
        };
        self.opened = self.opened.saturating_add(1);
        let said = open_body(key, turn, self.policy)?.plain_text();
        Ok(words.find(&said).map(|excerpt| FoundAt {
            position: turn.position,
            author: turn.author,
            at: turn.at,
            excerpt,
        }))
    }
}
