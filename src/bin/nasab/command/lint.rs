//! `nasab lint`: what is wrong with the romanized names of a text.

use super::{Context, Failure, rounded};
use crate::answer::defect;
use crate::cli::document::{Lint, LintFormat};
use crate::config::Config;
use crate::failure::reason;
use crate::output::Shape;
use crate::replace::replace;
use crate::report::Place;
use crate::terminal;
use crate::text_file::TextFile;
use anstyle::{AnsiColor, Style};
use nasab::document::{Code, Finding, SURE, fixed, fixes, lint, prose, with_house};
use nasab::{Error, Scheme};
use serde_json::{Value, json};
use similar::TextDiff;
use std::io::Write;
use std::path::Path;

/// Characters of a line shown on each side of a finding.
const AROUND: usize = 36;

/// A text, what is wrong with it, and from which confidence on it is mended.
struct Linted {
    file: TextFile,
    found: Vec<Finding>,
    sure: f64,
}

impl Linted {
    fn new(path: &Path, args: &Lint, arabic: Option<&str>) -> Result<Linted, Failure> {
        let file = TextFile::read(path)?;
        let config = Config::of(file.path.as_deref(), args.config.as_deref(), args.scheme.as_deref(), "dmg")?;
        let prose = prose(&file.text, file.format(args.markup.or(config.markup)));
        let found = lint(&file.text, &prose, config.scheme, arabic)?;
        let mut found = with_house(&file.text, &prose, found, &config.house);
        found.retain(|finding| !config.ignore.contains(&finding.code));
        let sure = args.sure.or(config.sure).unwrap_or(SURE);
        Ok(Linted { file, found, sure })
    }

    fn fixable(&self) -> usize {
        fixes(&self.found, self.sure).count()
    }
}

