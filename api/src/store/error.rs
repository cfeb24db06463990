//! What can go wrong with storing, in the store's own terms; who asked gives it a status code.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing in this organisation.
    #[error("not found")]
    NotFound,
    /// It contradicts what is stored; the words say what.
    #[error("{0}")]
    Conflict(String),
    /// The database is busy or away for the moment; the same call may work later.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The database refused or answered something impossible.
    #[error("the database failed: {0}")]
    Broken(String),
}

/// What the store gives.
pub type Result<T> = std::result::Result<T, Error>;

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(kind, information) => {
                let message = information.message().to_owned();
                match kind {
                    // Whoever inserts has looked before: somebody was quicker, and the next try sees their row.
                    DatabaseErrorKind::UniqueViolation
                    | DatabaseErrorKind::SerializationFailure
                    | DatabaseErrorKind::ClosedConnection => Self::Busy(message),
                    _ if is_passing(&message) => Self::Busy(message),
                    _ => Self::Broken(message),
                }
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// Messages of both databases that mean: try again.
fn is_passing(message: &str) -> bool {
    [
        "deadlock detected",
        "could not serialize",
        "canceling statement due to lock timeout",
        "too many clients",
        "database is locked",
        "database table is locked",
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
    ]
    .iter()
    .any(|words| message.contains(words))
}

/// A stored value that this version cannot read: a newer writer or a damaged file.
pub fn unreadable(what: &str) -> Error {
    Error::Broken(format!("a stored {what} cannot be read"))
}
