//! What can be chosen on the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

/// Measures the service against the least that could be done, and prints one table of ratios.
///
/// Numerator and denominator are taken in turn, in rounds; the round with the middle ratio is shown, with the lowest
/// and the highest ratio beside it. Absolute figures mean little on another machine, and on a shared one.
#[derive(Debug, Parser)]
#[command(name = "tests/bench")]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Options {
    /// Only these measurements: submissions, postgres, form_page, report, orders, folding, start, bytes, export
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub only: Vec<String>,
    /// How often numerator and denominator are measured in turn
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=99))]
    pub rounds: u32,
    /// Seconds of load in a round, on each side
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub seconds: u32,
    /// Customers that post at the same time, each with one connection
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub clients: u32,
    /// Invitations written for each second of posting; a round ends early when they are used up
    #[arg(long, default_value_t = 4000, value_name = "N")]
    pub invitations: usize,
    /// Answers that are stored already when customers come; what a customer waits must not depend on it
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    pub stored: u64,
    /// Answers that are weighed, folded, or behind the large report; with --generate, forms that are made up
    #[arg(long, value_name = "N")]
    pub responses: Option<u64>,
    /// Answers that are taken out as CSV
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    pub exported: u64,
    /// The large report is one of 10,000,000 answers instead of 1,000,000; it takes some 15 GB of disk
    #[arg(long)]
    pub large: bool,
    /// With --generate: orders and invitations are made up, too, as if each answer had been mailed for
    #[arg(long, requires = "generate")]
    pub framed: bool,
    /// What the made-up data begin with: the same seed gives the same data
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Writes the table to this file, too
    #[arg(long, value_name = "FILE", overrides_with = "json")]
    pub json: Option<PathBuf>,
    /// Ends with exit code 1 when a ratio is beyond its floor
    #[arg(long)]
    pub gate: bool,
    /// Measures nothing: makes up five years of answers in a new database, sqlite://PATH or postgres://…
    #[arg(long, value_name = "URL")]
    pub generate: Option<String>,
    /// The server that stands for the bare web framework, with the folder of its page.
    #[arg(long, hide = true, value_name = "FOLDER")]
    pub plain_server: Option<PathBuf>,
    /// Said by cargo.
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

impl Options {
    /// How long a round loads each side.
    pub fn window(&self) -> Duration {
        Duration::from_secs(u64::from(self.seconds))
    }
}
