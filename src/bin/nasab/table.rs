//! Tables: one column is read, one is added, and the rest comes out as it was.
//!
//! A row is never parsed and written again: quoting, spacing, number formats and key order are the
//! owner's, and a table under version control must differ in the new column alone. So cells are
//! found by their place in the text, which the csv crate does not tell, and the answer is put at
//! the end of the row. The places also let a report name the column of a letter.

use nasab::Error;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::ops::Range;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Comma-separated with quoting, and a header.
    Csv,
    /// Tab-separated without quoting, and a header.
    Tsv,
    /// One JSON object a line.
    JsonLines,
}

/// What a row has in the column.
#[derive(Debug, PartialEq)]
pub enum Names {
    /// Nothing.
    None,
    /// A name, and where it begins.
    One(String, Start),
    /// The names of a JSON list.
    Many(Vec<String>),
}

/// Where a cell begins in its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Lines after the row's first.
    pub line: u64,
    /// Characters before it on that line; unknown in JSON.
    pub column: Option<usize>,
}

/// The column that is read and the one that is added.
#[derive(Debug)]
pub struct Columns {
    layout: Layout,
    column: String,
    added: String,
    place: usize,
    count: usize,
}

impl Columns {
    /// The columns of JSON lines, which have no header.
    pub fn of_json(column: &str, scheme: &str) -> Self {
        Columns { layout: Layout::JsonLines, column: column.to_string(), added: format!("{column}_{scheme}"), place: 0, count: 0 }
    }

    /// Finds the column in a header.
    ///
    /// # Errors
    /// There is no such column, or the one to be added is there.
    pub fn of_header(layout: Layout, header: &str, column: &str, scheme: &str) -> Result<Self, Error> {
        let names: Vec<Cow<'_, str>> = cells(header, layout).0.into_iter().map(|c| decode(header, c, layout)).collect();
        let place = names.iter().position(|name| name.trim() == column).ok_or_else(|| missing(column, names.iter().map(|n| n.trim())))?;
        let added = format!("{column}_{scheme}");
        if names.iter().any(|name| name.trim() == added) {
            return Err(taken(&added));
        }
        Ok(Columns { layout, column: column.to_string(), added, place, count: names.len() })
    }

    /// The header with the new column.
    pub fn header(&self, header: &str) -> String {
        self.joined(header, &self.added)
    }

    /// What a row has in the column.
    ///
    /// # Errors
    /// The row is no row of this table.
    pub fn names(&self, row: &str) -> Result<Names, Error> {
        if self.layout == Layout::JsonLines {
            return self.json_names(row);
        }
        let (cells, open) = cells(row, self.layout);
        if open {
            return Err(Error::new("a quote is not closed"));
        }
        if cells.len() != self.count && !row.is_empty() {
            return Err(Error::new(format!("{} in the row, {} in the header", counted(cells.len()), self.count)));
        }
        let Some(cell) = cells.get(self.place).cloned() else { return Ok(Names::None) };
        let before = row.get(..cell.start).unwrap_or_default();
        let quote = usize::from(row.get(cell.start..).is_some_and(|c| self.layout == Layout::Csv && c.starts_with('"')));
        let start = Start {
            line: before.matches('\n').count() as u64,
            column: Some(before.rsplit('\n').next().unwrap_or_default().chars().count() + quote),
        };
        let name = decode(row, cell, self.layout);
        Ok(if name.trim().is_empty() { Names::None } else { Names::One(name.into_owned(), start) })
    }

    fn json_names(&self, row: &str) -> Result<Names, Error> {
        let object = object(row)?;
        if object.contains_key(&self.added) {
            return Err(taken(&self.added));
        }
        let no_name = || Error::new(format!("`{}` is neither a text nor a list of texts", self.column));
        match object.get(&self.column) {
            Some(Value::String(name)) if name.trim().is_empty() => Ok(Names::None),
            Some(Value::String(name)) => Ok(Names::One(name.clone(), Start::default())),
            Some(Value::Array(list)) => {
                let names: Option<Vec<String>> = list.iter().map(|v| v.as_str().map(str::to_string)).collect();
                names.map(Names::Many).ok_or_else(no_name)
            }
            Some(Value::Null) => Ok(Names::None),
            Some(_) => Err(no_name()),
            None => Err(missing(&self.column, object.keys().map(String::as_str))),
        }
    }

