//! People whose every personal field holds a mark of their own, so that whatever is left of one of them can be found.
//!
//! Orders and events come by the use cases, with idempotency keys; answers are written as posted pages are. Called by
//! the tests of erasure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use laatu::domain::{CollectionMode, Id, InvitationState};
use laatu::service::once::{Request, in_transaction, run};
use laatu::service::take_events::take_event;
use laatu::service::take_orders::take_orders;
use laatu::service::{Result, Services};
use laatu::store::invitations::{self, Invitation};
use laatu::store::responses::{self, Response};
use laatu::store::saved_pages::{self, SavedPage};
use laatu::store::submissions::{self, NewResponse};
use laatu::store::surveys::Survey;
use laatu::store::{AnyConnection, OrgScope, customers, orders};
use serde_json::{Value, json};
use survey_forms::instrument::Instrument;

use crate::answered::Dice;
use crate::recount::instrument;

/// People whose orders come in one request.
const TOGETHER: usize = 20;
/// What each mark begins with.
const MARK: &[u8] = b"Qx";
/// Digits of a mark.
const DIGITS: usize = 5;

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(instrument);

/// Somebody with a mark.
#[derive(Clone, Debug)]
pub struct Person {
    /// The number in the mark.
    pub number: usize,
    /// The customer.
    pub id: Id,
    /// The same, the order and the invitation.
    pub ids: Vec<Id>,
    /// The number of the order.
    pub order_number: String,
    /// Whether the form was finished.
    pub answered: bool,
}

/// The mark of a person.
pub fn mark(number: usize) -> String {
    format!("Qx{number:05}z")
}

/// The numbers of all people whose marks stand somewhere in these bytes.
pub fn marks(bytes: &[u8]) -> BTreeSet<usize> {
    let number = |at: usize| {
        let digits = bytes.get(at + MARK.len()..at + MARK.len() + DIGITS)?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    };
    let starts = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(MARK));
    starts.filter_map(number).collect()
}

/// Which of some ids stand somewhere in these bytes, as bytes or as text.
pub fn ids_in(bytes: &[u8], ids: &BTreeSet<Id>) -> BTreeSet<Id> {
    let texts: BTreeMap<String, Id> =
        ids.iter().flat_map(|id| [(id.to_string(), *id), (id.to_string().replace('-', ""), *id)]).collect();
    let first_two = |bytes: &[u8]| usize::from(bytes[0]) * 256 + usize::from(bytes[1]);
    let (mut as_bytes, mut as_text) = (vec![false; 1 << 16], vec![false; 1 << 16]);
    for id in ids {
        as_bytes[first_two(id.bytes())] = true;
    }
    for text in texts.keys() {
        as_text[first_two(text.as_bytes())] = true;
    }
    let mut found = BTreeSet::new();
    for (at, begin) in bytes.windows(2).enumerate() {
        if as_bytes[first_two(begin)] {
            let id = bytes.get(at..at + 16).and_then(Id::from_bytes);
            found.extend(id.filter(|id| ids.contains(id)));
        }
        if as_text[first_two(begin)] {
            for length in [32, 36] {
                let text = bytes.get(at..at + length).and_then(|text| std::str::from_utf8(text).ok());
                found.extend(text.and_then(|text| texts.get(text)));
            }
        }
    }
    found
}

/// Where people come to.
#[derive(Clone, Copy)]
pub struct Town<'a> {
    /// The use cases' common parts.
    pub services: &'a Services,
    /// The organisation.
    pub scope: &'a OrgScope,
    /// A running survey of the shipped instrument.
    pub survey: &'a Survey,
}

