//! Files of people as they are: JSON lines, CSV and TSV.
//!
//! A file enters; its rows are handed out as [`Entity`], one at a time. A row that cannot be used is handed
//! to the caller as a [`Fault`] with its line, and the rest is used: a list of a million people is
//! not refused for one of them. A wrong fact is a fault too, and the names of its row are used all the same.
//! What is refused is a table without the columns `id` and `name`.
//!
//! | format | a row |
//! |---|---|
//! | JSON lines | `{"id","names":[..]}`, `{"id","name"}`, with facts and `"merged":[..]`; or a FollowTheMoney entity |
//! | CSV, TSV | columns `id` and `name` in any case, and columns of facts; `;` stands between two values of a fact |
//!
//! Facts have the names that [`Facts::add`] knows.
//!
//! ```
//! use nasab::entity::import::{Format, read};
//! let table = "ID,Name,Born\nq1,Qays al-Khazali,1974\nq1,قيس الخزعلي,\n,nobody,\n";
//! let (mut names, mut faults) = (Vec::new(), Vec::new());
//! let take = |_line, entity: nasab::entity::Entity| { names.extend(entity.names); Ok(()) };
//! read(table.as_bytes(), Format::Csv, take, |fault| faults.push(fault)).unwrap();
//! assert_eq!((names.len(), faults.len(), faults[0].line), (2, 1, 4));
//! ```

use super::Entity;
use super::quotes::Quotes;
use crate::error::Error;
use crate::matching::Facts;
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
                .with_hint("a list ends in `.jsonl`, `.csv` or `.tsv`; `nasab registry create` makes a registry")),
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

/// An entity, and what was wrong with its facts.
type Row = (Entity, Option<Error>);

/// Hands a file's entities to `take`, each with the line on which its row begins, and its faulty rows to `report`.
///
/// One row is held at a time. A row has at most one fault.
///
/// # Errors
/// The file cannot be read, or is a table without the columns `id` and `name`; and the error with which `take` ends
/// the reading.
pub fn read(
    source: impl Read,
    format: Format,
    mut take: impl FnMut(u64, Entity) -> Result<(), Error>,
    mut report: impl FnMut(Fault),
) -> Result<(), Error> {
    let mut hand = |line, row: Result<Option<Row>, Error>| {
        let (entity, fault) = match row {
            Ok(None) => (None, None),
            Ok(Some((entity, fault))) => (Some(entity), fault),
            Err(error) => (None, Some(error)),
        };
        if let Some(error) = fault {
            report(Fault { line, error });
        }
        entity.map_or(Ok(()), |entity| take(line, entity))
    };
    match format {
        Format::JsonLines => json_lines(source, &mut hand),
        Format::Csv => table(source, b',', &mut hand),
        Format::Tsv => table(source, b'\t', &mut hand),
    }
}

/// What becomes of a row of a line.
type Hand<'a> = dyn FnMut(u64, Result<Option<Row>, Error>) -> Result<(), Error> + 'a;

fn unreadable(error: impl std::fmt::Display) -> Error {
    Error::new(format!("cannot be read: {error}"))
}

fn json_lines(source: impl Read, hand: &mut Hand<'_>) -> Result<(), Error> {
    let mut source = BufReader::new(source);
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if source.by_ref().take(LONGEST_ROW).read_until(b'\n', &mut bytes).map_err(unreadable)? == 0 {
            break;
        }
        let row = bytes.strip_prefix(b"\xEF\xBB\xBF").filter(|_| line == 1).unwrap_or(&bytes);
        let found = match row {
            _ if bytes.len() as u64 == LONGEST_ROW && !bytes.ends_with(b"\n") => {
                source.skip_until(b'\n').map_err(unreadable)?;
                Err(Error::new("a row of more than 16 MiB is skipped").with_hint("give one JSON object a line"))
            }
            _ if row.trim_ascii().is_empty() => Ok(None),
            _ => entity(row),
        };
        hand(line, found)?;
    }
    Ok(())
}

/// The entity of a JSON row; `None` for a FollowTheMoney entity that is no identity.
fn entity(row: &[u8]) -> Result<Option<Row>, Error> {
    let text = utf8(row)?;
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|e| not_json(text, &e))?;
    let id = match object.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(Error::new("no id").with_hint("give every row an \"id\"")),
    };
    let mut names = Vec::new();
    let (mut facts, mut fault) = (Facts::default(), None);
    if let Some(Value::Object(properties)) = object.get("properties") {
        for property in NAMING {
            strings(properties.get(property), &mut names);
        }
        let schema = object.get("schema").and_then(Value::as_str).unwrap_or_default();
        if names.is_empty() && !NAMED.contains(&schema) {
            return Ok(None);
        }
        known(properties, &mut facts, &mut fault);
    }
    strings(object.get("names"), &mut names);
    strings(object.get("name"), &mut names);
    known(&object, &mut facts, &mut fault);
    let mut entity = Entity::new(&id, names)?;
    entity.facts = facts;
    strings(object.get("merged"), &mut entity.merged);
    Ok(Some((entity, fault)))
}

