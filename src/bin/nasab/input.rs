//! Input: arguments, a file or standard input, one name a line, in bounded memory.
//!
//! Lines are handed out in batches, so that many can be worked on at once. A batch is what one
//! read brought: who writes fast gets large batches, and who writes one line and waits for its
//! answer is answered before the next read. No timer and no thread is needed for that.
//!
//! A line that cannot be a name (too long, not UTF-8) is handed out as its fault, in its place, so
//! that answers stay in step with lines. A long one is not held: a line without end costs nothing.

use crate::failure::{Failure, reason};
use crate::table::Quoting;
use nasab::Error;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

/// What one read may bring. A pipe holds 64 KiB.
const BUFFER: usize = 128 << 10;

/// Most lines of a batch, for input of tiny lines.
const BATCH: usize = 4096;

/// A longer line is no name.
pub const LONGEST_NAME: usize = 64 << 10;

/// A longer row is no row; notes and texts stand in tables too.
pub const LONGEST_ROW: usize = 1 << 20;

/// So much of a long line is shown.
const GLIMPSE: usize = 60;

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// What reports call standard input.
const STANDARD: &str = "<stdin>";

/// A line, a row of a table, or an argument.
#[derive(Debug)]
pub struct Line {
    /// From 1; of a row over several lines the first.
    pub number: u64,
    /// The text without its end.
    pub text: Result<String, Bad>,
    /// Whether it ended in CR LF.
    pub crlf: bool,
}

impl Line {
    /// What it took of the input, its end included; of a line that is no text about so much.
    pub fn bytes(&self) -> u64 {
        let text = self.text.as_ref().map_or_else(|bad| bad.lossy.len(), String::len);
        text as u64 + 1 + u64::from(self.crlf)
    }
}

/// A line that is no text.
#[derive(Debug)]
pub struct Bad {
    /// What of it can be shown.
    pub lossy: String,
    /// Why.
    pub error: Error,
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A line end.
    Line,
    /// A line end outside quotes: CSV.
    Row,
}

/// Where names come from.
pub struct Input {
    origin: Arc<str>,
    size: Option<u64>,
    feed: Feed,
}

enum Feed {
    Arguments(Vec<String>),
    Lines(Lines<Box<dyn Read>>),
}

impl Input {
    /// Arguments, else a file, else standard input.
    pub fn names(names: Vec<String>, file: Option<&Path>) -> Result<Input, Failure> {
        if file.is_none() && !names.is_empty() && names != ["-"] {
            return Ok(Input { origin: "<argument>".into(), size: None, feed: Feed::Arguments(names) });
        }
        Input::lines(file, End::Line, LONGEST_NAME)
    }

    /// A file, or standard input for none and for `-`.
    pub fn lines(file: Option<&Path>, end: End, longest: usize) -> Result<Input, Failure> {
        let (origin, size, source): (Arc<str>, _, Box<dyn Read>) = match file {
            Some(path) if path != Path::new("-") => {
                let file = open(path)?;
                // A pipe with a name has no length.
                let size = file.metadata().ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
                (path.display().to_string().into(), size, Box::new(file))
            }
            _ => (STANDARD.into(), None, Box::new(io::stdin().lock())),
        };
        Ok(Input { origin, size, feed: Feed::Lines(Lines::new(source, end, longest)) })
    }

    /// Whether somebody is to type it, who would otherwise wait for an answer.
    pub fn is_typed(&self) -> bool {
        matches!(self.feed, Feed::Lines(_)) && &*self.origin == STANDARD && io::stdin().is_terminal()
    }

    /// How many bytes it has, where that is known.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// The name of the input for reports.
    pub fn origin(&self) -> &Arc<str> {
        &self.origin
    }

    /// The next lines; none at the end.
    pub fn batch(&mut self) -> Result<Vec<Line>, Failure> {
        match &mut self.feed {
            Feed::Arguments(names) => {
                Ok(std::mem::take(names).into_iter().zip(1..).map(|(name, number)| Line { number, text: Ok(name), crlf: false }).collect())
            }
            Feed::Lines(lines) => {
                lines.batch().map_err(|e| Failure::from(Error::new(format!("`{}` cannot be read: {}", self.origin, reason(&e)))))
            }
        }
    }
}

/// Opens a file for reading.
pub fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|e| Failure::from(Error::new(format!("`{}` cannot be opened: {}", path.display(), reason(&e)))))
}

/// Splits bytes into lines.
struct Lines<R> {
    source: R,
    buffer: Box<[u8]>,
    /// The part of the buffer that is not handed out.
    start: usize,
    filled: usize,
    /// The beginning of a line whose end is not read.
    held: Vec<u8>,
    /// The held line is too long and its rest is dropped.
    long: bool,
    number: u64,
    end: End,
    quoting: Quoting,
    /// Line ends inside the held row.
    inner: u64,
    longest: usize,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn new(source: R, end: End, longest: usize) -> Self {
        Lines {
            source,
            buffer: vec![0; BUFFER].into(),
            start: 0,
            filled: 0,
            held: Vec::new(),
            long: false,
            number: 1,
            end,
            quoting: Quoting::CellStart,
            inner: 0,
            longest,
            ended: false,
        }
    }

