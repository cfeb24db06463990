//! What branches promise.

use super::*;
use crate::answer::{Answer, AnswerSheet, PageAnswers};
use crate::instrument::{Instrument, fixture};

const RECURRED: usize = 2;
const MENDED: usize = 0;

fn sheet(instrument: &Instrument, answers: &[(usize, Answer)]) -> AnswerSheet {
    let mut sheet = AnswerSheet::not_shown(instrument);
    sheet.put(&PageAnswers { answers: answers.to_vec(), ..PageAnswers::default() });
    sheet
}

fn sections(instrument: &Instrument, page: &PagePlan) -> Vec<String> {
    let key = |group: &Group| match (group.section, group.block) {
        (Some(section), _) => instrument.sections()[section].key.clone(),
        (None, Some(block)) => instrument.blocks()[block].key.clone(),
        (None, None) => "outcomes".to_owned(),
    };
    page.groups.iter().map(key).collect()
}

#[test]
fn sections_stand_before_and_after_the_blocks_in_file_order() {
    let instrument = fixture::sampler();
    let pages = instrument.pages(0, Length::Standard);
    let names: Vec<String> = pages.iter().map(|page| sections(&instrument, page).concat()).collect();
    assert_eq!(names, ["before", "again", "mending", "parts", "bad_mend", "outcomes"]);
    assert_eq!(pages.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn one_by_one_each_question_is_a_page_and_keeps_its_condition() {
    let instrument = fixture::sampler();
    let one = Ask { paging: Paging::One, ..Ask::of(0, Length::Standard) };
    let pages = instrument.pages_of(&one);
    assert!(pages.iter().all(|page| page.question_count() + usize::from(page.comment) == 1));
    let conditional = pages.iter().filter(|page| page.condition.is_some()).count();
    assert_eq!((pages.len(), conditional), (10, 3));
}

#[test]
fn all_at_once_leaves_each_branch_a_page_after_the_one_that_decides() {
    let instrument = fixture::sampler();
    let all = Ask { paging: Paging::All, ..Ask::of(0, Length::Standard) };
    let pages = instrument.pages_of(&all);
    let names: Vec<Vec<String>> = pages.iter().map(|page| sections(&instrument, page)).collect();
    assert_eq!(names, [vec!["before", "mending", "parts", "outcomes"], vec!["again"], vec!["bad_mend"]]);
    assert!(pages[0].comment && pages[0].condition.is_none());
}

#[test]
fn a_branch_is_open_then_shown_or_not() {
    let instrument = fixture::sampler();
    let pages = instrument.pages(0, Length::Quick);
    let again = |answers: &[(usize, Answer)]| shown(&pages, &sheet(&instrument, answers))[1];
    assert_eq!(again(&[]), Showing::Open);
    assert_eq!(again(&[(RECURRED, Answer::Choice(1))]), Showing::Shown);
    for other in [Answer::Choice(0), Answer::Skipped, Answer::DontKnow] {
        assert_eq!(again(&[(RECURRED, other)]), Showing::NotShown, "{other:?}");
    }
    let bad = |code| shown(&pages, &sheet(&instrument, &[(MENDED, Answer::Choice(code))]))[4];
    assert_eq!([1, 2, 3, 5].map(bad), [Showing::Shown, Showing::Shown, Showing::NotShown, Showing::NotShown]);
}

#[test]
fn pages_without_a_condition_are_always_shown_and_decide_before_they_are_needed() {
    let instrument = fixture::sampler();
    for paging in Paging::ALL {
        for length in Length::ALL {
            let pages = instrument.pages_of(&Ask { paging, ..Ask::of(0, length) });
            for page in &pages {
                let Some(condition) = &page.condition else { continue };
                let decides = pages.iter().find(|one| one.items.contains(&condition.item)).unwrap();
                assert!(decides.number < page.number && decides.condition.is_none(), "{paging:?}");
                assert!(decides.leaves_open(page, &pages) && !page.leaves_open(page, &pages));
            }
        }
    }
}

#[test]
fn every_way_of_paging_asks_the_same_questions() {
    let instrument = fixture::sampler();
    let asked = Paging::ALL.map(|paging| {
        let pages = instrument.pages_of(&Ask { paging, ..Ask::of(0, Length::Standard) });
        let mut items: Vec<usize> = pages.iter().flat_map(|page| page.items.clone()).collect();
        let mut questions: Vec<usize> = pages.iter().flat_map(PagePlan::questions).collect();
        items.sort_unstable();
        questions.sort_unstable();
        (items, questions)
    });
    assert_eq!(asked[0], ((0..11).collect(), (0..7).collect()));
    assert!(asked.iter().all(|one| *one == asked[0]));
}

#[test]
fn a_module_with_an_own_byte_comes_after_the_sections() {
    let both = fixture::sampler_in_english().attach(&fixture::short("by-phone")).unwrap();
    assert_eq!((both.items()[11].key.as_str(), both.items()[11].block), ("call_clear", Some(1)));
    let asked = both.pages_of(&Ask { module: Some(0), ..Ask::of(0, Length::Standard) });
    assert_eq!(asked.iter().filter(|page| page.items.contains(&11)).count(), 1);
}
