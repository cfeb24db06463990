//! The instruments that come with the program are complete and keep to the rules of good questions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use survey_forms::form::{Ask, Length, PagePlan};
use survey_forms::instrument::{
    Facet, Instrument, Item, OutcomeRole, Problem, Shipped, Wording, shipped, shipped_source,
};
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

/// The languages as the documents name them, in the order of [`Language::ALL`].
const LANGUAGE_NAMES: [&str; 8] =
    ["English", "Finnish", "Swedish", "Estonian", "German", "Hungarian", "Polish", "Arabic"];

/// The questionnaires that are short enough for everybody to be asked all of them.
const SHORT: [&str; 11] = [
    "nps",
    "csat",
    "ces",
    "five-rules",
    "recovery",
    "e-service",
    "channel-phone",
    "channel-email",
    "channel-chat",
    "channel-in-person",
    "channel-community",
];

fn instrument(key: &str) -> Instrument {
    Instrument::parse(shipped_source(key).unwrap()).unwrap()
}

fn all() -> Vec<Instrument> {
    shipped().iter().map(|file| Instrument::parse(file.source).unwrap()).collect()
}

fn asked_count(instrument: &Instrument, form: u8, length: Length) -> usize {
    instrument.asked(&Ask::of(form, length)).into_iter().filter(|asked| *asked).count()
}

#[test]
fn every_promised_questionnaire_is_shipped() {
    let keys: Vec<&str> = shipped().iter().map(|file| file.key).collect();
    let (before, after) = SHORT.split_at(5);
    let first = ["perceived-quality", "perceived-quality", "expectation"];
    assert_eq!(keys, [&first[..], before, &["open-three"], after].concat());
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
    let instrument = instrument("perceived-quality");
    let blocks: Vec<&str> = instrument.blocks().iter().map(|block| block.key.as_str()).collect();
    assert_eq!(blocks[..12], DIMENSIONS);
    assert_eq!((blocks[12], instrument.blocks()[12].facet), ("image", Facet::Image));
    assert!(instrument.blocks()[..12].iter().all(|block| block.facet == Facet::Experience));
    assert!(instrument.blocks()[..13].iter().all(|block| block.items.len() == 3));
    assert_eq!(instrument.form_count(), 13);
}

#[test]
fn perceived_quality_looks_back_at_each_dimension_with_its_marker_and_one_more_item() {
    let instrument = instrument("perceived-quality");
    let looking_back = &instrument.blocks()[13..];
    let partners: Vec<&str> = looking_back.iter().filter_map(|block| block.of.as_deref()).collect();
    assert_eq!(partners, DIMENSIONS);
    for (block, partner) in looking_back.iter().zip(instrument.blocks()) {
        assert_eq!((block.facet, block.items.len()), (Facet::Expectation, 2), "{}", block.key);
        let mut markers = 0;
        for item in &instrument.items()[block.items.clone()] {
            let experienced = item.key.replace("_expected_", "_");
            let same = |other: &&Item| other.key == experienced && other.scale == item.scale;
            let same = instrument.items()[partner.items.clone()].iter().find(same);
            markers += usize::from(same.unwrap_or_else(|| panic!("{}", item.key)).marker);
            assert!(!Length::ALL[..2].iter().any(|length| item.asked_in(*length)), "{}", item.key);
        }
        assert_eq!(markers, 1, "{}", block.key);
    }
}

#[test]
fn perceived_quality_2_asks_in_quick_and_standard_just_what_1_asked() {
    let versions = [1, 2].map(|version| {
        let is_it = |file: &&Shipped| file.key == "perceived-quality" && file.version == version;
        Instrument::parse(shipped().iter().find(is_it).unwrap().source).unwrap()
    });
    for (form, length) in (0..13).flat_map(|form| [Length::Quick, Length::Standard].map(|one| (form, one))) {
        let [before, now] = versions.each_ref().map(|instrument| {
            let pages = instrument.pages(form, length);
            assert_eq!(pages.last().map(|page| page.comment), Some(true));
            let items =
                pages.into_iter().map(|page| page.items.into_iter().map(|item| &instrument.items()[item]));
            let said = |item: &Item| {
                let words = Language::ALL
                    .map(|language| (item.text(language).to_owned(), item.labels(language).to_vec()));
                (item.key.clone(), item.marker, item.empty, words)
            };
            items.map(|page| page.map(said).collect::<Vec<_>>()).collect::<Vec<_>>()
        });
        assert_eq!(before, now, "form {form}, {length:?}");
    }
}

