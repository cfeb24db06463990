//! `laatu score`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{print, tell};
use crate::score::{Format, Request, run};

#[derive(Args)]
pub struct ScoreArguments {
    /// The answers: CSV with a header row
    data: PathBuf,
    /// Which column is what
    #[arg(long)]
    map: PathBuf,
    /// How to write the report
    #[arg(long, value_enum, default_value = "text")]
    format: FormatName,
    /// Withhold figures of fewer people than this
    #[arg(long, value_name = "N")]
    min_n: Option<u64>,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    /// A table for the terminal
    Text,
    /// Every number
    Json,
    /// One page for a browser
    Html,
}

/// `laatu score`.
pub fn score(arguments: &ScoreArguments) -> anyhow::Result<()> {
    let format = match arguments.format {
        FormatName::Text => Format::Text,
        FormatName::Json => Format::Json,
        FormatName::Html => Format::Html,
    };
    let request =
        Request { data: arguments.data.clone(), map: arguments.map.clone(), format, min_n: arguments.min_n };
    let output = run(&request)?;
    for note in &output.notes {
        tell(&format!("note: {note}"));
    }
    print(&output.body)
}