fn strings(value: Option<&Value>, names: &mut Vec<String>) {
    match value {
        Some(Value::String(name)) => names.push(name.clone()),
        Some(Value::Array(list)) => names.extend(list.iter().filter_map(Value::as_str).map(str::to_string)),
        _ => {}
    }
}

/// Takes in what an object says of a person beside the names; the first fact that is none becomes the fault.
fn known(object: &Map<String, Value>, facts: &mut Facts, fault: &mut Option<Error>) {
    for (name, value) in object.iter().filter(|(name, _)| Facts::is_fact(name)) {
        let values = match value {
            Value::Array(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values {
            let added = match value {
                Value::Null => Ok(()),
                Value::String(text) => learn(facts, name, text),
                Value::Number(number) => learn(facts, name, &number.to_string()),
                _ => Err(Error::new(format!("`{name}` is neither text nor a number"))),
            };
            if let Err(error) = added {
                fault.get_or_insert(error);
            }
        }
    }
}

/// Takes in a fact; an empty one says nothing.
fn learn(facts: &mut Facts, name: &str, value: &str) -> Result<(), Error> {
    if value.trim().is_empty() { Ok(()) } else { facts.add(name, value) }
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

fn table(source: impl Read, delimiter: u8, hand: &mut Hand<'_>) -> Result<(), Error> {
    let quoting = delimiter == b',';
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter).quoting(quoting).flexible(true).has_headers(false).from_reader(Quotes::new(source));
    let mut row = csv::ByteRecord::new();
    if !rows.read_byte_record(&mut row).map_err(unreadable)? {
        return Err(Error::new("the table is empty").with_hint("give it a header with the columns `id` and `name`"));
    }
    let header = Header::read(&row)?;
    while rows.read_byte_record(&mut row).map_err(unreadable)? {
        let line = row.position().map_or(0, csv::Position::line);
        let cut = quoting && rows.get_ref().are_open();
        let found = if cut {
            Err(Error::new("the file ends inside of quotes").with_hint("it was cut off, or a quote is not closed"))
        } else {
            header.entity(&row).map(Some)
        };
        hand(line, found)?;
    }
    Ok(())
}

/// Where the columns of a table are.
struct Header {
    id: usize,
    name: usize,
    facts: Vec<(usize, String)>,
    width: usize,
}

impl Header {
    fn read(row: &csv::ByteRecord) -> Result<Header, Error> {
        let columns: Vec<String> =
            row.iter().map(|cell| String::from_utf8_lossy(cell).trim_start_matches('\u{FEFF}').trim().to_string()).collect();
        let column = |wanted: &str| {
            columns.iter().position(|c| c.eq_ignore_ascii_case(wanted)).ok_or_else(|| {
                let listed: Vec<String> = columns.iter().map(|c| format!("`{c}`")).collect();
                Error::new(format!("the table has no column `{wanted}`")).with_hint(format!("its columns are {}", listed.join(", ")))
            })
        };
        let (id, name) = (column("id")?, column("name")?);
        let facts = columns.iter().cloned().enumerate().filter(|(_, column)| Facts::is_fact(column)).collect();
        Ok(Header { id, name, facts, width: columns.len() })
    }

    fn entity(&self, row: &csv::ByteRecord) -> Result<Row, Error> {
        let cell = |place: usize| row.get(place).map_or(Ok(""), |cell| utf8(cell).map_err(|e| Error::new(e.to_string())));
        let (id, name) = (cell(self.id)?, cell(self.name)?);
        let mut entity = Entity::new(id, [name.to_string()]).map_err(|error| match row.len() {
            n if n < self.width => Error::new(format!("the row ends before the column, after {n} of {} cells", self.width)),
            _ => error,
        })?;
        let mut fault = None;
        for (place, fact) in &self.facts {
            let added = cell(*place).and_then(|cell| cell.split(';').try_for_each(|value| learn(&mut entity.facts, fact, value)));
            if let Err(error) = added {
                fault.get_or_insert(error);
            }
        }
        Ok((entity, fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = Vec<(u64, String, Option<usize>)>;

    fn import(text: &[u8], format: Format) -> (Vec<Entity>, Told) {
        let (mut entities, mut faults) = (Vec::new(), Vec::new());
        let take = |_, entity| {
            entities.push(entity);
            Ok(())
        };
        read(text, format, take, |f| faults.push((f.line, f.error.to_string(), f.error.column()))).unwrap();
        (entities, faults)
    }

    fn ids(entities: &[Entity]) -> Vec<&str> {
        entities.iter().map(|entity| entity.id.as_str()).collect()
    }

    #[test]
    fn json_in_its_three_forms() {
        let text = concat!(
            "\u{FEFF}{\"id\":\"a\",\"names\":[\"Qays al-Khazali\"]}\n\n",
            "{\"id\":7,\"name\":\"Falih al-Fayyad\"}\r\n",
            "{\"id\":\"f\",\"schema\":\"Person\",\"properties\":{\"alias\":[\"محمد\"],\"country\":[\"iq\"]}}\n",
            "{\"id\":\"s\",\"schema\":\"Sanction\",\"properties\":{\"country\":[\"iq\"]}}",
        );
        let (entities, faults) = import(text.as_bytes(), Format::JsonLines);
        assert_eq!((ids(&entities), faults), (vec!["a", "7", "f"], vec![]));
        assert_eq!(entities[2].facts, "country=iq".parse().unwrap());
    }

    #[test]
    fn facts_as_text_numbers_and_lists() {
        let text = concat!(
            "{\"id\":\"a\",\"name\":\"Qays\",\"born\":1974,\"died\":[\"2020-01-03\",2021],\"gender\":\"male\",\"countries\":[\"IQ\",\"ir\"],\"merged\":[\"b\"]}\n",
            "{\"id\":\"f\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Qays\"],\"birthDate\":[\"1974\"],\"citizenship\":[\"iq\"],\"gender\":[]}}\n",
        );
        let (entities, faults) = import(text.as_bytes(), Format::JsonLines);
        assert_eq!(faults, vec![]);
        assert_eq!(entities[0].facts, "born=1974,died=2020,died=2021,gender=male,country=iq,country=ir".parse().unwrap());
        assert_eq!((entities[0].merged.as_slice(), &entities[1].facts), (&["b".to_string()][..], &"born=1974,country=iq".parse().unwrap()));
        // What an entity is written as, it is read from.
        let written = serde_json::to_string(&entities[0]).unwrap();
        assert_eq!(import(written.as_bytes(), Format::JsonLines).0, entities[..1]);
        let (entities, faults) = import(b"id,name,Birth date,sex\n1,Qays,1974-06-20; 1975,M\n2,Falih,,\n", Format::Csv);
        assert_eq!((faults, &entities[0].facts), (vec![], &"born=1974,born=1975,gender=male".parse().unwrap()));
        assert!(entities[1].facts.is_empty());
    }

    #[test]
    fn a_wrong_fact_is_told_and_the_names_are_used() {
        let (entities, faults) = import(b"id\tname\tborn\tgender\n1\tQays\tsoon\tx\n2\tFalih\t1956\t\xFF\n", Format::Tsv);
        assert_eq!(faults, [(2, "`soon` has no year".to_string(), None), (3, "not UTF-8".to_string(), None)]);
        assert_eq!((ids(&entities), &entities[1].facts), (vec!["1", "2"], &"born=1956".parse().unwrap()));
        let (entities, faults) = import(b"{\"id\":\"a\",\"name\":\"Qays\",\"born\":true}", Format::JsonLines);
        assert_eq!((ids(&entities), faults[0].1.as_str()), (vec!["a"], "`born` is neither text nor a number"));
    }

    #[test]
    fn who_takes_can_end_the_reading() {
        let mut taken = 0;
        let take = |line, _| {
            taken += 1;
            if line == 3 { Err(Error::new("full")) } else { Ok(()) }
        };
        let ended = read(&b"id,name\na,A\nb,B\nc,C\n"[..], Format::Csv, take, |_| {});
        assert_eq!((ended, taken), (Err(Error::new("full")), 2));
    }

    #[test]
    fn a_faulty_row_is_told_by_its_place_and_the_rest_is_used() {
        let text = b"{\"id\":\"a\",\"name\":\"Qays\"}\n{\"id\":\"\xD9\x82\" oops}\n{\"name\":\"x\"}\n{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{}}\n{\"id\":\"\xFF\"}\n{\"id\":\"b\",\"name\":\"Falih\"}";
        let (entities, faults) = import(text, Format::JsonLines);
        assert_eq!(ids(&entities), ["a", "b"]);
        let places: Vec<_> = faults.iter().map(|(line, _, column)| (*line, *column)).collect();
        assert_eq!(places, [(2, Some(11)), (3, None), (4, None), (5, Some(8))]);
    }

    #[test]
    fn a_table_in_any_case_and_order() {
        let (entities, faults) = import(b"\xEF\xBB\xBFNAME\tnote\tId\nQays\t\"\ta\nFalih\t\"\ta\nX\n", Format::Tsv);
        assert_eq!(ids(&entities), ["a", "a"]);
        assert_eq!(faults, [(4, "the row ends before the column, after 1 of 3 cells".to_string(), None)]);
    }

    #[test]
    fn a_table_without_its_columns_is_refused() {
        let error = read(&b"id,nom\n"[..], Format::Csv, |_, _| Ok(()), |_| {}).unwrap_err();
        assert_eq!(error.to_string(), "the table has no column `name`");
        assert_eq!(error.hint(), Some("its columns are `id`, `nom`"));
        assert!(Format::of(Path::new("people.xlsx")).is_err());
    }
}
