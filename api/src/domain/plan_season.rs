//! A year of a hundred thousand orders in eight zones, planned and sent by the pure planner on an injected clock.
//!
//! Events come late, twice and out of order; customers unsubscribe, complain and send goods back. At the end every
//! order was mailed once or has its reason, and no rule was ever broken.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::cap::{Cap, OtherMail, Rank};
use super::coded::{EventKind, InvitationState, Reason, SurveyState};
use super::ids::Id;
use super::plan::{Moment, OrderFacts, decide};
use super::survey::{Quiet, Rule};
use super::time::{DAY, Micros, SECOND};

const ORDERS: usize = 100_000;
const CUSTOMERS: usize = 60_000;
const CAP: Cap = Cap { mails: 2, days: 90 };
const HOUR: i64 = 3600 * SECOND;
const ZONES: [&str; 8] = [
    "Europe/Helsinki",
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
];

/// One order as the world sees it, and what was made of it.
struct Order {
    customer: usize,
    facts: OrderFacts<'static>,
    /// What is still to come: when it is told, what, and when it happened.
    coming: Vec<(Micros, EventKind, Micros)>,
    mails: Vec<Micros>,
    last: Option<(InvitationState, Reason)>,
}

struct World {
    orders: Vec<Order>,
    /// Orders of each customer.
    of_customer: Vec<Vec<usize>>,
    unsubscribed: Vec<Option<Micros>>,
    zones: Vec<TimeZone>,
    rule: Rule,
}

fn id(number: usize) -> Id {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    Id::from_bytes(&bytes).unwrap()
}

fn start() -> Micros {
    Micros::parse("2026-01-01T00:00:00Z").unwrap()
}

impl World {
    fn new(seed: u64) -> Self {
        let mut chance = Pcg64Mcg::seed_from_u64(seed);
        let mut of_customer = vec![Vec::new(); CUSTOMERS];
        let orders: Vec<Order> = (0..ORDERS)
            .map(|number| {
                let customer = chance.random_range(0..CUSTOMERS);
                of_customer[customer].push(number);
                order(&mut chance, customer)
            })
            .collect();
        let unsubscribed = (0..CUSTOMERS)
            .map(|_| chance.random_bool(0.05).then(|| Micros(start().0 + chance.random_range(0..365 * DAY))))
            .collect();
        let zones = ZONES.iter().map(|name| TimeZone::get(name).unwrap()).collect();
        let quiet = Quiet::parse("20:00-08:00,sun").unwrap();
        let rule = Rule { event: EventKind::Delivered, delay_s: 3 * 86_400, quiet, active_from: None };
        Self { orders, of_customer, unsubscribed, zones, rule }
    }

    fn zone(&self, customer: usize) -> &TimeZone {
        &self.zones[customer % self.zones.len()]
    }

    fn is_unsubscribed(&self, customer: usize, now: Micros) -> bool {
        self.unsubscribed[customer].is_some_and(|at| at <= now)
    }

    /// Other mails to the customer, sent and waiting.
    fn others(&self, number: usize, waiting: &[Option<Micros>]) -> Vec<OtherMail> {
        let customer = self.orders[number].customer;
        let mut others = Vec::new();
        for &other in self.of_customer[customer].iter().filter(|other| **other != number) {
            others.extend(self.orders[other].mails.iter().map(|at| OtherMail { at: *at, rank: None }));
            let rank = Some(Rank { priority: 0, invitation: id(other) });
            others.extend(waiting[other].map(|at| OtherMail { at, rank }));
        }
        others
    }
}

