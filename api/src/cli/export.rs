//! `laatu export`: a whole installation as one portable file, or the responses of a survey.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{entry, print, tell};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::service::bundle::Bundle;
use crate::service::export::{Export, Format, Pieces, Request};
use crate::service::portable::export_all;
use crate::service::read_report::Request as Filter;
use crate::service::report_file::{Format as ReportFormat, Wishes, report_file};
use crate::service::whole_file::NewFile;
use crate::service::{Services, invalid};
use crate::store::authority;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
#[command(
    after_help = "Examples:\n  laatu export --all laatu.copy\n  laatu export responses --org tuulia --survey after-delivery > responses.csv"
)]
pub struct ExportArguments {
    /// The whole installation into a new file, from which `laatu import --all` makes it again in either database
    #[arg(long, value_name = "FILE")]
    all: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<ExportCommand>,
}

#[derive(Subcommand)]
enum ExportCommand {
    /// Every response of a survey as a row
    #[command(
        after_help = "Examples:\n  laatu export responses --org tuulia --survey after-delivery --out responses.csv\n  laatu export responses --org tuulia --survey after-delivery --format jsonl --filter channel=phone --filter from=2026-05-01\n\nFilters are those of reports. --out never overwrites."
    )]
    Responses(ExportResponses),
    /// The report of a survey as a file
    #[command(
        after_help = "Examples:\n  laatu export report --org tuulia --survey after-delivery --out report.csv\n  laatu export report --org tuulia --survey after-delivery --format xlsx --filter by=channel --out report.xlsx\n\nFilters are those of reports; nothing is withheld from the operator. --out never overwrites."
    )]
    Report(ExportReport),
    /// Responses, report, dictionary, and programs that compute the figures again, as one ZIP archive
    #[command(
        after_help = "Examples:\n  laatu export bundle --org tuulia --survey after-delivery --out bundle.zip\n\nFilters are those of reports. --out never overwrites."
    )]
    Bundle(ExportBundle),
}

#[derive(Args)]
struct ExportBundle {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey
    #[arg(long)]
    survey: String,
    /// A new file; standard output unless told
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of questions and labels; the survey's first unless told
    #[arg(long)]
    labels: Option<String>,
    /// Only these responses, as a report is asked for them; can be repeated
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
}

#[derive(Args)]
struct ExportReport {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey
    #[arg(long)]
    survey: String,
    /// csv, xlsx, json, html, or pdf where the build has it
    #[arg(long, default_value = "csv")]
    format: String,
    /// A new file; standard output unless told
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// excel: made for spreadsheets; for csv only
    #[arg(long)]
    preset: Option<String>,
    /// With --preset excel: language of the spreadsheet, such as fi
    #[arg(long)]
    locale: Option<String>,
    /// Language of questions and labels, for xlsx and pdf; the survey's first unless told
    #[arg(long)]
    labels: Option<String>,
    /// As a report is asked for; can be repeated
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
}

#[derive(Args)]
struct ExportResponses {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey
    #[arg(long)]
    survey: String,
    /// csv, jsonl, sav or parquet
    #[arg(long, default_value = "csv")]
    format: String,
    /// A new file; standard output unless told
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// newest, or all: each correction as a row of its own
    #[arg(long, default_value = "newest")]
    revisions: String,
    /// excel: made for spreadsheets, no text is taken for a formula
    #[arg(long)]
    preset: Option<String>,
    /// With --preset excel: language of the spreadsheet, which chooses comma or semicolon, such as fi
    #[arg(long)]
    locale: Option<String>,
    /// Language of questions and labels, for sav and parquet; the survey's first unless told
    #[arg(long)]
    labels: Option<String>,
    /// Only rows after this position: to fetch what is new since the last row of another file
    #[arg(long, value_name = "POSITION")]
    after: Option<String>,
    /// Only these responses, as a report is asked for them; can be repeated
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
}

/// `laatu export`.
pub fn export(settings: &Settings, arguments: &ExportArguments) -> anyhow::Result<()> {
    if let Some(file) = &arguments.all {
        return whole(settings, file);
    }
    match &arguments.command {
        Some(ExportCommand::Responses(it)) => responses(settings, it),
        Some(ExportCommand::Report(it)) => report(settings, it),
        Some(ExportCommand::Bundle(it)) => bundle(settings, it),
        None => anyhow::bail!("nothing to export is named"),
    }
}

