//! Organisations: the one table that is not led by another organisation's number.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::{log_position, organisation, place};
use crate::domain::cap::Cap;
use crate::domain::organisation::{Gateway, Organisation, Pause};
use crate::domain::{Micros, OrgId, Resend, SecondStepRule};

/// What makes a new organisation.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    /// Short name, unique.
    pub slug: String,
    /// Public routing id, unique.
    pub route: String,
    /// Name as customers know it.
    pub name: String,
    /// Where a person answers.
    pub contact_email: String,
    /// Its privacy page.
    pub privacy_url: String,
    /// Its time zone.
    pub zone: String,
}

#[derive(Insertable)]
#[diesel(table_name = organisation)]
struct NewRow<'a> {
    org_id: i32,
    slug: &'a str,
    route: &'a str,
    name: &'a str,
    contact_email: &'a str,
    reply_to: &'a str,
    privacy_text: &'a str,
    privacy_url: &'a str,
    retention_months: i32,
    accent: &'a str,
    zone: &'a str,
    correction_hours: i32,
    revision: i32,
    created_at: i64,
    recovery_below: i16,
    recovery_link: &'a str,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisation)]
struct Row {
    org_id: i32,
    slug: String,
    route: String,
    name: String,
    contact_email: String,
    reply_to: String,
    privacy_text: String,
    privacy_url: String,
    retention_months: i32,
    zone: String,
    correction_hours: i32,
    accent: String,
    recovery_below: i16,
    recovery_link: String,
    revision: i32,
    cap_mails: i16,
    cap_days: i16,
    resend: i16,
    paused_at: Option<i64>,
    pause_reason: String,
    held_at: Option<i64>,
    gateway_url: String,
    gateway_rotation: i32,
    gateway_link_key_id: String,
    public_survey_id: i32,
    second_step_rule: i16,
}

/// What an organisation may change about itself; each absent part stays.
#[derive(AsChangeset, Clone, Debug, Default)]
#[diesel(table_name = organisation)]
pub struct OrganisationChange {
    /// Name as customers know it.
    pub name: Option<String>,
    /// Where a person answers.
    pub contact_email: Option<String>,
    /// Where replies go.
    pub reply_to: Option<String>,
    /// Its own privacy words.
    pub privacy_text: Option<String>,
    /// Its privacy page.
    pub privacy_url: Option<String>,
    /// Months for which answers stay linked to a person.
    pub retention_months: Option<i32>,
    /// Its time zone.
    pub zone: Option<String>,
    /// Hours for which a finished form can be corrected.
    pub correction_hours: Option<i32>,
    /// Its colour.
    pub accent: Option<String>,
    /// Below how many points of 100 help is offered.
    pub recovery_below: Option<i16>,
    /// A page with help.
    pub recovery_link: Option<String>,
    /// Mails to one customer at most; 0 for no cap.
    pub cap_mails: Option<i16>,
    /// In how many days.
    pub cap_days: Option<i16>,
    /// What is done with a mail when it is not known whether it left.
    pub resend: Option<i16>,
    /// The survey whose score everybody may see; 0 for none.
    pub public_survey_id: Option<i32>,
    /// Who is asked for a second step when signing in.
    pub second_step_rule: Option<i16>,
}

/// Months after which answers lose their link to a person, unless the organisation says otherwise.
const DEFAULT_RETENTION_MONTHS: i32 = 24;
/// Hours in which a finished form can be corrected, unless the organisation says otherwise.
const DEFAULT_CORRECTION_HOURS: i32 = 24;

/// Makes an organisation with the next free number.
pub fn insert(connection: &mut AnyConnection, new: &NewOrganisation, now: Micros) -> Result<OrgId> {
    let taken: i64 =
        organisation::table.filter(organisation::slug.eq(&new.slug)).count().get_result(connection)?;
    if taken > 0 {
        return Err(Error::Conflict(format!("there is an organisation \"{}\" already", new.slug)));
    }
    let last: Option<i32> =
        organisation::table.select(diesel::dsl::max(organisation::org_id)).get_result(connection)?;
    let org_id = last.unwrap_or(0) + 1;
    let row = NewRow {
        org_id,
        slug: &new.slug,
        route: &new.route,
        name: &new.name,
        contact_email: &new.contact_email,
        reply_to: "",
        privacy_text: "",
        privacy_url: &new.privacy_url,
        retention_months: DEFAULT_RETENTION_MONTHS,
        accent: "",
        zone: &new.zone,
        correction_hours: DEFAULT_CORRECTION_HOURS,
        revision: 1,
        created_at: now.0,
        recovery_below: 0,
        recovery_link: "",
    };
    diesel::insert_into(organisation::table).values(&row).execute(connection)?;
    diesel::insert_into(log_position::table)
        .values((log_position::org_id.eq(org_id), log_position::last_position.eq(0i64)))
        .execute(connection)?;
    // Place 0 stands for "no place named", so that the column never is null.
    diesel::insert_into(place::table)
        .values((place::org_id.eq(org_id), place::place_id.eq(0), place::place_key.eq("")))
        .execute(connection)?;
    Ok(OrgId(org_id))
}

