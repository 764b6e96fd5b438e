//! Table files to rows that know their file and line.
//!
//! A file is UTF-8: `# key: value` lines, one line of column names, then rows with tabs
//! between the columns. Empty lines and lines that start with `##` are passed over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One table file.
pub struct Table {
    pub path: PathBuf,
    pub header: BTreeMap<String, String>,
    pub rows: Vec<Row>,
}

/// One row; `cells` has every column of the file, empty where the row ends early.
pub struct Row {
    pub place: String,
    pub cells: BTreeMap<String, String>,
}

impl Row {
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Every `.tsv` of a folder in the order of their names.
pub fn folder(folder: &Path, needed: &[&str]) -> Result<Vec<Table>, Vec<String>> {
    let listing = std::fs::read_dir(folder).map_err(|e| vec![format!("{}: {e}", folder.display())])?;
    let mut paths: Vec<PathBuf> =
        listing.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension().is_some_and(|e| e == "tsv")).collect();
    paths.sort();
    let (mut tables, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        match file(&path, needed) {
            Ok(table) => tables.push(table),
            Err(mut wrong) => errors.append(&mut wrong),
        }
    }
    if errors.is_empty() { Ok(tables) } else { Err(errors) }
}

/// One file.
pub fn file(path: &Path, needed: &[&str]) -> Result<Table, Vec<String>> {
    let text = std::fs::read_to_string(path).map_err(|e| vec![format!("{}: {e}; write the file as UTF-8", path.display())])?;
    table(path, &text, needed)
}

fn table(path: &Path, text: &str, needed: &[&str]) -> Result<Table, Vec<String>> {
    let mut header = BTreeMap::new();
    let mut columns: Vec<String> = Vec::new();
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().enumerate() {
        let place = format!("{}:{}", path.display(), number + 1);
        if line.trim().is_empty() || line.starts_with("##") {
            continue;
        }
        if let Some(note) = line.strip_prefix("# ") {
            match note.split_once(':') {
                _ if !columns.is_empty() => errors.push(format!("{place}: a header line after the column names; move it up")),
                Some((key, value)) => {
                    if header.insert(key.trim().to_string(), value.trim().to_string()).is_some() {
                        errors.push(format!("{place}: header `{}` stands twice; keep one", key.trim()));
                    }
                }
                None => errors.push(format!("{place}: a header line is `# key: value`; a comment starts with `##`")),
            }
        } else if columns.is_empty() {
            columns = line.split('\t').map(|c| c.trim().to_string()).collect();
            for need in needed {
                if !columns.iter().any(|c| c == need) {
                    errors.push(format!("{place}: no column `{need}` among the column names; add it"));
                }
            }
        } else {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() > columns.len() {
                errors.push(format!("{place}: {} cells under {} column names; take the tabs out", cells.len(), columns.len()));
            }
            let cells = columns.iter().enumerate().map(|(i, c)| (c.clone(), cells.get(i).unwrap_or(&"").trim().to_string())).collect();
            rows.push(Row { place, cells });
        }
    }
    if !header.contains_key("source") {
        errors.push(format!("{}:1: no header `# source: ...`; say where the rows come from", path.display()));
    }
    if errors.is_empty() { Ok(Table { path: path.to_path_buf(), header, rows }) } else { Err(errors) }
}
