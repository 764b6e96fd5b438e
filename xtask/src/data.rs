//! Tables of data: a header line, then rows with tabs between, no quoting.

use std::path::Path;

pub struct Table {
    path: String,
    header: Vec<String>,
    text: String,
}

impl Table {
    pub fn read(path: &Path) -> Result<Table, String> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let header = text.lines().next().unwrap_or("").split('\t').map(str::to_string).collect();
        Ok(Table { path: path.display().to_string(), header, text })
    }

    pub fn column(&self, name: &str) -> Result<usize, String> {
        self.header.iter().position(|h| h == name).ok_or(format!("{}: no column `{name}`", self.path))
    }

    pub fn rows(&self) -> impl Iterator<Item = Vec<&str>> {
        self.text.lines().skip(1).map(|l| l.split('\t').collect())
    }
}

pub fn cell<'a>(row: &[&'a str], column: usize) -> &'a str {
    row.get(column).copied().unwrap_or("")
}

/// The person of a name's id: `person:number`.
pub fn person(id: &str) -> &str {
    id.rsplit_once(':').map_or(id, |(person, _)| person)
}
