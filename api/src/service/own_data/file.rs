//! What is kept, as a file for the customer or for another program. docs/own-data.md describes its shape; names stay as
//! they are.

#![allow(clippy::struct_field_names, reason = "fields are the names of the file")]

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use survey_forms::answer::{Answer, AnswerSheet, Words};
use survey_forms::language::Language;
use survey_forms::render::{Listed, answers_in_words};

use super::super::why::{LogLine, ShownMail};
use super::held::{Held, HeldOrder, Questioned};
use crate::domain::event::OrderEvent;
use crate::domain::marks::{Mark, Marks};
use crate::domain::time::date_of_day;
use crate::domain::{Channel, Micros};
use crate::service::survey_way::paging_of;
use crate::service::{Error, Result};
use crate::store::own_data::Revision;
use crate::store::saved_pages::SavedPage;

/// The version of the shape: it grows when a name changes or goes, not when one is added.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    made_at: String,
    language: Language,
    held_by: HeldBy<'a>,
    customer: Customer<'a>,
    order: Order<'a>,
    events: Vec<Event>,
    invitations: Vec<Invitation<'a>>,
    other_orders: usize,
}

#[derive(Serialize)]
struct HeldBy<'a> {
    name: &'a str,
    contact_email: &'a str,
    privacy_url: Option<&'a str>,
    retention_months: i32,
}

#[derive(Serialize)]
struct Customer<'a> {
    customer_id: String,
    name: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    external_id: Option<&'a str>,
    language: Option<&'a str>,
    customer_group: i16,
    zone: Option<&'a str>,
    created_at: String,
}

#[derive(Serialize)]
struct Order<'a> {
    order_number: &'a str,
    #[serde(flatten)]
    held: Option<OrderHeld<'a>>,
}

#[derive(Serialize)]
struct OrderHeld<'a> {
    order_id: String,
    test: bool,
    channel: &'static str,
    contact_channel: Option<&'static str>,
    place: Option<&'a str>,
    language: Option<&'a str>,
    value: Option<Amount<'a>>,
    attributes: Value,
    contact_basis: Option<Basis<'a>>,
    placed_at: String,
    expected_delivery_at: Option<String>,
    shipped_at: Option<String>,
    delivered_at: Option<String>,
    cancelled_at: Option<String>,
    returned_at: Option<String>,
    complaint_open: bool,
    complaint_closed_at: Option<String>,
    quiet: bool,
    created_at: String,
    updated_at: String,
}

#[derive(Serialize)]
struct Amount<'a> {
    amount_minor: i64,
    currency: &'a str,
}

#[derive(Serialize)]
struct Basis<'a> {
    kind: &'static str,
    text: Option<&'a str>,
    notice_at: String,
}

#[derive(Serialize)]
struct Event {
    kind: &'static str,
    channel: Option<&'static str>,
    at: String,
    received_at: String,
}

#[derive(Serialize)]
struct Invitation<'a> {
    invitation_id: String,
    survey: &'a str,
    instrument: &'a str,
    instrument_version: i32,
    length: &'static str,
    form: i16,
    language: &'a str,
    state: &'static str,
    reason: Option<&'static str>,
    test: bool,
    module: Option<&'static str>,
    looks_back: bool,
    carrier: &'static str,
    send_at: Option<String>,
    sent_at: Option<String>,
    started_at: Option<String>,
    answered_at: Option<String>,
    expires_at: Option<String>,
    created_at: String,
    mails: &'a [ShownMail],
    log: &'a [LogLine],
    responses: Vec<Response<'a>>,
    saved_pages: Vec<Saved<'a>>,
}

