//! `nasab.toml`: what a project says once for all of its texts.

use crate::cli::document::Markup;
use crate::failure::{Failure, reason};
use crate::report::Place;
use clap::ValueEnum;
use nasab::document::{Code, HouseSpelling};
use nasab::{Error, Scheme};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;

/// The name that is looked for in the folder of a text, then in the folders above it.
const NAME: &str = "nasab.toml";

/// The settings of a text: the command line first, then the file, then the defaults.
pub struct Config {
    pub scheme: Scheme,
    pub markup: Option<Markup>,
    pub sure: Option<f64>,
    pub ignore: Vec<Code>,
    pub house: Vec<HouseSpelling>,
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    scheme: Option<Spanned<String>>,
    markup: Option<Spanned<String>>,
    sure: Option<Spanned<f64>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    spelling: Vec<Spelling>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    write: Spanned<String>,
    #[serde(default, rename = "for")]
    instead_of: Vec<String>,
}

impl Config {
    /// What holds for a text: of the file named, or the nearest above the text, or none. `scheme` is what the command line has,
    /// `usual` the scheme where neither names one.
    pub fn of(text: Option<&Path>, file: Option<&Path>, scheme: Option<&str>, usual: &str) -> Result<Config, Failure> {
        let told = scheme.map(Scheme::find).transpose()?;
        let path = file.map(Path::to_path_buf).or_else(|| above(text));
        let usual = || Scheme::find(usual);
        let Some(path) = path else {
            let scheme = told.map_or_else(usual, Ok)?;
            return Ok(Config { scheme, markup: None, sure: None, ignore: Vec::new(), house: Vec::new() });
        };
        let origin: Arc<str> = path.display().to_string().into();
        let source = std::fs::read_to_string(&path).map_err(|e| {
            let place = Place { origin: origin.clone(), line: 1, column: None };
            Failure::Told(Some(place), Error::new(format!("cannot be read: {}", reason(&e))))
        })?;
        let refused = |at: usize, error: Error| {
            let before = source.get(..at).unwrap_or("");
            let line = before.bytes().filter(|b| *b == b'\n').count() as u64 + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            Failure::Told(Some(Place { origin: origin.clone(), line, column: Some(column) }), error)
        };
        let written: Written = toml::from_str(&source).map_err(|error| {
            let hint = "its keys are scheme, markup, sure, ignore and [[spelling]] with write and for";
            refused(error.span().map_or(0, |span| span.start), Error::new(error.message().to_string()).with_hint(hint))
        })?;
        let scheme = match (told, &written.scheme) {
            (Some(scheme), _) => scheme,
            (None, Some(name)) => Scheme::find(name.get_ref()).map_err(|error| refused(name.span().start, error))?,
            (None, None) => usual()?,
        };
        let markup = written.markup.map(|name| {
            Markup::from_str(name.get_ref(), true).map_err(|_| {
                let error = Error::new(format!("no markup is called `{}`", name.get_ref()));
                refused(name.span().start, error.with_hint("take plain, markdown, html or latex"))
            })
        });
        let sure = written.sure.map(|sure| match *sure.get_ref() {
            value if (0.0..=1.0).contains(&value) => Ok(value),
            value => Err(refused(sure.span().start, Error::new(format!("{value} is no probability")).with_hint("take 0 to 1"))),
        });
        let ignore = written.ignore.iter().map(|label| {
            Code::ALL.into_iter().find(|code| code.label() == label.get_ref()).ok_or_else(|| {
                let hint = format!("codes are {}", Code::ALL.map(Code::label).join(", "));
                refused(label.span().start, Error::new(format!("no finding has the code `{}`", label.get_ref())).with_hint(hint))
            })
        });
        let house = written.spelling.iter().map(|one| {
            HouseSpelling::new(one.write.get_ref(), &one.instead_of, scheme).map_err(|error| refused(one.write.span().start, error))
        });
        Ok(Config {
            scheme,
            markup: markup.transpose()?,
            sure: sure.transpose()?,
            ignore: ignore.collect::<Result<_, _>>()?,
            house: house.collect::<Result<_, _>>()?,
        })
    }
}

/// The nearest configuration in the folder of a text or above it; standard input has the present folder.
fn above(text: Option<&Path>) -> Option<PathBuf> {
    let folder = match text {
        Some(text) => text.canonicalize().ok()?.parent()?.to_path_buf(),
        None => std::env::current_dir().ok()?,
    };
    folder.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}
