//! Takes the responses of a survey out, one row each: as CSV, JSON Lines, an SPSS file or Parquet, in constant memory.
//!
//! An [`Export`] is asked for one piece after the other. Each piece is a short read of its own, so a slow reader keeps
//! no transaction open; the last position of the log is fixed at the beginning, so all pieces are one state. Filters
//! are those of reports. Called by `http::rest::responses` and by `laatu export responses`, which only hand the pieces
//! on.

pub mod codebook;
pub(super) mod columns;
mod csv;
pub mod dictionary;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod spss;
mod values;

use columns::Columns;
use spss::Spss;

use super::report_filter::{Filter, Request as FilterRequest};
use super::report_query::parse;
use super::{Error, Result, Services, invalid};
use crate::files::csv::Dialect;
use crate::files::dictionary::Dictionary;
use crate::store::exported::{self, Exported, Revisions};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, organisations, places, response_log, segments, surveys};

/// Entries of the log that are read at a time.
const ENTRIES_A_PIECE: i64 = 2_048;

/// In which shape rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// A system file of SPSS.
    Sav,
    /// Parquet, in builds with the feature of that name.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// The format behind the end of a file's name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "jsonl" => Some(Self::JsonLines),
            "sav" => Some(Self::Sav),
            #[cfg(feature = "parquet")]
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// The end of a file's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Sav => "sav",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
            Self::Sav => "application/x-spss-sav",
            #[cfg(feature = "parquet")]
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// Whether questions and labels are written in it.
    fn has_labels(self) -> bool {
        !matches!(self, Self::Csv | Self::JsonLines)
    }
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
    /// The language of the spreadsheet, with the preset `excel`.
    pub locale: Option<String>,
    /// The language of questions and labels, where the format has them.
    pub labels: Option<String>,
    /// A position of the log, as rows say it: only what came after it.
    pub after: Option<String>,
}

/// A format with what it needs while rows are written.
enum Writing {
    Csv(Dialect),
    JsonLines,
    Sav(Box<Spss>),
    #[cfg(feature = "parquet")]
    Parquet(Box<parquet::Parquet>),
}

/// A download that is asked for one piece after the other.
pub trait Pieces: Send {
    /// The next piece, which may be empty; none after the last.
    fn piece(&mut self, services: &Services) -> Result<Option<Vec<u8>>>;

    /// A name for the file, in plain letters.
    fn file_name(&self) -> &str;

    /// Its media type.
    fn media_type(&self) -> &'static str;
}

impl Pieces for Export {
    fn piece(&mut self, services: &Services) -> Result<Option<Vec<u8>>> {
        self.next(services)
    }

    fn file_name(&self) -> &str {
        self.file_name()
    }

    fn media_type(&self) -> &'static str {
        self.format.media_type()
    }
}

