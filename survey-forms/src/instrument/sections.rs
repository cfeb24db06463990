//! The sections of an instrument file: their questions and options.
//!
//! When a section is shown is checked in `branches`; the words are joined in `section_join`.

use super::branches::{Branch, read_branch};
use super::problem::did_you_mean;
use super::question::QuestionKind;
use super::reader::{Reader, Table};
use super::structure::{Structure, once, read_lengths};
use crate::form::Length;

/// More sections than any customer would go through are a mistake.
const MOST_SECTIONS: usize = 50;
/// Questions whose answers are words, so that a page of all of them can always be sent.
const MOST_TEXTS: usize = 9;
/// The largest number that can be asked for.
const LARGEST_NUMBER: u32 = 1_000_000;

/// A question of a section as its file says it.
pub(super) struct QuestionShape {
    pub(super) key: String,
    pub(super) kind: QuestionKind,
    pub(super) options: Vec<String>,
    pub(super) none: Option<usize>,
    pub(super) empty: Option<String>,
    pub(super) lengths: Vec<Length>,
}

/// A section as its file says it.
pub(super) struct SectionShape {
    pub(super) key: String,
    pub(super) opening: bool,
    pub(super) branch: Option<Branch>,
    pub(super) questions: Vec<QuestionShape>,
}

const KINDS: [(&str, QuestionKind); 7] = [
    ("yes_no", QuestionKind::YesNo),
    ("single", QuestionKind::Single),
    ("multiple", QuestionKind::Multiple),
    ("ranking", QuestionKind::Ranking),
    ("number", QuestionKind::Number { min: 0, max: LARGEST_NUMBER }),
    ("short_text", QuestionKind::ShortText),
    ("long_text", QuestionKind::LongText),
];

impl QuestionShape {
    fn items(&self) -> usize {
        match self.kind {
            QuestionKind::YesNo | QuestionKind::Single => 1,
            QuestionKind::Multiple | QuestionKind::Ranking => self.options.len(),
            _ => 0,
        }
    }

    /// Lowest and highest code of its items.
    pub(super) fn codes(&self) -> (u8, u8) {
        match self.kind {
            QuestionKind::Single | QuestionKind::Ranking => {
                (1, u8::try_from(self.options.len()).unwrap_or(u8::MAX))
            }
            _ => (0, 1),
        }
    }
}

impl Structure {
    /// The questions of all sections, in file order.
    pub(super) fn section_questions(&self) -> impl Iterator<Item = &QuestionShape> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// How many items the sections add.
    pub(super) fn section_items(&self) -> usize {
        self.section_questions().map(QuestionShape::items).sum()
    }

    /// Reads the sections; what is read before, the design too, is what conditions are checked against.
    pub(super) fn read_sections(&mut self, reader: &mut Reader, root: &Table) {
        let mut seen = Vec::new();
        let tables = reader.tables(root, "section");
        if tables.len() > MOST_SECTIONS {
            reader.problem(root.at, "section", format!("the file can have at most {MOST_SECTIONS} sections"));
        }
        for table in &tables {
            reader.only(table, &["key", "place", "show_if", "question"]);
            let key = reader.name(table, "key", '_').filter(|key| once(reader, &mut seen, key));
            let places = [("opening", true), ("closing", false)];
            let place = table.has("place").then(|| reader.one_of(table, "place", &places)).flatten();
            let branch = table.has("show_if").then(|| read_branch(reader, table)).flatten();
            let questions = self.read_questions(reader, table);
            let key = key.map(|key| key.value).unwrap_or_default();
            self.sections.push(SectionShape { key, opening: place.unwrap_or(false), branch, questions });
        }
        let texts = self.section_questions().filter(|question| question.kind.is_words()).count();
        if texts > MOST_TEXTS {
            let message = format!("has {texts} questions for numbers and texts, at most {MOST_TEXTS} fit");
            reader.problem(root.at, "section", message);
        }
        for place in 0..self.sections.len() {
            self.check_branch(reader, place);
        }
    }

