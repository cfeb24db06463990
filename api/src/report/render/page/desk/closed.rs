//! Closed months: what was reported, and what the same month would say today.

use serde::Serialize;

use super::{Closed, Given};
use crate::report::render::page::period_names::long;
use crate::report::render::wording::{Said, Unit, counted};
use crate::report::{Reading, Shape};

/// Of a month whose figure could give somebody away when it closed.
const HIDDEN: &str = "not shown when it closed, to give nobody away";

/// One closed month.
#[derive(Serialize)]
pub(super) struct Row {
    month: String,
    then: String,
    words: String,
}

/// The closed months of which something was known when they closed, or is now; the newest first.
pub(super) fn closed(given: &Given<'_>) -> Vec<Row> {
    given.closed.iter().rev().filter_map(|one| row(given, one)).collect()
}

fn row(given: &Given<'_>, one: &Closed) -> Option<Row> {
    let then = Reading::at(&one.report, &["total", "quality", "score"]);
    let months = given.beside.iter().find_map(|report| report.by.get("month"))?;
    let now = months.get(&one.month).and_then(Shape::quality_score);
    let said = Said::of(then.as_ref(), Unit::SCORE, 0);
    let today = Said::of(now.as_ref(), Unit::SCORE, 0);
    if !said.known && !today.known {
        return None;
    }
    let shown = if said.known { format!("{} ({})", said.value, said.range) } else { HIDDEN.to_owned() };
    let people =
        then.as_ref().and_then(Reading::n).map(|n| format!(", {}", counted(n, "customer", "customers")));
    let words = match since(then.as_ref(), now.as_ref(), one.late) {
        None => format!("Closed on {}; nothing has moved since", one.closed_on),
        Some(more) if today.known => {
            let would = format!("{} ({}){}", today.value, today.range, today.people());
            format!("Closed on {}; since then {more}. Today the number would be {would}", one.closed_on)
        }
        Some(_) => format!("Closed on {}; today too few people are left to say anything", one.closed_on),
    };
    Some(Row { month: long(&one.month), then: format!("{shown}{}", people.unwrap_or_default()), words })
}

/// What moved; none where people and value are the same. What was kept is for the reader who may see least, so the difference
/// of people tells only such readers what came; the others are told by `late`.
fn since(then: Option<&Reading<'_>>, now: Option<&Reading<'_>>, late: Option<u64>) -> Option<String> {
    let of = |reading: Option<&Reading<'_>>| (reading.and_then(Reading::n), reading.and_then(Reading::value));
    let ((was, value), (is, today)) = (of(then), of(now));
    if was == is && value == today {
        return None;
    }
    let (was, is) = (was.unwrap_or(0), is.unwrap_or(0));
    Some(match (late, is.checked_sub(was)) {
        (Some(0), _) => "no answer came, but some had just come and still waited to be counted".to_owned(),
        (Some(late), _) => format!("{} came late", counted(late, "answer", "answers")),
        (None, Some(0)) => "answers were corrected".to_owned(),
        (None, Some(more)) => format!("{} are counted", counted(more, "more customer", "more customers")),
        (None, None) => format!("{} are counted", counted(was - is, "fewer customer", "fewer customers")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_told_by_people() {
        let known = |value, n| Reading::Known { value, n, ci95: Some((70.0, 80.0)) };
        let said = |now: &Reading<'_>, late| since(Some(&known(75.0, 90)), Some(now), late);
        assert_eq!(said(&known(75.0, 90), Some(0)), None);
        assert_eq!(said(&known(74.0, 102), None).unwrap(), "12 more customers are counted");
        assert_eq!(said(&known(74.0, 102), Some(3)).unwrap(), "3 answers came late");
        assert_eq!(
            said(&known(74.0, 102), Some(0)).unwrap(),
            "no answer came, but some had just come and still waited to be counted"
        );
        assert_eq!(said(&known(76.0, 90), None).unwrap(), "answers were corrected");
        assert_eq!(said(&known(76.0, 80), None).unwrap(), "10 fewer customers are counted");
    }
}
