//! Places: shops, branches and desks by their key; small numbers in the rows.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::place;

/// The number of a place, making it when it is new; an empty key is "none", 0.
pub fn number(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<i32> {
    if key.is_empty() {
        return Ok(0);
    }
    let found: Option<i32> = find(connection, scope, key)?;
    if let Some(number) = found {
        return Ok(number);
    }
    let last: Option<i32> = place::table
        .filter(place::org_id.eq(scope.org()))
        .select(diesel::dsl::max(place::place_id))
        .get_result(connection)?;
    let number = last.unwrap_or(0) + 1;
    diesel::insert_into(place::table)
        .values((place::org_id.eq(scope.org()), place::place_id.eq(number), place::place_key.eq(key)))
        .execute(connection)?;
    Ok(number)
}

/// The number of a place that exists.
pub fn find(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<Option<i32>> {
    Ok(place::table
        .filter(place::org_id.eq(scope.org()))
        .filter(place::place_key.eq(key))
        .select(place::place_id)
        .get_result(connection)
        .optional()?)
}

/// The key of a place.
pub fn key(connection: &mut AnyConnection, scope: &OrgScope, number: i32) -> Result<Option<String>> {
    Ok(place::table
        .filter(place::org_id.eq(scope.org()))
        .filter(place::place_id.eq(number))
        .select(place::place_key)
        .get_result(connection)
        .optional()?)
}

/// All places of an organisation: number and key, by number; 0 is "none".
pub fn all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<(i32, String)>> {
    Ok(place::table
        .filter(place::org_id.eq(scope.org()))
        .select((place::place_id, place::place_key))
        .order(place::place_id)
        .load(connection)?)
}
