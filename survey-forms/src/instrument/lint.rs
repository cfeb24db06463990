//! What could be better in an instrument file that can be used.

use super::kinds::Wording;
use super::model::{Instrument, Item};
use super::problem::{Problem, Severity};
use crate::language::Language;

/// Longer questions are skimmed, above all on a phone.
const LONG_QUESTION: usize = 140;
/// Longer labels break into three lines in five columns.
const LONG_LABEL: usize = 40;
/// Longer options are skimmed; they stand one below the other.
const LONG_OPTION: usize = 60;
/// Longer headings push the first question off a phone's screen.
const LONG_HEADING: usize = 60;

impl Instrument {
    /// Everything about a file that is wrong, or else that could be better.
    ///
    /// A file that cannot be used gives its errors; one that can gives warnings, or nothing.
    ///
    /// ```
    /// use survey_forms::instrument::{Instrument, Severity};
    ///
    /// assert!(Instrument::lint("").iter().all(|problem| problem.severity == Severity::Error));
    /// ```
    pub fn lint(source: &str) -> Vec<Problem> {
        match Instrument::parse(source) {
            Err(problems) => problems.0,
            Ok(instrument) => {
                let mut warnings = long_texts(&instrument, source);
                warnings.extend(unused(&instrument, source));
                warnings.extend(languages(&instrument, source));
                warnings.sort_by_key(|problem| problem.line);
                warnings
            }
        }
    }
}

fn long_texts(instrument: &Instrument, source: &str) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for &language in instrument.languages() {
        let mut check = |group: &str, key: &str, text: &str, most: usize| {
            let length = text.chars().count();
            if length > most {
                let path = format!("text.{language}.{group}.{key}");
                let message = format!("has {length} characters, more than {most} are hard to read there");
                warnings.push(warning(line_of_word(source, language, group, key), path, message));
            }
        };
        for block in instrument.blocks() {
            check("block", &block.key, block.name(language), LONG_HEADING);
        }
        for section in instrument.sections() {
            check("section", &section.key, section.name(language), LONG_HEADING);
        }
        for question in instrument.questions() {
            check("question", &question.key, question.text(language), LONG_QUESTION);
            for option in &question.options {
                let group = format!("option.{}", question.key);
                check(&group, &option.key, option.label(language), LONG_OPTION);
            }
        }
        for item in instrument.items().iter().filter(|item| item.question.is_none()) {
            check("item", &item.key, item.text(language), LONG_QUESTION);
            if let (Some(empty), Some(label)) = (&item.empty_choice, item.empty_label(language)) {
                check("empty", &empty.key, label, LONG_LABEL);
            }
            for label in item.labels(language) {
                check("scale", &item.scale.key, label, LONG_LABEL);
            }
        }
        if let (Some(comment), Some(text)) = (instrument.comment(), instrument.comment_text(language)) {
            check("item", &comment.key, text, LONG_QUESTION);
        }
    }
    // A scale or set-apart choice is met once for each item that uses it.
    warnings.sort_by(|a, b| (&a.key, &a.message).cmp(&(&b.key, &b.message)));
    warnings.dedup();
    warnings
}

/// Scales and set-apart choices that no item uses.
fn unused(instrument: &Instrument, source: &str) -> Vec<Problem> {
    let items = || instrument.items().iter();
    let scales = instrument.scales().iter().map(|scale| ("scale", scale.key.as_str()));
    let scales = scales.filter(|(_, key)| items().all(|item| item.scale.key != *key));
    let empties = instrument.empties.iter().map(|empty| ("empty", empty.key.as_str()));
    let is_of = |item: &Item, key: &str| item.empty_choice.as_ref().is_some_and(|empty| empty.key == key);
    let empties = empties.filter(|(_, key)| !items().any(|item| is_of(item, key)));
    let warn = |(table, key): (&str, &str)| {
        let header = line_where(source, 0, |line| line.starts_with(&format!("[[{table}]]")));
        let line = line_where(source, header, |line| line.split('"').nth(1) == Some(key)).max(header);
        warning(line, format!("{table}.{key}"), "no item uses it".to_owned())
    };
    scales.chain(empties).map(warn).collect()
}

/// Shipped languages that the file lacks, and languages whose wording nobody has read a second time.
fn languages(instrument: &Instrument, source: &str) -> Vec<Problem> {
    let line = line_where(source, 0, |line| line.starts_with("wording"));
    let mut warnings = Vec::new();
    for language in Language::ALL {
        let message = match instrument.wording(language) {
            None => {
                format!("has no words in {}; customers of that language are not asked", language.endonym())
            }
            Some(Wording::Draft) => "is a draft until a second reader has gone through it".to_owned(),
            Some(Wording::Reviewed) => continue,
        };
        warnings.push(warning(line, format!("wording.{language}"), message));
    }
    warnings
}

fn warning(line: usize, key: String, message: String) -> Problem {
    Problem { line, key, message, severity: Severity::Warning }
}

/// The line on which a word of a language stands; the header's line when it is written in another style.
fn line_of_word(source: &str, language: Language, group: &str, key: &str) -> usize {
    let header = format!("[text.{language}.{group}]");
    let start = line_where(source, 0, |line| line == header);
    let is_key = |line: &str| line.split('=').next().is_some_and(|name| name.trim().trim_matches('"') == key);
    line_where(source, start, is_key).max(start)
}

/// The first line after `skip` lines for which this holds, counted from 1; else 1.
fn line_where(source: &str, skip: usize, holds: impl Fn(&str) -> bool) -> usize {
    source.lines().skip(skip).position(|line| holds(line.trim())).map_or(1, |place| skip + place + 1)
}
