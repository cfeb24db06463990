//! A report as a file to take away: the same value as `read_report` gives, written by the room `files`.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use survey_forms::language::Language;

use super::export::columns::Columns;
use super::export::dictionary::{dictionary_of, language_of};
use super::export::{dialect_of, file_name};
use super::instrument_version::Version;
use super::once::in_read;
use super::read_report::{Depth, ReportWithWords, Request, read_within};
use super::report_query::parse;
use super::{Error, Result, Services, invalid};
use crate::files::dictionary::Dictionary;
use crate::files::report_csv::report_csv;
#[cfg(feature = "pdf")]
use crate::files::report_pdf as pdf;
use crate::files::report_xlsx::{Workings, report_xlsx};
#[cfg(feature = "pdf")]
use crate::report::render::Words;
use crate::report::table;
use crate::report::{Report, render};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, organisations, places, segments, surveys};

/// In which shape a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One row for each figure.
    Csv,
    /// A workbook.
    Xlsx,
    /// The report as the end-point gives it.
    Json,
    /// One page that needs nothing else.
    Html,
    /// Pages to print or to pass on; only in builds with the feature `pdf`.
    Pdf,
}

impl Format {
    /// The format behind the end of a file's name.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Csv, Self::Xlsx, Self::Json, Self::Html, Self::Pdf];
        all.into_iter().find(|format| format.name() == name)
    }

    /// Whether this build writes it.
    pub const fn is_built(self) -> bool {
        !matches!(self, Self::Pdf) || cfg!(feature = "pdf")
    }

    /// The end of a file's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Html => "text/html; charset=utf-8",
            Self::Pdf => "application/pdf",
        }
    }
}

/// How the file is written.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// `excel`, or none; for CSV only.
    pub preset: Option<String>,
    /// The language of the spreadsheet, with the preset `excel`.
    pub locale: Option<String>,
    /// The language of the dictionary's questions and labels in a workbook, and of all words of a PDF.
    pub labels: Option<String>,
    /// What a PDF's reader would rather read, where `labels` says nothing and the questions are in it.
    pub prefers: Option<Language>,
}

/// A report as a file.
pub struct ReportFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// A name, in plain letters; the same figures have the same name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// Reads a report and writes it as a file.
///
/// In CSV, XLSX and PDF `as_of` is the day in the organisation's zone, so the same figures on the same day are the same bytes.
pub fn report_file(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    request: &Request,
    wishes: &Wishes,
    format: Format,
) -> Result<ReportFile> {
    if format != Format::Csv && (wishes.preset.is_some() || wishes.locale.is_some()) {
        return Err(invalid("?preset", "not_here", "the preset excel and its locale are for csv only"));
    }
    if !matches!(format, Format::Xlsx | Format::Pdf) && wishes.labels.is_some() {
        return Err(invalid(
            "?labels",
            "not_here",
            "labels are written in xlsx and pdf only; leave `labels` out",
        ));
    }
    if !format.is_built() {
        let words = format!("this laatu writes no {}; a build with that feature does", format.name());
        return Err(invalid("format", "not_built", words));
    }
    let dialect = dialect_of(wishes.preset.as_deref(), wishes.locale.as_deref())?;
    // What is read in one transaction is written after it: setting pages takes a while, and nobody need wait for it.
    let (read, around) = in_read(services, |connection| {
        let read = read_within(services, connection, scope, key, request, Depth::Whole)?;
        let around = Around::read(services, connection, scope, key, request, wishes, format)?;
        Ok((read, around))
    })?;
    let content = content_sha256(&read.report)?;
    let bytes = match format {
        Format::Csv => report_csv(&table::rows(&around.dated(&read.report)).map_err(broken)?, dialect),
        Format::Xlsx => workbook(&read, &around, &content)?,
        Format::Json => render::json_compact(&read.report).map_err(broken)?.into_bytes(),
        Format::Html => render::html(&read.report, &read.words).map_err(broken)?.into_bytes(),
        Format::Pdf => pages(&read, &around, &content)?,
    };
    let short: String = content.chars().take(12).collect();
    Ok(ReportFile {
        sha256: HEXLOWER.encode(&Sha256::digest(&bytes)),
        bytes,
        name: around.name.replace("{content}", &short).replace("{format}", format.name()),
        media_type: format.media_type(),
    })
}

/// SHA-256 of a report's figures and filters, whenever it was read.
pub fn content_sha256(report: &Report) -> Result<String> {
    let mut timeless = report.clone();
    timeless.about.as_of = None;
    let json = render::json_compact(&timeless).map_err(broken)?;
    Ok(HEXLOWER.encode(&Sha256::digest(json)))
}

