//! What stands in the document: one module for each part. Figures are read from the report; nothing is computed here but how
//! one period moved against the one before.

mod answered;
mod charts;
mod cover;
mod dictionary;
mod dimensions;
mod drivers;
mod expected;
mod method;
mod over_time;
mod splits;
mod summary;

use survey_forms::language::Language;
use survey_forms::render::{Put, ReportWords};

use super::Workings;
use super::blocks::{Document, Section};
use super::plain::{plain, plain_words};
use super::says::Says;
use super::world::FAMILIES;
use crate::files::dictionary::Kind;
use crate::report::charts::Window;
use crate::report::render::{Entry, Unit, Words};
use crate::report::{Report, Shape};

/// Everything that a part is made from.
pub(super) struct Sheet<'w> {
    pub says: Says,
    pub work: &'w Workings<'w>,
    /// The names, each of which can be set.
    pub words: Words,
}

/// The document of a report.
pub fn document(work: &Workings<'_>) -> Document {
    let says = Says(ReportWords::new(work.language));
    let sheet = Sheet { says, work, words: names(says, work) };
    let mut sections = summary::sections(&sheet);
    sections.extend(over_time::sections(&sheet));
    sections.extend(expected::section(&sheet));
    sections.extend(dimensions::sections(&sheet));
    sections.extend(splits::sections(&sheet));
    let drivers = drivers::section(&sheet);
    // Where the drivers are a single sentence, who answered follows on the same page.
    let is_short = drivers.as_ref().is_some_and(|section| section.together);
    sections.extend(drivers);
    sections.push(Section { new_page: !is_short, ..answered::section(&sheet) });
    sections.push(method::section(&sheet));
    sections.extend(dictionary::section(&sheet));
    // A name of blanks alone is no heading, which PDF/UA refuses; nor would anybody find the part by it.
    for section in sections.iter_mut().filter(|section| is_blank(&section.title)) {
        "?".clone_into(&mut section.title);
    }
    let title = says.text("title");
    let foot: Vec<String> =
        cover::on_every_page(&sheet).iter().map(|[name, value]| format!("{name}: {value}")).collect();
    Document {
        lang: work.language.tag(),
        rtl: work.language.is_right_to_left(),
        fonts: FAMILIES.to_vec(),
        day: [work.day.year(), i16::from(work.day.month()), i16::from(work.day.day())],
        head: format!("{} · {}", says.name(&sheet.words.organisation), sheet.words.title),
        foot: foot.join(" · "),
        page: says.with("page", &[("page", Put::Words("\u{1}")), ("pages", Put::Words("\u{2}"))]),
        scope_heading: says.text("scope-heading"),
        scope: cover::scope(&sheet),
        found_heading: says.text("found-heading"),
        found: cover::found(&sheet),
        organisation: sheet.words.organisation.clone(),
        subtitle: sheet.words.title.clone(),
        title,
        sections,
    }
}

/// The names of the report's language; levels of a split that have no name stand for themselves.
fn names(says: Says, work: &Workings<'_>) -> Words {
    let mut words = plain_words(work.words);
    let levels = work.beside.iter().chain([work.report]).flat_map(|report| &report.by);
    for (split, shapes) in levels {
        let known = words.level_names.entry(split.clone()).or_default();
        for level in shapes.keys() {
            known.insert(level.clone(), level_name(says, split, level));
        }
    }
    words
}

/// The name of a level: a channel by its word, a language by its own name, everything else as it is.
pub(super) fn level_name(says: Says, split: &str, level: &str) -> String {
    match (split, level) {
        ("contact_channel", "none") => says.text("contact-none"),
        ("place", "none") => says.text("place-none"),
        ("channel", "none") => says.text("channel-none"),
        ("channel" | "contact_channel", known) => {
            let key = CHANNELS.iter().find(|(word, _)| *word == known).map(|(_, key)| *key);
            key.map_or_else(|| plain(known), |key| says.text(key))
        }
        ("language", tag) => Language::parse(tag).map_or_else(|| plain(tag), |one| one.endonym().to_owned()),
        _ => plain(level),
    }
}

/// Channels by their words, with what they are called.
const CHANNELS: [(&str, &str); 6] = [
    ("web", "channel-web"),
    ("in_person", "channel-in-person"),
    ("phone", "channel-phone"),
    ("email", "channel-email"),
    ("chat", "channel-chat"),
    ("community", "channel-community"),
];

impl Sheet<'_> {
    /// All people of the scope.
    pub fn total(&self) -> &Shape {
        &self.work.report.total
    }

    /// What a dimension is called.
    pub fn dimension<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.dimension_names.get(key).map_or(key, String::as_str)
    }

    /// What a level of a split is called.
    pub fn level<'a>(&'a self, split: &str, key: &'a str) -> &'a str {
        self.words.level_names.get(split).and_then(|names| names.get(key)).map_or(key, String::as_str)
    }

    /// The text of a question.
    pub fn item<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.item_texts.get(key).map_or(key, String::as_str)
    }

    /// The dimensions of experience with their scores.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let total = self.total();
        let entry = |key| Entry { name: self.dimension(key), reading: total.dimension(key, "score") };
        total.experience().into_iter().map(entry).collect()
    }

    /// The report with a split; the one that was asked for as well.
    pub fn by(&self, split: &str) -> Option<&Report> {
        let all = self.work.beside.iter().chain([self.work.report]);
        all.into_iter().find(|report| report.by.contains_key(split))
    }

    /// In what the overall judgement is printed: codes between the ends of its scale.
    pub fn unit_of_overall(&self) -> Unit {
        let fields = &self.work.dictionary.fields;
        let field = fields.iter().find(|field| field.outcome.as_deref() == Some("overall"));
        Unit::codes(field.and_then(|field| match field.kind {
            Kind::Code { min, max } => Some((f64::from(min), f64::from(max))),
            _ => None,
        }))
    }

    /// The window of the chart of dimensions: it holds every value and every range.
    pub fn window(&self) -> Window {
        let values = self.entries().into_iter().filter_map(|entry| entry.reading?.value());
        Window::around(values.chain(ends(self.total())))
    }

    /// The one window of all charts over months: it holds every range of every month.
    pub fn window_of_months(&self) -> Window {
        let months = self.by("month").and_then(|report| report.by.get("month"));
        let months = months.into_iter().flat_map(|months| months.values());
        Window::around(std::iter::once(self.total()).chain(months).flat_map(ends))
    }
}

/// Whether nothing is to be seen of a text.
fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| {
        letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2066}'..='\u{2069}')
    })
}

/// The ends of the ranges of all scores of a shape; what has no range is not drawn over months.
fn ends(shape: &Shape) -> Vec<f64> {
    let scores = shape.dimensions.keys().filter_map(|key| shape.dimension(key, "score"));
    let ranges = scores.chain(shape.quality_score()).filter_map(|one| one.ci95());
    ranges.flat_map(|(low, high)| [low, high]).collect()
}
