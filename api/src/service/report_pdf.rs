//! What the report as PDF shows beside the report that is asked for: the period before, and every split that this reader
//! may ask for. Each is read as the API would give it, so nothing that is withheld can come in by them.

use survey_forms::language::Language;

use super::desk::scope::before;
use super::export::dictionary::language_of;
use super::instrument_version::Version;
use super::read_report::{Depth, Request, read_within};
use super::report_file::Wishes;
use super::report_filter::Filter;
use super::{Error, Result, Services, invalid};
use crate::report::Report;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope};

/// The splits of every PDF, as far as the filters leave them open.
const SPLITS: [&str; 4] = ["contact_channel", "channel", "place", "month"];

/// The reports beside the one that is asked for.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The same for the period before; none where the period has no two ends, or may not be asked for.
    pub before: Option<Report>,
    /// The same with each split.
    pub splits: Vec<Report>,
}

/// Reads them.
pub(super) fn beside(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    request: &Request,
    filter: &Filter,
) -> Result<Beside> {
    let mut read = |request: &Request| {
        match read_within(services, connection, scope, key, request, Depth::Plain) {
            Ok(read) => Ok(Some(read.report)),
            // What may not be asked for, such as a period off the grid, is not shown.
            Err(Error::Invalid(_)) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let days = filter.from.zip(filter.to).and_then(|(from, to)| before(from, to));
    let mut found = Beside::default();
    if let Some((from, to)) = days {
        let (from, to) = (Some(from.to_string()), Some(to.to_string()));
        found.before = read(&Request { from, to, by: None, ..request.clone() })?;
    }
    for split in SPLITS.into_iter().filter(|split| is_open(request, split, scope.may_see_rows())) {
        found.splits.extend(read(&Request { by: Some(split.to_owned()), ..request.clone() })?);
    }
    Ok(found)
}

/// Whether a split says something that the filters have not said: on the fixed grid a filter is a split already.
fn is_open(request: &Request, split: &str, rows: bool) -> bool {
    let set = [
        ("channel", request.channel.is_some()),
        ("contact_channel", request.contact_channel.is_some()),
        ("place", request.place.is_some()),
        ("language", request.language.is_some()),
    ];
    let is_itself = set.iter().any(|(name, is_set)| *name == split && *is_set);
    let is_narrow = set.iter().any(|(_, is_set)| *is_set) || !request.segments.is_empty();
    let is_asked = request.by.as_deref() == Some(split);
    !is_asked && !is_itself && (split == "month" || !is_narrow || rows)
}

/// The language of a PDF: the one that is asked for, else the one that the reader prefers where questions are in it, else the
/// survey's first. Imported answers have no questions, so every language will do.
pub(super) fn language(survey: &Survey, version: &Version, wishes: &Wishes) -> Result<Language> {
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
