//! How far a long run is: on standard error, on a terminal, where standard output goes elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// A run shorter than this shows nothing.
const QUIET: Duration = Duration::from_millis(500);

/// How far a run is.
pub struct Progress {
    start: Instant,
    /// Bytes in all, where that is known.
    size: Option<u64>,
    bytes: u64,
    lines: u64,
    bar: Option<ProgressBar>,
    watched: bool,
}

impl Progress {
    /// Of an input of so many bytes.
    pub fn new(size: Option<u64>) -> Self {
        let watched = io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress { start: Instant::now(), size, bytes: 0, lines: 0, bar: None, watched }
    }

    /// Of nothing: what shows no progress.
    pub fn none() -> Self {
        let mut progress = Progress::new(None);
        progress.watched = false;
        progress
    }

    /// So many lines more are done, of so many bytes.
    pub fn advance(&mut self, lines: u64, bytes: u64) {
        self.bytes += bytes;
        self.reach(self.lines + lines);
    }

    /// So many lines are done in all.
    pub fn reach(&mut self, lines: u64) {
        self.lines = lines;
        let gone = self.start.elapsed();
        if !self.watched || gone < QUIET {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(self.size, ProgressDrawTarget::stderr_with_hz(5)).with_elapsed(gone);
            let template = if self.size.is_some() { "{bar:24} {msg}, {eta} left" } else { "{msg}, {elapsed}" };
            ProgressStyle::with_template(template).map(|style| bar.set_style(style)).unwrap_or_default();
            bar
        });
        bar.set_position(self.bytes);
        bar.set_message(format!("{} lines, {:.0} a second", self.lines, self.lines as f64 / gone.as_secs_f64()));
    }

    /// Lets something else be said on standard error.
    pub fn aside<T>(&self, say: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
