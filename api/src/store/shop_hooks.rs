//! Hooks of shops, and what came by them. What a delivery does to orders is the business of `service::hooks`.

use diesel::prelude::*;

use super::KeptSecret;
use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::{hook_delivery, shop_hook};
use crate::domain::time::DAY;
use crate::domain::{BasisKind, Channel, HookKind, HookOutcome, Id, Micros};

/// For how long deliveries are remembered.
const REMEMBERED: i64 = 60 * DAY;

/// A shop that tells of its orders by itself.
#[derive(Clone, Debug)]
pub struct ShopHook {
    /// Its id, which is a part of its address.
    pub id: Id,
    /// Which shop system.
    pub kind: HookKind,
    /// Whether its orders are only tried out.
    pub test: bool,
    /// The channel of its orders.
    pub channel: Channel,
    /// The number of the place of its orders; 0 is none.
    pub place_id: i32,
    /// What the shop has declared to allow mails to its customers, with its words.
    pub basis: Option<(BasisKind, String)>,
    /// Its secret, as far as it is kept.
    pub secret: KeptSecret,
    /// When it was made.
    pub created_at: Micros,
    /// Since when it takes nothing.
    pub disabled_at: Option<Micros>,
    /// When something rightly signed came last.
    pub seen_at: Option<Micros>,
    /// When something came last that could not be taken, and why.
    pub problem: Option<(Micros, String)>,
}

/// What came by a hook.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The shop's id of it.
    pub id: String,
    /// What it said to be about.
    pub topic: String,
    /// When it came.
    pub received_at: Micros,
    /// What became of it.
    pub outcome: HookOutcome,
    /// The same in words, without anything of a customer; empty where all is well.
    pub note: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = shop_hook)]
struct Row {
    org_id: i32,
    hook_id: Vec<u8>,
    kind: i16,
    test: bool,
    channel: i16,
    place_id: i32,
    basis_kind: i16,
    basis_text: String,
    link_key_id: String,
    salt: Vec<u8>,
    sealed: Vec<u8>,
    created_at: i64,
    disabled_at: Option<i64>,
    seen_at: Option<i64>,
    problem_at: Option<i64>,
    problem: String,
}

impl Row {
    fn write(scope: &OrgScope, hook: &ShopHook) -> Self {
        let (problem_at, problem) = hook.problem.clone().unzip();
        Self {
            org_id: scope.org(),
            hook_id: hook.id.to_vec(),
            kind: hook.kind.code(),
            test: hook.test,
            channel: hook.channel.code(),
            place_id: hook.place_id,
            basis_kind: hook.basis.as_ref().map_or(0, |(kind, _)| kind.code()),
            basis_text: hook.basis.as_ref().map_or(String::new(), |(_, text)| text.clone()),
            link_key_id: hook.secret.link_key_id.clone(),
            salt: hook.secret.salt.clone(),
            sealed: hook.secret.sealed.clone(),
            created_at: hook.created_at.0,
            disabled_at: hook.disabled_at.map(|at| at.0),
            seen_at: hook.seen_at.map(|at| at.0),
            problem_at: problem_at.map(|at: Micros| at.0),
            problem: problem.unwrap_or_default(),
        }
    }

    fn read(self) -> Result<ShopHook> {
        let Self { link_key_id, salt, sealed, problem, .. } = self;
        Ok(ShopHook {
            id: Id::from_bytes(&self.hook_id).ok_or_else(|| unreadable("id"))?,
            kind: HookKind::from_code(self.kind).ok_or_else(|| unreadable("kind of hook"))?,
            test: self.test,
            channel: Channel::from_code(self.channel).ok_or_else(|| unreadable("channel"))?,
            place_id: self.place_id,
            basis: BasisKind::from_code(self.basis_kind).map(|kind| (kind, self.basis_text)),
            secret: KeptSecret { link_key_id, salt, sealed },
            created_at: Micros(self.created_at),
            disabled_at: self.disabled_at.map(Micros),
            seen_at: self.seen_at.map(Micros),
            problem: self.problem_at.map(|at| (Micros(at), problem)),
        })
    }
}

/// Stores a new hook.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, hook: &ShopHook) -> Result<()> {
    diesel::insert_into(shop_hook::table).values(&Row::write(scope, hook)).execute(connection)?;
    Ok(())
}

