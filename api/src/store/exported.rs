//! Responses as they are taken out: some at a time in the order of the log, with their comments.
//!
//! Each call is a short read of its own; a fixed last position makes all of them one state.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::responses::{Response, Row};
use super::schema::{comment, response};

/// Which revisions of a response are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revisions {
    /// The newest one.
    Newest,
    /// All of them.
    All,
}

/// A response with its place in the log, and its comment with the language it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Position in the organisation's log.
    pub position: i64,
    /// The response.
    pub response: Response,
    /// Language and words of the comment.
    pub comment: Option<(String, String)>,
}

/// Loads entries on one of the two databases; each has a query of its own type.
macro_rules! load {
    ($inner:expr, $scope:expr, $survey_id:expr, $after:expr, $up_to:expr, $revisions:expr, $most:expr) => {{
        let mut query = response::table
            .left_join(
                comment::table.on(comment::org_id
                    .eq(response::org_id)
                    .and(comment::response_id.eq(response::response_id))
                    .and(comment::revision.eq(response::revision))),
            )
            .filter(response::org_id.eq($scope.org()))
            .filter(response::survey_id.eq($survey_id))
            .filter(response::log_position.gt($after))
            .filter(response::log_position.le($up_to))
            .filter(response::test.eq(false))
            .select((Row::as_select(), (comment::language, comment::words).nullable()))
            .order(response::log_position)
            .limit($most)
            .into_boxed();
        if $revisions == Revisions::Newest {
            let later = diesel::alias!(response as later);
            let corrections = later
                .filter(later.field(response::org_id).eq(response::org_id))
                .filter(later.field(response::response_id).eq(response::response_id))
                .filter(later.field(response::revision).gt(response::revision))
                .filter(later.field(response::log_position).le($up_to));
            query = query.filter(not(exists(corrections)));
        }
        query.load::<(Row, Option<(String, String)>)>($inner)?
    }};
}

/// The next responses of a survey after a position and up to another, at most `most`; trials are left out.
pub fn next(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (after, up_to): (i64, i64),
    revisions: Revisions,
    most: i64,
) -> Result<Vec<Exported>> {
    // An export reads every row, and through the enum of connections each row costs twice as much.
    let rows = match connection {
        AnyConnection::Sqlite(inner) => load!(inner, scope, survey_id, after, up_to, revisions, most),
        AnyConnection::Postgres(inner) => load!(inner, scope, survey_id, after, up_to, revisions, most),
    };
    rows.into_iter()
        .map(|(row, comment)| Ok(Exported { position: row.log_position, response: row.read()?, comment }))
        .collect()
}
