//! The map file: which columns of a data file mean what.
//!
//! `laatu score` and `laatu import` read it here. Every problem is listed with line and key, in one run; nothing here opens a file
//! or looks at the data.

mod coding;
mod dimension;
mod outcome;
mod plan;
mod source;

use std::collections::BTreeSet;

use scoring::Layout;
use toml::de::DeTable;

pub use coding::Coding;
pub use source::Problem;

use coding::SCALE_KEYS;
use source::{Section, Source};

/// Points of 100 by which levels may differ and still count as consistent, unless the map says otherwise.
pub const DEFAULT_MARGIN: f64 = 5.0;

/// One column of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header row.
    pub name: String,
    /// How its fields become answers.
    pub coding: Coding,
}

/// A map that was read without a problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Items, dimensions and outcomes, ready for counting.
    pub layout: Layout,
    /// The columns behind the layout's items, in the same order.
    pub columns: Vec<Column>,
    /// Comparisons: name and column, in the order of the file.
    pub groups: Vec<(String, String)>,
    /// The margin of the consistency verdict, in points of 100.
    pub margin: f64,
    /// Column of the survey weights.
    pub weight: Option<String>,
    /// Column of the service date.
    pub date: Option<String>,
}

impl Map {
    /// Reads a map, or lists everything that is wrong with it in the order of its lines.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut source = Source::new(text);
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = error.span().map_or(1, |span| source.line(span.start));
            source.problem(line, "", error.message());
        }
        let map = if errors.is_empty() { read(&mut source, document.get_ref()) } else { None };
        let problems: BTreeSet<Problem> = source.problems.into_iter().collect();
        match map {
            Some(map) if problems.is_empty() => Ok(map),
            _ => Err(problems.into_iter().collect()),
        }
    }
}

/// The whole document, walked section by section so that one mistake hides no other.
fn read(source: &mut Source<'_>, document: &DeTable<'_>) -> Option<Map> {
    let root = Section::root(document);
    root.only(source, &["scale", "dimension", "outcome", "group", "consistency", "top_box", "weight", "row"]);
    let default = section(source, &root, "scale", &SCALE_KEYS)
        .map(|section| Coding::from_section(source, &section, None, None));
    let threshold = top_box(source, &root, default.as_ref().and_then(Option::as_ref));
    let context =
        Context { default: default.as_ref().and_then(Option::as_ref), broken: default == Some(None) };
    let dimensions = dimension::read(source, &root, &context);
    let outcome = outcome::read(source, &root, &context);
    let groups = group(source, &root);
    let margin = consistency(source, &root).unwrap_or(DEFAULT_MARGIN);
    let weight =
        section(source, &root, "weight", &["column"]).and_then(|s| s.required_text(source, "column"));
    let date = section(source, &root, "row", &["date"]).and_then(|s| s.required_text(source, "date"));
    let (layout, columns) = plan::plan(source, dimensions, outcome, context.default, threshold)?;
    Some(Map { layout, columns, groups, margin, weight, date })
}

/// What a section may fall back on.
struct Context<'a> {
    /// The scale of the `[scale]` table.
    default: Option<&'a Coding>,
    /// Whether there is such a table but with a problem of its own, so that its absence is not a second one.
    broken: bool,
}

impl Context<'_> {
    /// The default scale for something that names none of its own.
    fn scale(&self, source: &mut Source<'_>, line: usize, key: &str) -> Option<Coding> {
        if self.default.is_none() && !self.broken {
            source.problem(line, key, "has no scale: give it one, or the map a [scale] table");
        }
        self.default.cloned()
    }
}

fn section<'d>(
    source: &mut Source<'_>,
    root: &Section<'d>,
    key: &str,
    known: &[&str],
) -> Option<Section<'d>> {
    let section = root.get(source, key)?.section(source)?;
    section.only(source, known);
    Some(section)
}

fn top_box(source: &mut Source<'_>, root: &Section<'_>, default: Option<&Coding>) -> Option<u8> {
    let section = section(source, root, "top_box", &["threshold"])?;
    let entry = section.get(source, "threshold")?;
    let threshold = entry.small(source)?;
    let scale = default?.scale;
    if threshold < scale.min || threshold > scale.max {
        let message = format!("{threshold} is not a code of the scale {} to {}", scale.min, scale.max);
        source.problem(entry.line, entry.key, message);
        return None;
    }
    Some(threshold)
}

fn group(source: &mut Source<'_>, root: &Section<'_>) -> Vec<(String, String)> {
    let Some(section) = root.get(source, "group").and_then(|entry| entry.section(source)) else {
        return Vec::new();
    };
    let mut groups = Vec::new();
    for (name, entry) in section.entries(source) {
        match entry.text(source) {
            Some(column) if column.is_empty() => source.problem(entry.line, entry.key, "must not be empty"),
            Some(column) => groups.push((name, column)),
            None => {}
        }
    }
    groups
}

/// The margin of the consistency verdict, if a sound one is named.
fn consistency(source: &mut Source<'_>, root: &Section<'_>) -> Option<f64> {
    let section = section(source, root, "consistency", &["margin"])?;
    let entry = section.get(source, "margin")?;
    let margin = entry.number(source)?;
    let sound = margin > 0.0 && margin <= 100.0;
    if !sound {
        source.problem(entry.line, entry.key, "must be above 0 and at most 100, in points of 100");
    }
    sound.then_some(margin)
}

#[cfg(test)]
mod tests;
