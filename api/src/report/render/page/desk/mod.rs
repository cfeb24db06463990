//! The parts of the dashboard that show figures: each from reports alone, in the words and marks of the report's page.
//!
//! Called by `service::desk`, which reads the reports; the frame around a part is made in `http`.

mod change;
mod closed;
mod dimension;
mod overview;
mod series;
mod spread;
mod target;

use serde::Serialize;
use serde_json::Value;

use super::answered::answered;
use super::drivers::drivers;
use super::finding::{Entry, headline, lowest_first};
use super::live::live;
use super::{entries, response_words, window};
use crate::report::render::html::part as fill;
use crate::report::render::{RenderError, Words};
use crate::report::{Reading, Report};

/// The templates by name.
pub(in crate::report::render) const TEMPLATES: [(&str, &str); 10] = [
    ("desk-overview", include_str!("overview.hbs")),
    ("desk-dimensions", include_str!("dimensions.hbs")),
    ("desk-dimension", include_str!("dimension.hbs")),
    ("desk-spread", include_str!("spread.hbs")),
    ("desk-drivers", include_str!("drivers.hbs")),
    ("desk-trend", include_str!("trend.hbs")),
    ("desk-answered", include_str!("answered.hbs")),
    ("desk-rows", include_str!("rows.hbs")),
    ("desk-lines", include_str!("lines.hbs")),
    ("desk-nobody", include_str!("nobody.hbs")),
];

/// Which part is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View<'a> {
    /// The four questions.
    Overview,
    /// Every dimension.
    Dimensions,
    /// One dimension with its items, by its key.
    Dimension(&'a str),
    /// The levels of each split that was read: channels, contact channels.
    Channels,
    /// The same for places, with the funnel.
    Places,
    /// What goes with the overall judgement.
    Drivers,
    /// Over weeks and months.
    Trend,
    /// Who answered, of whom.
    Answered,
}

/// What a part is made of.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The report of the page's scope.
    pub report: &'a Report,
    /// That of the period before.
    pub before: Option<&'a Report>,
    /// Reports of the same scope with a split each.
    pub beside: &'a [Report],
    /// The names around the figures.
    pub words: &'a Words,
    /// Where the survey's pages begin, such as `/dashboard/surveys/after-delivery`.
    pub base: &'a str,
    /// Months that were closed inside of the scope, where they are shown.
    pub closed: &'a [Closed],
    /// The score that is aimed at, in points of 100.
    pub target: Option<f64>,
    /// The query of the scope, with its question mark, or empty.
    pub query: &'a str,
}

/// A closed month.
#[derive(Debug, Clone)]
pub struct Closed {
    /// The month, such as `2026-05`.
    pub month: String,
    /// The day on which it was closed, in words.
    pub closed_on: String,
    /// Its report as it was.
    pub report: Value,
    /// Answers that came since then, for readers who may see single ones.
    pub late: Option<u64>,
}

/// A finished part.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it finds, as the page's heading.
    pub headline: String,
    /// Its markup.
    pub html: String,
}

/// Makes a part; nothing when the report has no such dimension.
pub fn part(view: View<'_>, given: &Given<'_>) -> Result<Option<Part>, RenderError> {
    let known = entries(&given.report.total, given.words);
    if let View::Dimension(key) = view
        && !given.report.total.dimensions.contains_key(key)
    {
        return Ok(None);
    }
    if is_empty(given.report) {
        return nobody(given).map(Some);
    }
    Ok(Some(match view {
        View::Overview => overview::overview(given, &known)?,
        View::Dimensions => dimension::all(given, &known)?,
        View::Dimension(key) => dimension::one(given, key)?,
        View::Channels => spread::spread(given, &known, false)?,
        View::Places => spread::spread(given, &known, true)?,
        View::Drivers => of_drivers(given)?,
        View::Trend => series::trend(given)?,
        View::Answered => of_answered(given)?,
    }))
}

/// Whether nobody's answer is known to this reader: nobody answered, or too few did.
fn is_empty(report: &Report) -> bool {
    let has_value = |reading: Option<Reading<'_>>| reading.is_some_and(|one| one.value().is_some());
    let total = &report.total;
    !has_value(total.quality_score())
        && !total.dimensions.keys().any(|key| has_value(total.dimension(key, "score")))
        && !total.items.keys().any(|key| has_value(total.item(key, "mean")))
}

#[derive(Serialize)]
struct Nobody<'a> {
    base: &'a str,
    words: String,
    response: String,
    /// The same page over all time.
    wider: &'static str,
}

fn nobody(given: &Given<'_>) -> Result<Part, RenderError> {
    let withheld = given.report.about.minimum_people.map(|minimum| {
        format!(
            "Fewer than {minimum} people answered here, or so few could be told apart by comparing figures. We show \
             nothing, to protect them."
        )
    });
    let view = Nobody {
        base: given.base,
        words: withheld
            .unwrap_or_else(|| "Nobody's answer lies in this period with these filters.".to_owned()),
        response: given.report.response_rate.as_ref().map(response_words).unwrap_or_default(),
        wider: "?period=all",
    };
    Ok(Part { headline: "Not enough answers yet".to_owned(), html: fill("desk-nobody", &view)? })
}

#[derive(Serialize)]
struct Whole<T> {
    part: Option<T>,
    missing: &'static str,
}

fn of_drivers(given: &Given<'_>) -> Result<Part, RenderError> {
    let part = drivers(&given.report.total, given.words);
    let known = Reading::at(given.report.total.drivers.as_ref().unwrap_or(&serde_json::Value::Null), &["r2"]);
    let headline = match known.filter(|one| one.value().is_some()) {
        Some(_) => "Some dimensions go with the overall judgement more than others".to_owned(),
        None => "Not enough answers yet to say what drives the judgement".to_owned(),
    };
    let missing = "They need the question for an overall judgement, and from about 2 600 answered forms on when each \
                   customer is asked a part of the questions.";
    Ok(Part { headline, html: fill("desk-drivers", &Whole { part, missing })? })
}

fn of_answered(given: &Given<'_>) -> Result<Part, RenderError> {
    let response = given.report.response_rate.as_ref().map(response_words);
    let headline = response.unwrap_or_else(|| "How many were asked is not known here".to_owned());
    let part = answered(&given.report.total, given.words);
    let missing = "Nobody was invited, or the filter is about what is known only of those who answered.";
    Ok(Part { headline, html: fill("desk-answered", &Whole { part, missing })? })
}

/// The lowest first, for lists.
fn sorted<'a>(known: &[Entry<'a>]) -> Vec<Entry<'a>> {
    lowest_first(known)
}
