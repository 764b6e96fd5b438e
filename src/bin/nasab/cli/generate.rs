//! `nasab completions` and `nasab man`: the definitions, and what both make of the definition of everything.

use super::Cli;
use clap::builder::PossibleValuesParser;
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use nasab::Scheme;
use std::path::PathBuf;

/// Writes what a shell needs to complete the commands, options and schemes of nasab.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab completions bash > ~/.local/share/bash-completion/completions/nasab
  nasab completions zsh > \"${fpath[1]}/_nasab\"
  nasab completions fish > ~/.config/fish/completions/nasab.fish
  nasab completions powershell | Out-String | Invoke-Expression
  nasab completions elvish >> ~/.config/elvish/rc.elv")]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Writes the manual page of a command, or all of them into a folder.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab man normalize | man -l -
  nasab man registry import | man -l -
  nasab man --all ~/.local/share/man/man1")]
pub struct Man {
    /// The command, and the command in it; without one the page of nasab itself
    #[arg(value_name = "COMMAND", conflicts_with = "all")]
    pub command: Vec<String>,

    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "FOLDER")]
    pub all: Option<PathBuf>,
}

/// The whole definition, for who writes it down.
pub fn definition() -> Command {
    Cli::command()
}

/// The same with the names of schemes, which the program itself looks up for a better word than clap has on a wrong one.
pub fn with_schemes() -> Command {
    schemes_told(definition())
}

fn schemes_told(command: Command) -> Command {
    let labels = || PossibleValuesParser::new(Scheme::all().map(|scheme| scheme.label()));
    let is_scheme = |arg: &clap::Arg| arg.get_value_names().is_some_and(|names| names.iter().any(|name| name == "SCHEME"));
    command.mut_args(|arg| if is_scheme(&arg) { arg.value_parser(labels()) } else { arg }).mut_subcommands(schemes_told)
}
