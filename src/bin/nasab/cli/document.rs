//! The commands for running text.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Finds what is wrong with the romanized names of a text, and mends it.
///
/// Every finding has its place, a code, the reason, a confidence and, mostly, the fix. What the Arabic text says
/// (`--arabic`) is believed before what the lexicon knows. Markup, code and addresses in Markdown, HTML, LaTeX and DOCX are left
/// alone, byte for byte; a line of a DOCX file is a paragraph.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Codes:
  mark      a consonant lost its mark or has a wrong one
  length    a vowel is long or short in every name spelled so
  sign      ʿayn or hamza is missing or typed by another sign than the scheme's
  letter    a letter that the scheme does not have
  scheme    a word is spelled as another scheme spells it
  article   the article does not follow the scheme
  hyphen    the article is not joined as the scheme joins it
  capital   a small letter stands where the scheme has a capital, or the reverse
  spelling  the name is spelled otherwise elsewhere in the text, or has a letter twice: Muḥamad
  house     a person whom the house spells otherwise (nasab.toml)

nasab.toml, in the folder of the text or above it; the command line goes first:
  scheme = \"dmg\"
  markup = \"latex\"             # plain, markdown, html or latex
  sure = 0.95
  ignore = [\"hyphen\"]          # codes that are not told
  [[spelling]]                  # a person whom the house spells in its own way
  write = \"Gamal Abdel Nasser\"
  for = [\"جمال عبد الناصر\", \"Ǧamāl ʿAbd an-Nāṣir\"]

Exit status:
  0  nothing was found
  1  findings
  2  error

Examples:
  nasab lint article.txt --arabic article.ar.txt
  nasab lint article.docx --fix
  nasab lint chapter.md --scheme ala-lc --diff
  nasab lint *.tex --scheme ijmes --format sarif > names.sarif
  nasab lint article.txt --fix")]
pub struct Lint {
    /// The text; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The scheme that the names should be in; without it nasab.toml tells, else dmg
    #[arg(short, long, value_name = "SCHEME")]
    pub scheme: Option<String>,

    /// The settings of the project; without it the nearest nasab.toml in the folder of the text or above it
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// The Arabic text that it was made from
    #[arg(short, long, value_name = "FILE")]
    pub arabic: Option<PathBuf>,

    /// How the text is marked up; without it the end of the file's name tells
    #[arg(long, value_enum)]
    pub markup: Option<Markup>,

    /// What a finding looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: LintFormat,

    /// Write the fixes whose confidence is at least --sure into the file
    #[arg(long, conflicts_with = "diff")]
    pub fix: bool,

    /// Print what --fix would change, as a patch
    #[arg(long)]
    pub diff: bool,

    /// From this confidence on a fix is sure; without it nasab.toml tells, else 0.9
    #[arg(long, value_name = "P", value_parser = super::value::probability)]
    pub sure: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Markup {
    Plain,
    Markdown,
    Html,
    Latex,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// For people: the line with the place marked
    Text,
    /// A list of JSON objects
    Json,
    /// SARIF 2.1.0, for editors and code hosts
    Sarif,
}

/// Lays the names of a translation beside the Arabic it was made from.
///
/// The table has every romanized name with its Arabic, what the scheme has for it, and what is wrong with it. Conjunctions and
/// prepositions that Arabic joins to a name are peeled off; foreign names answer by their sound; short mentions tell the full name.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  done
  1  no name, or the texts do not seem to be parallel
  2  error

Examples:
  nasab align article.ar.txt article.txt
  nasab align --scheme ala-lc --format csv article.ar.txt article.md > names.csv")]
pub struct Align {
    /// The Arabic text
    #[arg(value_name = "ARABIC")]
    pub arabic: PathBuf,

    /// Its translation, with romanized names
    #[arg(value_name = "ROMANIZED")]
    pub romanized: PathBuf,

    /// The scheme that the names should be in; without it nasab.toml tells, else dmg
    #[arg(short, long, value_name = "SCHEME")]
    pub scheme: Option<String>,

    /// The settings of the project; without it the nearest nasab.toml in the folder of the text or above it
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// How the translation is marked up; without it the end of the file's name tells
    #[arg(long, value_enum)]
    pub markup: Option<Markup>,

    /// What the table looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: AlignFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AlignFormat {
    /// For people: columns
    Text,
    /// Comma-separated, with a header
    Csv,
    /// One JSON object for each mention
    Jsonl,
}

/// Finds the people of a registry in running text, in either script.
///
/// One pass over the text, in memory that does not grow with it. A mention has at least two words of a name; what Arabic joins to
/// the first (و، ب، ل) is left out of it. Of mentions that overlap the likeliest stands.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Answers:
  text   file:line:column, the mention, the id, the person's name, the probability, tabs between
  jsonl  {\"file\",\"line\",\"column\",\"start\",\"end\",\"text\",\"id\",\"name\",\"probability\"}; start and end count bytes

Exit status:
  0  somebody was found
  1  nobody was
  2  error

Examples:
  nasab scan news.txt --registry people.csv
  nasab scan --format jsonl --threshold 0.8 --registry people.nasab - < archive.txt")]
pub struct Scan {
    /// The texts; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The registry file, or a list of people: .jsonl, .csv or .tsv
    #[arg(short, long, value_name = "REGISTRY")]
    pub registry: PathBuf,

    /// Mentions less likely than this are left out
    #[arg(short, long, value_name = "P", default_value_t = 0.5, value_parser = super::value::probability)]
    pub threshold: f64,

    /// What an answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: ScanFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScanFormat {
    /// One line for each mention
    Text,
    /// One JSON object for each mention
    Jsonl,
}
