//! What the little language promises: any text is read or refused with its place, in time with its length.

use proptest::prelude::*;

use super::scan::Scanner;
use super::*;

const FACTS: Facts<'static> =
    Facts { organisation: "Tuulia", contact: "care@example.org", order: Some("A-17"), place: Some("Kamppi") };

fn shown(source: &str) -> String {
    OwnWords::read(source, &Name::ALL).unwrap().text(Language::ENGLISH, &FACTS)
}

fn refused(source: &str) -> String {
    OwnWords::read(source, &Name::ALL).unwrap_err().to_string()
}

#[test]
fn plain_words_are_themselves() {
    for words in
        ["", "Thank you & see you.", "a < b > c {x} } {", "}} { {", "50 % @home ../x #if", "Ä\nö\n\nå"]
    {
        assert_eq!(shown(words), words);
    }
}

#[test]
fn names_are_filled_in_and_blanks_around_them_do_not_matter() {
    assert_eq!(
        shown("{{organisation}}, {{ order }}, {{\tplace }}, {{contact}}"),
        "Tuulia, A-17, Kamppi, care@example.org"
    );
}

#[test]
fn what_is_missing_leaves_nothing_and_decides_conditions() {
    let words =
        OwnWords::read("A{{#if place}} in {{place}}{{else}} at home{{/if}}. {{place}}", &Name::ALL).unwrap();
    assert_eq!(words.text(Language::ENGLISH, &FACTS), "A in Kamppi. Kamppi");
    for place in [None, Some(""), Some("  ")] {
        assert_eq!(words.text(Language::ENGLISH, &Facts { place, ..FACTS }), "A at home. ");
    }
    assert_eq!(shown("{{#if order}}yes{{/if}}{{#if place}}{{/if}}"), "yes");
    assert!(words.names(Name::Place) && !words.names(Name::Order));
}

#[test]
fn lines_become_paragraphs() {
    let words = OwnWords::read(" One \r\n\n \nTwo {{order}}\n", &Name::ALL).unwrap();
    assert_eq!(words.paragraphs(Language::ENGLISH, &FACTS), ["One", "Two A-17"]);
}

#[test]
fn what_is_filled_in_is_one_line_and_can_neither_be_a_tag_nor_turn_the_text() {
    let order = Some("{{contact}}\r\nX\u{202e}\u{7}");
    let words = OwnWords::read("{{order}}.", &Name::ALL).unwrap();
    let facts = Facts { order, ..FACTS };
    assert_eq!(words.text(Language::ENGLISH, &facts), "{{contact}} X.");
    assert_eq!(words.text(Language::ARABIC, &facts), "\u{2068}{{contact}} X\u{2069}.");
}

#[test]
fn each_mistake_is_named_with_its_line_and_column() {
    let cases = [
        ("Hi {{ordre}}", "line 1, column 4: \"ordre\" is not known; did you mean \"order\"? Known are"),
        (
            "ä\nöö {{customer}}",
            "line 2, column 4: \"customer\" is not known; Known are organisation, contact, order and place",
        ),
        ("{{Order}}", "line 1, column 1: \"Order\" is not known; did you mean \"order\"?"),
        ("x{{{order}}}", "line 1, column 2: write two braces"),
        ("{{order", "line 1, column 1: {{ is not closed"),
        ("{{order\n}}", "line 1, column 1: {{ is not closed"),
        ("{{}}", "line 1, column 1: there is no name"),
        ("{{#if}}", "line 1, column 1: there is no name"),
        ("{{&order}}", "\"&\" has no meaning"),
        ("{{> order}}", "\">\" has no meaning"),
        ("{{#> order}}", "\">\" has no meaning"),
        ("{{* order}}", "\"*\" has no meaning"),
        ("{{#*inline \"x\"}}", "\"*\" has no meaning"),
        ("{{! note}}", "\"!\" has no meaning"),
        ("{{~order}}", "\"~\" has no meaning"),
        ("{{@root.order}}", "\"@\" has no meaning"),
        ("{{../order}}", "\".\" has no meaning"),
        ("{{#each order}}", "\"#each order\" is not known; the only block is {{#if …}}"),
        ("{{#with order}}", "\"#with order\" is not known"),
        ("{{lookup order 1}}", "\"lookup order 1\" is not known"),
        ("{{^order}}", "\"^\" has no meaning"),
        ("{{#order}}", "\"#order\" is not known"),
        ("{{#if order}}{{#if place}}", "line 1, column 14: an #if cannot stand inside"),
        ("{{#if order}}a{{else if place}}", "an #if cannot stand inside"),
        ("a\n {{#if order}}", "line 2, column 2: this #if is not closed"),
        ("{{/if}}", "{{/if}} stands without"),
        ("{{else}}", "{{else}} stands without"),
        ("{{#if order}}{{else}}{{else}}{{/if}}", "line 1, column 22: {{else}} stands without"),
        ("{{#if organisation}}", "\"organisation\" is always there"),
    ];
    for (source, words) in cases {
        let problem = refused(source);
        assert!(problem.contains(words), "{source}: {problem}");
    }
}

