//! A file written whole or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// The file that is being written, for whoever interrupts the program.
static BESIDE: Mutex<Option<PathBuf>> = Mutex::new(None);

/// What a shell says of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Writes a file beside the one that it is to replace, and puts it there when all is written. `write` says whether it is to take the
/// place at all: what is as it was keeps its time, and whoever watches the file sees nothing.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<bool>) -> io::Result<()> {
    // A link is followed, so that it stays one.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if fs::metadata(&path).is_ok_and(|present| !present.is_file()) {
        // A device or a pipe takes what it is given; nothing may take its place.
        return write(&mut File::options().write(true).open(&path)?).map(|_| ());
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.nasab", std::process::id()));
    let beside = path.with_file_name(name);
    clear_when_interrupted();
    held().replace(beside.clone());
    let written = (|| {
        let mut file = File::create(&beside)?;
        if let Ok(present) = fs::metadata(&path) {
            // The folder would allow it; the file's owner does not.
            if present.permissions().readonly() {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
            }
            file.set_permissions(present.permissions())?;
        }
        if !write(&mut file)? {
            return fs::remove_file(&beside);
        }
        file.sync_all()?;
        fs::rename(&beside, &path)
    })();
    held().take();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn held() -> MutexGuard<'static, Option<PathBuf>> {
    BESIDE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Leaves no half of a file behind where the program is interrupted or told to end.
fn clear_when_interrupted() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Without it the half would stay, which does no harm.
        let _ = ctrlc::set_handler(|| {
            // Held until the end: nothing is begun any more.
            let beside = held();
            if let Some(beside) = beside.as_ref() {
                let _ = fs::remove_file(beside);
            }
            std::process::exit(INTERRUPTED);
        });
    });
}
