//! Files that become a registry as they are: JSON lines, CSV and TSV.
//!
//! A file enters; its identities are added to a [`Registry`]. A row that cannot be used is handed
//! to the caller as a [`Fault`] with its line, and the rest is used: a list of a million people is
//! not refused for one of them. What is refused is a table without the columns `id` and `name`.
//!
//! | format | a row |
//! |---|---|
//! | JSON lines | `{"id","names":[..]}`, `{"id","name"}`, or a FollowTheMoney entity |
//! | CSV, TSV | columns `id` and `name` in any case; rows of one id are one identity's names |
//!
//! ```
//! use nasab::link::import::{Format, read};
//! use nasab::People as Registry;
//! let mut registry = Registry::new();
//! let table = "ID,Name\nq1,Qays al-Khazali\nq1,قيس الخزعلي\n,nobody\n";
//! let mut faults = Vec::new();
//! read(table.as_bytes(), Format::Csv, &mut registry, |fault| faults.push(fault)).unwrap();
//! assert_eq!((registry.len(), faults.len(), faults[0].line), (1, 1, 4));
//! ```

use super::People as Registry;
use crate::error::Error;
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A JSON row longer than this is a file without line ends rather than an identity.
const LONGEST_ROW: u64 = 16 << 20;

/// The properties of a FollowTheMoney entity that name it. `firstName` and the like are left out:
/// a part of a name is not a name of the person.
const NAMING: [&str; 4] = ["name", "alias", "weakAlias", "previousName"];

/// FollowTheMoney schemata that must have a name. Others, such as `Address` or `Sanction`, stand
/// in the same files and are no identities: without a name they are passed over in silence.
const NAMED: [&str; 6] = ["Person", "LegalEntity", "Organization", "Company", "PublicBody", "Family"];

/// How a registry file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated, with a header.
    Csv,
    /// Tab-separated, with a header, without quoting.
    Tsv,
}

impl Format {
    /// The format that a file's name ends in.
    ///
    /// # Errors
    /// The ending is none of `.jsonl`, `.ndjson`, `.json`, `.csv`, `.tsv`.
    pub fn of(path: &Path) -> Result<Format, Error> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "jsonl" | "ndjson" | "json" => Ok(Format::JsonLines),
            "csv" => Ok(Format::Csv),
            "tsv" | "tab" => Ok(Format::Tsv),
            _ => Err(Error::new(format!("`{}` does not say what it is", path.display()))
                .with_hint("a registry ends in `.jsonl`, `.csv` or `.tsv`")),
        }
    }
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file, from 1, on which the row begins.
    pub line: u64,
    /// What is wrong with it; the column is that of the line.
    pub error: Error,
}

/// Adds a file's identities to a registry; faulty rows go to `report`.
///
/// # Errors
/// The file cannot be read, or is a table without the columns `id` and `name`.
pub fn read(source: impl Read, format: Format, registry: &mut Registry, report: impl FnMut(Fault)) -> Result<(), Error> {
    match format {
        Format::JsonLines => json_lines(source, registry, report),
        Format::Csv => table(source, b',', registry, report),
        Format::Tsv => table(source, b'\t', registry, report),
    }
}

fn unreadable(error: impl std::fmt::Display) -> Error {
    Error::new(format!("cannot be read: {error}"))
}

fn json_lines(source: impl Read, registry: &mut Registry, mut report: impl FnMut(Fault)) -> Result<(), Error> {
    let mut source = BufReader::new(source);
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if source.by_ref().take(LONGEST_ROW).read_until(b'\n', &mut bytes).map_err(unreadable)? == 0 {
            break;
        }
        let row = bytes.strip_prefix(b"\xEF\xBB\xBF").filter(|_| line == 1).unwrap_or(&bytes);
        let added = match row {
            _ if bytes.len() as u64 == LONGEST_ROW && !bytes.ends_with(b"\n") => {
                source.skip_until(b'\n').map_err(unreadable)?;
                Err(Error::new("a row of more than 16 MiB is skipped").with_hint("give one JSON object a line"))
            }
            _ if row.trim_ascii().is_empty() => Ok(()),
            _ => entity(row).and_then(|found| match found {
                Some((id, names)) => registry.add(&id, names),
                None => Ok(()),
            }),
        };
        if let Err(error) = added {
            report(Fault { line, error });
        }
    }
    Ok(())
}

/// The id and the names of a JSON row; `None` for an entity that is no identity.
fn entity(row: &[u8]) -> Result<Option<(String, Vec<String>)>, Error> {
    let text = utf8(row)?;
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|e| not_json(text, &e))?;
    let id = match object.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(Error::new("no id").with_hint("give every row an \"id\"")),
    };
    let mut names = Vec::new();
    if let Some(Value::Object(properties)) = object.get("properties") {
        for property in NAMING {
            strings(properties.get(property), &mut names);
        }
        let schema = object.get("schema").and_then(Value::as_str).unwrap_or_default();
        if names.is_empty() && !NAMED.contains(&schema) {
            return Ok(None);
        }
    }
    strings(object.get("names"), &mut names);
    strings(object.get("name"), &mut names);
    Ok(Some((id, names)))
}

