//! Properties that hold for every set of answers: counts merge and forget exactly, and no figure is NaN.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test program: a wrong assumption shall stop it, and it says what it compared"
)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scoring::{
    Block, Cell, CellError, Code, DimensionSpec, Facet, Figure, ItemSpec, Layout, MAX_PEOPLE, Outcomes,
    Scale, Undefined, Variable, alpha_pairwise, dimension_report, item_report, outcome_report, person_mean,
    quality_report, total_perceived_quality,
};

const ITEMS: usize = 11;

/// Experience with three items (one reversed), a pair with expectation, image, importance, all outcomes.
fn layout() -> Layout {
    let five = Scale::new(1, 5).unwrap();
    let eleven = Scale::new(0, 10).unwrap();
    let item = |index: usize| ItemSpec {
        key: format!("i{index}"),
        scale: if index >= 9 { eleven } else { five },
        reversed: index == 1,
        top_box: None,
    };
    let dimension = |key: &str, facet, of: Option<&str>, items: &[usize]| DimensionSpec {
        key: key.into(),
        facet,
        of: of.map(Into::into),
        items: items.to_vec(),
    };
    let dimensions = vec![
        dimension("speed", Facet::Experience, None, &[0, 1, 2]),
        dimension("speed_expected", Facet::Expectation, Some("speed"), &[3, 4]),
        dimension("image", Facet::Image, None, &[5, 6]),
        dimension("speed_matters", Facet::Importance, Some("speed"), &[7]),
    ];
    let outcomes = Outcomes { overall: vec![9], nps: Some(10), csat: Some(8), ces: Some(8) };
    Layout::new((0..ITEMS).map(item).collect(), dimensions, outcomes).unwrap()
}

/// Any codes that the layout takes; states and low positions come up often enough to meet every branch.
fn response() -> impl Strategy<Value = Vec<Code>> {
    let codes = |points: u8| {
        let state = (12_u8..=15).prop_map(|byte| Code::from_byte(byte).unwrap());
        let answer = (1..=points).prop_map(|byte| Code::from_byte(byte).unwrap());
        prop_oneof![2 => answer, 1 => state]
    };
    (vec(codes(5), 9), vec(codes(11), 2)).prop_map(|(mut five, eleven)| {
        five.extend(eleven);
        five
    })
}

fn responses() -> impl Strategy<Value = Vec<Vec<Code>>> {
    vec(response(), 0..40)
}

fn count(layout: &Layout, responses: &[Vec<Code>]) -> Cell {
    let mut cell = Cell::empty(layout);
    for codes in responses {
        cell.record(layout, codes).unwrap();
    }
    cell
}

