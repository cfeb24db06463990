//! What the catalogues give: texts with their variables, in every language; what they must be, `lint` says.

use std::collections::BTreeSet;

use super::message::read;
use super::*;

/// Everything that may ask for a text: the renderers and the templates.
fn askers() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let below = |name: &str| std::fs::read_dir(folder.join(name)).unwrap();
    ["src/render", "src/instrument", "templates/page", "templates/mail"]
        .into_iter()
        .flat_map(below)
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect()
}

/// What asks for the texts of the report as PDF, by keys without their beginning.
fn report_askers() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src/files/report_pdf");
    let files = |folder: &std::path::Path| std::fs::read_dir(folder).unwrap();
    let all = files(&folder).chain(files(&folder.join("view"))).map(|file| file.unwrap().path());
    all.filter(|file| file.is_file()).map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn every_key_is_asked_for_somewhere() {
    let (askers, report) = (askers(), report_askers());
    for (file, source) in sources(Language::ENGLISH) {
        for key in read(source).0.keys() {
            let is_asked = match key.strip_prefix("report-") {
                Some(short) if file == "report.ftl" => report.contains(&format!("\"{short}\"")),
                _ => askers.contains(&format!("\"{key}\"")),
            };
            assert!(is_asked, "{file}: nothing uses {key}");
        }
    }
}

#[test]
fn variables_are_filled_in_and_counts_choose_their_words() {
    let minutes = |language, count: u32| text(language, "time-left", &[("minutes", count.into())]);
    assert_eq!(text(Language::ENGLISH, "back", &[]), "Back");
    assert_eq!(minutes(Language::ENGLISH, 1), "about a minute left");
    assert_eq!(minutes(Language::ARABIC, 2), "بقيت دقيقتان تقريبًا");
    assert_eq!(minutes(Language::ARABIC, 3), "بقيت 3 دقائق تقريبًا");
    assert_eq!(minutes(Language::ARABIC, 11), "بقيت 11 دقيقة تقريبًا");
}

#[test]
fn numbers_in_texts_are_written_as_the_language_does() {
    for language in Language::ALL {
        let hint = text(language, "comment-hint", &[("limit", 12_345_u32.into())]);
        assert!(hint.contains(&language.number(12_345)), "{hint}");
    }
}

#[test]
fn every_message_can_be_formatted_with_any_count() {
    for language in Language::ALL {
        for (file, source) in sources(language) {
            for (key, message) in read(source).0 {
                for count in [0_u32, 1, 2, 5, 22, 25, 100, 101, 111] {
                    let args: Vec<(&str, Arg)> =
                        message.variables.iter().map(|name| (name.as_str(), count.into())).collect();
                    let text = format(language, &key, &args);
                    assert!(text.is_some_and(|text| !text.trim().is_empty()), "{language}/{file}: {key}");
                }
            }
        }
    }
}

#[test]
fn every_language_has_its_own_file() {
    let files: BTreeSet<&str> = Language::ALL.into_iter().map(|language| sources(language)[0].1).collect();
    assert_eq!(files.len(), Language::ALL.len());
}

#[test]
fn an_unknown_key_comes_back_as_it_is() {
    assert_eq!(text(Language::POLISH, "no-such-key", &[]), "no-such-key");
}
