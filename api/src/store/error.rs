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
    /// The disk is full or cannot be written to: trying again at once does not help.
    #[error("the database cannot be written to: {0}")]
    Full(String),
    /// What it belongs to is not there any more.
    #[error("what it belongs to is gone: {0}")]
    Orphan(String),
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
                    DatabaseErrorKind::ForeignKeyViolation => Self::Orphan(message),
                    _ if is_full(&message) => Self::Full(message),
                    _ if is_passing(&message) => Self::Busy(message),
                    _ => Self::Broken(message),
                }
            }
            // The connection broke off before; whatever was under way is undone, and a new one is taken next time.
            DieselError::BrokenTransactionManager => Self::Busy("the connection had broken off".to_owned()),
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
        // A server that goes, or ends a connection, says so before the connection is seen to be closed.
        "terminating connection due to",
        "the database system is",
        "remaining connection slots",
        "server closed the connection unexpectedly",
        "connection to server was lost",
        "no connection to the server",
    ]
    .iter()
    .any(|words| message.contains(words))
}

/// Messages of both databases that mean: there is no room, or no right to write.
fn is_full(message: &str) -> bool {
    [
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
        "No space left on device",
        "read-only transaction",
    ]
    .iter()
    .any(|words| message.contains(words))
}

impl Error {
    /// The same error for somebody else who waited for the same.
    pub(super) fn again(&self) -> Self {
        match self {
            Self::NotFound => Self::NotFound,
            Self::Conflict(words) => Self::Conflict(words.clone()),
            Self::Busy(words) => Self::Busy(words.clone()),
            Self::Full(words) => Self::Full(words.clone()),
            Self::Orphan(words) => Self::Orphan(words.clone()),
            Self::Broken(words) => Self::Broken(words.clone()),
        }
    }
}

/// A stored value that this version cannot read: a newer writer or a damaged file.
pub fn unreadable(what: &str) -> Error {
    Error::Broken(format!("a stored {what} cannot be read"))
}
