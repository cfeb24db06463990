//! What the parser and the lint say about sound and unsound files.

use proptest::prelude::*;

use super::fixture::{SMALL, small, thirteen_source};
use super::*;
use crate::form::Length;
use crate::language::Language;

/// What is said about the small file after one replacement.
fn said(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    Instrument::parse(&SMALL.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn a_sound_file_becomes_an_instrument_in_file_order() {
    let instrument = small();
    let keys: Vec<&str> = instrument.items().iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys, ["greeting_heard", "greeting_late", "fame_known", "recommendation"]);
    assert_eq!((instrument.key(), instrument.version(), instrument.design()), ("small-talk", 3, Design::All));
    assert_eq!(instrument.blocks()[0].items, 0..2);
    assert_eq!(instrument.blocks()[1].items, 2..3);
    assert_eq!(instrument.blocks()[1].facet, Facet::Image);
    assert_eq!(instrument.outcome(OutcomeRole::Recommendation), Some(3));
    assert_eq!(instrument.items()[2].key, "fame_known");
    assert!(instrument.items()[1].reversed);
    assert_eq!(instrument.items()[1].empty, Some(EmptyKind::NotApplicable));
    assert!(!instrument.items()[3].asked_in(Length::Quick));
}

#[test]
fn words_come_in_the_asked_language_and_else_in_the_main_one() {
    let instrument = small();
    let item = &instrument.items()[0];
    assert_eq!(item.text(Language::FINNISH), "Miten hyvin tervehdys kuului?");
    assert_eq!(item.labels(Language::FINNISH)[4], "Erittäin hyvin");
    assert_eq!(item.empty_label(Language::POLISH), Some("I cannot say"));
    assert_eq!(instrument.name(Language::HUNGARIAN), "Small talk");
    assert_eq!(instrument.comment_text(Language::FINNISH), Some("Mitä muuta haluat sanoa?"));
    assert_eq!(instrument.wording(Language::FINNISH), Some(Wording::Draft));
    assert_eq!(instrument.wording(Language::POLISH), None);
}

#[test]
fn a_misspelt_name_is_told_with_line_key_and_suggestion() {
    let source = SMALL.replacen("scale = \"how_well\"", "scale = \"how_wel\"", 1);
    let line = 1 + source.lines().position(|line| line.contains("how_wel\"")).unwrap();
    let expected =
        format!("line {line}: block[1].item[1].scale: unknown scale \"how_wel\", did you mean \"how_well\"?");
    assert_eq!(Instrument::parse(&source).unwrap_err().to_string(), expected);
}

#[test]
fn each_mistake_in_blocks_and_orders_is_named() {
    let cases = [
        (
            "facet = \"image\"",
            "facet = \"image\"\nof = \"greeting\"",
            "block[2].of: only a block of the facet",
        ),
        (
            "facet = \"image\"",
            "facet = \"expectation\"\nof = \"greetin\"",
            "block[2].of: unknown block of the facet experience \"greetin\", did you mean \"greeting\"?",
        ),
        ("[[outcome]]", "[[order]]\nitems = [\"fame_known\"]\n[[outcome]]", "\"greeting_heard\" is missing"),
        (
            "[[outcome]]",
            "[[order]]\nitems = [\"greeting_late\", \"fame_known\", \"greeting_heard\"]\n[[outcome]]",
            "order[1].items: the items of a block must stand one after the other",
        ),
    ];
    for (from, to, expected) in cases {
        let said = said(from, to);
        assert!(said.contains(expected), "{from} -> {to}\n{said}");
    }
}

#[test]
fn each_mistake_is_named() {
    let cases = [
        ("format = 1", "format = 2", "format: this version of Laatu reads format 1 only"),
        (
            "key = \"small-talk\"",
            "key = \"Small talk\"",
            "key: use 2 to 40 characters out of a-z, 0-9 and \"-\"",
        ),
        ("version = 3", "version = 0", "version: must be a whole number from 1 to 999999"),
        ("version = 3", "version = \"3\"", "version: must be a whole number"),
        ("version = 3\n", "", "line 1: version: is missing"),
        ("forms = \"all\"", "forms = \"thirten\"", "did you mean \"thirteen\"?"),
        ("forms = \"all\"", "forms = \"thirteen\"", "needs exactly 13 blocks, the file has 2"),
        ("max = 5", "max = 1", "scale[1].max: must be greater than min"),
        ("max = 10", "max = 11", "scale[2].max: must be a whole number from 1 to 10"),
        ("max = 5", "max = 4", "text.en.scale.how_well: has 5 labels, the scale has 4 points"),
        ("key = \"how_likely\"", "key = \"how_well\"", "scale[2].key: \"how_well\" stands twice"),
        (
            "state = \"dont_know\"",
            "state = \"unknown\"",
            "\"unknown\" is not one of not_applicable, dont_know",
        ),
        ("facet = \"image\"", "facet = \"imagee\"", "block[2].facet: \"imagee\" is not one of"),
        (
            "marker = true",
            "marker = false",
            "block[1].item: exactly one item must have marker = true, here 0 have",
        ),
        ("marker = true", "marker = 1", "block[1].item[1].marker: must be true or false"),
        ("key = \"greeting_late\"", "key = \"greeting_heard\"", "is already the key of an item"),
        ("key = \"greeting_late\"", "key = \"go\"", "\"go\" is the name of a field on every page"),
        ("key = \"more\"", "key = \"fame_known\"", "is already the key of an item"),
        (
            "empty = \"not_for_me\"",
            "empty = \"not_for_mee\"",
            "unknown empty choice \"not_for_mee\", did you mean",
        ),
        (
            "role = \"comment\"",
            "role = \"recommendation\"",
            "outcome[2].role: \"recommendation\" stands twice",
        ),
        ("lengths = [\"standard\"]", "lengths = []", "outcome[1].lengths: name at least one length"),
        (
            "lengths = [\"standard\"]",
            "lengths = [\"fuller\"]",
            "outcome[1].lengths[1]: \"fuller\" is not one of",
        ),
        ("fi = \"draft\"", "nb = \"draft\"", "wording.nb: pages are not shipped in this language"),
        ("[text.fi]", "[text.fy]", "text.fy: wording does not name this language, did you mean \"fi\"?"),
        ("fame = \"Maine\"\n", "", "text.fi.dimension.fame: is missing"),
        ("fame = \"Maine\"", "fame = \"\"", "text.fi.dimension.fame: must not be empty"),
        ("fame = \"Maine\"", "fame = \"a\\nb\"", "must stand on one line"),
        (
            "fame = \"Maine\"",
            "fame = \"Maine\"\nfamme = \"x\"",
            "famme: unknown field, did you mean \"fame\"?",
        ),
        ("\"Huonosti\"", "\"Hyvin\"", "\"Hyvin\" is the label of two points"),
        ("[[block.item]]\nkey = \"fame", "[block.item]\nkey = \"fame", "must be written as [[item]] tables"),
    ];
    for (from, to, expected) in cases {
        let said = said(from, to);
        assert!(said.contains(expected), "{from} -> {to}\n{said}");
    }
}

#[test]
fn one_mistake_gives_one_problem() {
    for (from, to) in [
        ("max = 10", "max = 11"),
        ("max = 5", "max = \"five\""),
        ("state = \"dont_know\"", "state = \"unsure\""),
        ("empty = \"not_for_me\"", "empty = \"nothing\""),
        ("facet = \"image\"", "facet = \"fame\""),
    ] {
        assert_eq!(said(from, to).lines().count(), 1, "{from} -> {to}\n{}", said(from, to));
    }
}

#[test]
fn all_problems_come_at_once_in_the_order_of_lines() {
    let source = SMALL
        .replacen("format = 1", "format = 1\ncolour = \"red\"", 1)
        .replacen("max = 10", "max = 12", 1)
        .replacen("Jutustelu", " ", 1);
    let problems = Instrument::parse(&source).unwrap_err().0;
    let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
    assert!(problems.len() >= 3 && lines.is_sorted(), "{problems:?}");
    for key in ["colour", "scale[2].max", "text.fi.name"] {
        assert!(problems.iter().any(|problem| problem.key == key), "{key}: {problems:?}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_line() {
    let said = Instrument::parse("format = 1\nkey = \"a\" b\n").unwrap_err().to_string();
    assert!(said.starts_with("line 2: this is not TOML: "), "{said}");
}

#[test]
fn an_oversized_file_is_refused_before_it_is_read() {
    let problems = Instrument::parse(&"#".repeat(600_000)).unwrap_err();
    assert_eq!(problems.0.len(), 1);
}

#[test]
fn the_lint_gives_errors_or_else_warnings() {
    let broken = Instrument::lint(&SMALL.replacen("version = 3", "", 1));
    assert!(!broken.is_empty() && broken.iter().all(|problem| problem.severity == Severity::Error));
    let long = format!("fame_known = \"{}?\"", "How ".repeat(40));
    let source = SMALL
        .replacen("fame_known = \"How well is our name known?\"", &long, 1)
        .replacen("[[block]]", "[[empty]]\nkey = \"spare\"\nstate = \"dont_know\"\n\n[[block]]", 1)
        .replacen("not_for_me = \"We", "spare = \"Spare\"\nnot_for_me = \"We", 1)
        .replacen("not_for_me = \"Emme", "spare = \"Vara\"\nnot_for_me = \"Emme", 1);
    let warnings = Instrument::lint(&source);
    assert!(warnings.iter().all(|problem| problem.severity == Severity::Warning), "{warnings:?}");
    let at = |key: &str| warnings.iter().find(|problem| problem.key == key).map(|problem| problem.line);
    let line = |text: &str| Some(1 + source.lines().position(|line| line.starts_with(text)).unwrap());
    assert_eq!(at("text.en.item.fame_known"), line("fame_known = \"How How"));
    assert_eq!(at("empty.spare"), line("key = \"spare\""));
    assert_eq!(at("wording.pl"), line("wording"));
    assert_eq!(at("wording.fi"), line("wording"));
}

#[test]
fn the_preview_shows_every_question_and_label() {
    let instrument = small();
    let preview = show(&instrument, Language::FINNISH);
    for item in instrument.items() {
        assert!(preview.contains(item.text(Language::FINNISH)));
        assert!(item.labels(Language::FINNISH).iter().all(|label| preview.contains(label.as_str())));
    }
    assert!(preview.contains("small-talk version 3, 4 items"));
    assert!(preview.contains("Mitä muuta haluat sanoa?"));
}

#[test]
fn the_largest_design_is_read_too() {
    let instrument = Instrument::parse(&thirteen_source()).unwrap();
    assert_eq!((instrument.blocks().len(), instrument.items().len()), (13, 42));
}

proptest! {
    #[test]
    fn no_file_brings_it_down(source in any::<String>()) {
        let _ = Instrument::lint(&source);
    }

    #[test]
    fn a_file_with_lines_moved_or_lost_gives_problems_inside_it(
        taken in 0_usize..130, put in 0_usize..130, keep in any::<bool>(),
    ) {
        let mut lines: Vec<&str> = SMALL.lines().collect();
        let line = if keep { lines[taken % lines.len()] } else { lines.remove(taken % lines.len()) };
        lines.insert(put % lines.len(), line);
        let source = lines.join("\n");
        for problem in Instrument::lint(&source) {
            prop_assert!((1..=lines.len()).contains(&problem.line), "{}", problem);
        }
    }
}
