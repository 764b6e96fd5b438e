//! The commands, one file each, and what they share: a stream of lines answered in order.

mod align;
mod cluster;
mod detect;
mod generate;
mod link;
mod lint;
mod match_names;
mod normalize;
mod parse;
pub mod people;
mod records;
mod registry;
mod scan;
mod scheme_page;
mod schemes;
mod variants;

use crate::answer::rounded;
use crate::cli::Command;
pub use crate::failure::Failure;
use crate::input::{Input, Line};
use crate::output::{Output, Shape};
use crate::progress::Progress;
use crate::report::{Place, Report};
use nasab::{Error, Name, Scheme, Severity, Source};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::OnceLock;

/// Fewer lines are not worth a second thread: it is dearer to start than they are to answer.
const MANY: usize = 32;

/// What every command speaks through.
pub struct Context {
    pub output: Output,
    pub report: Report,
    pub progress: Progress,
}

/// Something in a line that its owner should know.
#[derive(Debug)]
pub struct Finding {
    pub severity: Severity,
    pub error: Error,
    pub line: u64,
    pub column: Option<usize>,
}

/// What becomes of a line.
#[derive(Debug, Default)]
pub struct Answer {
    pub text: String,
    pub findings: Vec<Finding>,
}

/// Runs a command; the code is 0, or 1 for no match. Reports may raise it.
pub fn run(command: Command, context: &mut Context) -> Result<u8, Failure> {
    match command {
        Command::Normalize(args) => normalize::run(args, context),
        Command::Match(args) => match_names::run(args, context),
        Command::Parse(args) => parse::run(args, context),
        Command::Detect(args) => detect::run(args, context),
        Command::Variants(args) => variants::run(args, context),
        Command::Lint(args) => lint::run(&args, context),
        Command::Align(args) => align::run(args, context),
        Command::Scan(args) => scan::run(&args, context),
        Command::Records(args) => records::run(&args, context),
        Command::Cluster(args) => cluster::run(args, context),
        Command::Link(args) => {
            // The index is built by as many threads as there are.
            parallel();
            link::run(args, context)
        }
        Command::Registry(args) => registry::run(args, context),
        Command::Schemes(args) => schemes::run(&args, context),
        #[cfg(feature = "serve")]
        Command::Serve(args) => {
            parallel();
            crate::serve::run(args, context)
        }
        Command::Completions(args) => generate::completions(&args, context),
        Command::Man(args) => generate::man(&args, context),
    }
}

/// Tells whoever sits before an empty terminal what is waited for.
fn invite(input: &Input, context: &mut Context) {
    if input.is_typed() {
        context.report.summary("one name a line; Ctrl-D ends the list");
    }
}

/// Answers every line of an input, in order. `answer` must not depend on other lines.
fn stream(input: &mut Input, shape: Shape, context: &mut Context, answer: impl Fn(&Line) -> Answer + Sync) -> Result<(), Failure> {
    invite(input, context);
    context.progress = Progress::new(input.size());
    loop {
        let batch = input.batch()?;
        if batch.is_empty() {
            context.progress = Progress::none();
            return Ok(());
        }
        deliver(&batch, input, shape, context, &answer)?;
        context.progress.advance(batch.len() as u64, batch.iter().map(Line::bytes).sum());
    }
}

/// Answers some lines and hands the answers on: whoever waits for them has them before the next
/// read.
fn deliver(
    batch: &[Line],
    input: &Input,
    shape: Shape,
    context: &mut Context,
    answer: &(impl Fn(&Line) -> Answer + Sync),
) -> Result<(), Failure> {
    let answers: Vec<Answer> =
        if batch.len() >= MANY && parallel() { batch.par_iter().map(answer).collect() } else { batch.iter().map(answer).collect() };
    for Answer { text, findings } in answers {
        context.output.line(&text, shape)?;
        if !findings.is_empty() && context.output.is_terminal() {
            // What is said of an answer stands under it.
            context.output.flush()?;
        }
        for Finding { severity, error, line, column } in findings {
            let place = Place { origin: input.origin().clone(), line, column };
            let Context { report, progress, .. } = &mut *context;
            progress.aside(|| report.say(severity, &error, Some(&place)));
        }
    }
    context.output.flush()?;
    Ok(())
}

/// Whether threads can be had. Asked once, before anything works with several: rayon would panic where the system gives none,
/// and does all on this thread when it is told so.
fn parallel() -> bool {
    static THREADS: OnceLock<bool> = OnceLock::new();
    *THREADS.get_or_init(|| {
        let many = rayon::ThreadPoolBuilder::new().build_global().is_ok();
        if !many {
            let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
        }
        many
    })
}

impl Answer {
    /// An answer to a line that could not be used.
    fn refused(text: String, line: u64, error: Error) -> Self {
        let column = error.column();
        Answer { text, findings: vec![Finding { severity: Severity::Error, error, line, column }] }
    }
}

/// What the reader had to say of a name.
fn notes(name: &Name, line: u64) -> Vec<Finding> {
    let finding = |note: &nasab::Note| Finding { severity: note.severity, error: note.error.clone(), line, column: note.error.column() };
    name.notes().iter().map(finding).collect()
}

/// Reads the name of a line.
///
/// # Errors
/// With what can be shown of the line and why it is no name.
fn read(line: &Line, from: Source) -> Result<(&str, Name), (&str, Error)> {
    match &line.text {
        Ok(text) => match Name::read(text, from) {
            Ok(name) => Ok((text, name)),
            Err(error) => Err((text, error)),
        },
        Err(bad) => Err((&bad.lossy, bad.error.clone())),
    }
}

/// The scheme for Arabic script.
fn arabic() -> Result<Scheme, Error> {
    Scheme::find("arabic")
}

/// JSON of a record. Serialising text and numbers does not fail.
fn json(record: &impl Serialize) -> String {
    serde_json::to_string(record).unwrap_or_default()
}
