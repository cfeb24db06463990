//! The interval of an item's mean: its coverage as an exact sum over all histograms.

use scoring::{Cell, Code, Interval, ItemSpec, Layout, Outcomes, Scale, dirichlet_beta, item_report};

use super::exact::Sums;
use super::model::{EXTREME, NPS_LIKE, POLARISED, SATISFIED, SYMMETRIC, Shape, TOP_HEAVY};
use super::run::{Case, assert_good_from, print_table};

const SHAPES: [Shape; 6] = [SYMMETRIC, SATISFIED, TOP_HEAVY, EXTREME, POLARISED, NPS_LIKE];

/// The interval that a report shows: widened to hold the sample mean.
fn shown(counts: &[u64], scale: Scale) -> Interval {
    let n: u64 = counts.iter().sum();
    let sum: u64 = (u64::from(scale.min)..).zip(counts).map(|(x, count)| x * count).sum();
    dirichlet_beta(counts, scale).including(sum as f64 / n as f64)
}

#[test]
#[ignore = "heavy: exact sums up to n = 200, about a minute in release"]
fn the_interval_of_an_item_mean_is_good_from_ten_answers_on() {
    let cases: Vec<Case> = SHAPES.iter().map(exact_case).collect();
    print_table("Item mean, Dirichlet-beta (exact)", &cases);
    assert_good_from(&cases, &[5, 10, 5, 10, 5, 5].map(Some));
}

fn exact_case(shape: &Shape) -> Case {
    let (scale, truth) = (shape.scale(), shape.mean());
    let mut case = Case::new(shape.name);
    let mut sums = Sums::of_nobody(shape.shares);
    for n in [5, 10, 15, 20, 30, 50, 100, 200] {
        while sums.n < n {
            sums.add_person();
        }
        let holds = |counts: &[u64]| {
            shown(counts, scale).known().is_some_and(|[lower, upper]| lower <= truth && truth <= upper)
        };
        let (share, lost) = sums.probability(holds);
        assert!((0.0..1e-6).contains(&lost.max(0.0)), "{}, n = {n}: {lost} left out", shape.name);
        case.push_exact(n, share);
    }
    case
}

#[test]
fn the_interval_that_is_simulated_is_the_one_that_is_reported() {
    let scale = Scale::new(1, 5).unwrap();
    let item = ItemSpec { key: "care".into(), scale, reversed: false, top_box: None };
    let layout = Layout::new(vec![item], vec![], Outcomes::default()).unwrap();
    for counts in [[0, 0, 0, 0, 7], [1, 0, 2, 4, 3], [0, 1, 0, 0, 0]] {
        let mut cell = Cell::empty(&layout);
        for (raw, count) in (1..).zip(counts) {
            (0..count).for_each(|_| cell.record(&layout, &[Code::answer(raw, scale).unwrap()]).unwrap());
        }
        let reported = item_report(&layout, &cell, 0).mean.known().unwrap().ci95.unwrap();
        assert_eq!(reported, shown(&counts, scale));
    }
}
