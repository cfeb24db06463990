//! From stored counts of invitations, and the changes that are not in them, to the counts of a report.
//!
//! The same as from all invitations, at a cost that does not grow with them; where nothing is stored yet, or a row
//! cannot be read, the invitations themselves are counted.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::tally::{Differences, Tally};
use super::{PERIODS, bytes};
use crate::domain::Micros;
use crate::domain::organisation::Organisation;
use crate::domain::time::day_number;
use crate::service::Result;
use crate::service::cells::cover::cover;
use crate::service::cells::key::Period;
use crate::service::report_filter::Filter;
use crate::store::frame_counts::{self, Mark};
use crate::store::frames::{self, FrameClass};
use crate::store::invitation_counts::{self, CountFilter, Counts};
use crate::store::{AnyConnection, OrgScope};

/// What a report says of the invitations of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How many were sent, came back, and were answered.
    pub counts: Counts,
    /// Orders and what came of them by the order's channel and place, ascending.
    pub classes: Vec<FrameClass>,
}

/// Which orders' invitations are counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// First day of service in the organisation's zone.
    pub from: Option<Date>,
    /// The day after the last.
    pub to: Option<Date>,
    /// Code of the order's channel.
    pub channel: Option<i16>,
    /// Code of the contact channel; 0 is none.
    pub contact_channel: Option<i16>,
    /// Number of the place; 0 is none.
    pub place_id: Option<i32>,
}

impl Asked {
    /// What a report's filter says of orders.
    pub fn of(filter: &Filter) -> Self {
        Self {
            from: filter.from,
            to: filter.to,
            channel: filter.channel,
            contact_channel: filter.contact_channel,
            place_id: filter.place_id,
        }
    }

    /// The same with the instants at which the days begin in a zone.
    fn in_zone(&self, zone: &TimeZone) -> CountFilter {
        let midnight = |date: Date| {
            let at = date.to_zoned(zone.clone()).ok()?;
            Some(Micros(at.timestamp().as_microsecond()))
        };
        CountFilter {
            from: self.from.and_then(midnight),
            to: self.to.and_then(midnight),
            channel: self.channel,
            contact_channel: self.contact_channel,
            place_id: self.place_id,
        }
    }
}

/// The figures of a survey.
pub fn read(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    organisation: &Organisation,
    asked: &Asked,
) -> Result<Figures> {
    match stored(connection, scope, survey_id, organisation, asked)? {
        Some(figures) => Ok(figures),
        None => live(connection, scope, survey_id, organisation, asked),
    }
}

/// The figures counted from the invitations themselves.
pub fn live(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    organisation: &Organisation,
    asked: &Asked,
) -> Result<Figures> {
    let filter = asked.in_zone(&organisation.zone());
    let counts = invitation_counts::count(connection, scope, survey_id, &filter)?;
    let classes = frames::classes(connection, scope, survey_id, &filter)?;
    Ok(Figures { counts, classes })
}

/// The figures from stored counts; none where the invitations are to be counted.
pub fn stored(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    organisation: &Organisation,
    asked: &Asked,
) -> Result<Option<Figures>> {
    let mark = frame_counts::mark(connection, scope, survey_id)?;
    let is_counted = mark.is_some_and(|Mark { zone, .. }| zone == organisation.zone_name);
    let zone = organisation.zone();
    let filter = asked.in_zone(&zone);
    // At the ends of all time there is no midnight in every zone; nobody has orders there.
    let has_days = filter.from.is_some() == asked.from.is_some() && filter.to.is_some() == asked.to.is_some();
    if !is_counted || !has_days {
        return Ok(None);
    }
    let range = (asked.from.map(day_number), asked.to.map(day_number));
    let rows = rows(connection, scope, survey_id, range)?;
    let mut changes = Differences::default();
    frame_counts::each_change(connection, scope, survey_id, |change| changes.take(&zone, change))?;
    match sum(&rows).and_then(|tally| changes.onto(tally, range)) {
        Ok(tally) => {
            let (counts, classes) = tally.figures(&filter);
            Ok(Some(Figures { counts, classes }))
        }
        // The invitations are still there: a report is slow rather than wrong or absent.
        Err(words) => {
            tracing::error!(survey_id, %words, "a stored frame cannot be read; run laatu check --repair");
            Ok(None)
        }
    }
}

/// First day and day after the last; an open end is anywhere.
type Range = (Option<i32>, Option<i32>);

/// The rows that make up the days asked for.
fn rows(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    range: Range,
) -> Result<Vec<Vec<u8>>> {
    let ends = frame_counts::ends(connection, scope, survey_id, Period::Day.code())?;
    let way = ends.and_then(|ends| cover(&PERIODS, range, ends)).unwrap_or_default();
    let mut rows = Vec::new();
    for period in PERIODS {
        let starts: Vec<i32> = way.iter().filter(|(of, _)| *of == period).map(|(_, start)| *start).collect();
        if !starts.is_empty() {
            let found = frame_counts::rows(connection, scope, survey_id, period.code(), &starts)?;
            rows.extend(found.into_iter().map(|row| row.counts));
        }
    }
    Ok(rows)
}

fn sum(rows: &[Vec<u8>]) -> super::Outcome<Tally> {
    let mut sum = Tally::default();
    for row in rows {
        sum.merge(&bytes::decode(row)?);
    }
    Ok(sum)
}
