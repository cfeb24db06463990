//! Takes what a shop's hook delivers: the signature first, then each delivery once, by the road of all orders.

use data_encoding::HEXLOWER;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::told::{Defaults, Told, ToldOrder};
use super::{privacy, secret, shopify, woocommerce};
use crate::domain::event::OrderEvent;
use crate::domain::order::Order;
use crate::domain::reader::FieldProblem;
use crate::domain::time::DAY;
use crate::domain::{EventKind, HookKind, HookOutcome, Micros};
use crate::service::once::{in_read, in_transaction};
use crate::service::plan_invitations::Planner;
use crate::service::take_events::apply;
use crate::service::take_orders::{Arriving, Offer, plan, store_order};
use crate::service::{Error, Result, Services};
use crate::store::shop_hooks::{self, Delivery, ShopHook};
use crate::store::shop_orders::{self, ShopOrder};
use crate::store::{AnyConnection, OrgScope, authority, orders, places};

/// Longest id of a delivery, and longest topic, that is kept.
const LONGEST_WORD: usize = 80;

/// A delivery as it came.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// What it says to be about.
    pub topic: String,
    /// The shop's id of it, when it has one.
    pub delivery_id: Option<String>,
    /// The signature, when there is one.
    pub signature: Option<String>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

/// What a shop is answered to a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HookAnswer {
    /// `taken`, `duplicate`, `outdated`, `kept` until its order comes, `nothing`, `problem`, or `pong`.
    #[schema(example = "taken")]
    pub status: &'static str,
    /// The same in words, where there is more to say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl HookAnswer {
    fn of(status: &'static str, note: impl Into<String>) -> Self {
        Self { status, note: note.into() }
    }
}

/// The hook behind an address, and its organisation; none when there is none of this kind, or it is disabled.
pub fn find(services: &Services, address: &str, kind: HookKind) -> Result<Option<(OrgScope, ShopHook)>> {
    in_read(services, |connection| Ok(authority::by_hook(connection, address, kind)?))
}

/// Takes a delivery; none when it is not signed with the hook's secret.
///
/// What is rightly signed is always answered: what cannot be taken is noted at the hook with its reason, since asking
/// the shop to send the same again would change nothing.
pub fn take(
    services: &Services,
    scope: &OrgScope,
    hook: &ShopHook,
    incoming: &Incoming,
) -> Result<Option<HookAnswer>> {
    if is_ping(hook, incoming) {
        return Ok(Some(HookAnswer::of("pong", "")));
    }
    let secret = secret::opened(&services.links, &hook.secret, hook.id)
        .ok_or_else(|| Error::Broken(format!("the secret of hook {} cannot be opened", hook.id)))?;
    let is_signed = |signature: &String| secret::is_signed(&secret, &incoming.body, signature);
    if !incoming.signature.as_ref().is_some_and(is_signed) {
        return Ok(None);
    }
    let id = delivery_id(hook.kind, incoming);
    let (place, was_taken) = in_read(services, |connection| {
        let place = places::key(connection, scope, hook.place_id)?;
        Ok((place, shop_hooks::was_taken(connection, scope, hook.id, &id)?))
    })?;
    if was_taken {
        return Ok(Some(HookAnswer::of("duplicate", "")));
    }
    let defaults =
        Defaults { channel: hook.channel, place: place.unwrap_or_default(), basis: hook.basis.clone() };
    let told = read(hook.kind, incoming, &defaults);
    let beside = beside(services, scope, hook, &told)?;
    let answer = in_transaction(services, |connection| {
        let mut delivery = Delivery {
            id: id.clone(),
            topic: incoming.topic.clone(),
            received_at: services.now(),
            outcome: HookOutcome::Taken,
            note: String::new(),
        };
        // The same may have come twice at once.
        if shop_hooks::was_taken(connection, scope, hook.id, &delivery.id)? {
            return Ok(HookAnswer::of("duplicate", ""));
        }
        let (outcome, answer) = match (&beside, &told) {
            (Some((outcome, answer)), _) => (*outcome, answer.clone()),
            (None, Err(problem)) => (HookOutcome::Problem, HookAnswer::of("problem", *problem)),
            (None, Ok(told)) => put(services, connection, scope, hook, told)?,
        };
        (delivery.outcome, delivery.note) = (outcome, answer.note.clone());
        shop_hooks::note(connection, scope, hook.id, &delivery)?;
        Ok(answer)
    })?;
    tracing::info!(hook = %hook.id, topic = %incoming.topic, status = answer.status, "a shop's hook");
    Ok(Some(answer))
}