    fn read_questions(&mut self, reader: &mut Reader, section: &Table) -> Vec<QuestionShape> {
        let tables = reader.tables(section, "question");
        if tables.is_empty() {
            reader.problem(section.at, section.path_to("question"), "a section needs at least one question");
        }
        tables.iter().filter_map(|table| self.read_question(reader, table)).collect()
    }

    /// One question; what has a key is kept even when the rest is not sound.
    fn read_question(&mut self, reader: &mut Reader, table: &Table) -> Option<QuestionShape> {
        let key = self.item_name(reader, table, "a question")?;
        let kind = reader.one_of(table, "kind", &KINDS);
        let lengths = if table.has("lengths") { read_lengths(reader, table) } else { Length::ALL.to_vec() };
        let mut shape = QuestionShape {
            key,
            kind: kind.unwrap_or(QuestionKind::LongText),
            options: Vec::new(),
            none: None,
            empty: None,
            lengths,
        };
        let Some(kind) = kind else { return Some(shape) };
        let own: &[&str] = match kind {
            QuestionKind::YesNo => &["empty"],
            QuestionKind::Single => &["options", "empty"],
            QuestionKind::Multiple => &["options", "none"],
            QuestionKind::Ranking => &["options"],
            QuestionKind::Number { .. } => &["min", "max"],
            QuestionKind::ShortText | QuestionKind::LongText => &[],
        };
        reader.only(table, &[&["key", "kind", "lengths"], own].concat());
        if own.contains(&"options") {
            shape.options = self.read_options(reader, table, &shape);
        }
        if own.contains(&"empty") && table.has("empty") {
            shape.empty = self.read_empty(reader, table);
        }
        if own.contains(&"none") && table.has("none") {
            shape.none = read_none(reader, table, &shape.options);
        }
        if own.contains(&"min") {
            shape.kind = read_ends(reader, table);
        }
        Some(shape)
    }

    /// The keys of the options; an item of its own for each must not have the key of another one.
    fn read_options(&mut self, reader: &mut Reader, table: &Table, shape: &QuestionShape) -> Vec<String> {
        // A single choice has the codes 1 to 10 of a scale, a ranking must stay easy to do in the head.
        let most = match shape.kind {
            QuestionKind::Multiple => 11,
            QuestionKind::Ranking => 7,
            _ => 10,
        };
        let Some(found) = reader.texts(table, "options") else { return Vec::new() };
        if !(2..=most).contains(&found.value.len()) {
            reader.wrong(&found, format!("must name 2 to {most} options"));
        }
        let mut options: Vec<String> = Vec::new();
        for option in &found.value {
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !(1..=40).contains(&option.value.len()) || !option.value.chars().all(fits) {
                reader.wrong(option, "use 1 to 40 characters out of a-z, 0-9 and \"_\"");
            } else if once(reader, &mut options, option) && shape.kind != QuestionKind::Single {
                let key = option_key(&shape.key, &option.value);
                if let Some(other) = self.names.insert(key.clone(), "an option") {
                    reader.wrong(option, format!("\"{key}\" is already the key of {other}"));
                }
            }
        }
        options
    }
}

fn read_none(reader: &mut Reader, table: &Table, options: &[String]) -> Option<usize> {
    let found = reader.text(table, "none")?;
    let place = options.iter().position(|option| *option == found.value);
    if place.is_none() {
        let hint = did_you_mean(&found.value, options.iter().map(String::as_str));
        reader.wrong(&found, format!("unknown option \"{}\"{hint}", found.value));
    }
    place
}

fn read_ends(reader: &mut Reader, table: &Table) -> QuestionKind {
    let min = reader.number(table, "min", 0..=LARGEST_NUMBER);
    let max = reader.number(table, "max", 0..=LARGEST_NUMBER);
    if let (Some(min), Some(max)) = (&min, &max)
        && min.value >= max.value
    {
        reader.wrong(max, "must be greater than min");
    }
    let (min, max) = (min.map_or(0, |min| min.value), max.map_or(LARGEST_NUMBER, |max| max.value));
    QuestionKind::Number { min, max }
}

/// The key of an option's own item.
pub(super) fn option_key(question: &str, option: &str) -> String {
    format!("{question}__{option}")
}
