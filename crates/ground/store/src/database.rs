//! The database as a whole: snapshots, transactions, and the pulses that tell other nodes.

use core::fmt;

use async_trait::async_trait;
use terms::{ConversationId, ShopId};

use crate::{
    Result,
    conversations::{ReadConversations, WriteConversations},
    keys::{ReadKeys, WriteKeys},
    ledger::{ReadLedger, WriteLedger},
    limits::WriteLimits,
    mails::{ReadMails, WriteMails},
    passages::{ReadPassages, WritePassages},
    people::{ReadPeople, WritePeople},
    sessions::{ReadSessions, WriteSessions},
    shops::{ReadShops, WriteShops},
};

/// What went wrong in storage.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A row with this identity is there already.
    #[error("a row of `{table}` with this identity exists already")]
    Conflict { table: &'static str },
    /// An update or delete that must change one row found none.
    #[error("no such row in `{table}`")]
    Missing { table: &'static str },
    /// What is stored does not have the shape that was written.
    #[error("the stored row of `{table}` cannot be read: {reason}")]
    Corrupt { table: &'static str, reason: String },
    /// The database cannot be reached, is busy beyond its time-out, or its disk is full.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A consistent reader. On SQLite it is a read-only connection.
pub trait Snapshot:
    ReadShops
    + ReadKeys
    + ReadPeople
    + ReadSessions
    + ReadConversations
    + ReadPassages
    + ReadMails
    + ReadLedger
    + Send
{
}

/// Tells one transaction from another inside a process: a proof minted in one transaction is no
/// good in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransactionId(pub u64);

/// Reads and writes that become durable together, or not at all. Dropping it rolls back.
#[async_trait]
pub trait Transaction:
    Snapshot
    + WriteShops
    + WriteKeys
    + WritePeople
    + WriteSessions
    + WriteConversations
    + WritePassages
    + WriteMails
    + WriteLedger
    + WriteLimits
{
    fn id(&self) -> TransactionId;

    /// Tells every node, once this transaction is durable, that something changed.
    fn announce(&mut self, pulse: Pulse);

    /// Makes everything durable. When this returns, a power cut loses nothing of it.
    async fn commit(self: Box<Self>) -> Result<()>;

    async fn rollback(self: Box<Self>) -> Result<()>;
}

#[async_trait]
pub trait Database: Send + Sync {
    async fn snapshot(&self) -> Result<Box<dyn Snapshot>>;

    /// Begins a transaction that may write. On SQLite there is one at a time (`BEGIN IMMEDIATE`).
    async fn begin(&self) -> Result<Box<dyn Transaction>>;

    /// Everything announced from now on, on this node and on others.
    fn pulses(&self) -> Box<dyn Pulses>;

    /// Whether the database answers and its schema is the one this program needs.
    async fn ready(&self) -> Result<()>;

    /// Overwrites what deleted rows left behind (free pages, write-ahead log).
    async fn scrub(&self) -> Result<()>;
}

/// Something changed in a conversation: a turn, a note, its state. Carries no content; whoever
/// hears it reads the database with her own rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pulse {
    pub shop: ShopId,
    pub conversation: ConversationId,
}

impl fmt::Display for Pulse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.shop, self.conversation)
    }
}

/// What a listener hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    Pulse(Pulse),
    /// Some pulses were missed (the listener was slow, or the connection was lost): read again.
    Missed,
    /// The database is shut.
    Closed,
}

#[async_trait]
pub trait Pulses: Send {
    async fn next(&mut self) -> Heard;
}
