//! What fields of the further kinds of questions are taken for.

use proptest::prelude::*;

use super::*;
use crate::form::{Ask, Length, PagePlan, Paging};
use crate::instrument::{Instrument, fixture};

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

/// All unconditional questions of the sampler on the first page, the branches on the second and third.
fn pages() -> (Instrument, Vec<PagePlan>) {
    let instrument = fixture::sampler();
    let pages = instrument.pages_of(&Ask { paging: Paging::All, ..Ask::of(0, Length::Standard) });
    (instrument, pages)
}

fn read(page: usize, pairs: &[(&str, &str)]) -> Result<PageAnswers, Vec<FieldProblem>> {
    let (instrument, pages) = pages();
    read_page(&instrument, &pages[page], &fields(pairs))
}

/// The codes of the items from one key on, as many as there are.
fn codes(page: &PageAnswers, first: &str, count: usize) -> Vec<Answer> {
    let instrument = fixture::sampler();
    let start = instrument.items().iter().position(|item| item.key == first).unwrap();
    (start..start + count).map(|item| page.get(item).unwrap()).collect()
}

fn refused(page: usize, pairs: &[(&str, &str)]) -> Vec<(String, FieldProblemKind)> {
    read(page, pairs).unwrap_err().into_iter().map(|problem| (problem.field, problem.kind)).collect()
}

#[test]
fn yes_is_one_and_no_is_zero() {
    assert_eq!(codes(&read(0, &[("recurred", "1")]).unwrap(), "recurred", 1), [Answer::Choice(1)]);
    assert_eq!(codes(&read(0, &[("recurred", "0")]).unwrap(), "recurred", 1), [Answer::Choice(0)]);
    assert_eq!(codes(&read(0, &[("recurred", "na")]).unwrap(), "recurred", 1), [Answer::DontKnow]);
    for value in ["2", "yes", "on", "01"] {
        let expected = [("recurred".to_owned(), FieldProblemKind::OutsideScale)];
        assert_eq!(refused(0, &[("recurred", value)]), expected, "{value}");
    }
}

#[test]
fn a_question_without_a_set_apart_choice_takes_none() {
    assert_eq!(codes(&read(0, &[("way_here", "3")]).unwrap(), "way_here", 1), [Answer::Choice(3)]);
    for value in ["na", "0", "4"] {
        assert_eq!(refused(0, &[("way_here", value)])[0].1, FieldProblemKind::OutsideScale, "{value}");
    }
}

#[test]
fn options_left_out_count_only_beside_one_that_is_chosen() {
    let (left, chosen) = (Answer::Choice(0), Answer::Choice(1));
    let some = read(0, &[("used__page", "1"), ("used__shop", "1")]).unwrap();
    assert_eq!(codes(&some, "used__page", 4), [chosen, left, chosen, left]);
    assert_eq!(codes(&read(0, &[]).unwrap(), "used__page", 4), [Answer::Skipped; 4]);
    let none = read(0, &[("used__nothing", "1")]).unwrap();
    assert_eq!(codes(&none, "used__page", 4), [left, left, left, chosen]);
    let both = refused(0, &[("used__nothing", "1"), ("used__page", "1")]);
    assert_eq!(both, [("used__nothing".to_owned(), FieldProblemKind::Contradiction)]);
    assert_eq!(refused(0, &[("used__page", "0")])[0].1, FieldProblemKind::OutsideScale);
    assert_eq!(refused(0, &[("used", "1")])[0].1, FieldProblemKind::Unknown);
}

#[test]
fn a_ranking_is_whole_or_left_open_and_never_tied() {
    let rank = |speed: &'static str, price: &'static str, care: &'static str| {
        [("matters__speed", speed), ("matters__price", price), ("matters__care", care)]
    };
    let whole = read(0, &rank("2", "3", "1")).unwrap();
    assert_eq!(codes(&whole, "matters__speed", 3), [2, 3, 1].map(Answer::Choice));
    for begun in [rank("", "", ""), rank("1", "", ""), rank("2", "1", "")] {
        let page = read(0, &begun).unwrap();
        assert_eq!(codes(&page, "matters__speed", 3), [Answer::Skipped; 3]);
        assert!(page.is_empty());
    }
    let no_order = |field: &str| vec![(field.to_owned(), FieldProblemKind::NoOrder)];
    assert_eq!(refused(0, &rank("1", "1", "2")), no_order("matters__price"));
    assert_eq!(refused(0, &rank("1", "", "3")), no_order("matters__speed"));
    assert_eq!(refused(0, &rank("", "2", "")), no_order("matters__price"));
    assert_eq!(refused(0, &rank("1", "2", "4"))[0].1, FieldProblemKind::OutsideScale);
}