#[test]
fn expectation_asks_of_each_form_what_perceived_quality_looks_back_at() {
    let (ahead, back) = (instrument("expectation"), instrument("perceived-quality"));
    for (block, other) in ahead.blocks()[..12].iter().zip(&back.blocks()[13..]) {
        assert_eq!((&block.key, block.facet), (&other.key, other.facet));
        let keys = |instrument: &Instrument, items: std::ops::Range<usize>| -> Vec<(String, String)> {
            let items = instrument.items()[items].iter();
            items.map(|item| (item.key.clone(), item.scale.key.clone())).collect()
        };
        assert_eq!(keys(&ahead, block.items.clone()), keys(&back, other.items.clone()));
    }
    assert_eq!((ahead.blocks().len(), ahead.blocks()[12].facet), (13, Facet::Image));
    for form in 0..13 {
        let asked = |instrument: &Instrument| -> Vec<usize> {
            instrument.pages(form, Length::Standard).iter().filter_map(PagePlan::block).collect()
        };
        assert_eq!(asked(&ahead), asked(&back), "form {form}");
        let seconds: u32 = ahead.pages(form, Length::Standard).iter().map(PagePlan::seconds).sum();
        assert!(seconds < 60, "form {form}: {seconds}");
        assert_eq!(asked_count(&ahead, form, Length::Standard), 8, "form {form}");
    }
}

#[test]
fn perceived_quality_asks_what_its_lengths_promise() {
    let instrument = instrument("perceived-quality");
    for form in 0..13 {
        let count = |length| asked_count(&instrument, form, length);
        assert_eq!(Length::ALL.map(count), [5, 15, 66]);
    }
    for role in [OutcomeRole::Overall, OutcomeRole::Recommendation, OutcomeRole::Effort] {
        assert!(instrument.outcome(role).is_some(), "{role:?}");
    }
}

#[test]
fn a_short_questionnaire_asks_four_to_twelve_questions_in_one_form() {
    for instrument in SHORT.map(instrument) {
        assert_eq!(instrument.form_count(), 1);
        let [quick, standard, full] = Length::ALL.map(|length| asked_count(&instrument, 0, length));
        assert_eq!(standard, full, "{}", instrument.key());
        assert!(quick <= standard && (4..=12).contains(&standard), "{} {quick} {standard}", instrument.key());
    }
}

#[test]
fn the_one_question_of_nps_csat_and_ces_is_the_only_outcome_and_in_every_length() {
    let roles = [
        ("nps", OutcomeRole::Recommendation),
        ("csat", OutcomeRole::Satisfaction),
        ("ces", OutcomeRole::Effort),
    ];
    for (key, role) in roles {
        let instrument = instrument(key);
        let outcomes: Vec<_> = instrument.items().iter().filter(|item| item.role.is_some()).collect();
        assert_eq!(outcomes.len(), 1, "{key}");
        assert_eq!(outcomes[0].role, Some(role), "{key}");
        assert!(Length::ALL.into_iter().all(|length| outcomes[0].asked_in(length)), "{key}");
    }
}

#[test]
fn an_outcome_has_the_same_points_wherever_it_is_asked() {
    for instrument in all() {
        for item in instrument.items() {
            let points = match item.role {
                Some(OutcomeRole::Overall | OutcomeRole::Satisfaction) => (1, 5),
                Some(OutcomeRole::Recommendation) => (0, 10),
                Some(OutcomeRole::Effort) => (1, 7),
                None => continue,
            };
            assert_eq!((item.scale.min, item.scale.max), points, "{} {}", instrument.key(), item.key);
        }
    }
}

#[test]
fn every_questionnaire_has_room_for_own_words_and_takes_under_two_minutes_or_seven_in_full() {
    for instrument in all() {
        for length in Length::ALL {
            // What customers write just after ordering is about their order, and nobody would act on it in time.
            let own_words = !["expectation", "open-three"].contains(&instrument.key());
            assert_eq!(instrument.asks_comment(length), own_words, "{} {length:?}", instrument.key());
            for form in 0..instrument.form_count() {
                let seconds: u32 = instrument.pages(form, length).iter().map(PagePlan::seconds).sum();
                let most = if length == Length::Full { 420 } else { 120 };
                assert!(seconds < most, "{} {length:?} {form}: {seconds}", instrument.key());
            }
        }
    }
}