pub(super) fn run(args: &Lint, context: &mut Context) -> Result<u8, Failure> {
    if let Some(scheme) = &args.scheme {
        Scheme::find(scheme)?;
    }
    let arabic = args.arabic.as_deref().map(TextFile::read).transpose()?;
    let mut all: Vec<Linted> = Vec::new();
    for path in &args.files {
        // One file that cannot be read leaves the others to be checked.
        match Linted::new(path, args, arabic.as_ref().map(|a| a.text.as_str())) {
            Ok(linted) => all.push(linted),
            Err(failure) => {
                let (place, error) = failure.told();
                context.report.error(&error, place.as_ref());
            }
        }
    }
    let count: usize = all.iter().map(|one| one.found.len()).sum();
    if args.diff {
        for one in &all {
            diff(one, context)?;
        }
        return Ok(u8::from(count > 0));
    }
    match args.format {
        LintFormat::Text => {
            for one in &all {
                one.found.iter().try_for_each(|finding| picture(&one.file, finding, context))?;
            }
        }
        LintFormat::Json => {
            let records: Vec<Value> = all.iter().flat_map(|one| one.found.iter().map(|f| defect(Some(&one.file.origin), f))).collect();
            context.output.line(&serde_json::to_string_pretty(&records).unwrap_or_default(), Shape::Json)?;
        }
        LintFormat::Sarif => context.output.line(&serde_json::to_string_pretty(&sarif(&all)).unwrap_or_default(), Shape::Json)?,
    }
    context.output.flush()?;
    let mut mended = 0;
    if args.fix {
        for one in &all {
            // One file that cannot be written leaves the others to be mended.
            match mend(one) {
                Ok(count) => mended += count,
                Err(failure) => {
                    let (place, error) = failure.told();
                    context.report.error(&error, place.as_ref());
                }
            }
        }
    }
    let fixable: usize = all.iter().map(Linted::fixable).sum();
    // Of a file that was not read nothing is known; that was told.
    if !all.is_empty() {
        context.report.summary(&match (count, args.fix) {
            (0, _) => format!("{}: nothing found", counted(all.len(), "file")),
            (_, true) => format!("{}, {mended} fixed", counted(count, "finding")),
            (_, false) => format!("{}; --fix mends {fixable} of them", counted(count, "finding")),
        });
    }
    Ok(u8::from(count > mended))
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Writes the sure fixes of a file in place of it, whole or not at all.
fn mend(one: &Linted) -> Result<usize, Failure> {
    let Linted { file, found, sure } = one;
    let Some(path) = &file.path else {
        return Err(Error::new("standard input cannot be fixed in place").with_hint("use --diff, or give a file").into());
    };
    let mended = one.fixable();
    if mended == 0 {
        return Ok(0);
    }
    let failed = |e: std::io::Error| {
        let place = Place { origin: file.origin.clone(), line: 1, column: None };
        Failure::Told(Some(place), Error::new(format!("cannot be written: {}", reason(&e))).with_hint("nothing was changed"))
    };
    let bytes = file.fixed(found, *sure)?;
    replace(path, |file| file.write_all(&bytes).map(|()| true)).map_err(failed)?;
    Ok(mended)
}

fn diff(one: &Linted, context: &mut Context) -> Result<(), Failure> {
    let Linted { file, found, sure } = one;
    let text = fixed(&file.text, found, *sure);
    if text == file.text {
        return Ok(());
    }
    let patch = TextDiff::from_lines(&file.text, &text).unified_diff().context_radius(1).header(&file.origin, &file.origin).to_string();
    context.output.line(patch.trim_end_matches('\n'), Shape::Line)?;
    context.output.flush()?;
    Ok(())
}

/// The line with the place marked, as compilers show it.
fn picture(file: &TextFile, finding: &Finding, context: &mut Context) -> Result<(), Failure> {
    let color = context.output.is_colored();
    let style = |color_of: AnsiColor| if color { color_of.on_default().bold() } else { Style::new() };
    let (yellow, blue, green) = (style(AnsiColor::Yellow), style(AnsiColor::Blue), style(AnsiColor::Green));
    // Only what is shown is looked at: a line may be the whole text.
    let around = |text: &mut dyn Iterator<Item = char>| -> Vec<char> { text.take_while(|c| *c != '\n').take(AROUND + 1).collect() };
    let mut head: Vec<char> = around(&mut file.text.get(..finding.span.start).unwrap_or("").chars().rev());
    let mut tail: Vec<char> = around(&mut file.text.get(finding.span.end..).unwrap_or("").chars());
    let (before, after) = (if head.len() > AROUND { "…" } else { "" }, if tail.len() > AROUND { "…" } else { "" });
    head.truncate(AROUND);
    tail.truncate(AROUND);
    head.reverse();
    let fit = |chars: &mut dyn Iterator<Item = char>| -> String { chars.map(|c| if c.is_whitespace() { ' ' } else { c }).collect() };
    let (head, found, tail) = (fit(&mut head.into_iter()), fit(&mut finding.found.chars()), fit(&mut tail.into_iter()));
    let escaped = |text: &str| if context.output.is_terminal() { terminal::show(text).into_owned() } else { text.to_string() };
    let shown = format!("{before}{}{after}", escaped(&format!("{head}{found}{tail}")));
    let gap = terminal::width(before) + terminal::width(&escaped(&head));
    let wide = terminal::width(&escaped(&found)).max(1);
    let number = finding.line.to_string();
    let margin = " ".repeat(number.len());
    let fix = match finding.fix.as_deref() {
        Some("") => " leave it out".to_string(),
        Some(fix) => format!(" {}", terminal::on_a_seat(fix)),
        None => String::new(),
    };
    let head = format!("{yellow}{}{yellow:#}: {} ({:.2})", finding.code.label(), escaped(&finding.reason), finding.confidence);
    let place = format!("{margin}{blue}-->{blue:#} {}:{}:{}", escaped(&file.origin), finding.line, finding.column);
    let text = format!(
        "{head}\n{place}\n{blue}{number} |{blue:#} {shown}\n{blue}{margin} |{blue:#} {}{yellow}{}{yellow:#}{green}{fix}{green:#}",
        " ".repeat(gap),
        "^".repeat(wide)
    );
    context.output.raw(&text)?;
    Ok(())
}

/// The findings in the Static Analysis Results Interchange Format, 2.1.0.
fn sarif(all: &[Linted]) -> Value {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| json!({"id": code.label(), "shortDescription": {"text": code.about()}})).collect();
    let result = |file: &TextFile, finding: &Finding| {
        let end = finding.column + finding.found.chars().count();
        let region = json!({"startLine": finding.line, "startColumn": finding.column, "endLine": finding.line, "endColumn": end});
        let artifact = json!({"uri": uri(&file.origin)});
        let mut result = json!({
            "ruleId": finding.code.label(),
            "level": "warning",
            "message": {"text": finding.reason},
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
            "properties": {"confidence": rounded(finding.confidence), "name": finding.name},
        });
        if let (Some(fix), Some(fields)) = (&finding.fix, result.as_object_mut()) {
            let change =
                json!({"artifactLocation": artifact, "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix}}]});
            fields.insert("fixes".to_string(), json!([{"artifactChanges": [change]}]));
        }
        result
    };
    let results: Vec<Value> = all.iter().flat_map(|one| one.found.iter().map(|f| result(&one.file, f))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "nasab", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let kept = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes().map(|b| if kept(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
