//! `nasab variants`: the spellings of a name that are worth searching for.

use super::{Answer, Context, Failure, arabic, json, notes, read, stream};
use crate::answer::Spellings;
use crate::cli::variants::{Variants, VariantsFormat};
use crate::input::{Input, Line};
use crate::output::Shape;
use nasab::variants::{Region, parts, variants};
use nasab::{Name, Scheme, Source};

/// More spellings than this say nothing that a search could use.
const MOST: usize = 10_000;

pub(super) fn run(args: Variants, context: &mut Context) -> Result<u8, Failure> {
    let arabic = arabic()?;
    let regions: Vec<Region> = args.region.iter().map(|label| Region::find(label.trim())).collect::<Result<_, _>>()?;
    let limit = args.limit.min(MOST);
    let mut input = Input::names(args.input.names, args.input.file.as_deref())?;
    let shape = if args.format == VariantsFormat::Jsonl { Shape::Json } else { Shape::Line };
    stream(&mut input, shape, context, |line| answer(line, &regions, limit, args.format, arabic))?;
    Ok(0)
}

fn answer(line: &Line, regions: &[Region], limit: usize, format: VariantsFormat, arabic: Scheme) -> Answer {
    let (text, name) = match read(line, Source::Auto) {
        Ok(found) => found,
        Err((text, error)) => {
            let text = if format == VariantsFormat::Jsonl { json(&Spellings::none(text)) } else { String::new() };
            return Answer::refused(text, line.number, error);
        }
    };
    let texts = || variants(&name, regions, limit).into_iter().map(|v| v.text);
    let text = match format {
        VariantsFormat::Text => texts().collect::<Vec<_>>().join("\n"),
        VariantsFormat::Query => query(&name, regions, limit),
        VariantsFormat::Regex => pattern(&name, regions, limit),
        VariantsFormat::Jsonl => json(&Spellings::new(text, &name, regions, limit, arabic)),
    };
    Answer { text, findings: notes(&name, line.number) }
}

/// Each word one of its spellings, and all words.
fn query(name: &Name, regions: &[Region], limit: usize) -> String {
    let phrase = |text: &String| format!("\"{}\"", text.replace('"', ""));
    let word = |spellings: Vec<String>| format!("({})", spellings.iter().map(phrase).collect::<Vec<_>>().join(" OR "));
    parts(name, regions, limit).into_iter().map(word).collect::<Vec<_>>().join(" AND ")
}

/// Each word one of its spellings, blanks and hyphens between them as they come.
fn pattern(name: &Name, regions: &[Region], limit: usize) -> String {
    let escaped = |text: &str| -> String {
        let letter = |c: char| match c {
            ' ' | '-' => "[ -]?".to_string(),
            c if c.is_alphanumeric() => c.to_string(),
            c => format!("\\{c}"),
        };
        text.chars().map(letter).collect()
    };
    let word = |spellings: Vec<String>| {
        let mut all: Vec<String> = spellings.iter().map(|s| escaped(s)).collect();
        all.sort_unstable();
        all.dedup();
        format!("({})", all.join("|"))
    };
    parts(name, regions, limit).into_iter().map(word).collect::<Vec<_>>().join("[ -]+")
}
