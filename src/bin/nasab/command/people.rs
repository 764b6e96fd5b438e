//! The people of a registry or a list, as a path names them.

use super::{Context, Failure};
use crate::input;
use crate::report::Place;
use nasab::Error;
use nasab::entity::Entity;
use nasab::entity::import::{self, Format};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// What an SQLite file begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// The people of a list, one by one; rows that cannot be used are told.
pub fn list(path: &Path, context: &mut Context, mut take: impl FnMut(Entity) -> Result<(), Error>) -> Result<(), Failure> {
    let format = Format::of(path)?;
    let file = input::open(path)?;
    let origin: Arc<str> = path.display().to_string().into();
    let fault = |fault: import::Fault| {
        let place = Place { origin: origin.clone(), line: fault.line, column: fault.error.column() };
        context.report.error(&fault.error, Some(&place));
    };
    let failed = |error| Failure::Told(Some(Place { origin: origin.clone(), line: 1, column: None }), error);
    import::read(file, format, |_, entity| take(entity), fault).map_err(failed)?;
    Ok(())
}

/// Whether a file is a registry rather than a list.
pub fn is_registry(path: &Path) -> Result<bool, Failure> {
    let mut head = Vec::new();
    // What cannot be read here is told by whoever reads it next.
    let _ = input::open(path)?.take(SQLITE.len() as u64).read_to_end(&mut head);
    Ok(head == SQLITE)
}
