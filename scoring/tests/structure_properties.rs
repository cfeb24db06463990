//! Properties of reliability and structure that hold for every set of answers.

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
    Block, Cell, Code, DimensionSpec, Facet, GroupedCell, ItemSpec, Layout, Outcomes, Scale, Variable,
    bonett_interval, feldt_interval, invariance, one_factor, parallel_analysis, polarised_pair,
    scale_statistics, score_correlation, spearman, spearman_brown, structure_report,
};
use serde_json::{Value, json};

const ITEMS: usize = 10;

/// Dimensions of four, three, two and one item on one scale; `turned` items are reversed.
fn layout(turned: &[usize]) -> Layout {
    let five = Scale::new(1, 5).unwrap();
    let item = |index: usize| ItemSpec {
        key: format!("i{index}"),
        scale: five,
        reversed: turned.contains(&index),
        top_box: None,
    };
    let dimension = |key: &str, facet, items: &[usize]| DimensionSpec {
        key: key.into(),
        facet,
        of: None,
        items: items.to_vec(),
    };
    let dimensions = vec![
        dimension("four", Facet::Experience, &[0, 1, 2, 3]),
        dimension("three", Facet::Experience, &[4, 5, 6]),
        dimension("two", Facet::Image, &[7, 8]),
        dimension("one", Facet::Experience, &[9]),
    ];
    Layout::new((0..ITEMS).map(item).collect(), dimensions, Outcomes::default()).unwrap()
}

/// Answers between a lowest code and 5, with an empty state now and then: few codes make ties, flat items,
/// singular matrices and improper solutions.
fn response(low: u8, gaps: u32) -> impl Strategy<Value = Vec<Code>> {
    let code = prop_oneof![20 - gaps => low..=5_u8, gaps => 12..=15_u8];
    vec(code.prop_map(|byte| Code::from_byte(byte).unwrap()), ITEMS)
}

fn responses() -> impl Strategy<Value = Vec<Vec<Code>>> {
    (1..=4_u8, prop_oneof![Just(0_u32), Just(2), Just(12)])
        .prop_flat_map(|(low, gaps)| vec(response(low, gaps), 0..60))
}

fn count(layout: &Layout, responses: &[Vec<Code>]) -> (Cell, GroupedCell) {
    let (mut cell, mut grouped) = (Cell::empty(layout), GroupedCell::empty(layout));
    for (number, codes) in responses.iter().enumerate() {
        cell.record(layout, codes).unwrap();
        grouped.record(layout, codes, u8::try_from(number % 32).unwrap()).unwrap();
    }
    (cell, grouped)
}

/// Everything of this area that can be asked about some answers.
fn everything(layout: &Layout, cell: &Cell, grouped: &GroupedCell) -> Value {
    let joint = grouped.total(layout);
    let blocks = (0..5).map(Block::Dimension).chain([Block::Overall]);
    let scales: Vec<_> = blocks
        .map(|block| {
            json!([
                scale_statistics(layout, cell, block),
                one_factor(layout, cell, block),
                spearman_brown(layout, cell, block),
                spearman(layout, cell, block, 0, 1),
                spearman(layout, cell, block, 1, 40),
            ])
        })
        .collect();
    let pairs: Vec<_> = (0..=ITEMS)
        .map(|item| {
            let pair = polarised_pair(layout, &joint, 0, item);
            json!([pair.covariance(), pair.correlation()])
        })
        .collect();
    let r = score_correlation(layout, &joint, Variable::Dimension(0), Variable::Dimension(1));
    json!({ "structure": structure_report(layout, grouped), "scales": scales, "pairs": pairs, "r": r })
}

/// serde_json writes what is not finite as null.
fn without_null(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(list) => list.iter().all(without_null),
        Value::Object(map) => map.values().all(without_null),
        _ => true,
    }
}

