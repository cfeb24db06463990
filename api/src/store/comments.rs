//! Comments as they are read: the newest revision of each response, with where it came from.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::{comment, response};

/// A comment with what is known of its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Position in the organisation's log.
    pub position: i64,
    /// Its words, as they were written.
    pub words: String,
    /// Language tag of the page it was written on.
    pub language: String,
    /// Day of service.
    pub service_day: i32,
    /// Code of the order's channel; 0 for none.
    pub channel: i16,
    /// Code of the channel of contact; 0 for none.
    pub contact_channel: i16,
    /// Number of the place.
    pub place_id: i32,
    /// What else its writer answered, packed.
    pub answers: Vec<u8>,
}

/// The columns of a [`Comment`], in the order of its fields.
type Columns = (i64, String, String, i32, i16, i16, i32, Vec<u8>);

/// The comments of a survey whose service lies within days, the newest first, at most `most`; trials are left out.
pub fn newest(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (from, to): (i32, i32),
    most: i64,
) -> Result<Vec<Comment>> {
    let later = diesel::alias!(response as later);
    let corrections = later
        .filter(later.field(response::org_id).eq(response::org_id))
        .filter(later.field(response::response_id).eq(response::response_id))
        .filter(later.field(response::revision).gt(response::revision));
    let rows: Vec<Columns> = response::table
        .inner_join(
            comment::table.on(comment::org_id
                .eq(response::org_id)
                .and(comment::response_id.eq(response::response_id))
                .and(comment::revision.eq(response::revision))),
        )
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::service_day.ge(from))
        .filter(response::service_day.lt(to))
        .filter(response::test.eq(false))
        .filter(not(exists(corrections)))
        .select((
            response::log_position,
            comment::words,
            comment::language,
            response::service_day,
            response::channel,
            response::contact_channel,
            response::place_id,
            response::answers,
        ))
        .order(response::log_position.desc())
        .limit(most)
        .load(connection)?;
    let read = |(position, words, language, service_day, channel, contact_channel, place_id, answers)| {
        Comment { position, words, language, service_day, channel, contact_channel, place_id, answers }
    };
    Ok(rows.into_iter().map(read).collect())
}
