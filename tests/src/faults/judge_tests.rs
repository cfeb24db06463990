//! The judge finds each kind of wrong that it is there for, and nothing where all is well.

use super::field::{Link, Sown};
use super::judge::{Verdict, judge, silently_stored};
use super::plan::Content;
use super::stored::Stored;
use super::witness::{Event, Step, Told};

const ID: &str = "00";

fn sown() -> Sown {
    Sown::of(vec![Link { path: "/s/a".to_owned(), id: ID.to_owned(), form: 0 }])
}

/// All pages of a form in turn, then one correction of its first page; all acknowledged.
fn told_all(sown: &Sown) -> Vec<Step> {
    let pages = sown.plan(0).pages();
    let step = |(step, page): (u32, usize)| {
        let time = u32::from(usize::try_from(step).unwrap() >= pages);
        Step { link: 0, step, page, content: sown.plan(0).content(0, page, time) }
    };
    (0..).zip((1..=pages).chain([1])).map(step).collect()
}

fn events(steps: &[Step]) -> Vec<Event> {
    let both = |(number, step): (u64, &Step)| {
        [Event::Attempt(number, step.clone()), Event::Told(number, Told::Acknowledged)]
    };
    (0..).zip(steps).flat_map(both).collect()
}

/// What a faithful service stores of them.
fn kept(sown: &Sown, steps: &[Step]) -> Stored {
    let mut stored = Stored::default();
    for step in steps {
        let page = i16::try_from(step.page).unwrap();
        let revisions = stored.pages.entry((ID.to_owned(), page)).or_default();
        revisions.push((i16::try_from(revisions.len() + 1).unwrap(), step.content.clone()));
    }
    let whole =
        |upto: usize| sown.plan(0).response(steps[..upto].iter().map(|step| (step.page, &step.content)));
    let pages = sown.plan(0).pages();
    stored.responses.insert(ID.to_owned(), vec![(1, whole(pages)), (2, whole(pages + 1))]);
    stored.positions = vec![1, 2];
    stored.last_position = 2;
    stored
}

/// The verdict on a faithful database after `harm` was done to it.
fn after(harm: impl FnOnce(&mut Stored)) -> Verdict {
    let sown = sown();
    let steps = told_all(&sown);
    let mut stored = kept(&sown, &steps);
    harm(&mut stored);
    judge(&sown, &events(&steps), &stored)
}

fn first_page(stored: &mut Stored) -> &mut Vec<(i16, Content)> {
    stored.pages.get_mut(&(ID.to_owned(), 1)).unwrap()
}

fn responses(stored: &mut Stored) -> &mut Vec<(i16, Content)> {
    stored.responses.get_mut(ID).unwrap()
}

#[test]
fn a_faithful_database_is_clean() {
    let verdict = after(|_| ());
    assert!(verdict.is_clean(), "{}", verdict.words());
}

#[test]
fn what_was_acknowledged_and_is_missing_is_lost() {
    let newest = after(|stored| drop(first_page(stored).pop()));
    assert_eq!(newest.lost.len(), 1, "the newest revision of a page: {}", newest.words());
    let older = after(|stored| {
        first_page(stored).remove(0);
        first_page(stored)[0].0 = 1;
    });
    assert!(!older.lost.is_empty(), "an older revision: {}", older.words());
    let response = after(|stored| drop(responses(stored).pop()));
    assert_eq!(response.lost.len(), 1, "a revision of the response: {}", response.words());
    let all = after(|stored| *stored = Stored::default());
    assert!(all.lost.len() > 5, "everything: {}", all.words());
}

#[test]
fn what_stands_twice_is_doubled() {
    let page = after(|stored| {
        let last = first_page(stored).last().unwrap().1.clone();
        first_page(stored).push((3, last));
    });
    assert_eq!(page.doubled.len(), 1, "{}", page.words());
    let again = after(|stored| {
        let first = first_page(stored)[0].1.clone();
        first_page(stored).push((3, first));
    });
    assert_eq!(again.doubled.len(), 1, "an old content after a new one: {}", again.words());
    let response = after(|stored| {
        let last = responses(stored).last().unwrap().1.clone();
        responses(stored).push((3, last));
    });
    assert_eq!(response.doubled.len(), 1, "{}", response.words());
    let position = after(|stored| stored.positions = vec![2, 2]);
    assert_eq!(position.doubled.len(), 1, "{}", position.words());
}

#[test]
fn what_nobody_sent_is_wrong() {
    let foreign = after(|stored| first_page(stored)[1].1.bytes[0] = 14);
    assert!(!foreign.wrong.is_empty() && !foreign.lost.is_empty(), "{}", foreign.words());
    let mixed = after(|stored| responses(stored)[1].1.bytes[0] = 15);
    assert_eq!(mixed.wrong.len(), 1, "{}", mixed.words());
    let words = after(|stored| responses(stored)[0].1.comment.push('!'));
    assert_eq!(words.wrong.len(), 1, "{}", words.words());
    let stranger = after(|stored| {
        let page = first_page(stored).clone();
        stored.pages.insert(("ff".to_owned(), 1), page);
    });
    assert_eq!(stranger.wrong.len(), 1, "{}", stranger.words());
    let beyond = after(|stored| stored.last_position = 1);
    assert_eq!(beyond.wrong.len(), 1, "{}", beyond.words());
}

#[test]
fn a_step_in_doubt_may_be_stored_or_not_but_a_refusal_of_another_kind_is_improper() {
    let sown = sown();
    let steps = told_all(&sown);
    let (last, before) = steps.split_last().unwrap();
    for (told, improper) in [(Told::Unanswered, 0), (Told::Refused, 0), (Told::Improper("500".to_owned()), 1)]
    {
        let number = 99;
        let mut all = events(before);
        all.extend([Event::Attempt(number, last.clone()), Event::Told(number, told)]);
        let with = judge(&sown, &all, &kept(&sown, &steps));
        let mut less = kept(&sown, &steps);
        first_page(&mut less).pop();
        responses(&mut less).pop();
        let without = judge(&sown, &all, &less);
        for verdict in [with, without] {
            assert_eq!(verdict.improper.len(), improper, "{}", verdict.words());
            assert!(verdict.lost.is_empty() && verdict.doubled.is_empty() && verdict.wrong.is_empty());
        }
        assert_eq!(silently_stored(&sown, &all, &kept(&sown, &steps)).len(), 1);
        assert_eq!(silently_stored(&sown, &all, &less), [] as [&str; 0]);
    }
}
