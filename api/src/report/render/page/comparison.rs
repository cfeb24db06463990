//! A comparison: the quality score of each level, small charts of each dimension, and every score as a table.
//!
//! Differences are read conservatively: a level is called lower when its whole 95 % range lies below that of
//! every other level.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Words;
use super::chart::{Along, ChartFile};
use super::consistency::{Consistency, consistency};
use super::dimensions::{caption, dot_row, few, told_words};
use super::places::{Places, places};
use crate::report::Shape;
use crate::report::charts::{Caption, Size, Window, dots};
use crate::report::render::finding::{Entry, among, clearly_low, with_range};
use crate::report::render::split::{Split, entries as levels_of, may_name};
use crate::report::render::told;
use crate::report::render::wording::{Said, Unit, listed, spaced};

/// More levels than this make the small charts unreadable; the table stays.
const MOST_PANELS: usize = 8;

/// The section of one comparison.
#[derive(Debug, Serialize)]
pub(super) struct Comparison {
    heading: String,
    #[serde(skip)]
    decided: bool,
    /// What there is to say beside the heading; empty when that says all.
    verdict: String,
    by: String,
    caption: String,
    wide: String,
    narrow: String,
    file: Option<ChartFile>,
    along: Option<Along>,
    consistency: Option<Consistency>,
    panels: Vec<Panel>,
    places: Option<Places>,
    levels: Vec<String>,
    table: Vec<TableRow>,
    /// Why some scores are left out; empty where none is.
    note: String,
}

#[derive(Debug, Serialize)]
struct Panel {
    name: String,
    /// Which levels are clearly lowest; empty when none is.
    low: String,
    svg: String,
    file: Option<ChartFile>,
    along: Option<Along>,
}

#[derive(Debug, Serialize)]
struct TableRow {
    name: String,
    cells: Vec<TableCell>,
}

#[derive(Debug, Serialize)]
struct TableCell {
    value: String,
    range: String,
    n: String,
    lowest: bool,
}

/// One dimension, or quality, over all levels.
struct Across<'a> {
    name: &'a str,
    levels: Vec<Entry<'a>>,
    /// Whether levels may be named as lower.
    named: bool,
}

impl Across<'_> {
    /// How many levels have a score.
    fn known(&self) -> usize {
        self.levels.iter().filter(|entry| entry.reading.as_ref().is_some_and(|r| r.value().is_some())).count()
    }

    /// The same with some of its levels.
    fn only(&self, shown: &[bool]) -> Self {
        let kept = self.levels.iter().zip(shown).filter(|(_, shown)| **shown);
        Self { levels: kept.map(|(entry, _)| entry.clone()).collect(), ..*self }
    }

    /// Places of the levels that are clearly below the others.
    fn low(&self) -> Vec<bool> {
        let low = if self.named { clearly_low(&self.levels) } else { Vec::new() };
        self.levels.iter().map(|entry| low.contains(entry)).collect()
    }

    /// How far the one clearly lowest level lies below the next, with the sentence about it.
    fn shortfall(&self) -> Option<(f64, String)> {
        if !self.named {
            return None;
        }
        let ranged = with_range(&self.levels);
        let ([low, next, ..], 1) = (ranged.as_slice(), clearly_low(&self.levels).len()) else { return None };
        let (low_reading, next_reading) = (low.reading.as_ref()?, next.reading.as_ref()?);
        let words = |entry: &Entry<'_>| Said::of(entry.reading.as_ref(), Unit::SCORE, 0).likely();
        let sentence = format!(
            "{}: {} is lowest{}, {} of 100; next is {}, {}",
            self.name,
            low.name,
            among(&self.levels),
            words(low),
            next.name,
            words(next)
        );
        Some((next_reading.ci95()?.0 - low_reading.ci95()?.1, sentence))
    }
}

impl Comparison {
    /// What was found, as a sentence.
    pub(super) fn heading(&self) -> &str {
        &self.heading
    }

    /// Whether the answers sufficed for a verdict.
    pub(super) fn is_decided(&self) -> bool {
        self.decided
    }

    /// The same below a page's heading: what that says already is not said again.
    pub(super) fn below(mut self, headline: &str) -> Self {
        if self.heading == headline {
            self.heading = format!("By {}", self.by);
        }
        self
    }
}

