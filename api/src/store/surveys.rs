//! Surveys: an instrument version in the field.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::survey;
use crate::domain::carriers::Carriers;
use crate::domain::organisation::is_slug;
use crate::domain::{Channel, Collection, CollectionMode, EventKind, Micros, SurveyState};

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
    /// Code of how its questions are spread over pages.
    pub paging: i16,
    /// Of a hundred customers, those who are asked everything.
    pub full_share: i16,
    /// The survey that asks, before the service, what is expected of the same orders; 0 for none.
    pub expectation_id: i32,
    /// Modules for those who were in touch in some way: channel, key and version of each.
    pub modules: Vec<AttachedModule>,
    /// Whether the mail shows the first question.
    pub first_in_mail: bool,
    /// Whom it asks.
    pub collection: Collection,
    /// Which orders it asks about, and how often.
    pub offer: Offer,
    /// The score it is held against, in tenths of a point of 100; 0 for none.
    pub target_tenths: i32,
}

/// Which orders a survey asks about, and how often it reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Of a hundred orders, those that are drawn; 1 to 100.
    pub sample_share: i16,
    /// Only events from then on count.
    pub active_from: Option<Micros>,
    /// Keys of the places it asks about; empty for all.
    pub places: Vec<String>,
    /// 0 to 9: goes before surveys with a lower one. Of those above 0, only the highest asks about an order.
    pub priority: i16,
    /// Reminders at most, 0 to 2.
    pub reminders: i16,
    /// Seconds from a mail to the next reminder.
    pub reminder_after_s: i64,
    /// What brings its invitations.
    pub carriers: Carriers,
}

impl Default for Offer {
    fn default() -> Self {
        Self {
            sample_share: 100,
            active_from: None,
            places: vec![],
            priority: 0,
            reminders: 0,
            reminder_after_s: 604_800,
            carriers: Carriers::default(),
        }
    }
}

impl Survey {
    /// The score it is held against, in points of 100.
    pub fn target(&self) -> Option<f64> {
        (self.target_tenths > 0).then(|| f64::from(self.target_tenths) / 10.0)
    }

    /// Whether it asks whoever opens one of its links, and nobody by mail.
    pub const fn is_open(&self) -> bool {
        matches!(self.collection, Collection::Open)
    }

    /// How its forms come in.
    pub const fn mode(&self) -> CollectionMode {
        match self.collection {
            Collection::Orders => CollectionMode::Mail,
            Collection::Open => CollectionMode::OpenLink,
        }
    }
}

/// A questionnaire that a survey attaches for a contact channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedModule {
    /// Who is asked it: those who were in touch this way.
    pub channel: Channel,
    /// The instrument.
    pub key: String,
    /// Its version.
    pub version: i32,
}

impl AttachedModule {
    /// `phone=channel-phone@1`, as it is stored.
    fn write(&self) -> String {
        format!("{}={}@{}", self.channel.word(), self.key, self.version)
    }

    fn read(text: &str) -> Option<Self> {
        let (channel, rest) = text.split_once('=')?;
        let (key, version) = rest.split_once('@')?;
        Some(Self {
            channel: Channel::from_word(channel)?,
            key: key.to_owned(),
            version: version.parse().ok()?,
        })
    }
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
    paging: i16,
    full_share: i16,
    expectation_id: i32,
    modules: String,
    first_in_mail: bool,
    collection: i16,
    sample_share: i16,
    active_from: Option<i64>,
    places: String,
    priority: i16,
    reminders: i16,
    reminder_after_s: i64,
    carriers: String,
    target_tenths: i32,
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
            paging: self.paging,
            full_share: self.full_share,
            expectation_id: self.expectation_id,
            modules: self
                .modules
                .split_whitespace()
                .map(|one| AttachedModule::read(one).ok_or_else(|| unreadable("modules")))
                .collect::<Result<_>>()?,
            first_in_mail: self.first_in_mail,
            collection: Collection::from_code(self.collection).ok_or_else(|| unreadable("collection"))?,
            offer: Offer {
                sample_share: self.sample_share,
                active_from: self.active_from.map(Micros),
                places: self.places.lines().map(str::to_owned).collect(),
                priority: self.priority,
                reminders: self.reminders,
                reminder_after_s: self.reminder_after_s,
                carriers: Carriers::parse(&self.carriers).map_err(|_| unreadable("carriers"))?,
            },
            target_tenths: self.target_tenths,
        })
    }
}

/// Makes a survey with the next free number (its own `id` is ignored).
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, new: &Survey) -> Result<i32> {
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
        paging: new.paging,
        full_share: new.full_share,
        expectation_id: new.expectation_id,
        modules: new.modules.iter().map(AttachedModule::write).collect::<Vec<_>>().join(" "),
        first_in_mail: new.first_in_mail,
        collection: new.collection.code(),
        sample_share: new.offer.sample_share,
        active_from: new.offer.active_from.map(|at| at.0),
        places: new.offer.places.join("\n"),
        priority: new.offer.priority,
        reminders: new.offer.reminders,
        reminder_after_s: new.offer.reminder_after_s,
        carriers: new.offer.carriers.text(),
        target_tenths: new.target_tenths,
    };
    diesel::insert_into(survey::table).values(&row).execute(connection)?;
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

/// Sets the score that a survey is held against, in tenths of a point of 100; 0 for none.
pub fn set_target(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: i32,
    target_tenths: i32,
) -> Result<()> {
    let here = survey::table.filter(survey::org_id.eq(scope.org())).filter(survey::survey_id.eq(id));
    diesel::update(here).set(survey::target_tenths.eq(target_tenths)).execute(connection)?;
    Ok(())
}
