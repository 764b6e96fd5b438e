//! Records of catalogues and bibliographies: their personal names checked, filled in and written anew, and every other
//! byte left as it is.
//!
//! ```
//! use nasab::Scheme;
//! use nasab::record::{Format, Job, Task, run};
//! let job = Job { scheme: Scheme::find("ala-lc").unwrap(), least: 0.8, task: Task::Check, names: true, keys: false };
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

mod bibtex;
mod csl;
mod edit;
mod heading;
mod linked;
mod marc;
mod marcxml;
mod people;
mod table;

use crate::scheme::Scheme;
use serde::Serialize;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

/// What a file of records is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// MARC 21 as ISO 2709 frames it, in UTF-8.
    Marc,
    /// MARC 21 as XML.
    MarcXml,
    /// BibTeX and BibLaTeX.
    Bibtex,
    /// Items of the Citation Style Language.
    CslJson,
    /// A table with a column for each script; its first line names the columns.
    Table {
        /// Tabs part the cells and nothing is quoted; else it is CSV.
        tabs: bool,
        /// The column of the Arabic names.
        arabic: String,
        /// The column of the romanized names.
        romanized: String,
    },
}

impl Format {
    /// The format that the end of a file's name tells; a table needs its columns besides.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "mrc" | "marc" => Some(Format::Marc),
            "xml" | "marcxml" => Some(Format::MarcXml),
            "bib" | "bibtex" => Some(Format::Bibtex),
            "json" => Some(Format::CslJson),
            _ => None,
        }
    }

    /// Whether names stand there in both scripts.
    pub fn is_of_two_scripts(&self) -> bool {
        !matches!(self, Format::Bibtex | Format::CslJson)
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
    /// Write names of bibliographies in the scheme, and keys in ASCII.
    Write,
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
    /// In bibliographies: names are looked at.
    pub names: bool,
    /// In bibliographies: keys that are not ASCII are looked at.
    pub keys: bool,
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
    /// The key of an entry is not ASCII.
    Key,
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
            Kind::Key => "key",
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
        Format::Bibtex => whole(input, output, job, tell, bibtex::work),
        Format::CslJson => whole(input, output, job, tell, csl::work),
        Format::Table { tabs, arabic, romanized } => {
            table::run(&table::Table { tabs, arabic: &arabic, romanized: &romanized }, input, output, job, tell)
        }
    }
}

/// Longer bibliographies are refused: keys and links need the whole of it.
const LONGEST: u64 = 256 << 20;

/// Works on a text as a whole.
fn whole(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    job: &Job,
    tell: Tell,
    work: fn(&str, &Job) -> (String, Vec<Finding>),
) -> io::Result<()> {
    let mut bytes = Vec::new();
    Read::take(&mut *input, LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::other(format!("it has more than {} MiB", LONGEST >> 20)));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => {
            let (text, findings) = work(text, job);
            findings.into_iter().try_for_each(tell)?;
            output.write_all(text.as_bytes())
        }
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
            let line = before.iter().filter(|b| **b == b'\n').count() + 1;
            tell(Finding::broken(0, None, format!("the file is not UTF-8 in line {line}; it is handed on as it is")))?;
            output.write_all(&bytes)
        }
    }
}