/// All hooks of an organisation, oldest first.
pub fn all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<ShopHook>> {
    let rows: Vec<Row> = shop_hook::table
        .filter(shop_hook::org_id.eq(scope.org()))
        .select(Row::as_select())
        .order(shop_hook::hook_id)
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// One hook.
pub fn find(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Option<ShopHook>> {
    let row: Option<Row> = shop_hook::table
        .filter(shop_hook::org_id.eq(scope.org()))
        .filter(shop_hook::hook_id.eq(id.to_vec()))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// Lets a hook take nothing any more; one that was disabled before keeps its time.
pub fn disable(connection: &mut AnyConnection, scope: &OrgScope, id: Id, now: Micros) -> Result<()> {
    let here = shop_hook::table
        .filter(shop_hook::org_id.eq(scope.org()))
        .filter(shop_hook::hook_id.eq(id.to_vec()))
        .filter(shop_hook::disabled_at.is_null());
    diesel::update(here).set(shop_hook::disabled_at.eq(now.0)).execute(connection)?;
    Ok(())
}

/// Gives a hook another secret.
pub fn set_secret(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    secret: &KeptSecret,
) -> Result<()> {
    let here =
        shop_hook::table.filter(shop_hook::org_id.eq(scope.org())).filter(shop_hook::hook_id.eq(id.to_vec()));
    let set = (
        shop_hook::link_key_id.eq(&secret.link_key_id),
        shop_hook::salt.eq(&secret.salt),
        shop_hook::sealed.eq(&secret.sealed),
    );
    match diesel::update(here).set(set).execute(connection)? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// Whether a delivery came before and was taken. One that could not be taken may come again.
pub fn was_taken(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: Id,
    delivery_id: &str,
) -> Result<bool> {
    let outcome: Option<i16> = hook_delivery::table
        .filter(hook_delivery::org_id.eq(scope.org()))
        .filter(hook_delivery::hook_id.eq(hook.to_vec()))
        .filter(hook_delivery::delivery_id.eq(delivery_id))
        .select(hook_delivery::outcome)
        .get_result(connection)
        .optional()?;
    Ok(outcome.is_some_and(|outcome| outcome != HookOutcome::Problem.code()))
}

/// Remembers a delivery and what became of it, and forgets those of long ago.
pub fn note(connection: &mut AnyConnection, scope: &OrgScope, hook: Id, delivery: &Delivery) -> Result<()> {
    let of_hook = || {
        hook_delivery::table
            .filter(hook_delivery::org_id.eq(scope.org()))
            .filter(hook_delivery::hook_id.eq(hook.to_vec()))
    };
    let now = delivery.received_at;
    diesel::delete(of_hook().filter(hook_delivery::received_at.lt(now.0 - REMEMBERED)))
        .execute(connection)?;
    diesel::delete(of_hook().filter(hook_delivery::delivery_id.eq(&delivery.id))).execute(connection)?;
    diesel::insert_into(hook_delivery::table)
        .values((
            hook_delivery::org_id.eq(scope.org()),
            hook_delivery::hook_id.eq(hook.to_vec()),
            hook_delivery::delivery_id.eq(&delivery.id),
            hook_delivery::topic.eq(&delivery.topic),
            hook_delivery::received_at.eq(now.0),
            hook_delivery::outcome.eq(delivery.outcome.code()),
            hook_delivery::note.eq(&delivery.note),
        ))
        .execute(connection)?;
    let here = shop_hook::table
        .filter(shop_hook::org_id.eq(scope.org()))
        .filter(shop_hook::hook_id.eq(hook.to_vec()));
    diesel::update(here.clone()).set(shop_hook::seen_at.eq(now.0)).execute(connection)?;
    if delivery.outcome == HookOutcome::Problem {
        let problem = (shop_hook::problem_at.eq(now.0), shop_hook::problem.eq(&delivery.note));
        diesel::update(here).set(problem).execute(connection)?;
    }
    Ok(())
}

/// The deliveries of a hook that ask somebody to do something, newest first.
pub fn requests(connection: &mut AnyConnection, scope: &OrgScope, hook: Id) -> Result<Vec<Delivery>> {
    let rows: Vec<(String, String, i64, String)> = hook_delivery::table
        .filter(hook_delivery::org_id.eq(scope.org()))
        .filter(hook_delivery::hook_id.eq(hook.to_vec()))
        .filter(hook_delivery::outcome.eq(HookOutcome::Request.code()))
        .select((
            hook_delivery::delivery_id,
            hook_delivery::topic,
            hook_delivery::received_at,
            hook_delivery::note,
        ))
        .order((hook_delivery::received_at.desc(), hook_delivery::delivery_id))
        .load(connection)?;
    let delivery = |(id, topic, at, note)| Delivery {
        id,
        topic,
        received_at: Micros(at),
        outcome: HookOutcome::Request,
        note,
    };
    Ok(rows.into_iter().map(delivery).collect())
}
