//! A whole text file, as the commands for documents take it.

use crate::cli::document::Markup;
use crate::failure::{Failure, reason};
use crate::input::open;
use crate::report::Place;
use nasab::Error;
use nasab::document::{Docx, Finding, Format, fixed, fixes};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longer texts are refused: findings need the whole text in memory.
const LONGEST: u64 = 256 << 20;

/// A text with the name that reports give it.
pub struct TextFile {
    pub origin: Arc<str>,
    pub text: String,
    /// `None` for standard input.
    pub path: Option<PathBuf>,
    /// The document that the text was taken from.
    docx: Option<Docx>,
}

impl TextFile {
    /// Reads a file, or standard input for `-`.
    pub fn read(path: &Path) -> Result<TextFile, Failure> {
        let standard = path == Path::new("-");
        let origin: Arc<str> = if standard { "<stdin>".into() } else { path.display().to_string().into() };
        let mut bytes = Vec::new();
        let source: Box<dyn Read> = if standard { Box::new(io::stdin().lock()) } else { Box::new(open(path)?) };
        let refused = |error: Error| Failure::Told(Some(Place { origin: origin.clone(), line: 1, column: None }), error);
        source.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|e| refused(Error::new(format!("cannot be read: {}", reason(&e)))))?;
        if bytes.len() as u64 > LONGEST {
            return Err(refused(Error::new(format!("the text has more than {} MiB", LONGEST >> 20)).with_hint("split it into parts")));
        }
        // Packages and what older word processors wrote.
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            let docx = Docx::open(bytes).map_err(refused)?;
            let text = docx.text().to_string();
            return Ok(TextFile { path: (!standard).then(|| path.to_path_buf()), origin, text, docx: Some(docx) });
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let before = bytes.get(..at).unwrap_or(&[]);
            let line = before.iter().filter(|b| **b == b'\n').count() as u64 + 1;
            let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            let column = String::from_utf8_lossy(before.get(start..).unwrap_or(&[])).chars().count() + 1;
            let byte = bytes.get(at).copied().unwrap_or(0);
            let error =
                Error::new(format!("the text is not UTF-8: byte {byte:#04x}")).with_hint("convert it, for example with `iconv -t UTF-8`");
            Failure::Told(Some(Place { origin: origin.clone(), line, column: Some(column) }), error)
        })?;
        if text.contains('\0') {
            return Err(refused(Error::new("this is a binary file and no text")));
        }
        Ok(TextFile { path: (!standard).then(|| path.to_path_buf()), origin, text, docx: None })
    }

    /// The file with the fixes written that are at least so sure.
    pub fn fixed(&self, found: &[Finding], sure: f64) -> Result<Vec<u8>, Error> {
        match &self.docx {
            Some(docx) => docx.changed(fixes(found, sure)),
            None => Ok(fixed(&self.text, found, sure).into_bytes()),
        }
    }

    /// How it is marked up: as told, or by its name.
    pub fn format(&self, told: Option<Markup>) -> Format {
        match told {
            Some(Markup::Plain) => Format::Plain,
            Some(Markup::Markdown) => Format::Markdown,
            Some(Markup::Html) => Format::Html,
            Some(Markup::Latex) => Format::Latex,
            None if self.docx.is_some() => Format::Plain,
            None => Format::of(&self.origin),
        }
    }
}