    /// The row with its answers: none, one, or one for each name of a list.
    pub fn answered(&self, row: &str, answers: Option<&[String]>, list: bool) -> String {
        let one = answers.and_then(<[String]>::first).map_or("", String::as_str);
        if self.layout != Layout::JsonLines {
            return if row.is_empty() { String::new() } else { self.joined(row, one) };
        }
        let value = match answers {
            None => Value::Null,
            Some(all) if list => Value::from(all),
            Some(_) => Value::from(one),
        };
        let trimmed = row.trim_end();
        let Some(open) = trimmed.strip_suffix('}').filter(|_| object(row).is_ok_and(|o| !o.contains_key(&self.added))) else {
            return row.to_string();
        };
        let comma = if open.trim_end().ends_with('{') { "" } else { "," };
        format!("{open}{comma}{}:{value}}}", Value::from(self.added.as_str()))
    }

    /// A row with a cell more; a short row is filled up, so that the cell stands in its column.
    fn joined(&self, row: &str, answer: &str) -> String {
        let short = self.count.saturating_sub(cells(row, self.layout).0.len());
        let delimiter = if self.layout == Layout::Csv { "," } else { "\t" };
        let answer = match self.layout {
            Layout::Csv => quoted(answer),
            _ => one_cell(answer),
        };
        format!("{row}{}{answer}", delimiter.repeat(short + 1))
    }
}

/// Text that fits into a cell of TSV.
pub fn one_cell(text: &str) -> Cow<'_, str> {
    if text.contains(['\t', '\n', '\r']) { Cow::Owned(text.replace(['\t', '\n', '\r'], " ")) } else { Cow::Borrowed(text) }
}

fn counted(cells: usize) -> String {
    format!("{cells} cell{}", if cells == 1 { "" } else { "s" })
}

fn missing<'a>(column: &str, there: impl Iterator<Item = &'a str>) -> Error {
    let listed: Vec<String> = there.map(|name| format!("`{name}`")).collect();
    let error = Error::new(format!("there is no column `{column}`"));
    if listed.is_empty() { error } else { error.with_hint(format!("the columns are {}", listed.join(", "))) }
}

fn taken(added: &str) -> Error {
    Error::new(format!("the column `{added}` is in the table already")).with_hint("take it out or rename it")
}

fn object(row: &str) -> Result<Map<String, Value>, Error> {
    serde_json::from_str(row).map_err(|e| {
        let said = e.to_string();
        // serde_json counts bytes; people count characters.
        let column = row.bytes().take(e.column().saturating_sub(1)).filter(|b| b & 0xC0 != 0x80).count() + 1;
        let said = said.split(" at line ").next().unwrap_or_default();
        Error::new(format!("not a JSON object: {said}")).with_column(column).with_hint("give one JSON object a line")
    })
}

/// Where in a CSV row a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// Before the first byte of a cell, where alone a quote opens.
    CellStart,
    /// Outside quotes.
    Plain,
    /// Inside them.
    Quoted,
    /// After a quote inside quotes: the end of them, or the first of two.
    Closing,
}

impl Quoting {
    /// The state after a byte.
    pub fn after(self, byte: u8) -> Quoting {
        match (self, byte) {
            (Quoting::Quoted, b'"') => Quoting::Closing,
            (Quoting::Quoted, _) | (Quoting::CellStart | Quoting::Closing, b'"') => Quoting::Quoted,
            (_, b',') => Quoting::CellStart,
            _ => Quoting::Plain,
        }
    }
}

/// A cell of CSV, in quotes where it needs them.
pub fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\n', '\r']) { Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\""))) } else { Cow::Borrowed(cell) }
}

/// The places of a row's cells, quotes included, and whether a quote stays open.
fn cells(row: &str, layout: Layout) -> (Vec<Range<usize>>, bool) {
    let delimiter = if layout == Layout::Csv { b',' } else { b'\t' };
    let (mut cells, mut start, mut state) = (Vec::new(), 0, Quoting::CellStart);
    for (at, byte) in row.bytes().enumerate() {
        if byte == delimiter && state != Quoting::Quoted {
            cells.push(start..at);
            start = at + 1;
        }
        if layout == Layout::Csv {
            state = state.after(byte);
        }
    }
    cells.push(start..row.len());
    (cells, state == Quoting::Quoted)
}

