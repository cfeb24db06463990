//! Months close fourteen days after their end: their part of the report by month is kept as it was
//! then, and pages say what has moved since.
//!
//! What is kept is the report of the reader who may see least, so every figure in it passed the guard; it is never changed,
//! neither by late answers nor by an erasure.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::once::{in_read, in_transaction};
use super::read_report::{Depth, Request, read_report_to};
use super::{Error, Result, Services};
use crate::domain::Micros;
use crate::domain::time::{date_of_day, day_number};
use crate::report::{About, Shape};
use crate::store::closed_months::{self, ClosedMonth};
use crate::store::surveys::Survey;
use crate::store::{OrgScope, cells, organisations, surveys};

/// Days after the end of a month in which answers are still waited for.
pub const WAIT_DAYS: i32 = 14;
/// The split of which a closed month is a part: a month in it shows more often than a report of the month alone, whose ends
/// would tell a few people apart (ADR 13).
const BY: &str = "month";
/// Months longer ago than this are not closed any more: nobody looked at them when they were new.
const OLDEST_MONTHS: i32 = 13;

/// Seconds from one look at all organisations to the next.
const REST_S: i64 = 3600;

/// When all were looked at last, and on which day each organisation was.
#[derive(Debug, Default)]
pub struct Looks {
    at: Option<Micros>,
    days: BTreeMap<i32, Date>,
}

impl Looks {
    /// Closes what is to be closed, once a day and organisation; how many months.
    pub fn look(&mut self, services: &Services, go_on: &dyn Fn() -> bool) -> Result<usize> {
        let now = services.now();
        if self.at.is_some_and(|at| at <= now && now < at.plus_seconds(REST_S)) {
            return Ok(0);
        }
        let mut closed = 0;
        let logs = in_read(services, |connection| Ok(cells::logs(connection)?))?;
        for (scope, _) in logs {
            if !go_on() {
                break;
            }
            let (today, surveys) = in_read(services, |connection| {
                let zone = organisations::get(connection, &scope)?.zone();
                Ok((date_of_day(now.day_in(&zone)), surveys::all(connection, &scope)?))
            })?;
            let org = scope.org_id().0;
            if self.days.get(&org) == Some(&today) {
                continue;
            }
            for survey in &surveys {
                match close(services, &scope, survey, today, go_on) {
                    Ok(months) => closed += months,
                    // The others' months are closed all the same; this one is looked at again tomorrow.
                    Err(error) => {
                        tracing::error!(org, survey = survey.key, %error, "months could not be closed");
                    }
                }
            }
            self.days.insert(org, today);
        }
        self.at = Some(now);
        Ok(closed)
    }
}

fn close(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
    today: Date,
    go_on: &dyn Fn() -> bool,
) -> Result<usize> {
    let (first, known) = in_read(services, |connection| {
        let first = closed_months::first_day(connection, scope, survey.id)?;
        Ok((first, closed_months::months(connection, scope, survey.id)?))
    })?;
    let Some(first) = first else { return Ok(0) };
    let mut due = due(today, date_of_day(first));
    due.retain(|month| !known.contains(&day_number(*month)));
    if due.is_empty() || !go_on() {
        return Ok(0);
    }
    let request = Request { by: Some(BY.to_owned()), ..Request::default() };
    let report = read_report_to(services, scope, &survey.key, &request, Depth::Plain)?.report;
    let mut closed = 0;
    for month in due {
        let name = month.strftime("%Y-%m").to_string();
        // A month in which nobody was served has nothing to close.
        let Some(shape) = report.by.get(BY).and_then(|months| months.get(&name)) else { continue };
        closed += usize::from(keep(services, scope, survey, month, (shape, &report.about))?);
    }
    Ok(closed)
}

/// The months to be closed by a day, oldest first, from that of the first answer on.
fn due(today: Date, first: Date) -> Vec<Date> {
    let back = |months: i32| today.first_of_month().checked_sub(months.months()).ok();
    let is_over = |month: &Date| {
        let ends = month.checked_add(1.month()).and_then(|end| end.checked_add(WAIT_DAYS.days()));
        ends.is_ok_and(|ends| ends <= today)
    };
    (1..=OLDEST_MONTHS)
        .rev()
        .filter_map(back)
        .filter(|month| *month >= first.first_of_month() && is_over(month))
        .collect()
}

fn keep(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
    month: Date,
    (shape, about): (&Shape, &About),
) -> Result<bool> {
    let broken = |error: serde_json::Error| Error::Broken(error.to_string());
    let figures = serde_json::to_string(shape).map_err(broken)?;
    let whole = json!({"total": shape, "about": about});
    let new = ClosedMonth {
        month: day_number(month),
        closed_at: services.now(),
        version: about.version.clone(),
        content_sha256: HEXLOWER.encode(&Sha256::digest(figures)),
        report: serde_json::to_string(&whole).map_err(broken)?,
    };
    in_transaction(services, |connection| Ok(closed_months::insert(connection, scope, survey.id, &new)?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_closes_on_the_fifteenth_of_the_next() {
        let first = date(2026, 3, 20);
        assert_eq!(due(date(2026, 5, 14), first), [date(2026, 3, 1)]);
        assert_eq!(due(date(2026, 5, 15), first), [date(2026, 3, 1), date(2026, 4, 1)]);
        assert_eq!(due(date(2026, 4, 14), first), []);
        assert_eq!(due(date(2029, 1, 31), first).first(), Some(&date(2027, 12, 1)));
    }
}
