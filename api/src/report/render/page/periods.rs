//! Control charts over weeks or months: each period against limits from a frozen baseline.

use serde::Serialize;
use serde_json::Value;

use super::Words;
use super::chart::{Chart, ChartFile, exact};
use super::notes::{TrendNote, flags, told};
use super::period_names::{long, short};
use crate::report::charts::{Caption, Control, ControlPoint, Signal, Size, Window, control};
use crate::report::render::wording::{capital, count, listed, number, set};
use crate::report::{Reading, Shape};

/// Up to so many periods outside their limits are named.
const MOST_NAMED: usize = 4;

/// One variable over the periods.
#[derive(Debug, Serialize)]
pub(super) struct Series {
    heading: String,
    caption: String,
    chart: Chart,
    table: Vec<Row>,
    /// The periods outside of their limits.
    #[serde(skip)]
    pub(super) alarms: Vec<Alarm>,
    /// Whether there are limits that a period could lie outside of.
    #[serde(skip)]
    pub(super) has_limits: bool,
}

/// A period outside of its limits.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Alarm {
    /// As the report names it, by which alarms are sorted.
    #[serde(skip)]
    pub(super) level: String,
    period: String,
    what: String,
    signal: &'static str,
    value: String,
    limits: String,
    n: String,
    /// What happened in it, as far as somebody wrote it down.
    happened: String,
}

impl Alarm {
    /// Whether somebody wrote down what happened then.
    pub(super) fn has_words(&self) -> bool {
        !self.happened.is_empty()
    }
}

#[derive(Debug, Serialize)]
struct Row {
    /// As the report names it.
    #[serde(skip)]
    level: String,
    period: String,
    value: String,
    limits: String,
    signal: &'static str,
    n: String,
}

impl Series {
    /// How many periods have a figure.
    pub(super) fn periods(&self) -> usize {
        self.table.iter().filter(|row| !row.value.is_empty()).count()
    }
}

/// A variable as it is read: its name, its unit, and decimals to print.
struct Kind<'a> {
    key: &'a str,
    name: &'a str,
    unit: String,
    ends: Option<(f64, f64)>,
    decimals: usize,
}

/// The charts: quality, the overall judgement and recommendation, then each dimension in which a period stands out.
pub(super) fn series(shape: &Shape, words: &Words, notes: &[TrendNote]) -> Vec<Series> {
    let Some(tree) = shape.sequence.as_ref().and_then(|tree| tree.get("periods")) else { return Vec::new() };
    let by = tree.get("by").and_then(Value::as_str).unwrap_or("period");
    let first = [
        Kind {
            key: "quality",
            name: "Perceived quality",
            unit: "points of 100".to_owned(),
            ends: Some((0.0, 100.0)),
            decimals: 0,
        },
        Kind {
            key: "overall",
            name: "Overall judgement",
            unit: of_codes(shape.codes()),
            ends: shape.codes(),
            decimals: 2,
        },
        Kind {
            key: "nps",
            name: "Net promoter score",
            unit: "points from \u{2212}100 to 100".to_owned(),
            ends: Some((-100.0, 100.0)),
            decimals: 0,
        },
    ];
    let dimension = |key| {
        let ends = shape.codes_of(key);
        Kind { key, name: words.dimension(key), unit: of_codes(ends), ends, decimals: 2 }
    };
    let rest = shape.dimensions.keys().map(|key| dimension(key)).filter(|kind| stands_out(tree, kind.key));
    first.into_iter().chain(rest).filter_map(|kind| one(tree, &kind, by, notes)).collect()
}

/// The unit of a mean of answers.
fn of_codes(ends: Option<(f64, f64)>) -> String {
    ends.map_or_else(
        || "mean of the answers".to_owned(),
        |(low, high)| format!("mean of the answers, on a scale from {} to {}", set(low), set(high)),
    )
}

fn stands_out(tree: &Value, key: &str) -> bool {
    let points = tree.get(key).and_then(|chart| chart.get("points")).and_then(Value::as_array);
    points.into_iter().flatten().any(|point| signal(point) != Signal::None)
}

