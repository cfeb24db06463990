//! `laatu check`.

use clap::Args;

use super::{entry, print};
use crate::config::Settings;
use crate::service::Services;
use crate::service::check::{Checked, check, repair};

#[derive(Args)]
pub struct CheckArguments {
    /// Only this organisation, and not the database itself
    #[arg(long, value_name = "SLUG")]
    org: Option<String>,
    /// Make stored counts anew where they differ; answers are never touched
    #[arg(long)]
    repair: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Counts everything derived once more; an error when something does not fit.
pub fn run(settings: &Settings, arguments: &CheckArguments) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    let mut checked = check(&services, arguments.org.as_deref())?;
    let mut repaired = Vec::new();
    if arguments.repair && !checked.differences.is_empty() {
        repaired = repair(&services, &checked)?;
        if !repaired.is_empty() {
            checked = check(&services, arguments.org.as_deref())?;
        }
    }
    if arguments.json {
        let mut shown = serde_json::to_value(&checked)?;
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("repaired".to_owned(), serde_json::json!(repaired));
        }
        print(&serde_json::to_string_pretty(&shown)?)?;
    } else {
        let lines: Vec<String> = repaired.into_iter().chain(lines(&checked)).collect();
        print(&lines.join("\n"))?;
    }
    verdict(&checked)
}

/// Checks a database that was restored just now, and tells what does not fit.
pub fn whole(services: &Services) -> anyhow::Result<()> {
    let checked = check(services, None)?;
    print(&lines(&checked).join("\n"))?;
    verdict(&checked)
}

fn verdict(checked: &Checked) -> anyhow::Result<()> {
    match checked.differences.len() {
        0 => Ok(()),
        1 => anyhow::bail!("one thing does not fit"),
        many => anyhow::bail!("{many} things do not fit"),
    }
}

/// Each difference in a line of its own, then what was looked at.
fn lines(checked: &Checked) -> Vec<String> {
    let line = |one: &crate::service::check::Difference| {
        let survey = one.survey.as_ref().map(|key| format!("survey {key}"));
        let parts = [one.organisation.clone(), survey, Some(one.kind.to_owned()), Some(one.what.clone())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
    };
    let mut lines: Vec<String> = checked.differences.iter().map(line).collect();
    let Checked { organisations, surveys, entries, cells, frames, .. } = checked;
    let looked = format!(
        "looked at {organisations} organisations, {surveys} surveys, {entries} entries of their logs, {cells} stored cells, \
         {frames} stored counts of invitations"
    );
    let verdict = if lines.is_empty() { "; everything fits" } else { "" };
    lines.push(format!("{looked}{verdict}"));
    lines
}
