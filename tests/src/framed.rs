//! Orders and invitations made up and changed straight in the store: for tests of what is counted of them.
//!
//! Everything follows from a seed. All channels, states and reasons occur, also such pairs as the service never makes.

use laatu::domain::order::CustomerData;
use laatu::domain::{Channel, Id, InvitationState, Micros, Reason};
use laatu::service::Services;
use laatu::service::frames::read::{Asked, Figures, live, stored};
use laatu::service::once::{in_read, in_transaction};
use laatu::store::customers::{self, NewCustomer};
use laatu::store::invitations::{self, Invitation};
use laatu::store::orders::{self, Happened, StoredOrder};
use laatu::store::surveys::{self, Survey};
use laatu::store::{OrgScope, authority, organisations, places};

use crate::answered::Dice;

/// 2026-03-20T00:00:00Z: some days before clocks are moved in Europe, and after they were in America.
const FIRST: i64 = 1_773_964_800;
/// Days over which the services lie.
const DAYS: u64 = 45;

/// An organisation whose orders are made up.
pub struct Framed<'s> {
    services: &'s Services,
    /// The operator of the organisation.
    pub scope: OrgScope,
    /// Its surveys.
    pub surveys: Vec<Survey>,
    dice: Dice,
    orders: Vec<Id>,
    invitations: Vec<Id>,
}

impl<'s> Framed<'s> {
    /// An organisation that has surveys and no orders yet.
    pub fn new(services: &'s Services, slug: &str, seed: u64) -> Self {
        let scope = services.store.read(|connection| authority::operator(connection, slug));
        let scope = scope.expect("the organisation");
        let surveys = in_transaction(services, |connection| {
            for place in ["helsinki", "turku"] {
                places::number(connection, &scope, place)?;
            }
            Ok(surveys::all(connection, &scope)?)
        });
        let surveys = surveys.expect("its surveys");
        Self { services, scope, surveys, dice: Dice(seed), orders: Vec::new(), invitations: Vec::new() }
    }

    /// Does so many things: mostly orders come and invitations go on, now and then an order is corrected.
    pub fn live(&mut self, things: usize) {
        for _ in 0..things {
            match self.dice.below(10) {
                0..=3 => self.order(),
                4..=7 => self.go_on(),
                _ => self.correct(),
            }
        }
    }

    /// An order, with an invitation of most surveys.
    fn order(&mut self) {
        let order = self.circumstances(self.services.new_id());
        let invited: Vec<Invitation> = (0..self.surveys.len())
            .filter_map(|survey| {
                let made = self.invitation(&order, survey);
                (self.dice.below(4) > 0).then_some(made)
            })
            .collect();
        let (services, scope) = (self.services, &self.scope);
        let data = CustomerData::default();
        in_transaction(services, |connection| {
            let match_hash = order.customer_id.to_vec();
            let new = NewCustomer { id: order.customer_id, group: 1, data: &data, match_hash: &match_hash };
            customers::find_or_insert(connection, scope, new, services.now())?;
            orders::insert(connection, scope, &order, services.now())?;
            for one in &invited {
                invitations::insert(connection, scope, one)?;
            }
            Ok(())
        })
        .expect("an order is stored");
        self.orders.push(order.id);
        self.invitations.extend(invited.iter().map(|one| one.id));
    }

    /// An order with an id, of a customer with the same one.
    fn circumstances(&mut self, id: Id) -> StoredOrder {
        let at = |dice: &mut Dice| {
            let seconds = i64::try_from(dice.below(DAYS * 24 * 4) * 900).expect("some days");
            Micros(FIRST * 1_000_000).plus_seconds(seconds)
        };
        let placed_at = at(&mut self.dice);
        let delivered_at = (self.dice.below(3) > 0).then(|| at(&mut self.dice));
        StoredOrder {
            id,
            test: false,
            order_number: id.to_string(),
            customer_id: id,
            channel: [Channel::Web, Channel::Phone][self.pick(2)],
            contact_channel: [None, Some(Channel::Email)][self.pick(2)],
            place_id: [0, 1, 2][self.pick(3)],
            language: "en".to_owned(),
            placed_at,
            expected_delivery_at: None,
            value: None,
            attributes: "{}".to_owned(),
            basis: None,
            happened: Happened { delivered_at, ..Happened::default() },
            fingerprint: vec![0; 32],
            quiet: false,
        }
    }

