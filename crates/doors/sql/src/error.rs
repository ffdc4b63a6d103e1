//! The one place where an engine's error becomes a [`StoreError`].
//!
//! INVARIANT: no text made here holds the database's address, its password, or a parameter.

use sqlx::error::ErrorKind;
use store::StoreError;

/// What an error of a statement on `table` means to the rooms above.
pub(crate) fn of_statement(table: &'static str, error: sqlx::Error) -> StoreError {
    let sqlx::Error::Database(refusal) = &error else {
        return match error {
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::ColumnIndexOutOfBounds { .. } => StoreError::Corrupt {
                table,
                reason: error.to_string(),
            },
            other => unavailable(other),
        };
    };
    match refusal.kind() {
        ErrorKind::UniqueViolation => StoreError::Conflict { table },
        // The row it refers to is not there.
        ErrorKind::ForeignKeyViolation => StoreError::Missing { table },
        ErrorKind::CheckViolation | ErrorKind::NotNullViolation => StoreError::Corrupt {
            table,
            reason: format!(
                "the row to write breaks a rule of the schema ({})",
                refusal.constraint().unwrap_or("unnamed")
            ),
        },
        // Serialisation failures, deadlocks, busy, full disk: nothing was written; try again later.
        _ => unavailable(error),
    }
}

/// The database did not do it; none of it is the caller's fault.
pub(crate) fn unavailable(error: sqlx::Error) -> StoreError {
    match error {
        // These quote what was configured, which may hold a password.
        sqlx::Error::Configuration(_) => because("its address or options cannot be read"),
        other => StoreError::Unavailable(Box::new(other)),
    }
}

pub(crate) fn because(reason: &str) -> StoreError {
    StoreError::Unavailable(reason.into())
}