fn order(chance: &mut impl Rng, customer: usize) -> Order {
    let placed = Micros(start().0 + chance.random_range(0..335 * DAY));
    let delivered = Micros(placed.0 + chance.random_range(HOUR..10 * DAY));
    let told = |chance: &mut dyn Rng, at: Micros| Micros(at.0 + chance.random_range(0..2 * DAY));
    let mut coming = vec![(told(chance, placed), EventKind::Placed, placed)];
    if chance.random_bool(0.95) {
        coming.push((told(chance, delivered), EventKind::Delivered, delivered));
    }
    if chance.random_bool(0.1) {
        // The same parcel again.
        coming.push((told(chance, delivered), EventKind::Delivered, delivered));
    }
    let later = Micros(delivered.0 + chance.random_range(0..4 * DAY));
    match chance.random_range(0..20) {
        0 => coming.push((told(chance, later), EventKind::Returned, later)),
        1 => coming.push((told(chance, placed), EventKind::Cancelled, placed)),
        2 => {
            coming.push((told(chance, later), EventKind::ComplaintOpened, later));
            if chance.random_bool(0.7) {
                let closed = Micros(later.0 + 5 * DAY);
                coming.push((told(chance, closed), EventKind::ComplaintClosed, closed));
            }
        }
        _ => {}
    }
    let facts = OrderFacts {
        placed_at: placed,
        shipped_at: None,
        delivered_at: None,
        complaint_closed_at: None,
        cancelled: false,
        returned: false,
        complaint_open: false,
        may_mail: chance.random_bool(0.9),
        on_slip: false,
        suppressed: false,
        place_asked: chance.random_bool(0.97),
        language_offered: chance.random_bool(0.98),
        drawn: chance.random_bool(0.8),
        asked_by_another: false,
        never_offered: false,
        too_late: false,
        test: false,
        cap: None,
        others: &[],
    };
    Order { customer, facts, coming, mails: vec![], last: None }
}

fn apply(facts: &mut OrderFacts<'static>, kind: EventKind, at: Micros) {
    match kind {
        EventKind::Delivered => facts.delivered_at = Some(at),
        EventKind::Cancelled => facts.cancelled = true,
        EventKind::Returned => facts.returned = true,
        EventKind::ComplaintOpened => facts.complaint_open = facts.complaint_closed_at.is_none(),
        EventKind::ComplaintClosed => {
            facts.complaint_open = false;
            facts.complaint_closed_at = Some(at);
        }
        _ => {}
    }
}

/// Lets the year pass: what is told changes an order, what is due is asked for once more and sent.
fn live(world: &mut World) {
    let mut told: Vec<(Micros, usize, EventKind, Micros)> = Vec::new();
    for (number, order) in world.orders.iter().enumerate() {
        told.extend(order.coming.iter().map(|(when, kind, at)| (*when, number, *kind, *at)));
    }
    told.sort_by_key(|one| (one.0, one.1));
    let mut due = BTreeSet::new();
    let mut waiting = vec![None; ORDERS];
    let mut told = told.into_iter().peekable();
    loop {
        let next_told = told.peek().map(|one| one.0);
        let next_due = due.first().map(|key: &(Micros, usize)| key.0);
        match (next_told, next_due) {
            (None, None) => return,
            (Some(when), at) if at.is_none_or(|at| when <= at) => {
                let (_, number, kind, at) = told.next().unwrap();
                apply(&mut world.orders[number].facts, kind, at);
                plan(world, number, when, &mut due, &mut waiting);
            }
            _ => {
                let (now, number) = due.pop_first().unwrap();
                waiting[number] = None;
                send_if_wanted(world, number, now, &mut due, &mut waiting);
            }
        }
    }
}

fn plan(
    world: &mut World,
    number: usize,
    now: Micros,
    due: &mut BTreeSet<(Micros, usize)>,
    waiting: &mut [Option<Micros>],
) {
    if !world.orders[number].mails.is_empty() {
        return;
    }
    if let Some(at) = waiting[number].take() {
        due.remove(&(at, number));
    }
    let (state, reason, send_at) = asked(world, number, now, waiting);
    world.orders[number].last = Some((state, reason));
    if let Some(at) = send_at {
        due.insert((at, number));
        waiting[number] = Some(at);
    }
}

fn asked(
    world: &World,
    number: usize,
    now: Micros,
    waiting: &[Option<Micros>],
) -> (InvitationState, Reason, Option<Micros>) {
    let order = &world.orders[number];
    let others = world.others(number, waiting);
    let rank = Rank { priority: 0, invitation: id(number) };
    let facts = OrderFacts {
        suppressed: world.is_unsubscribed(order.customer, now),
        cap: Some((CAP, rank)),
        others: &others,
        ..order.facts
    };
    let moment = Moment { now, not_before: now, zone: world.zone(order.customer) };
    let decision = decide(&facts, &world.rule, SurveyState::Running, moment);
    (decision.state, decision.reason, decision.send_at)
}

