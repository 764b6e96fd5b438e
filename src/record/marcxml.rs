//! MARCXML: the elements of a record by their places, so that what does not change stays as it is typed. One record at a time
//! is in memory, and a record with broken XML does not spoil the next.

use super::edit::{Edit, edited};
use super::linked::{Change, Field, Record, work};
use super::{Finding, Job, Tell};
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufRead, Read, Write};
use std::ops::Range;

/// No record is as long; what goes on for longer is handed on unread.
const LONGEST: usize = 16 << 20;
const PIECE: usize = 1 << 16;

pub(super) fn run(input: &mut dyn BufRead, output: &mut dyn Write, job: &Job, tell: Tell) -> io::Result<()> {
    let (mut buffer, mut ended, mut wanted) = (Vec::new(), false, PIECE);
    let (mut number, mut line) = (0u64, 1u64);
    let (mut opened, mut closed) = (0usize, 0usize);
    loop {
        if !ended && buffer.len() < wanted {
            ended = Read::take(&mut *input, (wanted - buffer.len()) as u64).read_to_end(&mut buffer)? == 0;
        }
        let Some((length, unit)) = next(&buffer, ended || buffer.len() >= LONGEST) else {
            if ended {
                break;
            }
            // Twice as much, so that a long record is not looked through again for each piece of it.
            wanted = (buffer.len() * 2).max(PIECE);
            continue;
        };
        wanted = PIECE;
        let rest = buffer.split_off(length);
        let piece = std::mem::replace(&mut buffer, rest);
        let lines = piece.iter().filter(|b| **b == b'\n').count() as u64;
        let mut changed = None;
        match unit {
            Unit::Outside => {
                opened += count(&piece, |tag| tag.starts_with(b"<") && name(tag) == b"collection" && !tag.starts_with(b"</"));
                closed += count(&piece, |tag| tag.starts_with(b"</") && name(tag) == b"collection");
            }
            Unit::Record => {
                number += 1;
                changed = answered(&piece, number, line, job, tell)?;
            }
            Unit::Unclosed => {
                number += 1;
                let message = format!("the record of line {line} is not closed; it is handed on as it is");
                tell(Finding::broken(number, None, message))?;
            }
        }
        output.write_all(changed.as_deref().map_or(piece.as_slice(), str::as_bytes))?;
        line += lines;
    }
    if number == 0 {
        tell(Finding::broken(0, None, "there is no <record> in it, so it is no MARCXML".to_string()))?;
    } else if opened > closed {
        tell(Finding::broken(number, None, format!("the collection is not closed at the end, line {line}")))?;
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    /// What stands between records.
    Outside,
    Record,
    /// A record that the next one begins in.
    Unclosed,
}

/// The name of the element that a tag begins with, without its prefix.
fn name(tag: &[u8]) -> &[u8] {
    let own = tag.strip_prefix(b"</").or(tag.strip_prefix(b"<")).unwrap_or(tag);
    let end = own.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(own.len());
    let own = own.get(..end).unwrap_or(own);
    own.iter().rposition(|b| *b == b':').and_then(|at| own.get(at + 1..)).unwrap_or(own)
}

/// The tags of a text, each with its place, comments and CDATA aside; `Err` with the place of what goes on beyond the text.
fn tags(text: &[u8]) -> impl Iterator<Item = Result<(usize, &[u8]), usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.iter().position(|b| *b == b'<')?;
            let tag = text.get(start..)?;
            let skipped = [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>")].into_iter().find(|(open, _)| tag.starts_with(open));
            let end = match skipped {
                Some((_, close)) => tag.windows(close.len()).position(|w| w == close).map(|found| found + close.len()),
                None => tag.iter().position(|b| *b == b'>').map(|found| found + 1),
            };
            let Some(end) = end else {
                at = text.len();
                return Some(Err(start));
            };
            at = start + end;
            if skipped.is_none() {
                return Some(Ok((start, tag.get(..end)?)));
            }
        }
    })
}

fn count(text: &[u8], like: impl Fn(&[u8]) -> bool) -> usize {
    tags(text).flatten().filter(|(_, tag)| like(tag)).count()
}

