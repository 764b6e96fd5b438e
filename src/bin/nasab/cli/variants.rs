//! `nasab variants`: the definition.

use super::Names;
use super::value::at_least_one;
use clap::{Args, ValueEnum};

/// Lists the spellings of a name that are worth searching for, likeliest first.
///
/// What people write is learned from lists, sound by sound; a region shifts it. Without a region the forms of the scholarly and
/// official schemes are among them.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Regions:
  english, french (and the Maghreb), egyptian, levantine, gulf, german, turkish, persian

Formats:
  text   one spelling a line; the names follow each other
  jsonl  one JSON object for each name: {\"input\",\"arabic\",\"variants\":[{\"text\",\"probability\",\"scheme\"}]}
  query  for search engines: (\"..\" OR \"..\") AND (\"..\" OR \"..\"), word by word
  regex  one pattern for each name, word by word; case should be ignored

Examples:
  nasab variants 'Qais al-Khazali'
  nasab variants --region french,egyptian --limit 20 'شريف'
  nasab variants --format query 'قيس الخزعلي'
  grep -iE \"$(nasab variants --format regex --limit 60 'القذافي')\" news.txt")]
pub struct Variants {
    /// How writers of these regions spell, all others aside
    #[arg(short, long, value_name = "REGION", value_delimiter = ',')]
    pub region: Vec<String>,

    /// At most this many spellings of a name; in a query or regex, of each word
    #[arg(short, long, value_name = "N", default_value_t = 50, value_parser = at_least_one)]
    pub limit: usize,

    /// What an answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: VariantsFormat,

    #[command(flatten)]
    pub input: Names,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VariantsFormat {
    /// One spelling a line
    Text,
    /// One JSON object for each name
    Jsonl,
    /// A Boolean query
    Query,
    /// A regular expression
    Regex,
}
