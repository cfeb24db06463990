//! Properties of the statistics over joint counts: no input makes them panic, and no figure is NaN or infinite.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test program: a wrong assumption shall stop it"
)]

use proptest::collection::vec;
use proptest::prelude::*;
use scoring::{
    Block, Cell, Code, DimensionSpec, Facet, GroupedCell, ItemSpec, Layout, Mode, Outcomes, Scale,
    ScoreMoments, alpha_of_joint, condition_number, driver_report, em_moments, fitted_tpq, image_filter,
    importance_performance, jackknife, listwise_moments, lmg, rank_correlation, regression, relative_weights,
    response_surface, variance_explained,
};

const ITEMS: usize = 9;

/// Two experiences (one with a reversed item), their expectations, an image, a stated importance, an outcome.
fn layout() -> Layout {
    let scale = Scale::new(1, 5).unwrap();
    let item =
        |index: usize| ItemSpec { key: format!("i{index}"), scale, reversed: index == 1, top_box: None };
    let dimension = |key: &str, facet, of: Option<&str>, items: &[usize]| DimensionSpec {
        key: key.into(),
        facet,
        of: of.map(Into::into),
        items: items.to_vec(),
    };
    let dimensions = vec![
        dimension("speed", Facet::Experience, None, &[0, 1]),
        dimension("care", Facet::Experience, None, &[2]),
        dimension("speed_expected", Facet::Expectation, Some("speed"), &[3]),
        dimension("care_expected", Facet::Expectation, Some("care"), &[4]),
        dimension("image", Facet::Image, None, &[5, 6]),
        dimension("care_matters", Facet::Importance, Some("care"), &[7]),
    ];
    let outcomes = Outcomes { overall: vec![8], ..Outcomes::default() };
    Layout::new((0..ITEMS).map(item).collect(), dimensions, outcomes).unwrap()
}

/// Mostly answers, so that some people are complete; few distinct codes, so that variances vanish.
fn response() -> impl Strategy<Value = (Vec<Code>, u8)> {
    let code = prop_oneof![9 => 1_u8..=5, 6 => 4_u8..=5, 1 => 12_u8..=15];
    (vec(code.prop_map(|byte| Code::from_byte(byte).unwrap()), ITEMS), 0_u8..32)
}

fn count(layout: &Layout, all: &[(Vec<Code>, u8)]) -> (Cell, GroupedCell) {
    let (mut cell, mut groups) = (Cell::empty(layout), GroupedCell::empty(layout));
    for (codes, group) in all {
        cell.record(layout, codes).unwrap();
        groups.record(layout, codes, *group).unwrap();
    }
    (cell, groups)
}

/// serde_json writes a number that is not finite as null.
fn text(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_figure_is_nan_or_infinite(all in vec(response(), 0..90), copies in 1_usize..4) {
        let layout = layout();
        // Repeated people bring pairs over their minimum and matrices to the edge.
        let all: Vec<_> = std::iter::repeat_n(all, copies).flatten().collect();
        let (cell, groups) = count(&layout, &all);
        let joint = groups.total(&layout);
        let mut said = String::new();
        for mode in [Mode::Listwise, Mode::ByMask, Mode::Auto] {
            let report = driver_report(&layout, &groups, mode);
            said += &text(importance_performance(&layout, &cell, &report));
            if let Some(r2) = report.r2.known() {
                let sum: f64 = report.lmg.iter().map(|(_, one)| one.known().unwrap().value).sum();
                let weights: f64 = report.relative_weights.iter().map(|(_, one)| one.known().unwrap().value).sum();
                prop_assert!((sum - r2.value).abs() < 1e-9 && (weights - r2.value).abs() < 1e-7);
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&r2.value));
            }
            said += &text(report);
        }
        said += &text(fitted_tpq(&layout, &cell, &groups));
        for (p, q) in [(0, 2), (1, 3), (0, 4), (1, 4), (4, 0), (99, 0)] {
            said += &text(response_surface(&layout, &joint, p, q).map_err(|undef| undef.undefined));
            said += &text(image_filter(&layout, &joint, p, q).map_err(|undef| undef.undefined));
        }
        said += &text(variance_explained(&layout, &joint).map_err(|undef| undef.undefined));
        for variables in [&[0, 1, 6][..], &[0, 0, 1], &[0], &[], &[3, 99], &[0, 1, 2, 3, 4, 5, 6]] {
            for moments in [listwise_moments(&layout, &joint, variables), em_moments(&layout, &joint, variables)] {
                said += &text(moments.as_ref().map_err(|undef| undef.undefined));
                if let Ok(moments) = moments {
                    said += &text(regression(&moments).map_err(|undef| undef.undefined));
                    said += &text(lmg(&moments));
                    said += &text(relative_weights(&moments));
                    said += &text(condition_number(&moments));
                }
            }
        }
        let alpha = |joint: &_| Ok(vec![alpha_of_joint(&layout, joint, Block::Dimension(0))?]);
        said += &text(jackknife(&layout, &groups, alpha).map_err(|undef| undef.undefined));
        prop_assert!(!said.contains("null"), "{}", said);
    }

    #[test]
    fn em_of_complete_people_is_the_plain_covariance(all in vec(vec(1_u8..=5, ITEMS), 8..60)) {
        let layout = layout();
        let code = |row: Vec<u8>| row.into_iter().map(|byte| Code::from_byte(byte).unwrap()).collect::<Vec<_>>();
        let people: Vec<_> = all.into_iter().map(|row| (code(row), 0)).collect();
        let (_, groups) = count(&layout, &people);
        let joint = groups.total(&layout);
        let listwise = listwise_moments(&layout, &joint, &[0, 1, 4]).unwrap();
        if let Ok(em) = em_moments(&layout, &joint, &[0, 1, 4]) {
            let n = people.len() as f64;
            for (a, b) in em.covariance.iter().flatten().zip(listwise.covariance.iter().flatten()) {
                prop_assert!((a - b * (n - 1.0) / n).abs() < 1e-8);
            }
            for (a, b) in em.mean.iter().zip(&listwise.mean) {
                prop_assert!((a - b).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn any_matrix_at_all_gives_numbers_or_a_reason(
        n in 0_u64..40,
        table in vec(vec(prop_oneof![-3.0..3.0, Just(0.0), Just(1.0), Just(f64::NAN), Just(1e300)], 4), 4),
    ) {
        let symmetric = (0..4).map(|i| (0..4).map(|j| table[i.max(j)][i.min(j)]).collect()).collect();
        let moments = ScoreMoments { n, mean: vec![1.0; 4], covariance: symmetric };
        let mut said = text(relative_weights(&moments)) + &text(lmg(&moments)) + &text(condition_number(&moments));
        said += &text(regression(&moments).map_err(|undef| undef.undefined));
        prop_assert!(!said.contains("null"), "{}", said);
        let rank = rank_correlation(&table[0], &table[1]);
        prop_assert!(rank.is_err() || rank.unwrap().abs() <= 1.0 + 1e-12);
    }
}
