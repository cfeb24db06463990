//! The map of importance and performance: what matters and how well it is done, as boxes of both ranges.

use serde::Serialize;
use serde_json::Value;

use super::Words;
use super::chart::{Chart, ChartFile, cells};
use crate::report::charts::{Axis, Caption, Map, Size, Span, Spot, Window, map};
use crate::report::render::wording::{Said, Unit, number};
use crate::report::{Reading, Shape};

/// One map.
#[derive(Debug, Serialize)]
pub(super) struct Importance {
    heading: &'static str,
    caption: String,
    chart: Chart,
    table: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    number: usize,
    name: String,
    performance: String,
    importance: String,
    quadrant: &'static str,
    n: String,
}

/// By which importance a map is drawn.
struct Kind {
    key: &'static str,
    quadrant: &'static str,
    heading: &'static str,
    axis: &'static str,
    unit: Unit,
    /// From the unit of the report to that of the axis.
    factor: f64,
}

const KINDS: [Kind; 2] = [
    Kind {
        key: "derived",
        quadrant: "quadrant_derived",
        heading: "What matters, and how well it is done",
        axis: "Importance, part of the whole, %",
        unit: Unit::SHARE,
        factor: 100.0,
    },
    Kind {
        key: "stated",
        quadrant: "quadrant_stated",
        heading: "The same by what customers call important",
        axis: "Stated importance, in codes",
        unit: Unit::CODES,
        factor: 1.0,
    },
];

/// Words of the quarters in the order of the map's corners, with their keys.
const CORNERS: [(&str, &str); 4] = [
    ("possible_overkill", "Possible overkill"),
    ("keep_up", "Keep up"),
    ("low_priority", "Low priority"),
    ("concentrate_here", "Concentrate here"),
];

/// The maps that can be drawn: by derived importance, and by stated importance where it was asked.
pub(super) fn importance(shape: &Shape, words: &Words) -> Vec<Importance> {
    let tree = shape.drivers.as_ref().and_then(|drivers| drivers.get("importance_performance"));
    KINDS.iter().filter_map(|kind| of_kind(tree?, kind, words)).collect()
}

fn of_kind(tree: &Value, kind: &Kind, words: &Words) -> Option<Importance> {
    let positions = tree.get("dimensions").unwrap_or(tree).as_object()?;
    let mut spots = Vec::new();
    let mut table = Vec::new();
    for (key, position) in positions {
        let Some((spot, row)) = spot(position, kind, words.dimension(key), spots.len() + 1) else { continue };
        spots.push(spot);
        table.push(row);
    }
    if spots.is_empty() {
        return None;
    }
    let named = |key: &str, word: &'static str| {
        if positions.values().any(|position| quadrant(position, kind) == Some(key)) { word } else { "" }
    };
    let corners = CORNERS.map(|(key, word)| named(key, word));
    let heights: Vec<f64> = spots.iter().flat_map(|spot| [spot.up.ends.0, spot.up.ends.1]).collect();
    let (across, up) = (cut(tree, kind.key).map(|cut| cut * kind.factor), cut(tree, "performance"));
    let field = Map {
        across: Axis { name: kind.axis, window: window(&spots, kind), cut: across },
        up: Axis { name: "Score of 100", window: Window::around(heights), cut: up },
        corners,
        spots,
    };
    Some(Importance {
        heading: kind.heading,
        caption: caption(&field, kind),
        chart: chart(&field, kind, &table).with(file(positions, kind, words)),
        table,
    })
}

fn spot(position: &Value, kind: &Kind, name: &str, number: usize) -> Option<(Spot, Row)> {
    let performance = Reading::of(position.get("performance")?)?;
    let importance = Reading::of(position.get(kind.key)?)?;
    let quadrant = quadrant(position, kind);
    let spot = Spot {
        number,
        name: name.to_owned(),
        across: span(&importance, kind.factor)?,
        up: span(&performance, 1.0)?,
        clear: quadrant.is_some(),
        weak: quadrant == Some("concentrate_here"),
    };
    let said = Said::of(Some(&importance), kind.unit, 1);
    let word = CORNERS.iter().find(|(key, _)| quadrant == Some(key)).map_or("not clear", |(_, word)| word);
    let row = Row {
        number,
        name: name.to_owned(),
        performance: Said::of(Some(&performance), Unit::SCORE, 0).bracketed(""),
        importance: said.bracketed(if kind.unit == Unit::SHARE { " %" } else { "" }),
        quadrant: word,
        n: said.n,
    };
    Some((spot, row))
}

/// The quarter in which the whole box lies.
fn quadrant<'a>(position: &'a Value, kind: &Kind) -> Option<&'a str> {
    position.get(kind.quadrant).and_then(Value::as_str).filter(|word| *word != "undetermined")
}

