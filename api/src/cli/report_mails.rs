//! `laatu report-mails`: who gets the figures of which view by mail, and what became of the last one.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{entry, print};
use crate::config::Settings;
use crate::domain::Micros;
use crate::service::once::in_read;
use crate::service::report_mails::{Listed, list_all};
use crate::store::authority;

#[derive(Subcommand)]
pub enum ReportMailsCommand {
    /// List reports by mail: address, view, survey, how often, language, next day, last mail; with tabs between them
    #[command(
        after_help = "Examples:\n  laatu report-mails list --org tuulia\n  laatu report-mails list --org tuulia --json"
    )]
    List(ReportMailsOf),
}

#[derive(Args)]
pub struct ReportMailsOf {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// `laatu report-mails`.
pub fn report_mails(settings: &Settings, command: ReportMailsCommand) -> anyhow::Result<()> {
    let ReportMailsCommand::List(it) = command;
    let services = entry::visit(settings)?;
    let found = in_read(&services, |connection| {
        let scope = authority::operator(connection, &it.org)?;
        list_all(connection, &scope)
    })?;
    if it.json {
        let all: Vec<Value> = found.iter().map(as_json).collect();
        return print(&serde_json::to_string_pretty(&json!({"report_mails": all}))?);
    }
    for one in &found {
        print(&as_line(one))?;
    }
    Ok(())
}

fn as_json(one: &Listed) -> Value {
    let last = one.last.as_ref().map(|run| {
        json!({
            "from": run.period.from().to_string(), "state": run.state.word(), "attempts": run.attempts,
            "doubts": run.doubts, "began_at": run.began_at.map(Micros::rfc3339),
            "ended_at": run.sent_at.map(Micros::rfc3339), "error": run.last_error,
        })
    });
    json!({
        "id": one.report.id.to_string(), "email": one.email,
        "view": one.view.as_ref().map(|view| &view.name), "survey": one.view.as_ref().map(|view| &view.survey),
        "rhythm": one.report.rhythm.word(), "language": one.report.language,
        "stopped_at": one.report.stopped_at.map(Micros::rfc3339),
        "next_on": one.next_on.map(|day| day.to_string()), "last": last,
    })
}

fn as_line(one: &Listed) -> String {
    let view = one.view.as_ref();
    let next = match one.next_on {
        Some(day) => day.to_string(),
        None => "stopped".to_owned(),
    };
    let last = one.last.as_ref().map_or_else(String::new, |run| {
        let error = if run.last_error.is_empty() { String::new() } else { format!(": {}", run.last_error) };
        format!("{} {}{error}", run.period.from(), run.state)
    });
    let parts = [
        one.email.as_deref().unwrap_or("-"),
        view.map_or("-", |view| &view.name),
        view.map_or("-", |view| &view.survey),
        one.report.rhythm.word(),
        &one.report.language,
        &next,
        &last,
    ];
    parts.join("\t").trim_end().to_owned()
}