/// An export under way.
pub struct Export {
    scope: OrgScope,
    survey: Survey,
    filter: Filter,
    columns: Columns,
    dictionary: Dictionary,
    format: Format,
    writing: Writing,
    revisions: Revisions,
    file_name: String,
    /// The position after which rows are wanted.
    from: i64,
    /// Up to where the log was read; none before the head was written.
    after: Option<i64>,
    up_to: i64,
    is_done: bool,
    /// Rows that were written.
    rows: u64,
    slug: String,
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
        if request.labels.is_some() && !format.has_labels() {
            let words = "labels are written in sav and parquet only; leave `labels` out";
            return Err(invalid("?labels", "not_here", words));
        }
        super::once::in_read(services, |connection| {
            Self::within(services, connection, scope, key, request, format)
        })
    }

    /// The same within a transaction that reads something else as well.
    pub fn within(
        services: &Services,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        key: &str,
        request: &Request,
        format: Format,
    ) -> Result<Self> {
        if !scope.may_see_rows() {
            return Err(Error::NeedsRows);
        }
        let (revisions, dialect) = (revisions(request)?, dialect(request, format)?);
        let from = position(request.after.as_deref())?;
        let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
        let filter = filter(connection, scope, &survey, &request.filter)?;
        let columns = Columns::of(services, connection, scope, &survey)?;
        let version = services.version_of(connection, scope, &survey)?;
        let language = dictionary::language_of(&survey, &version, request.labels.as_deref())?;
        let dictionary = dictionary::dictionary_of(&survey, &version, &columns, language)?;
        let organisation = organisations::get(connection, scope)?;
        let up_to = response_log::last_position(connection, scope)?;
        let writing = match format {
            Format::Csv => Writing::Csv(dialect),
            Format::JsonLines => Writing::JsonLines,
            Format::Sav => Writing::Sav(Box::new(Spss::new(&dictionary, services.now()))),
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                let asked = request.filter.asked();
                Writing::Parquet(Box::new(parquet::Parquet::new(&dictionary, &columns, &asked, up_to)?))
            }
        };
        Ok(Self {
            file_name: file_name(
                &organisation.slug,
                key,
                "responses",
                &filter,
                &end_of_name(request, format),
            ),
            from,
            up_to,
            scope: scope.clone(),
            survey,
            filter,
            columns,
            dictionary,
            format,
            rows: 0,
            slug: organisation.slug,
            writing,
            revisions,
            after: None,
            is_done: false,
        })
    }

    /// The next piece; none after the last. A piece holds at most some thousand rows, and may hold none.
    pub fn next(&mut self, services: &Services) -> Result<Option<Vec<u8>>> {
        let mut piece = Vec::new();
        let Some(after) = self.after else {
            self.measure(services)?;
            self.after = Some(self.from);
            match &mut self.writing {
                Writing::Csv(dialect) => csv::head(&self.columns, *dialect, &mut piece),
                Writing::JsonLines => {}
                Writing::Sav(spss) => spss.head(&mut piece),
                #[cfg(feature = "parquet")]
                Writing::Parquet(file) => file.take(&mut piece)?,
            }
            return Ok(Some(piece));
        };
        if self.is_done {
            return Ok(None);
        }
        for entry in self.entries(services, after)? {
            self.rows += 1;
            match &mut self.writing {
                Writing::Csv(dialect) => csv::row(&self.columns, *dialect, &entry, &mut piece)?,
                Writing::JsonLines => json::row(&self.columns, &entry, &mut piece)?,
                Writing::Sav(spss) => spss.row(&values::values(&self.columns, &entry)?, &mut piece),
                #[cfg(feature = "parquet")]
                Writing::Parquet(file) => file.row(&values::values(&self.columns, &entry)?),
            }
        }
        self.end_piece(&mut piece)?;
        Ok(Some(piece))
    }

    /// What a format writes after the rows of a piece, and after the last of them.
    #[cfg_attr(not(feature = "parquet"), allow(clippy::unnecessary_wraps, reason = "Parquet can fail here"))]
    fn end_piece(&mut self, piece: &mut Vec<u8>) -> Result<()> {
        match &mut self.writing {
            Writing::Csv(_) | Writing::JsonLines => {}
            Writing::Sav(spss) => {
                if self.is_done {
                    spss.end(piece);
                }
            }
            #[cfg(feature = "parquet")]
            Writing::Parquet(file) => {
                file.take(piece)?;
                if self.is_done {
                    file.end(piece)?;
                }
            }
        }
        Ok(())
    }

    /// Reads the next entries of the log and gives those that the filter takes.
    fn entries(&mut self, services: &Services, after: i64) -> Result<Vec<Exported>> {
        let entries = services.store.read(|connection| {
            let range = (after, self.up_to);
            exported::next(connection, &self.scope, self.survey.id, range, self.revisions, ENTRIES_A_PIECE)
        })?;
        self.is_done = i64::try_from(entries.len()).unwrap_or(0) < ENTRIES_A_PIECE;
        self.after = entries.last().map(|entry| entry.position).or(self.after);
        let filter = &self.filter;
        let taken = |entry: &Exported| {
            filter.takes_day(&entry.response) && filter.takes_but_for_days(&entry.response)
        };
        Ok(entries.into_iter().filter(taken).collect())
    }

    /// Goes through all rows once where the head of the file says how long texts are.
    fn measure(&mut self, services: &Services) -> Result<()> {
        if !matches!(self.writing, Writing::Sav(_)) {
            return Ok(());
        }
        self.after = Some(self.from);
        while !self.is_done {
            for entry in self.entries(services, self.after.unwrap_or(self.from))? {
                if let Writing::Sav(spss) = &mut self.writing {
                    spss.measure(&values::values(&self.columns, &entry)?);
                }
            }
        }
        self.is_done = false;
        Ok(())
    }

    /// A name for the file, in plain letters.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// What the columns hold.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Rows that were written so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The last position of the log that is in it.
    pub fn up_to(&self) -> i64 {
        self.up_to
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

/// The position after which rows are wanted: that of the last row of a download that was broken off, or of the last one
/// that somebody has.
fn position(after: Option<&str>) -> Result<i64> {
    let Some(after) = after else { return Ok(0) };
    after.parse().ok().filter(|position| *position >= 0).ok_or_else(|| {
        let words = format!("\"{after}\" is no position; it is a whole number from the column `position`");
        invalid("?after", "invalid", words)
    })
}

/// The end of the file's name: what it goes on from, and its format.
fn end_of_name(request: &Request, format: Format) -> String {
    let after = request.after.as_ref().map(|after| format!("after-{after}.")).unwrap_or_default();
    format!("{after}{}", format.name())
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

fn dialect(request: &Request, format: Format) -> Result<Dialect> {
    let is_csv = format == Format::Csv;
    if !is_csv && (request.preset.is_some() || request.locale.is_some()) {
        return Err(invalid("?preset", "not_here", "the preset excel and its locale are for csv only"));
    }
    dialect_of(request.preset.as_deref(), request.locale.as_deref())
}

/// How CSV is written: exact, or for the spreadsheets of a language.
pub(super) fn dialect_of(preset: Option<&str>, locale: Option<&str>) -> Result<Dialect> {
    match (preset, locale) {
        (None, None) => Ok(Dialect::EXACT),
        (Some("excel"), None) => Ok(Dialect::EXCEL),
        (Some("excel"), Some(language)) => Dialect::excel(language).ok_or_else(|| {
            let words = format!("\"{language}\" is not known; accepted are {}", Dialect::languages());
            invalid("?locale", "unknown_value", words)
        }),
        (None, Some(_)) => Err(invalid("?locale", "not_here", "a locale needs preset=excel beside it")),
        (Some(other), _) => {
            let words = format!("\"{other}\" is not known; accepted is excel");
            Err(invalid("?preset", "unknown_value", words))
        }
    }
}

/// The name of a file about the same responses, told apart by what is in it.
pub(super) fn bundle_name(export: &Export, content: &str) -> String {
    let short: String = content.chars().take(12).collect();
    file_name(&export.slug, &export.survey.key, "bundle", &export.filter, &format!("{short}.zip"))
}

/// Slugs and dates are plain letters and digits, so the name needs no quoting anywhere.
pub(super) fn file_name(slug: &str, key: &str, what: &str, filter: &Filter, end: &str) -> String {
    let dates = [("from", filter.from), ("to", filter.to)];
    let dates = dates.into_iter().filter_map(|(word, date)| Some(format!("_{word}-{}", date?)));
    let period = dates.collect::<Vec<_>>().concat();
    format!("laatu_{slug}_{key}_{what}{period}.{end}")
}
