//! The contract suite: what every back-end must do, as named cases.
//!
//! A back-end's tests call [`run_all`] on a fresh, empty database and expect no [`Broken`] case,
//! and [`data_map`] on the columns of its live schema. The cases speak only the ports of this
//! crate; what is particular to one engine (durability across a restart, permissions of a file) the
//! back-end tests itself.

mod commerce;
mod concurrency;
mod conversations;
mod desk;
mod documents;
mod factors;
mod front;
mod household;
mod isolation;
mod keys;
mod ledger;
mod people;
mod pictures;
mod pulses;
mod recovery;
mod samples;
mod sessions;
mod shelves;
mod shops;
mod transactions;
mod verdict;

use core::{fmt, future::Future, pin::Pin};
use std::{collections::BTreeMap, sync::Arc};

pub use verdict::{Failure, Verdict};

use crate::{
    Database,
    contract::verdict::{ensure, fail},
    places,
};

type Running = Pin<Box<dyn Future<Output = Verdict> + Send>>;

/// One promise of a back-end.
pub struct Case {
    /// The promise, as a sentence.
    pub name: &'static str,
    run: fn(Stage) -> Running,
}

impl Case {
    /// Tries the back-end.
    ///
    /// # Errors
    ///
    /// [`Failure`] says what was expected and what happened instead.
    pub async fn run(&self, database: Arc<dyn Database>) -> Verdict {
        (self.run)(Stage { database }).await
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What a case plays on.
#[derive(Clone)]
struct Stage {
    database: Arc<dyn Database>,
}

/// A promise that the back-end does not keep.
#[derive(Debug)]
pub struct Broken {
    pub case: &'static str,
    pub failure: Failure,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.case, self.failure)
    }
}

/// Tries every case, one after the other, on one fresh database.
pub async fn run_all(database: Arc<dyn Database>) -> Vec<Broken> {
    let mut broken = Vec::new();
    for case in CASES {
        if let Err(failure) = case.run(Arc::clone(&database)).await {
            broken.push(Broken {
                case: case.name,
                failure,
            });
        }
    }
    broken
}

/// Compares the (table, column) pairs of a live schema with the data map: every column is a place
/// of personal data or a plain column, exactly one of the two, and every entry has its column.
///
/// # Errors
///
/// Names every column that is in neither list, in both, or in a list only.
pub fn data_map(columns: &[(String, String)]) -> Verdict {
    let mut entries: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let places = places::ALL.iter().map(|entry| (entry.table, entry.column));
    for name in places.chain(
        places::PLAIN
            .iter()
            .map(|plain| (plain.table, plain.column)),
    ) {
        let count = entries.entry(name).or_default();
        *count = count.saturating_add(1);
    }
    let mut wrong = Vec::new();
    for ((table, column), count) in &entries {
        if *count > 1 {
            wrong.push(format!("`{table}.{column}` has {count} entries"));
        }
        if !columns.iter().any(|(t, c)| t == table && c == column) {
            wrong.push(format!("`{table}.{column}` has an entry but no column"));
        }
    }
    for (table, column) in columns {
        if !entries.contains_key(&(table.as_str(), column.as_str())) {
            wrong.push(format!("`{table}.{column}` is a column without an entry"));
        }
    }
    ensure!(
        wrong.is_empty(),
        "the schema and the data map differ: {}",
        wrong.join("; ")
    );
    if columns.is_empty() {
        return fail("the schema has no columns");
    }
    Ok(())
}

macro_rules! cases {
    ($($name:literal => $run:path,)*) => {
        /// Every promise, in the order in which [`run_all`] tries them.
        pub const CASES: &[Case] = &[
            $(Case { name: $name, run: |stage| Box::pin($run(stage)) }),*
        ];
    };
}

