//! Any text as an organisation's own words, with any facts: refused with a place, or shown within the limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use survey_forms::language::Language;
use survey_forms::own_words::{Facts, MOST_OUTPUT, Name, OwnWords};

fuzz_target!(|input: (&str, &str, Option<&str>)| {
    let (source, order, place) = input;
    match OwnWords::read(source, &Name::ALL) {
        Ok(words) => {
            let facts =
                Facts { organisation: "Tuulia", contact: "care@example.org", order: Some(order), place };
            for language in [Language::ENGLISH, Language::ARABIC] {
                let text = words.text(language, &facts);
                assert!(text.len() <= MOST_OUTPUT);
                assert!(source.contains("{{") || text == source);
                assert!(words.paragraphs(language, &facts).iter().all(|line| !line.contains('\n')));
            }
        }
        Err(problem) => {
            let line = source.split('\n').nth(problem.line - 1).unwrap();
            assert!(problem.column <= line.chars().count() + 1);
            assert!(problem.to_string().starts_with("line "));
        }
    }
});
