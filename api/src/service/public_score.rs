//! A shop's score for everybody: what may be shown of it, and the page and the badge that show it.
//!
//! Whoever looks is a reader without the right to rows: the report of twelve whole months stands on the fixed grid and moves
//! in steps of ten people (`scoring::disclosure`), and nothing that a visitor sends changes which answers are counted. A
//! score is kept for five minutes, so that looking at it costs the database nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::ToSpan;
use jiff::civil::Date;
use survey_forms::language::Language;
use survey_forms::render::{AnsweredOf, AskedAfter, AskedHow, Day, ScoreFigures, ScorePage};

use super::coloured_page::Html;
use super::form_session::organisation_words;
use super::instrument_version::is_imported;
use super::read_report::{Depth, Request, read_report_to};
use super::{Error, Result, Services, invalid};
use crate::domain::organisation::Organisation;
use crate::domain::time::date_of_day;
use crate::domain::{EventKind, Micros};
use crate::report::{Reading, Report};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, authority, closed_months, organisations, response_log, surveys};

/// Fewest people with whom a score is shown.
pub const LEAST: u64 = 30;
/// Seconds for which a score is kept before the answers are looked at again.
pub const KEPT_S: i64 = 300;
/// Months of a period.
const MONTHS: i32 = 12;
/// How many months earlier a period may end, while a newer one cannot be shown yet.
const BACK: i32 = 3;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The page.
    Page,
    /// The badge.
    Badge,
}

/// What a visitor gets.
#[derive(Debug)]
pub enum Told {
    /// A score, as a page or a badge.
    Score(Html),
    /// The same without a number: too few answered.
    TooFew(Html),
    /// There is no score here; the same for every address that shows none.
    Nothing(Html),
}

/// Public scores that were read lately, by organisation.
#[derive(Debug, Default)]
pub struct Scores(Mutex<BTreeMap<i32, Arc<Place>>>);

/// One organisation's score; held while it is read, so that many who look at once read it once.
type Place = Mutex<Option<Kept>>;

#[derive(Clone, Debug)]
struct Kept {
    survey: i32,
    read_at: Micros,
    /// The day and the last position of the log for which it stands.
    state: (Date, i64),
    figures: Option<Arc<ScoreFigures>>,
}

impl Scores {
    fn place(&self, org: i32) -> Arc<Place> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(org).or_default())
    }

    /// Forgets an organisation's score.
    pub fn forget(&self, org: i32) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&org);
    }
}

/// The number of a survey whose score may be shown to everybody; 0 for an empty key.
pub fn survey_to_show(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<i32> {
    if key.is_empty() {
        return Ok(0);
    }
    let wrong = |words: &str| invalid("/public_score", "invalid", format!("\"{key}\" {words}"));
    let survey = surveys::find(connection, scope, key)?.ok_or_else(|| wrong("is no survey here"))?;
    if survey.is_open() {
        return Err(wrong(
            "asks whoever opens one of its links: a public score is that of customers who were asked after an order",
        ));
    }
    if is_imported(&survey.instrument_key) {
        return Err(wrong("holds imported answers: whom they were asked of is not known here"));
    }
    Ok(survey.id)
}

/// Shows the score behind an address; `wanted` chooses among the survey's languages by what the visitor's browser says.
pub fn show(
    services: &Services,
    slug: &str,
    form: Form,
    wanted: impl Fn(&[Language]) -> Option<Language>,
) -> Result<Told> {
    let found = super::once::in_read(services, |connection| {
        let Some(scope) = authority::by_public_score(connection, slug)? else { return Ok(None) };
        let organisation = organisations::get(connection, &scope)?;
        let survey = surveys::get(connection, &scope, organisation.public_survey)?;
        let position = response_log::last_position(connection, &scope)?;
        Ok(Some((scope, organisation, survey, position)))
    })?;
    let Some((scope, organisation, survey, position)) = found else {
        return match super::open_form::unknown(services)? {
            super::open_form::Shown::Unknown(page) => Ok(Told::Nothing(page)),
            other => Err(Error::Broken(format!("an address that shows nothing shows {other:?}"))),
        };
    };
    let today = date_of_day(services.now().day_in(&organisation.zone()));
    let figures = figures(services, &scope, &survey, (today, position))?;
    let mut languages: Vec<Language> =
        survey.languages.iter().filter_map(|tag| Language::parse(tag)).collect();
    if languages.is_empty() {
        languages.push(Language::ENGLISH);
    }
    let first = languages.first().copied().unwrap_or(Language::ENGLISH);
    let page = ScorePage {
        language: wanted(&languages).unwrap_or(first),
        languages: &languages,
        organisation: organisation_words(&organisation),
        figures: figures.as_deref(),
        least: LEAST,
        asked: asked(&survey),
    };
    written(services, &organisation, &page, form)
}

fn written(
    services: &Services,
    organisation: &Organisation,
    page: &ScorePage<'_>,
    form: Form,
) -> Result<Told> {
    let html = match form {
        Form::Page => services.renderer.score(page).map(|text| Html::of(organisation, text)),
        Form::Badge => services.renderer.score_badge(page).map(Html::from),
    };
    let html = html.map_err(|error| Error::Broken(error.to_string()))?;
    Ok(if page.figures.is_some() { Told::Score(html) } else { Told::TooFew(html) })
}

fn asked(survey: &Survey) -> AskedHow<'_> {
    AskedHow {
        after: match survey.event {
            EventKind::Shipped => AskedAfter::Shipped,
            EventKind::Delivered => AskedAfter::Delivered,
            EventKind::ComplaintClosed => AskedAfter::Complaint,
            _ => AskedAfter::Placed,
        },
        share: u64::try_from(survey.offer.sample_share).unwrap_or(100),
        places: &survey.offer.places,
    }
}

