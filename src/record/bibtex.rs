//! BibTeX and BibLaTeX: entries and fields by their places. An entry that is not closed does not spoil the next.

use super::edit::{Edit, edited};
use super::heading::has_arabic;
use super::people::{Keys, finding, in_scheme, key_finding};
use super::{Finding, Job, Task};
use std::collections::HashMap;
use std::ops::Range;

/// Fields that lead to other entries.
const LINKS: [&str; 6] = ["crossref", "xref", "xdata", "related", "entryset", "ids"];

/// An entry: its key and its fields, each with the place of its value without what encloses it.
struct Entry {
    key: Range<usize>,
    fields: Vec<(String, Range<usize>)>,
}

pub(super) fn work(text: &str, job: &Job) -> (String, Vec<Finding>) {
    let (mut findings, mut edits): (Vec<Finding>, Vec<Edit>) = (Vec::new(), Vec::new());
    let mut entries = Vec::new();
    for (place, entry) in read(text).into_iter().enumerate() {
        match entry {
            Ok(entry) => entries.push((place as u64 + 1, entry)),
            Err((at, why)) => {
                let line = text.get(..at).unwrap_or("").matches('\n').count() + 1;
                let message = format!("the entry of line {line} {why}; it is left as it is");
                findings.push(Finding::broken(place as u64 + 1, None, message));
            }
        }
    }
    let slice = |span: &Range<usize>| text.get(span.clone()).unwrap_or("");
    if job.names {
        for (number, entry) in &entries {
            for (field, span) in entry.fields.iter().filter(|(field, _)| matches!(field.as_str(), "author" | "editor" | "translator")) {
                for own in names(text, span) {
                    let typed = slice(&own);
                    let Some(plain) = decoded(typed) else { continue };
                    // What braces enclose is a body, not a person; a comma more is a Jr.
                    if plain.matches([',', '،']).count() > 1 {
                        continue;
                    }
                    let plain = plain.replace('،', ",");
                    let Some(mut new) = in_scheme(&inverted(&plain, job), job.scheme) else { continue };
                    // The order is kept where BibTeX parts the written name as it parted the other.
                    if let Some(kept) = (!plain.contains(',')).then(|| in_scheme(&plain, job.scheme)).flatten() {
                        let small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
                        let count = kept.0.split(' ').count();
                        if !has_arabic(&plain) || !kept.0.split(' ').take(count.saturating_sub(1)).any(small) {
                            new = kept;
                        }
                    }
                    if new.0 == typed {
                        continue;
                    }
                    let told = finding(*number, Some(slice(&entry.key).to_string()), field, typed, new.clone(), job);
                    if told.written {
                        edits.push((own, new.0));
                    }
                    findings.push(told);
                }
            }
        }
    }
    if job.keys {
        let foreign: Vec<&(u64, Entry)> = entries.iter().filter(|(_, entry)| !slice(&entry.key).is_ascii()).collect();
        let mut keys = Keys::new(entries.iter().map(|(_, entry)| slice(&entry.key).to_string()).filter(|k| k.is_ascii()).collect());
        let value = |entry: &Entry, names: &[&str]| {
            names.iter().find_map(|name| entry.fields.iter().find(|(field, _)| field == name)).map(|(_, span)| span.clone())
        };
        let stems: Vec<(String, String)> = foreign
            .iter()
            .map(|(_, entry)| {
                let people = value(entry, &["author", "editor", "translator"]);
                let first = people.and_then(|span| names(text, &span).into_iter().next());
                let first = first.map_or(String::new(), |own| decoded(slice(&own)).unwrap_or_else(|| slice(&own).replace(['{', '}'], "")));
                let year = value(entry, &["year", "date"]).map_or("", |span| text.get(span).unwrap_or(""));
                (family(&first), year.to_string())
            })
            .collect();
        let mut new: HashMap<&str, String> = HashMap::new();
        for ((number, entry), key) in foreign.iter().zip(keys.make(&stems, job.scheme)) {
            findings.push(key_finding(*number, slice(&entry.key), key.clone(), job));
            new.insert(slice(&entry.key), key.clone());
            edits.push((entry.key.clone(), key));
        }
        for (_, span) in entries.iter().flat_map(|(_, entry)| &entry.fields).filter(|(field, _)| LINKS.contains(&field.as_str())) {
            let mut at = span.start;
            for part in slice(span).split_inclusive(',') {
                let own = part.trim_end_matches(',').trim();
                if let Some(key) = new.get(own) {
                    let start = at + part.find(own).unwrap_or(0);
                    edits.push((start..start + own.len(), key.clone()));
                }
                at += part.len();
            }
        }
    }
    findings.sort_by_key(|finding| finding.record);
    (if job.task == Task::Write { edited(text, &mut edits) } else { text.to_string() }, findings)
}

