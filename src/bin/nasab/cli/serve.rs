//! The command line of `nasab serve`.

use super::value::at_least_one;
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Serves the page, the JSON API and reconciliation for OpenRefine.
///
/// The page is at `/`, the API at `/v1` (described in `/v1/openapi.json`), reconciliation at `/reconcile`. Without a registry
/// names are read, written and compared all the same.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Who may do what:
  On a loopback address everybody reads. Who writes to the registry gives the token, as `Authorization: Bearer TOKEN`.
  Where none is set, one is made at the start and told on standard error.
  On any other address everything but the page's own files and /healthz needs the token. Put a TLS proxy before it.
  Requests by a name that is not the server's and from other sites' pages are refused.

Environment:
  NASAB_TOKEN  the token, unless --token-file gives it

Examples:
  nasab serve
  nasab serve --registry people.nasab
  nasab serve --registry people.csv --bind 127.0.0.1:9000
  nasab serve --registry people.nasab --bind 0.0.0.0:8080 --token-file token --host names.example.org")]
pub struct Serve {
    /// The registry file, or a list of people: .jsonl, .csv or .tsv
    #[arg(short, long, value_name = "REGISTRY")]
    pub registry: Option<PathBuf>,

    /// The address and the port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,

    /// The file with the token
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// A name that the service is reached by, beside localhost and its addresses
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,

    /// A site whose pages may ask, as `https://example.org`
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<String>,

    /// The longest request, in KiB
    #[arg(long, value_name = "KIB", default_value_t = 4096, value_parser = at_least_one)]
    pub max_body: usize,

    /// At most this many names in one request
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = at_least_one)]
    pub max_batch: usize,

    /// The longest name, in characters
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = at_least_one)]
    pub max_name: usize,

    /// Requests worked on at once [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub max_jobs: Option<usize>,

    /// Connections open at once; beyond, the one that has waited longest without a request is closed
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = at_least_one)]
    pub max_connections: usize,

    /// Seconds until a request is given up, its sending included
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = at_least_one)]
    pub timeout: usize,

    /// What is logged on standard error
    #[arg(long, value_enum, default_value = "json")]
    pub log: Log,

    /// Log paths and queries as they were asked, which have names in them
    #[arg(long)]
    pub log_names: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// One JSON object a request
    Json,
    /// One line a request
    Text,
    /// Nothing
    None,
}