#[test]
fn no_two_questions_of_a_language_are_the_same() {
    for instrument in all() {
        for language in Language::ALL {
            let texts: BTreeSet<&str> = instrument.items().iter().map(|item| item.text(language)).collect();
            assert_eq!(texts.len(), instrument.items().len(), "{} {language}", instrument.key());
        }
    }
}

#[test]
fn every_point_is_answered_to_the_question_and_never_by_agreement() {
    for instrument in all() {
        for item in instrument.items() {
            let labels = item.labels(Language::ENGLISH).join(" ").to_lowercase();
            assert!(!labels.contains("agree"), "{} {}: {labels}", instrument.key(), item.key);
            assert!(!item.reversed, "{} {}", instrument.key(), item.key);
        }
    }
}

#[test]
fn dimensions_are_those_of_the_product_so_that_scores_can_be_compared() {
    // The last of the five rules of contact is in none of the twelve.
    let own = [("five-rules", "little_extra")];
    for instrument in all() {
        for block in instrument.blocks().iter().filter(|block| block.facet == Facet::Experience) {
            let (key, name) = (instrument.key(), block.key.as_str());
            assert_ne!(DIMENSIONS.contains(&name), own.contains(&(key, name)), "{key} {name}");
        }
    }
}

#[test]
fn a_key_is_the_same_question_with_the_same_answers_in_every_instrument() {
    let mut known_words: BTreeMap<(&str, &str, String), String> = BTreeMap::new();
    for file in shipped() {
        let table: toml::Table = file.source.parse().unwrap();
        for language in Language::ALL {
            for group in ["dimension", "item", "scale", "empty"] {
                // What is expected has another tense when it is asked before than in looking back.
                let words = table["text"][language.tag()].get(group).and_then(toml::Value::as_table);
                for (key, text) in words.into_iter().flatten().filter(|(key, _)| !key.contains("_expected_"))
                {
                    let place = (language.tag(), group, key.clone());
                    let known = known_words.entry(place.clone()).or_insert_with(|| text.to_string());
                    assert_eq!(*known, text.to_string(), "{}: {place:?}", file.key);
                }
            }
        }
    }
    let mut answers: BTreeMap<String, (String, _)> = BTreeMap::new();
    for instrument in all() {
        for item in instrument.items() {
            let these = (item.scale.key.clone(), item.empty);
            let known = answers.entry(item.key.clone()).or_insert_with(|| these.clone());
            assert_eq!(*known, these, "{} {}", instrument.key(), item.key);
        }
    }
}

#[test]
fn english_has_been_reviewed_and_every_other_language_says_how_far_it_has_come() {
    for instrument in all() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instruments").join(instrument.key());
        let citation = std::fs::read_to_string(folder.join("CITATION.md")).unwrap();
        assert_eq!(instrument.wording(Language::ENGLISH), Some(Wording::Reviewed), "{}", instrument.key());
        for (language, name) in Language::ALL.into_iter().zip(LANGUAGE_NAMES) {
            let state = instrument.wording(language).unwrap().as_str();
            let row = citation.lines().find(|line| line.starts_with('|') && line.contains(name));
            assert!(row.is_some_and(|row| row.contains(state)), "{} {name}: {row:?}", instrument.key());
            let note = format!("\n**{name}.** ");
            assert!(language == Language::ENGLISH || citation.contains(&note), "{} {name}", instrument.key());
        }
    }
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
    let mut left = BTreeSet::new();
    for file in shipped() {
        let table: toml::Table = file.source.parse().unwrap();
        let english: BTreeSet<(String, String)> = texts(&table["text"]["en"], "").into_iter().collect();
        for language in Language::ALL.into_iter().filter(|language| *language != Language::ENGLISH) {
            let words = texts(&table["text"][language.tag()], "").into_iter();
            let same = words.filter(|(key, text)| english.contains(&(key.clone(), text.clone())));
            left.extend(same.map(|(_, text)| (language.tag(), text)));
        }
    }
    // The points between 0 and 10, and words that are the same in these languages.
    left.retain(|(_, text)| text.parse::<u8>().is_err());
    let same_words = [("de", "Image"), ("de", "Neutral"), ("sv", "Image")];
    assert_eq!(left, same_words.map(|(tag, text)| (tag, text.to_owned())).into());
}
