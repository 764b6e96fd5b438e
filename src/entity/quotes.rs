//! A table that ends inside of quotes: its last row was cut off, and half a name is no name.

use std::io::{self, Read};

/// A table that is looked at while it is read.
pub(super) struct Quotes<R> {
    source: R,
    place: Place,
    ended: bool,
}

/// Where in a row of CSV the last byte stood.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Before a cell, where alone a quote opens.
    Start,
    Plain,
    Quoted,
    /// After a quote inside of quotes: the end of them, or the first of two.
    Closing,
}

impl<R> Quotes<R> {
    pub(super) fn new(source: R) -> Self {
        Quotes { source, place: Place::Start, ended: false }
    }

    /// Whether it has ended, and inside of quotes.
    pub(super) fn are_open(&self) -> bool {
        self.ended && self.place == Place::Quoted
    }
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.source.read(buffer)?;
        self.ended = length == 0 && !buffer.is_empty();
        for byte in buffer.iter().take(length) {
            self.place = match (self.place, byte) {
                (Place::Quoted, b'"') => Place::Closing,
                (Place::Quoted, _) | (Place::Start | Place::Closing, b'"') => Place::Quoted,
                (_, b',' | b'\n' | b'\r') => Place::Start,
                _ => Place::Plain,
            };
        }
        Ok(length)
    }
}
