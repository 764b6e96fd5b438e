//! MARC 21 in ISO 2709: a leader, a directory, fields. One record at a time is in memory.

use super::linked::{Change, Field, Record, work};
use super::{Finding, Job, Tell};
use std::io::{self, BufRead, Read, Write};
use std::ops::Range;

/// What ends a record, and a field; what begins a subfield.
const RECORD_END: u8 = 0x1D;
const FIELD_END: u8 = 0x1E;
const SUBFIELD: char = '\u{1F}';
/// What begins a switch of character sets in MARC-8.
const ESCAPE: u8 = 0x1B;

/// The length of a record has five digits, that of a field four.
const LONGEST: usize = 99_999;
const LONGEST_FIELD: usize = 9_999;
const LEADER: usize = 24;
const ENTRY: usize = 12;

pub(super) fn run(input: &mut dyn BufRead, output: &mut dyn Write, job: &Job, tell: Tell) -> io::Result<()> {
    let (mut number, mut offset) = (0u64, 0u64);
    loop {
        let mut chunk = Vec::new();
        Read::take(&mut *input, LONGEST as u64 + 1).read_until(RECORD_END, &mut chunk)?;
        if chunk.is_empty() {
            return Ok(());
        }
        // Some programs put a line end between records, old ones a Ctrl-Z behind all.
        let blank = chunk.iter().take_while(|b| matches!(b, b'\n' | b'\r' | b' ' | 0x1A | 0)).count();
        let mut rest = chunk.get(blank..).unwrap_or(&[]);
        output.write_all(chunk.get(..blank).unwrap_or(&[]))?;
        let mut place = offset + blank as u64;
        offset += chunk.len() as u64;
        if rest.is_empty() {
            continue;
        }
        number += 1;
        let mut parsed = Raw::parse(rest);
        // A cut record has the whole one that follows it in the same piece.
        if parsed.is_err()
            && let Some(at) = (1..rest.len()).find(|at| rest.get(*at..).is_some_and(|tail| declared(tail) == Some(tail.len())))
        {
            let (cut, whole) = rest.split_at(at);
            tell(Finding::broken(number, None, format!("the record at byte {place} is cut off; it is handed on as it is")))?;
            output.write_all(cut)?;
            place += at as u64;
            number += 1;
            rest = whole;
            parsed = Raw::parse(rest);
        }
        let changed = match parsed {
            Ok(raw) => answered(&raw, rest, number, place, job, tell)?,
            Err(why) => {
                tell(Finding::broken(number, None, format!("the record at byte {place} {why}; it is handed on as it is")))?;
                None
            }
        };
        output.write_all(changed.as_deref().unwrap_or(rest))?;
        // Of a record without an end the rest follows, in pieces.
        let mut open = !rest.ends_with(&[RECORD_END]);
        while open {
            let mut more = Vec::new();
            Read::take(&mut *input, 1 << 16).read_until(RECORD_END, &mut more)?;
            offset += more.len() as u64;
            open = !more.is_empty() && !more.ends_with(&[RECORD_END]);
            output.write_all(&more)?;
        }
    }
}

/// The length that a record begins with.
fn declared(bytes: &[u8]) -> Option<usize> {
    number(bytes.get(..5)?)
}

fn number(digits: &[u8]) -> Option<usize> {
    digits.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(digits).ok()?.parse().ok()).flatten()
}

/// A record as it lies in its bytes.
struct Raw<'a> {
    leader: &'a [u8],
    /// Tag and text of each field, with the sign that ends it.
    fields: Vec<(&'a str, &'a str)>,
    /// The fields lie behind each other in the order of the directory, and nothing else lies there.
    tiled: bool,
}