fn flipped(code: Code) -> Code {
    if code.is_answer() { Code::from_byte(6 - code.byte()).unwrap() } else { code }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_figure_of_reliability_or_structure_is_nan_or_infinite(responses in responses()) {
        let layout = layout(&[1, 8]);
        let (cell, grouped) = count(&layout, &responses);
        let found = everything(&layout, &cell, &grouped);
        prop_assert!(without_null(&found), "{found}");
    }

    #[test]
    fn reversed_items_with_turned_answers_change_nothing(responses in responses()) {
        let (plain, turned) = (layout(&[]), layout(&[0, 5, 8, 9]));
        let (cell, grouped) = count(&plain, &responses);
        let flip = |codes: &Vec<Code>| -> Vec<Code> {
            let place = |(item, code): (usize, &Code)| {
                if [0, 5, 8, 9].contains(&item) { flipped(*code) } else { *code }
            };
            codes.iter().enumerate().map(place).collect()
        };
        let (turned_cell, turned_grouped) = count(&turned, &responses.iter().map(flip).collect::<Vec<_>>());
        let one = structure_report(&plain, &grouped);
        prop_assert_eq!(one, structure_report(&turned, &turned_grouped));
        let block = Block::Dimension(0);
        prop_assert_eq!(one_factor(&plain, &cell, block), one_factor(&turned, &turned_cell, block));
    }

    #[test]
    fn a_proper_solution_reproduces_the_variances(responses in responses()) {
        let layout = layout(&[]);
        let (cell, _) = count(&layout, &responses);
        for dimension in 0..2 {
            let model = one_factor(&layout, &cell, Block::Dimension(dimension));
            let Some(model) = model.known() else { continue };
            let scale = scale_statistics(&layout, &cell, Block::Dimension(dimension));
            let people = model.n as f64;
            let trace = scale.known().unwrap().cov_trace * (people - 1.0) / people;
            let implied: f64 = model.loadings.iter().map(|l| l * l).sum::<f64>()
                + model.uniquenesses.iter().sum::<f64>();
            prop_assert!((implied - trace).abs() < 1e-7 * trace, "{model:?}");
            prop_assert!(model.std_loadings.iter().all(|l| l.abs() < 1.0));
            prop_assert!(model.uniquenesses.iter().all(|psi| *psi > 0.0));
            prop_assert!((0.0..1.0).contains(&model.omega) && model.loadings.iter().sum::<f64>() >= 0.0);
        }
    }

    #[test]
    fn invariance_gives_a_number_or_a_reason(a in responses(), b in responses()) {
        let layout = layout(&[1]);
        let repeated = |responses: &[Vec<Code>]| {
            let all: Vec<_> = responses.iter().flat_map(|codes| vec![codes.clone(); 20]).collect();
            count(&layout, &all).0
        };
        let cells = [repeated(&a), repeated(&b)];
        let levels: Vec<_> = cells.iter().map(|cell| ("level".to_owned(), cell)).collect();
        for block in [Block::Dimension(0), Block::Dimension(1), Block::Dimension(2), Block::Overall] {
            let found = json!([invariance(&levels, &layout, block), invariance(&levels[..1], &layout, block)]);
            prop_assert!(without_null(&found), "{found}");
        }
    }

    #[test]
    fn the_interval_of_alpha_never_breaks(alpha in -1e6..1.5_f64, n in 0_u64..1_000_000, k in 0_usize..20) {
        for interval in [feldt_interval(alpha, n, k), bonett_interval(alpha, n, k)] {
            prop_assert!(without_null(&json!(interval)), "{interval:?}");
        }
    }
}

#[test]
fn parallel_analysis_takes_any_number_of_people_and_repeats_itself() {
    for n in [0, 1, 4, 5, 6, 1_000, 100_000_000_000] {
        let found = parallel_analysis(&[2.0, 1.0, 0.7, 0.3], n);
        assert_eq!(found, parallel_analysis(&[2.0, 1.0, 0.7, 0.3], n));
        assert_eq!(found.is_ok(), n > 4, "{n}");
        if let Ok(found) = found {
            let sum: f64 = found.thresholds.iter().sum();
            assert!(found.thresholds.is_sorted_by(|a, b| a >= b) && sum > 4.0 - 1e-9, "{found:?}");
        }
    }
    // The more people, the closer to 1 all eigenvalues of chance.
    let many = parallel_analysis(&[2.0, 1.0, 0.7, 0.3], 100_000_000_000).unwrap();
    assert!(many.thresholds.iter().all(|threshold| (threshold - 1.0).abs() < 1e-4));
}

/// Answers of 300 people to four items that depend on one mood; `shift` raises one item for everybody.
fn people(layout: &Layout, seed: u64, shift: u8) -> Cell {
    let mut state = seed;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1_u64 << 31) as f64
    };
    let mut cell = Cell::empty(layout);
    for _ in 0..300 {
        let mood = draw() + draw();
        let mut position = |raised: u8| {
            let place = (mood + draw()) * 1.3;
            let step = (1..5_u8).filter(|&step| place >= f64::from(step)).count();
            Code::from_byte((1 + u8::try_from(step).unwrap() + raised).min(5)).unwrap()
        };
        let mut codes = vec![position(shift), position(0), position(0), position(0)];
        codes.resize(ITEMS, Code::NOT_SHOWN);
        cell.record(layout, &codes).unwrap();
    }
    cell
}

#[test]
fn equal_groups_are_comparable_and_a_shifted_item_is_found() {
    let layout = layout(&[]);
    let report = |groups: &[(u64, u8)]| {
        let cells: Vec<_> = groups.iter().map(|&(seed, shift)| people(&layout, seed, shift)).collect();
        let levels: Vec<_> = cells.iter().map(|cell| ("level".to_owned(), cell)).collect();
        json!(invariance(&levels, &layout, Block::Dimension(0)))
    };
    let (alike, apart) = (report(&[(1, 0), (2, 0), (3, 0)]), report(&[(1, 0), (2, 0), (3, 1)]));
    assert_eq!((&alike["comparable"], &alike["n"]), (&json!("means"), &json!(900)), "{alike}");
    assert_eq!(apart["scalar"]["df"], json!(6 + 6 + 6));
    assert_ne!(apart["comparable"], json!("means"), "{apart}");
    // Each step fits worse than the one before, and no group is special.
    let turned = report(&[(3, 1), (1, 0), (2, 0)]);
    let mut before = 0.0;
    for step in ["configural", "metric", "scalar"] {
        let chi2 = apart[step]["chi2"].as_f64().unwrap();
        assert!(chi2 > before, "{apart}");
        before = chi2;
        for name in ["chi2", "cfi", "rmsea", "srmr", "bic"] {
            let [a, b] = [&apart, &turned].map(|found| found[step][name].as_f64().unwrap());
            assert!((a - b).abs() < 1e-6 * a.abs().max(1.0), "{step} {name}: {a} and {b}");
        }
    }
}
