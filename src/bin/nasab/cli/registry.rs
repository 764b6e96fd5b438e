//! The command line of `nasab registry`.

use super::value::{at_least_one, facts};
use clap::{Args, Subcommand, ValueEnum};
use nasab::Facts;
use std::path::PathBuf;

/// Keeps a record of identities that never loses a decision.
///
/// A registry is one file. Every change is an event with its author, time and reason, is on the disk
/// when the command ends, and can be undone. Ids are for ever: a merged one leads on to the identity that
/// survives. What contradicts a decision that stands is refused.
#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
#[command(after_long_help = "\
Who changes a registry writes it for a moment; others can read it all the time. The file is an
SQLite database, which any SQLite tool reads. Copy it while nobody writes, with FILE-wal beside it
if there is one.

A change writes the number of its event on standard output.

Examples:
  nasab registry create people.nasab
  nasab registry import people.nasab sanctions.csv entities.ftm.json
  nasab registry add people.nasab q1 'Qays al-Khazali' 'قيس الخزعلي' --facts born=1974
  nasab registry decide people.nasab same q1 q7 --why 'one passport'
  nasab registry history people.nasab q1")]
pub struct Registry {
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    Create(Create),
    Import(Import),
    Add(Add),
    Remove(Remove),
    Decide(Decide),
    Merge(Merge),
    Split(Split),
    Undo(Undo),
    Show(Show),
    History(History),
    Stats(Stats),
    Export(Export),
    Check(Check),
}

/// Who makes a change, and why.
#[derive(Args, Debug)]
pub struct By {
    /// Who makes the change [default: the user of the system]
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,

    /// Why
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
}

