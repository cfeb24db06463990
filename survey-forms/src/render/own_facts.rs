//! What is kept about a customer, fact by fact: a label from the catalogues, and a value as it is stored or in words.
//!
//! Which facts there are is for the service to say; here they get their words. Called by `own_data`.

use serde::Serialize;

use super::parts::{Says, one_line};
use crate::language::Language;

/// A day of the calendar, checked by who made it: month 1 to 12, day 1 to 31.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month, 1 to 31.
    pub day: i8,
}

impl Day {
    /// The day in the long form of a language.
    pub(super) fn words(self, language: Language) -> String {
        language.long_date(self.year, self.month, self.day).unwrap_or_default()
    }
}

/// What stands before a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the label of its name; the words stand in own_data.ftl")]
pub enum Label<'a> {
    Order,
    Channel,
    Place,
    Value,
    Placed,
    Expected,
    Shipped,
    Delivered,
    Cancelled,
    Returned,
    Refunded,
    Contacted,
    Complaint,
    ComplaintOpened,
    ComplaintClosed,
    Received,
    Updated,
    Name,
    Email,
    Phone,
    CustomerNumber,
    Language,
    Since,
    Basis,
    BasisWords,
    Told,
    Questionnaire,
    Planned,
    Sent,
    Begun,
    Answered,
    LinkEnds,
    /// The shop's own name of a fact that only it knows.
    Own(&'a str),
}

impl Label<'_> {
    fn words(self, says: Says) -> String {
        let key = match self {
            Label::Own(name) => return one_line(name),
            Label::Order => "own-label-order",
            Label::Channel => "own-label-channel",
            Label::Place => "own-label-place",
            Label::Value => "own-label-value",
            Label::Placed => "own-label-placed",
            Label::Expected => "own-label-expected",
            Label::Shipped => "own-label-shipped",
            Label::Delivered => "own-label-delivered",
            Label::Cancelled => "own-label-cancelled",
            Label::Returned => "own-label-returned",
            Label::Refunded => "own-label-refunded",
            Label::Contacted => "own-label-contacted",
            Label::Complaint => "own-label-complaint",
            Label::ComplaintOpened => "own-label-complaint-opened",
            Label::ComplaintClosed => "own-label-complaint-closed",
            Label::Received => "own-label-received",
            Label::Updated => "own-label-updated",
            Label::Name => "own-label-name",
            Label::Email => "own-label-email",
            Label::Phone => "own-label-phone",
            Label::CustomerNumber => "own-label-customer-number",
            Label::Language => "own-label-language",
            Label::Since => "own-label-since",
            Label::Basis => "own-label-basis",
            Label::BasisWords => "own-label-basis-words",
            Label::Told => "own-label-told",
            Label::Questionnaire => "own-label-questionnaire",
            Label::Planned => "own-label-planned",
            Label::Sent => "own-label-sent",
            Label::Begun => "own-label-begun",
            Label::Answered => "own-label-answered",
            Label::LinkEnds => "own-label-link-ends",
        };
        says.plain(key)
    }
}

/// Words for what is stored as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each says what its name says; the words stand in own_data.ftl")]
pub enum Said {
    Web,
    InPerson,
    Phone,
    Email,
    Chat,
    Community,
    ComplaintOpen,
    Consent,
    ExistingCustomerNotice,
    OtherBasis,
    NoBasis,
}

impl Said {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Said::Web => "own-channel-web",
            Said::InPerson => "own-channel-in-person",
            Said::Phone => "own-channel-phone",
            Said::Email => "own-channel-email",
            Said::Chat => "own-channel-chat",
            Said::Community => "own-channel-community",
            Said::ComplaintOpen => "own-complaint-open",
            Said::Consent => "own-basis-consent",
            Said::ExistingCustomerNotice => "own-basis-notice",
            Said::OtherBasis => "own-basis-other",
            Said::NoBasis => "own-basis-none",
        }
    }
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// As it is stored; empty means that nothing is kept.
    Stored(&'a str),
    /// In words of the catalogue.
    Said(Said),
    /// A day.
    On(Day),
    /// A day, and in which way.
    OnBy(Day, Said),
    /// An amount in minor units, and its currency.
    Amount(i64, &'a str),
    /// A language by its own name.
    Language(Language),
}

/// One thing that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact<'a> {
    /// What it is.
    pub label: Label<'a>,
    /// The thing itself.
    pub value: Value<'a>,
}

impl<'a> Fact<'a> {
    /// A fact.
    pub const fn new(label: Label<'a>, value: Value<'a>) -> Self {
        Fact { label, value }
    }
}

/// A fact as the page shows it.
#[derive(Serialize)]
pub(super) struct Shown {
    label: String,
    value: String,
    /// Whether the value is in words from outside, which keep their own direction.
    own: bool,
    /// Whether nothing is kept.
    open: bool,
}

impl Shown {
    pub(super) fn all(facts: &[Fact<'_>], language: Language) -> Vec<Shown> {
        facts.iter().map(|fact| Shown::of(*fact, language)).collect()
    }

    fn of(fact: Fact<'_>, language: Language) -> Shown {
        let says = Says(language);
        let open = fact.value == Value::Stored("");
        let value = match fact.value {
            Value::Stored("") => says.plain("own-not-kept"),
            Value::Stored(words) => words.to_owned(),
            Value::Said(said) => says.plain(said.key()),
            Value::On(day) => day.words(language),
            Value::OnBy(day, said) => format!("{} · {}", day.words(language), says.plain(said.key())),
            Value::Amount(minor, currency) => language.amount(minor, currency),
            Value::Language(kept) => kept.endonym().to_owned(),
        };
        let own = matches!(fact.value, Value::Stored(_) | Value::Language(_)) && !open;
        Shown { label: fact.label.words(says), value, own, open }
    }
}