/// The length and the kind of what comes first in the buffer; `None` where more must be read to tell.
fn next(buffer: &[u8], all: bool) -> Option<(usize, Unit)> {
    let mut record = false;
    for tag in tags(buffer) {
        let (start, tag) = match tag {
            Ok(found) => found,
            Err(start) if !record && start > 0 => return Some((start, Unit::Outside)),
            Err(_) => break,
        };
        let closes = tag.starts_with(b"</");
        match name(tag) {
            b"record" if !record && !closes && start > 0 => return Some((start, Unit::Outside)),
            b"record" if !record && !closes && tag.ends_with(b"/>") => return Some((tag.len(), Unit::Record)),
            b"record" if !record && !closes => record = true,
            b"record" if record && closes => return Some((start + tag.len(), Unit::Record)),
            b"record" if record => return Some((start, Unit::Unclosed)),
            b"collection" if record && closes => return Some((start, Unit::Unclosed)),
            _ => {}
        }
    }
    match (record, all) {
        _ if buffer.is_empty() => None,
        (false, false) if !buffer.contains(&b'<') || tags(buffer).all(|tag| tag.is_ok()) => Some((buffer.len(), Unit::Outside)),
        (_, false) => None,
        (false, true) => Some((buffer.len(), Unit::Outside)),
        (true, true) => Some((buffer.len(), Unit::Unclosed)),
    }
}

/// Where a field lies in the text of its record.
#[derive(Clone, Debug, Default)]
struct Spot {
    whole: Range<usize>,
    /// Behind the tag that opens it.
    inner: usize,
    /// What `$6` has.
    link: Option<Range<usize>>,
    /// Blanks before the first subfield, and before the tag that closes the field.
    gap: Range<usize>,
    last_gap: Range<usize>,
}

/// A record with its places.
struct Places {
    record: Record,
    spots: Vec<Spot>,
    prefix: String,
}

fn answered(piece: &[u8], number: u64, line: u64, job: &Job, tell: Tell) -> io::Result<Option<String>> {
    let broken = |message: String| Finding::broken(number, None, format!("the record of line {line} {message}; it is handed on as it is"));
    let text = match std::str::from_utf8(piece) {
        Ok(text) => text,
        Err(error) => {
            let before = piece.get(..error.valid_up_to()).unwrap_or(&[]);
            let at = line + before.iter().filter(|b| **b == b'\n').count() as u64;
            tell(broken(format!("is not UTF-8 in line {at}")))?;
            return Ok(None);
        }
    };
    let places = match places(text, number) {
        Ok(places) => places,
        Err((at, error)) => {
            let at = line + text.get(..at).unwrap_or(text).matches('\n').count() as u64;
            tell(broken(format!("is broken in line {at}: {error}")))?;
            return Ok(None);
        }
    };
    let (findings, changes) = work(&places.record, job);
    findings.into_iter().try_for_each(tell)?;
    let mut edits: Vec<Edit> = changes.iter().filter_map(|change| places.edit(text, change)).collect();
    Ok((!edits.is_empty()).then(|| edited(text, &mut edits)))
}

