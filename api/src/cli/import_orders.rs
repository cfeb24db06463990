//! `laatu import orders`: a file of orders brought in.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::{entry, print, tell};
use crate::config::Settings;
use crate::service::Error;
use crate::service::import_orders::{Mode, Outcome, Request, import_orders};
use crate::service::take_orders::Offer;
use crate::store::authority;

#[derive(Args)]
pub struct ImportOrders {
    /// The orders: CSV in UTF-8 with a header row
    file: PathBuf,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Offer the orders to the surveys, as if they came in now; without it nobody is asked about them
    #[arg(long)]
    ask: bool,
    /// What was done as JSON
    #[arg(long)]
    json: bool,
}

/// `laatu import orders`.
pub fn import(settings: &Settings, it: &ImportOrders) -> anyhow::Result<()> {
    let data = std::fs::read(&it.file).with_context(|| format!("cannot read {}", it.file.display()))?;
    let services = if it.dry_run { entry::look(settings)? } else { entry::visit(settings)? };
    let scope = services.store.read(|connection| authority::operator(connection, &it.org))?;
    let request = Request {
        data: &data,
        mode: if it.dry_run { Mode::DryRun } else { Mode::Write },
        offer: if it.ask { Offer::ToSurveys } else { Offer::ToNobody },
    };
    let bar = progress();
    let outcome = import_orders(&services, &scope, &request, &mut |line, lines| {
        bar.set_length(lines);
        bar.set_position(line);
    });
    bar.finish_and_clear();
    let outcome = outcome.map_err(|error| match error {
        // The file is wrong, not the command.
        Error::Invalid(_) => anyhow::anyhow!("{}: {error}", it.file.display()),
        other => other.into(),
    })?;
    for one in &outcome.problems {
        let column = if one.column.is_empty() { String::new() } else { format!(", column {}", one.column) };
        tell(&format!("Row {} (line {}){column}: {}", one.row, one.line, one.message));
    }
    print(&if it.json { as_json(it, &outcome)? } else { summary(it, &outcome) })?;
    match outcome.rejected {
        0 => Ok(()),
        rejected => {
            bail!("rejected: {rejected} of {} rows; the others are not touched by that", outcome.rows)
        }
    }
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} lines  {elapsed}") {
        bar.set_style(style);
    }
    bar
}

fn summary(it: &ImportOrders, outcome: &Outcome) -> String {
    let Outcome { rows, created, updated, unchanged, rejected, .. } = outcome;
    let asked = if it.ask { "" } else { "; nobody is asked about new ones" };
    let dry = if it.dry_run { "; nothing was written" } else { "" };
    format!(
        "{rows} rows: {created} new, {updated} changed, {unchanged} unchanged, {rejected} rejected{asked}{dry}"
    )
}

fn as_json(it: &ImportOrders, outcome: &Outcome) -> anyhow::Result<String> {
    let mut value = serde_json::to_value(outcome)?;
    if let Some(fields) = value.as_object_mut() {
        fields.insert("asked".to_owned(), json!(it.ask));
        fields.insert("dry_run".to_owned(), json!(it.dry_run));
    }
    Ok(serde_json::to_string_pretty(&value)?)
}
