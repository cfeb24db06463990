//! Which stored periods make up a stretch of days, none of them twice: the fewest that do.

use super::key::Period;

/// A stored period: its kind and its first day.
pub type Stretch = (Period, i32);

/// The days of which the folded answers are: first and last.
pub type Folded = (i32, i32);

/// The fewest of the given periods that make up the days from `from` to before `to`; an open end is anywhere
/// beyond the folded days. `None` where these periods do not add up to it.
pub fn cover(
    periods: &[Period],
    (from, to): (Option<i32>, Option<i32>),
    (first, last): Folded,
) -> Option<Vec<Stretch>> {
    // An end beyond all answers is as good as an open one.
    let (from, to) = (from.filter(|from| *from > first), to.filter(|to| *to <= last));
    let is_empty = from.is_some_and(|from| from > last)
        || to.is_some_and(|to| to <= first)
        || from.zip(to).is_some_and(|(from, to)| from >= to);
    if is_empty {
        return Some(Vec::new());
    }
    if from.is_none() && to.is_none() && periods.contains(&Period::All) {
        return Some(vec![(Period::All, 0)]);
    }
    let units = || periods.iter().filter(|period| **period != Period::All);
    let begins = from.map_or_else(|| units().map(|unit| unit.start_of(first)).collect(), |from| vec![from]);
    let ends: Vec<i32> = match to {
        Some(to) => vec![to],
        None => units().map(|unit| unit.end_of(unit.start_of(last))).collect(),
    };
    let pairs = begins.iter().flat_map(|begin| ends.iter().map(move |end| (*begin, *end)));
    pairs.filter_map(|(begin, end)| shortest(periods, begin, end)).min_by_key(Vec::len)
}

/// Days from one to before another.
pub type Days = (i32, i32);

/// As [`cover`], as far as whole periods go: they make up the inside of the stretch, and what they leave at its ends is
/// told as days.
pub fn cover_inside(
    periods: &[Period],
    (from, to): (Option<i32>, Option<i32>),
    (first, last): Folded,
) -> (Vec<Stretch>, Vec<Days>) {
    if let Some(way) = cover(periods, (from, to), (first, last)) {
        return (way, Vec::new());
    }
    let (from, to) = (from.filter(|from| *from > first), to.filter(|to| *to <= last));
    let (begin, end) = (from.unwrap_or(first), to.unwrap_or(last.saturating_add(1)));
    let units = || periods.iter().filter(|period| **period != Period::All);
    let next =
        |unit: &Period| if unit.start_of(begin) == begin { begin } else { unit.end_of(unit.start_of(begin)) };
    let begins = if from.is_none() { vec![None] } else { units().map(|unit| Some(next(unit))).collect() };
    let ends = if to.is_none() { vec![None] } else { units().map(|unit| Some(unit.start_of(end))).collect() };
    let pairs = begins.into_iter().flat_map(|begin| ends.iter().map(move |end| (begin, *end)));
    let inside = pairs.filter_map(|(inner, outer)| {
        let (starts, stops) = (inner.unwrap_or(begin), outer.unwrap_or(end));
        let way = cover(periods, (inner, outer), (first, last)).filter(|_| starts < stops)?;
        Some((stops - starts, (starts, stops), way))
    });
    match inside.max_by_key(|(days, _, _)| *days) {
        None => (Vec::new(), vec![(begin, end)]),
        Some((_, (starts, stops), way)) => {
            let left = [(begin, starts), (stops, end)];
            (way, left.into_iter().filter(|(from, to)| from < to).collect())
        }
    }
}

/// The periods of a kind that meet the days from `from` to before `to`, each with the part of it that lies between.
pub fn pieces(
    period: Period,
    (from, to): (Option<i32>, Option<i32>),
    (first, last): Folded,
) -> Vec<(i32, (i32, i32))> {
    let mut pieces = Vec::new();
    let (from, to) = (from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX));
    let mut start = period.start_of(first.max(from));
    while start <= last && start < to {
        let end = period.end_of(start);
        pieces.push((start, (start.max(from), end.min(to))));
        start = end;
    }
    pieces
}

/// The shortest way from one day to another by whole periods.
fn shortest(periods: &[Period], begin: i32, end: i32) -> Option<Vec<Stretch>> {
    let days = usize::try_from(i64::from(end) - i64::from(begin)).ok()?;
    // For each day, from the last backwards: how many periods lead to the end, and which is the next.
    let mut best: Vec<Option<(u32, Period)>> = vec![None; days + 1];
    let at = |day: i32| usize::try_from(i64::from(day) - i64::from(begin)).ok();
    for day in (begin..end).rev() {
        let step = |period: &Period| {
            if *period == Period::All || period.start_of(day) != day || period.end_of(day) > end {
                return None;
            }
            let next = period.end_of(day);
            let more = if next == end { 0 } else { best.get(at(next)?)?.as_ref()?.0 };
            Some((more + 1, *period))
        };
        let found = periods.iter().filter_map(step).min_by_key(|(count, _)| *count);
        if let Some(slot) = at(day).and_then(|at| best.get_mut(at)) {
            *slot = found;
        }
    }
    let mut way = Vec::new();
    let mut day = begin;
    while day < end {
        let (_, period) = (*best.get(at(day)?)?)?;
        way.push((period, day));
        day = period.end_of(day);
    }
    Some(way)
}
