//! Standard output: data and nothing else.
//!
//! Into a pipe every byte leaves as it is. On a terminal a line is shown through
//! [`terminal`](crate::terminal). Writing is buffered; who converses with the program through two
//! pipes gets its answers because the commands flush when they run out of input.

use crate::terminal;
use anstyle::Style;
use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text, shown on a terminal with `\u{..}` escapes.
    Line,
    /// JSON, shown with JSON's own.
    Json,
}

/// A cell of aligned columns.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// A cell in a style that is dropped where there is no colour.
    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        Cell { text: text.into(), style }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell { text: text.into(), style: Style::new() }
    }
}

/// The one door to standard output.
pub struct Output {
    sink: BufWriter<io::StdoutLock<'static>>,
    terminal: bool,
    color: bool,
}

impl Output {
    /// Standard output, and whether it is a terminal and takes colour.
    pub fn new() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        // Data does not go through anstream: into a pipe it would strip what looks like colour.
        let color = terminal && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Output { sink: BufWriter::with_capacity(1 << 16, stdout.lock()), terminal, color }
    }

    /// Whether a person is looking.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// A line of its shape.
    pub fn line(&mut self, text: &str, shape: Shape) -> io::Result<()> {
        let shown = match shape {
            _ if !self.terminal => Cow::Borrowed(text),
            Shape::Line => terminal::show(text),
            Shape::Json => terminal::show_json(text),
        };
        self.sink.write_all(shown.as_bytes())?;
        self.sink.write_all(b"\n")
    }

    /// Whether it takes colour.
    pub fn is_colored(&self) -> bool {
        self.color
    }

    /// For what is no text of ours: a file handed on.
    pub fn bytes(&mut self) -> &mut dyn Write {
        &mut self.sink
    }

    /// A line whose parts were made fit for a terminal before they were styled.
    pub fn raw(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.sink, "{text}")
    }

    /// Rows in aligned columns, two blanks between; the last cell of a row is not padded.
    pub fn columns(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        let shown: Vec<Vec<(Cow<'_, str>, usize)>> =
            rows.iter().map(|row| row.iter().map(|cell| self.cell(&cell.text)).collect()).collect();
        let count = shown.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> =
            (0..count).map(|place| shown.iter().filter_map(|row| row.get(place)).map(|(_, w)| *w).max().unwrap_or(0)).collect();
        for (row, cells) in shown.iter().zip(rows) {
            let last = row.iter().rposition(|(text, _)| !text.is_empty()).unwrap_or(0);
            for (place, (((text, taken), cell), width)) in row.iter().zip(cells).zip(&widths).enumerate().take(last + 1) {
                let style = if self.color { cell.style } else { Style::new() };
                let padding = if place < last { width.saturating_sub(*taken) + 2 } else { 0 };
                write!(self.sink, "{style}{text}{style:#}{:padding$}", "")?;
            }
            writeln!(self.sink)?;
        }
        Ok(())
    }

    fn cell<'a>(&self, text: &'a str) -> (Cow<'a, str>, usize) {
        let shown = if self.terminal { terminal::show(text) } else { Cow::Borrowed(text) };
        let width = terminal::width(&shown);
        (shown, width)
    }

    /// Hands everything on.
    pub fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}
