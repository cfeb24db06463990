//! The score that a survey is held against.

use super::{Error, Result, invalid};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope};

/// Sets what a survey aims at, in points of 100 with at most one decimal; `None` for nothing.
pub fn set_target(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    points: Option<f64>,
) -> Result<Survey> {
    let tenths = match points {
        None => 0,
        Some(points) => tenths(points).ok_or_else(|| {
            let words =
                format!("{points} is no target; needed is a number from 1 to 100 with one decimal at most");
            invalid("/target", "out_of_range", words)
        })?,
    };
    let mut survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
    surveys::set_target(connection, scope, survey.id, tenths)?;
    survey.target_tenths = tenths;
    Ok(survey)
}

/// A target as people type it: a comma is a point, and nothing is none.
pub fn read_points(text: &str) -> std::result::Result<Option<f64>, String> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| format!("\"{text}\" is no number; write it as 82.5, or leave it empty"))
}

#[allow(clippy::cast_possible_truncation, reason = "checked to lie between 10 and 1000 before")]
fn tenths(points: f64) -> Option<i32> {
    let tenths = (points * 10.0).round();
    let is_whole = (points * 10.0 - tenths).abs() < 1e-6;
    ((10.0..=1000.0).contains(&tenths) && is_whole).then_some(tenths as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_score_with_one_decimal() {
        assert_eq!((tenths(82.5), tenths(80.0), tenths(100.0)), (Some(825), Some(800), Some(1000)));
        for wrong in [0.0, 0.9, 100.1, 82.55, f64::NAN, f64::INFINITY, -3.0] {
            assert_eq!(tenths(wrong), None, "{wrong}");
        }
        assert_eq!((read_points(" 82,5 "), read_points("")), (Ok(Some(82.5)), Ok(None)));
        assert!(read_points("high").is_err());
    }
}
