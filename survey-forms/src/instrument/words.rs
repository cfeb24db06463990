//! The words of an instrument file: one `[text.<tag>]` table per language, each complete and with nothing extra.

use std::collections::BTreeMap;

use super::kinds::Wording;
use super::problem::did_you_mean;
use super::reader::{Found, Reader, Table};
use super::sections::QuestionShape;
use super::structure::Structure;
use crate::language::Language;

/// The words of one language by key.
#[derive(Default)]
pub(super) struct Words {
    pub(super) name: String,
    pub(super) blocks: BTreeMap<String, String>,
    pub(super) dimensions: BTreeMap<String, String>,
    pub(super) items: BTreeMap<String, String>,
    pub(super) scales: BTreeMap<String, Vec<String>>,
    pub(super) empties: BTreeMap<String, String>,
    pub(super) sections: BTreeMap<String, String>,
    pub(super) questions: BTreeMap<String, String>,
    /// The words of options by the key of their question.
    pub(super) options: BTreeMap<String, BTreeMap<String, String>>,
}

/// Reads which languages the file has and how far each has come, in the order of [`Language::ALL`].
pub(super) fn read_wording(reader: &mut Reader, root: &Table) -> Vec<(Language, Wording)> {
    let Some(table) = reader.table(root, "wording") else { return Vec::new() };
    let mut wording = Vec::new();
    for (tag, at) in table.fields() {
        let state = reader.one_of(&table, tag, &Wording::NAMES);
        let Some(language) = exact_language(tag) else {
            let message = format!("pages are not shipped in this language; they are in {}", shipped_tags());
            reader.problem(at, table.path_to(tag), message);
            continue;
        };
        wording.extend(state.map(|state| (language, state)));
    }
    if table.fields().is_empty() {
        reader.problem(table.at, "wording", "name at least one language");
    }
    wording.sort_by_key(|(language, _)| *language);
    wording
}

/// Reads the words of every language that the file says it has.
pub(super) fn read(
    reader: &mut Reader,
    root: &Table,
    structure: &Structure,
    wording: &[(Language, Wording)],
) -> Vec<(Language, Words)> {
    let Some(text) = reader.table(root, "text") else { return Vec::new() };
    let tags: Vec<&str> = wording.iter().map(|(language, _)| language.tag()).collect();
    for (tag, at) in text.fields() {
        if !tags.contains(&tag) {
            let hint = did_you_mean(tag, tags.iter().copied());
            reader.problem(at, text.path_to(tag), format!("wording does not name this language{hint}"));
        }
    }
    let mut all = Vec::new();
    for (language, _) in wording {
        if let Some(table) = reader.table(&text, language.tag()) {
            all.push((*language, read_language(reader, &table, structure)));
        }
    }
    all
}

fn read_language(reader: &mut Reader, table: &Table, structure: &Structure) -> Words {
    let parts = ["name", "block", "dimension", "item", "scale", "empty", "section", "question", "option"];
    reader.only(table, &parts);
    let blocks = || structure.blocks.iter().map(|block| block.key.as_str());
    let comment = structure.comment.as_ref().map(|comment| comment.key.as_str());
    let items = structure.items.iter().map(|item| item.key.as_str()).chain(comment);
    let empties = structure.empties.iter().map(|(key, _)| key.as_str());
    let sections = structure.sections.iter().map(|section| section.key.as_str());
    let questions = structure.section_questions().map(|question| question.key.as_str());
    Words {
        name: reader.words(table, "name").map(|found| found.value).unwrap_or_default(),
        blocks: read_group(reader, table, "block", blocks()),
        dimensions: read_group(reader, table, "dimension", blocks()),
        items: read_group(reader, table, "item", items),
        scales: read_labels(reader, table, structure),
        empties: read_group(reader, table, "empty", empties),
        sections: read_group(reader, table, "section", sections),
        questions: read_group(reader, table, "question", questions),
        options: read_options(reader, table, structure),
    }
}

/// One table of words whose keys must be exactly these.
fn read_group<'a>(
    reader: &mut Reader,
    language: &Table,
    field: &str,
    keys: impl Iterator<Item = &'a str>,
) -> BTreeMap<String, String> {
    let keys: Vec<&str> = keys.filter(|key| !key.is_empty()).collect();
    if keys.is_empty() {
        return BTreeMap::new();
    }
    let Some(table) = reader.table(language, field) else { return BTreeMap::new() };
    reader.only(&table, &keys);
    let mut words = BTreeMap::new();
    for key in keys {
        words.extend(reader.words(&table, key).map(|found| (key.to_owned(), found.value)));
    }
    words
}

/// The words of the options of each question that has any; no two of a question alike.
fn read_options(
    reader: &mut Reader,
    language: &Table,
    structure: &Structure,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let with_options = structure.section_questions().filter(|question| !question.options.is_empty());
    let questions: Vec<&QuestionShape> = with_options.filter(|question| !question.key.is_empty()).collect();
    if questions.is_empty() {
        return BTreeMap::new();
    }
    let Some(table) = reader.table(language, "option") else { return BTreeMap::new() };
    let keys: Vec<&str> = questions.iter().map(|question| question.key.as_str()).collect();
    reader.only(&table, &keys);
    let mut all = BTreeMap::new();
    for question in questions {
        let keys = || question.options.iter().map(String::as_str);
        let words = read_group(reader, &table, &question.key, keys());
        let mut seen: Vec<&String> = Vec::new();
        for key in keys() {
            let Some(label) = words.get(key) else { continue };
            if seen.contains(&label) {
                let path = format!("{}.{}.{key}", table.path, question.key);
                reader.problem(table.at, path, format!("\"{label}\" is the label of two options"));
            }
            seen.push(label);
        }
        all.insert(question.key.clone(), words);
    }
    all
}

/// The labels of each scale, as many as it has points.
fn read_labels(
    reader: &mut Reader,
    language: &Table,
    structure: &Structure,
) -> BTreeMap<String, Vec<String>> {
    let keys: Vec<&str> = structure.scales.iter().map(|scale| scale.key.as_str()).collect();
    if keys.is_empty() {
        return BTreeMap::new();
    }
    let Some(table) = reader.table(language, "scale") else { return BTreeMap::new() };
    reader.only(&table, &keys);
    let mut labels = BTreeMap::new();
    for scale in &structure.scales {
        let Some(found) = reader.texts(&table, &scale.key) else { continue };
        let points = usize::from(scale.max.saturating_sub(scale.min)) + 1;
        if scale.sound && found.value.len() != points {
            let message = format!("has {} labels, the scale has {points} points", found.value.len());
            reader.wrong(&found, message);
        }
        check_labels(reader, &found.value);
        labels.insert(scale.key.clone(), found.value.into_iter().map(|label| label.value).collect());
    }
    labels
}

/// Reports labels that cannot be shown or that cannot be told apart.
fn check_labels(reader: &mut Reader, labels: &[Found<String>]) {
    for (place, label) in labels.iter().enumerate() {
        reader.check_words(label);
        if labels.iter().take(place).any(|earlier| earlier.value == label.value) {
            reader.wrong(label, format!("\"{}\" is the label of two points", label.value));
        }
    }
}

/// A language by its bare tag only, so that `text.<tag>` is unmistakable.
fn exact_language(tag: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.tag() == tag)
}

fn shipped_tags() -> String {
    Language::ALL.map(Language::tag).join(", ")
}