/// WooCommerce tries an address with a form of one field, without a signature, and asks for 200. It changes nothing.
fn is_ping(hook: &ShopHook, incoming: &Incoming) -> bool {
    let number = incoming.body.strip_prefix(b"webhook_id=").unwrap_or_default();
    hook.kind == HookKind::Woocommerce
        && incoming.signature.is_none()
        && (1..=20).contains(&number.len())
        && number.iter().all(u8::is_ascii_digit)
}

/// What a delivery is known by: the shop's id of it; of one without a usable id what it says.
///
/// WooCommerce makes its id from the webhook and the second, so that all orders of one second share it: there both count.
fn delivery_id(kind: HookKind, incoming: &Incoming) -> String {
    let is_plain =
        |id: &&str| (1..=LONGEST_WORD).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    let given = incoming.delivery_id.as_deref().filter(is_plain);
    if let (HookKind::Shopify, Some(id)) = (kind, given) {
        return id.to_owned();
    }
    let content = Sha256::new().chain_update(given.unwrap_or_default()).chain_update([0]);
    let content = content.chain_update(&incoming.topic).chain_update([0]).chain_update(&incoming.body);
    format!("sha256:{}", HEXLOWER.encode(&content.finalize()))
}

fn read(kind: HookKind, incoming: &Incoming, defaults: &Defaults) -> std::result::Result<Told, &'static str> {
    let body: Value = serde_json::from_slice(&incoming.body).map_err(|_| "the body is not JSON")?;
    match kind {
        HookKind::Shopify => shopify::read(&incoming.topic, &body, defaults),
        HookKind::Woocommerce => woocommerce::read(&incoming.topic, &body, defaults),
    }
}

/// What is done beside orders, in transactions of its own; doing it twice does no harm.
fn beside(
    services: &Services,
    scope: &OrgScope,
    hook: &ShopHook,
    told: &std::result::Result<Told, &'static str>,
) -> Result<Option<(HookOutcome, HookAnswer)>> {
    let customers =
        |count: usize| if count == 1 { "1 customer".to_owned() } else { format!("{count} customers") };
    Ok(Some(match told {
        Ok(Told::Forget(_)) if hook.test => {
            (HookOutcome::Taken, HookAnswer::of("nothing", "a hook that only tries out erases nobody"))
        }
        Ok(Told::Forget(person)) => {
            let erased = privacy::forget(services, scope, hook.id, person)?;
            (HookOutcome::Taken, HookAnswer::of("taken", format!("{} erased", customers(erased))))
        }
        Ok(Told::Show(person)) => {
            let count = privacy::count(services, scope, hook.id, person)?;
            let note = format!("a customer asks for their data: {} here", customers(count));
            (HookOutcome::Request, HookAnswer::of("taken", note))
        }
        Ok(Told::Left) => {
            let note = "the shop has removed the app and asks to erase what came from it";
            (HookOutcome::Request, HookAnswer::of("taken", note))
        }
        _ => return Ok(None),
    }))
}

type Put = (HookOutcome, HookAnswer);

fn put(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: &ShopHook,
    told: &Told,
) -> Result<Put> {
    match told {
        Told::Order(order) if order.test => put_order(services, connection, &scope.trying_out(), hook, order),
        Told::Order(order) => put_order(services, connection, scope, hook, order),
        Told::Refunded { shop_order_id, at } => {
            let (scope, known) = known_as(connection, scope, hook, shop_order_id)?;
            let event = (EventKind::Refunded, *at);
            put_event(services, connection, &scope, hook, known, shop_order_id, event)
        }
        Told::Deleted { shop_order_id } => {
            let (scope, known) = known_as(connection, scope, hook, shop_order_id)?;
            match known.filter(|known| !known.order_number.is_empty()) {
                Some(known) => {
                    let event = (EventKind::Cancelled, services.now());
                    put_event(services, connection, &scope, hook, Some(known), shop_order_id, event)
                }
                None => Ok((HookOutcome::Taken, HookAnswer::of("nothing", "the order is not known"))),
            }
        }
        Told::Nothing(why) => Ok((HookOutcome::Taken, HookAnswer::of("nothing", *why))),
        // Done before, beside the orders.
        Told::Forget(_) | Told::Show(_) | Told::Left => Ok((HookOutcome::Taken, HookAnswer::of("taken", ""))),
    }
}