impl Town<'_> {
    /// Lets people with these numbers order, be served and, three of four, answer; every fifth corrects an answer.
    pub fn settle(&self, numbers: impl IntoIterator<Item = usize>) -> Vec<Person> {
        let numbers: Vec<usize> = numbers.into_iter().collect();
        let mut people = Vec::with_capacity(numbers.len());
        for batch in numbers.chunks(TOGETHER) {
            self.order(batch);
            for number in batch {
                self.serve(*number);
            }
            let some = in_transaction(self.services, |connection| {
                batch.iter().map(|number| self.answer(connection, *number)).collect::<Result<Vec<Person>>>()
            });
            people.extend(some.expect("people answer"));
        }
        people
    }

    fn order(&self, numbers: &[usize]) {
        let list: Vec<Value> = numbers.iter().map(|number| self.order_of(*number)).collect();
        let body = json!({ "orders": list });
        let raw = body.to_string();
        let key = format!("orders-{}", mark(numbers[0]));
        let request = Request { key: Some(&key), path: "/api/v1/orders", body: raw.as_bytes() };
        let answer = run(self.services, self.scope, request, |connection| {
            take_orders(self.services, connection, self.scope, &body)
        });
        let answer = answer.expect("orders are taken");
        assert!(!answer.body.to_string().contains("rejected"), "{}", answer.body);
    }

    /// An order as the shop sends it.
    pub fn order_of(&self, number: usize) -> Value {
        let (mark, now) = (mark(number), self.services.now());
        let (channel, place) = (["web", "in_person"][number % 2], ["helsinki", "turku"][number / 2 % 2]);
        json!({
            "order_number": order_number(number),
            "customer": {"email": format!("{mark}@example.org"), "phone": format!("+358 {mark}"),
                "name": format!("Aino {mark}"), "external_id": format!("own-{mark}"), "language": "fi"},
            "channel": channel,
            "place": place,
            "placed_at": now.plus_seconds(-6 * 86_400).rfc3339(),
            "value": {"amount_minor": 4990, "currency": "EUR"},
            "attributes": {"note": format!("for {mark}")},
            "contact_basis": {"kind": "other", "text": format!("told {mark}"), "notice_at": now.rfc3339()}
        })
    }

    fn serve(&self, number: usize) {
        let at = self.services.now().plus_seconds(-86_400);
        let body = json!({"kind": "delivered", "at": at.rfc3339()});
        let (raw, key) = (body.to_string(), format!("event-{}", mark(number)));
        let request = Request { key: Some(&key), path: "/api/v1/orders/events", body: raw.as_bytes() };
        let served = run(self.services, self.scope, request, |connection| {
            take_event(self.services, connection, self.scope, &order_number(number), &body)
        });
        served.expect("the event is taken");
    }

    fn answer(&self, connection: &mut AnyConnection, number: usize) -> Result<Person> {
        let order_number = order_number(number);
        let order = orders::find(connection, self.scope, &order_number)?.expect("the order is there");
        let mut invited = invitations::of_order(connection, self.scope, order.id)?;
        let mut invitation = invited.pop().expect("an invitation");
        let answered = number % 4 != 3;
        if answered {
            let now = self.services.now();
            invitation.state = InvitationState::Answered;
            invitation.sent_at = Some(now);
            (invitation.started_at, invitation.answered_at) = (Some(now), Some(now));
            invitations::update(connection, self.scope, &invitation)?;
            self.fill(connection, number, &invitation)?;
        }
        let ids = vec![order.customer_id, order.id, invitation.id];
        Ok(Person { number, id: order.customer_id, ids, order_number, answered })
    }

    fn fill(&self, connection: &mut AnyConnection, number: usize, invitation: &Invitation) -> Result<()> {
        let mut dice = Dice(number as u64);
        let revisions = if number.is_multiple_of(5) { 2 } else { 1 };
        for revision in 1..=revisions {
            let page = SavedPage {
                page: 1,
                revision,
                passed: true,
                language: "fi".to_owned(),
                answers: vec![1, 2, 3],
                comment: format!("Said {}.", mark(number)),
                marks: 0,
                saved_at: self.services.now(),
            };
            let now = self.services.now();
            saved_pages::insert_new(connection, self.scope, &[(invitation.id, &page, now)])?;
            let before = responses::newest(connection, self.scope, invitation.id)?;
            let first_of_year = before.is_some_and(|(before, _)| before.first_of_year);
            let response = Response {
                revision,
                first_of_year,
                ..self.response(connection, number, invitation, &mut dice)?
            };
            let new = NewResponse {
                response,
                words: format!("Words of {}.", mark(number)),
                customer_id: invitation.customer_id,
                year: (0, i64::MAX),
            };
            submissions::append(connection, self.scope, &[&new])?;
        }
        Ok(())
    }

    fn response(
        &self,
        connection: &mut AnyConnection,
        number: usize,
        invitation: &Invitation,
        dice: &mut Dice,
    ) -> Result<Response> {
        let order = orders::get(connection, self.scope, invitation.order_id)?;
        let small = |n: usize| i32::try_from(n).expect("a small number");
        let answers = INSTRUMENT.items().iter().map(|item| {
            let points = u64::from(item.scale.max - item.scale.min) + 1;
            u8::try_from(1 + dice.below(points)).expect("a code")
        });
        Ok(Response {
            id: invitation.id,
            revision: 1,
            survey_id: self.survey.id,
            form: invitation.form,
            length: invitation.length,
            language: ["fi", "en"][number / 3 % 2].to_owned(),
            channel: order.channel.code(),
            contact_channel: 0,
            place_id: order.place_id,
            segments: [0, 0],
            service_day: 20_577 + small(number % 10),
            mode: CollectionMode::Mail,
            customer_group: customers::get(connection, self.scope, order.customer_id)?.group,
            first_of_year: false,
            finished: true,
            test: false,
            quality_flag: 0,
            answers: answers.collect(),
            answered_at: self.services.now().0,
            way: laatu::store::responses::Way::default(),
        })
    }
}

/// The number of a person's order.
pub fn order_number(number: usize) -> String {
    format!("N-{}", mark(number))
}

/// So many of some people, by chance from a seed.
pub fn some_of(people: &[Person], count: usize, seed: u64) -> Vec<Person> {
    let mut dice = Dice(seed);
    let mut rest: Vec<Person> = people.to_vec();
    let mut chosen = Vec::with_capacity(count);
    while chosen.len() < count {
        let at = usize::try_from(dice.below(rest.len() as u64)).expect("a small number");
        chosen.push(rest.swap_remove(at));
    }
    chosen
}
