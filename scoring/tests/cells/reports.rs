//! No counts at all make a report panic or hold a number that is none.

use scoring::{
    Block, Cell, Distribution, Layout, Undefined, alpha_pairwise, dimension_report, gap, item_report,
    outcome_report, person_mean, quality_report, total_perceived_quality,
};
use serde::Serialize;

use super::counts::{Counts, responses};
use super::{draw, each_seed};

/// Everything that is reported from one cell, also for indexes that the layout lacks.
pub fn check_reports(layout: &Layout, cell: &Cell) {
    finite(&outcome_report(layout, cell));
    finite(&quality_report(layout, cell));
    for item in 0..=layout.items().len() {
        finite(&item_report(layout, cell, item));
    }
    for dimension in (0..=layout.dimensions().len()).chain([64, usize::MAX]) {
        finite(&dimension_report(layout, cell, dimension));
        finite(&alpha_pairwise(layout, cell, Block::Dimension(dimension)));
        for other in (0..=layout.dimensions().len()).chain([64, usize::MAX]) {
            finite(&gap(layout, cell, dimension, other));
        }
    }
    for &variable in layout.variables() {
        let person = person_mean(layout, cell, variable);
        finite(&(person.mean, person.sd));
    }
    for weights in [vec![], vec![1.0], scoring::equal_weights(layout), vec![f64::NAN]] {
        finite(&total_perceived_quality(layout, cell, 0.4, 0.7, &weights).figure);
    }
    let overall = Distribution::of_block(layout, cell, Block::Overall);
    assert!(overall.mean().is_none_or(f64::is_finite) && overall.variance().is_none_or(|v| v >= 0.0));
}

/// serde_json writes a number that is not finite as null.
fn finite(report: &impl Serialize) {
    let text = serde_json::to_string(report).unwrap();
    assert!(!text.contains("null"), "{text}");
}

#[test]
fn reports_on_any_cell_hold_finite_numbers_or_say_why_not() {
    each_seed(1_000, |chance| {
        let layout = draw::layout(chance);
        let mut cell = Cell::of(&layout, &responses(chance, &layout, 5));
        let other = Cell::of(&layout, &responses(chance, &layout, 5));
        check_reports(&layout, &cell);
        cell.add(&other).unwrap();
        check_reports(&layout, &cell);
    });
}

#[test]
fn reports_on_as_many_people_as_a_cell_holds_are_finite() {
    each_seed(40, |chance| {
        let layout = draw::layout(chance);
        let mut cell = Cell::of(&layout, &responses(chance, &layout, 4));
        while cell.people() > 0 && 2 * cell.people() <= scoring::MAX_PEOPLE {
            let twice = cell.clone();
            cell.add(&twice).unwrap();
        }
        check_reports(&layout, &cell);
        assert_eq!(Cell::decode(&layout, &cell.encode(&layout).unwrap()), Ok(cell));
    });
}

#[test]
fn a_gap_of_dimensions_that_are_not_there_is_undefined() {
    let layout = draw::layout(&mut super::Chance(3));
    let cell = Cell::empty(&layout);
    let figure = gap(&layout, &cell, 70, 71);
    assert!(
        matches!(figure, scoring::Figure::Undefined(undef) if undef.undefined == Undefined::NoneAnsweredBoth)
    );
}
