//! The one change of an invitation by a posted page, on SQLite, as a statement that stays prepared.
//!
//! The query builder lets no UPDATE stay prepared. This one has triggers, which would be compiled with it at every
//! page: half of the writer's time.

use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text};
use diesel::sqlite::Sqlite;
use diesel::{QueryResult, RunQueryDsl, SqliteConnection};

use super::submissions::Change;

/// Changes one invitation, if it is still as it was seen.
pub(super) struct ChangeSeen<'a> {
    /// Number of the organisation.
    pub org_id: i32,
    /// The invitation.
    pub id: &'a [u8],
    /// Its state as it was read.
    pub state: i16,
    /// Whether it was answered then.
    pub answered: bool,
    /// What becomes of it; what is none stays.
    pub change: &'a Change<'a>,
}

impl QueryFragment<Sqlite> for ChangeSeen<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("UPDATE invitation SET state = ");
        out.push_bind_param::<SmallInt, _>(&self.change.state)?;
        out.push_sql(", language = ");
        out.push_bind_param::<Text, _>(self.change.language)?;
        out.push_sql(", started_at = coalesce(");
        out.push_bind_param::<Nullable<BigInt>, _>(&self.change.started_at)?;
        out.push_sql(", started_at), answered_at = coalesce(");
        out.push_bind_param::<Nullable<BigInt>, _>(&self.change.answered_at)?;
        out.push_sql(", answered_at) WHERE org_id = ");
        out.push_bind_param::<Integer, _>(&self.org_id)?;
        out.push_sql(" AND invitation_id = ");
        out.push_bind_param::<Binary, _>(self.id)?;
        out.push_sql(" AND state = ");
        out.push_bind_param::<SmallInt, _>(&self.state)?;
        out.push_sql(" AND (answered_at IS NOT NULL) = ");
        out.push_bind_param::<Bool, _>(&self.answered)
    }
}

impl QueryId for ChangeSeen<'_> {
    type QueryId = ChangeSeen<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<SqliteConnection> for ChangeSeen<'_> {}
