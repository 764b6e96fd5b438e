//! `nasab records`: the definition.

use super::value::probability;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Checks the names of catalogue records, and fills in the script that is missing.
///
/// MARC 21 (.mrc, in UTF-8) and MARCXML (.xml): the personal names of fields 100, 600, 700 and 800, and the 880 fields that `$6`
/// links them to. BibTeX (.bib) and CSL-JSON (.json): the names of authors, editors and translators, where they are Arabic.
/// CSV and TSV: two columns. Every byte that is not asked to change stays as it is; a record that cannot be read is told and handed on.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Findings:
  reading    the romanized name is no reading of the Arabic
  vowels     its letters are those of the Arabic, its vowels are no known reading
  spelling   it is not spelled as the scheme has it
  article    the entry element begins with the article
  inversion  its words stand in another order, or the comma stands elsewhere
  link       $6 leads to no field
  missing    a name stands in one script alone
  key        the key of an entry is not ASCII
  broken     a record cannot be read

Answers:
  text   file:record:field: message, and the control number of the record in brackets
  jsonl  {\"file\",\"record\",\"control\",\"field\",\"kind\",\"found\",\"expected\",\"probability\",\"message\",\"written\"}
  They stand on standard output, or on standard error where that takes the changed file.

Exit status:
  0  nothing was found, or all that was found is written
  1  findings
  2  error, or a record that could not be read; the others were processed

Examples:
  nasab records catalogue.mrc
  nasab records --fill romanized catalogue.xml > filled.xml
  nasab records --fill arabic --least 0.9 --in-place catalogue.mrc
  nasab records --to dmg --keys library.bib --output library.dmg.bib
  nasab records --arabic-column name_ar --romanized-column name --fill romanized people.csv
  zcat catalogue.xml.gz | nasab records --kind marcxml -
  nasab records --format jsonl *.mrc | jq 'select(.kind == \"reading\")'")]
pub struct Records {
    /// The records; the end of a name tells what they are, and `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// What the records are, where the file's name does not tell it
    #[arg(long, value_enum)]
    pub kind: Option<RecordsKind>,

    /// Tell what would be done, change nothing; what is done where nothing else is asked for
    #[arg(long)]
    pub check: bool,

    /// Write names that stand in one script alone in the other
    #[arg(long, value_enum, value_name = "SCRIPT")]
    pub fill: Option<Fill>,

    /// Write the names of a bibliography in this scheme
    #[arg(short, long, value_name = "SCHEME", conflicts_with_all = ["fill", "scheme"])]
    pub to: Option<String>,

    /// Give entries whose key or id is not ASCII one of surname and year
    #[arg(long, conflicts_with = "fill")]
    pub keys: bool,

    /// The column of a table that has the Arabic names
    #[arg(long, value_name = "COLUMN", requires = "romanized_column")]
    pub arabic_column: Option<String>,

    /// The column of a table that has the romanized names
    #[arg(long, value_name = "COLUMN", requires = "arabic_column")]
    pub romanized_column: Option<String>,

    /// From this probability on a name is filled in or written; others are told
    #[arg(long, value_name = "P", default_value_t = 0.8, value_parser = probability)]
    pub least: f64,

    /// The scheme of the romanized names; without it nasab.toml tells, else ala-lc
    #[arg(short, long, value_name = "SCHEME")]
    pub scheme: Option<String>,

    /// The settings of the project; without it the nearest nasab.toml in the folder of the file or above it
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// What the report looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: RecordsFormat,

    /// Write the changed records into this file
    #[arg(short, long, value_name = "FILE", conflicts_with = "in_place")]
    pub output: Option<PathBuf>,

    /// Write the changed records into the file that they come from
    #[arg(short, long)]
    pub in_place: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordsKind {
    /// MARC 21 as ISO 2709 frames it
    Marc,
    /// MARC 21 as XML
    Marcxml,
    /// BibTeX and BibLaTeX
    Bibtex,
    /// Items of the Citation Style Language
    CslJson,
    /// Comma-separated; the two columns are named
    Csv,
    /// Tab-separated
    Tsv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fill {
    /// The romanized name of an Arabic one
    Romanized,
    /// The Arabic of a romanized name
    Arabic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordsFormat {
    /// One line for each finding
    Text,
    /// One JSON object for each finding
    Jsonl,
}