/// The kept figures while they are young or nothing has come since, else those of now.
fn figures(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
    state: (Date, i64),
) -> Result<Option<Arc<ScoreFigures>>> {
    let place = services.scores.place(scope.org_id().0);
    let mut kept = place.lock().unwrap_or_else(PoisonError::into_inner);
    let now = services.now();
    if let Some(found) = kept.as_mut().filter(|found| found.survey == survey.id && found.state.0 == state.0) {
        let is_young = now >= found.read_at && now < found.read_at.plus_seconds(KEPT_S);
        if is_young || found.state == state {
            return Ok(found.figures.clone());
        }
    }
    let figures = read(services, scope, survey, state.0)?.map(Arc::new);
    *kept = Some(Kept { survey: survey.id, read_at: now, state, figures: figures.clone() });
    Ok(figures)
}

/// The newest stretch that can be shown: the twelve whole months that ended with the last month, or up to three months
/// earlier; else everything up to today.
///
/// A period shows nothing while moving one of its ends would tell a few people apart (ADR 13): in many a first week of a
/// month, and always where only a few come in a week. The page says which days it is about.
fn read(services: &Services, scope: &OrgScope, survey: &Survey, today: Date) -> Result<Option<ScoreFigures>> {
    let first = super::once::in_read(services, |connection| {
        Ok(closed_months::first_day(connection, scope, survey.id)?)
    })?;
    let Some(first) = first.map(|day| date_of_day(day).first_of_month()) else { return Ok(None) };
    for (from, to) in stretches(today, first) {
        let request = Request { from: from.map(text), to: to.map(text), ..Request::default() };
        let report = read_report_to(services, scope, &survey.key, &request, Depth::Plain)?.report;
        let last = to.map_or(Ok(today), Date::yesterday).unwrap_or(today);
        if let Some(figures) = figures_of(&report, (from.unwrap_or(first), last)) {
            return Ok(Some(figures));
        }
    }
    Ok(None)
}

fn text(day: Date) -> String {
    day.to_string()
}

/// The stretches that are tried, the best first. Where nobody was served before a period it has no beginning: there is
/// nobody whom its end could tell apart.
fn stretches(today: Date, first: Date) -> Vec<(Option<Date>, Option<Date>)> {
    let periods = (0..=BACK).filter_map(|back| months(today, back));
    let periods = periods.map(|(from, to)| (Some(from).filter(|from| *from > first), Some(to)));
    periods.chain([(None, None)]).collect()
}

/// Twelve whole months, ending with the month before this one or so many earlier; the second day is not in it.
fn months(today: Date, back: i32) -> Option<(Date, Date)> {
    let to = today.first_of_month().checked_sub(back.months()).ok()?;
    Some((to.checked_sub(MONTHS.months()).ok()?, to))
}

fn figures_of(report: &Report, (first, last): (Date, Date)) -> Option<ScoreFigures> {
    let score = report.total.quality_score()?;
    let (value, range, people) = (score.value()?, score.ci95()?, score.n()?);
    if people < LEAST {
        return None;
    }
    let always = report.total.sequence.as_ref().and_then(|tree| Reading::at(tree, &["quality"])?.ci95());
    let rate = report.response_rate.as_ref().filter(|rate| rate.sent > rate.bounced);
    Some(ScoreFigures {
        value,
        range,
        always,
        decimals: crate::report::render::decimals(range.1 - range.0),
        people,
        from: day(first),
        until: day(last),
        rate: rate.map(|rate| AnsweredOf { answered: rate.answered, asked: rate.sent - rate.bounced }),
    })
}

fn day(date: Date) -> Day {
    Day { year: date.year(), month: date.month(), day: date.day() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::report::Shape;

    #[test]
    fn a_period_is_twelve_whole_months_and_never_the_running_one() {
        assert_eq!(months(date(2026, 11, 23), 0), Some((date(2025, 11, 1), date(2026, 11, 1))));
        assert_eq!(months(date(2026, 3, 1), 1), Some((date(2025, 2, 1), date(2026, 2, 1))));
        assert_eq!(months(date(2028, 2, 29), 0), Some((date(2027, 2, 1), date(2028, 2, 1))));
    }

    #[test]
    fn a_young_shop_has_no_beginning_and_everything_comes_last() {
        let of = |first| stretches(date(2026, 11, 23), first);
        let old = of(date(2020, 1, 1));
        assert_eq!(old.first(), Some(&(Some(date(2025, 11, 1)), Some(date(2026, 11, 1)))));
        assert_eq!((old.len(), old.last()), (5, Some(&(None, None))));
        assert_eq!(of(date(2026, 8, 1)).first(), Some(&(None, Some(date(2026, 11, 1)))));
        assert_eq!(of(date(2025, 11, 1)).first(), Some(&(None, Some(date(2026, 11, 1)))));
    }

    #[test]
    fn twenty_nine_people_are_too_few() {
        let days = (date(2025, 11, 1), date(2026, 10, 31));
        let of = |n: u64| {
            let quality = Some(json!({"score": {"value": 71.25, "n": n, "ci95": [70.9, 71.6]}}));
            let report = Report { total: Shape { quality, ..Shape::default() }, ..Report::default() };
            figures_of(&report, days)
        };
        assert_eq!(of(29), None);
        let shown = of(30).unwrap();
        assert_eq!((shown.decimals, shown.people, shown.rate), (1, 30, None));
        assert_eq!((shown.until.month, shown.until.day), (10, 31));
    }
}
