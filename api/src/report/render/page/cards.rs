//! The cards at the head of the page: how are we, what is weakest and strongest, how many answered.

use serde::Serialize;

use super::answered_of;
use crate::report::render::finding::{Entry, clearly_low, lowest_first};
use crate::report::render::wording::{Said, Unit, capital, counted};
use crate::report::{Reading, Report};

/// One card.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    pub(super) label: &'static str,
    /// The large words.
    pub(super) big: String,
    /// Whether the large words are a name and not a number.
    pub(super) name: bool,
    /// Behind the large words, smaller.
    pub(super) unit: String,
    pub(super) note: String,
}

/// The cards that the report has something to say for.
pub(super) fn cards(report: &Report, entries: &[Entry<'_>]) -> Vec<Card> {
    let sorted = lowest_first(entries);
    let with_score = |entry: &&Entry<'_>| entry.reading.as_ref().is_some_and(|r| r.value().is_some());
    let known: Vec<&Entry<'_>> = sorted.iter().filter(with_score).collect();
    let mut cards = Vec::new();
    cards.extend(report.total.quality_score().map(|reading| quality(&reading, entries.len())));
    if let [lowest, .., highest] = known.as_slice() {
        match clearly_low(entries).as_slice() {
            [weakest] => cards.push(extreme("Weakest", weakest)),
            _ => cards.push(extreme("Lowest score", lowest)),
        }
        cards.push(extreme("Highest score", highest));
    }
    cards.extend(answered(report));
    cards
}

pub(super) fn quality(reading: &Reading<'_>, dimensions: usize) -> Card {
    let said = Said::of(Some(reading), Unit::SCORE, 0);
    let people = reading.n().map_or_else(String::new, |n| format!(", {}", counted(n, "person", "people")));
    let of = counted(dimensions as u64, "dimension", "dimensions");
    let note = format!("Experience on {of}, equal weights{people}");
    if said.known {
        let unit = format!("of 100, {}", said.likely());
        Card { label: "Perceived quality", big: said.value, name: false, unit, note }
    } else {
        Card {
            label: "Perceived quality",
            big: "Not shown".to_owned(),
            name: true,
            unit: capital(&said.range),
            note,
        }
    }
}

pub(super) fn extreme(label: &'static str, entry: &Entry<'_>) -> Card {
    let said = Said::of(entry.reading.as_ref(), Unit::SCORE, 0);
    let value = if said.known { format!("{} of 100, ", said.value) } else { String::new() };
    let note = format!("{value}{}{}", said.likely(), said.people());
    Card { label, big: entry.name.to_owned(), name: true, unit: String::new(), note }
}

pub(super) fn answered(report: &Report) -> Option<Card> {
    let rate = report.response_rate.as_ref()?;
    let said = Said::of(Reading::of(&rate.rate).as_ref(), Unit::SHARE, 0);
    let label = "Who answered";
    if !said.known {
        return Some(Card {
            label,
            big: "No rate".to_owned(),
            name: true,
            unit: String::new(),
            note: capital(&said.range),
        });
    }
    let (big, unit) = (format!("{} %", said.value), format!("likely {} %", said.range));
    let unfinished = unfinished_words(report).map_or_else(String::new, |words| format!(". {words}"));
    Some(Card { label, big, name: false, unit, note: format!("{}{unfinished}", answered_of(rate)) })
}

/// Why more people stand behind the figures than finished a form; nothing where they do not.
pub(super) fn unfinished_words(report: &Report) -> Option<String> {
    let unfinished = report.about.unfinished.filter(|count| *count > 0)?;
    Some(format!("{}, too", counted(unfinished, "form left half way counts", "forms left half way count")))
}
