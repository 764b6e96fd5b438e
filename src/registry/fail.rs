//! What SQLite says, in the words of whoever keeps a registry.

use crate::error::Error;
use rusqlite::ErrorCode;
use std::path::Path;

/// Why a step inside of a registry failed.
#[derive(Debug)]
pub(super) enum Fail {
    /// SQLite failed.
    Sql(rusqlite::Error),
    /// It is refused.
    Told(Error),
}

impl From<rusqlite::Error> for Fail {
    fn from(error: rusqlite::Error) -> Self {
        Fail::Sql(error)
    }
}

impl From<Error> for Fail {
    fn from(error: Error) -> Self {
        Fail::Told(error)
    }
}

impl Fail {
    /// The error as it is told of a file.
    pub(super) fn told(self, path: &Path) -> Error {
        let path = path.display();
        let error = match self {
            Fail::Told(error) => return error,
            Fail::Sql(error) => error,
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Error::new(format!("`{path}` is being written by another program"))
                    .with_hint("try again when that is done; nothing was changed")
            }
            Some(ErrorCode::DiskFull) => {
                Error::new(format!("`{path}` cannot grow: the disk is full")).with_hint("make room and try again; this change was not made")
            }
            Some(ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed) => {
                Error::new(format!("`{path}` cannot be read or written: {error}"))
                    .with_hint("look at the disk and the limits of your account; this change was not made")
            }
            Some(ErrorCode::NotADatabase) => Error::new(format!("`{path}` is no registry")).with_hint("`nasab registry create` makes one"),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) => {
                damaged(&path.to_string(), &error.to_string())
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::new(format!("`{path}` may not be written")).with_hint(
                "who reads it needs write access to the file and its folder too: ask for it, or copy the file to a folder of yours",
            ),
            Some(ErrorCode::CannotOpen) => Error::new(format!("`{path}` cannot be opened: {error}")),
            // A column of a type that no registry writes.
            None => damaged(&path.to_string(), &error.to_string()),
            Some(_) => Error::new(format!("`{path}` cannot be used: {error}")),
        }
    }
}

/// The error of a file that does not hold together.
pub(super) fn damaged(path: &str, why: &str) -> Error {
    Error::new(format!("`{path}` is damaged: {why}")).with_hint("go back to a copy of it; `sqlite3 FILE .recover` saves what is left")
}
