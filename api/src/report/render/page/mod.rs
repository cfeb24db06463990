//! What the page says, ready for the template: finished words and finished charts.
//!
//! One module for each section of the page. The template adds markup only.

mod answered;
mod calendar;
mod cards;
mod careless;
mod chart;
mod comparison;
mod consistency;
pub mod desk;
mod dimensions;
mod drivers;
mod grouping;
mod importance;
mod items;
mod live;
mod method;
mod notes;
mod period_names;
mod periods;
mod places;
mod structure;

use serde::Serialize;

use super::Words;
use super::finding::{self, Entry};
use super::told;
use super::wording::{Said, Unit, count, counted};
use crate::report::charts::Window;
use crate::report::{Reading, Report, ResponseRate, Shape};

pub use notes::{TrendNote, flags as trend_flags};
pub(super) use period_names::{MONTHS, long as period_name};

pub(super) use careless::sentences as careless_sentences;
pub(super) use drivers::{Part, parts as driver_parts, sentence as driver_sentence, without_range};
pub(super) use structure::coefficient;

/// The outcomes in their order: key, name, in what they are printed, decimals where no range says how many.
pub(super) const OUTCOMES: [(&str, &str, Unit, usize); 4] = [
    ("overall", "Overall judgement, in codes", Unit::CODES, 1),
    ("nps", "Would recommend, net promoter score", Unit::NPS, 0),
    ("csat", "Satisfied, % in the top two codes", Unit::SHARE, 0),
    ("ces", "Found it easy, % in the top three codes", Unit::SHARE, 0),
];

/// The whole page.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    css: &'static str,
    title: &'a str,
    organisation: &'a str,
    scope: &'a [String],
    generated: &'a str,
    headline: String,
    cards: Vec<cards::Card>,
    dimensions: Option<dimensions::Dimensions>,
    drivers: Option<drivers::Drivers>,
    outcomes: Vec<Line>,
    gaps: Vec<Line>,
    comparisons: Vec<comparison::Comparison>,
    groupings: Vec<grouping::Grouping>,
    not_compared: Vec<String>,
    live: Option<live::Live>,
    answered: Option<answered::Answered>,
    items: Vec<items::Group>,
    structure: Option<structure::Structure>,
    method: method::Method,
}

/// A name with its figure in words: a row of a table.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    name: String,
    value: String,
    range: String,
    n: String,
}

impl Line {
    fn new(name: impl Into<String>, said: Said) -> Self {
        Self { name: name.into(), value: said.value, range: said.range, n: said.n }
    }
}

impl<'a> Page<'a> {
    /// Reads the page out of a report.
    pub fn new(report: &'a Report, words: &'a Words) -> Self {
        let total = &report.total;
        let entries = entries(total, words);
        let window = window(report);
        Self {
            css: include_str!("../report.css"),
            title: &words.title,
            organisation: &words.organisation,
            scope: &words.scope,
            generated: &words.generated,
            headline: finding::headline(&entries),
            cards: cards::cards(report, &entries),
            dimensions: dimensions::dimensions(total, words, &entries, window),
            drivers: drivers::drivers(total, words),
            outcomes: outcomes(total),
            gaps: gaps(total, words),
            comparisons: report
                .by
                .iter()
                .map(|(name, levels)| comparison::comparison(name, levels, total, words, &entries, window))
                .collect(),
            groupings: grouping::groupings(report, words),
            not_compared: grouping::not_compared(report, words),
            live: live::live(total, words),
            answered: answered::answered(total, words),
            items: items::groups(total, words),
            structure: structure::structure(total, words),
            method: method::method(report),
        }
    }
}

/// The dimensions of experience with their scores, in the order of the layout.
fn entries<'a>(shape: &'a Shape, words: &'a Words) -> Vec<Entry<'a>> {
    let entry = |key| Entry { name: words.dimension(key), reading: shape.dimension(key, "score") };
    shape.experience().into_iter().map(entry).collect()
}

/// The one window of all score charts: it holds every range of the total, and of each level that is told.
fn window(report: &Report) -> Window {
    let ends = |shape: &Shape, is_total: bool| -> Vec<f64> {
        let keys = shape.experience();
        let of = |key| if is_total { shape.dimension(key, "score") } else { told::score(shape, key) };
        let scores = keys.into_iter().filter_map(of);
        let whole = if is_total { shape.quality_score() } else { told::quality(shape) };
        let readings: Vec<Reading<'_>> = scores.chain(whole).collect();
        readings
            .iter()
            .flat_map(|r| [r.value(), r.ci95().map(|c| c.0), r.ci95().map(|c| c.1)])
            .flatten()
            .collect()
    };
    let levels = report.by.values().flat_map(std::collections::BTreeMap::values);
    let total = ends(&report.total, true);
    even(Window::around(total.into_iter().chain(levels.flat_map(|shape| ends(shape, false)))))
}

/// The same window of points, widened so that both of its ends are round and its grid lines stand at equal distances.
fn even(window: Window) -> Window {
    let step = 20.0;
    Window { low: (window.low / step).floor() * step, high: (window.high / step).ceil() * step }
}

fn outcomes(shape: &Shape) -> Vec<Line> {
    let line = |&(key, name, unit, decimals): &(&str, &str, Unit, usize)| {
        Some(Line::new(name, Said::of(Some(&shape.outcome(key)?), unit, decimals)))
    };
    OUTCOMES.iter().filter_map(line).collect()
}

fn gaps(shape: &Shape, words: &Words) -> Vec<Line> {
    let gaps = shape.quality.as_ref().and_then(|quality| quality.get("gap"));
    let gaps = gaps.and_then(serde_json::Value::as_object).into_iter().flatten();
    gaps.map(|(key, gap)| {
        Line::new(words.dimension(key), Said::of(Reading::of(gap).as_ref(), Unit::CODES, 2))
    })
    .collect()
}

/// The response rate as a sentence without its full stop.
pub(super) fn response_words(rate: &ResponseRate) -> String {
    let said = Said::of(Reading::of(&rate.rate).as_ref(), Unit::SHARE, 0);
    if said.known {
        format!("{}: {} %, likely {} %", answered_of(rate), said.value, said.range)
    } else {
        format!("No response rate: {}", said.range)
    }
}

/// "680 of 2 103 delivered invitations were answered".
fn answered_of(rate: &ResponseRate) -> String {
    let invitations =
        counted(rate.sent.saturating_sub(rate.bounced), "delivered invitation", "delivered invitations");
    format!(
        "{} of {invitations} {} answered",
        count(rate.answered),
        if rate.answered == 1 { "was" } else { "were" }
    )
}