fn strings(value: Option<&Value>, names: &mut Vec<String>) {
    match value {
        Some(Value::String(name)) => names.push(name.clone()),
        Some(Value::Array(list)) => names.extend(list.iter().filter_map(Value::as_str).map(str::to_string)),
        _ => {}
    }
}

fn not_json(text: &str, error: &serde_json::Error) -> Error {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    // serde_json counts bytes; people count characters.
    let column = text.bytes().take(error.column().saturating_sub(1)).filter(|b| b & 0xC0 != 0x80).count() + 1;
    Error::new(format!("not a JSON object: {said}")).with_column(column).with_hint("give one JSON object a line")
}

fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|e| {
        let valid = bytes.get(..e.valid_up_to()).unwrap_or_default();
        Error::new("not UTF-8").with_column(String::from_utf8_lossy(valid).chars().count() + 1).with_hint("convert the file to UTF-8")
    })
}

fn table(source: impl Read, delimiter: u8, registry: &mut Registry, mut report: impl FnMut(Fault)) -> Result<(), Error> {
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter).quoting(delimiter == b',').flexible(true).has_headers(false).from_reader(source);
    let mut row = csv::ByteRecord::new();
    if !rows.read_byte_record(&mut row).map_err(unreadable)? {
        return Err(Error::new("the table is empty").with_hint("give it a header with the columns `id` and `name`"));
    }
    let header: Vec<String> =
        row.iter().map(|cell| String::from_utf8_lossy(cell).trim_start_matches('\u{FEFF}').trim().to_string()).collect();
    let column = |wanted: &str| {
        header.iter().position(|c| c.eq_ignore_ascii_case(wanted)).ok_or_else(|| {
            let listed: Vec<String> = header.iter().map(|c| format!("`{c}`")).collect();
            Error::new(format!("the table has no column `{wanted}`")).with_hint(format!("its columns are {}", listed.join(", ")))
        })
    };
    let (id, name) = (column("id")?, column("name")?);
    while rows.read_byte_record(&mut row).map_err(unreadable)? {
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |place: usize| row.get(place).map_or(Ok(""), |cell| utf8(cell).map_err(|e| Error::new(e.to_string())));
        let added = cell(id).and_then(|id| cell(name).map(|name| (id, name))).and_then(|(id, name)| {
            registry.add(id.trim(), [name.to_string()]).map_err(|error| match row.len() {
                n if n < header.len() => Error::new(format!("the row ends before the column, after {n} of {} cells", header.len())),
                _ => error,
            })
        });
        if let Err(error) = added {
            report(Fault { line, error });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(text: &[u8], format: Format) -> (Registry, Vec<(u64, String, Option<usize>)>) {
        let (mut registry, mut faults) = (Registry::new(), Vec::new());
        read(text, format, &mut registry, |f| faults.push((f.line, f.error.to_string(), f.error.column()))).unwrap();
        (registry, faults)
    }

    #[test]
    fn json_in_its_three_forms() {
        let text = concat!(
            "\u{FEFF}{\"id\":\"a\",\"names\":[\"Qays al-Khazali\"]}\n\n",
            "{\"id\":7,\"name\":\"Falih al-Fayyad\"}\r\n",
            "{\"id\":\"f\",\"schema\":\"Person\",\"properties\":{\"alias\":[\"محمد\"],\"country\":[\"iq\"]}}\n",
            "{\"id\":\"s\",\"schema\":\"Sanction\",\"properties\":{\"country\":[\"iq\"]}}",
        );
        let (registry, faults) = import(text.as_bytes(), Format::JsonLines);
        assert_eq!((registry.len(), faults), (3, vec![]));
    }

    #[test]
    fn a_faulty_row_is_told_by_its_place_and_the_rest_is_used() {
        let text = b"{\"id\":\"a\",\"name\":\"Qays\"}\n{\"id\":\"\xD9\x82\" oops}\n{\"name\":\"x\"}\n{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{}}\n{\"id\":\"\xFF\"}\n{\"id\":\"b\",\"name\":\"Falih\"}";
        let (registry, faults) = import(text, Format::JsonLines);
        assert_eq!(registry.len(), 2);
        let places: Vec<_> = faults.iter().map(|(line, _, column)| (*line, *column)).collect();
        assert_eq!(places, [(2, Some(11)), (3, None), (4, None), (5, Some(8))]);
    }

    #[test]
    fn a_table_in_any_case_and_order() {
        let (registry, faults) = import(b"\xEF\xBB\xBFNAME\tnote\tId\nQays\t\"\ta\nFalih\t\"\ta\nX\n", Format::Tsv);
        assert_eq!(registry.len(), 1);
        assert_eq!(faults, [(4, "the row ends before the column, after 1 of 3 cells".to_string(), None)]);
    }

    #[test]
    fn a_table_without_its_columns_is_refused() {
        let error = read(&b"id,nom\n"[..], Format::Csv, &mut Registry::new(), |_| {}).unwrap_err();
        assert_eq!(error.to_string(), "the table has no column `name`");
        assert_eq!(error.hint(), Some("its columns are `id`, `nom`"));
        assert!(Format::of(Path::new("people.xlsx")).is_err());
    }
}
