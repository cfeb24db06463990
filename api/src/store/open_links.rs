//! Open links: addresses printed for a counter, a table or a parcel slip, each of one survey with a place and a channel.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::{AnyConnection, each_backend};
use super::error::{Result, unreadable};
use super::schema::{open_link, organisation, survey};
use crate::domain::{Channel, Id, Micros, OrgId, SurveyState};

/// One link.
#[derive(Clone, Debug)]
pub struct OpenLink {
    /// Its id.
    pub id: Id,
    /// Number of its survey.
    pub survey_id: i32,
    /// Number of the place that its answers carry; 0 is none.
    pub place_id: i32,
    /// The channel that its answers carry.
    pub channel: Channel,
    /// What the organisation calls it; may be empty.
    pub label: String,
    /// SHA-256 of its secret.
    pub token_hash: Vec<u8>,
    /// Id of the link key that made it.
    pub link_key_id: String,
    /// When it was made.
    pub created_at: Micros,
    /// When it was closed; none while it is open.
    pub closed_at: Option<Micros>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = open_link)]
struct Row {
    org_id: i32,
    link_id: Vec<u8>,
    survey_id: i32,
    place_id: i32,
    channel: i16,
    label: String,
    token_hash: Vec<u8>,
    link_key_id: String,
    created_at: i64,
    closed_at: Option<i64>,
}

impl Row {
    fn write(scope: &OrgScope, link: &OpenLink) -> Self {
        Self {
            org_id: scope.org(),
            link_id: link.id.to_vec(),
            survey_id: link.survey_id,
            place_id: link.place_id,
            channel: link.channel.code(),
            label: link.label.clone(),
            token_hash: link.token_hash.clone(),
            link_key_id: link.link_key_id.clone(),
            created_at: link.created_at.0,
            closed_at: link.closed_at.map(|at| at.0),
        }
    }

    fn read(self) -> Result<OpenLink> {
        Ok(OpenLink {
            id: Id::from_bytes(&self.link_id).ok_or_else(|| unreadable("id"))?,
            survey_id: self.survey_id,
            place_id: self.place_id,
            channel: Channel::from_code(self.channel).ok_or_else(|| unreadable("channel"))?,
            label: self.label,
            token_hash: self.token_hash,
            link_key_id: self.link_key_id,
            created_at: Micros(self.created_at),
            closed_at: self.closed_at.map(Micros),
        })
    }
}

/// Stores a new link.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, link: &OpenLink) -> Result<()> {
    diesel::insert_into(open_link::table).values(&Row::write(scope, link)).execute(connection)?;
    Ok(())
}

/// All links of a survey, oldest first.
pub fn of_survey(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<OpenLink>> {
    let rows: Vec<Row> = open_link::table
        .filter(open_link::org_id.eq(scope.org()))
        .filter(open_link::survey_id.eq(survey_id))
        .select(Row::as_select())
        .order(open_link::link_id)
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// One link of a survey; none when the survey has no such link.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    id: Id,
) -> Result<Option<OpenLink>> {
    let row: Option<Row> = open_link::table
        .filter(open_link::org_id.eq(scope.org()))
        .filter(open_link::link_id.eq(id.to_vec()))
        .filter(open_link::survey_id.eq(survey_id))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// Closes a link; one that was closed before keeps its time.
pub fn close(connection: &mut AnyConnection, scope: &OrgScope, id: Id, now: Micros) -> Result<()> {
    let here = open_link::table
        .filter(open_link::org_id.eq(scope.org()))
        .filter(open_link::link_id.eq(id.to_vec()))
        .filter(open_link::closed_at.is_null());
    diesel::update(here).set(open_link::closed_at.eq(now.0)).execute(connection)?;
    Ok(())
}

/// The link with this secret's hash, in the organisation with this route; with it the organisation, the state of its
/// survey and the revision of the organisation's settings.
pub(super) fn by_token(
    connection: &mut AnyConnection,
    route: &str,
    token_hash: &[u8],
) -> Result<Option<(OrgId, OpenLink, SurveyState, i32)>> {
    let of_link = survey::org_id.eq(open_link::org_id).and(survey::survey_id.eq(open_link::survey_id));
    let opened = open_link::table
        .inner_join(organisation::table.on(organisation::org_id.eq(open_link::org_id)))
        .inner_join(survey::table.on(of_link))
        .filter(organisation::route.eq(route))
        .filter(open_link::token_hash.eq(token_hash));
    let found: Option<(Row, i16, i32)> = each_backend!(connection, inner => opened
        .select((Row::as_select(), survey::state, organisation::revision))
        .get_result(inner)
        .optional())?;
    let Some((row, state, settings)) = found else { return Ok(None) };
    let state = SurveyState::from_code(state).ok_or_else(|| unreadable("survey state"))?;
    Ok(Some((OrgId(row.org_id), row.read()?, state, settings)))
}
