//! The database as a whole: snapshots, transactions, and the pulses that tell other nodes.

use core::{fmt, str::FromStr};

use async_trait::async_trait;
use terms::{ConversationId, OrderId, SessionId, ShopId};

use crate::{
    Result,
    catalogue::{ReadCatalogue, WriteCatalogue},
    conversations::{ReadConversations, WriteConversations},
    customers::{ReadCustomers, WriteCustomers},
    desk::{ReadDesk, WriteDesk},
    documents::{ReadDocuments, WriteDocuments},
    factors::{ReadFactors, WriteFactors},
    front::{ReadFront, WriteFront},
    keys::{ReadKeys, WriteKeys},
    ledger::{ReadLedger, WriteLedger},
    limits::WriteLimits,
    mails::{ReadMails, WriteMails},
    orders::{ReadOrders, WriteOrders},
    passages::{ReadPassages, WritePassages},
    people::{ReadPeople, WritePeople},
    pictures::{ReadPictures, WritePictures},
    recovery::{ReadRecovery, WriteRecovery},
    roles::{ReadRoles, WriteRoles},
    sessions::{ReadSessions, WriteSessions},
    shops::{ReadShops, WriteShops},
    unanswered::{ReadUnanswered, WriteUnanswered},
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
    + ReadRoles
    + ReadSessions
    + ReadConversations
    + ReadDesk
    + ReadPassages
    + ReadMails
    + ReadLedger
    + ReadCatalogue
    + ReadCustomers
    + ReadOrders
    + ReadDocuments
    + ReadFactors
    + ReadRecovery
    + ReadUnanswered
    + ReadFront
    + ReadPictures
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
    + WriteRoles
    + WriteSessions
    + WriteConversations
    + WriteDesk
    + WritePassages
    + WriteMails
    + WriteLedger
    + WriteLimits
    + WriteCatalogue
    + WriteCustomers
    + WriteOrders
    + WriteDocuments
    + WriteFactors
    + WriteRecovery
    + WriteUnanswered
    + WriteFront
    + WritePictures
{
    fn id(&self) -> TransactionId;

    /// Tells every node, once this transaction is durable, that something changed.
    fn announce(&mut self, pulse: Pulse);

    /// For whoever writes many rows in one transaction: lets the engine see how many there are by
    /// now. Plans that were made for empty tables would read all of a shop's rows for each new one.
    async fn take_stock(&mut self) -> Result<()>;

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

    /// Leaves as little as can be done at once of the rows that the last transaction overwrote or
    /// deleted: less sure than [`Database::scrub`], and cheap enough for the way of a message.
    async fn settle(&self) -> Result<()>;

    /// Overwrites what deleted rows left behind (free pages, write-ahead log).
    async fn scrub(&self) -> Result<()>;
}

/// Something changed. Carries no content; whoever hears it reads the database with her own rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulse {
    /// A turn, a note or the state of a conversation.
    Conversation {
        shop: ShopId,
        conversation: ConversationId,
    },
    /// An order, or a payment of it.
    Order { shop: ShopId, order: OrderId },
    /// A session of a shopper or of staff ended, or its rights changed.
    Session { shop: ShopId, session: SessionId },
}

/// The form in which a pulse travels between nodes; [`FromStr`] reads it back.
impl fmt::Display for Pulse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conversation { shop, conversation } => write!(f, "c/{shop}/{conversation}"),
            Self::Order { shop, order } => write!(f, "o/{shop}/{order}"),
            Self::Session { shop, session } => write!(f, "s/{shop}/{session}"),
        }
    }
}

/// The text is no pulse: another program used the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a pulse")]
pub struct NotAPulse;

impl FromStr for Pulse {
    type Err = NotAPulse;
    fn from_str(text: &str) -> core::result::Result<Self, NotAPulse> {
        let (kind, rest) = text.split_once('/').ok_or(NotAPulse)?;
        let (shop, id) = rest.split_once('/').ok_or(NotAPulse)?;
        let shop = shop.parse().map_err(|_| NotAPulse)?;
        match kind {
            "c" => Ok(Self::Conversation {
                shop,
                conversation: id.parse().map_err(|_| NotAPulse)?,
            }),
            "o" => Ok(Self::Order {
                shop,
                order: id.parse().map_err(|_| NotAPulse)?,
            }),
            "s" => Ok(Self::Session {
                shop,
                session: id.parse().map_err(|_| NotAPulse)?,
            }),
            _ => Err(NotAPulse),
        }
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
