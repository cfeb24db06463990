//! What was expected against what was found, where a survey asks for both.

use survey_forms::render::Put;

use super::Sheet;
use super::charts::pair_chart;
use crate::files::report_pdf::blocks::{Block, Section};
use crate::report::render::{Expectation, Verdict, expectations};
use crate::report::{Difference, Reading};

/// The dimensions that were asked both ways, the one that falls furthest short first.
fn read<'s>(sheet: &'s Sheet<'_>) -> Vec<Expectation<'s>> {
    expectations(sheet.total(), &sheet.words)
}

/// The part; nothing where nobody was asked what they expected.
pub fn section(sheet: &Sheet<'_>) -> Option<Section> {
    let (says, found) = (sheet.says, read(sheet));
    if found.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::lead(lead(sheet, &found))];
    let names = |wanted: Verdict, skip: usize| -> Vec<&str> {
        let such = found.iter().filter(|one| one.verdict() == wanted);
        such.skip(skip).map(|one| one.name).collect()
    };
    for (key, names) in
        [("expected-short", names(Verdict::FallsShort, 1)), ("expected-more", names(Verdict::Exceeds, 0))]
    {
        if !names.is_empty() {
            blocks.push(Block::text(says.with(key, &[("names", Put::Words(&says.listed(&names)))])));
        }
    }
    blocks.extend(pair_chart(sheet, &says.text("chart-expected"), &found).map(Block::Chart));
    blocks.push(table(sheet, &found));
    blocks.push(Block::note(says.text("expected-note")));
    Some(Section::on_new_page(says.text("expected-heading"), blocks))
}

/// The finding as it stands on the cover; nothing where no dimension clearly falls short.
pub fn finding(sheet: &Sheet<'_>) -> Option<String> {
    let found = read(sheet);
    found.iter().any(|one| one.verdict() == Verdict::FallsShort).then(|| lead(sheet, &found))
}

fn lead(sheet: &Sheet<'_>, found: &[Expectation<'_>]) -> String {
    let says = sheet.says;
    let first = found.iter().find(|one| one.verdict() == Verdict::FallsShort);
    let moved = first.and_then(|one| Some((one, gap(one)?)));
    let Some((one, moved)) = moved else {
        let known = found.iter().any(|one| one.verdict() != Verdict::TooFew);
        return says.text(if known { "expected-level" } else { "expected-few" });
    };
    let (value, range) = says.moved(&moved);
    let answers = says.answers(one.gap.as_ref().and_then(Reading::n).unwrap_or(0));
    let put = [
        ("name", Put::Name(one.name)),
        ("gap", Put::Words(&value)),
        ("range", Put::Words(&says.likely(&range))),
        ("answers", Put::Words(&answers)),
    ];
    says.with("expected-first", &put)
}

/// The gap with its range; none where there is no range.
pub fn gap(one: &Expectation<'_>) -> Option<Difference> {
    let gap = one.gap.as_ref()?;
    let (low, high) = gap.ci95()?;
    Some(Difference { value: gap.value()?, low, high })
}

fn table(sheet: &Sheet<'_>, found: &[Expectation<'_>]) -> Block {
    let says = sheet.says;
    let row = |one: &Expectation<'_>| {
        let (expected, real) = (says.score(one.expected.as_ref()), says.score(one.found.as_ref()));
        let (apart, people) = match gap(one) {
            Some(moved) => {
                let (value, range) = says.moved(&moved);
                (format!("{value} ({range})"), one.gap.as_ref().and_then(Reading::n))
            }
            None => (says.text("reason-few"), None),
        };
        let people = people.map_or_else(String::new, |n| says.count(n));
        vec![says.name(one.name), expected.full(), expected.n, real.full(), real.n, apart, people]
    };
    let head = [
        "column-dimension",
        "column-expected",
        "column-answers",
        "column-found",
        "column-answers",
        "column-gap",
        "column-answers",
    ];
    Block::Table {
        head: head.map(|key| says.text(key)).to_vec(),
        rows: found.iter().map(row).collect(),
        widths: vec![7, 5, 4, 5, 4, 7, 4],
        words: false,
    }
}