/// Makes an empty registry.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry create people.nasab")]
pub struct Create {
    /// The file to make; there must be none
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Imports lists of people.
///
/// Rows are stored by the ten thousand, each batch with an event of its own: after a crash the batches before
/// are there, and the import can be run again. Names that are known are counted and not stored twice.
/// What was taken off or decided by hand is not brought back.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Lists:
  .jsonl      {\"id\",\"names\":[..]}, {\"id\",\"name\"}, with facts and \"merged\":[..]; or FollowTheMoney entities
  .csv, .tsv  columns id and name, and columns of facts; rows of one id are one person's names
  Facts are born, died, gender and country. A row that cannot be used is reported and the rest is used.

Examples:
  nasab registry import people.nasab sanctions.csv
  zcat entities.ftm.json.gz | nasab registry import people.nasab - --format jsonl --source opensanctions")]
pub struct Import {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The lists; `-` is standard input
    #[arg(value_name = "LIST", required = true)]
    pub lists: Vec<PathBuf>,

    /// What the lists are, where their names do not end in it
    #[arg(long, value_enum)]
    pub format: Option<ListFormat>,

    /// What the record calls the source [default: the name of the list]
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,

    #[command(flatten)]
    pub by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated, with a header
    Csv,
    /// Tab-separated, with a header
    Tsv,
}

/// Adds an identity, or names and facts to one.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry add people.nasab q1 'Qays al-Khazali' --facts born=1974,country=iq
  nasab registry add people.nasab q1 'قيس الخزعلي' --source 'Official Gazette 12/2020'")]
pub struct Add {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The id, new or known
    #[arg(value_name = "ID")]
    pub id: String,

    /// Names
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,

    /// What is known beside the names: born, died, gender and country
    #[arg(long, value_name = "FACTS", value_parser = facts)]
    pub facts: Option<Facts>,

    /// Where this is known from
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub source: String,

    #[command(flatten)]
    pub by: By,
}

/// Takes a name off an identity.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry remove people.nasab q1 'Qais Khazraji' --why 'another man'")]
pub struct Remove {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The identity
    #[arg(value_name = "ID")]
    pub id: String,

    /// The name as it stands there
    #[arg(value_name = "NAME")]
    pub name: String,

    #[command(flatten)]
    pub by: By,
}

/// Decides that two are one person, or two.
///
/// Two ids that are the same become one identity, under the first. With --name the decision is on a spelling:
/// it is this person, or it is not; then it is taken off if it was one of the names. Linking follows decisions
/// whatever it finds likely.
#[derive(Args, Debug)]
#[command(override_usage = "nasab registry decide [OPTIONS] <FILE> <same|different> <ID> <ID>
       nasab registry decide [OPTIONS] <FILE> <same|different> <ID> --name <NAME>")]
#[command(after_long_help = "\
Examples:
  nasab registry decide people.nasab same q1 q7 --why 'one passport'
  nasab registry decide people.nasab different q1 q9
  nasab registry decide people.nasab different q1 --name 'Qais Khazraji'")]
pub struct Decide {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// What is decided
    #[arg(value_name = "VERDICT", value_enum)]
    pub verdict: Verdict,

    /// The identity
    #[arg(value_name = "ID")]
    pub id: String,

    /// The other id
    #[arg(value_name = "ID", required_unless_present = "name", conflicts_with = "name")]
    pub other: Option<String>,

    /// A spelling, in place of the other id
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    #[command(flatten)]
    pub by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Verdict {
    /// They are one person
    Same,
    /// They are two
    Different,
}

/// Merges an identity into another: its id leads there from then on.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry merge people.nasab q7 q1")]
pub struct Merge {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The id that goes
    #[arg(value_name = "FROM")]
    pub from: String,

    /// The id that stays
    #[arg(value_name = "INTO")]
    pub into: String,

    #[command(flatten)]
    pub by: By,
}

/// Splits an identity: brings a merged id back, or gives names to another id.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry split people.nasab q7
  nasab registry split people.nasab q7 --name 'Qais Khazraji'
  nasab registry split people.nasab q1 --into q12 --name 'Qais Khazraji'")]
pub struct Split {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// A merged id, which comes back; with --into the identity that names are split off
    #[arg(value_name = "ID")]
    pub id: String,

    /// A name that goes with the id that comes back, or to --into; as often as there are names
    #[arg(short, long, value_name = "NAME")]
    pub name: Vec<String>,

    /// The id to which the names go, new or known
    #[arg(long, value_name = "ID", requires = "name")]
    pub into: Option<String>,

    #[command(flatten)]
    pub by: By,
}

/// Undoes events, each by an event of its own.
///
/// Several are undone from the last to the first. To undo an undoing does the event again.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry undo people.nasab 12
  nasab registry undo people.nasab 12 13 14 --why 'the wrong list'")]
pub struct Undo {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The numbers of the events
    #[arg(value_name = "EVENT", required = true)]
    pub events: Vec<i64>,

    #[command(flatten)]
    pub by: By,
}

/// Shows identities by any of their ids, as JSON lines.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry show people.nasab q7 | jq .names")]
pub struct Show {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Ids
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
}

/// Lists what was done, the newest first.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Formats:
  text   event, time, author, what was done, and why
  jsonl  {\"seq\",\"at\",\"who\",\"kind\",\"why\",\"source\",\"payload\",\"undoes\",\"undone_by\"}

Examples:
  nasab registry history people.nasab --limit 20
  nasab registry history people.nasab q1 --format jsonl")]
pub struct History {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Only what touched this identity
    #[arg(value_name = "ID")]
    pub id: Option<String>,

    /// At most this many
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub limit: Option<usize>,

    /// What the answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: HistoryFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// Aligned columns
    Text,
    /// One JSON object a line
    Jsonl,
}

/// Counts what there is.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry stats people.nasab
  nasab registry stats people.nasab --format json | jq .identities")]
pub struct Stats {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// What the answer looks like
    #[arg(long, value_enum, default_value = "text")]
    pub format: StatsFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// Aligned columns
    Text,
    /// One JSON object
    Json,
}

/// Writes every identity as JSON lines, which an import reads again.
///
/// Decisions on spellings and between identities, and the history, are not part of it: `history --format jsonl` has them.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  nasab registry export people.nasab > people.jsonl")]
pub struct Export {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Looks through the whole file for damage.
///
/// A small registry is looked through whenever it is opened.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  the file holds together
  2  it is damaged, or no registry

Examples:
  nasab registry check people.nasab")]
pub struct Check {
    /// The registry
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
