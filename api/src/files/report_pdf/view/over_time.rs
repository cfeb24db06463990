//! Perceived quality month by month, and week by week where that was asked for.

use survey_forms::render::Put;

use super::Sheet;
use super::charts::line_chart;
use super::cover::day;
use crate::files::report_pdf::blocks::{Block, Section};
use crate::files::report_pdf::plain::plain;
use crate::files::report_pdf::says::Says;
use crate::report::charts::{Flag, Size, Window};
use crate::report::render::trend_flags;
use crate::report::{Reading, Shape};

/// Up to so many periods, they stand on one page.
const MOST_TOGETHER: usize = 14;

/// A figure of one month or week.
pub struct Span<'s> {
    /// How the report names it, such as `2026-10`.
    level: &'s str,
    /// How people do: "October 2026".
    pub name: String,
    /// The same on an axis, with the year where it begins: "Oct", "Jan 2026".
    pub short: String,
    /// The same without any year.
    pub shortest: String,
    /// The figure.
    pub reading: Option<Reading<'s>>,
}

impl<'s> Span<'s> {
    fn of(says: Says, level: &'s str, reading: Option<Reading<'s>>) -> Self {
        let [name, short, shortest] = names(says, level).unwrap_or_else(|| [(); 3].map(|()| plain(level)));
        Self { level, name, short, shortest, reading }
    }
}

/// The names of a period from long to short; none for what is no month and no week.
fn names(says: Says, level: &str) -> Option<[String; 3]> {
    let (year, rest) = level.split_once('-')?;
    if let Some(week) = rest.strip_prefix('W') {
        let week = week.trim_start_matches('0');
        let put = [("week", Put::Words(week)), ("year", Put::Words(year))];
        let short = says.with("week-short", &[("week", Put::Words(week))]);
        return Some([says.with("week", &put), short.clone(), short]);
    }
    let (year, month) = (year.parse().ok()?, rest.parse().ok()?);
    let language = says.language();
    let short = language.short_month((month == 1).then_some(year), month)?;
    Some([language.long_month(year, month)?, short, language.short_month(None, month)?])
}

/// A figure of every month, in their order.
pub fn months<'s>(sheet: &'s Sheet<'_>, figure: impl Fn(&'s Shape) -> Option<Reading<'s>>) -> Vec<Span<'s>> {
    spans(sheet, "month", figure)
}

fn spans<'s>(
    sheet: &'s Sheet<'_>,
    by: &str,
    figure: impl Fn(&'s Shape) -> Option<Reading<'s>>,
) -> Vec<Span<'s>> {
    let levels = sheet.by(by).and_then(|report| report.by.get(by));
    let span = |(level, shape): (&'s String, &'s Shape)| Span::of(sheet.says, level, figure(shape));
    levels.into_iter().flatten().map(span).collect()
}

/// The parts; nothing where there are fewer than two months or weeks.
pub fn sections(sheet: &Sheet<'_>) -> Vec<Section> {
    let months = spans(sheet, "month", Shape::quality_score);
    let weeks = spans(sheet, "week", Shape::quality_score);
    let says = sheet.says;
    let mut blocks = blocks(sheet, &months, "chart-time", "column-month");
    let by_week = self::blocks(sheet, &weeks, "chart-weeks", "column-week");
    let together = months.len() <= MOST_TOGETHER && by_week.is_empty();
    blocks.extend(by_week);
    if blocks.is_empty() {
        return Vec::new();
    }
    let part = Section::on_new_page(says.text("time-heading"), blocks);
    vec![Section { new_page: false, together, ..part }]
}

/// Chart, what happened, and table of periods.
fn blocks(sheet: &Sheet<'_>, points: &[Span<'_>], title: &str, column: &str) -> Vec<Block> {
    if points.len() < 2 {
        return Vec::new();
    }
    let says = sheet.says;
    let flags = trend_flags(points.iter().map(|point| point.level), sheet.work.notes);
    let ends = |point: &Span<'_>| {
        let (low, high) = point.reading.as_ref().and_then(Reading::ci95).unzip();
        [low, high]
    };
    let window = Window::around(points.iter().flat_map(ends).flatten());
    let window = if column == "column-month" { sheet.window_of_months() } else { window };
    let chart = line_chart(sheet, &says.text(title), points, window, Size::Wide, &flags);
    let mut blocks: Vec<Block> = chart.map(Block::Chart).into_iter().collect();
    blocks.extend(happened(sheet, &flags));
    let row = |point: &Span<'_>| {
        let said = says.score(point.reading.as_ref());
        vec![point.name.clone(), said.value, said.range, said.n]
    };
    blocks.push(Block::Table {
        head: [column, "column-score", "column-range", "column-answers"].map(|key| says.text(key)).to_vec(),
        rows: points.iter().map(row).collect(),
        widths: vec![5, 3, 6, 4],
        words: false,
    });
    blocks
}

/// What happened, with the numbers that stand on the chart.
fn happened(sheet: &Sheet<'_>, flags: &[Flag]) -> Vec<Block> {
    let told = |flag: &Flag| {
        let note = sheet.work.notes.get(flag.number.checked_sub(1)?)?;
        let words = sheet.says.name(&plain(&note.words));
        Some(format!("{}. {}: {words}", flag.number, day(sheet, note.day)))
    };
    let texts: Vec<String> = flags.iter().filter_map(told).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    vec![Block::text(sheet.says.text("happened")), Block::List { texts }]
}

#[cfg(test)]
mod tests {
    use survey_forms::language::Language;
    use survey_forms::render::ReportWords;

    use super::*;

    #[test]
    fn a_period_is_called_as_the_language_does() {
        let called = |language, level| names(Says(ReportWords::new(language)), level);
        let english = called(Language::ENGLISH, "2026-01").unwrap();
        assert_eq!(english, ["January 2026", "Jan 2026", "Jan"]);
        assert_eq!(called(Language::FINNISH, "2026-10").unwrap()[..2], ["lokakuu 2026", "loka"]);
        assert_eq!(called(Language::HUNGARIAN, "2026-10").unwrap()[0], "2026. október");
        assert_eq!(called(Language::ENGLISH, "2026-W04").unwrap(), ["Week 4 of 2026", "W4", "W4"]);
        assert_eq!(called(Language::GERMAN, "2026-W40").unwrap()[..2], ["Woche 40, 2026", "KW 40"]);
        for strange in ["all", "2026-13", "x-01", ""] {
            assert_eq!(called(Language::ENGLISH, strange), None, "{strange}");
        }
    }
}