/// What a file needs beside the report.
struct Around {
    day: jiff::civil::Date,
    zone: String,
    name: String,
    dictionary: Dictionary,
    /// What only a PDF needs.
    #[cfg(feature = "pdf")]
    pages: Option<super::report_pdf::Pages>,
}

impl Around {
    fn read(
        services: &Services,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        key: &str,
        request: &Request,
        wishes: &Wishes,
        format: Format,
    ) -> Result<Self> {
        let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
        let version = services.version_of(connection, scope, &survey)?;
        let organisation = organisations::get(connection, scope)?;
        let columns = Columns::of(services, connection, scope, &survey)?;
        let language = match format {
            Format::Pdf => language_of_pages(&survey, &version, wishes)?,
            _ => language_of(&survey, &version, wishes.labels.as_deref())?,
        };
        let places = places::all(connection, scope)?;
        let segments = segments::all(connection, scope, survey.id)?;
        let filter = parse(request, &places, &segments)?;
        let zone = organisation.zone();
        let by = request.by.as_ref().map(|by| format!("_by-{by}")).unwrap_or_default();
        Ok(Self {
            day: services.now().timestamp().to_zoned(zone.clone()).date(),
            zone: zone.iana_name().unwrap_or("UTC").to_owned(),
            name: file_name(&organisation.slug, key, &format!("report{by}"), &filter, "{content}.{format}"),
            dictionary: dictionary_of(&survey, &version, &columns, language)?,
            #[cfg(feature = "pdf")]
            pages: match format {
                Format::Pdf => Some(super::report_pdf::Pages {
                    words: Words { organisation: organisation.name, ..version.words(language) },
                    language,
                    ..super::report_pdf::read(services, connection, scope, &survey, request, &filter)?
                }),
                _ => None,
            },
        })
    }

    /// The report with the day instead of the moment.
    fn dated(&self, report: &Report) -> Report {
        let mut dated = report.clone();
        dated.about.as_of = Some(self.day.to_string());
        dated
    }
}

fn workbook(read: &ReportWithWords, around: &Around, content: &str) -> Result<Vec<u8>> {
    let report = around.dated(&read.report);
    let about = [
        ("Time zone", around.zone.as_str()),
        ("Made by", concat!("laatu ", env!("CARGO_PKG_VERSION"))),
        ("Fingerprint of the figures (SHA-256)", content),
        ("Question texts", "of the instrument named above; its licence is that of the instrument's file"),
        ("Values", "cells hold all digits; what is shown is rounded"),
    ];
    let workings = Workings {
        rows: &table::rows(&report).map_err(broken)?,
        report: &report,
        words: &read.words,
        dictionary: &around.dictionary,
        day: around.day,
        about: &about.map(|(name, value)| (name.to_owned(), value.to_owned())),
    };
    report_xlsx(&workings).map_err(broken)
}

/// The language of a PDF: the one that is asked for, else the one that the reader prefers where questions are in it, else the
/// survey's first. Imported answers have no questions, so every language will do.
fn language_of_pages(survey: &Survey, version: &Version, wishes: &Wishes) -> Result<Language> {
    let asked = wishes.labels.as_deref();
    match version {
        Version::Map(_) => {
            let Some(tag) = asked else { return Ok(wishes.prefers.unwrap_or(Language::ENGLISH)) };
            let known = Language::ALL.into_iter().find(|language| language.tag() == tag);
            known.ok_or_else(|| {
                let tags = Language::ALL.map(Language::tag).join(", ");
                invalid("?labels", "unknown_value", format!("\"{tag}\" is not known; accepted is {tags}"))
            })
        }
        Version::Questionnaire(instrument) => {
            let prefers =
                wishes.prefers.filter(|one| asked.is_none() && instrument.languages().contains(one));
            prefers.map_or_else(|| language_of(survey, version, asked), Ok)
        }
    }
}

#[cfg(feature = "pdf")]
fn pages(read: &ReportWithWords, around: &Around, content: &str) -> Result<Vec<u8>> {
    let pages = around.pages.as_ref().ok_or_else(|| broken("a PDF was not read whole"))?;
    let made = pdf::report_pdf(&pdf::Workings {
        report: &read.report,
        before: pages.before.as_ref(),
        beside: &pages.splits,
        notes: &pages.notes,
        words: &pages.words,
        dictionary: &around.dictionary,
        language: pages.language,
        scope: pages.scope.clone(),
        day: around.day,
        zone: &around.zone,
        fingerprint: content,
    });
    made.map_err(broken)
}

/// Builds without the feature do not come here: [`Format::is_built`] is asked first.
#[cfg(not(feature = "pdf"))]
fn pages(_: &ReportWithWords, _: &Around, _: &str) -> Result<Vec<u8>> {
    Err(broken("this build writes no PDF"))
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Broken(error.to_string())
}
