//! The `[outcome]` table of a map: overall, recommendation, satisfaction, effort.

use scoring::Scale;

use super::Context;
use super::coding::{Coding, SCALE_KEYS};
use super::source::{Entry, Section, Source};

/// One outcome as the map states it.
#[derive(Debug, Clone)]
pub(super) struct OutcomeColumns {
    pub line: usize,
    pub path: String,
    pub columns: Vec<String>,
    pub coding: Coding,
}

/// All outcomes of a map, each optional.
#[derive(Debug, Clone, Default)]
pub(super) struct OutcomeMap {
    pub overall: Option<OutcomeColumns>,
    pub nps: Option<OutcomeColumns>,
    pub csat: Option<OutcomeColumns>,
    pub ces: Option<OutcomeColumns>,
}

impl OutcomeMap {
    /// The outcomes that are there.
    pub fn each(&self) -> impl Iterator<Item = &OutcomeColumns> {
        [&self.overall, &self.nps, &self.csat, &self.ces].into_iter().flatten()
    }
}

/// Reads the outcomes.
pub(super) fn read(source: &mut Source<'_>, root: &Section<'_>, context: &Context<'_>) -> OutcomeMap {
    let Some(section) = root.get(source, "outcome").and_then(|entry| entry.section(source)) else {
        return OutcomeMap::default();
    };
    section.only(source, &["overall", "nps", "csat", "ces"]);
    let recommendation = Scale::new(0, 10).ok();
    let mut one = |key: &str, many: bool, fixed: Option<Scale>| {
        let entry = section.get(source, key)?;
        outcome(source, &entry, context, many, fixed)
    };
    OutcomeMap {
        overall: one("overall", true, None),
        nps: one("nps", false, recommendation),
        csat: one("csat", false, None),
        ces: one("ces", false, None),
    }
}

/// One outcome: the name of a column, or a table with columns and a scale of their own.
fn outcome(
    source: &mut Source<'_>,
    entry: &Entry<'_>,
    context: &Context<'_>,
    many: bool,
    fixed: Option<Scale>,
) -> Option<OutcomeColumns> {
    let (columns, coding) = if entry.is_text() {
        let column = entry.text(source)?;
        (vec![(column, entry.line)], named_scale(source, entry, context, fixed))
    } else {
        let section = entry.section(source)?;
        let mut known = SCALE_KEYS.to_vec();
        known.extend(if many { &["columns", "column"][..] } else { &["column"][..] });
        section.only(source, &known);
        let columns = columns(source, &section, many);
        (columns?, Coding::from_section(source, &section, context.default, fixed))
    };
    if columns.is_empty() || columns.len() > 16 || columns.iter().any(|(name, _)| name.is_empty()) {
        source.problem(entry.line, entry.key.clone(), "needs the names of 1 to 16 columns");
        return None;
    }
    for (index, (name, line)) in columns.iter().enumerate() {
        if columns.iter().take(index).any(|(earlier, _)| earlier == name) {
            source.problem(*line, entry.key.clone(), format!("\"{name}\" is named twice"));
        }
    }
    let columns = columns.into_iter().map(|(name, _)| name).collect();
    Some(OutcomeColumns { line: entry.line, path: entry.key.clone(), columns, coding: coding? })
}

fn named_scale(
    source: &mut Source<'_>,
    entry: &Entry<'_>,
    context: &Context<'_>,
    fixed: Option<Scale>,
) -> Option<Coding> {
    match fixed {
        Some(scale) => {
            Some(context.default.cloned().unwrap_or_else(|| Coding::plain(scale)).for_scale(scale))
        }
        None => context.scale(source, entry.line, &entry.key),
    }
}

fn columns(source: &mut Source<'_>, section: &Section<'_>, many: bool) -> Option<Vec<(String, usize)>> {
    if many && let Some(entry) = section.get(source, "columns") {
        return entry.texts(source);
    }
    let line = section.line;
    section.required_text(source, "column").map(|name| vec![(name, line)])
}