/// Builds the section.
pub(super) fn comparison(
    name: &str,
    levels: &BTreeMap<String, Shape>,
    total: &Shape,
    words: &Words,
    entries: &[Entry<'_>],
    window: Window,
) -> Comparison {
    let quality = Across {
        name: "Perceived quality",
        levels: levels_of(levels, words, name, told::quality),
        named: may_name(total, words, name, "quality"),
    };
    let keys = levels.values().next().map_or_else(Vec::new, Shape::experience);
    let of_dimension = |key| Across {
        name: words.dimension(key),
        levels: levels_of(levels, words, name, |shape| told::score(shape, key)),
        named: may_name(total, words, name, key),
    };
    let across: Vec<Across<'_>> = keys.into_iter().map(of_dimension).collect();
    let most = across.iter().filter_map(Across::shortfall).max_by(|a, b| a.0.total_cmp(&b.0));
    let by = spaced(name);
    let split = Split::of(total, words, name, &quality.levels);
    let readings =
        std::iter::once(&quality).chain(&across).flat_map(|one| &one.levels).map(|one| &one.reading);
    let note = told::note(readings);
    let hollow = std::iter::once(&quality).chain(&across).any(|one| one.levels.iter().any(few));
    Comparison {
        heading: split.heading(),
        decided: split.is_decided(),
        verdict: most.map(|(_, sentence)| format!("{sentence}.")).unwrap_or_default(),
        caption: format!("Perceived quality by {by}. {}", caption(window, hollow)),
        wide: main_chart(&quality, name, Size::Wide, window),
        narrow: main_chart(&quality, name, Size::Narrow, window),
        file: (quality.known() > 0).then(|| file(&quality, name)),
        along: None,
        consistency: consistency(total, words, name, &quality.levels),
        places: places(total, words, name),
        panels: panels(&across, name, window, entries.len()),
        levels: quality.levels.iter().map(|entry| entry.name.to_owned()).collect(),
        table: std::iter::once(&quality).chain(&across).map(table_row).collect(),
        by,
        note,
    }
}

fn chart(across: &Across<'_>, id: &str, size: Size, window: Window) -> String {
    let low = across.low();
    let rows: Vec<_> = across.levels.iter().zip(&low).map(|(entry, low)| dot_row(entry, *low)).collect();
    let title = format!("{} by {}", across.name, spaced(id));
    let id = format!("by-{}", slug(&format!("{id}-{}", across.name)));
    dots(Caption { id: &id, title: &title, description: &told_words(&rows) }, &rows, window, size)
}

fn file(across: &Across<'_>, id: &str) -> ChartFile {
    let name = format!("by-{}", slug(&format!("{id}-{}", across.name)));
    let levels = across.levels.iter().map(|entry| (entry.name.to_owned(), entry.reading.clone()));
    ChartFile::of_readings(&name, "level", levels)
}

/// The chart of quality; nothing when no level has a score, the words above say so.
fn main_chart(quality: &Across<'_>, id: &str, size: Size, window: Window) -> String {
    if quality.known() == 0 { String::new() } else { chart(quality, id, size, window) }
}

/// A small chart for each dimension in which at least two levels can be compared.
fn panels(across: &[Across<'_>], id: &str, window: Window, dimensions: usize) -> Vec<Panel> {
    if dimensions < 2 || across.iter().any(|one| one.levels.len() > MOST_PANELS) {
        return Vec::new();
    }
    // The same levels in every panel: those that some dimension tells. The table has the others, with the reason.
    let is_told = |place: usize| {
        let of = |one: &Across<'_>| one.levels.get(place).and_then(|entry| entry.reading.as_ref()?.value());
        across.iter().any(|one| of(one).is_some())
    };
    let told: Vec<bool> =
        (0..across.iter().map(|one| one.levels.len()).max().unwrap_or(0)).map(is_told).collect();
    let panel = |one: &Across<'_>| Panel {
        name: one.name.to_owned(),
        low: if one.named { low_words(&one.levels) } else { String::new() },
        svg: chart(&one.only(&told), &format!("{id}-panel"), Size::Panel, window),
        file: Some(file(one, &format!("{id}-panel"))),
        along: None,
    };
    across.iter().filter(|one| one.known() > 1).map(panel).collect()
}

/// "Phone is lowest", or nothing; of those shown where a level has no range.
fn low_words(levels: &[Entry<'_>]) -> String {
    let low = clearly_low(levels);
    let shown = if among(levels).is_empty() { "" } else { " shown" };
    match low.iter().map(|entry| entry.name).collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [one] => format!("{one} is lowest{shown}"),
        more => format!("{} are lowest{shown}", listed(more)),
    }
}

fn table_row(across: &Across<'_>) -> TableRow {
    let cell = |(entry, lowest): (&Entry<'_>, bool)| {
        let Said { value, range, n, .. } = Said::of(entry.reading.as_ref(), Unit::SCORE, 0);
        TableCell { value, range, n, lowest }
    };
    TableRow {
        name: across.name.to_owned(),
        cells: across.levels.iter().zip(across.low()).map(cell).collect(),
    }
}

/// A name as part of an id.
pub(super) fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}