#[derive(Serialize)]
struct Response<'a> {
    revision: i16,
    submitted_at: String,
    language: Option<&'a str>,
    service_date: String,
    finished: bool,
    first_of_year: bool,
    quality_flags: Vec<&'static str>,
    paging: &'static str,
    item_order: i16,
    machine_marks: Vec<&'static str>,
    seconds_per_page: Vec<Option<u16>>,
    answers: Vec<Answered<'a>>,
    comment: Option<String>,
    texts: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Saved<'a> {
    page: i16,
    revision: i16,
    saved_at: String,
    language: &'a str,
    passed: bool,
    machine_marks: Vec<&'static str>,
    answers: Vec<Answered<'a>>,
    comment: Option<String>,
    texts: BTreeMap<String, String>,
}

/// A question with its answer: a number, or the word of an empty state, as in the organisation's own downloads.
#[derive(Serialize)]
struct Answered<'a> {
    item: &'a str,
    question: &'a str,
    answer: Value,
    words: Option<&'a str>,
}

/// The file, its questions in a language.
pub fn written(held: &Held, language: Language, now: Micros) -> Result<Vec<u8>> {
    let file = File {
        version: VERSION,
        made_at: now.rfc3339(),
        language,
        held_by: HeldBy {
            name: &held.organisation.name,
            contact_email: &held.organisation.contact_email,
            privacy_url: filled(&held.organisation.privacy_url),
            retention_months: held.organisation.retention_months,
        },
        customer: customer(held),
        order: Order { order_number: &held.order_number, held: held.order.as_ref().map(order) },
        events: held.order.iter().flat_map(|order| &order.events).map(event).collect(),
        invitations: held.asked.iter().map(|one| invitation(one, language)).collect::<Result<_>>()?,
        other_orders: held.other_orders,
    };
    let mut bytes = serde_json::to_vec_pretty(&file).map_err(|error| Error::Broken(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What was written to questions other than the comment's, by their keys.
fn texts(written: &Words) -> BTreeMap<String, String> {
    let others = written.iter().filter(|(key, _)| *key != Words::COMMENT);
    others.map(|(key, words)| (key.to_owned(), words.to_owned())).collect()
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn instant(at: Option<Micros>) -> Option<String> {
    at.map(Micros::rfc3339)
}

fn customer(held: &Held) -> Customer<'_> {
    let one = &held.customer;
    Customer {
        customer_id: held.invitation.customer_id.to_string(),
        name: filled(&one.name),
        email: filled(&one.email),
        phone: filled(&one.phone),
        external_id: filled(&one.external_id),
        language: filled(&one.language),
        customer_group: one.group,
        zone: filled(&one.zone),
        created_at: one.created_at.rfc3339(),
    }
}

fn order(held: &HeldOrder) -> OrderHeld<'_> {
    let (one, happened) = (&held.order, held.order.happened);
    let basis = one.basis.as_ref();
    OrderHeld {
        order_id: one.id.to_string(),
        test: one.test,
        channel: one.channel.word(),
        contact_channel: one.contact_channel.map(Channel::word),
        place: filled(&held.place),
        language: filled(&one.language),
        value: one.value.as_ref().map(|(minor, currency)| Amount { amount_minor: *minor, currency }),
        attributes: serde_json::from_str(&one.attributes).unwrap_or(Value::Null),
        contact_basis: basis.map(|(kind, text, at)| Basis {
            kind: kind.word(),
            text: filled(text),
            notice_at: at.rfc3339(),
        }),
        placed_at: one.placed_at.rfc3339(),
        expected_delivery_at: instant(one.expected_delivery_at),
        shipped_at: instant(happened.shipped_at),
        delivered_at: instant(happened.delivered_at),
        cancelled_at: instant(happened.cancelled_at),
        returned_at: instant(happened.returned_at),
        complaint_open: happened.complaint_open,
        complaint_closed_at: instant(happened.complaint_closed_at),
        quiet: one.quiet,
        created_at: held.created_at.rfc3339(),
        updated_at: held.updated_at.rfc3339(),
    }
}

fn event((event, received_at): &(OrderEvent, Micros)) -> Event {
    Event {
        kind: event.kind.word(),
        channel: event.channel.map(Channel::word),
        at: event.at.rfc3339(),
        received_at: received_at.rfc3339(),
    }
}

fn invitation(one: &Questioned, language: Language) -> Result<Invitation<'_>> {
    let it = &one.invitation;
    Ok(Invitation {
        invitation_id: it.id.to_string(),
        survey: &one.survey.key,
        instrument: &one.survey.instrument_key,
        instrument_version: one.survey.instrument_version,
        length: one.plan.ask.length.as_str(),
        form: it.form,
        language: &it.language,
        state: it.state.word(),
        reason: it.reason.map(crate::domain::Reason::word),
        test: it.test,
        module: Channel::from_code(it.module).map(Channel::word),
        looks_back: it.looks_back,
        carrier: it.carrier.word(),
        send_at: instant(it.send_at),
        sent_at: instant(it.sent_at),
        started_at: instant(it.started_at),
        answered_at: instant(it.answered_at),
        expires_at: instant(it.expires_at),
        created_at: it.created_at.rfc3339(),
        mails: &one.sending.mails,
        log: &one.sending.log,
        responses: one.responses.iter().map(|all| response(one, all, language)).collect::<Result<_>>()?,
        saved_pages: one.postings.iter().map(|(page, at)| saved(one, page, *at, language)).collect(),
    })
}

fn response<'a>(one: &'a Questioned, all: &'a Revision, language: Language) -> Result<Response<'a>> {
    let (it, words) = all;
    let flags = u8::try_from(it.quality_flag).ok().and_then(scoring::Flags::from_bits);
    let listed = Listed::Form(one.plan.ask);
    let written = Words::read(words.as_ref().map_or("", |(_, words)| words));
    Ok(Response {
        revision: it.revision,
        submitted_at: Micros(it.answered_at).rfc3339(),
        language: filled(&it.language),
        service_date: date_of_day(it.service_day).to_string(),
        finished: it.finished,
        first_of_year: it.first_of_year,
        quality_flags: flags.map(|flags| flags.iter().map(scoring::Flag::word).collect()).unwrap_or_default(),
        paging: paging_of(it.way.paging).map_or("", survey_forms::form::Paging::as_str),
        item_order: it.way.item_order,
        machine_marks: Marks::from_bits(it.way.marks).iter().map(Mark::word).collect(),
        seconds_per_page: it.way.seconds(),
        answers: answered(one, listed, language, &one.sheet(all)?),
        comment: written.get(Words::COMMENT).map(str::to_owned),
        texts: texts(&written),
    })
}

fn saved<'a>(one: &'a Questioned, page: &'a SavedPage, at: Micros, language: Language) -> Saved<'a> {
    let written = Words::read(&page.comment);
    let mut sheet = AnswerSheet::not_shown(&one.plan.instrument);
    if let Some(answers) = one.page(page) {
        sheet.put(&answers);
    }
    Saved {
        page: page.page,
        revision: page.revision,
        saved_at: at.rfc3339(),
        language: &page.language,
        passed: page.passed,
        machine_marks: Marks::from_bits(page.marks).iter().map(Mark::word).collect(),
        answers: answered(one, Listed::Shown, language, &sheet),
        comment: written.get(Words::COMMENT).map(str::to_owned),
        texts: texts(&written),
    }
}

fn answered<'a>(
    one: &'a Questioned,
    listed: Listed,
    language: Language,
    sheet: &AnswerSheet,
) -> Vec<Answered<'a>> {
    answers_in_words(&one.plan.instrument, listed, language, sheet)
        .into_iter()
        .map(|given| Answered {
            item: given.key,
            question: given.question,
            answer: value(given.answer),
            words: given.words,
        })
        .collect()
}

fn value(answer: Answer) -> Value {
    match answer {
        Answer::Choice(code) => Value::from(code),
        Answer::NotApplicable => Value::from("not_applicable"),
        Answer::DontKnow => Value::from("dont_know"),
        Answer::Skipped => Value::from("skipped"),
        Answer::NotShown => Value::from("not_shown"),
    }
}
