//! The score table for a terminal: plain text, no colour, lowest score first.

use std::fmt::Write as _;

use super::Words;
use super::brief::{self, Row};
use super::finding::{Entry, headline, lowest_first};
use super::page::{OUTCOMES, response_words};
use super::told;
use super::wording::{Said, Unit, counted, spaced};
use crate::report::{Report, Shape};

/// Writes the table.
pub fn text(report: &Report, words: &Words) -> String {
    let shape = &report.total;
    let mut out = format!("{}\n", words.title);
    if !words.scope.is_empty() {
        let _ = writeln!(out, "{}", words.scope.join("; "));
    }
    let entries = entries(shape, words, shape.experience());
    let _ = writeln!(out, "\n{}.", headline(&entries));
    let rows = |entries: &[Entry<'_>]| -> Vec<Row> {
        let row = |entry: &Entry<'_>| Row {
            name: entry.name.to_owned(),
            said: Said::of(entry.reading.as_ref(), Unit::SCORE, 0),
        };
        lowest_first(entries).iter().map(row).collect()
    };
    let mut scores = rows(&entries);
    if let Some(quality) = shape.quality_score() {
        scores.push(Row {
            name: "All of these, equal weights".to_owned(),
            said: Said::of(Some(&quality), Unit::SCORE, 0),
        });
    }
    table(&mut out, "Experience, points of 100", &scores);
    table(&mut out, "Other dimensions, points of 100", &rows(&others(shape, words)));
    table(&mut out, "Outcomes", &outcomes(shape));
    drivers(&mut out, shape, words);
    for (name, levels) in &report.by {
        let row = |(level, shape): (&String, &Shape)| Row {
            name: words.level(name, level).to_owned(),
            said: Said::of(told::quality(shape).as_ref(), Unit::SCORE, 0),
        };
        let rows: Vec<Row> = levels.iter().map(row).collect();
        table(&mut out, &format!("Perceived quality by {}, points of 100", name.replace('_', " ")), &rows);
    }
    lines(&mut out, &brief::consistency(report, words));
    table(&mut out, "At every look, anytime-valid", &brief::sequence(shape));
    if let Some(rate) = &report.response_rate {
        let _ = writeln!(out, "\n{}.", response_words(rate));
    }
    if let Some(mode) = &report.about.collection_mode {
        let _ = writeln!(
            out,
            "\nCollected by {}: nobody was invited, so there is no response rate.",
            spaced(mode)
        );
    }
    let people = [brief::weighted(shape), brief::careless(shape), brief::omega(shape, words)];
    lines(&mut out, &people.into_iter().flatten().collect::<Vec<_>>());
    if let Some(unfinished) = report.about.unfinished.filter(|count| *count > 0) {
        let forms = counted(unfinished, "unfinished form counts", "unfinished forms count");
        let _ = writeln!(out, "{forms} with the pages that were saved.");
    }
    if let Some(minimum) = report.about.minimum_people.filter(|_| !report.about.suppressed.is_empty()) {
        let parts = counted(report.about.suppressed.len() as u64, "part is", "parts are");
        let _ = writeln!(out, "\n{parts} not shown: fewer than {minimum} people stand behind them.");
    }
    out
}

fn drivers(out: &mut String, shape: &Shape, words: &Words) {
    let Some((sentence, rows)) = brief::drivers(shape, words) else { return };
    lines(out, &[sentence]);
    table(out, "Largest parts of it, %", &rows);
}

/// Lines after an empty one; nothing for none.
fn lines(out: &mut String, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(out, "\n{}", lines.join("\n"));
    }
}

fn entries<'a>(shape: &'a Shape, words: &'a Words, keys: Vec<&'a str>) -> Vec<Entry<'a>> {
    keys.into_iter()
        .map(|key| Entry { name: words.dimension(key), reading: shape.dimension(key, "score") })
        .collect()
}

fn others<'a>(shape: &'a Shape, words: &'a Words) -> Vec<Entry<'a>> {
    let experience = shape.experience();
    let keys = shape.dimensions.keys().map(String::as_str).filter(|key| !experience.contains(key)).collect();
    entries(shape, words, keys)
}

fn outcomes(shape: &Shape) -> Vec<Row> {
    let row = |&(key, name, unit, decimals): &(&str, &str, Unit, usize)| {
        let reading = shape.outcome(key)?;
        Some(Row { name: name.to_owned(), said: Said::of(Some(&reading), unit, decimals) })
    };
    OUTCOMES.iter().filter_map(row).collect()
}

fn table(out: &mut String, title: &str, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    let wide = |of: &dyn Fn(&Row) -> usize, least: usize| rows.iter().map(of).max().unwrap_or(0).max(least);
    let name = wide(&|row| row.name.chars().count(), title.chars().count());
    let value = wide(&|row| row.said.value.chars().count(), 5);
    let range = wide(&|row| row.said.range.chars().count(), 13);
    let n = wide(&|row| row.said.n.chars().count(), 6);
    let _ =
        writeln!(out, "\n{title:<name$}  {:>value$}  {:<range$}  {:>n$}", "value", "likely (95 %)", "people");
    for Row { name: key, said } in rows {
        let line = format!("{key:<name$}  {:>value$}  {:<range$}  {:>n$}", said.value, said.range, said.n);
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::{About, response_rate};

    fn report() -> Report {
        let figure =
            |value: f64| json!({"score": {"value": value, "n": 651, "ci95": [value - 1.5, value + 1.5]}});
        let mut total = Shape::default();
        total.dimensions.insert("choice".into(), figure(70.0));
        total.dimensions.insert("speed".into(), figure(53.5));
        total.dimensions.insert("image".into(), json!({"score": {"undefined": "no answers", "n": 0}}));
        total.quality = Some(json!({
            "score": {"value": 61.75, "n": 655, "ci95": [60.7, 62.8]},
            "tpq": [{"kappa": 0.0, "theta": 0.0, "weights": {"choice": 0.5, "speed": 0.5}}],
        }));
        total.outcome = Some(json!({"nps": {"value": 40.0, "n": 600, "se": 2.0, "ci95": [36.0, 44.0]}}));
        Report::new(total, [].into(), Some(response_rate(651, 2100, 20)), About::default())
    }

    #[test]
    fn the_table_reads_lowest_first_with_ranges_and_people() {
        let words = Words { title: "How was it?".into(), ..Words::default() };
        let expected = "\
How was it?

speed is the weakest: likely 52 to 55 of 100.

Experience, points of 100    value  likely (95 %)  people
speed                           54  52 to 55          651
choice                          70  68 to 72          651
All of these, equal weights     62  61 to 63          655

Other dimensions, points of 100  value  likely (95 %)  people
image                                   no answers          0

Outcomes                             value  likely (95 %)  people
Would recommend, net promoter score     40  36 to 44          600

651 of 2\u{202f}080 delivered invitations were answered: 31 %, likely 29 to 33 %.
";
        assert_eq!(text(&report(), &words), expected);
    }
}