fn sum(a: &Cell, b: &Cell) -> Cell {
    let mut sum = a.clone();
    sum.add(b).unwrap();
    sum
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn forgetting_what_was_recorded_leaves_the_cell_as_it_was(before in responses(), codes in response()) {
        let layout = layout();
        let cell = count(&layout, &before);
        let mut changed = cell.clone();
        changed.record(&layout, &codes).unwrap();
        prop_assert_ne!(&changed, &cell);
        changed.forget(&layout, &codes).unwrap();
        prop_assert_eq!(changed, cell);
    }

    #[test]
    fn everybody_can_be_forgotten_in_any_order(all in responses(), seed in any::<u64>()) {
        let layout = layout();
        let mut cell = count(&layout, &all);
        let mut order: Vec<_> = (0..all.len()).collect();
        order.sort_by_key(|&index| (index as u64 + 1).wrapping_mul(seed | 1));
        for index in order {
            cell.forget(&layout, &all[index]).unwrap();
        }
        prop_assert_eq!(cell, Cell::empty(&layout));
    }

    #[test]
    fn addition_commutes_and_associates(a in responses(), b in responses(), c in responses()) {
        let layout = layout();
        let (a, b, c) = (count(&layout, &a), count(&layout, &b), count(&layout, &c));
        prop_assert_eq!(sum(&a, &b), sum(&b, &a));
        prop_assert_eq!(sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
        prop_assert_eq!(sum(&a, &Cell::empty(&layout)), a);
    }

    #[test]
    fn subtraction_inverts_addition(a in responses(), b in responses()) {
        let layout = layout();
        let (a, b) = (count(&layout, &a), count(&layout, &b));
        let mut both = sum(&a, &b);
        both.subtract(&b).unwrap();
        prop_assert_eq!(both, a);
    }

    #[test]
    fn the_cells_of_any_split_add_up_to_the_cell_of_all(all in vec((response(), 0_usize..4), 0..60)) {
        let layout = layout();
        let mut parts = vec![Cell::empty(&layout); 4];
        for (codes, part) in &all {
            parts[*part].record(&layout, codes).unwrap();
        }
        let merged = parts.iter().fold(Cell::empty(&layout), |merged, part| sum(&part.clone(), &merged));
        let whole: Vec<_> = all.into_iter().map(|(codes, _)| codes).collect();
        let whole = count(&layout, &whole);
        prop_assert_eq!(&merged, &whole);
        // Equal counts give equal figures, to the last bit.
        prop_assert_eq!(quality_report(&layout, &merged), quality_report(&layout, &whole));
        prop_assert_eq!(dimension_report(&layout, &merged, 0), dimension_report(&layout, &whole, 0));
    }

    #[test]
    fn what_is_not_in_the_cell_cannot_be_taken_out(all in responses(), codes in response()) {
        let layout = layout();
        let mut cell = count(&layout, &all);
        let before = cell.clone();
        let seen = all.contains(&codes);
        match cell.forget(&layout, &codes) {
            // The counts of several people can together hold a response that none of them gave.
            Ok(()) => prop_assert_eq!(cell.people() + 1, before.people()),
            Err(error) => {
                prop_assert!(!seen);
                prop_assert_eq!(error, CellError::NotCounted);
                prop_assert_eq!(cell, before);
            }
        }
    }

    #[test]
    fn a_larger_cell_is_never_taken_from_a_smaller_one(a in responses(), extra in response()) {
        let layout = layout();
        let mut small = count(&layout, &a);
        let mut large = small.clone();
        large.record(&layout, &extra).unwrap();
        let before = small.clone();
        prop_assert_eq!(small.subtract(&large), Err(CellError::NotCounted));
        prop_assert_eq!(small, before);
    }

    #[test]
    fn no_figure_is_nan_or_infinite(all in vec(response(), 0..6)) {
        let layout = layout();
        let cell = count(&layout, &all);
        let mut text = serde_json::to_string(&quality_report(&layout, &cell)).unwrap();
        text += &serde_json::to_string(&outcome_report(&layout, &cell)).unwrap();
        for index in 0..ITEMS {
            text += &serde_json::to_string(&item_report(&layout, &cell, index)).unwrap();
        }
        for index in 0..layout.dimensions().len() {
            text += &serde_json::to_string(&dimension_report(&layout, &cell, index)).unwrap();
        }
        // serde_json writes a number that is not finite as null.
        prop_assert!(!text.contains("null"), "{}", text);
    }

    #[test]
    fn a_person_mean_is_the_mean_of_the_half_rule_scores(all in responses()) {
        let layout = layout();
        let cell = count(&layout, &all);
        let scale = layout.items()[0].scale;
        let mut scores = Vec::new();
        for codes in &all {
            let asked = codes[..3].iter().filter(|code| **code != Code::NOT_SHOWN).count();
            let answers: Vec<f64> = (0..3)
                .filter_map(|item| codes[item].raw(scale).map(|raw| layout.items()[item].polarised(raw)))
                .map(f64::from)
                .collect();
            if !answers.is_empty() && 2 * answers.len() >= asked {
                scores.push(answers.iter().sum::<f64>() / answers.len() as f64);
            }
        }
        let figure = person_mean(&layout, &cell, Variable::Dimension(0)).mean;
        prop_assert_eq!(figure.n(), scores.len() as u64);
        if let Some(mean) = figure.known() {
            let expected = scores.iter().sum::<f64>() / scores.len() as f64;
            prop_assert!((mean.value - expected).abs() < 1e-12);
        }
    }
}

#[test]
fn responses_that_do_not_fit_the_layout_change_nothing() {
    let layout = layout();
    let mut cell = Cell::empty(&layout);
    let nine = Code::from_byte(9).unwrap();
    assert_eq!(cell.record(&layout, &[nine]), Err(CellError::AnswerCount { items: ITEMS, given: 1 }));
    assert_eq!(cell.record(&layout, &[nine; ITEMS]), Err(CellError::UnknownCode(0)));
    let item =
        ItemSpec { key: "other".into(), scale: Scale::new(1, 5).unwrap(), reversed: false, top_box: None };
    let other = Layout::new(vec![item], vec![], Outcomes::default()).unwrap();
    assert_eq!(cell.record(&other, &[Code::SKIPPED]), Err(CellError::OtherLayout));
    assert_eq!(cell.add(&Cell::empty(&other)), Err(CellError::OtherLayout));
    assert_eq!(cell, Cell::empty(&layout));
}

#[test]
fn sums_stay_exact_for_billions_of_people() {
    let layout = layout();
    let five = Code::answer(5, layout.items()[0].scale).unwrap();
    let four = Code::answer(4, layout.items()[0].scale).unwrap();
    let mut codes = vec![five; ITEMS];
    let mut cell = Cell::empty(&layout);
    cell.record(&layout, &codes).unwrap();
    for _ in 0..32 {
        let twice = cell.clone();
        cell.add(&twice).unwrap();
    }
    codes[0] = four;
    cell.record(&layout, &codes).unwrap();
    let people = (1_u64 << 32) + 1;
    assert_eq!(cell.people(), people);
    let sd = item_report(&layout, &cell, 0).sd.known().unwrap().value;
    // One answer differs by 1: the variance is 1/n exactly.
    assert!((sd * sd * people as f64 - 1.0).abs() < 1e-12);
    let report = dimension_report(&layout, &cell, 0);
    assert!(report.mean.known().is_some() && report.score.known().is_some());
}

#[test]
fn a_cell_refuses_more_people_than_it_can_count_exactly() {
    let layout = layout();
    let mut cell = Cell::empty(&layout);
    cell.record(&layout, &[Code::SKIPPED; ITEMS]).unwrap();
    while 2 * cell.people() <= MAX_PEOPLE {
        let twice = cell.clone();
        cell.add(&twice).unwrap();
    }
    let before = cell.clone();
    assert_eq!(cell.add(&before), Err(CellError::TooManyPeople));
    assert_eq!(cell, before);
}

#[test]
fn an_index_with_unfit_weights_is_undefined() {
    let layout = layout();
    let mut cell = Cell::empty(&layout);
    cell.record(&layout, &[Code::from_byte(3).unwrap(); ITEMS]).unwrap();
    let reason =
        |kappa, theta, weights: &[f64]| match total_perceived_quality(&layout, &cell, kappa, theta, weights)
            .figure
        {
            Figure::Undefined(undef) => Some(undef.undefined),
            Figure::Known(_) => None,
        };
    assert_eq!(reason(0.3, 1.0, &[1.0]), None);
    assert_eq!(reason(0.0, 0.0, &[0.5]), Some(Undefined::BadWeights));
    assert_eq!(reason(0.0, 0.0, &[f64::NAN]), Some(Undefined::BadWeights));
    assert_eq!(reason(1.5, 0.0, &[1.0]), Some(Undefined::OutOfRange));
    assert_eq!(reason(0.0, -0.4, &[1.0]), Some(Undefined::OutOfRange));
}

#[test]
fn undefined_figures_say_why() {
    let layout = layout();
    let empty = Cell::empty(&layout);
    let reason = |figure: Figure| match figure {
        Figure::Undefined(undef) => Some(undef.undefined),
        Figure::Known(_) => None,
    };
    assert_eq!(reason(item_report(&layout, &empty, 0).mean), Some(Undefined::NoAnswers));
    assert_eq!(reason(quality_report(&layout, &empty).score), Some(Undefined::NoAnswers));
    assert_eq!(reason(dimension_report(&layout, &empty, 3).alpha), Some(Undefined::OneItem));
    assert_eq!(reason(alpha_pairwise(&layout, &empty, Block::Dimension(0))), Some(Undefined::NoAnswers));
    let mut one = Cell::empty(&layout);
    one.record(&layout, &[Code::from_byte(3).unwrap(); ITEMS]).unwrap();
    assert_eq!(reason(item_report(&layout, &one, 0).sd), Some(Undefined::OneAnswer));
    assert_eq!(reason(dimension_report(&layout, &one, 0).alpha), Some(Undefined::OneAnswer));
    let mut unanimous = one.clone();
    unanimous.add(&one).unwrap();
    let report = dimension_report(&layout, &unanimous, 0);
    assert_eq!(reason(report.alpha), Some(Undefined::NoVariance));
    let pair = dimension_report(&layout, &unanimous, 1).alpha_if_dropped;
    assert_eq!(pair.get("i3").copied().and_then(reason), Some(Undefined::TwoItems));
}
