//! The command line, defined once: help, errors and completions all come from here.
//!
//! Schemes are taken as plain text and looked up by the commands, because the library's own error
//! names the nearest scheme, and a list of possible values in every help text would hide the rest.

pub mod document;
pub mod generate;
pub mod records;
pub mod registry;
#[cfg(feature = "serve")]
pub mod serve;
mod value;
pub mod variants;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use document::{Align, Lint, Scan};
use nasab::Facts;
use registry::Registry;
use std::path::PathBuf;
use value::{at_least_one, facts, probability, share};
use variants::Variants;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Reads Arabic personal names in any spelling and links them.
///
/// One Arabic name has one spelling in Arabic and dozens in Latin letters. nasab reads any of
/// them, writes any scheme, and links them all to one identity.
///
/// Names come as arguments or one a line on standard input; answers leave on standard output in
/// the same order, one line for each line. Everything else is said on standard error.
#[derive(Debug, Parser)]
#[command(name = "nasab", version, styles = STYLES, max_term_width = 100, arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  nasab normalize 'Qais al-Khazali'
  nasab normalize --to arabic --file names.txt
  nasab match 'قيس الخزعلي' 'Qais al-Khazali'
  nasab link --registry people.csv 'Faleh Fayad'
  nasab cluster --file names.txt

Exit status:
  0  done
  1  no match, or findings: something in a name was passed over
  2  error: wrong usage, or an input that could not be read; the rest was processed")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Normalize(Normalize),
    Match(Match),
    Parse(Parse),
    Detect(Detect),
    Variants(Variants),
    Lint(Lint),
    Align(Align),
    Scan(Scan),
    Records(records::Records),
    Link(Link),
    Cluster(Cluster),
    Registry(Registry),
    Schemes(Schemes),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    Completions(generate::Completions),
    Man(generate::Man),
}

/// Where names come from.
#[derive(Args, Debug)]
pub struct Names {
    /// Names; without any, or with `-`, one a line is read from standard input
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,

    /// Read the names from a file, one a line
    #[arg(short, long, value_name = "FILE", conflicts_with = "names")]
    pub file: Option<PathBuf>,
}

