//! What every catalogue keeps to, beside English: complete, translated, with all plural forms, and short enough.
//!
//! Runs as a test: catalogues are part of the program, so nobody who runs it can do anything about a finding.
//! The table of places stands for translators in `docs/translating.md`; a test holds the two together.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentValue};

use super::message::{Message, read};
use super::{bundle, sources};
use crate::language::Language;

/// A place on a page or in a mail, the most characters that it has room for, and the keys that stand there.
///
/// The first place that names a key holds it; a star stands for any beginning or end. Counted with all variables
/// filled in.
const PLACES: [(&str, usize, &[&str]); 18] = [
    ("answer", 11, &["yes", "no"]),
    (
        "button",
        26,
        &[
            "continue",
            "finish",
            "mail-button",
            "unsubscribe-now",
            "unsubscribe-undo",
            "report-mail-button",
            "report-stop-now",
        ],
    ),
    ("link beside a button", 16, &["back", "language-switch"]),
    ("word before a message", 12, &["error-word", "title-error"]),
    (
        "link",
        36,
        &[
            "privacy-link",
            "mail-privacy",
            "mail-unsubscribe",
            "thanks-change",
            "thanks-offer-link",
            "report-mail-stop",
        ],
    ),
    ("link to one's own data", 36, &["own-data-link", "own-download"]),
    ("button about one's own data", 26, &["own-erase", "erase-now"]),
    ("label beside a value", 28, &["own-label-*", "score-label-*", "report-mail-label-*"]),
    ("heading", 44, &["*-heading"]),
    (
        "line above a heading",
        34,
        &["part", "part-open", "time-left", "thanks-answers", "thanks-open", "mail-goodbye"],
    ),
    ("line under a heading", 44, &["order-line", "mail-greeting"]),
    ("subject", 60, &["mail-subject*", "report-mail-subject*"]),
    ("note beside a question", 130, &["left-open-item", "problem-*", "*-hint"]),
    ("line after the subject", 90, &["mail-preview*"]),
    ("short message", 75, &["short-message"]),
    ("line above a code", 80, &["slip-line"]),
    ("sentences of the report", 300, &["report-*"]),
    ("sentences", 215, &["*"]),
];

/// Texts that are rightly the same as in English: language, key.
const SAME_WORDS: [(&str, &str); 1] = [("de", "own-label-name")];

fn place(key: &str) -> (&'static str, usize) {
    let names = |pattern: &str| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => key.ends_with(end),
        (_, Some(start)) => key.starts_with(start),
        _ => key == pattern,
    };
    let found = PLACES.iter().find(|(_, _, keys)| keys.iter().any(|pattern| names(pattern)));
    let (name, most, _) = found.unwrap();
    (name, *most)
}

/// The plural forms that whole numbers take in a language, and `other`, which is the one for everything else.
fn plural_forms(language: Language) -> BTreeSet<String> {
    let names = ["zero", "one", "two", "few", "many"].map(|name| format!("[{name}] {name}\n")).concat();
    let source = format!("n = {{ $n ->\n{names} *[other] other\n}}\n");
    let bundle = bundle(language, [("", source.as_str())]);
    let pattern = bundle.get_message("n").unwrap().value().unwrap();
    let form = |count: u32| {
        let args = FluentArgs::from_iter([("n", FluentValue::from(count))]);
        bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned()
    };
    (0..=200).map(form).chain(["other".to_owned()]).collect()
}

/// What is wrong with one file of a language.
fn check_file(language: Language, ours: &str, english: &str) -> Vec<String> {
    let ((ours, mut problems), (english, _)) = (read(ours), read(english));
    let forms = plural_forms(language);
    for (key, model) in &english {
        match ours.get(key) {
            None => problems.push(format!("{key} is missing")),
            Some(message) => {
                let found = check_message(language, key, message, model, &forms);
                problems.extend(found.into_iter().map(|problem| format!("{key} {problem}")));
            }
        }
    }
    let extra = ours.keys().filter(|key| !english.contains_key(*key));
    problems.extend(extra.map(|key| format!("{key} is not in English")));
    problems
}

fn check_message(
    language: Language,
    key: &str,
    message: &Message,
    model: &Message,
    forms: &BTreeSet<String>,
) -> Vec<String> {
    let mut problems = Vec::new();
    if message.variables != model.variables {
        problems.push(format!("has {:?} instead of {:?}", message.variables, model.variables));
    }
    let is_same = message.texts == model.texts && !SAME_WORDS.contains(&(language.tag(), key));
    if is_same && language != Language::ENGLISH {
        problems.push("is not translated".to_owned());
    }
    problems.extend(check_forms(message, model, forms));
    problems.extend(message.texts.iter().filter_map(|text| check_text(key, text)));
    problems
}

