//! The instruments that come with the program are complete and keep to the rules of good questions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeSet;

use survey_forms::form::Length;
use survey_forms::instrument::{Facet, Instrument, OutcomeRole, Problem, Wording, shipped, shipped_source};
use survey_forms::language::Language;

const DIMENSIONS: [&str; 12] = [
    "reliability",
    "competence",
    "responsiveness",
    "accessibility",
    "credibility",
    "understanding",
    "security",
    "courtesy",
    "environment",
    "choice",
    "usability",
    "personalisation",
];

fn instrument() -> Instrument {
    Instrument::parse(shipped_source("perceived-quality").unwrap()).unwrap()
}

#[test]
fn every_shipped_file_is_sound_and_is_what_it_says() {
    for file in shipped() {
        let instrument = Instrument::parse(file.source).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!((instrument.key(), instrument.version()), (file.key, file.version));
        assert_eq!(instrument.languages(), Language::ALL);
        let about_words = |problem: &&Problem| !problem.key.starts_with("wording.");
        let warnings: Vec<String> =
            Instrument::lint(file.source).iter().filter(about_words).map(Problem::to_string).collect();
        assert!(warnings.is_empty(), "{}", warnings.join("\n"));
    }
}

#[test]
fn perceived_quality_has_twelve_dimensions_and_image_with_three_items_each() {
    let instrument = instrument();
    let blocks: Vec<&str> = instrument.blocks().iter().map(|block| block.key.as_str()).collect();
    assert_eq!(blocks[..12], DIMENSIONS);
    assert_eq!((blocks[12], instrument.blocks()[12].facet), ("image", Facet::Image));
    assert!(instrument.blocks()[..12].iter().all(|block| block.facet == Facet::Experience));
    assert!(instrument.blocks().iter().all(|block| block.items.len() == 3));
    assert_eq!(instrument.items().len(), 42);
    assert_eq!(instrument.form_count(), 13);
}

#[test]
fn perceived_quality_asks_what_its_lengths_promise() {
    let instrument = instrument();
    for form in 0..13 {
        let count = |length| instrument.asked(form, length).into_iter().filter(|asked| *asked).count();
        assert_eq!((count(Length::Quick), count(Length::Standard)), (5, 15));
    }
    for (role, min, max) in
        [(OutcomeRole::Overall, 1, 5), (OutcomeRole::Recommendation, 0, 10), (OutcomeRole::Effort, 1, 7)]
    {
        let item = &instrument.items()[instrument.outcome(role).unwrap()];
        assert_eq!((item.scale.min, item.scale.max), (min, max));
    }
    assert!(Length::ALL.into_iter().all(|length| instrument.asks_comment(length)));
}

#[test]
fn a_standard_form_takes_under_two_minutes() {
    let instrument = instrument();
    for form in 0..13 {
        let pages = instrument.pages(form, Length::Standard);
        let seconds: u32 = pages.iter().map(survey_forms::form::PagePlan::seconds).sum();
        assert!(seconds < 120, "{seconds}");
    }
}

#[test]
fn no_two_questions_of_a_language_are_the_same() {
    let instrument = instrument();
    for language in Language::ALL {
        let texts: BTreeSet<&str> = instrument.items().iter().map(|item| item.text(language)).collect();
        assert_eq!(texts.len(), instrument.items().len(), "{language}");
    }
}

#[test]
fn the_source_language_has_been_reviewed_and_no_language_is_missing() {
    let instrument = instrument();
    assert_eq!(instrument.wording(Language::ENGLISH), Some(Wording::Reviewed));
    assert!(Language::ALL.into_iter().all(|language| instrument.wording(language).is_some()));
}

/// Every text of one language of an instrument file, by its keys.
fn texts(value: &toml::Value, path: &str) -> Vec<(String, String)> {
    match value {
        toml::Value::String(text) => vec![(path.to_owned(), text.clone())],
        toml::Value::Array(values) => values.iter().flat_map(|value| texts(value, path)).collect(),
        toml::Value::Table(table) => {
            table.iter().flat_map(|(key, value)| texts(value, &format!("{path}.{key}"))).collect()
        }
        _ => vec![],
    }
}

#[test]
fn no_language_has_words_left_in_english() {
    // The word for a firm's image is the same in these languages.
    let same_words = [("sv", ".dimension.image"), ("de", ".dimension.image")];
    let file: toml::Table = shipped_source("perceived-quality").unwrap().parse().unwrap();
    let english: BTreeSet<(String, String)> = texts(&file["text"]["en"], "").into_iter().collect();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::ENGLISH) {
        for (key, text) in texts(&file["text"][language.tag()], "") {
            let is_left = text.parse::<u8>().is_err() && english.contains(&(key.clone(), text.clone()));
            assert_eq!(is_left, same_words.contains(&(language.tag(), &key)), "{language}{key}: {text}");
        }
    }
}
