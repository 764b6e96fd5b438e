//! A registry as a file: made, opened, and refused where it is none.

use super::Registry;
use super::fail::{Fail, damaged};
use super::schema::{APPLICATION, STEPS, migrate, objects};
use crate::error::Error;
use rusqlite::{Connection, OpenFlags};
use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

/// So long a program waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// Up to this size a file is looked through whenever it is opened, which takes some tenths of a second at most.
/// [`Registry::check`] looks through any.
const CHECKED: u64 = 64 << 20;

/// Statements that stay prepared.
const STATEMENTS: usize = 64;

impl Registry {
    /// Makes an empty registry.
    ///
    /// # Errors
    /// There is a file already, or none can be written.
    pub fn create(path: impl AsRef<Path>) -> Result<Registry, Error> {
        let path = path.as_ref();
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Error::new(format!("`{}` exists already", path.display())).with_hint("give another name, or use the registry that is there")
            }
            _ => Error::new(format!("`{}` cannot be made: {error}", path.display())),
        })?;
        let made = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|mut connection| {
            // Before the log is switched on: whoever ends the program here leaves a whole registry or an empty file.
            migrate(&mut connection, &STEPS)?;
            write_ahead(&connection)?;
            Ok(connection)
        });
        match made {
            Ok(connection) => Ok(Registry::over(connection, path)),
            Err(fail) => {
                // What is left is this call's own and holds nothing.
                let _ = std::fs::remove_file(path);
                Err(fail.told(path))
            }
        }
    }

    /// Opens a registry to read and write it. One of an older version of nasab is brought up to date.
    ///
    /// # Errors
    /// The file is missing, no registry, damaged, or of a newer version.
    pub fn open(path: impl AsRef<Path>) -> Result<Registry, Error> {
        let path = path.as_ref();
        let opened = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|mut connection| {
            if recognise(&connection, path)? < STEPS.len() {
                migrate(&mut connection, &STEPS)?;
            }
            write_ahead(&connection)?;
            inspect(&connection, path)?;
            Ok(connection)
        });
        opened.map(|connection| Registry::over(connection, path)).map_err(|fail| fail.told(path))
    }

    /// Opens a registry to read it, also while another program writes it.
    ///
    /// # Errors
    /// The file is missing, no registry, damaged, or of another version.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Registry, Error> {
        let path = path.as_ref();
        let opened = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(|connection| {
            if recognise(&connection, path)? < STEPS.len() {
                let older = Error::new(format!("`{}` was written by an older version of nasab", path.display()));
                return Err(older.with_hint("any command that writes it, such as `nasab registry add`, brings it up to date").into());
            }
            inspect(&connection, path)?;
            Ok(connection)
        });
        opened.map(|connection| Registry::over(connection, path)).map_err(|fail| fail.told(path))
    }

    /// Looks through the whole file.
    ///
    /// # Errors
    /// It is damaged.
    pub fn check(&self) -> Result<(), Error> {
        check(&self.connection, &self.path).map_err(|fail| fail.told(&self.path))
    }

    fn over(connection: Connection, path: &Path) -> Registry {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Registry { connection, path: path.to_path_buf() }
    }
}

fn connect(path: &Path, access: OpenFlags) -> Result<Connection, Fail> {
    if let Err(error) = std::fs::metadata(path) {
        let missing = Error::new(format!("`{}` cannot be opened: {error}", path.display()));
        return Err(missing.with_hint("`nasab registry create` makes a registry").into());
    }
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    // The file may be anybody's: nothing that stands in it is run.
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;",
    )?;
    Ok(connection)
}

/// Readers go on while one writes, and a change that was acknowledged is on the disk.
fn write_ahead(connection: &Connection) -> Result<(), Fail> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::new("the disk does not take a registry")
            .with_hint("keep it on a disk of this machine, not on one of the network")
            .into());
    }
    Ok(())
}

/// The version of a registry.
fn recognise(connection: &Connection, path: &Path) -> Result<usize, Fail> {
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION {
        let other = Error::new(format!("`{}` is no registry", path.display()));
        let empty = std::fs::metadata(path).is_ok_and(|file| file.len() == 0);
        return Err(other
            .with_hint(if empty {
                "the file is empty; remove it, and `nasab registry create` makes a registry"
            } else {
                "`nasab registry create` makes one"
            })
            .into());
    }
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match usize::try_from(version) {
        Ok(version) if version <= STEPS.len() => Ok(version),
        _ => Err(Error::new(format!("`{}` was written by a newer version of nasab", path.display()))
            .with_hint(format!("its version is {version}, and this nasab knows {}; use the newer nasab", STEPS.len()))
            .into()),
    }
}

/// Whether the tables are those of a registry, and a small file holds together.
fn inspect(connection: &Connection, path: &Path) -> Result<(), Fail> {
    let mut model = Connection::open_in_memory()?;
    migrate(&mut model, &STEPS)?;
    let (there, expected) = (objects(connection)?, objects(&model)?);
    if let Some((kind, _)) = there.iter().find(|(kind, _)| kind == "trigger") {
        return Err(damaged(&path.display().to_string(), &format!("it has a {kind}, which no registry has")).into());
    }
    if expected.iter().any(|object| !there.contains(object)) {
        return Err(damaged(&path.display().to_string(), "its tables are not those of a registry").into());
    }
    if std::fs::metadata(path).is_ok_and(|file| file.len() <= CHECKED) {
        check(connection, path)?;
    }
    Ok(())
}

fn check(connection: &Connection, path: &Path) -> Result<(), Fail> {
    let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(damaged(&path.display().to_string(), said.lines().last().unwrap_or_default()).into()) }
}
