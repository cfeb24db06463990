//! The form of a new survey: its fields with their words, what was typed into them, and what is wrong with it.

use serde::Serialize;
use survey_forms::language::Language;

use super::survey_choices::{
    COLLECTIONS, EVENTS, LENGTHS, MODULES, PAGINGS, QUIETS, REMINDERS, UNITS, USUAL_REMIND,
};
use super::survey_wanted::typed;
use super::{Fields, field, sentence};
use crate::domain::reader::FieldProblem;
use crate::service::desk::scope::language_name;
use crate::service::offered_instruments::Offered;
use crate::service::survey_offer::DEFAULT_VALID_DAYS;

/// Where the problems of a field are told: its name, what it is called, and the places of which the use case complains.
const FIELDS: [(&str, &str, &[&str]); 16] = [
    ("key", "Short name", &["/key"]),
    ("instrument", "Questionnaire", &["/instrument", "/version"]),
    ("length", "Length", &["/length"]),
    ("paging", "Pages", &["/paging"]),
    ("modules", "Questions about getting in touch", &["/modules"]),
    ("languages", "Languages", &["/languages"]),
    ("collection", "Who is asked", &["/collection"]),
    ("places", "Places", &["/places"]),
    ("share", "Of a hundred orders, ask about so many", &["/sample_share"]),
    ("event", "Ask after", &["/rule/event"]),
    ("wait", "How long after", &["/rule/delay"]),
    ("quiet", "Quiet hours", &["/quiet"]),
    ("reminders", "Reminders", &["/reminders"]),
    ("remind", "Days before a reminder", &["/remind_after"]),
    ("valid_days", "Days for which a link works", &["/valid_days"]),
    ("full_share", "Of a hundred customers, ask so many everything", &["/full_share"]),
];

/// The form, with what was typed and what is wrong with it.
#[derive(Serialize)]
pub(super) struct View {
    groups: Vec<Group>,
    errors: Vec<Told>,
}

/// Fields that belong together.
#[derive(Serialize)]
struct Group {
    heading: &'static str,
    note: &'static str,
    fields: Vec<Shown>,
}

/// One field as it is shown.
#[derive(Serialize)]
struct Shown {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    /// `text`, `number`, `select`, `ticks`, `radios`, `places` or `wait`.
    kind: &'static str,
    value: String,
    error: String,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// A problem in the list at the top, with the field that it leads to.
#[derive(Serialize)]
struct Told {
    field: &'static str,
    words: String,
}

/// What the form is made from.
pub(super) struct Given<'a> {
    /// What was typed; empty for the form as it is at first.
    pub fields: &'a Fields,
    /// The questionnaires that can be chosen.
    pub offered: &'a [Offered],
    /// Keys of the places that are known.
    pub places: &'a [String],
    /// What is wrong.
    pub problems: &'a [FieldProblem],
}

