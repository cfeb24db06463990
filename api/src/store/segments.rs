//! Declared segments of a survey: names by which its answers can be split, and their levels as small numbers.
//!
//! A response holds a level of each (`segment_1`, `segment_2`; 0 is none). Imports declare them, reports read them.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::{segment, segment_level};

/// One declared segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// 1 or 2: which column of a response holds the level.
    pub number: i16,
    /// Its name in reports.
    pub name: String,
    /// Number, from 1, and name of each level, by number.
    pub levels: Vec<(i16, String)>,
}

impl Segment {
    /// The number of a level.
    pub fn level(&self, name: &str) -> Option<i16> {
        self.levels.iter().find(|(_, known)| known == name).map(|(number, _)| *number)
    }

    /// The name of a level.
    pub fn level_name(&self, number: i16) -> Option<&str> {
        self.levels.iter().find(|(known, _)| *known == number).map(|(_, name)| name.as_str())
    }
}

/// The segments of a survey, by number.
pub fn all(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<Segment>> {
    let names: Vec<(i16, String)> = segment::table
        .filter(segment::org_id.eq(scope.org()))
        .filter(segment::survey_id.eq(survey_id))
        .select((segment::number, segment::name))
        .order(segment::number)
        .load(connection)?;
    let levels: Vec<(i16, i16, String)> = segment_level::table
        .filter(segment_level::org_id.eq(scope.org()))
        .filter(segment_level::survey_id.eq(survey_id))
        .select((segment_level::number, segment_level::level, segment_level::name))
        .order((segment_level::number, segment_level::level))
        .load(connection)?;
    let of = |wanted: i16| levels.iter().filter(move |(number, _, _)| *number == wanted);
    let read = |(number, name)| Segment {
        number,
        name,
        levels: of(number).map(|(_, level, name)| (*level, name.clone())).collect(),
    };
    Ok(names.into_iter().map(read).collect())
}

/// Adds to the segments of a survey what `wanted` has and `known` has not. Nothing is ever renamed or renumbered.
pub fn declare(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    known: &[Segment],
    wanted: &[Segment],
) -> Result<()> {
    for one in wanted {
        let before = known.iter().find(|known| known.number == one.number);
        if before.is_none() {
            diesel::insert_into(segment::table)
                .values((
                    segment::org_id.eq(scope.org()),
                    segment::survey_id.eq(survey_id),
                    segment::number.eq(one.number),
                    segment::name.eq(&one.name),
                ))
                .execute(connection)?;
        }
        let is_new = |name: &str| before.is_none_or(|before| before.level(name).is_none());
        for (level, name) in one.levels.iter().filter(|(_, name)| is_new(name)) {
            diesel::insert_into(segment_level::table)
                .values((
                    segment_level::org_id.eq(scope.org()),
                    segment_level::survey_id.eq(survey_id),
                    segment_level::number.eq(one.number),
                    segment_level::level.eq(level),
                    segment_level::name.eq(name),
                ))
                .execute(connection)?;
        }
    }
    Ok(())
}