fn whole(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    let end = export_all(&entry::seen(settings)?, SystemClock.now(), file)?;
    tell(&format!("{} rows were written to {}.", end.all_rows(), file.display()));
    tell(&format!(
        "Keep {} too, in another place: it is not in it.",
        settings.path("link-key-file").display()
    ));
    print(&format!("content {}", end.content_sha256))
}

fn responses(settings: &Settings, it: &ExportResponses) -> anyhow::Result<()> {
    let format = Format::parse(&it.format).ok_or_else(|| {
        let words = if it.format == "parquet" {
            "this laatu was built without parquet; it writes csv, jsonl and sav".to_owned()
        } else {
            format!("\"{}\" is none of csv, jsonl, sav and parquet", it.format)
        };
        invalid("--format", "unknown_value", words)
    })?;
    let request = Request {
        filter: filter(&it.filters)?,
        revisions: Some(it.revisions.clone()),
        preset: it.preset.clone(),
        locale: it.locale.clone(),
        labels: it.labels.clone(),
        after: it.after.clone(),
    };
    let services = entry::services_without_links(settings, entry::seen(settings)?)?;
    let scope = services.store.read(|connection| authority::operator(connection, &it.org))?;
    let export = Export::begin(&services, &scope, &it.survey, &request, format)?;
    write_out(it.out.as_deref(), |out| copy(&services, export, out))
}

fn report(settings: &Settings, it: &ExportReport) -> anyhow::Result<()> {
    let format = ReportFormat::parse(&it.format).ok_or_else(|| {
        invalid(
            "--format",
            "unknown_value",
            format!("\"{}\" is none of csv, xlsx, json, html and pdf", it.format),
        )
    })?;
    let (preset, locale, labels) = (it.preset.clone(), it.locale.clone(), it.labels.clone());
    let wishes = Wishes { preset, locale, labels, prefers: None };
    let services = entry::services_without_links(settings, entry::seen(settings)?)?;
    let scope = services.store.read(|connection| authority::operator(connection, &it.org))?;
    let file = report_file(&services, &scope, &it.survey, &filter(&it.filters)?, &wishes, format)?;
    write_out(it.out.as_deref(), |out| Ok(out.write_all(&file.bytes)?))
}

fn bundle(settings: &Settings, it: &ExportBundle) -> anyhow::Result<()> {
    let request = Request { filter: filter(&it.filters)?, labels: it.labels.clone(), ..Request::default() };
    let services = entry::services_without_links(settings, entry::seen(settings)?)?;
    let scope = services.store.read(|connection| authority::operator(connection, &it.org))?;
    let bundle = Bundle::begin(&services, &scope, &it.survey, &request)?;
    write_out(it.out.as_deref(), |out| copy(&services, bundle, out))
}

/// Writes to a new file, or to standard output; nobody reading on there is no error.
fn write_out(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Some(file) = file else {
        return match write(&mut std::io::stdout().lock()) {
            Err(error) if is_closed(&error) => Ok(()),
            outcome => outcome,
        };
    };
    let new = NewFile::at(file)?;
    write(&mut new.create()?)?;
    Ok(new.publish()?)
}

fn copy(services: &Services, mut download: impl Pieces, out: &mut dyn Write) -> anyhow::Result<()> {
    while let Some(piece) = download.piece(services)? {
        out.write_all(&piece)?;
    }
    Ok(out.flush()?)
}

/// Whether who read standard output has gone, which is no error.
fn is_closed(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Reads `NAME=VALUE` as the query of a report is read.
fn filter(parts: &[String]) -> anyhow::Result<Filter> {
    let mut filter = Filter::default();
    for part in parts {
        let (name, value) = part
            .split_once('=')
            .ok_or_else(|| invalid("--filter", "invalid", format!("\"{part}\" is not NAME=VALUE")))?;
        let slot = match name {
            "from" => &mut filter.from,
            "to" => &mut filter.to,
            "channel" => &mut filter.channel,
            "contact_channel" => &mut filter.contact_channel,
            "place" => &mut filter.place,
            "language" => &mut filter.language,
            "by" => &mut filter.by,
            "careless" => &mut filter.careless,
            segment => {
                filter.segments.push((segment.to_owned(), value.to_owned()));
                continue;
            }
        };
        *slot = Some(value.to_owned());
    }
    Ok(filter)
}
