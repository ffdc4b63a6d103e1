//! Values on their way to and from a statement: what both engines understand, and nothing else.
//!
//! Ids travel as hyphenated text, times as milliseconds, hashes and sealed values as bytes.

use core::str::FromStr;

use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};
use store::{Result, StoreError};
use terms::{
    CeremonyId, CodeRequestId, ConversationId, DataKeyId, DocumentId, EntryId, MailId, MandateId,
    MessageId, MovementId, NoteId, OrderId, PassageId, PasskeyId, PaymentMethodId, Place,
    ProposalId, QuestionId, Sealed, SessionId, ShopId, ShopperId, SignInLinkId, StaffId, Timestamp,
    TurnId,
};
use uuid::Uuid;

/// A parameter of a statement. `None` is NULL of that type.
#[derive(Debug)]
pub(crate) enum Bind {
    Text(Option<String>),
    Integer(Option<i64>),
    Bytes(Option<Vec<u8>>),
    Boolean(bool),
}

impl Bind {
    /// Whether it is a text that no row can hold.
    pub(crate) fn holds_nul(&self) -> bool {
        matches!(self, Self::Text(Some(text)) if text.contains('\0'))
    }
}

/// The parameters of a statement, in the order of `$1`, `$2`, …
macro_rules! binds {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Bind::from($value)),*] };
}
pub(crate) use binds;

macro_rules! bind_ids {
    ($($id:ty),*) => { $(
        impl From<$id> for Bind {
            fn from(id: $id) -> Self {
                Self::Text(Some(id.to_string()))
            }
        }
        impl From<Option<$id>> for Bind {
            fn from(id: Option<$id>) -> Self {
                Self::Text(id.map(|id| id.to_string()))
            }
        }
    )* };
}
bind_ids!(
    CeremonyId,
    MandateId,
    PasskeyId,
    CodeRequestId,
    ConversationId,
    DataKeyId,
    DocumentId,
    EntryId,
    MailId,
    MessageId,
    MovementId,
    NoteId,
    OrderId,
    PassageId,
    PaymentMethodId,
    ProposalId,
    QuestionId,
    SessionId,
    ShopId,
    ShopperId,
    SignInLinkId,
    StaffId,
    TurnId,
    Uuid
);

impl From<&str> for Bind {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<Option<&str>> for Bind {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<i64> for Bind {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<u32> for Bind {
    fn from(value: u32) -> Self {
        Self::Integer(Some(value.into()))
    }
}

impl From<Option<i64>> for Bind {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<Timestamp> for Bind {
    fn from(time: Timestamp) -> Self {
        Self::Integer(Some(time.millis()))
    }
}

impl From<Option<Timestamp>> for Bind {
    fn from(time: Option<Timestamp>) -> Self {
        Self::Integer(time.map(Timestamp::millis))
    }
}

impl From<&[u8]> for Bind {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(Some(bytes.to_vec()))
    }
}

impl From<&[u8; 32]> for Bind {
    fn from(hash: &[u8; 32]) -> Self {
        Self::Bytes(Some(hash.to_vec()))
    }
}

impl From<Option<&[u8; 32]>> for Bind {
    fn from(hash: Option<&[u8; 32]>) -> Self {
        Self::Bytes(hash.map(|hash| hash.to_vec()))
    }
}

impl<P: Place> From<&Sealed<P>> for Bind {
    fn from(sealed: &Sealed<P>) -> Self {
        Self::Bytes(Some(sealed.as_bytes().to_vec()))
    }
}

impl<P: Place> From<Option<&Sealed<P>>> for Bind {
    fn from(sealed: Option<&Sealed<P>>) -> Self {
        Self::Bytes(sealed.map(|sealed| sealed.as_bytes().to_vec()))
    }
}

impl From<bool> for Bind {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

/// A row as an engine returned it.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Reads the columns from left to right; `table` names the row in errors.
    pub(crate) fn fields(&self, table: &'static str) -> Fields<'_> {
        Fields {
            row: self,
            table,
            next: 0,
        }
    }
}

/// The columns of a row, read in the order in which the statement lists them.
pub(crate) struct Fields<'r> {
    row: &'r Row,
    table: &'static str,
    next: usize,
}

macro_rules! next {
    ($fields:ident, $type:ty) => {{
        let column = $fields.next;
        $fields.next = column.saturating_add(1);
        match $fields.row {
            Row::Sqlite(row) => row.try_get::<Option<$type>, _>(column),
            Row::Postgres(row) => row.try_get::<Option<$type>, _>(column),
        }
        .map_err(|error| $fields.corrupt(error.to_string()))
    }};
}

impl<'r> Fields<'r> {
    pub(crate) fn optional_text(&mut self) -> Result<Option<&'r str>> {
        next!(self, &'r str)
    }