/// `محمد بن زكريا الرازي` as BibTeX parts it, surname first: its written form has small words that BibTeX would part otherwise.
fn inverted(plain: &str, job: &Job) -> String {
    let words: Vec<&str> = plain.split_whitespace().collect();
    if plain.contains(',') || !has_arabic(plain) || words.len() < 2 || job.scheme.label() == "arabic" {
        return plain.to_string();
    }
    let family = family(plain);
    let given = words.get(..words.len() - family.split_whitespace().count()).unwrap_or(&[]).join(" ");
    if given.is_empty() { plain.to_string() } else { format!("{family}, {given}") }
}

/// The surname: what stands before the comma, or the last word with what belongs to it.
fn family(name: &str) -> String {
    if let Some((family, _)) = name.split_once([',', '،']) {
        return family.trim().to_string();
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut start = words.len().saturating_sub(1);
    let tied = |word: &str| {
        let small = word.to_lowercase();
        matches!(word, "عبد" | "أبو" | "ابو" | "أبي" | "بن" | "ابن" | "آل" | "أم")
            || matches!(small.trim_start_matches(['ʻ', 'ʿ', '\u{2018}']), "abd" | "abu" | "abū" | "ibn" | "bin" | "āl" | "al" | "el")
    };
    while start > 0 && words.get(start - 1).is_some_and(|word| tied(word)) {
        start -= 1;
    }
    words.get(start..).unwrap_or(&[]).join(" ")
}

/// The names of a field, parted by `and` outside of braces.
fn names(text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let value = text.get(span.clone()).unwrap_or("");
    let (mut out, mut depth, mut start) = (Vec::new(), 0usize, 0);
    let mut take = |from: usize, to: usize| {
        let own = value.get(from..to).unwrap_or("");
        let lead = own.len() - own.trim_start().len();
        let own = own.trim();
        // Who is named with `others` is nobody.
        if !own.is_empty() && own != "others" {
            out.push(span.start + from + lead..span.start + from + lead + own.len());
        }
    };
    for (at, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_whitespace() => {
                let rest = value.get(at + c.len_utf8()..).unwrap_or("");
                let word = rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"));
                if at >= start && word && rest.get(3..).and_then(|r| r.chars().next()).is_some_and(char::is_whitespace) {
                    take(start, at);
                    start = at + c.len_utf8() + 3;
                }
            }
            _ => {}
        }
    }
    take(start, value.len());
    out
}

/// A name without TeX; `None` where it has more than accents, or is enclosed whole.
fn decoded(typed: &str) -> Option<String> {
    let chars: Vec<char> = typed.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    if typed.starts_with('{') && !typed.starts_with("{\\") || typed.contains(['$', '%', '~', '=']) && !typed.contains("\\=") {
        return None;
    }
    while let Some(c) = chars.get(at) {
        at += 1;
        match c {
            '{' | '}' => {}
            '\\' => {
                let accent = match chars.get(at)? {
                    '=' => '\u{304}',
                    '\'' => '\u{301}',
                    '`' => '\u{300}',
                    '^' => '\u{302}',
                    '"' => '\u{308}',
                    '~' => '\u{303}',
                    '.' => '\u{307}',
                    'd' => '\u{323}',
                    'b' => '\u{331}',
                    'v' => '\u{30C}',
                    'u' => '\u{306}',
                    'c' => '\u{327}',
                    _ => return None,
                };
                let letter = chars.get(at).is_some_and(|c| c.is_alphabetic());
                at += 1;
                // A command of letters ends where another sign stands.
                if letter && chars.get(at).is_some_and(|c| c.is_alphabetic()) {
                    return None;
                }
                while chars.get(at).is_some_and(|c| matches!(c, '{' | ' ')) {
                    at += 1;
                }
                match chars.get(at)? {
                    // Without a dot of its own.
                    '\\' if chars.get(at + 1) == Some(&'i') => {
                        out.push('i');
                        at += 2;
                    }
                    c => {
                        out.push(*c);
                        at += 1;
                    }
                }
                out.push(accent);
            }
            c => out.push(*c),
        }
    }
    Some(out)
}