impl Given<'_> {
    /// What is wrong with a field, as it stands there.
    fn wrong(&self, name: &str) -> String {
        sentence(&self.words(name))
    }

    fn words(&self, name: &str) -> String {
        let places = FIELDS.iter().find(|(field, ..)| *field == name).map_or(&[] as &[&str], |(_, _, at)| at);
        let here =
            self.problems.iter().filter(|one| places.iter().any(|place| one.pointer.starts_with(place)));
        let mut words: Vec<&str> = here.map(|one| one.message.as_str()).collect();
        words.dedup();
        words.join("; ")
    }

    fn shown(&self, name: &'static str, kind: &'static str, hint: &'static str) -> Shown {
        let label = FIELDS.iter().find(|(field, ..)| *field == name).map_or("", |(_, label, _)| *label);
        Shown { name, label, hint, kind, value: String::new(), error: self.wrong(name), choices: vec![] }
    }

    fn text(&self, name: &'static str, kind: &'static str, usual: &str, hint: &'static str) -> Shown {
        let value = typed(self.fields, name).unwrap_or(usual).to_owned();
        Shown { value, ..self.shown(name, kind, hint) }
    }

    /// A field of which one is chosen; the first one is the usual.
    fn one_of(
        &self,
        (name, kind): (&'static str, &'static str),
        all: &[(&str, &str)],
        hint: &'static str,
    ) -> Shown {
        Shown { choices: self.picked(name, all), ..self.shown(name, kind, hint) }
    }

    fn picked(&self, name: &str, all: &[(&str, &str)]) -> Vec<Choice> {
        let pick = field(self.fields, name).or_else(|| all.first().map(|(value, _)| *value));
        let choice = |(value, name): &(&str, &str)| Choice {
            value: (*value).to_owned(),
            name: (*name).to_owned(),
            chosen: Some(*value) == pick,
        };
        all.iter().map(choice).collect()
    }

    /// A field of which several may be ticked.
    fn ticks(
        &self,
        name: &'static str,
        all: impl Iterator<Item = (String, String)>,
        hint: &'static str,
    ) -> Shown {
        let is_ticked = |value: &str| self.fields.iter().any(|(other, one)| other == name && one == value);
        let choices = all.map(|(value, name)| Choice { chosen: is_ticked(&value), value, name }).collect();
        Shown { choices, ..self.shown(name, "ticks", hint) }
    }

    fn what(&self) -> Group {
        let instruments: Vec<(&str, &str)> =
            self.offered.iter().map(|one| (one.key.as_str(), one.name.as_str())).collect();
        let modules = MODULES.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned()));
        let languages = Language::ALL.iter().map(|one| (one.tag().to_owned(), language_name(one.tag())));
        let key_hint = "It stands in addresses and reports and cannot be changed later: small letters, figures and hyphens, \
                        such as after-delivery.";
        let module_hint = "One more page for customers whose order says that they were in touch this way. Its figures stand \
                           beside quality, not in it.";
        Group {
            heading: "What it asks",
            note: "",
            fields: vec![
                self.text("key", "text", "", key_hint),
                self.one_of(("instrument", "select"), &instruments, "Its newest version is taken, and stays."),
                self.one_of(("length", "select"), &LENGTHS, "Standard: each customer is asked a part of the questions, and the report has all of them. Full asks what customers had expected, too."),
                self.one_of(("paging", "select"), &PAGINGS, "How the questions are spread over pages."),
                self.ticks("modules", modules, module_hint),
                self.ticks("languages", languages, "None ticked means all that the questionnaire has."),
                self.text("full_share", "number", "0", "A full form takes about seven minutes, so it is for a few. They are asked what they had expected, too."),
            ],
        }
    }

    fn whom(&self) -> Group {
        let places = self.places.iter().map(|key| (key.clone(), key.clone()));
        let places_hint = "None ticked or written means the orders of all places, and those without one.";
        let more = typed(self.fields, "more_places").unwrap_or_default().to_owned();
        let places = Shown { kind: "places", value: more, ..self.ticks("places", places, places_hint) };
        Group {
            heading: "Whom it asks",
            note: "",
            fields: vec![
                self.one_of(
                    ("collection", "radios"),
                    &COLLECTIONS,
                    "This cannot be changed later. Links and codes are made afterwards; what stands below is about orders alone.",
                ),
                places,
                self.text("share", "number", "100", "Drawn by chance; 100 asks about every order."),
            ],
        }
    }

    fn when(&self) -> Group {
        let wait = self.text("wait", "wait", "3", "Time to unpack and try things: three days are usual.");
        let valid = DEFAULT_VALID_DAYS.to_string();
        Group {
            heading: "When it asks",
            note: "About the orders that it asks about; a survey of links and codes needs nothing here.",
            fields: vec![
                self.one_of(("event", "select"), &EVENTS, "What has to have happened to the order."),
                Shown { choices: self.picked("unit", &UNITS), ..wait },
                self.one_of(
                    ("quiet", "select"),
                    &QUIETS,
                    "When mails may leave. Night is from 20:00 to 08:00, in your time zone or the customer's where it is known.",
                ),
                self.one_of(
                    ("reminders", "select"),
                    &REMINDERS,
                    "Only to those who have not answered; few people like them. Each counts as a mail where you limit how many a customer gets.",
                ),
                self.text(
                    "remind",
                    "number",
                    USUAL_REMIND,
                    "From the mail to the reminder, and from one reminder to the next.",
                ),
                self.text(
                    "valid_days",
                    "number",
                    &valid,
                    "After that the form is closed, and what was saved counts.",
                ),
            ],
        }
    }
}

/// The form.
pub(super) fn view(given: &Given<'_>) -> View {
    let told = |(field, label, _): &(&'static str, &'static str, &[&str])| {
        let words = given.words(field);
        (!words.is_empty()).then(|| Told { field, words: format!("{label}: {words}") })
    };
    let mut errors: Vec<Told> = FIELDS.iter().filter_map(told).collect();
    if errors.is_empty() {
        let told = given.problems.iter().map(|one| Told { field: "key", words: one.message.clone() });
        errors.extend(told);
    }
    View { groups: vec![given.what(), given.whom(), given.when()], errors }
}
