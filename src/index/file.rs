//! Segments in files: written whole or not at all, read where they lie.

use super::Builder;
use crate::error::Error;
use memmap2::Mmap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes a segment to a file. It takes its name when it is whole and on the disk: who reads meanwhile sees the old file or the new.
///
/// # Errors
/// The file cannot be written; nothing is left behind.
pub fn save(builder: Builder, path: &Path) -> Result<(), Error> {
    let aside = path.with_extension(format!("{}.new", std::process::id()));
    let written = (|| {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&aside)?);
        builder.finish(&mut file)?;
        file.flush()?;
        file.get_ref().sync_all()?;
        fs::rename(&aside, path)?;
        // The new name is in the folder, which is a file of its own.
        path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    })();
    written.map_err(|error: std::io::Error| {
        let _ = fs::remove_file(&aside);
        Error::new(format!("the index `{}` cannot be written: {error}", path.display()))
            .with_hint("the registry itself is whole; make room and try again")
    })
}

/// A segment's file, mapped into memory: for [`Index::push`](super::Index::push).
///
/// # Errors
/// The file cannot be opened.
#[allow(unsafe_code)]
pub fn map(path: &Path) -> Result<Mmap, Error> {
    let unreadable = |error: std::io::Error| Error::new(format!("the index `{}` cannot be opened: {error}", path.display()));
    let file = File::open(path).map_err(unreadable)?;
    // SAFETY: the map is sound as long as nobody changes the file under it. `save` never writes to a file that has its name:
    // it puts another in its place, and the map keeps the old one.
    unsafe { Mmap::map(&file) }.map_err(unreadable)
}