/// An order of which only the shop's id is told, among the live ones or the trials: what is told does not say which.
fn known_as(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: &ShopHook,
    shop_order_id: &str,
) -> Result<(OrgScope, Option<ShopOrder>)> {
    for scope in [scope.clone(), scope.trying_out()] {
        if let Some(known) = shop_orders::find(connection, &scope, hook.id, shop_order_id)? {
            return Ok((scope, Some(known)));
        }
    }
    Ok((scope.clone(), None))
}

fn put_order(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: &ShopHook,
    told: &ToldOrder,
) -> Result<Put> {
    let known = shop_orders::find(connection, scope, hook.id, &told.shop_order_id)?;
    if known.as_ref().is_some_and(|known| known.changed_at > told.changed_at) {
        return Ok((HookOutcome::Taken, HookAnswer::of("outdated", "newer is known")));
    }
    let order = match Order::parse(&told.order, "", services.now()) {
        Ok(order) => order,
        Err(problems) => return Ok((HookOutcome::Problem, HookAnswer::of("problem", nameless(&problems)))),
    };
    if let Some(other) = shop_orders::other_hook_with(connection, scope, hook.id, &order.order_number)? {
        let note = format!("hook {other} has an order of the same number");
        return Ok((HookOutcome::Problem, HookAnswer::of("problem", note)));
    }
    let waiting = known.and_then(|known| known.refunded_at).map(|at| (EventKind::Refunded, at));
    let (events, late): (Vec<_>, Vec<_>) =
        told.events.iter().copied().chain(waiting).partition(|(_, at)| at.0 <= services.now().0 + DAY);
    let events: Vec<OrderEvent> =
        events.into_iter().map(|(kind, at)| OrderEvent { kind, channel: None, at }).collect();
    let arriving = Arriving { order: &order, events: &events, offer: Offer::AsBefore };
    let (_, stored) = store_order(services, connection, scope, &arriving)?;
    let planner = Planner::new(services, connection, scope)?;
    plan(connection, &planner, &stored)?;
    let now_known = ShopOrder {
        shop_order_id: told.shop_order_id.clone(),
        order_number: order.order_number,
        changed_at: told.changed_at,
        refunded_at: None,
    };
    shop_orders::keep(connection, scope, hook.id, &now_known)?;
    let late = late.iter().map(|(kind, _)| kind.word());
    let left_out: Vec<&str> = told.left_out.iter().copied().chain(late).collect();
    let note = if left_out.is_empty() { String::new() } else { format!("left out: {}", left_out.join(", ")) };
    Ok((HookOutcome::Taken, HookAnswer::of("taken", note)))
}

/// Puts an event to an order that only the shop's id names; that of an unknown order waits for it.
fn put_event(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    hook: &ShopHook,
    known: Option<ShopOrder>,
    shop_order_id: &str,
    (kind, at): (EventKind, Micros),
) -> Result<Put> {
    if at.0 > services.now().0 + DAY {
        return Ok((HookOutcome::Problem, HookAnswer::of("problem", "its time lies more than a day ahead")));
    }
    let stored = match &known {
        Some(known) => orders::find(connection, scope, &known.order_number)?,
        None => None,
    };
    let Some(mut stored) = stored else {
        let (order_number, changed_at) =
            known.map_or((String::new(), Micros(0)), |known| (known.order_number, known.changed_at));
        let waiting = ShopOrder {
            shop_order_id: shop_order_id.to_owned(),
            order_number,
            changed_at,
            refunded_at: Some(at),
        };
        shop_orders::keep(connection, scope, hook.id, &waiting)?;
        return Ok((HookOutcome::Taken, HookAnswer::of("kept", "until its order comes")));
    };
    let event = OrderEvent { kind, channel: None, at };
    orders::insert_event(connection, scope, services.new_id(), &stored.order_number, event, services.now())?;
    let events = orders::events(connection, scope, &stored.order_number)?;
    (stored.happened, stored.contact_channel) = apply(&events);
    orders::update(connection, scope, &stored, services.now())?;
    let planner = Planner::new(services, connection, scope)?;
    plan(connection, &planner, &stored)?;
    Ok((HookOutcome::Taken, HookAnswer::of("taken", "")))
}

/// Problems by place and kind only: their words quote what customers wrote.
fn nameless(problems: &[FieldProblem]) -> String {
    let words: Vec<String> = problems.iter().map(|one| format!("{}: {}", one.pointer, one.code)).collect();
    words.join(", ")
}
