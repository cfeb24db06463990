//! Months whose report was kept as it was.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::{closed_month, response};
use crate::domain::Micros;

/// A closed month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedMonth {
    /// The day number of its first day.
    pub month: i32,
    /// When it was closed.
    pub closed_at: Micros,
    /// The version of the program that made the report.
    pub version: String,
    /// SHA-256 of the report's figures and filters, in lower-case hexadecimal.
    pub content_sha256: String,
    /// The report as JSON.
    pub report: String,
}

type Row = (i32, i64, String, String, String);

/// The closed months of a survey, oldest first.
pub fn all(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<ClosedMonth>> {
    let rows: Vec<Row> = closed_month::table
        .filter(closed_month::org_id.eq(scope.org()))
        .filter(closed_month::survey_id.eq(survey_id))
        .select((
            closed_month::month,
            closed_month::closed_at,
            closed_month::version,
            closed_month::content_sha256,
            closed_month::report,
        ))
        .order(closed_month::month)
        .load(connection)?;
    let read = |(month, closed_at, version, content_sha256, report)| ClosedMonth {
        month,
        closed_at: Micros(closed_at),
        version,
        content_sha256,
        report,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The months of a survey that are closed already, by the day numbers of their first days.
pub fn months(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<i32>> {
    Ok(closed_month::table
        .filter(closed_month::org_id.eq(scope.org()))
        .filter(closed_month::survey_id.eq(survey_id))
        .select(closed_month::month)
        .load(connection)?)
}

/// Keeps a month, unless another process was quicker; whether it did.
pub fn insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    new: &ClosedMonth,
) -> Result<bool> {
    if months(connection, scope, survey_id)?.contains(&new.month) {
        return Ok(false);
    }
    diesel::insert_into(closed_month::table)
        .values((
            closed_month::org_id.eq(scope.org()),
            closed_month::survey_id.eq(survey_id),
            closed_month::month.eq(new.month),
            closed_month::closed_at.eq(new.closed_at.0),
            closed_month::version.eq(&new.version),
            closed_month::content_sha256.eq(&new.content_sha256),
            closed_month::report.eq(&new.report),
        ))
        .execute(connection)?;
    Ok(true)
}

/// The first day of service that somebody judged in a survey; none while nobody has.
pub fn first_day(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Option<i32>> {
    Ok(response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::test.eq(false))
        .select(diesel::dsl::min(response::service_day))
        .get_result(connection)?)
}

/// How many answers about the days from one to before another came after an instant.
pub fn came_after(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (from, to): (i32, i32),
    since: Micros,
) -> Result<i64> {
    Ok(response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::test.eq(false))
        .filter(response::revision.eq(1))
        .filter(response::service_day.ge(from))
        .filter(response::service_day.lt(to))
        .filter(response::answered_at.gt(since.0))
        .count()
        .get_result(connection)?)
}
