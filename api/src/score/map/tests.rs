//! What a map may say, and what is said about one that is wrong.

use proptest::prelude::*;

use super::*;

const GOOD: &str = r#"
[scale]
min = 1
max = 5
missing = ["", "0"]
not_applicable = ["6"]

[[dimension]]
key = "speed"
items = ["S1", "S2"]
reverse = ["S2"]

[[dimension]]
key = "speed_expected"
facet = "expectation"
of = "speed"
items = ["E1"]
scale = { min = 1, max = 7 }

[outcome]
overall = "ALL"
nps = { column = "NPS", missing = ["", "11"] }
csat = { column = "S1" }

[group]
channel = "METHOD"

[top_box]
threshold = 3

[weight]
column = "W"

[row]
date = "DAY"
"#;

#[test]
fn a_good_map_gives_layout_and_columns() {
    let map = Map::parse(GOOD).unwrap();
    let names: Vec<&str> = map.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["S1", "S2", "E1", "ALL", "NPS"]);
    let items = map.layout.items();
    assert!(items[1].reversed && !items[0].reversed);
    assert_eq!((items[0].top_box, items[2].top_box, items[4].top_box), (Some(3), None, None));
    assert_eq!(map.layout.outcomes().csat, Some(0));
    assert_eq!(map.columns[4].coding.accepted(), "0 to 10, empty or 11 = skipped");
    assert_eq!(map.columns[2].coding.accepted(), "1 to 7, empty or 0 = skipped");
    assert_eq!(map.groups, [("channel".to_owned(), "METHOD".to_owned())]);
    assert_eq!((map.weight.as_deref(), map.date.as_deref()), (Some("W"), Some("DAY")));
    assert_eq!(map.groups, [("channel".to_owned(), "METHOD".to_owned())]);
}

fn problems(text: &str) -> Vec<String> {
    Map::parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn all_problems_are_listed_with_line_and_key() {
    let text = r#"
[scale]
min = 1
max = 5
mising = ["0"]
missing = ["", "3"]

[[dimension]]
key = "overall"
facte = "image"
items = ["A", "B"]
reverse = ["C"]

[[dimension]]
key = "wait"
facet = "expectations"
items = ["A"]

[[dimension]]
key = "hope"
facet = "expectation"
of = "overal"
items = ["D", "B"]

[outcome]
nps = { column = "N", max = 5 }
csat = 3
[consistency]
margin = 0
[top_box]
threshold = 9
[wieght]
column = "W"
"#;
    let expected = [
        "line 5, scale.mising: unknown key; did you mean \"missing\"?",
        "line 6, scale.missing: \"3\" is a code of the scale 1 to 5",
        "line 8, dimension[1].key: \"overall\" names another part of the report; choose another key",
        "line 10, dimension[1].facte: unknown key; did you mean \"facet\"?",
        "line 12, dimension[1].reverse: \"C\" is not among the items; did you mean \"A\"?",
        "line 16, dimension[2].facet: \"expectations\" is not one of experience, expectation, image, importance; did you mean \"expectation\"?",
        "line 23, dimension[3].items: \"B\" stands in the dimension \"overall\" already",
        "line 26, outcome.nps.max: is always 10 here: the scale is 0 to 10",
        "line 27, outcome.csat: must be a table, not integer",
        "line 29, consistency.margin: must be above 0 and at most 100, in points of 100",
        "line 31, top_box.threshold: 9 is not a code of the scale 1 to 5",
        "line 32, wieght: unknown key; did you mean \"weight\"?",
    ];
    assert_eq!(problems(text), expected);
}

#[test]
fn partners_are_checked_by_name_and_facet() {
    let text = "[scale]\nmin=1\nmax=5\n[[dimension]]\nkey='a'\nitems=['A']\n\
        [[dimension]]\nkey='b'\nfacet='image'\nof='a'\nitems=['B']\n\
        [[dimension]]\nkey='c'\nfacet='importance'\nof='A'\nitems=['C']\n\
        [[dimension]]\nkey='d'\nfacet='importance'\nof='a'\nitems=['D']\n\
        [[dimension]]\nkey='d'\nfacet='importance'\nof='a'\nitems=['E']\n";
    let expected = [
        "line 7, dimension[2].of: only an expectation or an importance belongs to a dimension",
        "line 12, dimension[3].of: \"A\" is not a dimension of experience; did you mean \"a\"?",
        "line 22, dimension[5].key: \"d\" is used twice",
        "line 22, dimension[5].of: \"a\" has a dimension of this facet already",
    ];
    assert_eq!(problems(text), expected);
}

#[test]
fn a_map_without_columns_or_scale_says_so() {
    assert_eq!(problems(""), ["line 1: names no column to score: add a [[dimension]] or an [outcome]"]);
    let text = "[[dimension]]\nkey = 'a'\nitems = ['A']\n";
    assert_eq!(
        problems(text),
        ["line 1, dimension[1]: has no scale: give it one, or the map a [scale] table"]
    );
}

#[test]
fn broken_toml_is_named_by_line() {
    let found = problems("[scale]\nmin = 1\nmax = \n[[dimension]\n");
    assert!(found.iter().any(|problem| problem.starts_with("line 3")), "{found:?}");
    assert!(found.iter().any(|problem| problem.starts_with("line 4")), "{found:?}");
}

#[test]
fn a_column_in_a_dimension_and_an_outcome_needs_one_scale() {
    let text = "[scale]\nmin=1\nmax=5\n[[dimension]]\nkey='a'\nitems=['A']\n[outcome]\noverall = { columns=['A'], max=7 }\n";
    assert_eq!(
        problems(text),
        ["line 8, outcome.overall: \"A\" is read elsewhere in this map with another scale"]
    );
}

proptest! {
    #[test]
    fn a_damaged_map_is_read_or_refused_but_never_fatal(
        at in 0..GOOD.len(),
        cut in 0_usize..20,
        put in "[\\PC\n\"\\[\\]{}=,]{0,6}",
    ) {
        let end = (at + cut).min(GOOD.len());
        let text = format!("{}{put}{}", &GOOD[..at], &GOOD[end..]);
        if let Err(problems) = Map::parse(&text) {
            let lines = text.lines().count().max(1) + 1;
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.line <= lines));
        }
    }
}
