//! The parts of the dashboard that show figures: each from reports alone, in the words and marks of the report's page.
//!
//! Called by `service::desk`, which reads the reports; the frame around a part is made in `http`.

mod change;
mod closed;
mod dimension;
mod expected;
mod line;
mod overview;
mod panels;
mod series;
mod spread;
mod stretch;
mod target;

use serde::Serialize;
use serde_json::{Value, json};

use super::answered::answered;
use super::cards::unfinished_words;
use super::drivers::drivers;
use super::finding::{Entry, headline, lowest_first};
use super::live::live;
use super::notes::TrendNote;
use super::{even, response_words, window};
use crate::report::charts::alone;
use crate::report::render::html::part as fill;
use crate::report::render::told;
use crate::report::render::unbroken::unbroken;
use crate::report::render::{RenderError, STYLE, Words};
use crate::report::{Reading, Report};

pub use stretch::Stretch;

/// The templates by name.
pub(in crate::report::render) const TEMPLATES: [(&str, &str); 11] = [
    ("desk-overview", include_str!("overview.hbs")),
    ("desk-dimensions", include_str!("dimensions.hbs")),
    ("desk-dimension", include_str!("dimension.hbs")),
    ("desk-expected", include_str!("expected.hbs")),
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
    /// What was expected against what was found.
    Expected,
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
    /// The days of the page.
    pub stretch: Stretch,
    /// What happened on which day, by day; only the trend shows it.
    pub notes: &'a [TrendNote],
    /// Where the survey's pages begin, such as `/dashboard/surveys/after-delivery`.
    pub base: &'a str,
    /// Months that were closed inside of the scope, where they are shown.
    pub closed: &'a [Closed],
    /// The score that is aimed at, in points of 100.
    pub target: Option<f64>,
    /// Where the page itself is, without its query.
    pub here: &'a str,
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
    /// Its charts, to be taken along.
    pub charts: Vec<Drawn>,
}

/// A chart of a part as files.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Its name, unique on the page.
    pub name: String,
    /// The drawing, with its colours inside.
    pub svg: String,
    /// The names of the columns of its values.
    pub header: Vec<String>,
    /// Its values, exact.
    pub rows: Vec<Vec<String>>,
}

/// Fills the template of a part; each chart on the way is given the addresses where it is to be had alone.
fn made(
    given: &Given<'_>,
    headline: String,
    template: &str,
    view: &impl Serialize,
) -> Result<Part, RenderError> {
    let mut tree = serde_json::to_value(view)?;
    let mut charts = Vec::new();
    take_charts(&mut tree, given, &mut charts);
    Ok(Part { headline: unbroken(&headline), html: fill(template, &tree)?, charts })
}

fn take_charts(tree: &mut Value, given: &Given<'_>, charts: &mut Vec<Drawn>) {
    match tree {
        Value::Array(parts) => parts.iter_mut().for_each(|part| take_charts(part, given, charts)),
        Value::Object(fields) => {
            if let Some(drawn) = drawn(fields) {
                let place = |end: &str| format!("{}/charts/{}.{end}{}", given.here, drawn.name, given.query);
                fields.insert("along".to_owned(), json!({"svg": place("svg"), "csv": place("csv")}));
                charts.push(drawn);
            }
            fields.values_mut().for_each(|part| take_charts(part, given, charts));
        }
        _ => {}
    }
}

