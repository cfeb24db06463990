//! What files with sections promise, and what is said about unsound ones.

use super::fixture::{SAMPLER, SMALL, sampler};
use super::*;
use crate::language::Language;

/// What is said about the sampler after one replacement.
fn said(from: &str, to: &str) -> String {
    assert!(SAMPLER.contains(from), "{from}");
    Instrument::parse(&SAMPLER.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn items_of_sections_are_packed_after_blocks_and_outcomes() {
    let instrument = sampler();
    let keys: Vec<&str> = instrument.items().iter().map(|item| item.key.as_str()).collect();
    let options = ["used__page", "used__phone", "used__shop", "used__nothing"];
    let ranks = ["matters__speed", "matters__price", "matters__care"];
    let expected = [&["mending_done", "overall", "recurred", "way_here"][..], &options, &ranks].concat();
    assert_eq!(keys, expected);
    let ends: Vec<(u8, u8)> =
        instrument.items()[2..].iter().map(|item| (item.scale.min, item.scale.max)).collect();
    assert_eq!(ends[..2], [(0, 1), (1, 3)]);
    assert!(ends[2..6].iter().all(|ends| *ends == (0, 1)) && ends[6..].iter().all(|ends| *ends == (1, 3)));
}

#[test]
fn sections_add_nothing_to_a_file_without_them() {
    let without = Instrument::parse(SMALL).unwrap();
    assert!(without.sections().is_empty() && without.questions().is_empty());
    assert!(without.items().iter().all(|item| item.kind == ItemKind::Rating && item.question.is_none()));
}

#[test]
fn words_of_questions_and_options_are_those_of_the_language() {
    let instrument = sampler();
    let labels = |item: usize, language| instrument.items()[item].labels(language).join("|");
    assert_eq!(labels(2, Language::FINNISH), "Ei|Kyllä");
    assert_eq!(labels(3, Language::ENGLISH), "By a search|A friend told me|By a letter from you");
    assert_eq!(labels(8, Language::ENGLISH), "1|2|3");
    assert_eq!(instrument.items()[4].text(Language::FINNISH), "Mitä käytitte? – Verkkosivuja");
    assert_eq!(instrument.sections()[1].name(Language::FINNISH), "Toinen kerta");
    assert_eq!(instrument.questions()[4].none, Some(3));
}

#[test]
fn a_file_may_have_sections_and_no_blocks() {
    let file = "format = 1\nkey = \"only\"\nversion = 1\nwording = { en = \"draft\" }\n[design]\nforms = \"all\"\n\
                [[section]]\nkey = \"one\"\n[[section.question]]\nkey = \"why\"\nkind = \"long_text\"\n\
                [text.en]\nname = \"Only words\"\n[text.en.section]\none = \"Your words\"\n\
                [text.en.question]\nwhy = \"Why?\"\n";
    let instrument = Instrument::parse(file).unwrap();
    assert!(instrument.blocks().is_empty() && instrument.items().is_empty());
    assert_eq!(instrument.pages(0, crate::form::Length::Quick).len(), 1);
    let neither = file.split("[[section]]").next().unwrap().to_owned() + "[text.en]\nname = \"Only\"\n";
    let said = Instrument::parse(&neither).unwrap_err().to_string();
    assert!(said.contains("block: the file must have 1 to 50 blocks"), "{said}");
}

#[test]
fn each_mistake_in_a_section_is_named_alone() {
    let kind = "kind = \"single\"\noptions = [\"search\", \"friend\", \"letter\"]";
    let cases = [
        ("place = \"opening\"", "place = \"middle\"", "section[1].place: \"middle\" is not one of"),
        ("kind = \"yes_no\"", "kind = \"yesno\"", "section[1].question[1].kind: \"yesno\" is not one of"),
        ("kind = \"yes_no\"", "kind = \"yes_no\"\nmin = 1", "section[1].question[1].min: unknown field"),
        ("key = \"times\"", "key = \"recurred\"", "\"recurred\" is already the key of a question"),
        ("key = \"times\"", "key = \"go\"", "\"go\" is the name of a field on every page"),
        (
            "options = [\"speed\", \"price\", \"care\"]",
            "options = [\"speed\", \"price\", \"care\", \"a\", \"b\", \"c\", \"d\", \"e\"]",
            "section[3].question[2].options: must name 2 to 7 options",
        ),
        (
            "\"speed\", \"price\", \"care\"]",
            "\"speed\", \"price\", \"Care\"]",
            "options[3]: use 1 to 40 characters",
        ),
        (kind, "kind = \"single\"\noptions = [\"search\"]", "must name 2 to 10 options"),
        ("\"search\", \"friend\"", "\"friend\", \"friend\"", "options[2]: \"friend\" stands twice"),
        ("none = \"nothing\"", "none = \"nothin\"", "unknown option \"nothin\", did you mean \"nothing\"?"),
        ("max = 500", "max = 1", "section[2].question[1].max: must be greater than min"),
        ("max = 500", "max = 1000001", "must be a whole number from 0 to 1000000"),
        ("codes = [1] }", "codes = [] }", "section[2].show_if.codes: name at least one code"),
        ("codes = [1] }", "codes = [2] }", "show_if.codes[1]: the codes of \"recurred\" are 0 to 1"),
        ("codes = [1] }", "codes = 1 }", "show_if.codes: must be a list of whole numbers"),
        ("item = \"recurred\"", "item = \"recured\"", "unknown item \"recured\", did you mean \"recurred\"?"),
        ("item = \"recurred\"", "item = \"times\"", "\"times\" must stand on an earlier page"),
        ("item = \"recurred\"", "item = \"mending_done\"", "blocks are asked after an opening section"),
        ("item = \"mending_done\"", "item = \"overall\"", "outcomes are asked after all sections"),
        ("item = \"mending_done\"", "item = \"matters\"", "\"matters\" cannot decide; take a yes_no"),
        ("item = \"mending_done\"", "item = \"times\"", "\"times\" cannot decide"),
        (
            "kind = \"yes_no\"",
            "kind = \"yes_no\"\nlengths = [\"standard\"]",
            "\"recurred\" is not asked in the length quick, and this section is",
        ),
        ("search = \"By a search\"\n", "", "text.en.option.way_here.search: is missing"),
        ("search = \"By a search\"", "search = \"A friend told me\"", "is the label of two options"),
        ("again = \"The second time\"\n", "", "text.en.section.again: is missing"),
        (
            "times = \"How many",
            "tims = \"How many",
            "text.en.question.tims: unknown field, did you mean \"times\"?",
        ),
    ];
    for (from, to, expected) in cases {
        let said = said(from, to);
        assert!(said.contains(expected), "{from} -> {to}\n{said}");
    }
}

#[test]
fn an_item_that_is_itself_shown_to_some_decides_nothing() {
    let single = "key = \"times\"\nkind = \"yes_no\"";
    let file = SAMPLER.replacen("key = \"times\"\nkind = \"number\"\nmin = 1\nmax = 500", single, 1);
    let file = file.replacen("item = \"mending_done\"", "item = \"times\"", 1);
    let said = Instrument::parse(&file).unwrap_err().to_string();
    assert!(said.contains("section[4].show_if.item: \"times\" is itself shown only to some"), "{said}");
}

#[test]
fn problems_with_conditions_stand_at_their_line() {
    let line = 1 + SAMPLER.lines().position(|line| line.contains("item = \"recurred\"")).unwrap();
    let said = said("item = \"recurred\"", "item = \"nobody\"");
    assert!(said.starts_with(&format!("line {line}: section[2].show_if.item: unknown item")), "{said}");
}

#[test]
fn the_preview_shows_sections_with_their_conditions() {
    let preview = show(&sampler(), Language::ENGLISH);
    for words in [
        "Section before, opening  How it began",
        "shown only if recurred is 1",
        "key times, number from 1 to 500, quick and standard and full",
        "None of these (none of the others)",
        "shown only if mending_done is 1 or 2",
        "2 questions with a scale, 7 others, about",
    ] {
        assert!(preview.contains(words), "{words} is not in\n{preview}");
    }
}

#[test]
fn the_lint_measures_words_of_sections() {
    let file = SAMPLER.replacen("How many times", &format!("How {}times", "very ".repeat(30)), 1);
    let warnings = Instrument::lint(&file);
    let line = 1 + file.lines().position(|line| line.starts_with("times = \"How very")).unwrap();
    assert!(
        warnings.iter().any(|one| one.key == "text.en.question.times" && one.line == line),
        "{warnings:?}"
    );
    assert!(warnings.iter().all(|one| !one.message.contains("no item uses it")), "{warnings:?}");
}