impl<'a> Raw<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Raw<'a>, String> {
        if !bytes.ends_with(&[RECORD_END]) {
            let why = if bytes.len() > LONGEST { format!("is longer than {LONGEST} bytes") } else { "is cut off".to_string() };
            return Err(why);
        }
        let leader = bytes.get(..LEADER).ok_or("has no leader")?;
        match declared(leader) {
            None => return Err("does not begin with its length".to_string()),
            Some(told) if told != bytes.len() => return Err(format!("has {} bytes and says {told}", bytes.len())),
            Some(_) => {}
        }
        let base = leader.get(12..17).and_then(number).filter(|base| (LEADER + 1..bytes.len()).contains(base));
        let base = base.ok_or("has no address of its fields in the leader")?;
        if leader.get(10..12) != Some(b"22") || leader.get(20..22) != Some(b"45") {
            return Err("has another build than MARC 21: the leader should have `22` at 10 and `45` at 20".to_string());
        }
        let utf8 = leader.get(9) == Some(&b'a');
        if !utf8 && bytes.iter().any(|b| *b == ESCAPE || *b >= 0x80) {
            return Err("is in MARC-8 (the leader has no `a` at 9); convert it to UTF-8".to_string());
        }
        let (directory, data) = (bytes.get(LEADER..base - 1).unwrap_or(&[]), bytes.get(base..bytes.len() - 1).unwrap_or(&[]));
        if bytes.get(base - 1) != Some(&FIELD_END) || directory.len() % ENTRY != 0 {
            return Err("has a directory that does not end where the leader says".to_string());
        }
        let mut fields = Vec::with_capacity(directory.len() / ENTRY);
        let (mut end, mut tiled) = (0, utf8);
        for (at, entry) in directory.chunks(ENTRY).enumerate() {
            let wrong = |what: &str| format!("has a wrong directory: entry {} {what}", at + 1);
            let tag = entry.get(..3).and_then(|tag| std::str::from_utf8(tag).ok()).filter(|tag| tag.is_ascii());
            let tag = tag.ok_or_else(|| wrong("has no tag"))?;
            let place = |span: Range<usize>| entry.get(span).and_then(number).ok_or_else(|| wrong(&format!("({tag}) has no numbers")));
            let (length, start) = (place(3..7)?, place(7..12)?);
            let field = data.get(start..start + length).filter(|field| field.ends_with(&[FIELD_END]));
            let field = field.ok_or_else(|| wrong(&format!("({tag}) does not lead to a field")))?;
            let text = std::str::from_utf8(field).map_err(|e| format!("is not UTF-8 in field {tag}, at its byte {}", e.valid_up_to()))?;
            tiled &= start == end;
            end = start + length;
            fields.push((tag, text));
        }
        Ok(Raw { leader, fields, tiled: tiled && end == data.len() })
    }

    fn record(&self, number: u64) -> Record {
        let control = self.fields.iter().find(|(tag, _)| *tag == "001");
        let control = control.map(|(_, text)| text.trim_end_matches('\u{1E}').trim().to_string()).filter(|id| !id.is_empty());
        Record { number, control, fields: self.fields.iter().map(|(tag, text)| field(tag, text)).collect() }
    }

    /// The record with its changes; `None` where it would be too long.
    fn changed(&self, changes: &[Change]) -> Option<Vec<u8>> {
        let mut fields: Vec<(&str, String)> = Vec::with_capacity(self.fields.len() + changes.len());
        for at in 0..=self.fields.len() {
            fields.extend(changes.iter().filter_map(|change| match change {
                Change::New { before, field } if *before == at => Some((field.tag.as_str(), written(field))),
                _ => None,
            }));
            let Some((tag, text)) = self.fields.get(at) else { continue };
            let link = changes.iter().find_map(|change| match change {
                Change::Link { field, value } if *field == at => Some(value),
                _ => None,
            });
            fields.push((tag, link.map_or_else(|| text.to_string(), |link| linked(text, link))));
        }
        let (mut directory, mut data) = (String::new(), String::new());
        for (tag, text) in &fields {
            if text.len() > LONGEST_FIELD {
                return None;
            }
            directory.push_str(&format!("{tag}{:04}{:05}", text.len(), data.len()));
            data.push_str(text);
        }
        let base = LEADER + directory.len() + 1;
        let length = base + data.len() + 1;
        if length > LONGEST {
            return None;
        }
        let mut out = Vec::with_capacity(length);
        out.extend_from_slice(format!("{length:05}").as_bytes());
        out.extend_from_slice(self.leader.get(5..12)?);
        out.extend_from_slice(format!("{base:05}").as_bytes());
        out.extend_from_slice(self.leader.get(17..)?);
        out.extend_from_slice(directory.as_bytes());
        out.push(FIELD_END);
        out.extend_from_slice(data.as_bytes());
        out.push(RECORD_END);
        Some(out)
    }
}

/// Works on a record; its bytes where something is to be changed.
fn answered(raw: &Raw, bytes: &[u8], number: u64, place: u64, job: &Job, tell: Tell) -> io::Result<Option<Vec<u8>>> {
    let record = raw.record(number);
    let (mut findings, changes) = work(&record, job);
    let changed = if changes.is_empty() || !raw.tiled { None } else { raw.changed(&changes) };
    if !changes.is_empty() && changed.is_none() {
        let why = match (bytes.get(9), raw.tiled) {
            (Some(b'a'), true) => "it would be longer than a record may be",
            (Some(b'a'), false) => "its fields do not lie as its directory lists them",
            _ => "it does not say that it is UTF-8 (`a` at 9 of the leader)",
        };
        findings.iter_mut().for_each(|finding| finding.written = false);
        let message = format!("the record at byte {place} is not changed: {why}");
        findings.push(Finding::broken(number, record.control, message));
    }
    findings.into_iter().try_for_each(tell)?;
    Ok(changed)
}

fn field(tag: &str, text: &str) -> Field {
    let text = text.trim_end_matches('\u{1E}');
    if tag.starts_with("00") {
        return Field { tag: tag.to_string(), ..Field::default() };
    }
    let (head, body) = text.split_once(SUBFIELD).unwrap_or((text, ""));
    let mut signs = head.chars();
    let indicators = [signs.next().unwrap_or(' '), signs.next().unwrap_or(' ')];
    let subfield = |part: &str| {
        let mut chars = part.chars();
        chars.next().map(|code| (code, chars.as_str().to_string()))
    };
    Field { tag: tag.to_string(), indicators, subfields: body.split(SUBFIELD).filter_map(subfield).collect() }
}

fn written(field: &Field) -> String {
    let mut out: String = field.indicators.iter().collect();
    for (code, value) in &field.subfields {
        out.push(SUBFIELD);
        out.push(*code);
        out.push_str(value);
    }
    out.push('\u{1E}');
    out
}

/// A field with another link, in place of the one it has or before all others.
fn linked(text: &str, link: &str) -> String {
    let (head, body) = text.split_once(SUBFIELD).unwrap_or((text, ""));
    let mut parts: Vec<String> = body.split(SUBFIELD).map(String::from).collect();
    match parts.iter_mut().find(|part| part.starts_with('6')) {
        // A link without anything behind it may be the last of the field.
        Some(own) => *own = format!("6{link}{}", if own.ends_with('\u{1E}') { "\u{1E}" } else { "" }),
        None => parts.insert(0, format!("6{link}")),
    }
    let mut out = head.to_string();
    for part in parts {
        out.push(SUBFIELD);
        out.push_str(&part);
    }
    out
}
