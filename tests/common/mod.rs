//! Tables of test rows: `##` comments, a line of column names, rows with tabs between.
#![allow(dead_code, reason = "every test program uses its own part")]
// The helpers are test code too, which clippy sees only inside of `#[test]`.
#![allow(clippy::unwrap_used, clippy::panic)]

use nasab::Scheme;
use std::collections::BTreeMap;

pub type Row = BTreeMap<&'static str, &'static str>;

/// The rows of a file under `tests/data`.
pub fn rows(file: &str) -> Vec<Row> {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    // Rows live as long as the test program; that spares every row a lifetime.
    let text: &'static str = Box::leak(std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}")).into_boxed_str());
    let mut lines = text.lines().filter(|l| !l.starts_with("##") && !l.is_empty());
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let rows: Vec<Row> = lines.map(|l| columns.iter().copied().zip(l.split('\t')).collect()).collect();
    assert!(!rows.is_empty(), "{path} has no rows");
    rows
}

pub fn scheme(label: &str) -> Scheme {
    Scheme::find(label).unwrap()
}

/// A cell in which `\u{..}` stands for a sign that an editor would not show.
pub fn unescape(cell: &str) -> String {
    let mut pieces = cell.split("\\u{");
    let mut text = pieces.next().unwrap().to_string();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').unwrap_or_else(|| panic!("`}}` is missing in {cell}"));
        text.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap_or_else(|| panic!("no sign {code} in {cell}")));
        text.push_str(rest);
    }
    text
}

/// One man's name as nine sources spell it.
pub const ONE_MAN: [&str; 9] = [
    "قيس الخزعلي",
    "Qays al-Ḫazʿalī",
    "Qays al-Khazʻalī",
    "Qays al-Haz‘alī",
    "Qais al-Khazali",
    "Kais Khazaali",
    "Qaïs el-Khazaali",
    "AL-KHAZALI Qais",
    "Qays Hadi Sayyid Hasan al-Khazali",
];

/// The words of the lexicon, as the tables have them.
pub fn lexicon_words() -> Vec<nasab::hub::Word> {
    let folder = format!("{}/tables/lexicon", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "tsv")).collect();
    files.sort();
    let mut words = Vec::new();
    for file in files {
        for line in
            std::fs::read_to_string(&file).unwrap().lines().filter(|l| !l.starts_with('#') && !l.starts_with("form\t") && !l.is_empty())
        {
            let cells: Vec<&str> = line.split('\t').collect();
            let word = nasab::hub::Word::parse(cells.first().unwrap()).unwrap_or_else(|| panic!("{line}"));
            words.push(match cells.get(5).filter(|a| !a.is_empty()) {
                Some(arabic) => word.with_spelling(arabic),
                None => word,
            });
        }
    }
    assert!(words.len() > 10_000);
    words
}

/// Schemes that write what is heard, by a standard.
pub fn standards() -> Vec<Scheme> {
    let letters = ["arabic", "arabic-vocalised", "buckwalter", "safe-buckwalter", "hsb", "icao-9303", "iso-233"];
    Scheme::all().filter(|s| !s.is_habit() && !letters.contains(&s.label())).collect()
}
