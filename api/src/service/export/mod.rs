//! Takes the responses of a survey out, one row each: as CSV or as JSON Lines, in constant memory.
//!
//! An [`Export`] is asked for one piece after the other. Each piece is a short read of its own, so a slow reader keeps
//! no transaction open; the last position of the log is fixed at the beginning, so all pieces are one state. Filters
//! are those of reports. Called by `http::rest::responses` and by `laatu export responses`, which only hand the pieces
//! on.

pub mod codebook;
mod columns;
mod csv;
mod json;

use columns::Columns;

use super::report_filter::{Filter, Request as FilterRequest};
use super::report_query::parse;
use super::{Error, Result, Services, invalid};
use crate::store::exported::{self, Revisions};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, organisations, places, responses, segments, surveys};

/// Entries of the log that are read at a time.
const ENTRIES_A_PIECE: i64 = 2_048;

/// In which shape rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The format behind the end of a file's name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// The end of a file's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
}

/// For whom text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preset {
    /// Programs: every text exactly as it is.
    Exact,
    /// Spreadsheets: a byte order mark, and no text that could be taken for a formula.
    Excel,
}

/// What is asked for, as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Which responses, as for a report.
    pub filter: FilterRequest,
    /// `newest` (unless told) or `all`.
    pub revisions: Option<String>,
    /// `excel`, or none.
    pub preset: Option<String>,
}

/// An export under way.
pub struct Export {
    scope: OrgScope,
    survey: Survey,
    filter: Filter,
    columns: Columns,
    format: Format,
    preset: Preset,
    revisions: Revisions,
    file_name: String,
    /// Up to where the log was read; none before the head was written.
    after: Option<i64>,
    up_to: i64,
    is_done: bool,
}

impl Export {
    /// Prepares an export of what the log holds now; refuses readers without the right to rows.
    pub fn begin(
        services: &Services,
        scope: &OrgScope,
        key: &str,
        request: &Request,
        format: Format,
    ) -> Result<Self> {
        if !scope.may_see_rows() {
            return Err(Error::NeedsRows);
        }
        let (revisions, preset) = (revisions(request)?, preset(request, format)?);
        super::once::in_read(services, |connection| {
            let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
            let filter = filter(connection, scope, &survey, &request.filter)?;
            let columns = Columns::of(services, connection, scope, &survey)?;
            let organisation = organisations::get(connection, scope)?;
            Ok(Self {
                file_name: file_name(&organisation.slug, key, &filter, format),
                up_to: responses::last_position(connection, scope)?,
                scope: scope.clone(),
                survey,
                filter,
                columns,
                format,
                preset,
                revisions,
                after: None,
                is_done: false,
            })
        })
    }

    /// The next piece; none after the last. A piece holds at most some thousand rows, and may hold none.
    pub fn next(&mut self, services: &Services) -> Result<Option<Vec<u8>>> {
        let mut piece = Vec::new();
        let Some(after) = self.after else {
            self.after = Some(0);
            if self.format == Format::Csv {
                csv::head(&self.columns, self.preset, &mut piece);
            }
            return Ok(Some(piece));
        };
        if self.is_done {
            return Ok(None);
        }
        let entries = services.store.read(|connection| {
            let range = (after, self.up_to);
            exported::next(connection, &self.scope, self.survey.id, range, self.revisions, ENTRIES_A_PIECE)
        })?;
        self.is_done = i64::try_from(entries.len()).unwrap_or(0) < ENTRIES_A_PIECE;
        self.after = entries.last().map(|entry| entry.position).or(self.after);
        for entry in entries {
            let response = &entry.response;
            if !self.filter.takes_day(response) || !self.filter.takes_but_for_days(response) {
                continue;
            }
            match self.format {
                Format::Csv => csv::row(&self.columns, self.preset, &entry, &mut piece)?,
                Format::JsonLines => json::row(&self.columns, &entry, &mut piece)?,
            }
        }
        Ok(Some(piece))
    }

    /// A name for the file, in plain letters.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }
}

fn filter(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    request: &FilterRequest,
) -> Result<Filter> {
    let places = places::all(connection, scope)?;
    let segments = segments::all(connection, scope, survey.id)?;
    let filter = parse(request, &places, &segments)?;
    if filter.by.is_some() {
        return Err(invalid(
            "?by",
            "not_here",
            "responses are rows of their own and are not split; leave `by` out",
        ));
    }
    Ok(filter)
}

fn revisions(request: &Request) -> Result<Revisions> {
    match request.revisions.as_deref() {
        None | Some("newest") => Ok(Revisions::Newest),
        Some("all") => Ok(Revisions::All),
        Some(other) => {
            let words = format!("\"{other}\" is not known; accepted are newest and all");
            Err(invalid("?revisions", "unknown_value", words))
        }
    }
}

fn preset(request: &Request, format: Format) -> Result<Preset> {
    match (request.preset.as_deref(), format) {
        (None, _) => Ok(Preset::Exact),
        (Some("excel"), Format::Csv) => Ok(Preset::Excel),
        (Some("excel"), Format::JsonLines) => {
            Err(invalid("?preset", "not_here", "the preset excel is for csv only"))
        }
        (Some(other), _) => {
            let words = format!("\"{other}\" is not known; accepted is excel");
            Err(invalid("?preset", "unknown_value", words))
        }
    }
}

/// Slugs and dates are plain letters and digits, so the name needs no quoting anywhere.
fn file_name(slug: &str, key: &str, filter: &Filter, format: Format) -> String {
    let dates = [("from", filter.from), ("to", filter.to)];
    let dates = dates.into_iter().filter_map(|(word, date)| Some(format!("_{word}-{}", date?)));
    let period = dates.collect::<Vec<_>>().concat();
    format!("laatu_{slug}_{key}_responses{period}.{}", format.name())
}