/// The entries of a file; of a broken one its place and what is wrong.
fn read(text: &str) -> Vec<Result<Entry, (usize, String)>> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('@')) {
        let start = at + found;
        let rest = text.get(start + 1..).unwrap_or("");
        let kind: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        let open = rest.get(kind.len()..).unwrap_or("");
        let blanks = open.len() - open.trim_start().len();
        let opener = open.trim_start().chars().next();
        at = start + 1;
        // An address of mail outside of entries is a comment.
        if kind.is_empty() || !matches!(opener, Some('{' | '(')) {
            continue;
        }
        let body = start + 1 + kind.len() + blanks + 1;
        let other = matches!(kind.to_lowercase().as_str(), "comment" | "string" | "preamble");
        match closed(text, body, if opener == Some('(') { ')' } else { '}' }) {
            Some(end) => {
                at = end + 1;
                if !other {
                    out.push(entry(text, body..end).map_err(|why| (start, why)));
                }
            }
            None => {
                // The next entry begins a line.
                let next = text.get(body..).and_then(|rest| rest.find("\n@"));
                out.push(Err((start, "is not closed".to_string())));
                at = next.map_or(text.len(), |next| body + next + 1);
            }
        }
    }
    out
}

/// Where the entry ends; `None` where it does not, or the next begins before.
fn closed(text: &str, start: usize, close: char) -> Option<usize> {
    let (mut depth, mut before) = (0usize, ' ');
    for (at, c) in text.get(start..)?.char_indices() {
        match c {
            '{' if before != '\\' => depth += 1,
            c if c == close && depth == 0 => return Some(start + at),
            '}' if before != '\\' => depth = depth.checked_sub(1)?,
            // No value has a line that begins an entry.
            '@' if before == '\n' && begins_entry(text.get(start + at + 1..).unwrap_or("")) => return None,
            _ => {}
        }
        before = c;
    }
    None
}

fn begins_entry(rest: &str) -> bool {
    let kind = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    kind.len() < rest.len() && kind.trim_start().starts_with(['{', '('])
}

fn entry(text: &str, span: Range<usize>) -> Result<Entry, String> {
    let body = text.get(span.clone()).unwrap_or("");
    let comma = body.find(',').unwrap_or(body.len());
    let key = body.get(..comma).unwrap_or("");
    let lead = key.len() - key.trim_start().len();
    let key_span = span.start + lead..span.start + lead + key.trim().len();
    if key.contains(['=', '{', '"']) {
        return Err("has no key".to_string());
    }
    let (mut fields, mut at) = (Vec::new(), comma + 1);
    while let Some(rest) = body.get(at..) {
        let skipped = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        at += skipped;
        let rest = body.get(at..).unwrap_or("");
        if rest.is_empty() {
            break;
        }
        let equals = rest.find('=').ok_or("has a field without `=`")?;
        let name = rest.get(..equals).unwrap_or("").trim().to_lowercase();
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"' | ',')) {
            return Err(format!("has no field in `{}`", rest.chars().take(20).collect::<String>()));
        }
        at += equals + 1;
        let value = body.get(at..).unwrap_or("");
        let start = at + value.len() - value.trim_start().len();
        let (mut depth, mut quoted, mut end, mut before) = (0usize, false, body.len(), ' ');
        for (place, c) in body.get(start..).unwrap_or("").char_indices() {
            match c {
                '{' if before != '\\' => depth += 1,
                '}' if before != '\\' => depth = depth.saturating_sub(1),
                '"' if depth == 0 => quoted = !quoted,
                ',' if depth == 0 && !quoted => {
                    end = start + place;
                    break;
                }
                _ => {}
            }
            before = c;
        }
        if quoted {
            return Err(format!("has a quotation mark too many in `{name}`"));
        }
        let value = body.get(start..end).unwrap_or("").trim_end();
        let whole = span.start + start..span.start + start + value.len();
        let enclosed =
            value.len() >= 2 && (value.starts_with('{') && value.ends_with('}') || value.starts_with('"') && value.ends_with('"'));
        // What `#` puts together is not in one place.
        let joined = !enclosed && value.contains('#') || value.contains("} #") || value.contains("\" #");
        if !joined {
            fields.push((name, if enclosed { whole.start + 1..whole.end - 1 } else { whole }));
        }
        at = end + 1;
    }
    Ok(Entry { key: key_span, fields })
}
