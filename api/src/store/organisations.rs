//! Organisations: the one table that is not led by another organisation's number.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Error, Result};
use super::schema::{log_position, organisation, place};
use crate::domain::organisation::Organisation;
use crate::domain::{Micros, OrgId};

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
    revision: i32,
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
        revision: row.revision,
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

/// How many organisations there are.
pub fn count(connection: &mut AnyConnection) -> Result<i64> {
    Ok(organisation::table.count().get_result(connection)?)
}
