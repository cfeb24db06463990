//! One page that says it all: quality, its change, who answered, the outcomes, and the dimensions in one chart.

use survey_forms::render::Put;

use super::charts::{Row, dot_chart};
use super::{Sheet, cover};
use crate::files::report_pdf::blocks::{Block, Card, Chart, Section};
use crate::files::report_pdf::says::Figure;
use crate::report::render::{Unit, clearly_low, lowest_first};
use crate::report::{Reading, difference};

/// The outcomes: key, name, unit, decimals where no range says how many.
pub const OUTCOMES: [(&str, &str, Unit, usize); 4] = [
    ("overall", "name-overall", Unit::CODES, 1),
    ("nps", "name-nps", Unit::NPS, 0),
    ("csat", "name-csat", Unit::SHARE, 0),
    ("ces", "name-ces", Unit::SHARE, 0),
];

/// The page, and the dimensions in numbers behind it.
pub fn sections(sheet: &Sheet<'_>) -> Vec<Section> {
    let says = sheet.says;
    let mut blocks = vec![Block::lead(cover::dimensions(sheet)), Block::Cards { cards: cards(sheet) }];
    blocks.push(figures(sheet));
    blocks.extend(chart(sheet).map(Block::Chart));
    let mut sections = vec![Section::on_new_page(says.text("overview-heading"), blocks)];
    sections.extend(table(sheet));
    sections
}

fn cards(sheet: &Sheet<'_>) -> Vec<Card> {
    let says = sheet.says;
    let card = |label: &str, said: &Figure, note: String| Card {
        label: says.text(label),
        big: if said.known { said.value.clone() } else { says.text("not-shown") },
        is_word: !said.known,
        range: if said.known { said.likely.clone() } else { said.range.clone() },
        note,
    };
    let answers = |said: &Figure| if said.n.is_empty() { String::new() } else { says.answers(said.count()) };
    let quality = says.score(sheet.total().quality_score().as_ref());
    let mut cards = vec![card("card-quality", &quality, answers(&quality))];
    cards.push(change_card(sheet));
    if let Some(rate) = &sheet.work.report.response_rate {
        let said = says.figure(Reading::of(&rate.rate).as_ref(), Unit::SHARE, 0);
        let note = if said.known {
            let asked = rate.sent.saturating_sub(rate.bounced);
            says.with(
                "of-invitations",
                &[
                    ("answered", Put::Words(&says.count(rate.answered))),
                    ("asked", Put::Words(&says.count(asked))),
                ],
            )
        } else {
            String::new()
        };
        cards.push(card("card-rate", &said, note));
    }
    cards
}

fn change_card(sheet: &Sheet<'_>) -> Card {
    let says = sheet.says;
    let now = sheet.total().quality_score();
    let before = sheet.work.before.and_then(|before| before.total.quality_score());
    let label = says.text("card-change");
    let Some(moved) = difference(now.as_ref(), before.as_ref()) else {
        let (big, note) = (says.text("not-shown"), cover::change(sheet));
        return Card { label, big, range: String::new(), note, is_word: true };
    };
    let (big, range) = says.moved(&moved);
    let word = match () {
        () if moved.is_higher() => "word-higher",
        () if moved.is_lower() => "word-lower",
        () => "word-same",
    };
    let range = says.likely(&range);
    Card { label, big, range, note: says.text(word), is_word: false }
}

/// Quality in its other definitions, and the outcomes.
fn figures(sheet: &Sheet<'_>) -> Block {
    let (says, total) = (sheet.says, sheet.total());
    let row = |name: &str, said: &Figure| {
        vec![says.text(name), said.value.clone(), said.range.clone(), said.n.clone()]
    };
    let mut rows = vec![row("name-quality", &says.score(total.quality_score().as_ref()))];
    let always = total.sequence.as_ref().and_then(|tree| Reading::at(tree, &["quality"]));
    rows.extend(always.map(|one| row("name-always", &says.score(Some(&one)))));
    let weighted = total.weights.as_ref().and_then(|tree| Reading::at(tree, &["quality", "weighted"]));
    let weighted = weighted.filter(|one| one.value().is_some());
    rows.extend(weighted.map(|one| row("name-weighted", &says.score(Some(&one)))));
    for (key, name, unit, decimals) in OUTCOMES {
        let unit = if key == "overall" { sheet.unit_of_overall() } else { unit };
        rows.extend(total.outcome(key).map(|one| row(name, &says.figure(Some(&one), unit, decimals))));
    }
    Block::Table {
        head: ["column-figure", "column-value", "column-range", "column-answers"]
            .map(|key| says.text(key))
            .to_vec(),
        rows,
        widths: vec![9, 3, 6, 4],
        words: false,
    }
}

fn chart(sheet: &Sheet<'_>) -> Option<Chart> {
    let entries = sheet.entries();
    let weak = clearly_low(&entries);
    let sorted = lowest_first(&entries);
    let rows: Vec<Row<'_>> = sorted
        .iter()
        .map(|entry| Row { name: entry.name, reading: entry.reading.clone(), weak: weak.contains(entry) })
        .collect();
    dot_chart(sheet, &sheet.says.text("chart-dimensions"), &rows, sheet.window(), Unit::SCORE)
}

/// Every dimension with its change and its reliability.
fn table(sheet: &Sheet<'_>) -> Option<Section> {
    let (says, total) = (sheet.says, sheet.total());
    if total.dimensions.is_empty() {
        return None;
    }
    let before = sheet.work.before.map(|before| &before.total);
    let row = |key: &String| {
        let score = total.dimension(key, "score");
        let said = says.score(score.as_ref());
        let mut row = vec![says.name(sheet.dimension(key)), said.value, said.range, said.n];
        row.extend(before.map(|before| {
            let moved = difference(score.as_ref(), before.dimension(key, "score").as_ref());
            moved.map_or_else(
                || says.text("reason-few"),
                |moved| {
                    let (value, range) = says.moved(&moved);
                    format!("{value} ({range})")
                },
            )
        }));
        row.push(says.figure(total.dimension(key, "alpha").as_ref(), Unit::CODES, 2).full());
        row
    };
    let columns = [
        ("column-dimension", 8),
        ("column-score", 3),
        ("column-range", 5),
        ("column-answers", 4),
        ("column-change", 6),
        ("column-alpha", 7),
    ];
    let shown = columns.iter().filter(|(key, _)| before.is_some() || *key != "column-change");
    let block = Block::Table {
        head: shown.clone().map(|(key, _)| says.text(key)).collect(),
        rows: total.dimensions.keys().map(row).collect(),
        widths: shown.map(|(_, width)| *width).collect(),
        words: false,
    };
    let mut blocks = vec![block];
    if before.is_some() {
        blocks.push(Block::note(says.text("change-note")));
    }
    Some(Section::on_new_page(says.text("dimensions-heading"), blocks))
}