    pub(crate) fn text(&mut self) -> Result<&'r str> {
        let value = self.optional_text()?;
        self.present(value)
    }

    pub(crate) fn string(&mut self) -> Result<String> {
        Ok(self.text()?.to_owned())
    }

    pub(crate) fn optional_integer(&mut self) -> Result<Option<i64>> {
        next!(self, i64)
    }

    pub(crate) fn integer(&mut self) -> Result<i64> {
        let value = self.optional_integer()?;
        self.present(value)
    }

    pub(crate) fn boolean(&mut self) -> Result<bool> {
        let value = next!(self, bool)?;
        self.present(value)
    }

    pub(crate) fn optional_time(&mut self) -> Result<Option<Timestamp>> {
        Ok(self.optional_integer()?.map(Timestamp::from_millis))
    }

    pub(crate) fn time(&mut self) -> Result<Timestamp> {
        Ok(Timestamp::from_millis(self.integer()?))
    }

    pub(crate) fn optional_bytes(&mut self) -> Result<Option<Vec<u8>>> {
        next!(self, Vec<u8>)
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>> {
        let value = self.optional_bytes()?;
        self.present(value)
    }

    pub(crate) fn optional_hash(&mut self) -> Result<Option<[u8; 32]>> {
        self.optional_bytes()?
            .map(|bytes| {
                <[u8; 32]>::try_from(bytes).map_err(|_| self.corrupt("a hash has not 32 octets"))
            })
            .transpose()
    }

    pub(crate) fn hash(&mut self) -> Result<[u8; 32]> {
        let value = self.optional_hash()?;
        self.present(value)
    }

    pub(crate) fn optional_sealed<P: Place>(&mut self) -> Result<Option<Sealed<P>>> {
        self.optional_bytes()?
            .map(|bytes| {
                Sealed::from_storage(bytes).map_err(|error| self.corrupt(error.to_string()))
            })
            .transpose()
    }

    pub(crate) fn sealed<P: Place>(&mut self) -> Result<Sealed<P>> {
        let value = self.optional_sealed()?;
        self.present(value)
    }

    /// An id, a locale: what has one spelling as text.
    pub(crate) fn optional_parsed<T: FromStr>(&mut self) -> Result<Option<T>>
    where
        T::Err: ToString,
    {
        self.optional_text()?
            .map(|text| {
                text.parse()
                    .map_err(|error: T::Err| self.corrupt(error.to_string()))
            })
            .transpose()
    }

    pub(crate) fn parsed<T: FromStr>(&mut self) -> Result<T>
    where
        T::Err: ToString,
    {
        let value = self.optional_parsed()?;
        self.present(value)
    }

    /// A name from a closed list.
    pub(crate) fn named<T>(&mut self, known: fn(&str) -> Option<T>) -> Result<T> {
        let name = self.text()?;
        known(name).ok_or_else(|| self.corrupt(format!("`{name}` is not a name it knows")))
    }

    pub(crate) fn corrupt(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Corrupt {
            table: self.table,
            reason: reason.into(),
        }
    }

    fn present<T>(&self, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| self.corrupt(format!("column {} is empty", self.next)))
    }
}
