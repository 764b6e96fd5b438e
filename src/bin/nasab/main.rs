//! nasab on the command line: parse, run, exit code.
//!
//! Data leaves on standard output and everything else on standard error. A reader that goes away
//! (`| head`) ends the program in silence, and well: it has what it wanted.

mod answer;
mod cli;
mod command;
mod config;
mod failure;
mod input;
mod output;
mod progress;
mod replace;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod table;
mod terminal;
mod text_file;

use clap::Parser;
use command::Context;
use failure::Failure;
use std::io::ErrorKind;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => {
            // Help goes to standard output and a wrong usage to standard error; where that is
            // closed there is nobody to tell.
            let _ = said.print();
            return ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2));
        }
    };
    let mut context = Context { output: output::Output::new(), report: report::Report::new(), progress: progress::Progress::none() };
    let ended = command::run(cli.command, &mut context).and_then(|code| context.output.flush().map(|()| code).map_err(Failure::from));
    let code = match ended {
        Ok(code) => code,
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(failure) => {
            let (place, error) = failure.told();
            context.report.error(&error, place.as_ref());
            2
        }
    };
    context.report.close();
    ExitCode::from(code.max(context.report.code()))
}
