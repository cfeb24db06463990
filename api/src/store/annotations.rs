//! Annotations: what happened on a day, for whoever looks at the trend of a survey.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::annotation;
use crate::domain::{Id, Micros};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Its id.
    pub id: Id,
    /// Number of its survey.
    pub survey_id: i32,
    /// The day that it is about, as a number of days since 1970.
    pub day: i32,
    /// What happened, in a few words.
    pub words: String,
    /// When it was written.
    pub created_at: Micros,
}

/// Stores a new one.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, one: &Annotation) -> Result<()> {
    diesel::insert_into(annotation::table)
        .values((
            annotation::org_id.eq(scope.org()),
            annotation::annotation_id.eq(one.id.to_vec()),
            annotation::survey_id.eq(one.survey_id),
            annotation::day.eq(one.day),
            annotation::words.eq(&one.words),
            annotation::created_at.eq(one.created_at.0),
        ))
        .execute(connection)?;
    Ok(())
}

/// Those of a survey, by day.
pub fn of_survey(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
) -> Result<Vec<Annotation>> {
    let rows: Vec<(Vec<u8>, i32, String, i64)> = annotation::table
        .filter(annotation::org_id.eq(scope.org()))
        .filter(annotation::survey_id.eq(survey_id))
        .select((annotation::annotation_id, annotation::day, annotation::words, annotation::created_at))
        .order((annotation::day, annotation::annotation_id))
        .load(connection)?;
    let read = |(id, day, words, created_at): (Vec<u8>, i32, String, i64)| {
        let id = Id::from_bytes(&id).ok_or_else(|| unreadable("id"))?;
        Ok(Annotation { id, survey_id, day, words, created_at: Micros(created_at) })
    };
    rows.into_iter().map(read).collect()
}

/// Takes one of a survey back; false when the survey has no such annotation.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32, id: Id) -> Result<bool> {
    let here = annotation::table
        .filter(annotation::org_id.eq(scope.org()))
        .filter(annotation::survey_id.eq(survey_id))
        .filter(annotation::annotation_id.eq(id.to_vec()));
    Ok(diesel::delete(here).execute(connection)? == 1)
}
