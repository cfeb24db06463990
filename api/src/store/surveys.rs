//! Surveys: an instrument version in the field, and the balance of its forms.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::{form_balance, survey};
use crate::domain::organisation::is_slug;
use crate::domain::{EventKind, Micros, SurveyState};

/// One survey.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Its number within the organisation.
    pub id: i32,
    /// Its key in URLs and reports.
    pub key: String,
    /// The instrument it asks.
    pub instrument_key: String,
    /// The version of it.
    pub instrument_version: i32,
    /// Code of the length that is asked.
    pub length: i16,
    /// The event after which it asks.
    pub event: EventKind,
    /// How long after, in seconds.
    pub delay_s: i64,
    /// The quiet hours as written.
    pub quiet: String,
    /// The languages it is offered in, as tags; none where it asks nobody.
    pub languages: Vec<String>,
    /// Days for which a mailed link opens the form.
    pub valid_days: i32,
    /// Whether it asks.
    pub state: SurveyState,
    /// When it was made.
    pub created_at: Micros,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = survey)]
struct Row {
    org_id: i32,
    survey_id: i32,
    survey_key: String,
    instrument_key: String,
    instrument_version: i32,
    length: i16,
    event: i16,
    delay_s: i64,
    quiet: String,
    languages: String,
    valid_days: i32,
    state: i16,
    created_at: i64,
}

impl Row {
    fn read(self) -> Result<Survey> {
        Ok(Survey {
            id: self.survey_id,
            key: self.survey_key,
            instrument_key: self.instrument_key,
            instrument_version: self.instrument_version,
            length: self.length,
            event: EventKind::from_code(self.event).ok_or_else(|| unreadable("event kind"))?,
            delay_s: self.delay_s,
            quiet: self.quiet,
            languages: self.languages.split_whitespace().map(str::to_owned).collect(),
            valid_days: self.valid_days,
            state: SurveyState::from_code(self.state).ok_or_else(|| unreadable("survey state"))?,
            created_at: Micros(self.created_at),
        })
    }
}

/// Makes a survey with the next free number (its own `id` is ignored) and an empty balance of forms.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, new: &Survey, forms: u8) -> Result<i32> {
    if find(connection, scope, &new.key)?.is_some() {
        return Err(Error::Conflict(format!("there is a survey \"{}\" already", new.key)));
    }
    let last: Option<i32> = survey::table
        .filter(survey::org_id.eq(scope.org()))
        .select(diesel::dsl::max(survey::survey_id))
        .get_result(connection)?;
    let row = Row {
        org_id: scope.org(),
        survey_id: last.unwrap_or(0) + 1,
        survey_key: new.key.clone(),
        instrument_key: new.instrument_key.clone(),
        instrument_version: new.instrument_version,
        length: new.length,
        event: new.event.code(),
        delay_s: new.delay_s,
        quiet: new.quiet.clone(),
        languages: new.languages.join(" "),
        valid_days: new.valid_days,
        state: new.state.code(),
        created_at: new.created_at.0,
    };
    diesel::insert_into(survey::table).values(&row).execute(connection)?;
    for form in 0..i16::from(forms) {
        diesel::insert_into(form_balance::table)
            .values((
                form_balance::org_id.eq(scope.org()),
                form_balance::survey_id.eq(row.survey_id),
                form_balance::form.eq(form),
                form_balance::invited.eq(0i64),
            ))
            .execute(connection)?;
    }
    Ok(row.survey_id)
}

/// The survey with this key.
pub fn find(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<Option<Survey>> {
    if !is_slug(key) {
        return Ok(None);
    }
    let row: Option<Row> = survey::table
        .filter(survey::org_id.eq(scope.org()))
        .filter(survey::survey_key.eq(key))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// The survey with this number.
pub fn get(connection: &mut AnyConnection, scope: &OrgScope, id: i32) -> Result<Survey> {
    let row: Row = survey::table
        .filter(survey::org_id.eq(scope.org()))
        .filter(survey::survey_id.eq(id))
        .select(Row::as_select())
        .get_result(connection)?;
    row.read()
}

/// All surveys of an organisation, oldest first.
pub fn all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<Survey>> {
    let rows: Vec<Row> = survey::table
        .filter(survey::org_id.eq(scope.org()))
        .select(Row::as_select())
        .order(survey::survey_id)
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// Puts a survey into a state.
pub fn set_state(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: i32,
    state: SurveyState,
) -> Result<()> {
    let here = survey::table.filter(survey::org_id.eq(scope.org())).filter(survey::survey_id.eq(id));
    diesel::update(here).set(survey::state.eq(state.code())).execute(connection)?;
    Ok(())
}

/// Takes the form that was given least often; `tie` chooses among equals, so that no form goes first by habit.
pub fn take_form(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32, tie: u64) -> Result<i16> {
    let balance: Vec<(i16, i64)> = form_balance::table
        .filter(form_balance::org_id.eq(scope.org()))
        .filter(form_balance::survey_id.eq(survey_id))
        .select((form_balance::form, form_balance::invited))
        .order(form_balance::form)
        .load(connection)?;
    let least =
        balance.iter().map(|(_, invited)| *invited).min().ok_or_else(|| unreadable("form balance"))?;
    let equals: Vec<i16> =
        balance.iter().filter(|(_, invited)| *invited == least).map(|(form, _)| *form).collect();
    let at = usize::try_from(tie % equals.len().max(1) as u64).unwrap_or(0);
    let form = equals.get(at).copied().ok_or_else(|| unreadable("form balance"))?;
    let here = form_balance::table
        .filter(form_balance::org_id.eq(scope.org()))
        .filter(form_balance::survey_id.eq(survey_id))
        .filter(form_balance::form.eq(form));
    diesel::update(here).set(form_balance::invited.eq(least + 1)).execute(connection)?;
    Ok(form)
}