/// The organisation of a scope.
pub fn get(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Organisation> {
    let row: Row = organisation::table
        .filter(organisation::org_id.eq(scope.org()))
        .select(Row::as_select())
        .get_result(connection)?;
    Ok(Organisation {
        org_id: OrgId(row.org_id),
        slug: row.slug,
        route: row.route,
        name: row.name,
        contact_email: row.contact_email,
        reply_to: row.reply_to,
        privacy_text: row.privacy_text,
        privacy_url: row.privacy_url,
        retention_months: row.retention_months,
        zone_name: row.zone,
        correction_hours: row.correction_hours,
        accent: row.accent,
        recovery_below: row.recovery_below,
        recovery_link: row.recovery_link,
        revision: row.revision,
        cap: (row.cap_mails > 0).then_some(Cap { mails: row.cap_mails, days: row.cap_days }),
        resend: Resend::from_code(row.resend).ok_or_else(|| unreadable("resend"))?,
        pause: Pause {
            own: row.paused_at.map(Micros),
            reason: row.pause_reason,
            by_operator: row.held_at.map(Micros),
        },
        gateway: (!row.gateway_url.is_empty()).then_some(Gateway {
            url: row.gateway_url,
            rotation: row.gateway_rotation,
            link_key_id: row.gateway_link_key_id,
        }),
        public_survey: row.public_survey_id,
        second_step: SecondStepRule::from_code(row.second_step_rule)
            .ok_or_else(|| unreadable("second_step_rule"))?,
    })
}

/// How often the organisation was changed, from 1.
pub fn revision(connection: &mut AnyConnection, scope: &OrgScope) -> Result<i32> {
    Ok(organisation::table
        .filter(organisation::org_id.eq(scope.org()))
        .select(organisation::revision)
        .get_result(connection)?)
}

/// Changes what an organisation says about itself, and counts the revision of its pages.
pub fn change(connection: &mut AnyConnection, scope: &OrgScope, change: &OrganisationChange) -> Result<()> {
    let here = organisation::table.filter(organisation::org_id.eq(scope.org()));
    diesel::update(here)
        .set((change, organisation::revision.eq(organisation::revision + 1)))
        .execute(connection)?;
    Ok(())
}

/// Sets who takes an organisation's short messages, with a new key; an empty address takes it back.
pub fn set_gateway(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    url: &str,
    link_key_id: &str,
) -> Result<()> {
    let here = organisation::table.filter(organisation::org_id.eq(scope.org()));
    diesel::update(here)
        .set((
            organisation::gateway_url.eq(url),
            organisation::gateway_rotation.eq(organisation::gateway_rotation + 1),
            organisation::gateway_link_key_id.eq(link_key_id),
        ))
        .execute(connection)?;
    Ok(())
}

/// How many organisations there are.
pub fn count(connection: &mut AnyConnection) -> Result<i64> {
    Ok(organisation::table.count().get_result(connection)?)
}

/// Pauses all mails of an organisation, or lets them go again (`None`).
pub fn set_pause(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    paused_at: Option<Micros>,
    reason: &str,
) -> Result<()> {
    let here = organisation::table.filter(organisation::org_id.eq(scope.org()));
    diesel::update(here)
        .set((organisation::paused_at.eq(paused_at.map(|at| at.0)), organisation::pause_reason.eq(reason)))
        .execute(connection)?;
    Ok(())
}

/// Begins to count anew how many mails come back.
pub fn count_from(connection: &mut AnyConnection, scope: &OrgScope, now: Micros) -> Result<()> {
    let here = organisation::table.filter(organisation::org_id.eq(scope.org()));
    diesel::update(here).set(organisation::counted_since.eq(now.0)).execute(connection)?;
    Ok(())
}

/// The operator's own pause of an organisation, which the organisation cannot end.
pub fn set_hold(connection: &mut AnyConnection, scope: &OrgScope, held_at: Option<Micros>) -> Result<()> {
    let here = organisation::table.filter(organisation::org_id.eq(scope.org()));
    diesel::update(here).set(organisation::held_at.eq(held_at.map(|at| at.0))).execute(connection)?;
    Ok(())
}

/// Short names of all organisations.
pub fn slugs(connection: &mut AnyConnection) -> Result<Vec<String>> {
    Ok(organisation::table.select(organisation::slug).order(organisation::slug).load(connection)?)
}
