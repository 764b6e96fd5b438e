//! `nasab completions` and `nasab man`: the command line, written down for shells and for `man`.

use super::{Context, Failure};
use crate::cli::generate::{Completions, Man, definition, with_schemes};
use crate::failure::reason;
use crate::replace::replace;
use clap_mangen::Man as Page;
use nasab::Error;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn completions(args: &Completions, context: &mut Context) -> Result<u8, Failure> {
    let mut script: Vec<u8> = Vec::new();
    clap_complete::generate(args.shell, &mut with_schemes(), "nasab", &mut script);
    context.output.bytes().write_all(&script)?;
    Ok(0)
}

pub(super) fn man(args: &Man, context: &mut Context) -> Result<u8, Failure> {
    // Built, so that pages know the whole name of their command; `help` tells nothing that a page does not.
    let mut command = definition().disable_help_subcommand(true);
    command.build();
    if let Some(folder) = &args.all {
        let failed = |e: io::Error| Failure::from(Error::new(format!("`{}` cannot be written to: {}", folder.display(), reason(&e))));
        std::fs::create_dir_all(folder).and_then(|()| pages(&command, folder)).map_err(failed)?;
        return Ok(0);
    }
    let mut asked = &command;
    for name in &args.command {
        let inner = asked.find_subcommand(name);
        asked = inner.ok_or_else(|| Error::new(format!("there is no command `{name}`")).with_hint("`nasab --help` lists the commands"))?;
    }
    page(asked, context.output.bytes())?;
    Ok(0)
}

fn pages(command: &clap::Command, folder: &Path) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    replace(&folder.join(format!("{name}.1")), |file| page(command, file).map(|()| true))?;
    command.get_subcommands().filter(|inner| !inner.is_hide_set()).try_for_each(|inner| pages(inner, folder))
}

fn page(command: &clap::Command, to: &mut dyn Write) -> io::Result<()> {
    // The texts that end the long help are laid out by hand; a page of its own making would run their lines together.
    let page = Page::new(command.clone().after_long_help(None).after_help(None));
    let mut written: Vec<u8> = Vec::new();
    page.render(&mut written)?;
    to.write_all(&written)?;
    let told = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    to.write_all(sections(&told).as_bytes())
}

/// What stands behind the options, each headed piece a section whose lines stay as they are.
fn sections(told: &str) -> String {
    let mut out = String::new();
    for piece in told.split("\n\n") {
        let (head, lines) = match piece.split_once('\n') {
            Some((first, rest)) if first.ends_with(':') => (first.trim_end_matches(':'), rest),
            _ => ("Notes", piece),
        };
        out.push_str(&format!(".SH {}\n.nf\n", head.to_uppercase()));
        for line in lines.lines() {
            // A point or an apostrophe at the start would be a request.
            let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
            out.push_str(&format!("{guard}{}\n", line.replace('\\', "\\e").replace('-', "\\-")));
        }
        out.push_str(".fi\n");
    }
    out
}