#[test]
fn a_number_is_whole_within_its_ends_and_kept_in_plain_digits() {
    let taken = |value| read(1, &[("times", value)]).unwrap().words.get("times").map(str::to_owned);
    for (typed, kept) in [("1", "1"), (" 500 ", "500"), ("007", "7"), ("1 2", "12"), ("\u{663}\u{664}", "34")]
    {
        assert_eq!(taken(typed).as_deref(), Some(kept), "{typed}");
    }
    assert_eq!((taken(""), taken(" \t")), (None, None));
    for value in ["0", "501", "-1", "+1", "1.5", "1,5", "two", "99999999999999", "1e2", "½"] {
        let expected = [("times".to_owned(), FieldProblemKind::NoNumber { min: 1, max: 500 })];
        assert_eq!(refused(1, &[("times", value)]), expected, "{value}");
    }
}

#[test]
fn words_keep_to_their_lines_and_lengths() {
    let page = read(1, &[("what_again", " one\r\ntwo\u{1e}\u{1f} ")]).unwrap();
    assert_eq!(page.words.get("what_again"), Some("one two"));
    let long = "ä".repeat(MOST_LINE_CHARS + 1);
    let kind = FieldProblemKind::TooLong { chars: 201, limit: 200 };
    assert_eq!(refused(1, &[("what_again", &long)]), [("what_again".to_owned(), kind)]);
    let page = read(2, &[("what_bad", "one\r\ntwo")]).unwrap();
    assert_eq!((page.words.get("what_bad"), page.is_empty()), (Some("one\ntwo"), false));
}

#[test]
fn what_could_not_be_taken_is_kept_as_it_was_typed() {
    let (instrument, pages) = pages();
    let asked = [("times", "many"), ("what_again", "This.")];
    let again = typed(&instrument, &pages[1], &fields(&asked));
    assert_eq!((again.raw.get("times"), again.answers.words.get("times")), (Some("many"), None));
    assert_eq!(again.answers.words.get("what_again"), Some("This."));
    let ranks =
        [("matters__speed", "1"), ("matters__price", "1"), ("used__nothing", "1"), ("used__page", "1")];
    let again = typed(&instrument, &pages[0], &fields(&ranks));
    assert_eq!((again.raw.get("matters__price"), again.raw.get("matters__care")), (Some("1"), None));
    assert_eq!(codes(&again.answers, "used__page", 4)[3], Answer::Choice(1));
}

proptest! {
    #[test]
    fn any_fields_are_refused_by_their_names_or_are_answers_on_their_scales(
        page in 0_usize..3,
        fields in proptest::collection::vec(
            (
                prop_oneof![
                    any::<String>(),
                    "recurred|way_here|times|what_again|what_bad|used__(page|phone|shop|nothing)|comment|go",
                    "matters__(speed|price|care)|mending_done|overall",
                ],
                prop_oneof![any::<String>(), "[0-9]{0,3}|na|1|2|3", "\\PC{0,2500}"],
            ),
            0..12,
        ),
    ) {
        let (instrument, pages) = pages();
        match read_page(&instrument, &pages[page], &fields) {
            Ok(answers) => {
                let places: Vec<usize> = answers.answers.iter().map(|(place, _)| *place).collect();
                prop_assert_eq!(&places, &pages[page].items);
                let mut sheet = AnswerSheet::not_shown(&instrument);
                sheet.put(&answers);
                prop_assert_eq!(AnswerSheet::from_bytes(&instrument, &sheet.bytes()).unwrap(), sheet);
                prop_assert_eq!(&Words::read(&answers.words.write()), &answers.words);
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(fields.iter().any(|(field, _)| *field == problem.field), "{:?}", problem);
                }
            }
        }
        let _ = typed(&instrument, &pages[page], &fields);
    }
}