fn one(tree: &Value, kind: &Kind<'_>, by: &str, notes: &[TrendNote]) -> Option<Series> {
    let chart = tree.get(kind.key)?;
    let entries = chart.get("points")?.as_array()?;
    let (levels, points): (Vec<&str>, Vec<ControlPoint>) = entries.iter().filter_map(point).unzip();
    if points.is_empty() {
        return None;
    }
    let baseline = chart.get("baseline").filter(|baseline| baseline.get("undefined").is_none());
    let last = baseline.and_then(|baseline| baseline.get("last")?.as_str());
    let frozen = last.and_then(|last| levels.iter().position(|level| *level == last));
    let centre =
        baseline.and_then(|baseline| baseline.get("grand_mean").or_else(|| baseline.get("centre"))?.as_f64());
    let drawing = Control {
        window: window(&points, kind),
        centre,
        baseline: frozen.map_or(0, |place| place + 1),
        flags: flags(levels, notes),
        points,
    };
    let table: Vec<Row> = entries.iter().map(|entry| row(entry, kind)).collect();
    let alarms = table.iter().filter(|row| !row.signal.is_empty());
    let alarms = alarms
        .map(|row| Alarm {
            level: row.level.clone(),
            period: row.period.clone(),
            what: kind.name.to_owned(),
            signal: row.signal,
            value: row.value.clone(),
            limits: row.limits.clone(),
            n: row.n.clone(),
            happened: told(&row.level, notes),
        })
        .collect();
    let heading = heading(&table, kind, by, baseline.is_some());
    let reason = chart.get("baseline").and_then(|baseline| baseline.get("undefined")?.as_str());
    Some(Series {
        caption: caption(kind, reason, frozen.is_some()),
        chart: draw(&drawing, kind, &heading, &table).with(file(entries, kind)),
        heading,
        table,
        alarms,
        has_limits: baseline.is_some(),
    })
}

/// A point with the period as the report names it.
fn point(entry: &Value) -> Option<(&str, ControlPoint)> {
    let end = |key: &str| entry.get(key).and_then(Reading::plain);
    let level = entry.get("period")?.as_str()?;
    let point = ControlPoint {
        period: short(level),
        n: entry.get("n").and_then(Value::as_u64).map_or_else(String::new, count),
        value: end("mean")?,
        limits: end("lower").zip(end("upper")),
        signal: signal(entry),
    };
    Some((level, point))
}

fn signal(entry: &Value) -> Signal {
    match entry.get("signal").and_then(Value::as_str) {
        Some("high") => Signal::High,
        Some("low") => Signal::Low,
        _ => Signal::None,
    }
}

fn window(points: &[ControlPoint], kind: &Kind<'_>) -> Window {
    let ends = |point: &ControlPoint| {
        let (low, high) = point.limits.unzip();
        [Some(point.value), low, high]
    };
    let values: Vec<f64> = points.iter().flat_map(ends).flatten().collect();
    Window::of_codes(kind.ends, values)
}

/// What the chart shows, as a sentence.
fn heading(table: &[Row], kind: &Kind<'_>, by: &str, limits: bool) -> String {
    let out: Vec<&Row> = table.iter().filter(|row| !row.signal.is_empty()).collect();
    match (limits, out.as_slice()) {
        (false, _) => format!("{} by {by}: no limits yet", kind.name),
        (true, []) => format!("{}: no {by} lies outside its limits", kind.name),
        (true, [one]) => format!(
            "{}: {} is {}, {} beside limits of {} ({} people)",
            kind.name, one.period, one.signal, one.value, one.limits, one.n
        ),
        (true, some) if some.len() <= MOST_NAMED => {
            let told: Vec<String> =
                some.iter().map(|row| format!("{} is {}", row.period, row.signal)).collect();
            let told: Vec<&str> = told.iter().map(String::as_str).collect();
            format!("{}: {}", kind.name, listed(&told))
        }
        (true, more) => {
            format!("{}: {} of {} {by}s lie outside their limits", kind.name, more.len(), table.len())
        }
    }
}

fn caption(kind: &Kind<'_>, reason: Option<&str>, frozen: bool) -> String {
    let unit = capital(&kind.unit);
    match reason {
        Some(reason) => format!("{unit}. Limits need a baseline: {reason}."),
        None if frozen => format!(
            "{unit}. Band: where chance leaves a mean of that many people; dashed: the mean of the baseline, which is not \
             computed again."
        ),
        None => format!(
            "{unit}. Band: where chance leaves a mean of that many people; dashed: the mean of the baseline."
        ),
    }
}

