//! What short messages and slips keep to.

use survey_forms::language::Language;
use survey_forms::render::{Organisation, ShortMessage, SlipText, short_message_parts};

use crate::{LINK, RENDERER, mail};

fn named(name: &str, language: Language) -> Organisation<'_> {
    Organisation { name, ..mail(language).organisation }
}

fn message(name: &str, language: Language) -> String {
    RENDERER.short_message(&ShortMessage { language, organisation: named(name, language), link: LINK })
}

#[test]
fn a_short_message_takes_one_part_and_two_in_arabic() {
    for language in Language::ALL {
        let text = message("Tuulia", language);
        let most = if language == Language::ARABIC { 2 } else { 1 };
        assert!(short_message_parts(&text) <= most, "{language}: {text}");
        assert!(text.contains("Tuulia") && text.ends_with(&format!(" {LINK}")), "{text}");
        assert!(!text.contains('\n'));
    }
}

#[test]
fn its_words_have_only_letters_of_the_small_alphabet() {
    for language in Language::ALL.into_iter().filter(|language| *language != Language::ARABIC) {
        for letter in message("Tuulia", language).chars() {
            // 71 of a letter beyond the alphabet take two parts, and one part of any letter in it.
            let fits = short_message_parts(&letter.to_string().repeat(71)) == 1;
            assert!(fits, "{letter} in the short message of {language} makes it take more parts");
        }
    }
}

#[test]
fn a_long_name_is_cut_before_the_message_takes_another_part() {
    let long = "The Old Harbour Warehouse Trading Company of Lighthouse Street and Daughters ".repeat(9);
    for language in Language::ALL.into_iter().filter(|language| *language != Language::ARABIC) {
        let text = message(&long, language);
        assert_eq!(short_message_parts(&text), 1, "{language}: {text}");
        assert!(text.starts_with("The Old Harb") && text.contains("...") && text.ends_with(LINK), "{text}");
        assert!(text.chars().count() > 155, "as much of the name as there is room for: {text}");
    }
    let fitting = message("Müller & Söhne", Language::GERMAN);
    assert!(fitting.starts_with("Müller & Söhne: Wie war"), "{fitting}");
}

#[test]
fn a_name_that_would_not_help_by_being_cut_stays_whole() {
    let text = message("Łódzki Kącik", Language::POLISH);
    assert!(text.starts_with("Łódzki Kącik: "), "{text}");
    assert_eq!(short_message_parts(&text), 2, "letters beyond the small alphabet have room for 70");
}

#[test]
fn parts_are_counted_as_networks_do() {
    for (text, parts) in [
        (String::new(), 1),
        ("é".repeat(160), 1),
        ("e".repeat(306), 2),
        ("e".repeat(307), 3),
        ("€".repeat(80), 1),
        ("€".repeat(81), 2),
        ("ő".repeat(70), 1),
        ("ő".repeat(134), 2),
        ("😀".repeat(35), 1),
        ("😀".repeat(36), 2),
    ] {
        assert_eq!(short_message_parts(&text), parts, "{} characters", text.chars().count());
    }
}

#[test]
fn a_hostile_name_stays_on_the_line() {
    for language in Language::ALL {
        let text = message("x\r\ny\u{2028}z\u{202e}", language);
        assert!(!text.contains(['\r', '\n', '\u{2028}', '\u{202e}']), "{text:?}");
    }
}

#[test]
fn a_slip_has_an_address_that_can_be_typed() {
    for language in Language::ALL {
        let link = "https://ask.example.org/o/7.MZXW";
        let slip = SlipText { language, organisation: named("Tuulia", language), link };
        let words = RENDERER.slip_text(&slip);
        assert_eq!(words.address, "ask.example.org/o/7.MZXW");
        assert_eq!(words.organisation.trim_matches(['\u{2068}', '\u{2069}']), "Tuulia");
        assert!(!words.heading.is_empty() && words.line.ends_with(':'), "{words:?}");
    }
}
