//! A file written whole or not at all.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Writes a file beside the one that it is to replace, and puts it there when all is written.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    // A link is followed, so that it stays one.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.nasab", std::process::id()));
    let beside = path.with_file_name(name);
    let written = (|| {
        let mut file = File::create(&beside)?;
        if let Ok(present) = fs::metadata(&path) {
            file.set_permissions(present.permissions())?;
        }
        write(&mut file)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