cases! {
    "every row reads back as it was written" => isolation::rows_read_back,
    "what is not there is none" => isolation::absent_is_none,
    "two shops with the same ids do not see each other" => isolation::same_ids_in_two_shops,
    "a third shop reads nothing of another" => isolation::stranger_reads_nothing,
    "a third shop changes nothing of another" => isolation::stranger_changes_nothing,

    "a shop's id and handle are taken once" => shops::taken_once,
    "a shop can be renamed" => shops::renamed,
    "shops are listed by handle" => shops::listed_by_handle,
    "nothing is called by a NUL" => shops::nothing_is_called_by_a_nul,
    "hosts are replaced as a whole" => shops::hosts_replaced,
    "passages are replaced as a whole and raise the content version" => shops::passages_replaced,

    "a document is changed over the version before it alone" => documents::versions,
    "documents raise the content version, and survive an import" => documents::beside_imports,
    "of eight who change a document, one succeeds" => documents::one_changes,
    "a turn is marked once, and marks come newest first" => documents::marks,

    "a shop has one shop key" => keys::one_shop_key,
    "an owner and class have one current data key" => keys::one_current,
    "keys of an owner come oldest first" => keys::oldest_first,
    "keys are found by the epoch that wraps them" => keys::by_epoch,
    "rewrapping moves a key to another owner and epoch" => keys::rewrapped,
    "a key that is not current is destroyed by itself" => keys::one_destroyed,
    "only the classes that are named are destroyed" => keys::destroyed_by_class,

    "an address belongs to one shopper" => people::one_shopper_of_an_address,
    "staff come oldest first" => people::staff_oldest_first,
    "who is disabled keeps her date" => people::staff_disabled_once,
    "who works here gets another role, and is let in again" => people::standing_changed,
    "a role is changed by whoever saw its newest version, and stays while somebody has it" => people::roles_of_a_shop,
    "a sign-in link works once" => people::link_used_once,

    "a passkey's credential is known once, and its counter never goes back" => factors::passkeys,
    "a device is known by its owner alone, until it was not seen for long" => factors::devices,
    "a ceremony works once, and is swept when it is old" => factors::ceremonies,
    "a recovery code is its owner's, works once, and leaves with the next set" => recovery::codes,
    "an owner waits once to get back in, and gets in once, in time" => recovery::requests,

    "sessions are touched and end once" => sessions::touched_and_ended,
    "a token belongs to one session" => sessions::tokens_unique,
    "attempts at a code are counted and a code works once" => sessions::code_counted_and_used,
    "the sweep takes what expired or ended, and nothing else" => sessions::swept,

    "a conversation's id is taken once" => conversations::taken_once,
    "an update changes all but what is fixed" => conversations::updated,
    "conversations come newest first" => conversations::newest_first,
    "the queue puts the longest wait first, then what changed last" => desk::queue_order,
    "the queue counts every state" => desk::queue_counts,
    "turns come in order, after a position, within a limit" => conversations::turns_in_order,
    "a position and a message are taken once" => conversations::turns_unique,
    "a turn and a note are written anew, and the turn is found by it" => conversations::rewritten,
    "notes come oldest first" => conversations::notes_oldest_first,
    "a row without its parent is missing" => conversations::orphans_refused,

    "the queue keeps to whom, to a tag, and to what is open" => desk::queue_filtered,
    "a tag is a shop's once, and leaves with its conversations'" => desk::tags,
    "a saved reply is replaced by its name" => desk::saved_replies,
    "what somebody has read is never unread again" => desk::unread,
    "the newest turns are walked through backwards" => desk::newest_turns,
    "conversations are found by when they changed" => desk::changed,
    "conversations opened are counted by stretches" => desk::opened,
    "times to an answer are those of who was answered" => desk::answer_times,
    "orders are counted by when they were placed" => commerce::orders::placed,
    "entries about a subject come newest first" => desk::entries,

    "mails come newest first and leave when they expire" => shelves::mails,
    "limits count by shop, name, subject and window" => shelves::limits,

    "settings of the front follow each other" => front::settings_follow_each_other,
    "a shop has one logo" => front::one_logo,
    "a conversation is rated once, and anew" => front::one_rating,
    "a wish to be answered by mail is as it was written last" => front::one_wish,

    "a picture is kept once for a shop" => pictures::kept_once_for_a_shop,
    "what became of each product's picture is told" => pictures::what_became_of_each,
    "a product shows pictures of its own shop alone" => pictures::shown_of_its_own_shop_alone,
    "pictures that nothing shows any more are removed in time" => pictures::tidied,

    "terms are replaced and raise the catalogue's version" => commerce::catalogue::terms_replaced,
    "an entry, a product and a variant have ids of their own" => commerce::catalogue::taken_once,
    "entries and variants come by position, then id" => commerce::catalogue::in_order,
    "products are paged by position, then id" => commerce::catalogue::products_paged,
    "variants are paged with their products" => commerce::catalogue::variants_paged,
    "products are found by a list of ids" => commerce::catalogue::products_listed,
    "stock never falls below nothing, and stays uncounted" => commerce::catalogue::stock_changed,

    "a shopper is a customer once, under one own id" => commerce::customers::taken_once,
    "an update of a customer changes the body alone" => commerce::customers::updated,
    "customers are paged by position, then shopper" => commerce::customers::paged,
    "means of payment come by position, then id" => commerce::customers::methods_in_order,
    "every owner has one cart" => commerce::carts::one_for_every_owner,
    "the sweep takes old carts of sessions, and nothing else" => commerce::carts::swept,

    "an order's id and number are taken once" => commerce::orders::taken_once,
    "an update of an order changes all but what is fixed" => commerce::orders::updated,
    "a shopper finds her own orders, newest first, and no other's" => commerce::orders::own_alone,
    "orders are paged backwards under every filter" => commerce::orders::paged_backwards,
    "orders are paged forwards" => commerce::orders::paged_forwards,
    "orders are counted by status and servicing" => commerce::orders::counted,
    "orders that were not paid in time are found, longest due first" => commerce::orders::unpaid,
    "a movement's id, and its label in an order, are taken once" => commerce::movements::taken_once,
    "movements come by position, then id" => commerce::movements::in_order,
    "an update of a movement changes all but what was agreed" => commerce::movements::updated,
    "movements are claimed when their time comes, longest due first" => commerce::movements::claimed,
    "books out of balance are found, and no others" => commerce::movements::balanced,
    "a proposal's id is taken once" => commerce::proposals::taken_once,
    "a proposal is decided once" => commerce::proposals::decided_once,
    "the sweep takes proposals that expired, and nothing else" => commerce::proposals::swept,
    "a gateway's event is new once, until it is forgotten" => commerce::proposals::events_seen_once,
    "a row of commerce without its parent is missing" => commerce::parents::needed,

    "entries wait in order and are placed once" => ledger::placed_once,
    "more entries than one batch are placed in order" => ledger::many_placed,
    "tiles are replaced and the size is kept" => ledger::tiles_and_size,
    "checkpoints are kept by size" => ledger::checkpoints,
    "a lease has one holder until it ends" => ledger::leases,

    "a rolled-back transaction leaves nothing" => transactions::rolled_back,
    "a dropped transaction leaves nothing" => transactions::dropped,
    "nothing is seen before the commit, everything after" => transactions::seen_after_commit,
    "a snapshot does not change while it is read" => transactions::snapshot_stands_still,
    "a taken identity leaves the transaction usable" => transactions::usable_after_conflict,
    "transactions have different ids" => transactions::ids_differ,
    "stock is taken in the middle of a transaction" => transactions::stock_is_taken,
    "the database is ready" => transactions::ready,
    "scrubbing keeps every row" => transactions::scrubbed,

    "pulses are heard after the commit, once, by everyone" => pulses::heard_after_commit,
    "pulses of a transaction that did not commit are never heard" => pulses::silent_without_commit,

    "of eight who use a sign-in link, one succeeds" => concurrency::one_uses_the_link,
    "of eight who use a code, one succeeds" => concurrency::one_uses_the_code,
    "of eight who use a recovery code, one succeeds" => recovery::one_uses_the_code,
    "of eight who come back after a wait, one gets in" => recovery::one_comes_back,
    "of eight who insert a current data key, one succeeds" => concurrency::one_inserts_the_key,
    "of eight who insert a shopper, one succeeds" => concurrency::one_inserts_the_shopper,
    "of eight who open a conversation, one succeeds" => concurrency::one_opens_the_conversation,
    "of eight who want a lease, one gets it" => concurrency::one_takes_the_lease,
    "a locked conversation gets its turns without gaps" => concurrency::turns_without_gaps,
    "a locked ledger head gives every place once" => concurrency::places_without_gaps,
    "a limit counts everyone" => concurrency::limit_counts_everyone,
    "code attempts count everyone" => concurrency::attempts_count_everyone,

    "of eight who want one of the last five pieces, five get it" => commerce::concurrency::last_pieces,
    "a locked variant's stock is seen by one at a time" => commerce::concurrency::variant_locked,
    "a locked customer gets her orders one after the other" => commerce::concurrency::customer_locked,
    "a locked cart is changed by one at a time" => commerce::concurrency::cart_locked,
    "of eight who open one cart, one does" => commerce::concurrency::cart_opened,
    "a locked order is changed by one at a time" => commerce::concurrency::order_locked,
    "a shopper's locked order is changed by one at a time" => commerce::concurrency::own_order_locked,
    "a locked movement is changed by one at a time" => commerce::concurrency::movement_locked,
    "of eight who confirm a proposal, one succeeds" => commerce::concurrency::one_confirms,
    "a movement that is due is claimed by one of eight" => commerce::concurrency::claimed_by_one,
    "a gateway's event is new to one of eight" => commerce::concurrency::event_seen_by_one,
}
