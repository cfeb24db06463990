//! A small chart of each dimension by month, all on one window.

use serde::Serialize;

use super::Given;
use super::line::{Span, latest, spans, window_of};
use crate::report::Report;
use crate::report::charts::{Beside, Caption, Latest, LinePoint, Size, Window, lines_with};
use crate::report::render::page::chart::{Along, ChartFile};
use crate::report::render::page::comparison::slug;
use crate::report::render::page::notes::flags;
use crate::report::render::told;

/// One dimension.
#[derive(Serialize)]
pub(super) struct Panel {
    key: String,
    name: String,
    svg: String,
    file: Option<ChartFile>,
    along: Option<Along>,
}

/// The charts and the one window that they share; it holds every range.
pub(super) fn panels(given: &Given<'_>, report: &Report) -> (Vec<Panel>, String) {
    let keys = given.report.total.experience();
    let of = |key: &str| spans(given, report, "month", |shape| told::score(shape, key));
    let read: Vec<(&str, Vec<Span<'_>>)> = keys.into_iter().map(|key| (key, of(key))).collect();
    let window = window_of(read.iter().flat_map(|(_, spans)| spans), None);
    let panels = read.iter().filter_map(|(key, spans)| panel(given, key, spans, window)).collect();
    (panels, format!("{} to {}", window.low, window.high))
}

fn panel(given: &Given<'_>, key: &str, spans: &[Span<'_>], window: Window) -> Option<Panel> {
    let last = latest(spans)?;
    let name = given.words.dimension(key).to_owned();
    let (id, title) = (format!("month-{}", slug(key)), format!("{name} by month"));
    let description = spans.iter().map(Span::sentence).collect::<Vec<_>>().join("; ");
    let points: Vec<LinePoint> = spans.iter().map(Span::point).collect();
    let events = flags(spans.iter().map(|span| span.level.as_str()), given.notes);
    let caption = Caption { id: &id, title: &title, description: &description };
    let latest = Latest { value: &last.value, range: &last.range };
    let beside = Beside { events: &events, target: None };
    let svg = lines_with(caption, &points, beside, latest, window, Size::Panel);
    let figures = spans.iter().map(|span| (span.level.clone(), span.reading.clone()));
    let file = Some(ChartFile::of_readings(&id, "period", figures));
    Some(Panel { key: key.to_owned(), name, svg, file, along: None })
}
