//! The dimensions: the dot chart of the experience, and every figure of every dimension as a table.

use serde::Serialize;

use super::chart::{Chart, ChartFile};
use super::structure::coefficient;
use super::{Line, Words};
use crate::report::charts::{Caption, DotRow, Size, Window, dots};
use crate::report::render::finding::{Entry, clearly_low, lowest_first};
use crate::report::render::wording::{Said, Unit, number, why};
use crate::report::{Reading, Shape};

/// The section of the dimensions.
#[derive(Debug, Serialize)]
pub(super) struct Dimensions {
    pub(super) caption: String,
    pub(super) chart: Option<Chart>,
    table: Vec<Figures>,
    /// Whether omega was computed.
    omega: bool,
    /// Dimensions of other facets, by their score alone.
    others: Vec<Line>,
}

/// All figures of one dimension in words.
#[derive(Debug, Serialize)]
struct Figures {
    name: String,
    score: String,
    range: String,
    n: String,
    mean: String,
    sd: String,
    alpha: String,
    omega: String,
}

/// The section, or nothing when the report has no dimension.
pub(super) fn dimensions(
    shape: &Shape,
    words: &Words,
    entries: &[Entry<'_>],
    window: Window,
) -> Option<Dimensions> {
    if shape.dimensions.is_empty() {
        return None;
    }
    let rows = rows(entries);
    let caption = caption(window, entries.iter().any(few));
    let description = format!("Lowest first. {}.", told_words(&rows));
    let title = "Score of each dimension";
    let draw = |size: Size| {
        dots(Caption { id: "dimensions", title, description: &description }, &rows, window, size)
    };
    let in_order = lowest_first(entries).into_iter().map(|entry| (entry.name.to_owned(), entry.reading));
    let file = ChartFile::of_readings("dimensions", "dimension", in_order);
    let experience = shape.experience();
    let keys: Vec<&str> = shape.dimensions.keys().map(String::as_str).collect();
    let others = keys.iter().filter(|key| !experience.contains(key));
    let said = |key: &str| Said::of(shape.dimension(key, "score").as_ref(), Unit::SCORE, 0);
    Some(Dimensions {
        caption,
        chart: rows.iter().any(|row| row.mark.is_some()).then(|| Chart::of(draw).with(file)),
        table: keys.iter().map(|key| figures(shape, words, key)).collect(),
        omega: keys.iter().any(|key| shape.dimension(key, "omega").is_some()),
        others: others.map(|key| Line::new(words.dimension(key), said(key))).collect(),
    })
}

/// Fewest people for a full dot.
const FULL: u64 = 5;

/// Whether a score stands on so few people that its dot must not catch the eye.
pub(super) fn few(entry: &Entry<'_>) -> bool {
    matches!(&entry.reading, Some(Reading::Known { n, ci95: Some(_), .. }) if *n < FULL)
}

/// What the marks of a score chart mean.
pub(super) fn caption(window: Window, hollow: bool) -> String {
    let shown = match (window.low, window.high) {
        (low, high) if low <= 0.0 && high >= 100.0 => String::new(),
        (low, high) => format!(", shown from {low} to {high}"),
    };
    let dots = if hollow { format!(" Hollow dot: fewer than {FULL} people.") } else { String::new() };
    format!("Score of 100{shown}. Thick line: 80 % likely range, thin line: 95 %.{dots}")
}

fn rows(entries: &[Entry<'_>]) -> Vec<DotRow> {
    let weak = clearly_low(entries);
    lowest_first(entries).iter().map(|entry| dot_row(entry, weak.contains(entry))).collect()
}

/// A row of a score chart.
pub(super) fn dot_row(entry: &Entry<'_>, weak: bool) -> DotRow {
    let said = Said::of(entry.reading.as_ref(), Unit::SCORE, 0);
    let mark = entry.reading.as_ref().and_then(|reading| Some((reading.value()?, Some(reading.ci95()?))));
    let (value, range, n) = (said.value, said.range, said.n);
    DotRow { name: entry.name.to_owned(), mark, value, range, n, weak, few: few(entry) }
}

/// The rows of a dot chart in words: "Choice 70 (62 to 77), n 21; ..."; those without a value with the reason.
pub(super) fn told_words(rows: &[DotRow]) -> String {
    let row = |row: &DotRow| {
        let n = if row.n.is_empty() { String::new() } else { format!(", n {}", row.n) };
        if row.mark.is_some() {
            format!("{} {} ({}){n}", row.name, row.value, row.range)
        } else {
            format!("{}: {}{n}", row.name, row.range)
        }
    };
    rows.iter().map(row).collect::<Vec<_>>().join("; ")
}

fn figures(shape: &Shape, words: &Words, key: &str) -> Figures {
    let figure = |name: &str| shape.dimension(key, name);
    let score = Said::of(figure("score").as_ref(), Unit::SCORE, 0);
    Figures {
        name: words.dimension(key).to_owned(),
        score: score.value,
        range: score.range,
        n: score.n,
        mean: with_range(&Said::of(figure("mean").as_ref(), Unit::codes(shape.codes_of(key)), 2)),
        sd: figure("sd").as_ref().map_or_else(String::new, |sd| plain(sd, 2)),
        alpha: figure("alpha").as_ref().map_or_else(String::new, coefficient),
        omega: omega(shape, key),
    }
}

fn with_range(said: &Said) -> String {
    if said.known { format!("{} ({})", said.value, said.range) } else { said.range.clone() }
}

fn plain(reading: &Reading<'_>, decimals: usize) -> String {
    match reading {
        Reading::Known { value, .. } => number(*value, decimals),
        Reading::Undefined { reason, .. } => why(reason).to_owned(),
    }
}

/// Omega; of two items, which have none, the Spearman-Brown coefficient.
fn omega(shape: &Shape, key: &str) -> String {
    let two = shape.dimension(key, "spearman_brown").filter(|two| two.value().is_some());
    match (two, shape.dimension(key, "omega")) {
        (Some(two), _) => format!("{}, Spearman-Brown", coefficient(&two)),
        (None, Some(omega)) => coefficient(&omega),
        (None, None) => String::new(),
    }
}
