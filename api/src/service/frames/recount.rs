//! A survey's invitations counted once more, less the changes that are not stored yet, and held against the stored rows
//! byte by byte. For `laatu check`.

use std::collections::BTreeMap;

use super::tally::Differences;
use crate::domain::time::date_of_day;
use crate::service::Result;
use crate::service::cells::key::Period;
use crate::store::{AnyConnection, OrgScope, frame_counts, frames, organisations};

/// What holding the stored rows against the invitations came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Stored rows.
    pub rows: u64,
    /// Each row that is not what the invitations give, in words.
    pub differences: Vec<String>,
}

/// Compares each row of a survey; where its invitations are to be counted anew anyway, there is nothing to compare.
pub fn compare(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Compared> {
    let organisation = organisations::get(connection, scope)?;
    let mark = frame_counts::mark(connection, scope, survey_id)?;
    if mark.is_none_or(|mark| mark.zone != organisation.zone_name) {
        return Ok(Compared::default());
    }
    let zone = organisation.zone();
    let (mut all, mut waiting) = (Differences::default(), Differences::default());
    let count = |at, class, standing| all.count(&zone, at, class, standing);
    frames::each_invitation(connection, scope, survey_id, count, &|| true)?;
    frame_counts::each_change(connection, scope, survey_id, |change| waiting.take(&zone, change))?;
    all.less(&waiting);
    let stored = frame_counts::all_rows(connection, scope, survey_id)?;
    let mut compared = Compared { rows: stored.len() as u64, ..Compared::default() };
    let mut expected: BTreeMap<(i16, i32), Vec<u8>> = BTreeMap::new();
    match all.rows(|_, _| Ok(BTreeMap::new())) {
        Ok(rows) => {
            expected.extend(rows.into_iter().filter_map(|(code, start, row)| Some(((code, start), row?))));
        }
        Err(error) => {
            compared.differences.push(format!("the changes of invitations do not add up: {error}"));
            return Ok(compared);
        }
    }
    for row in stored {
        let name = name(row.period, row.starts_on);
        match expected.remove(&(row.period, row.starts_on)) {
            None => compared.differences.push(format!("{name}: stored, though no invitation gives it")),
            Some(right) if right != row.counts => {
                compared.differences.push(format!("{name}: other counts than the invitations give"));
            }
            Some(_) => {}
        }
    }
    compared
        .differences
        .extend(expected.keys().map(|(code, start)| format!("{}: not stored", name(*code, *start))));
    Ok(compared)
}

fn name(period: i16, starts_on: i32) -> String {
    let date = date_of_day(starts_on);
    match super::PERIODS.into_iter().find(|one| one.code() == period) {
        Some(Period::All) => "invitations, all time".to_owned(),
        Some(Period::Month) => format!("invitations, month from {date}"),
        Some(Period::Day) => format!("invitations, day {date}"),
        _ => format!("invitations, period {period} from {date}"),
    }
}
