//! Closed months: what was reported, and what the same month would say today.

use serde::Serialize;

use super::{Closed, Given};
use crate::report::Reading;
use crate::report::render::page::period_names::long;
use crate::report::render::told;
use crate::report::render::wording::{Said, Unit, capital, counted};

/// Of a month whose figure could give single customers away when it closed.
const HIDDEN: &str = "withheld, to protect single customers";

/// Of a month of which too few people are left today.
const GONE: &str = "too few people";

/// One closed month.
#[derive(Serialize)]
pub(super) struct Row {
    month: String,
    /// As it was reported, with its range and people.
    then: Told,
    /// The same month as it is now.
    today: Told,
    closed_on: String,
    since: String,
}

/// A figure with what stands behind it.
#[derive(Serialize)]
struct Told {
    value: String,
    beside: String,
}

impl Told {
    fn of(said: &Said, none: &str) -> Self {
        if !said.known {
            return Self { value: String::new(), beside: none.to_owned() };
        }
        Self { value: said.value.clone(), beside: format!("({}){}", said.range, said.people()) }
    }
}

/// The closed months of which something was known when they closed, or is now; the newest first.
pub(super) fn closed(given: &Given<'_>) -> Vec<Row> {
    given.closed.iter().rev().filter_map(|one| row(given, one)).collect()
}

fn row(given: &Given<'_>, one: &Closed) -> Option<Row> {
    let then = Reading::at(&one.report, &["total", "quality", "score"]).map(told::plain);
    let months = given.beside.iter().find_map(|report| report.by.get("month"))?;
    let now = months.get(&one.month).and_then(told::quality);
    let said = Said::of(then.as_ref(), Unit::SCORE, 0);
    let today = Said::of(now.as_ref(), Unit::SCORE, 0);
    if !said.known && !today.known {
        return None;
    }
    Some(Row {
        month: long(&one.month),
        then: Told::of(&said, HIDDEN),
        today: Told::of(&today, GONE),
        closed_on: one.closed_on.clone(),
        since: since(then.as_ref(), now.as_ref(), one.late),
    })
}

/// What moved. What was kept is for the reader who may see least, so the difference of people tells only such readers what
/// came; the others are told by `late`, and how many were left out then.
fn since(then: Option<&Reading<'_>>, now: Option<&Reading<'_>>, late: Option<u64>) -> String {
    let of = |reading: Option<&Reading<'_>>| (reading.and_then(Reading::n), reading.and_then(Reading::value));
    let ((was, value), (is, today)) = (of(then), of(now));
    if was == is && value == today {
        return "Nothing has moved since.".to_owned();
    }
    let people = |n: u64| counted(n, "person", "people");
    let (was, is) = (was.unwrap_or(0), is.unwrap_or(0));
    match (late, is.checked_sub(was)) {
        (Some(0) | None, Some(0)) => "Answers were corrected since.".to_owned(),
        (Some(0), Some(more)) => {
            let were = if more == 1 { "was" } else { "were" };
            format!(
                "No answer came since; {} {were} left out then, to protect single customers.",
                people(more)
            )
        }
        (Some(0), None) => format!("No answer came since; {} less are counted.", people(was - is)),
        (Some(late), _) => format!("{} came late.", capital(&counted(late, "answer", "answers"))),
        (None, Some(more)) => format!("{} more are counted.", people(more)),
        (None, None) => format!("{} less are counted.", people(was - is)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_told_by_people() {
        let known = |value, n| Reading::Known { value, n, ci95: Some((70.0, 80.0)) };
        let said = |now: &Reading<'_>, late| since(Some(&known(75.0, 90)), Some(now), late);
        assert_eq!(said(&known(75.0, 90), Some(0)), "Nothing has moved since.");
        assert_eq!(said(&known(74.0, 102), None), "12 people more are counted.");
        assert_eq!(said(&known(74.0, 102), Some(3)), "3 answers came late.");
        assert_eq!(
            said(&known(74.0, 102), Some(0)),
            "No answer came since; 12 people were left out then, to protect single customers."
        );
        assert_eq!(said(&known(76.0, 90), None), "Answers were corrected since.");
        assert_eq!(said(&known(76.0, 80), None), "10 people less are counted.");
        let before = since(None, Some(&known(74.0, 1)), Some(0));
        assert_eq!(before, "No answer came since; 1 person was left out then, to protect single customers.");
    }
}
