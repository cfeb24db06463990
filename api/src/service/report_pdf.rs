//! What the report as PDF shows beside the report that is asked for: the period before, and every split that this reader
//! may ask for. Each is read as the API would give it, so nothing that is withheld can come in by them.

use survey_forms::language::Language;

use super::desk::scope::before;
use super::read_report::{Depth, Request, read_within};
use super::report_filter::Filter;
use super::{Error, Result, Services};
use crate::domain::time::date_of_day;
use crate::files::report_pdf::Scope;
use crate::report::Report;
use crate::report::render::{TrendNote, Words};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, annotations};

/// The splits of every PDF, as far as the filters leave them open.
const SPLITS: [&str; 4] = ["contact_channel", "channel", "place", "month"];

/// What a PDF needs beside the report that is asked for.
pub(super) struct Pages {
    /// The same for the period before; none where the period has no two ends, or may not be asked for.
    pub before: Option<Report>,
    /// The same with each split.
    pub splits: Vec<Report>,
    /// What colleagues wrote on the trend, by day.
    pub notes: Vec<TrendNote>,
    /// What was asked for, for the words on each page.
    pub scope: Scope,
    /// The language of all words.
    pub language: Language,
    /// The names, in that language.
    pub words: Words,
}

/// Reads the reports; language and names are the caller's to say.
pub(super) fn read(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    request: &Request,
    filter: &Filter,
) -> Result<Pages> {
    let mut read = |request: &Request| {
        match read_within(services, connection, scope, &survey.key, request, Depth::Plain) {
            Ok(read) => Ok(Some(read.report)),
            // What may not be asked for, such as a period off the grid, is not shown.
            Err(Error::Invalid(_)) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let days = filter.from.zip(filter.to).and_then(|(from, to)| before(from, to));
    let before = match days {
        Some((from, to)) => {
            let (from, to) = (Some(from.to_string()), Some(to.to_string()));
            read(&Request { from, to, by: None, ..request.clone() })?
        }
        None => None,
    };
    let mut splits = Vec::new();
    for split in SPLITS.into_iter().filter(|split| is_open(request, split, scope.may_see_rows())) {
        splits.extend(read(&Request { by: Some(split.to_owned()), ..request.clone() })?);
    }
    let told = annotations::of_survey(connection, scope, survey.id)?.into_iter();
    let notes = told.map(|one| TrendNote { day: date_of_day(one.day), words: one.words }).collect();
    let scope = asked(request, filter, survey.is_open());
    Ok(Pages { before, splits, notes, scope, language: Language::ENGLISH, words: Words::default() })
}

fn asked(request: &Request, filter: &Filter, is_open: bool) -> Scope {
    let asked = request.asked().into_iter().filter(|(name, _)| !matches!(*name, "from" | "to" | "by"));
    let filters = asked.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Scope { from: filter.from, to: filter.to, filters, is_open }
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
