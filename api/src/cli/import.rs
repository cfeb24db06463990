//! `laatu import`: existing data sets brought in.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::import_orders::{self, ImportOrders};
use super::{entry, print, tell};
use crate::config::Settings;
use crate::service::import_responses::{ImportError, Mode, Outcome, Request, import_responses};
use crate::service::portable::import_all;
use crate::store::authority;

/// Rows named one by one; the others are counted.
const LISTED: usize = 20;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
#[command(
    after_help = "Example, a whole installation into an empty database:\n  laatu --database-url postgres://laatu@db/laatu import --all laatu.copy"
)]
pub struct ImportArguments {
    /// A whole installation that `laatu export --all` has written, into an empty database
    #[arg(long, value_name = "FILE")]
    all: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<ImportCommand>,
}

#[derive(Subcommand)]
pub enum ImportCommand {
    /// Bring the answers of a plain data file into a survey
    #[command(
        after_help = "Examples:\n  laatu import responses answers.csv --org tuulia --survey desk-2025 --map map.toml --dry-run\n  laatu import responses answers.csv --org tuulia --survey desk-2025 --map map.toml --id-column order\n\nThe survey is made when it is absent; nothing is ever sent for it. A repeat changes nothing."
    )]
    Responses(ImportResponses),
    /// Bring orders in; nobody is asked about them unless --ask says so
    #[command(
        after_help = "Examples:\n  laatu import orders orders.csv --org tuulia --dry-run\n  laatu import orders orders.csv --org tuulia\n  laatu import orders orders.csv --org tuulia --ask\n\nColumns stand in docs/importing.md. A repeat changes nothing; a bad row spoils only itself."
    )]
    Orders(ImportOrders),
}

#[derive(Args)]
pub struct ImportResponses {
    /// The answers: CSV with a header row
    file: PathBuf,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey: a-z, 0-9 and -
    #[arg(long)]
    survey: String,
    /// Which column is what, as for `laatu score`
    #[arg(long)]
    map: PathBuf,
    /// Column whose values tell the rows apart, so that a file that has grown can come again
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// What was done as JSON
    #[arg(long)]
    json: bool,
}

/// `laatu import`.
pub fn import(settings: &Settings, arguments: &ImportArguments) -> anyhow::Result<()> {
    if let Some(file) = &arguments.all {
        let summary = import_all(&entry::target(settings)?, file)?;
        tell(&format!("{} rows were brought in.", summary.end.all_rows()));
        return print(&format!("content {}", summary.end.content_sha256));
    }
    match &arguments.command {
        Some(ImportCommand::Responses(it)) => responses(settings, it),
        Some(ImportCommand::Orders(it)) => import_orders::import(settings, it),
        None => anyhow::bail!("nothing to import is named"),
    }
}

fn responses(settings: &Settings, it: &ImportResponses) -> anyhow::Result<()> {
    let data = std::fs::read(&it.file).with_context(|| format!("cannot read {}", it.file.display()))?;
    let map = read_text(&it.map)?;
    let services = if it.dry_run { entry::look(settings)? } else { entry::visit(settings)? };
    let scope = services.store.read(|connection| authority::operator(connection, &it.org))?;
    let request = Request {
        survey: &it.survey,
        data_path: &it.file,
        data: &data,
        map_path: &it.map,
        map: &map,
        id_column: it.id_column.as_deref(),
        mode: if it.dry_run { Mode::DryRun } else { Mode::Write },
    };
    let bar = progress();
    let outcome = import_responses(&services, &scope, &request, &mut |rows| bar.set_position(rows));
    bar.finish_and_clear();
    let outcome = outcome.map_err(|error| match error {
        ImportError::Service(error) => error.into(),
        of_a_file => anyhow::Error::new(of_a_file),
    })?;
    remarks(it, &outcome);
    print(&if it.json { as_json(it, &outcome)? } else { summary(it, &outcome) })
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", path.display()))
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::no_length();
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} rows  {elapsed}") {
        bar.set_style(style);
    }
    bar
}

/// What there is to say beside the result.
fn remarks(it: &ImportResponses, outcome: &Outcome) {
    let (org, survey) = (&it.org, &it.survey);
    if outcome.makes_survey {
        let made = if it.dry_run { "would be made" } else { "is made" };
        tell(&format!(
            "Survey {survey} of {org} {made}, with an instrument from {}; nothing is ever sent for it.",
            it.map.display()
        ));
    }
    for (name, levels) in &outcome.segments {
        tell(&format!("Segment {name}: {}. Ask for it with by={name}.", levels.join(", ")));
    }
    if let Some((first, last)) = outcome.dates {
        tell(&format!("Service dates from {first} to {last}."));
    }
    if outcome.dates.is_some() && outcome.undated > 0 {
        tell(&format!("{} rows have no service date: they get the day of the import.", outcome.undated));
    }
    for row in outcome.changed.iter().take(LISTED) {
        tell(&format!("Row {row} differs from what was imported under its id: what was there stays."));
    }
    if outcome.changed.len() > LISTED {
        tell(&format!("So do {} rows more.", outcome.changed.len() - LISTED));
    }
    if it.id_column.is_none() && outcome.known == 0 && outcome.imported_before > 0 {
        tell(&format!(
            "note: survey {survey} had {} imported answers before; rows that were in another file, too, now count twice. \
             --id-column tells rows apart.",
            outcome.imported_before
        ));
    }
}

fn summary(it: &ImportResponses, outcome: &Outcome) -> String {
    let Outcome { rows, new, known, .. } = outcome;
    let changed = match outcome.changed.len() {
        0 => String::new(),
        count => format!(", {count} of them with other content, which was not taken"),
    };
    let dry = if it.dry_run { "; nothing was written" } else { "" };
    format!("{rows} rows: {new} new, {known} were there{changed}{dry}")
}

fn as_json(it: &ImportResponses, outcome: &Outcome) -> anyhow::Result<String> {
    let segments: serde_json::Map<_, _> =
        outcome.segments.iter().map(|(name, levels)| (name.clone(), json!(levels))).collect();
    let dates = outcome.dates.map(|(from, to)| json!({"from": from.to_string(), "to": to.to_string()}));
    Ok(serde_json::to_string_pretty(&json!({
        "survey": it.survey,
        "survey_made": outcome.makes_survey && !it.dry_run,
        "rows": outcome.rows,
        "new": outcome.new,
        "known": outcome.known,
        "changed_rows": outcome.changed,
        "segments": segments,
        "service_dates": dates,
        "undated_rows": outcome.undated,
        "dry_run": it.dry_run,
    }))?)
}