/// Whether every number that chooses words in English does so here, by the forms of this language.
fn check_forms(message: &Message, model: &Message, forms: &BTreeSet<String>) -> Vec<String> {
    let mut problems = Vec::new();
    for (variable, _) in &model.choices {
        if message.choices.iter().all(|(ours, _)| ours != variable) {
            problems.push(format!("has no forms for ${variable}"));
        }
    }
    for (variable, keys) in &message.choices {
        let is_word = |key: &&String| key.parse::<u32>().is_err();
        let missing: Vec<&String> = forms.difference(keys).collect();
        let unused: Vec<&String> = keys.difference(forms).filter(is_word).collect();
        if !missing.is_empty() || !unused.is_empty() {
            problems.push(format!("lacks {missing:?} and never uses {unused:?} of ${variable}"));
        }
    }
    problems
}

fn check_text(key: &str, text: &str) -> Option<String> {
    let (name, most) = place(key);
    let length = text.trim().chars().count();
    if length == 0 {
        Some("is empty".to_owned())
    } else if length > most {
        Some(format!("has {length} characters; a {name} has room for {most}: {text}"))
    } else if text.contains(['<', '>', '&']) {
        Some(format!("is a text, not markup: {text}"))
    } else {
        None
    }
}

#[test]
fn every_catalogue_is_complete_translated_and_short_enough() {
    let mut problems = Vec::new();
    for language in Language::ALL {
        for ((file, ours), (_, english)) in sources(language).into_iter().zip(sources(Language::ENGLISH)) {
            let found = check_file(language, ours, english);
            problems.extend(found.into_iter().map(|problem| format!("{language}/{file}: {problem}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_text_that_is_the_same_on_purpose_is_the_same() {
    for (tag, key) in SAME_WORDS {
        let text = |language| super::text(language, key, &[]);
        assert_eq!(text(Language::parse(tag).unwrap()), text(Language::ENGLISH), "{tag}: {key}");
    }
}

/// English and Polish of a small catalogue, in which everything is right.
const MODEL: &str = "back = Back\nleft = { $minutes ->\n [one] a minute\n*[other] { $minutes } minutes\n}\n";
const POLISH: &str = "back = Wstecz\nleft = { $minutes ->\n [one] minuta\n [few] { $minutes } minuty\n \
                      [many] { $minutes } minut\n*[other] { $minutes } minuty\n}\n";

#[test]
fn each_kind_of_mistake_is_found() {
    let check = |from: &str, to: &str| {
        assert!(POLISH.contains(from), "{from}");
        check_file(Language::POLISH, &POLISH.replace(from, to), MODEL)
    };
    assert_eq!(check("Wstecz", "Wstecz"), Vec::<String>::new());
    let long = "Wstecz, ".repeat(3);
    for (from, to, words) in [
        ("back = Wstecz\n", "", "back is missing"),
        ("back = ", "forth = Dalej\nback = ", "forth is not in English"),
        ("back = ", "back = Cofnij\nback = ", "back stands twice"),
        ("Wstecz", "Back", "back is not translated"),
        ("Wstecz", "Wstecz { $order }", "back has {\"order\"} instead of {}"),
        ("Wstecz", "<b>Wstecz</b>", "back is a text, not markup"),
        ("Wstecz", &long, "back has 23 characters; a link beside a button has room for 16"),
        (" [few] { $minutes } minuty\n", "", "left lacks [\"few\"]"),
        (" [few]", " [two] dwie\n [few]", "never uses [\"two\"]"),
        ("left = {", "left = {{", "broken: "),
    ] {
        let problems = check(from, to);
        assert!(problems.iter().any(|problem| problem.contains(words)), "{words}: {problems:?}");
    }
    let flat = check_file(Language::POLISH, "back = Wstecz\nleft = { $minutes } min.\n", MODEL);
    assert_eq!(flat, ["left has no forms for $minutes"]);
}

#[test]
fn plural_forms_are_those_of_the_language() {
    let two = ["one", "other"];
    for language in Language::ALL {
        let expected: &[&str] = match language.tag() {
            "pl" => &["few", "many", "one", "other"],
            "ar" => &["few", "many", "one", "other", "two", "zero"],
            _ => &two,
        };
        assert!(plural_forms(language).iter().eq(expected), "{language}");
    }
}

#[test]
fn translators_read_the_same_limits() {
    let document = include_str!("../../../../docs/translating.md");
    for (name, most, keys) in PLACES {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let row = format!("| {name} | {most} | {} |", keys.join(", "));
        assert!(document.contains(&row), "docs/translating.md lacks the row\n{row}");
    }
}