/// A cell's text without its quotes.
fn decode(row: &str, cell: Range<usize>, layout: Layout) -> Cow<'_, str> {
    let raw = row.get(cell).unwrap_or_default();
    if layout != Layout::Csv || !raw.starts_with('"') {
        return Cow::Borrowed(raw);
    }
    let (mut text, mut state) = (String::with_capacity(raw.len()), Quoting::CellStart);
    for c in raw.chars() {
        // A comma inside quotes does not end the cell, so that any byte does for other characters.
        let next = state.after(if c == '"' { b'"' } else { b'x' });
        if c != '"' || !matches!((state, next), (Quoting::CellStart, _) | (_, Quoting::Closing)) {
            text.push(c);
        }
        state = next;
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv() -> Columns {
        Columns::of_header(Layout::Csv, "id,\"name\" ,note", "name", "dmg").unwrap()
    }

    #[test]
    fn a_row_comes_out_as_it_was() {
        let row = "1,  \"no quote\" here,\"a \"\"b\"\"\nc\"";
        assert_eq!(csv().answered(row, Some(&["x".to_string()]), false), format!("{row},x"));
        assert_eq!(csv().answered(row, Some(&["x, \"y\"".to_string()]), false), format!("{row},\"x, \"\"y\"\"\""));
        let json = Columns::of_json("name", "dmg");
        let row = "{ \"n\": 1.50e3, \"name\" : \"x\" }";
        let expected = "{ \"n\": 1.50e3, \"name\" : \"x\" ,\"name_dmg\":\"y\"}";
        assert_eq!(json.answered(row, Some(&["y".to_string()]), false), expected);
        assert_eq!(json.answered("{}", None, false), "{\"name_dmg\":null}");
        assert_eq!(json.answered("{ }", Some(&["y".into()]), true), "{ \"name_dmg\":[\"y\"]}");
    }

    #[test]
    fn cells_are_found_with_their_place() {
        let one = |text: &str, line, column| Names::One(text.to_string(), Start { line, column: Some(column) });
        assert_eq!(csv().names("1,Qays,x").unwrap(), one("Qays", 0, 2));
        assert_eq!(csv().names("\"a\nb\",\"Qays \"\"Q\"\"\",x").unwrap(), one("Qays \"Q\"", 1, 4));
        assert_eq!(csv().names("1,5\" x,").unwrap(), one("5\" x", 0, 2));
        assert_eq!(csv().names("1, ,").unwrap(), Names::None);
        let tsv = Columns::of_header(Layout::Tsv, "name\tid", "name", "dmg").unwrap();
        assert_eq!(tsv.names("\"Qays\t1").unwrap(), one("\"Qays", 0, 0));
    }

    #[test]
    fn what_is_no_row_is_told() {
        for row in ["1,2", "1,2,3,4", "1,\"2,3"] {
            assert!(csv().names(row).is_err(), "{row}");
        }
        assert_eq!(csv().answered("1", None, false), "1,,,");
        let json = Columns::of_json("name", "dmg");
        let error = json.names("{\"id\":1,\"nom\":2}").unwrap_err();
        assert_eq!(error.hint(), Some("the columns are `id`, `nom`"));
        assert!(json.names("{\"name\":3}").is_err());
        assert!(json.names("{\"name\":\"a\",\"name_dmg\":1}").is_err());
        assert_eq!(json.names("{\"ق\": oops").unwrap_err().column(), Some(7));
        assert_eq!(json.answered("oops", None, false), "oops");
    }

    #[test]
    fn a_header_must_have_the_column_and_room_for_the_new_one() {
        let error = Columns::of_header(Layout::Csv, "id,nom", "name", "dmg").unwrap_err();
        assert_eq!((error.to_string(), error.hint()), ("there is no column `name`".into(), Some("the columns are `id`, `nom`")));
        assert!(Columns::of_header(Layout::Csv, "name,name_dmg", "name", "dmg").is_err());
    }
}