fn row(entry: &Value, kind: &Kind<'_>) -> Row {
    let told = |key: &str| entry.get(key).and_then(Reading::plain).map(|value| number(value, kind.decimals));
    let limits = told("lower").zip(told("upper")).map(|(low, high)| format!("{low} to {high}"));
    let level = entry.get("period").and_then(Value::as_str).unwrap_or_default();
    Row {
        level: level.to_owned(),
        period: long(level),
        value: told("mean").unwrap_or_default(),
        limits: limits.unwrap_or_default(),
        signal: match signal(entry) {
            Signal::High => "high",
            Signal::Low => "low",
            Signal::None => "",
        },
        n: entry.get("n").and_then(Value::as_u64).map_or_else(String::new, count),
    }
}

fn draw(drawing: &Control, kind: &Kind<'_>, title: &str, table: &[Row]) -> Chart {
    let out = table.iter().filter(|row| !row.signal.is_empty());
    let told: Vec<String> = out
        .map(|row| format!("{} {}: {} of limits {}", row.period, row.signal, row.value, row.limits))
        .collect();
    let outside = if told.is_empty() { "None outside its limits".to_owned() } else { told.join("; ") };
    let all: Vec<String> =
        table.iter().map(|row| format!("{} {} (n {})", row.period, row.value, row.n)).collect();
    let description = format!("{} periods. {outside}. {}.", drawing.points.len(), all.join("; "));
    let id = format!("periods-{}", super::comparison::slug(kind.key));
    Chart::of(|size: Size| control(Caption { id: &id, title, description: &description }, drawing, size))
}

fn file(entries: &[Value], kind: &Kind<'_>) -> ChartFile {
    let row = |entry: &Value| {
        let number = |key: &str| exact(entry.get(key).and_then(Reading::plain));
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let people = entry.get("n").and_then(Value::as_u64).map_or_else(String::new, |n| n.to_string());
        vec![text("period"), number("mean"), number("lower"), number("upper"), text("signal"), people]
    };
    let name = format!("periods-{}", super::comparison::slug(kind.key));
    let header = ["period", "mean", "lower_limit", "upper_limit", "signal", "people"];
    ChartFile::of(&name, &header, entries.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape(baseline: &Value, signal: &str) -> Shape {
        let point = |period: &str, mean: f64, lower: &Value, signal: &str| json!({"period": period, "n": 40, "mean": mean, "lower": lower, "upper": 80.0, "signal": signal});
        let points = [
            point("2026-W01", 74.0, &json!(68.0), "none"),
            point("2026-W02", 61.0, &json!(68.0), signal),
            json!({"period": "2026-W03", "n": 0, "mean": {"undefined": "no answers", "n": 0}, "signal": "none"}),
        ];
        let quality = json!({"baseline": baseline, "points": points});
        Shape { sequence: Some(json!({"periods": {"by": "week", "quality": quality}})), ..Shape::default() }
    }

    #[test]
    fn a_period_outside_its_limits_is_the_heading() {
        let frozen = json!({"grand_mean": 74.0, "first": "2026-W01", "last": "2026-W01"});
        let said = series(&shape(&frozen, "low"), &Words::default(), &[]);
        assert_eq!(
            said[0].heading,
            "Perceived quality: week\u{a0}2 of\u{a0}2026 is low, 61 beside limits of 68 to 80 (40 people)"
        );
        assert_eq!(said[0].table.len(), 3);
        assert_eq!((said[0].table[1].limits.as_str(), said[0].table[2].value.as_str()), ("68 to 80", ""));
        assert!(
            said[0].chart.wide.contains("baseline, frozen") && said[0].chart.narrow.contains(">low</text>")
        );
    }

    #[test]
    fn without_a_baseline_there_are_points_and_a_reason() {
        let none = json!({"undefined": "fewer than 20 periods", "n": 2});
        let said = series(&shape(&none, "none"), &Words::default(), &[]);
        assert_eq!(said[0].heading, "Perceived quality by week: no limits yet");
        assert!(said[0].caption.ends_with("Limits need a baseline: fewer than 20 periods."));
        assert!(series(&Shape::default(), &Words::default(), &[]).is_empty());
    }
}