fn send_if_wanted(
    world: &mut World,
    number: usize,
    now: Micros,
    due: &mut BTreeSet<(Micros, usize)>,
    waiting: &mut [Option<Micros>],
) {
    let (state, reason, send_at) = asked(world, number, now, waiting);
    world.orders[number].last = Some((state, reason));
    match send_at {
        Some(at) if at <= now => world.orders[number].mails.push(now),
        Some(at) => {
            due.insert((at, number));
            waiting[number] = Some(at);
        }
        None => {}
    }
}

#[test]
fn every_order_of_a_year_is_mailed_once_or_has_its_reason_and_no_rule_is_broken() {
    let mut world = World::new(20_261_123);
    live(&mut world);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for order in &world.orders {
        assert!(order.mails.len() <= 1, "an order is mailed twice");
        let (state, reason) = order.last.expect("every order was decided on");
        let Some(sent_at) = order.mails.first() else {
            let told = if state == InvitationState::Skipped || order.facts.delivered_at.is_none() {
                reason
            } else {
                assert_eq!(reason, Reason::ComplaintOpen, "what waits for ever has its reason");
                reason
            };
            *reasons.entry(told.to_string()).or_default() += 1;
            continue;
        };
        let facts = &order.facts;
        assert!(facts.may_mail && facts.place_asked && facts.language_offered && facts.drawn);
        assert!(!world.is_unsubscribed(order.customer, *sent_at), "who wants none gets none");
        let zone = world.zone(order.customer);
        assert_eq!(world.rule.quiet.next_allowed(*sent_at, zone), *sent_at, "quiet hours are kept");
    }
    for numbers in &world.of_customer {
        let mut sent: Vec<i64> =
            numbers.iter().flat_map(|number| &world.orders[*number].mails).map(|at| at.0).collect();
        sent.sort_unstable();
        let most = usize::try_from(CAP.mails).unwrap();
        let window = i64::from(CAP.days) * DAY;
        assert!(
            sent.windows(most + 1).all(|some| some[most] - some[0] >= window),
            "the cap holds in every window"
        );
    }
    let sent = world.orders.iter().filter(|order| !order.mails.is_empty()).count();
    println!("{sent} of {ORDERS} mailed; not mailed: {reasons:?}");
    assert_eq!(sent + reasons.values().sum::<usize>(), ORDERS);
    for reason in
        [Reason::Cap, Reason::Suppressed, Reason::Returned, Reason::Cancelled, Reason::ComplaintOpen]
    {
        assert!(reasons.contains_key(reason.word()), "{reason} never came up: the season shows nothing");
    }
}

/// Every instant of two days around a change of the clock, in every zone that is known, over ten years.
#[test]
fn around_every_change_of_the_clock_a_mail_goes_once_and_out_of_quiet_hours() {
    let quiet = Quiet::parse("22:00-07:30").unwrap();
    let (from, to) =
        (Micros::parse("2026-01-01T00:00:00Z").unwrap(), Micros::parse("2036-01-01T00:00:00Z").unwrap());
    let mut zones = 0;
    let mut changes = 0;
    for name in jiff::tz::db().available() {
        let Ok(zone) = TimeZone::get(name.as_str()) else { continue };
        zones += 1;
        for change in
            zone.following(from.timestamp()).take_while(|change| change.timestamp() < to.timestamp())
        {
            changes += 1;
            let middle = change.timestamp().as_microsecond();
            let mut before = i64::MIN;
            for step in -48..48 {
                let wanted = Micros(middle + step * HOUR / 2);
                let due = quiet.next_allowed(wanted, &zone);
                assert!(due >= wanted && due.0 - wanted.0 <= 12 * HOUR, "{name}: {wanted:?} {due:?}");
                assert_eq!(quiet.next_allowed(due, &zone), due, "{name}: due in quiet hours");
                assert!(due.0 >= before, "{name}: a later wish goes no earlier");
                before = due.0;
            }
        }
    }
    println!("{changes} changes of the clock in {zones} zones");
    assert!(zones > 400 && changes > 1000);
}
