//! A report as PDF: A4, tagged (PDF/UA-1), bookmarks, fonts embedded, in one of the shipped languages.
//!
//! `view` puts the report into blocks of finished words and drawings (`blocks`), `report.typ` sets them; it runs in a world
//! of its own (`world`) without folders, packages or a clock. What people wrote comes as data and is never markup. The same
//! figures on the same day give the same bytes.

mod blocks;
mod plain;
mod reason;
mod says;
mod view;
mod world;

use jiff::civil::Date;
use survey_forms::language::Language;
use thiserror::Error;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::dictionary::Dictionary;
use crate::report::Report;
use crate::report::render::{TrendNote, Words};
use world::Desk;

/// What a PDF is made from.
pub struct Workings<'w> {
    /// The report.
    pub report: &'w Report,
    /// The same for the period before, where there is one.
    pub before: Option<&'w Report>,
    /// The same with each split that this reader may ask for.
    pub beside: &'w [Report],
    /// What happened on which days, in the order of days.
    pub notes: &'w [TrendNote],
    /// The names around the figures, in the language.
    pub words: &'w Words,
    /// What is asked, in the language.
    pub dictionary: &'w Dictionary,
    /// The language of all words.
    pub language: Language,
    /// What the report was asked for.
    pub scope: Scope,
    /// The day on which it is made, in the organisation's zone.
    pub day: Date,
    /// The organisation's zone.
    pub zone: &'w str,
    /// SHA-256 of the figures.
    pub fingerprint: &'w str,
}

/// What a report was asked for.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// First day of service.
    pub from: Option<Date>,
    /// Day after the last.
    pub to: Option<Date>,
    /// The other filters: name and value as they were asked.
    pub filters: Vec<(String, String)>,
    /// Whether answers came by open links.
    pub is_open: bool,
}

/// Why a report could not be set; each means a mistake in the template or in the fonts, never in what was typed.
#[derive(Debug, Error)]
pub enum PdfError {
    /// The data could not be written.
    #[error(transparent)]
    Data(#[from] serde_json::Error),
    /// The typesetter refused.
    #[error("the report could not be set as PDF: {0}")]
    Set(String),
}

/// The PDF's bytes.
pub fn report_pdf(workings: &Workings<'_>) -> Result<Vec<u8>, PdfError> {
    let document = view::document(workings);
    let mut data = serde_json::to_value(&document)?;
    plain::plain_tree(&mut data);
    let made = set(serde_json::to_vec(&data)?, workings.day);
    // What the typesetter remembers of this report is of no use to the next one.
    comemo::evict(0);
    made
}

fn set(data: Vec<u8>, day: Date) -> Result<Vec<u8>, PdfError> {
    let no_world = || PdfError::Set("its files have no names".to_owned());
    let world = Desk::new(include_str!("report.typ"), data).ok_or_else(no_world)?;
    let document: PagedDocument = typst::compile(&world).output.map_err(|problems| refused(&problems))?;
    typst_pdf::pdf(&document, &options(day)?).map_err(|problems| refused(&problems))
}

fn options(day: Date) -> Result<PdfOptions, PdfError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|problem| PdfError::Set(problem.message().to_string()))?;
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let moment = Datetime::from_ymd_hms(i32::from(day.year()), part(day.month()), part(day.day()), 0, 0, 0);
    Ok(PdfOptions {
        creator: Smart::Custom(Some(concat!("Laatu ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: moment.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn refused(problems: &[SourceDiagnostic]) -> PdfError {
    let told = problems.iter().map(|problem| problem.message.to_string());
    PdfError::Set(told.collect::<Vec<_>>().join("; "))
}
