//! The page of one scheme: its letters, its rules, its options, what it cannot tell apart, and names in it.

use crate::output::{Cell, Output, Shape};
use crate::terminal::{on_a_seat, width};
use anstyle::{AnsiColor, Style};
use nasab::{Letter, Loss, Name, Place, Scheme, Source};
use std::io;

/// Columns of the alphabet; more do not fit a page of eighty letters.
const ACROSS: usize = 5;
/// The page is no wider.
const WIDE: usize = 88;
/// Names in every page: they show the article, sun letters, hamza, ʿayn, ة and ى.
const EXAMPLES: [&str; 6] = ["قيس الخزعلي", "محمد شياع السوداني", "فاطمة الزهراء", "مصطفى الكاظمي", "أبو الفضل بن أدهم", "نور الدين"];

pub(super) fn show(scheme: Scheme, output: &mut Output) -> io::Result<()> {
    facts(scheme, output)?;
    let vowel = |l: &Letter| l.arabic.starts_with(|c| matches!(c, '\u{64B}'..='\u{652}' | '\u{670}')) || l.context == "long";
    let written: Vec<Letter> = scheme.letters().filter(|l| !l.context.starts_with("read")).collect();
    let (vowels, letters): (Vec<Letter>, Vec<Letter>) = written.into_iter().partition(vowel);
    alphabet("Letters", &letters, output)?;
    alphabet("Vowels and signs", &vowels, output)?;
    let read: Vec<Letter> = scheme.letters().filter(|l| l.context.starts_with("read")).collect();
    alphabet("Read as well", &read, output)?;
    let noted: Vec<Vec<Cell>> = scheme
        .letters()
        .filter(|l| !l.note.is_empty())
        .map(|l| vec![on_a_seat(l.arabic).into(), on_a_seat(l.roman).into(), l.note.into()])
        .collect();
    section("Notes", noted, output)?;
    let options = scheme.options().map(|o| vec![label(&format!("{}:{}", scheme.label(), o.name)), o.settings.into(), o.source.into()]);
    section("Options", options.collect(), output)?;
    losses(scheme, output)?;
    let examples =
        EXAMPLES.iter().filter_map(|arabic| Some(vec![Name::read(arabic, Source::Auto).ok()?.write(scheme).into(), (*arabic).into()]));
    section("Names", examples.collect(), output)
}

fn label(text: &str) -> Cell {
    Cell::styled(text, AnsiColor::Cyan.on_default())
}

fn section(title: &str, rows: Vec<Vec<Cell>>, output: &mut Output) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    heading(title, output)?;
    output.columns(&rows.into_iter().map(indented).collect::<Vec<_>>())
}

fn heading(title: &str, output: &mut Output) -> io::Result<()> {
    output.line("", Shape::Line)?;
    output.columns(&[vec![Cell::styled(title, Style::new().bold())]])
}

fn indented(mut row: Vec<Cell>) -> Vec<Cell> {
    row.insert(0, Cell::default());
    row
}

fn facts(scheme: Scheme, output: &mut Output) -> io::Result<()> {
    let reversible = if scheme.reversible() { "yes" } else { "no: see what it cannot tell apart" };
    let mut rows = vec![
        vec![label("scheme"), scheme.to_string().into()],
        vec![label("title"), scheme.title().into()],
        vec![label("edition"), scheme.edition().into()],
        vec![label("source"), scheme.source().into()],
        vec![label("reversible"), reversible.into()],
    ];
    for (place, line) in folded(scheme.unverified(), WIDE - 14).into_iter().enumerate() {
        rows.push(vec![if place == 0 { label("not confirmed") } else { Cell::default() }, line.into()]);
    }
    output.columns(&rows)
}

/// Letters in the order of the table, read down the columns; a second sign of a letter stands with its context.
fn alphabet(title: &str, letters: &[Letter], output: &mut Output) -> io::Result<()> {
    if letters.is_empty() {
        return Ok(());
    }
    heading(title, output)?;
    let entry = |l: &Letter| {
        let context = match l.context {
            "pausa" => " at the end",
            "construct" => " governing",
            "long" | "read-long" => " long",
            _ => "",
        };
        let roman = if l.roman.is_empty() { "–".to_string() } else { on_a_seat(l.roman).into_owned() };
        (on_a_seat(l.arabic).into_owned(), format!("{roman}{context}"))
    };
    let entries: Vec<(String, String)> = letters.iter().map(entry).collect();
    let down = entries.len().div_ceil(ACROSS);
    let rows: Vec<Vec<Cell>> = (0..down)
        .map(|row| {
            let cells = (0..ACROSS).filter_map(|column| entries.get(column * down + row));
            indented(
                cells
                    .flat_map(|(arabic, roman)| [arabic.clone().into(), Cell::styled(roman.clone(), Style::new().bold()), Cell::default()])
                    .collect(),
            )
        })
        .collect();
    output.columns(&rows)
}

fn losses(scheme: Scheme, output: &mut Output) -> io::Result<()> {
    let losses = scheme.losses();
    if losses.is_empty() {
        return Ok(());
    }
    let said = |l: &Loss| match (l.other.as_str(), l.written.as_str()) {
        ("", _) => format!("{} is not written", on_a_seat(&l.one)),
        (other, written) => format!("{} and {} are {}", on_a_seat(&l.one), on_a_seat(other), on_a_seat(written)),
    };
    heading("What it cannot tell apart", output)?;
    for (place, title) in [(Place::Anywhere, "anywhere"), (Place::End, "at the end")] {
        let all: Vec<String> = losses.iter().filter(|l| l.place == place).map(said).collect();
        for (number, line) in folded(&all.join("; "), WIDE - 14).into_iter().enumerate() {
            let head = if number == 0 { title } else { "" };
            output.columns(&[indented(vec![format!("{head:10}").into(), line.into()])])?;
        }
    }
    Ok(())
}

/// Text in lines of at most `wide` columns, broken at blanks.
fn folded(text: &str, wide: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= wide => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}
