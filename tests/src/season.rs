//! A season of a shop: orders of all kinds, and customers who answer, half answer, or do not.
//!
//! Everything follows from an order's number, so that the same season can be played on both databases and
//! recounted by the tests.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::respondent::{Page, Respondent};
use crate::server::{Server, Shop};

/// Channels of the orders, in turn.
const CHANNELS: [&str; 3] = ["web", "in_person", "phone"];
/// Languages of the customers, in turn.
const LANGUAGES: [&str; 4] = ["en", "fi", "hu", "pl"];
/// Places of the orders, in turn; the last names none.
const PLACES: [&str; 3] = ["helsinki", "turku", ""];
/// How the customers were in touch, in turn; the last was not.
const CONTACTS: [&str; 3] = ["phone", "email", ""];

/// How far a customer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// Never opens the link.
    Nowhere,
    /// Sends two pages and leaves.
    Halfway,
    /// Sends all pages.
    Through,
}

/// One order of the season and what its customer answered.
#[derive(Clone, Debug)]
pub struct Told {
    /// The order's number.
    pub number: String,
    /// Its place in the season, from 0.
    pub index: usize,
    /// Channel of the order.
    pub channel: &'static str,
    /// Channel of contact, or `none`.
    pub contact_channel: &'static str,
    /// Key of the place, or `none`.
    pub place: &'static str,
    /// Language of the mail and of the form.
    pub language: &'static str,
    /// Day of service in Helsinki, ISO.
    pub service_day: String,
    /// How far the customer went.
    pub went: Went,
    /// Value by item, of the pages that were sent: a code, `na`, or empty when left open.
    pub answers: BTreeMap<String, String>,
}

/// Plays a season of `orders` orders: in, delivered, mailed, answered.
pub fn play(server: &Server, shop: &Shop, orders: usize) -> Vec<Told> {
    let mut season: Vec<Told> = (0..orders).map(|index| plan(server, index)).collect();
    for batch in season.chunks(25) {
        let body: Vec<Value> = batch.iter().map(|told| order(server, told)).collect();
        server.post_order(shop, &json!({"orders": body})).expect(200);
    }
    for told in &season {
        for event in events(told) {
            server.post_event(shop, &told.number, &event).expect(200);
        }
    }
    server.advance_days(3);
    server.run_jobs();
    let mails = server.mailbox().mails();
    for told in &mut season {
        let address = address(&told.number);
        let mail = mails.iter().find(|mail| mail.to == address).expect("every order of the season is mailed");
        let respondent = Respondent::at(server.client().clone(), mail.link_path());
        told.answers = fill(&respondent, told);
    }
    season
}

/// Served two hours before midnight UTC of the day before the clock's day or some days earlier: the next day
/// in Helsinki.
fn plan(server: &Server, index: usize) -> Told {
    let today: jiff::civil::Date = server.now()[..10].parse().expect("a date");
    let days = i64::try_from(index % 20).expect("a small number");
    let served = today.checked_sub(jiff::Span::new().days(days)).expect("a day");
    let none = |word: &'static str| if word.is_empty() { "none" } else { word };
    Told {
        number: format!("S{index:04}"),
        index,
        channel: CHANNELS[index % 3],
        contact_channel: none(CONTACTS[(index / 3) % 3]),
        place: none(PLACES[(index / 2) % 3]),
        language: LANGUAGES[index % 4],
        service_day: served.to_string(),
        went: match index % 10 {
            3 => Went::Nowhere,
            7 => Went::Halfway,
            _ => Went::Through,
        },
        answers: BTreeMap::new(),
    }
}

fn address(number: &str) -> String {
    format!("customer-{number}@example.org")
}

fn order(server: &Server, told: &Told) -> Value {
    let mut order = server.order(&told.number);
    order["channel"] = json!(told.channel);
    order["customer"] = json!({"email": address(&told.number), "name": "Aino", "language": told.language});
    order["placed_at"] = json!(before(&told.service_day, 5, "09:00:00"));
    if told.place != "none" {
        order["place"] = json!(told.place);
    }
    order
}

fn events(told: &Told) -> Vec<Value> {
    let delivered = json!({"kind": "delivered", "at": before(&told.service_day, 1, "22:00:00")});
    let contacted = json!({"kind": "contacted", "channel": told.contact_channel,
        "at": before(&told.service_day, 2, "10:00:00")});
    if told.contact_channel == "none" { vec![delivered] } else { vec![contacted, delivered] }
}

fn before(day: &str, days: i64, time: &str) -> String {
    let day: jiff::civil::Date = day.parse().expect("a date");
    let day = day.checked_sub(jiff::Span::new().days(days)).expect("a day");
    format!("{day}T{time}Z")
}

fn fill(respondent: &Respondent, told: &Told) -> BTreeMap<String, String> {
    let pages = match told.went {
        Went::Nowhere => 0,
        Went::Halfway => 2,
        Went::Through => usize::MAX,
    };
    let mut given = BTreeMap::new();
    if pages == 0 {
        return given;
    }
    let mut page = respondent.open();
    for _ in 0..pages.min(20) {
        if !page.is_form() {
            assert!(
                !page.listed().is_empty(),
                "the form ends with what was answered: {}",
                page.answer.text()
            );
            return given;
        }
        given.extend(choices(&page, told.index));
        let comment = format!("Words of {}.", told.number);
        page = respondent.answer(&page, |key, values| choice(told.index, key, values), &comment);
    }
    assert_eq!(told.went, Went::Halfway, "the form ends");
    given
}

fn choices(page: &Page, index: usize) -> Vec<(String, String)> {
    let items = page.items().into_iter();
    items
        .map(|(key, values)| {
            let value = choice(index, &key, &values).unwrap_or_default();
            (key, value)
        })
        .collect()
}

/// What customer `index` answers to an item: mostly a code, now and then the set-apart choice or nothing.
/// the marker of a page is always answered, so that no page is empty.
pub fn choice(index: usize, key: &str, values: &[String]) -> Option<String> {
    let bytes = key.bytes().chain(index.to_be_bytes());
    // FNV-1a (Fowler, Noll, Vo): spreads well enough for made-up answers.
    let mix = bytes
        .fold(0xcbf2_9ce4_8422_2325u64, |mix, byte| (mix ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let spread = usize::try_from(mix >> 40).expect("24 bits");
    if spread.is_multiple_of(17) {
        return None;
    }
    values.get(spread % values.len()).cloned()
}