#[test]
fn a_name_that_means_nothing_in_a_text_is_said_to_do_so() {
    let problem = OwnWords::read("{{order}}", &Name::OF_EVERY_FORM).unwrap_err();
    assert!(problem.to_string().contains("{{order}} cannot stand here"), "{problem}");
    assert!(OwnWords::read("{{organisation}} {{contact}}", &Name::OF_EVERY_FORM).is_ok());
}

/// What brought a general template engine down: parts that include themselves or each other, blocks thousands deep,
/// parts that double, loops in loops.
#[test]
fn bombs_are_words_that_are_refused() {
    let itself = "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}".to_owned();
    let each_other =
        "{{#*inline \"a\"}}{{> b}}{{/inline}}{{#*inline \"b\"}}{{> a}}{{/inline}}{{> a}}".to_owned();
    let deep = |levels: usize| "{{#if order}}".repeat(levels) + &"{{/if}}".repeat(levels);
    let doubling = (0..22).fold(String::new(), |so_far, level| {
        format!(
            "{so_far}{{{{#*inline \"p{level}\"}}}}{{{{> p{next}}}}}{{{{> p{next}}}}}{{{{/inline}}}}",
            next = level + 1
        )
    });
    let loops = "{{#each a}}".repeat(7) + "x" + &"{{/each}}".repeat(7);
    for bomb in [itself, each_other, deep(2), deep(150), deep(2_000), deep(20_000), doubling, loops] {
        let problem = OwnWords::read(&bomb, &Name::ALL).unwrap_err();
        assert!(problem.line == 1 && problem.column <= 14, "{problem}");
    }
    assert_eq!(refused(&"a".repeat(4_001)), "line 1, column 1: the words are longer than 4000 characters");
    assert!(OwnWords::read(&"ä".repeat(4_000), &Name::ALL).is_ok());
}

#[test]
fn no_words_come_to_more_than_the_limit() {
    let words = OwnWords::read(&"{{order}}".repeat(444), &Name::ALL).unwrap();
    let long = "ä".repeat(2_000);
    let text = words.text(Language::ENGLISH, &Facts { order: Some(&long), ..FACTS });
    assert_eq!(text.len(), MOST_OUTPUT);
    assert!(text.chars().all(|c| c == 'ä'));
}

#[test]
fn words_from_before_this_language_are_shown_as_they_are() {
    assert_eq!(
        paragraphs("Old {{words}}\nand {{order}}", Language::ENGLISH, &FACTS),
        ["Old {{words}}", "and {{order}}"]
    );
}

/// Texts that look like this language, and break it in all places.
fn alike() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{{".to_owned()),
        Just("}}".to_owned()),
        Just("{{order}}".to_owned()),
        Just("{{#if place}}".to_owned()),
        Just("{{else}}".to_owned()),
        Just("{{/if}}".to_owned()),
        Just("{".to_owned()),
        Just("\n".to_owned()),
        Just("organisation".to_owned()),
        Just("#if ".to_owned()),
        "[ -~äж\u{202e}]{0,6}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_a_place_in_it(source in prop_oneof![any::<String>(), alike()]) {
        match OwnWords::read(&source, &Name::ALL) {
            Ok(words) => {
                let text = words.text(Language::ENGLISH, &FACTS);
                prop_assert!(text.len() <= MOST_OUTPUT);
                if !source.contains("{{") {
                    prop_assert_eq!(&text, &source);
                }
            }
            Err(problem) => {
                let line = source.split('\n').nth(problem.line - 1);
                let rest: String = line.unwrap_or_default().chars().skip(problem.column - 1).collect();
                prop_assert!(rest.starts_with("{{") || problem.fault == Fault::TooLong, "{problem}: {rest}");
            }
        }
    }

    #[test]
    fn reading_takes_steps_in_proportion_to_the_length(source in prop_oneof![any::<String>(), alike()], times in 1_usize..40) {
        let long = source.repeat(times);
        let mut scanner = Scanner::new(&long, &Name::ALL);
        drop(scanner.run());
        // Each tag has at least four bytes, before whose end no more than one look of fixed length is taken.
        prop_assert!(scanner.steps <= 31 * long.len() + 120, "{} for {}", scanner.steps, long.len());
    }
}
