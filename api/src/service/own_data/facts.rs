//! What is kept, fact by fact, as the page lists it: labels and values, without their words.

use jiff::tz::TimeZone;
use survey_forms::language::Language;
use survey_forms::render::{Day, Fact, Label, Said, Value};

use super::held::{Held, HeldOrder, Questioned};
use crate::domain::time::date_of_day;
use crate::domain::{BasisKind, Channel, EventKind, Micros};
use crate::store::orders::StoredOrder;
use crate::store::own_data::StoredCustomer;

/// The day of an instant in the organisation's zone.
pub fn day(at: Micros, zone: &TimeZone) -> Day {
    let date = date_of_day(at.day_in(zone));
    Day { year: date.year(), month: date.month(), day: date.day() }
}

/// The shop's further facts, by its own names: texts as they are, everything else as JSON.
pub fn attributes(json: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(json) else { return Vec::new() };
    let words = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    fields.into_iter().map(|(name, value)| (name, words(value))).collect()
}

/// The person.
pub fn person<'a>(customer: &'a StoredCustomer, zone: &TimeZone) -> Vec<Fact<'a>> {
    let mut facts = vec![
        Fact::new(Label::Name, Value::Stored(&customer.name)),
        Fact::new(Label::Email, Value::Stored(&customer.email)),
        Fact::new(Label::Phone, Value::Stored(&customer.phone)),
        Fact::new(Label::CustomerNumber, Value::Stored(&customer.external_id)),
    ];
    facts.extend(language(&customer.language));
    facts.push(Fact::new(Label::Since, Value::On(day(customer.created_at, zone))));
    facts
}

/// The order: what was bought, and what happened to it.
pub fn order<'a>(held: &'a Held, attributes: &'a [(String, String)], zone: &TimeZone) -> Vec<Fact<'a>> {
    let mut facts = vec![Fact::new(Label::Order, Value::Stored(&held.order_number))];
    let Some(held) = &held.order else { return facts };
    let order = &held.order;
    let on = |label, at: Option<Micros>| at.map(|at| Fact::new(label, Value::On(day(at, zone))));
    facts.push(Fact::new(Label::Channel, Value::Said(channel(order.channel))));
    if !held.place.is_empty() {
        facts.push(Fact::new(Label::Place, Value::Stored(&held.place)));
    }
    facts.extend(
        order
            .value
            .as_ref()
            .map(|(minor, currency)| Fact::new(Label::Value, Value::Amount(*minor, currency))),
    );
    facts.extend(language(&order.language));
    facts.extend(attributes.iter().map(|(name, value)| Fact::new(Label::Own(name), Value::Stored(value))));
    let happened = order.happened;
    facts.extend(on(Label::Placed, Some(order.placed_at)));
    facts.extend(on(Label::Expected, order.expected_delivery_at));
    facts.extend(on(Label::Shipped, happened.shipped_at));
    facts.extend(on(Label::Delivered, happened.delivered_at));
    facts.extend(on(Label::Cancelled, happened.cancelled_at));
    facts.extend(on(Label::Returned, happened.returned_at));
    facts.extend(events(held, zone));
    if happened.complaint_open {
        facts.push(Fact::new(Label::Complaint, Value::Said(Said::ComplaintOpen)));
    }
    facts.extend(on(Label::Received, Some(held.created_at)));
    facts.extend(on(Label::Updated, Some(held.updated_at).filter(|at| *at != held.created_at)));
    facts
}

/// Events that say more than the order's own days do.
fn events<'a>(held: &HeldOrder, zone: &TimeZone) -> Vec<Fact<'a>> {
    let (order, happened) = (&held.order, held.order.happened);
    let fact = |event: &crate::domain::event::OrderEvent| {
        let (label, known) = match event.kind {
            EventKind::Placed => (Label::Placed, Some(order.placed_at)),
            EventKind::Shipped => (Label::Shipped, happened.shipped_at),
            EventKind::Delivered => (Label::Delivered, happened.delivered_at),
            EventKind::Cancelled => (Label::Cancelled, happened.cancelled_at),
            EventKind::Returned => (Label::Returned, happened.returned_at),
            EventKind::Refunded => (Label::Refunded, None),
            EventKind::Contacted => (Label::Contacted, None),
            EventKind::ComplaintOpened => (Label::ComplaintOpened, None),
            EventKind::ComplaintClosed => (Label::ComplaintClosed, None),
        };
        let on = day(event.at, zone);
        let value = event.channel.map_or(Value::On(on), |by| Value::OnBy(on, channel(by)));
        (known != Some(event.at)).then_some(Fact::new(label, value))
    };
    held.events.iter().filter_map(|(event, _)| fact(event)).collect()
}

/// By what mails about the order are allowed.
pub fn basis<'a>(order: &'a StoredOrder, zone: &TimeZone) -> Vec<Fact<'a>> {
    let said = |said| Fact::new(Label::Basis, Value::Said(said));
    let Some((kind, words, told_at)) = &order.basis else { return vec![said(Said::NoBasis)] };
    let mut facts = vec![said(match kind {
        BasisKind::Consent => Said::Consent,
        BasisKind::ExistingCustomerNotice => Said::ExistingCustomerNotice,
        BasisKind::Other => Said::OtherBasis,
    })];
    if !words.is_empty() {
        facts.push(Fact::new(Label::BasisWords, Value::Stored(words)));
    }
    facts.push(Fact::new(Label::Told, Value::On(day(*told_at, zone))));
    facts
}

/// What became of one questionnaire.
pub fn questionnaire<'a>(one: &'a Questioned, language: Language, zone: &TimeZone) -> Vec<Fact<'a>> {
    let invitation = &one.invitation;
    let on = |label, at: Option<Micros>| at.map(|at| Fact::new(label, Value::On(day(at, zone))));
    let planned = invitation.send_at.filter(|_| invitation.sent_at.is_none());
    let name = Fact::new(Label::Questionnaire, Value::Stored(one.plan.instrument.name(language)));
    let days = [
        on(Label::Planned, planned),
        on(Label::Sent, invitation.sent_at),
        on(Label::Begun, invitation.started_at),
        on(Label::Answered, invitation.answered_at),
        on(Label::LinkEnds, invitation.expires_at),
    ];
    std::iter::once(name).chain(days.into_iter().flatten()).collect()
}

/// A language by its own name; by its tag when no page is in it; nothing when none was named.
fn language(tag: &str) -> Option<Fact<'_>> {
    let value = Language::parse(tag).map_or(Value::Stored(tag), Value::Language);
    (!tag.is_empty()).then_some(Fact::new(Label::Language, value))
}

const fn channel(channel: Channel) -> Said {
    match channel {
        Channel::Web => Said::Web,
        Channel::InPerson => Said::InPerson,
        Channel::Phone => Said::Phone,
        Channel::Email => Said::Email,
        Channel::Chat => Said::Chat,
        Channel::Community => Said::Community,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shops_own_facts_are_listed_whatever_they_are() {
        let listed = attributes(r#"{"note":"for Aino","parcels":3,"gift":{"card":true}}"#);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            listed.into_iter().collect::<std::collections::BTreeSet<_>>(),
            [pair("note", "for Aino"), pair("parcels", "3"), pair("gift", r#"{"card":true}"#)].into()
        );
        assert_eq!(attributes(""), []);
    }
}
