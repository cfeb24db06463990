//! A chart on a page, and what it shows as exact values, to be taken along.

use serde::Serialize;

use crate::report::Reading;
use crate::report::charts::Size;

/// A chart in its two drawings; a style sheet shows the one that fits.
#[derive(Debug, Serialize)]
pub(in crate::report::render) struct Chart {
    pub(super) wide: String,
    pub(super) narrow: String,
    /// Its values, where they can be taken along.
    pub(super) file: Option<ChartFile>,
    /// Where drawing and values are to be had; only pages that are served say so.
    pub(super) along: Option<Along>,
}

/// Where a chart is to be had as a file.
#[derive(Debug, Serialize)]
pub(in crate::report::render) struct Along {
    svg: String,
    csv: String,
}

/// What a chart shows, as a table of exact values.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report::render) struct ChartFile {
    /// Its name, unique on a page.
    pub(super) name: String,
    pub(super) header: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Chart {
    /// Draws a chart for each width.
    pub(super) fn of(draw: impl Fn(Size) -> String) -> Self {
        Self { wide: draw(Size::Wide), narrow: draw(Size::Narrow), file: None, along: None }
    }

    /// The same with its values.
    pub(super) fn with(self, file: ChartFile) -> Self {
        Self { file: Some(file), ..self }
    }
}

impl ChartFile {
    /// A table of any columns.
    pub(super) fn of(name: &str, header: &[&'static str], rows: Vec<Vec<String>>) -> Self {
        Self { name: name.to_owned(), header: header.to_vec(), rows }
    }

    /// A row for each figure, in the unit of the report: value, 95 % range, people, and why there is no value.
    pub(super) fn of_readings<'r>(
        name: &str,
        first: &'static str,
        figures: impl IntoIterator<Item = (String, Option<Reading<'r>>)>,
    ) -> Self {
        let row = |(name, reading): (String, Option<Reading<'r>>)| {
            let mut row = vec![name];
            row.extend(cells(reading.as_ref()));
            row
        };
        let header = [first, "value", "low_95", "high_95", "people", "missing_because"];
        Self::of(name, &header, figures.into_iter().map(row).collect())
    }
}

/// Value, range, people and reason of a figure.
pub(super) fn cells(reading: Option<&Reading<'_>>) -> [String; 5] {
    let (low, high) = reading.and_then(Reading::ci95).unzip();
    let people = reading.and_then(Reading::n).map_or_else(String::new, |n| n.to_string());
    let reason = match reading {
        Some(Reading::Undefined { reason, .. }) => (*reason).to_owned(),
        Some(Reading::Known { .. }) => String::new(),
        None => "not computed".to_owned(),
    };
    [exact(reading.and_then(Reading::value)), exact(low), exact(high), people, reason]
}

/// A number in as many digits as it takes to read the very same one back; empty for none.
pub(super) fn exact(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