/// Reads a record.
fn places(text: &str, number: u64) -> Result<Places, (usize, String)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut out = Places { record: Record { number, ..Record::default() }, spots: Vec::new(), prefix: String::new() };
    let (mut depth, mut code, mut value, mut value_start, mut control) = (0usize, None, String::new(), 0, false);
    let mut before = 0..0;
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| (reader.error_position() as usize, error.to_string()))?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => {
                depth += 1;
                match tag.local_name().into_inner() {
                    "record" => {
                        out.prefix = tag.name().prefix().map_or(String::new(), |prefix| format!("{}:", prefix.as_ref()));
                    }
                    "controlfield" | "datafield" => {
                        let field = field(&tag);
                        control = field.tag == "001";
                        value.clear();
                        out.record.fields.push(field);
                        out.spots.push(Spot { whole: start..start, inner: end, ..Spot::default() });
                    }
                    "subfield" => {
                        code = attribute(&tag, "code").and_then(|code| code.chars().next());
                        value.clear();
                        value_start = end;
                        if let Some(spot) = out.spots.last_mut().filter(|spot| spot.gap == (0..0)) {
                            spot.gap = before.clone();
                        }
                    }
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag.local_name().as_ref() {
                    "controlfield" if control => {
                        control = false;
                        out.record.control = Some(value.trim().to_string()).filter(|id| !id.is_empty());
                        out.close(end, 0..0);
                    }
                    "controlfield" => out.close(end, 0..0),
                    "datafield" => out.close(end, before.clone()),
                    "subfield" => {
                        if let (Some(code), Some(field), Some(spot)) = (code.take(), out.record.fields.last_mut(), out.spots.last_mut()) {
                            if code == '6' && spot.link.is_none() {
                                spot.link = Some(value_start..start);
                            }
                            field.subfields.push((code, value.clone()));
                        }
                    }
                    _ => {}
                }
            }
            Event::Empty(tag) if matches!(tag.local_name().into_inner(), "datafield" | "controlfield") => {
                out.record.fields.push(field(&tag));
                out.spots.push(Spot { whole: start..end, inner: end, ..Spot::default() });
            }
            Event::Text(text) => {
                value.push_str(&text);
                before = start..end;
                continue;
            }
            Event::CData(text) => value.push_str(&text),
            Event::GeneralRef(reference) => {
                let known = reference.resolve_char_ref().ok().flatten().map(String::from);
                let known = known.or_else(|| resolve_predefined_entity(&reference).map(String::from));
                value.push_str(&known.ok_or_else(|| (start, "it has an entity that XML does not know".to_string()))?);
            }
            Event::Eof if depth > 0 => return Err((text.len(), "an element is not closed".to_string())),
            Event::Eof => return Ok(out),
            _ => {}
        }
        before = end..end;
    }
}

impl Places {
    fn close(&mut self, end: usize, gap: Range<usize>) {
        if let Some(spot) = self.spots.last_mut() {
            spot.whole.end = end;
            spot.last_gap = gap;
        }
    }

    fn edit(&self, text: &str, change: &Change) -> Option<Edit> {
        let prefix = &self.prefix;
        let blank = |span: Range<usize>| text.get(span).filter(|gap| gap.trim().is_empty()).unwrap_or("");
        match change {
            Change::Link { field, value } => {
                let spot = self.spots.get(*field)?;
                Some(match &spot.link {
                    Some(link) => (link.clone(), escape(value.as_str()).into_owned()),
                    None => {
                        let gap = blank(spot.gap.clone());
                        (spot.inner..spot.inner, format!("{gap}<{prefix}subfield code=\"6\">{}</{prefix}subfield>", escape(value.as_str())))
                    }
                })
            }
            Change::New { before, field } => {
                // Set as the fields around it are.
                let last = self.spots.get(before.checked_sub(1)?)?;
                let model = self.spots.iter().find(|spot| !spot.gap.is_empty()).unwrap_or(last);
                let lead = text.get(..last.whole.start)?;
                let gap = lead.get(lead.trim_end().len()..)?;
                let mut xml = format!("{gap}<{prefix}datafield tag=\"{}\"", field.tag);
                for (place, sign) in field.indicators.iter().enumerate() {
                    xml.push_str(&format!(" ind{}=\"{}\"", place + 1, escape(sign.to_string().as_str())));
                }
                xml.push('>');
                for (code, value) in &field.subfields {
                    let gap = blank(model.gap.clone());
                    xml.push_str(&format!("{gap}<{prefix}subfield code=\"{code}\">{}</{prefix}subfield>", escape(value.as_str())));
                }
                xml.push_str(&format!("{}</{prefix}datafield>", blank(model.last_gap.clone())));
                Some((last.whole.end..last.whole.end, xml))
            }
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(found.value.to_string())
}

fn field(tag: &BytesStart<'_>) -> Field {
    let sign = |name: &str| attribute(tag, name).and_then(|value| value.chars().next()).unwrap_or(' ');
    Field { tag: attribute(tag, "tag").unwrap_or_default(), indicators: [sign("ind1"), sign("ind2")], subfields: Vec::new() }
}
