//! The rows of periods as they were when the survey's total last moved, for readers without the right to rows.
//!
//! What such readers see of a period stands at a move of the total, mostly at the last one. Of a row in which nothing
//! came or went since that move the row itself tells it; of the others the earlier state is kept beside it. So the
//! counts of a period at the last move are read as quickly as those of today, however much came since.

use std::collections::{BTreeMap, BTreeSet};

use scoring::Layout;

use super::Outcome;
use super::add_up::{add_up_in, by_level};
use super::counts::Entry;
use super::figure::Standing;
use super::key::{Part, Period, Split};
use super::rows::Rows;
use crate::store::cells::{Change, Series};

/// The bytes of a row in which nobody was counted.
const NOBODY: Vec<u8> = Vec::new();

/// The part in which earlier states of a part are kept.
pub const fn part_of(part: Part) -> Standing {
    match part {
        Part::Answers => Standing::LastAnswers,
        Part::Joint => Standing::LastJoint,
    }
}

/// The periods of which earlier states are kept, the longest first: of all time each figure has rows of its own, and
/// by declared segments such readers are shown nothing.
fn periods(part: Part, split: Split) -> &'static [Period] {
    match (part, split) {
        (_, Split::Segment1 | Split::Segment2 | Split::Pair) => &[],
        (Part::Answers, _) => &[Period::Month, Period::Week, Period::Day],
        (Part::Joint, Split::Total) => &[Period::Month, Period::Week],
        (Part::Joint, _) => &[],
    }
}

/// The earlier states of all rows in which entries came or went: the rows as they are, without these entries.
/// `None` when it was told to stop.
pub fn states_before(
    layout: &Layout,
    rows: &mut impl Rows,
    entries: &[Entry],
    go_on: &dyn Fn() -> bool,
) -> Outcome<Option<Vec<Change>>> {
    let back: Vec<Entry> = entries.iter().map(Entry::undone).collect();
    let Some(changes) = add_up_in(periods, layout, rows, &back, go_on)? else { return Ok(None) };
    let mut states: BTreeMap<(Series, i32), Vec<u8>> =
        touched(entries).into_iter().map(|name| (name, NOBODY)).collect();
    for Change { series, starts_on, counts } in changes {
        let (Some(counts), Some(part)) = (counts, Part::ALL.iter().find(|part| part.code() == series.part))
        else {
            continue;
        };
        states.insert((Series { part: part_of(*part).code(), ..series }, starts_on), counts);
    }
    let change = |((series, starts_on), counts)| Change { series, starts_on, counts: Some(counts) };
    Ok(Some(states.into_iter().map(change).collect()))
}

/// The rows to which entries belong, by the names of their earlier states.
fn touched(entries: &[Entry]) -> BTreeSet<(Series, i32)> {
    let mut names = BTreeSet::new();
    for split in Split::ALL.into_iter().filter(|split| !periods(Part::Answers, *split).is_empty()) {
        for (level, entries) in by_level(split, entries) {
            for part in Part::ALL {
                for period in periods(part, split) {
                    let (part, split) = (part_of(part).code(), split.code());
                    let series = Series { part, split, period: period.code(), level: level.clone() };
                    let starts: BTreeSet<i32> = entries.iter().map(|entry| entry.start_of(*period)).collect();
                    names.extend(starts.into_iter().map(|start| (series.clone(), start)));
                }
            }
        }
    }
    names
}