    fn invitation(&mut self, order: &StoredOrder, survey: usize) -> Invitation {
        let id = self.services.new_id();
        let (state, reason, sent_at) = self.standing();
        Invitation {
            id,
            survey_id: self.surveys[survey].id,
            order_id: order.id,
            customer_id: order.customer_id,
            form: -1,
            length: 2,
            language: "en".to_owned(),
            state,
            reason,
            send_at: None,
            sent_at,
            started_at: None,
            answered_at: None,
            expires_at: None,
            token_hash: id.to_vec(),
            link_key_id: "k1".to_owned(),
            test: self.dice.below(12) == 0,
            created_at: self.services.now(),
            module: 0,
            looks_back: true,
            carrier: laatu::domain::Carrier::Mail,
        }
    }

    fn standing(&mut self) -> (InvitationState, Option<Reason>, Option<Micros>) {
        let state = InvitationState::ALL[self.pick(InvitationState::ALL.len())];
        let reason = Reason::ALL.get(self.pick(2 * Reason::ALL.len())).copied();
        let is_sent = self.dice.below(3) > 0;
        (state, reason, is_sent.then(|| self.services.now()))
    }

    /// An invitation takes another state; one in twenty is erased.
    fn go_on(&mut self) {
        if self.invitations.is_empty() {
            return;
        }
        let place = self.pick(self.invitations.len());
        let id = self.invitations[place];
        let (state, reason, sent_at) = self.standing();
        let is_moved = self.dice.below(20) == 0;
        let (services, scope) = (self.services, &self.scope);
        in_transaction(services, |connection| {
            let before = invitations::get(connection, scope, id)?;
            let test = before.test != is_moved;
            let after = Invitation { state, reason, sent_at, test, ..before };
            Ok(invitations::update(connection, scope, &after)?)
        })
        .expect("an invitation is changed");
    }

    /// An order turns out to be another than was said.
    fn correct(&mut self) {
        if self.orders.is_empty() {
            return;
        }
        let place = self.pick(self.orders.len());
        let id = self.orders[place];
        let changed = self.circumstances(id);
        let (services, scope) = (self.services, &self.scope);
        in_transaction(services, |connection| {
            Ok(orders::update(connection, scope, &changed, services.now())?)
        })
        .expect("an order is corrected");
    }

    /// The id of some invitation, which is made up no longer.
    pub fn give_up(&mut self) -> Option<Id> {
        let place = self.pick(self.invitations.len().max(1));
        (place < self.invitations.len()).then(|| self.invitations.swap_remove(place))
    }

    fn pick(&mut self, of: usize) -> usize {
        usize::try_from(self.dice.below(of as u64)).expect("a small number")
    }

    /// The figures of a survey as they are stored, if they are, and as its invitations give them.
    pub fn figures(&self, survey: &Survey, asked: &Asked) -> (Option<Figures>, Figures) {
        in_read(self.services, |connection| {
            let organisation = organisations::get(connection, &self.scope)?;
            let kept = stored(connection, &self.scope, survey.id, &organisation, asked)?;
            Ok((kept, live(connection, &self.scope, survey.id, &organisation, asked)?))
        })
        .expect("the figures can be read")
    }
}

/// What may be asked: days around the moves of the clocks, channels, contacts, places, and several at once.
pub fn questions() -> Vec<Asked> {
    let date = |text: &str| Some(text.parse().expect("a date"));
    let none = Asked::default();
    let days = [
        (None, None),
        (date("2026-03-29"), date("2026-03-30")),
        (date("2026-04-01"), date("2026-05-01")),
        (None, date("2026-04-10")),
        (date("2026-03-25"), None),
        (date("2026-03-22"), date("2026-05-02")),
        (date("2025-01-01"), date("2027-01-01")),
        (date("2027-01-01"), None),
    ];
    let of = |(from, to)| Asked { from, to, ..none };
    let mut all: Vec<Asked> = days.into_iter().map(of).collect();
    for (from, to) in days.into_iter().take(4) {
        all.push(Asked { channel: Some(3), ..of((from, to)) });
        all.push(Asked { contact_channel: Some(0), ..of((from, to)) });
        all.push(Asked { place_id: Some(2), channel: Some(1), ..of((from, to)) });
    }
    all
}
