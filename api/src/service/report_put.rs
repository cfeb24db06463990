//! From folded counts to a report: what this reader may see of them, and the parts in their places.

use std::collections::BTreeMap;

use scoring::{Cell, Layout, Policy, complement_ok};
use serde_json::{Map, Value};

use super::Services;
use super::kept::Key;
use super::read_report::{Depth, Request};
use super::report_filter::Filter;
use super::report_fold::{Counted, Folded};
use super::report_parts::{self, Basis, Found};
use crate::domain::CollectionMode;
use crate::report::{About, Guard, Report, compare, conventions, response_rate, shape};
use crate::store::OrgScope;
use crate::store::frames::FrameClass;
use crate::store::invitation_counts::Counts;

/// What a report is put together from.
pub struct Given<'a> {
    /// What is counted.
    pub layout: &'a Layout,
    /// The parsed request.
    pub filter: &'a Filter,
    /// The request as it came.
    pub request: &'a Request,
    /// The places' keys by number.
    pub places: &'a [(i32, String)],
    /// The counts.
    pub folded: &'a Folded,
    /// Invitations by what came of them; `None` where there is no rate.
    pub counts: Option<Counts>,
    /// The classes of the frame; `None` where there is none.
    pub frame: Option<&'a [FrameClass]>,
    /// What was kept of an earlier reading of the same.
    pub found: Found,
    /// How much of the report is wanted.
    pub depth: Depth,
    /// Points of 100 by which levels may differ and still count as consistent.
    pub margin: f64,
    /// How the survey's forms come in.
    pub mode: CollectionMode,
}

/// Puts a report together; `kept` is the key under which its slow parts are kept.
pub fn put_together(services: &Services, scope: &OrgScope, kept: &Key, given: &Given<'_>) -> Report {
    let Given { layout, folded, .. } = *given;
    let guard = if scope.may_see_rows() { Guard::OPEN } else { Guard::at_least(Policy::default().minimum()) };
    let gives_away = gives_away(given, guard);
    let nobody = Cell::empty(layout);
    // One customer who answers often is one person.
    let few = |counted: &Counted| guard.hides(counted.people()) && !guard.hides(counted.cell.people());
    let hidden = gives_away || few(&folded.total);
    let total_cell = if hidden { &nobody } else { &folded.total.cell };
    // A level of few people with many responses could be had from the others: then none is shown.
    let hide_levels = folded.levels.values().any(few);
    let level = |counted: &Counted| if hide_levels { nobody.clone() } else { counted.cell.clone() };
    let split = given.filter.by.filter(|_| !gives_away);
    let levels: BTreeMap<String, Cell> = match split {
        Some(_) => folded.levels.iter().map(|(name, counted)| (name.clone(), level(counted))).collect(),
        None => BTreeMap::new(),
    };
    let shapes = compare(layout, total_cell, &levels, guard);
    let mut total = shape(layout, total_cell, guard);
    let basis = Basis {
        layout,
        filter: given.filter,
        folded,
        total: total_cell,
        levels: &levels,
        shapes: &shapes,
        frame: given.frame,
        found: &given.found,
        depth: given.depth,
        places: given.places,
        margin: given.margin,
        guard,
        hidden,
    };
    report_parts::put(services, kept, &basis, &mut total);
    let by = split.map(|_| (given.filter.split_name().to_owned(), shapes)).into_iter().collect();
    let rate = delivered_counts(given, guard, gives_away)
        .map(|counts| response_rate(counts.answered, counts.sent, counts.bounced));
    Report::new(total, by, rate, about(services, given, guard, gives_away))
}

/// Whoever knows the whole and all but a few knows the few, and so does whoever moves a period's end over them:
/// such a filter shows nothing.
fn gives_away(given: &Given<'_>, guard: Guard) -> bool {
    let (filter, folded) = (given.filter, given.folded);
    guard.minimum.is_some_and(|minimum| {
        let people = folded.total.cell.people();
        let rest_is_few = filter.is_narrow() && !complement_ok(folded.everybody, people, minimum);
        rest_is_few || !folded.has_firm_ends(filter.from, filter.to, minimum)
    })
}

/// Who answered is told of few people as little as what they said.
fn delivered_counts(given: &Given<'_>, guard: Guard, gives_away: bool) -> Option<Counts> {
    let counts = given.counts?;
    // For readers without the right to rows, who answered moves in the same steps as what was answered.
    let answered = if guard.minimum.is_some() { given.folded.answered } else { counts.answered };
    let counts = Counts { answered, ..counts };
    let is_few = |n: u64| n > 0 && guard.hides(n);
    let delivered = counts.sent.saturating_sub(counts.bounced);
    let silent = delivered.saturating_sub(counts.answered);
    // In steps nobody yet and a few are the same.
    let told = !guard.hides(delivered) && !guard.hides(counts.answered) && !is_few(silent);
    (told && !gives_away).then_some(counts)
}

fn about(services: &Services, given: &Given<'_>, guard: Guard, gives_away: bool) -> About {
    let folded = given.folded;
    let unfinished_shown =
        |n: &u64| !gives_away && !guard.hides(folded.total.people()) && (*n == 0 || !guard.hides(*n));
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        conventions: conventions(),
        as_of: Some(services.now().rfc3339()),
        filters: Some(filters_shown(given.request)),
        source: Some(folded.source.word().to_owned()),
        minimum_people: guard.minimum,
        unfinished: Some(folded.unfinished).filter(unfinished_shown),
        collection_mode: (given.mode == CollectionMode::OpenLink).then(|| given.mode.word().to_owned()),
        ..About::default()
    }
}

fn filters_shown(request: &Request) -> Value {
    let mut shown = Map::new();
    for (name, value) in request.asked() {
        shown.insert(name.to_owned(), Value::String(value.to_owned()));
    }
    Value::Object(shown)
}
