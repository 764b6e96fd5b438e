//! A document of a word processor (DOCX, Office Open XML): its text, and the document again with parts of the text changed.
//!
//! Only the bytes of what changes are written anew. Parts without a change are copied as they lie in the package, packed.

use crate::error::Error;
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read, Write};
use std::ops::Range;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Unpacked bytes of all parts with text: a small package may unpack to any size.
const LARGEST: u64 = 256 << 20;

/// A document with its text: a line for each paragraph of the body, the notes, the headers and footers, and the comments.
#[derive(Debug)]
pub struct Docx {
    bytes: Vec<u8>,
    parts: Vec<Part>,
    pieces: Vec<Piece>,
    text: String,
}

#[derive(Debug)]
struct Part {
    name: String,
    xml: String,
}

/// A stretch of the text and the bytes of a part that it stands for.
#[derive(Debug)]
struct Piece {
    text: Range<usize>,
    part: usize,
    source: Range<usize>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The same bytes.
    Letters,
    /// A character by reference, such as `&amp;`.
    Reference,
    /// An element that stands for a character, such as a hyphen at which no line breaks.
    Element,
}

impl Docx {
    /// Reads a document.
    ///
    /// # Errors
    /// It is no package, no document, or damaged, or unpacks to more than 256 MiB of text.
    pub fn open(bytes: Vec<u8>) -> Result<Docx, Error> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            let hint = "save it as DOCX without a password";
            return Err(Error::new("this is a DOC file, or a DOCX file with a password").with_hint(hint));
        }
        let mut package = ZipArchive::new(Cursor::new(bytes.as_slice())).map_err(damaged)?;
        let mut names: Vec<String> = package.file_names().filter(|name| has_text(name)).map(String::from).collect();
        if !names.iter().any(|name| name.starts_with("word/document")) {
            let hint = "save it as DOCX, plain text, Markdown or HTML";
            return Err(Error::new("this is a packed file and no DOCX").with_hint(hint));
        }
        // The body first, then the others by name.
        names.sort_by_key(|name| (!name.starts_with("word/document"), name.clone()));
        let mut docx = Docx { bytes: Vec::new(), parts: Vec::new(), pieces: Vec::new(), text: String::new() };
        let mut left = LARGEST;
        for name in names {
            let mut xml = Vec::new();
            package.by_name(&name).map_err(damaged)?.take(left + 1).read_to_end(&mut xml).map_err(damaged)?;
            left = left.checked_sub(xml.len() as u64).ok_or_else(|| {
                Error::new(format!("the document has more than {} MiB of text", LARGEST >> 20)).with_hint("split it into parts")
            })?;
            let xml = String::from_utf8(xml).map_err(|_| Error::new(format!("`{name}` of the DOCX is not UTF-8")))?;
            docx.take_text(&name, &xml)?;
            docx.parts.push(Part { name, xml });
        }
        docx.bytes = bytes;
        Ok(docx)
    }

    /// The text, a line for each paragraph.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document with these changes: bytes of the text and what should stand there, in order, none over another. Without
    /// changes it is the same, byte for byte.
    ///
    /// # Errors
    /// The package is damaged.
    pub fn changed<'a>(&self, changes: impl Iterator<Item = (Range<usize>, &'a str)>) -> Result<Vec<u8>, Error> {
        let mut edits: Vec<Vec<(Range<usize>, String)>> = self.parts.iter().map(|_| Vec::new()).collect();
        for (span, text) in changes {
            self.edit(&span, text, &mut edits);
        }
        if edits.iter().all(Vec::is_empty) {
            return Ok(self.bytes.clone());
        }
        let mut package = ZipArchive::new(Cursor::new(self.bytes.as_slice())).map_err(damaged)?;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        out.set_raw_comment(package.comment().into()).map_err(damaged)?;
        for at in 0..package.len() {
            let file = package.by_index_raw(at).map_err(damaged)?;
            let changed = self.parts.iter().zip(&edits).find(|(part, edits)| part.name == file.name() && !edits.is_empty());
            let Some((part, edits)) = changed else {
                out.raw_copy_file(file).map_err(damaged)?;
                continue;
            };
            let options: SimpleFileOptions = file.options();
            out.start_file(&*part.name, options).map_err(damaged)?;
            out.write_all(edited(&part.xml, edits).as_bytes()).map_err(damaged)?;
        }
        Ok(out.finish().map_err(damaged)?.into_inner())
    }

    /// Turns a change of the text into changes of the parts: the first piece takes the new text, the others lose what was theirs.
    fn edit(&self, span: &Range<usize>, text: &str, edits: &mut [Vec<(Range<usize>, String)>]) {
        // What is put between two letters goes to the piece before it.
        let first = self.pieces.partition_point(|p| if span.is_empty() { p.text.end < span.start } else { p.text.end <= span.start });
        let mut new = Some(text);
        for piece in self.pieces.iter().skip(first).take_while(|p| p.text.start < span.end || span.is_empty()) {
            let Some(edits) = edits.get_mut(piece.part) else { continue };
            let source = if piece.form == Form::Letters {
                let from = piece.source.start + span.start.saturating_sub(piece.text.start);
                let to = piece.source.start + span.end.min(piece.text.end) - piece.text.start;
                from.min(to)..to
            } else if span.is_empty() {
                piece.source.end..piece.source.end
            } else {
                piece.source.clone()
            };
            let new = new.take().unwrap_or("");
            let new = match piece.form {
                Form::Element if !new.is_empty() => {
                    // An element of the same prefix may stand in its place.
                    let xml = self.parts.get(piece.part).and_then(|part| part.xml.get(piece.source.clone())).unwrap_or("");
                    let prefix = xml.get(1..xml.find(':').map_or(1, |at| at + 1)).unwrap_or("");
                    format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", escape(new))
                }
                _ => escape(new).into_owned(),
            };
            edits.push((source, new));
            if span.is_empty() {
                break;
            }
        }
    }

    /// Takes the text of the part that comes next.
    fn take_text(&mut self, name: &str, xml: &str) -> Result<(), Error> {
        let part = self.parts.len();
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let (mut in_text, mut depth, mut passed_over) = (false, 0usize, None);
        loop {
            let start = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|error| {
                Error::new(format!("`{name}` of the DOCX is damaged at byte {}: {error}", reader.error_position()))
                    .with_hint("save it anew")
            })?;
            let source = start..reader.buffer_position() as usize;
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    match local(&tag) {
                        // A second copy of what stands beside it, for older programs.
                        "Fallback" if passed_over.is_none() => passed_over = Some(depth),
                        "t" => in_text = is_word(&tag),
                        "p" if passed_over.is_none() && is_word(&tag) => self.end_line(false),
                        _ => {}
                    }
                }
                Event::End(tag) => {
                    if passed_over == Some(depth) {
                        passed_over = None;
                    }
                    depth = depth.saturating_sub(1);
                    match tag.local_name().as_ref() {
                        "t" => in_text = false,
                        "p" if passed_over.is_none() => self.end_line(true),
                        _ => {}
                    }
                }
                _ if passed_over.is_some() => {}
                Event::Empty(tag) if is_word(&tag) => match local(&tag) {
                    "tab" => self.take("\t", part, source, Form::Element),
                    "br" | "cr" => self.take("\n", part, source, Form::Element),
                    "noBreakHyphen" => self.take("\u{2011}", part, source, Form::Element),
                    "softHyphen" => self.take("\u{AD}", part, source, Form::Element),
                    "p" => self.end_line(true),
                    _ => {}
                },
                Event::Text(text) if in_text => {
                    self.take(&text, part, source, Form::Letters);
                }
                Event::GeneralRef(reference) if in_text => {
                    let known = reference.resolve_char_ref().ok().flatten().map(String::from);
                    if let Some(text) = known.or_else(|| resolve_predefined_entity(&reference).map(String::from)) {
                        self.take(&text, part, source, Form::Reference);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        self.end_line(false);
        Ok(())
    }

    fn take(&mut self, text: &str, part: usize, source: Range<usize>, form: Form) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { text: start..self.text.len(), part, source, form });
    }

    /// Ends a line: of an empty paragraph too, or only where something stands on it.
    fn end_line(&mut self, empty: bool) {
        if empty || !(self.text.is_empty() || self.text.ends_with('\n')) {
            self.text.push('\n');
        }
    }
}

/// Whether people write in this part of the package.
fn has_text(name: &str) -> bool {
    let Some(part) = name.strip_prefix("word/").and_then(|part| part.strip_suffix(".xml")) else { return false };
    let kinds = ["document", "footnotes", "endnotes", "comments", "header", "footer"];
    kinds.iter().any(|kind| part.strip_prefix(kind).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())))
}

fn local<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    tag.local_name().into_inner()
}

/// Whether an element is of the words: not of a formula or a drawing, whose prefixes all programs write as `m` and `a`.
fn is_word(tag: &BytesStart<'_>) -> bool {
    !tag.name().prefix().is_some_and(|prefix| matches!(prefix.as_ref(), "m" | "a"))
}

fn edited(xml: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut at = 0;
    for (source, new) in edits {
        out.push_str(xml.get(at..source.start).unwrap_or(""));
        out.push_str(new);
        at = source.end;
    }
    out.push_str(xml.get(at..).unwrap_or(""));
    out
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::new(format!("the DOCX cannot be read: {error}")).with_hint("open it in a word processor and save it anew")
}
