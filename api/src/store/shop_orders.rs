//! What a shop calls an order by its own id, with our number of it: a refund names only the former. Tells, too, how new
//! what we know is, so that an older message never overwrites a newer one.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{shop_hook, shop_order};
use crate::domain::{Id, Micros};

/// How many numbers one statement names.
const NUMBERS_A_STATEMENT: usize = 500;

/// An order as a shop knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopOrder {
    /// The shop's own id.
    pub shop_order_id: String,
    /// Our number of it; empty until the order itself comes.
    pub order_number: String,
    /// When the shop changed what we know last.
    pub changed_at: Micros,
    /// When goods were refunded, as a message said that came before the order.
    pub refunded_at: Option<Micros>,
}

/// The order with this id of the shop, among the scope's live or test orders.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: Id,
    shop_order_id: &str,
) -> Result<Option<ShopOrder>> {
    let row: Option<(String, i64, Option<i64>)> = shop_order::table
        .filter(shop_order::org_id.eq(scope.org()))
        .filter(shop_order::hook_id.eq(hook.to_vec()))
        .filter(shop_order::shop_order_id.eq(shop_order_id))
        .filter(shop_order::test.eq(scope.is_test()))
        .select((shop_order::order_number, shop_order::changed_at, shop_order::refunded_at))
        .get_result(connection)
        .optional()?;
    Ok(row.map(|(order_number, changed_at, refunded_at)| ShopOrder {
        shop_order_id: shop_order_id.to_owned(),
        order_number,
        changed_at: Micros(changed_at),
        refunded_at: refunded_at.map(Micros),
    }))
}

/// Keeps what is known of an order, in place of what was known before.
pub fn keep(connection: &mut AnyConnection, scope: &OrgScope, hook: Id, order: &ShopOrder) -> Result<()> {
    let here = shop_order::table
        .filter(shop_order::org_id.eq(scope.org()))
        .filter(shop_order::hook_id.eq(hook.to_vec()))
        .filter(shop_order::shop_order_id.eq(&order.shop_order_id));
    diesel::delete(here).execute(connection)?;
    diesel::insert_into(shop_order::table)
        .values((
            shop_order::org_id.eq(scope.org()),
            shop_order::hook_id.eq(hook.to_vec()),
            shop_order::shop_order_id.eq(&order.shop_order_id),
            shop_order::test.eq(scope.is_test()),
            shop_order::order_number.eq(&order.order_number),
            shop_order::changed_at.eq(order.changed_at.0),
            shop_order::refunded_at.eq(order.refunded_at.map(|at| at.0)),
        ))
        .execute(connection)?;
    Ok(())
}

/// Another hook that takes orders and has one of this number; none when the number is free.
pub fn other_hook_with(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: Id,
    order_number: &str,
) -> Result<Option<Id>> {
    let of_hook = shop_hook::org_id.eq(shop_order::org_id).and(shop_hook::hook_id.eq(shop_order::hook_id));
    let found: Option<Vec<u8>> = shop_order::table
        .inner_join(shop_hook::table.on(of_hook))
        .filter(shop_order::org_id.eq(scope.org()))
        .filter(shop_order::order_number.eq(order_number))
        .filter(shop_order::test.eq(scope.is_test()))
        .filter(shop_order::hook_id.ne(hook.to_vec()))
        .filter(shop_hook::disabled_at.is_null())
        .select(shop_order::hook_id)
        .first(connection)
        .optional()?;
    found.map(|bytes| Id::from_bytes(&bytes).ok_or_else(|| unreadable("id"))).transpose()
}

/// Our numbers of the orders with these ids of the shop; ids that are not known are passed over.
pub fn numbers(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: Id,
    ids: &[String],
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for some in ids.chunks(NUMBERS_A_STATEMENT) {
        let rows: Vec<String> = shop_order::table
            .filter(shop_order::org_id.eq(scope.org()))
            .filter(shop_order::hook_id.eq(hook.to_vec()))
            .filter(shop_order::shop_order_id.eq_any(some))
            .select(shop_order::order_number)
            .load(connection)?;
        found.extend(rows.into_iter().filter(|number| !number.is_empty()));
    }
    Ok(found)
}

/// Forgets orders by their numbers, each with whether it is a trial.
pub(super) fn delete(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    numbers: &BTreeSet<(bool, String)>,
) -> Result<()> {
    for test in [false, true] {
        let of_kind: Vec<&String> =
            numbers.iter().filter(|(is_test, _)| *is_test == test).map(|(_, number)| number).collect();
        for some in of_kind.chunks(NUMBERS_A_STATEMENT) {
            let here = shop_order::table
                .filter(shop_order::org_id.eq(scope.org()))
                .filter(shop_order::test.eq(test))
                .filter(shop_order::order_number.eq_any(some.iter().copied()));
            diesel::delete(here).execute(connection)?;
        }
    }
    Ok(())
}