fn span(reading: &Reading<'_>, factor: f64) -> Option<Span> {
    let value = reading.value()?;
    let (low, high) = reading.ci95().unwrap_or((value, value));
    Some(Span { value: value * factor, ends: (low * factor, high * factor) })
}

/// A cut, in the unit of the report, under either of its names.
fn cut(tree: &Value, name: &str) -> Option<f64> {
    let within = tree.get("cuts").and_then(|cuts| cuts.get(name));
    Reading::plain(within.or_else(|| tree.get(format!("cut_{name}")))?)
}

fn window(spots: &[Spot], kind: &Kind) -> Window {
    let ends: Vec<f64> = spots.iter().flat_map(|spot| [spot.across.ends.0, spot.across.ends.1]).collect();
    if kind.unit == Unit::SHARE { Window::from_zero(ends) } else { Window::of_codes(None, ends) }
}

fn caption(map: &Map<'_>, kind: &Kind) -> String {
    let open = map.spots.iter().filter(|spot| !spot.clear).count();
    let cuts = match (map.across.cut, map.up.cut) {
        (Some(across), Some(up)) => {
            let sign = if kind.unit == Unit::SHARE { " %" } else { "" };
            format!(
                " Dashed: the means over the dimensions, {}{sign} and {} points.",
                number(across, 1),
                number(up, 0)
            )
        }
        _ => String::new(),
    };
    let clear = match open {
        0 => "Each box lies wholly in one quarter.",
        _ if open == map.spots.len() => "No box lies wholly in one quarter, so none is given a word.",
        _ => "Hollow dot: the box crosses a dashed line, so no word is given.",
    };
    format!(
        "A box is the 95 % range of both.{cuts} {clear} Numbers, on a narrow page, are those of the table."
    )
}

fn chart(field: &Map<'_>, kind: &Kind, table: &[Row]) -> Chart {
    let told: Vec<String> = table
        .iter()
        .map(|row| {
            format!(
                "{} {}: score {}, importance {}, {}",
                row.number, row.name, row.performance, row.importance, row.quadrant
            )
        })
        .collect();
    let (id, description) = (format!("map-{}", kind.key), told.join("; "));
    Chart::of(|size: Size| {
        map(Caption { id: &id, title: kind.heading, description: &description }, field, size)
    })
}

fn file(positions: &serde_json::Map<String, Value>, kind: &Kind, words: &Words) -> ChartFile {
    let header = [
        "dimension",
        "performance",
        "performance_low_95",
        "performance_high_95",
        "performance_people",
        "performance_missing_because",
        "importance",
        "importance_low_95",
        "importance_high_95",
        "importance_people",
        "importance_missing_because",
    ];
    let row = |(key, position): (&String, &Value)| {
        let figure = |name: &str| position.get(name).and_then(Reading::of);
        let mut row = vec![words.dimension(key).to_owned()];
        row.extend(cells(figure("performance").as_ref()));
        row.extend(cells(figure(kind.key).as_ref()));
        row
    };
    ChartFile::of(&format!("map-{}", kind.key), &header, positions.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn maps(cuts: &Value) -> Vec<Importance> {
        let figure =
            |value: f64, half: f64| json!({"value": value, "n": 200, "ci95": [value - half, value + half]});
        let tree = json!({"cuts": cuts, "dimensions": {
            "choice": {"performance": figure(54.0, 2.0), "derived": figure(0.4, 0.05), "quadrant_derived": "concentrate_here"},
            "speed": {"performance": figure(70.0, 2.0), "derived": figure(0.2, 0.1), "quadrant_derived": "undetermined"},
            "care": {"performance": {"undefined": "no answers", "n": 0}, "derived": figure(0.2, 0.1)}}});
        let shape = Shape { drivers: Some(json!({"importance_performance": tree})), ..Shape::default() };
        importance(&shape, &Words::default())
    }

    #[test]
    fn quarters_have_words_only_where_a_whole_box_lies() {
        let maps = maps(&json!({"performance": 62.0, "derived": 0.25}));
        let [map] = maps.as_slice() else { panic!("stated importance was not asked") };
        let words: Vec<&str> = map.table.iter().map(|row| row.quadrant).collect();
        assert_eq!(words, ["Concentrate here", "not clear"]);
        assert!(map.chart.wide.contains("Concentrate here") && !map.chart.wide.contains("Keep up"));
        assert!(map.caption.contains("the dimensions, 25.0 % and 62 points"), "{}", map.caption);
        assert_eq!(map.table[0].importance, "40 % (35 to 45)");
    }

    #[test]
    fn without_cuts_the_boxes_stand_alone() {
        assert!(!maps(&json!({}))[0].chart.wide.contains("class=\"cut\""));
    }
}
