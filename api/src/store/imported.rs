//! What is there already of the rows of a file: responses by the ids that an import gives them.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::response;
use crate::domain::{CollectionMode, Id};

/// How many ids one statement asks for.
const IDS_A_STATEMENT: usize = 500;

/// What was imported of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// One byte an item, in the instrument's order.
    pub answers: Vec<u8>,
    /// Levels of the survey's declared segments; 0 is none.
    pub segments: [i16; 2],
    /// Day of the service, since 1970-01-01.
    pub service_day: i32,
}

/// Id, answers, levels of both segments, service day.
type Row = (Vec<u8>, Vec<u8>, i16, i16, i32);

/// Those of the ids that are there, with what was imported of them.
pub fn known(connection: &mut AnyConnection, scope: &OrgScope, ids: &[Id]) -> Result<HashMap<Id, Imported>> {
    let mut known = HashMap::new();
    for ids in ids.chunks(IDS_A_STATEMENT) {
        let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.to_vec()).collect();
        let rows: Vec<Row> = response::table
            .filter(response::org_id.eq(scope.org()))
            .filter(response::response_id.eq_any(ids))
            .filter(response::revision.eq(1))
            .select((
                response::response_id,
                response::answers,
                response::segment_1,
                response::segment_2,
                response::service_day,
            ))
            .load(connection)?;
        for (id, answers, segment_1, segment_2, service_day) in rows {
            let id = Id::from_bytes(&id).ok_or_else(|| unreadable("id"))?;
            known.insert(id, Imported { answers, segments: [segment_1, segment_2], service_day });
        }
    }
    Ok(known)
}

/// How many imported responses a survey has.
pub fn count(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<i64> {
    Ok(response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::collection_mode.eq(CollectionMode::Imported.code()))
        .select(count_star())
        .get_result(connection)?)
}
