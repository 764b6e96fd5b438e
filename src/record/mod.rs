//! Records of catalogues and bibliographies: their personal names checked, filled in and written anew, and every other
//! byte left as it is.
//!
//! ```
//! use nasab::Scheme;
//! use nasab::record::{Format, Job, Task, run};
//! let job = Job { scheme: Scheme::find("ala-lc").unwrap(), least: 0.8, task: Task::Check };
//! let xml = r#"<record><controlfield tag="001">7</controlfield>
//! <datafield tag="100" ind1="1" ind2=" "><subfield code="6">880-01</subfield><subfield code="a">Hazʻalī, Qays</subfield></datafield>
//! <datafield tag="880" ind1="1" ind2=" "><subfield code="6">100-01/(3/r</subfield><subfield code="a">الخزعلي، قيس</subfield></datafield></record>"#;
//! let mut found = Vec::new();
//! run(Format::MarcXml, &mut xml.as_bytes(), &mut std::io::sink(), &job, &mut |finding| {
//!     found.push(finding);
//!     Ok(())
//! })
//! .unwrap();
//! assert_eq!((found[0].field.as_str(), found[0].expected.as_deref()), ("100", Some("Khazʻalī, Qays")));
//! ```

mod edit;
mod heading;
mod linked;
mod marc;
mod marcxml;

use crate::scheme::Scheme;
use serde::Serialize;
use std::io::{self, BufRead, Write};
use std::path::Path;

/// What a file of records is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// MARC 21 as ISO 2709 frames it, in UTF-8.
    Marc,
    /// MARC 21 as XML.
    MarcXml,
}

impl Format {
    /// The format that the end of a file's name tells.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "mrc" | "marc" => Some(Format::Marc),
            "xml" | "marcxml" => Some(Format::MarcXml),
            _ => None,
        }
    }
}

/// What is done with the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Task {
    /// Tell what is wrong, change nothing.
    Check,
    /// Romanize a name that stands in Arabic script alone.
    FillRomanized,
    /// Write a romanized name in Arabic script where it has none beside it.
    FillArabic,
}

/// A task with its measure.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The scheme of the romanized names.
    pub scheme: Scheme,
    /// From this probability on a name is filled in; below it is told alone.
    pub least: f64,
    /// What is done.
    pub task: Task,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// The record cannot be read; it is handed on as it is.
    Broken,
    /// The romanized name is another than the Arabic.
    Reading,
    /// The letters are the same, the vowels are none that the lexicon knows.
    Vowels,
    /// The same reading, spelled otherwise than the scheme does.
    Spelling,
    /// The entry element begins with the article.
    Article,
    /// Surname and forename stand in another order, or are parted elsewhere.
    Inversion,
    /// A link leads nowhere.
    Link,
    /// A name stands in one script alone.
    Missing,
}

impl Kind {
    /// As it stands in reports.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Broken => "broken",
            Kind::Reading => "reading",
            Kind::Vowels => "vowels",
            Kind::Spelling => "spelling",
            Kind::Article => "article",
            Kind::Inversion => "inversion",
            Kind::Link => "link",
            Kind::Missing => "missing",
        }
    }
}

/// What was found in a field of a record, or written into it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The record, from 1.
    pub record: u64,
    /// What the record calls itself: the control number of field 001, the key of an entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// The field; empty for the record as a whole.
    pub field: String,
    /// What it is about.
    pub kind: Kind,
    /// What stands there.
    pub found: String,
    /// What should stand there, or stands there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// The probability of what is expected, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// One sentence for people.
    pub message: String,
    /// Whether it was written.
    pub written: bool,
}

impl Finding {
    /// A record that cannot be read.
    fn broken(record: u64, control: Option<String>, message: String) -> Finding {
        let (field, found) = (String::new(), String::new());
        Finding { record, control, field, kind: Kind::Broken, found, expected: None, probability: None, message, written: false }
    }
}

/// Who is told of a finding; an error ends the run.
pub type Tell<'a> = &'a mut dyn FnMut(Finding) -> io::Result<()>;

/// Works through the records of `input` and writes all of them to `output`: changed where the job says so, and else byte for
/// byte. A record that cannot be read is told and handed on as it is.
///
/// # Errors
/// The input cannot be read or the output cannot be written.
pub fn run(format: Format, input: &mut dyn BufRead, output: &mut dyn Write, job: &Job, tell: Tell) -> io::Result<()> {
    match format {
        Format::Marc => marc::run(input, output, job, tell),
        Format::MarcXml => marcxml::run(input, output, job, tell),
    }
}