/// The chart that an object of a view holds, if it holds one that can be taken along.
fn drawn(fields: &serde_json::Map<String, Value>) -> Option<Drawn> {
    let file = fields.get("file")?;
    let drawing = ["wide", "svg"].into_iter().find_map(|key| fields.get(key)?.as_str())?;
    let texts = |tree: &Value| -> Vec<String> {
        tree.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    Some(Drawn {
        name: file.get("name")?.as_str()?.to_owned(),
        svg: alone(drawing, STYLE),
        header: texts(file.get("header")?),
        rows: file.get("rows")?.as_array()?.iter().map(texts).collect(),
    })
    .filter(|_| !drawing.is_empty())
}

/// Makes a part; nothing when the report has no such dimension.
pub fn part(view: View<'_>, given: &Given<'_>) -> Result<Option<Part>, RenderError> {
    let total = &given.report.total;
    let told = |key| Entry { name: given.words.dimension(key), reading: told::score(total, key) };
    let known: Vec<Entry<'_>> = total.experience().into_iter().map(told).collect();
    if let View::Dimension(key) = view
        && !given.report.total.dimensions.contains_key(key)
    {
        return Ok(None);
    }
    if given.report.is_empty() {
        return nobody(given).map(Some);
    }
    Ok(Some(match view {
        View::Overview => overview::overview(given, &known)?,
        View::Dimensions => dimension::all(given, &known)?,
        View::Dimension(key) => dimension::one(given, key)?,
        View::Expected => expected::expected(given)?,
        View::Channels => spread::spread(given, &known, false)?,
        View::Places => spread::spread(given, &known, true)?,
        View::Drivers => of_drivers(given)?,
        View::Trend => series::trend(given)?,
        View::Answered => of_answered(given)?,
    }))
}

#[derive(Serialize)]
struct Nobody<'a> {
    base: &'a str,
    words: String,
    response: String,
    /// The same page over all time; empty where that is shown already.
    wider: &'static str,
}

fn nobody(given: &Given<'_>) -> Result<Part, RenderError> {
    let withheld = given.report.about.minimum_people.map(|minimum| {
        format!(
            "Fewer than {minimum} people answered here, or so few could be told apart by comparing figures. We show \
             nothing, to protect them."
        )
    });
    let is_withheld = withheld.is_some();
    let view = Nobody {
        base: given.base,
        words: withheld
            .unwrap_or_else(|| "Nobody's answer lies in this period with these filters.".to_owned()),
        response: given.report.response_rate.as_ref().map(response_words).unwrap_or_default(),
        wider: if given.query == "?period=all" { "" } else { "?period=all" },
    };
    let headline = if is_withheld { "Too few answers to show" } else { "Nobody answered here" };
    made(given, headline.to_owned(), "desk-nobody", &view)
}

#[derive(Serialize)]
struct Whole<T> {
    part: Option<T>,
    missing: &'static str,
}

fn of_drivers(given: &Given<'_>) -> Result<Part, RenderError> {
    let part = drivers(&given.report.total, given.words);
    let known = Reading::at(given.report.total.drivers.as_ref().unwrap_or(&Value::Null), &["r2"]);
    let headline = match known.filter(|one| one.ci95().is_some()) {
        Some(_) => "What goes with the overall judgement".to_owned(),
        None => "Not enough answers yet to say what drives the judgement".to_owned(),
    };
    let missing = "They need the question for an overall judgement, and from about 2\u{202f}600 answered forms on when each \
                   customer is asked a part of the questions.";
    made(given, headline, "desk-drivers", &Whole { part, missing })
}

fn of_answered(given: &Given<'_>) -> Result<Part, RenderError> {
    let response = given.report.response_rate.as_ref().map(response_words);
    let headline = response.unwrap_or_else(|| "How many were asked is not known here".to_owned());
    let unfinished = unfinished_words(given.report).map(|words| {
        format!("{words}, with the pages that were saved: that is why more people stand behind the figures.")
    });
    let part = answered(&given.report.total, given.words)
        .map(|part| part.with_unfinished(unfinished.unwrap_or_default()));
    let missing = "Nobody was invited, or the filter is about what is known only of those who answered.";
    made(given, headline, "desk-answered", &Whole { part, missing })
}

/// The lowest first, for lists.
fn sorted<'a>(known: &[Entry<'a>]) -> Vec<Entry<'a>> {
    lowest_first(known)
}