/// Writes names in one scheme, whatever they are spelled in.
///
/// The best reading is written. Arabic script omits vowels, so a reading can be a guess; `--format
/// jsonl` gives the other readings with their probabilities, and the parts of the name.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Formats:
  text   the name in the scheme
  tsv    input, output, Arabic, probability
  jsonl  {\"input\",\"output\",\"scheme\",\"arabic\",\"readings\",\"parts\"}
         and \"original\" where the lexicon knows how the language of a foreign name writes it

Tables:
  With --column the input is a table, and comes out as it was with a column COLUMN_SCHEME added.
  An empty cell stays empty. TSV has no quoting. In JSON lines the value may be a list of names.

Examples:
  nasab normalize 'Qais al-Khazali'
  nasab normalize --to ala-lc < names.txt
  nasab normalize --from ijmes --to dmg:ibn 'Ibn Khaldūn, ʿAbd al-Raḥmān, 1332-1406'
  nasab normalize --to ala-lc --initial-article drop 'الزنجاني، محمود'
  nasab normalize --to arabic --format csv --column name --file people.csv > out.csv
  nasab normalize --format jsonl 'محمد الحكيم' | jq .readings")]
pub struct Normalize {
    /// The scheme to write; `arabic` writes Arabic script
    ///
    /// Options of a scheme stand behind a colon: `dmg:din-1982`, `dmg:ibn,ai`. `nasab schemes SCHEME`
    /// lists them.
    #[arg(short, long, value_name = "SCHEME", default_value = "dmg")]
    pub to: String,

    /// The scheme of the input, `auto` to see it from the text
    ///
    /// Without it the scheme is seen from each name, which reads mixed lists and the spellings of
    /// the press. Naming the scheme reads its letters strictly: what is none of them is reported.
    #[arg(long, value_name = "SCHEME", default_value = "auto")]
    pub from: String,

    /// What becomes of a letter that the scheme of --from does not have
    ///
    /// Each is reported with its place and counted, except that --unknown-letters skip tells only how many there were.
    #[arg(long, value_enum, default_value = "read")]
    pub unknown_letters: UnknownLetters,

    /// The article that a name begins with, as a catalogue enters it: al-Zanjānī or Zanjānī
    #[arg(long, value_enum, default_value = "keep")]
    pub initial_article: InitialArticle,

    /// What is made of the name in the scheme
    #[arg(long, value_enum, default_value = "written")]
    pub form: Form,

    /// What an answer looks like; with --column, what the table is
    #[arg(long, value_enum)]
    pub format: Option<NormalizeFormat>,

    /// At most this many readings in jsonl
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = at_least_one)]
    pub readings: usize,

    /// The input is a table with the names in this column
    #[arg(short, long, value_name = "COLUMN", conflicts_with = "names")]
    pub column: Option<String>,

    #[command(flatten)]
    pub input: Names,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UnknownLetters {
    /// Read as what it is in another scheme
    Read,
    /// Left out of the reading, and � stands in its place
    Mark,
    /// Left out
    Skip,
    /// The line is not answered
    Fail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InitialArticle {
    /// Written
    Keep,
    /// Left out
    Drop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// The letters of the scheme
    Written,
    /// ASCII by what the letters mean: al-Khazali for al-Ḫazʿalī
    Ascii,
    /// What it is sorted by: small ASCII letters, without the article at the start
    SortKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NormalizeFormat {
    /// The name alone
    Text,
    /// Comma-separated; only with --column
    Csv,
    /// Tab-separated
    Tsv,
    /// One JSON object a line
    Jsonl,
}

/// Says whether two names are one person's, and why.
///
/// Two names give a picture: which word answers which and how well, what is left over, and the
/// probability that both are one person's. Pairs from a file give one line each.
#[derive(Args, Debug)]
#[command(override_usage = "nasab match [OPTIONS] <NAME> <NAME>\n       nasab match --pairs <FILE>")]
#[command(after_long_help = "\
Exit status:
  0  the two names match; all pairs were compared
  1  the probability of the two names is below 0.5
  2  error, or a line that is no pair; such a line gets the probability 0.000000

Examples:
  nasab match 'قيس الخزعلي' 'Qais al-Khazali'
  nasab match --format json 'Abdul Rahman' 'عبدالرحمن'
  nasab match 'Ali Hassan' 'علي حسن' --facts born=1974 --facts born=1951
  nasab match --pairs pairs.tsv > scored.tsv
  paste left.txt right.txt | nasab match --pairs - | sort -rn")]
pub struct Match {
    /// Two names
    #[arg(value_name = "NAME", required_unless_present = "pairs", conflicts_with = "pairs")]
    pub names: Vec<String>,

    /// Compare the pairs of a file, name TAB name on each line; `-` is standard input
    ///
    /// Each answer is the probability, TAB and the line, in the order of the pairs. A line may have the facts of both
    /// names in two more columns.
    #[arg(short, long, value_name = "FILE")]
    pub pairs: Option<PathBuf>,

    /// What the answer for two names looks like
    #[arg(long, value_enum, default_value = "text", conflicts_with = "pairs")]
    pub format: MatchFormat,

    /// How many of all pairs that you compare are one person's, from 0 to 1 [default: as learned]
    ///
    /// The weights were learned from hard pairs, of which 15 in 100 are one person's. Where every name
    /// is compared with every other, true pairs are far rarer.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub prior: Option<f64>,

    /// What is known of the first and of the second, once each: `--facts born=1974,country=iq --facts born=1975`
    ///
    /// Facts are born, died (Gregorian years), gender and country. What only one side has says nothing. In a file of pairs they
    /// stand in a third and a fourth column.
    #[arg(long, value_name = "FACTS", value_parser = facts, conflicts_with = "pairs")]
    pub facts: Vec<Facts>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MatchFormat {
    /// A picture of the alignment
    Text,
    /// The comparison as one JSON object
    Json,
}

/// Shows the parts of names and what they are.
///
/// A part is an ism (given name), kunya, nasab, laqab, nisba, family name or title. On a terminal
/// each name is a small table; into a pipe or a file it is one line.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab parse 'أبو بكر محمد بن زكريا الرازي'
  nasab parse --format jsonl --to ala-lc --file names.txt")]
pub struct Parse {
    /// The scheme to write the parts in
    #[arg(short, long, value_name = "SCHEME", default_value = "dmg")]
    pub to: String,

    /// What an answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: ParseFormat,

    #[command(flatten)]
    pub input: Names,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// Each part with its role
    Text,
    /// One JSON object a line
    Jsonl,
}

/// Says which scheme a text is written in.
///
/// All the input is one text: a list of names, or running text. The schemes that fit it are named with
/// their probabilities; schemes that cannot differ on it are equal. With --each every line is a text
/// of its own and gets one line.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Formats:
  text   the schemes, the signs that tell them apart, and the words that do not fit
  jsonl  {\"schemes\":[{\"scheme\",\"probability\",\"unexplained\"}],\"mixed\",\"evidence\"}

Exit status:
  0  done
  1  schemes are mixed, or no scheme fits
  2  error, or an input that could not be read

Examples:
  nasab detect 'Muḥammad Šayyāʿ as-Sūdānī'
  nasab detect --file chapter.txt
  nasab detect --each --format jsonl < names.txt")]
pub struct Detect {
    /// Every line is a text of its own
    #[arg(long)]
    pub each: bool,

    /// What the answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: DetectFormat,

    #[command(flatten)]
    pub input: Names,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DetectFormat {
    /// For people
    Text,
    /// One JSON object for a text
    Jsonl,
}

/// Finds the people of a registry that bear a name.
///
/// Each answer is a JSON object: the query, a status (linked, review or none), and the matches,
/// best first. A match has the probability that both are one person.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Registries:
  a registry file  as `nasab registry create` makes it; its index is kept in a folder beside it
  .jsonl           {\"id\",\"names\":[..]}, {\"id\",\"name\"}, or FollowTheMoney entities
  .csv, .tsv       columns id and name, and perhaps born, died, gender, country; rows of one id are one
                   person's names
  A list is indexed on the fly. A row that cannot be used is reported and the rest is used.

Status:
  linked  the best match is at least as likely as --threshold, and no other is as likely
  review  somebody should look
  none    nobody here bears this name
  What was decided in the registry is final: a match so decided has the probability 1 and \"decided\":true.

Exit status:
  0  some name was linked or is for review
  1  none was
  2  error, or an input that could not be read

Examples:
  nasab link --registry people.csv 'Faleh Fayad'
  nasab link --registry people.nasab --facts born=1974,country=iq 'Qays al-Khazali'
  echo '{\"names\":[\"Qais Khazaali\",\"قيس الخزعلي\"],\"born\":1974}' | nasab link --registry people.nasab --format jsonl
  nasab link --registry entities.ftm.json --top 1 < names.txt | jq -r .matches[0].id")]
pub struct Link {
    /// The registry file, or a list of people: .jsonl, .csv or .tsv
    #[arg(short, long, value_name = "REGISTRY")]
    pub registry: PathBuf,

    /// At most this many matches for a name
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = at_least_one)]
    pub top: usize,

    /// From this probability on a name is linked [default: 0.9]
    #[arg(long, value_name = "P", value_parser = probability)]
    pub threshold: Option<f64>,

    /// From this probability on a name is for review [default: 0.3]
    #[arg(long, value_name = "P", value_parser = probability)]
    pub review: Option<f64>,

    /// What is known of everyone who is asked for: `--facts born=1974,country=iq`
    #[arg(long, value_name = "FACTS", value_parser = facts, default_value = "", hide_default_value = true)]
    pub facts: Facts,

    /// What a line of the input is
    #[arg(long, value_enum, default_value = "text")]
    pub format: LinkFormat,

    #[command(flatten)]
    pub input: Names,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LinkFormat {
    /// A name
    Text,
    /// {"name"} or {"names":[..]}, all of one person, and perhaps "born", "died", "gender", "country"
    Jsonl,
}

/// Finds the names of a list that are one person's.
///
/// Every member of a group is held against every other, so that a row of names that pass one into the next is no group.
/// The answer does not depend on the order of the lines, and a group has the same id wherever the same names are.
/// The whole list is read before the first answer.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Formats:
  text   groups of several lines with their weakest pair, for review
  tsv    group TAB name, a line for each line; no group where a line is no name
  jsonl  {\"group\",\"members\":[{\"line\",\"name\"}],\"weakest\":{\"left\",\"right\",\"probability\"},\"mean\"}, one group a line,
         in the order of their first names; last the lines that are no names, with \"group\" null and \"error\"

Names that are equal letter for letter are one person's: nothing here tells namesakes apart.

Examples:
  nasab cluster 'Qays al-Khazali' 'Falih al-Fayyad' 'قيس الخزعلي'
  nasab cluster --format tsv --file names.txt > groups.tsv
  nasab cluster --format tsv --known groups.tsv --file new.txt >> groups.tsv
  nasab cluster --format jsonl < names.txt | jq -c 'select(.mean < 0.6)'")]
pub struct Cluster {
    /// What the answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: ClusterFormat,

    /// From this link on two groups are joined: four tenths of their best pair, six of the mean of all pairs [default: 0.4]
    #[arg(long, value_name = "P", value_parser = probability)]
    pub threshold: Option<f64>,

    /// Groups that are known, as tsv or jsonl of this command
    ///
    /// They stay as they are, but for new names that join them, and keep their ids.
    #[arg(long, value_name = "FILE")]
    pub known: Option<PathBuf>,

    #[command(flatten)]
    pub input: Names,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClusterFormat {
    /// For people
    Text,
    /// One line for each line
    Tsv,
    /// One JSON object a group
    Jsonl,
}

/// Lists the schemes, or shows the table of one.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab schemes
  nasab schemes dmg
  nasab schemes --letter ḫ")]
pub struct Schemes {
    /// The scheme to show
    #[arg(value_name = "SCHEME")]
    pub scheme: Option<String>,

    /// List the schemes that write this sign
    #[arg(short, long, value_name = "SIGN", conflicts_with = "scheme")]
    pub letter: Option<String>,

    /// What the answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: SchemesFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemesFormat {
    /// Aligned columns
    Text,
    /// JSON
    Json,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds() {
        super::Cli::command().debug_assert();
    }
}
