//! What was never counted is refused and changes nothing.

use scoring::{Cell, CellError, Code, GroupedCell};

use super::counts::{Counts, group, responses};
use super::reports::check_reports;
use super::{Chance, draw, each_seed};

#[test]
fn a_cell_refuses_strange_responses_or_stays_a_cell() {
    each_seed(1_000, strange_responses_are_refused::<Cell>);
}

#[test]
fn a_grouped_cell_refuses_strange_responses_or_stays_a_cell() {
    each_seed(500, strange_responses_are_refused::<GroupedCell>);
}

#[test]
fn a_cell_never_holds_a_larger_one() {
    each_seed(500, a_larger_one_is_refused::<Cell>);
    each_seed(200, a_larger_one_is_refused::<GroupedCell>);
}

/// The counts of several people can together hold a response that none of them gave; then, too, what is left
/// must be counts that can be stored and reported, and putting the response back must restore all.
fn strange_responses_are_refused<C: Counts>(chance: &mut Chance) {
    let layout = draw::layout(chance);
    let all = responses(chance, &layout, 6);
    let mut counts = C::of(&layout, &all);
    let before = counts.encode(&layout);
    for _ in 0..6 {
        let strange = (draw::response(chance, &layout), group(chance));
        let seen = all.iter().any(|(codes, group)| *codes == strange.0 && group % 32 == strange.1 % 32);
        match counts.forget(&layout, &strange) {
            Ok(()) => {
                let left = counts.encode(&layout);
                assert_eq!(C::decode(&layout, &left).as_ref(), Ok(&counts));
                counts.record(&layout, &strange).unwrap();
            }
            Err(error) => assert!(error == CellError::NotCounted && !seen),
        }
        assert_eq!(counts.encode(&layout), before);
    }
}

fn a_larger_one_is_refused<C: Counts>(chance: &mut Chance) {
    let layout = draw::layout(chance);
    let mut small = C::of(&layout, &responses(chance, &layout, 8));
    let mut large = small.clone();
    large.record(&layout, &(draw::response(chance, &layout), group(chance))).unwrap();
    let before = small.encode(&layout);
    assert_eq!(small.subtract(&large), Err(CellError::NotCounted));
    assert_eq!(small.encode(&layout), before);
}

#[test]
fn reports_stand_after_people_were_forgotten_whom_the_counts_only_seem_to_hold() {
    each_seed(300, |chance| {
        let layout = draw::layout(chance);
        let mut cell = Cell::of(&layout, &responses(chance, &layout, 8));
        for _ in 0..12 {
            let strange = draw::response(chance, &layout);
            if cell.forget(&layout, &strange).is_ok() {
                check_reports(&layout, &cell);
            }
        }
    });
}

#[test]
fn a_group_of_one_forgets_nobody_else() {
    // Another person with the same scores: only the item pairs tell them apart.
    let layout = draw::layout(&mut Chance(5));
    let mut one = vec![Code::NOT_SHOWN; layout.items().len()];
    let dimension = layout.dimensions().iter().find(|d| d.items.len() > 1).unwrap();
    one[dimension.items[0]] = Code::from_byte(1).unwrap();
    let mut other = one.clone();
    other.swap(dimension.items[0], dimension.items[1]);
    let reversed = |place: usize| layout.items()[dimension.items[place]].reversed;
    if reversed(0) != reversed(1) {
        other[dimension.items[1]] =
            Code::from_byte(layout.items()[dimension.items[1]].scale.points()).unwrap();
    }
    let mut cell = GroupedCell::empty(&layout);
    cell.record(&layout, &one, 3).unwrap();
    let before = cell.clone();
    assert_eq!(cell.forget(&layout, &other, 3), Err(CellError::NotCounted));
    assert_eq!(cell.forget(&layout, &one, 4), Err(CellError::NotCounted));
    assert_eq!(cell, before);
    cell.forget(&layout, &one, 3 + 32).unwrap();
    assert_eq!(cell, GroupedCell::empty(&layout));
}