    fn batch(&mut self) -> io::Result<Vec<Line>> {
        let mut batch = Vec::new();
        while !self.ended {
            while let Some(length) = self.line_end() {
                self.hold(length);
                self.start += 1;
                batch.push(self.finish());
                if batch.len() == BATCH {
                    return Ok(batch);
                }
            }
            if !batch.is_empty() {
                break;
            }
            self.start = 0;
            self.filled = match self.source.read(&mut self.buffer) {
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            self.ended = self.filled == 0;
            if self.ended && (self.long || !self.held.is_empty()) {
                batch.push(self.finish());
            }
        }
        Ok(batch)
    }

    /// How many bytes of the buffer come before the next line end; without one all are held.
    fn line_end(&mut self) -> Option<usize> {
        let unread = self.buffer.get(self.start..self.filled).unwrap_or_default();
        let mut state = self.quoting;
        let mut inner = 0;
        let found = match self.end {
            End::Line => unread.iter().position(|b| *b == b'\n'),
            End::Row => unread.iter().position(|b| {
                // A quote that is never closed would take the whole file: past the limit a line
                // end ends the row all the same.
                let quoted = state == Quoting::Quoted && !self.long;
                inner += u64::from(*b == b'\n' && quoted);
                state = state.after(*b);
                *b == b'\n' && !quoted
            }),
        };
        self.quoting = if found.is_some() { Quoting::CellStart } else { state };
        self.inner += inner;
        if found.is_none() {
            self.hold(unread.len());
        }
        found
    }

    /// Moves bytes from the buffer to the held line, as far as it may grow.
    fn hold(&mut self, length: usize) {
        let bytes = self.buffer.get(self.start..self.start + length).unwrap_or_default();
        self.start += length;
        if !self.long {
            self.held.extend_from_slice(bytes);
            // The end of the line may be CR LF.
            if self.held.len() > self.longest + 1 {
                self.long = true;
                self.held.truncate(GLIMPSE * 4);
                self.held.shrink_to(self.longest);
            }
        }
    }

    /// The held line, whole.
    fn finish(&mut self) -> Line {
        let mut bytes = std::mem::take(&mut self.held);
        let number = self.number;
        self.number += 1 + std::mem::take(&mut self.inner);
        if number == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        let crlf = bytes.ends_with(b"\r");
        if crlf {
            bytes.pop();
        }
        let long = std::mem::take(&mut self.long) || bytes.len() > self.longest;
        let text = if long { Err(too_long(&bytes, self.longest)) } else { String::from_utf8(bytes).map_err(|e| not_utf8(&e)) };
        Line { number, text, crlf }
    }
}

fn too_long(bytes: &[u8], longest: usize) -> Bad {
    let lossy = String::from_utf8_lossy(bytes).chars().take(GLIMPSE).chain(['…']).collect();
    let error = Error::new(format!("a line of more than {} KiB is skipped", longest >> 10));
    let hint = if longest == LONGEST_NAME { "give one name a line" } else { "perhaps a quote is not closed" };
    Bad { lossy, error: error.with_hint(hint) }
}

fn not_utf8(error: &std::string::FromUtf8Error) -> Bad {
    let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let valid = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default());
    let byte = bytes.get(at).copied().unwrap_or_default();
    let error = Error::new(format!("`0x{byte:02X}` is not UTF-8"))
        .with_column(valid.chars().count() + 1)
        .with_hint("convert the text to UTF-8, for instance with `iconv -f WINDOWS-1256 -t UTF-8`");
    Bad { lossy: String::from_utf8_lossy(bytes).into_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one piece a read, as a pipe does.
    struct Pieces(Vec<Vec<u8>>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0);
            buffer[..piece.len()].copy_from_slice(&piece);
            Ok(piece.len())
        }
    }

    fn batches(pieces: &[&[u8]], end: End, longest: usize) -> Vec<Vec<(u64, Result<String, String>)>> {
        let mut lines = Lines::new(Pieces(pieces.iter().map(|p| p.to_vec()).collect()), end, longest);
        let mut all = Vec::new();
        loop {
            let batch = lines.batch().unwrap();
            if batch.is_empty() {
                return all;
            }
            all.push(batch.into_iter().map(|l| (l.number, l.text.map_err(|b| b.lossy))).collect());
        }
    }

    fn line(number: u64, text: &str) -> (u64, Result<String, String>) {
        (number, Ok(text.to_string()))
    }

    #[test]
    fn what_has_been_read_is_handed_out_before_the_next_read() {
        let found = batches(&[b"\xEF\xBB\xBFa\r\nb", b"c\n", b"\n", b"d"], End::Line, 100);
        assert_eq!(found, [vec![line(1, "a")], vec![line(2, "bc")], vec![line(3, "")], vec![line(4, "d")]]);
    }

    #[test]
    fn every_cut_gives_the_same_lines() {
        let text = "id,name\n1,\"a\n\"\"b\"\"\"\r\n2,5\" c\n\n3,\"d\"";
        let whole: Vec<_> = batches(&[text.as_bytes()], End::Row, 100).concat();
        assert_eq!(whole, [line(1, "id,name"), line(2, "1,\"a\n\"\"b\"\"\""), line(4, "2,5\" c"), line(5, ""), line(6, "3,\"d\"")]);
        for cut in 1..text.len() {
            let (a, b) = text.as_bytes().split_at(cut);
            assert_eq!(batches(&[a, b], End::Row, 100).concat(), whole, "cut at {cut}");
        }
    }

    #[test]
    fn a_long_line_is_told_by_its_beginning_and_the_next_is_read() {
        let long = [b'x'; 50];
        let found = batches(&[&long, &long, &long, b"\nok\n"], End::Line, 100).concat();
        assert_eq!(found, [(1, Err(format!("{}…", "x".repeat(60)))), line(2, "ok")]);
        let fits = batches(&[&long, &long, b"\r\n", &long, &long, b"x\n"], End::Line, 100).concat();
        assert_eq!(fits.iter().map(|(_, t)| t.is_ok()).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn an_open_quote_does_not_take_the_whole_file() {
        let mut text = b"a,\"open\n".to_vec();
        text.extend([b'x'; 120]);
        let found = batches(&[&text, b"\nb,c\n"], End::Row, 100).concat();
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], line(3, "b,c"));
    }
}
