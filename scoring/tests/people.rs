//! Weights, non-response and careless answers: what holds for any people at all.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test program: a wrong assumption shall stop it"
)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scoring::{
    Cell, CellError, Code, DimensionSpec, Facet, Figure, Flag, FlagCounts, Flags, Interval, ItemSpec, Layout,
    Margin, Outcomes, RakeClass, RakeRules, Raking, Reference, ReferenceCounts, ReferenceError,
    ResponseClass, Scale, Thresholds, WeightError, Weighted, WeightedScores, careless_indices,
    careless_report, early_late, item_nonresponse, level_of_effort, r_indicator, rake, weights_report,
};

const ITEMS: usize = 8;

/// Two experience dimensions, one reversed item, overall, NPS, CSAT and CES.
fn layout() -> Layout {
    let (five, eleven) = (Scale::new(1, 5).unwrap(), Scale::new(0, 10).unwrap());
    let item = |index: usize| ItemSpec {
        key: format!("i{index}"),
        scale: if index == 7 { eleven } else { five },
        reversed: index == 1,
        top_box: None,
    };
    let dimension = |key: &str, items: &[usize]| DimensionSpec {
        key: key.into(),
        facet: Facet::Experience,
        of: None,
        items: items.to_vec(),
    };
    let dimensions = vec![dimension("speed", &[0, 1, 2]), dimension("care", &[3, 4])];
    let outcomes = Outcomes { overall: vec![5, 6], nps: Some(7), csat: Some(5), ces: Some(6) };
    Layout::new((0..ITEMS).map(item).collect(), dimensions, outcomes).unwrap()
}

fn response() -> impl Strategy<Value = Vec<Code>> {
    let code = |points: u8| {
        prop_oneof![
            3 => (1..=points).prop_map(|byte| Code::from_byte(byte).unwrap()),
            1 => (12_u8..=15).prop_map(|byte| Code::from_byte(byte).unwrap()),
        ]
    };
    (vec(code(5), 7), code(11)).prop_map(|(mut codes, last)| {
        codes.push(last);
        codes
    })
}

fn complete() -> impl Strategy<Value = Vec<Code>> {
    vec(1_u8..=5, ITEMS).prop_map(|raw| raw.iter().map(|byte| Code::from_byte(*byte).unwrap()).collect())
}

fn weight() -> impl Strategy<Value = f64> {
    prop_oneof![0.05_f64..8.0, Just(1.0), Just(1e-6), Just(1e6)]
}

fn count(layout: &Layout, rows: &[Vec<Code>]) -> Cell {
    let mut cell = Cell::empty(layout);
    for codes in rows {
        cell.record(layout, codes).unwrap();
    }
    cell
}

fn of_rows<'a>(layout: &Layout, rows: impl IntoIterator<Item = &'a (Vec<Code>, f64)>) -> Weighted {
    let mut weighted = Weighted::of_rows(layout);
    for (codes, weight) in rows {
        weighted.record(layout, *weight, codes).unwrap();
    }
    weighted
}

fn near(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * (1.0 + a.abs().max(b.abs()))
}

fn alike(a: &Figure, b: &Figure, relative: f64) -> bool {
    match (a, b) {
        (Figure::Known(a), Figure::Known(b)) => {
            let bounds = match (a.ci95, b.ci95) {
                (Some(Interval::Known(a)), Some(Interval::Known(b))) => {
                    a.iter().zip(b).all(|(a, b)| near(*a, b, relative))
                }
                (a, b) => a == b,
            };
            a.n == b.n && near(a.value, b.value, relative) && bounds
        }
        (a, b) => a == b,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_weighted_figure_is_nan_or_infinite(rows in vec((response(), weight()), 0..8)) {
        let layout = layout();
        let raw: Vec<_> = rows.iter().map(|(codes, _)| codes.clone()).collect();
        let cell = count(&layout, &raw);
        let mut text = serde_json::to_string(&weights_report(&layout, &cell, &of_rows(&layout, &rows))).unwrap();
        text += &serde_json::to_string(&item_nonresponse(&layout, &cell)).unwrap();
        // serde_json writes a number that is not finite as null.
        prop_assert!(!text.contains("null"), "{}", text);
    }

    #[test]
    fn equal_weights_change_nothing(rows in vec(response(), 0..40), weight in weight()) {
        let layout = layout();
        let cell = count(&layout, &rows);
        let report = weights_report(&layout, &cell, &Weighted::of_cells(&layout, &[(weight, &cell)]).unwrap());
        for (_, beside) in report.dimensions.iter() {
            prop_assert!(alike(&beside.raw, &beside.weighted, 1e-11), "{beside:?}");
        }
        for (_, item) in report.items.iter() {
            prop_assert!(alike(&item.top_box.raw, &item.top_box.weighted, 1e-11), "{item:?}");
            prop_assert_eq!(item.mean.raw.n(), item.mean.weighted.n());
        }
        let overall = report.outcome.overall.unwrap();
        prop_assert!(alike(&overall.raw, &overall.weighted, 1e-9), "{overall:?}");
        prop_assert_eq!(report.quality.raw.n(), report.quality.weighted.n());
        if let Some(effect) = report.design_effect.known() {
            prop_assert!(near(effect.value, 1.0, 1e-11));
        }
    }

    #[test]
    fn equal_weights_leave_the_quality_of_complete_answers(rows in vec(complete(), 0..40)) {
        let layout = layout();
        let cell = count(&layout, &rows);
        let quality = weights_report(&layout, &cell, &Weighted::of_cells(&layout, &[(3.0, &cell)]).unwrap()).quality;
        prop_assert!(alike(&quality.raw, &quality.weighted, 1e-9), "{quality:?}");
    }

    #[test]
    fn order_and_size_of_weights_do_not_matter(
        rows in vec((response(), 0.05_f64..8.0), 2..60),
        factor in prop_oneof![Just(1e-3), Just(0.25), Just(700.0)],
    ) {
        let layout = layout();
        let cell = count(&layout, &rows.iter().map(|(codes, _)| codes.clone()).collect::<Vec<_>>());
        let there = weights_report(&layout, &cell, &of_rows(&layout, &rows));
        let back = weights_report(&layout, &cell, &of_rows(&layout, rows.iter().rev()));
        let scaled: Vec<_> = rows.iter().map(|(codes, weight)| (codes.clone(), weight * factor)).collect();
        let scaled = weights_report(&layout, &cell, &of_rows(&layout, &scaled));
        for other in [back, scaled] {
            prop_assert!(alike(&there.quality.weighted, &other.quality.weighted, 1e-11));
            for ((_, a), (_, b)) in there.items.iter().zip(other.items.iter()) {
                prop_assert!(alike(&a.mean.weighted, &b.mean.weighted, 1e-11), "{a:?} {b:?}");
            }
            for ((_, a), (_, b)) in there.dimensions.iter().zip(other.dimensions.iter()) {
                prop_assert!(alike(&a.weighted, &b.weighted, 1e-11), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn rows_and_cells_of_one_weight_give_the_same(rows in vec((response(), 0_usize..3), 0..40)) {
        let layout = layout();
        let weights = [0.5, 1.25, 3.0];
        let cells = [0, 1, 2].map(|class| {
            count(&layout, &rows.iter().filter(|(_, of)| *of == class).map(|(c, _)| c.clone()).collect::<Vec<_>>())
        });
        let pairs: Vec<_> = weights.into_iter().zip(&cells).collect();
        let by_cell = Weighted::of_cells(&layout, &pairs).unwrap();
        let weighted: Vec<_> = rows.iter().map(|(codes, class)| (codes.clone(), weights[*class])).collect();
        let by_row = of_rows(&layout, &weighted);
        prop_assert!(alike(&by_cell.quality(&layout), &by_row.quality(&layout), 1e-11));
        for dimension in 0..2 {
            let (a, b) = (by_cell.dimension_score(&layout, dimension), by_row.dimension_score(&layout, dimension));
            prop_assert!(alike(&a, &b, 1e-11));
        }
    }

    #[test]
    fn raking_meets_its_margins_or_says_why(
        answers in vec(0_u64..90, 12),
        first in vec(0.0_f64..50.0, 3),
        second in vec(0.1_f64..50.0, 4),
        bound in prop_oneof![Just(None), Just(Some(2.5))],
    ) {
        let (sum, other): (f64, f64) = (first.iter().sum(), second.iter().sum());
        let margins = [
            Margin { name: "place".into(), targets: first },
            Margin { name: "channel".into(), targets: second.iter().map(|t| t / other * sum).collect() },
        ];
        let classes: Vec<_> = answers
            .iter()
            .enumerate()
            .map(|(i, n)| RakeClass { levels: vec![i / 4, i % 4], answers: *n })
            .collect();
        let Ok(raking) = rake(&classes, &margins, &RakeRules { least: 1, bound }) else { return Ok(()) };
        prop_assert!(raking.weights().iter().all(|w| w.is_finite() && *w > 0.0));
        let sums = raking.sums();
        prop_assert!(near(sums.total(), sums.people() as f64, 1e-10));
        prop_assert!(sums.design_effect() >= 1.0 - 1e-12 && sums.effective() <= sums.people() as f64 + 1e-6);
        match bound {
            Some(bound) => {
                let peopled = raking.weights().iter().zip(raking.answers()).filter(|(_, n)| **n > 0);
                prop_assert!(peopled.into_iter().all(|(w, _)| *w <= bound * (1.0 + 1e-12)));
                prop_assert!(raking.trimmed() > 0 || raking.off_margin() < 1e-10);
            }
            None => prop_assert!(raking.trimmed() == 0 && raking.off_margin() < 1e-10),
        }
        let flat = raking.mean(&answers.iter().map(|n| scores(&[(4, *n)])).collect::<Vec<_>>()).unwrap();
        let flat = flat.known().unwrap();
        prop_assert!(near(flat.value, 4.0, 0.0) && flat.ci95.known().is_none());
    }

    #[test]
    fn bias_checks_are_never_nan(
        a in vec((0_i64..6, 0_u64..4), 0..5),
        b in vec((0_i64..6, 0_u64..4), 0..5),
        classes in vec((0_u64..40, 0_u64..40), 0..6),
    ) {
        let (a, b) = (scores(&a), scores(&b));
        let classes: Vec<_> =
            classes.iter().map(|(invited, responded)| ResponseClass { invited: *invited, responded: *responded }).collect();
        let mut text = serde_json::to_string(&early_late(&a, &b)).unwrap();
        text += &serde_json::to_string(&level_of_effort(&[(0, a.clone()), (2, b.clone()), (2, a)])).unwrap();
        text += &serde_json::to_string(&r_indicator(&classes)).unwrap();
        prop_assert!(!text.contains("null"), "{}", text);
    }

    #[test]
    fn careless_indices_are_in_range_for_anything(
        rows in vec(complete(), 9..30),
        codes in response(),
        order in vec(0_usize..12, 0..12),
        seconds in proptest::option::of(any::<f64>()),
    ) {
        let layout = layout();
        let mut counts = ReferenceCounts::new((0..ITEMS).collect());
        for codes in &rows {
            prop_assert!(counts.record(&layout, codes));
        }
        let reference = counts.freeze().ok();
        let indices = careless_indices(&layout, &order, &codes, seconds, reference.as_ref());
        prop_assert!(indices.longstring <= indices.rated && indices.run_dimensions <= 2);
        prop_assert!(indices.irv.is_none_or(|irv| (0.0..=8.0).contains(&irv)));
        prop_assert!(indices.seconds_per_item.is_none_or(|seconds| seconds.is_finite() && seconds >= 0.0));
        prop_assert!(indices.even_odd.is_none_or(|r| (-1.0..=1.0).contains(&r)));
        if let Some(far) = indices.distance {
            prop_assert!(far.d2 >= 0.0 && far.d2.is_finite() && (0.0..=1.0).contains(&far.p));
        }
        let flags = Thresholds::default().flags(&indices);
        prop_assert_eq!(Flags::from_bits(flags.bits()), Some(flags));
        let text = serde_json::to_string(&flags).unwrap();
        prop_assert_eq!(serde_json::from_str::<Flags>(&text).unwrap(), flags);
    }

    #[test]
    fn a_careless_report_is_never_nan(rows in vec((response(), 0_u8..32), 0..10)) {
        let layout = layout();
        let (mut all, mut flagged) = (Cell::empty(&layout), Cell::empty(&layout));
        let mut counts = FlagCounts::default();
        for (codes, bits) in &rows {
            let flags = Flags::from_bits(*bits).unwrap();
            all.record(&layout, codes).unwrap();
            if flags.any() {
                flagged.record(&layout, codes).unwrap();
            }
            counts.increase(u32::from(*bits), flags);
        }
        let report = careless_report(&layout, &all, &flagged, &counts).unwrap();
        let text = serde_json::to_string(&report).unwrap();
        prop_assert!(!text.contains("null"), "{}", text);
        prop_assert_eq!((report.n, report.flagged), (all.people(), flagged.people()));
        let mut twice = counts.clone();
        twice.add(&counts);
        for (codes, bits) in &rows {
            prop_assert!(!codes.is_empty() && twice.decrease(u32::from(*bits), Flags::from_bits(*bits).unwrap()));
        }
        prop_assert_eq!(twice, counts);
    }
}

fn scores(list: &[(i64, u64)]) -> scoring::Distribution {
    let mut scores = scoring::Distribution::new(1);
    for (key, people) in list {
        scores.increase(*key, *people);
    }
    scores
}

fn refused(counts: &[u64], targets: &[&[f64]], rules: RakeRules) -> Result<Raking, WeightError> {
    let width = targets.get(1).map_or(1, |second| second.len());
    let classes: Vec<_> = counts
        .iter()
        .enumerate()
        .map(|(i, n)| RakeClass {
            levels: if targets.len() == 2 { vec![i / width, i % width] } else { vec![i] },
            answers: *n,
        })
        .collect();
    let margins =
        (0..).zip(targets).map(|(i, t): (u8, _)| Margin { name: i.to_string(), targets: t.to_vec() });
    rake(&classes, &margins.collect::<Vec<_>>(), &rules)
}

#[test]
fn raking_says_what_is_wrong_with_frame_and_answers() {
    let usual = RakeRules::default;
    let name = || "0".to_owned();
    assert_eq!(refused(&[], &[], usual()), Err(WeightError::Nothing));
    assert_eq!(refused(&[0, 0], &[&[1.0, 1.0]], usual()), Err(WeightError::Nothing));
    assert_eq!(refused(&[30, 30, 30], &[&[1.0, 1.0]], usual()), Err(WeightError::Levels { class: 2 }));
    for bad in [[-1.0, 3.0], [f64::NAN, 1.0], [f64::INFINITY, 1.0], [0.0, 0.0]] {
        assert_eq!(refused(&[30, 30], &[&bad], usual()), Err(WeightError::Targets(name())));
    }
    let totals = WeightError::Totals { margin: "1".into(), total: 3.0, first: 2.0 };
    assert_eq!(refused(&[30; 4], &[&[1.0, 1.0], &[1.0, 2.0]], usual()), Err(totals));
    let empty = WeightError::EmptyLevel { margin: name(), level: 1 };
    assert_eq!(refused(&[30, 0], &[&[1.0, 1.0]], usual()), Err(empty));
    let absent = WeightError::NotInFrame { margin: name(), level: 0 };
    assert_eq!(refused(&[30, 30], &[&[0.0, 1.0]], usual()), Err(absent));
    let thin = WeightError::ThinLevel { margin: name(), level: 1, answers: 19, least: 20 };
    assert_eq!(refused(&[30, 19], &[&[1.0, 1.0]], usual()), Err(thin));
    let bound = RakeRules { bound: Some(1.0), ..usual() };
    assert_eq!(refused(&[30, 30], &[&[1.0, 1.0]], bound), Err(WeightError::Bound(1.0)));
    // Two separate blocks whose totals the margins contradict.
    let apart = refused(&[50, 0, 0, 50], &[&[60.0, 40.0], &[40.0, 60.0]], usual());
    assert!(matches!(apart, Err(WeightError::NotConverged(_))));
    assert!(refused(&[50, 0, 0, 50], &[&[60.0, 40.0], &[60.0, 40.0]], usual()).is_ok());
}

#[test]
fn weights_and_counts_that_do_not_fit_are_refused_and_change_nothing() {
    let layout = layout();
    let codes = [Code::from_byte(3).unwrap(); ITEMS];
    let mut weighted = Weighted::of_rows(&layout);
    let mut list = WeightedScores::new(1);
    for bad in [0.0, -1.0, f64::INFINITY] {
        assert_eq!(weighted.record(&layout, bad, &codes), Err(WeightError::NotPositive(bad)));
        assert_eq!(list.increase(1, bad, 1), Err(WeightError::NotPositive(bad)));
    }
    assert!(weighted.record(&layout, f64::NAN, &codes).is_err());
    let short = CellError::AnswerCount { items: ITEMS, given: 1 };
    assert_eq!(weighted.record(&layout, 1.0, &codes[..1]), Err(WeightError::Cell(short)));
    assert_eq!(weighted.sums().people(), 0);
    let raking = refused(&[25, 25], &[&[1.0, 3.0]], RakeRules::default()).unwrap();
    let cells = [count(&layout, &vec![codes.to_vec(); 25]), count(&layout, &vec![codes.to_vec(); 24])];
    let other = Weighted::of_raking(&layout, &raking, &[&cells[0], &cells[1]]);
    assert_eq!(other.err(), Some(WeightError::OtherCounts(1)));
    let mut raked = Weighted::of_raking(&layout, &raking, &[&cells[0], &cells[0]]).unwrap();
    assert_eq!(raked.record(&layout, 1.0, &codes), Err(WeightError::OtherCounts(0)));
    assert_eq!(raking.mean(&[scores(&[(1, 26)]), scores(&[])]), Err(WeightError::OtherCounts(0)));
}

#[test]
fn trimmed_weights_fall_back_to_the_plain_error() {
    let rules = RakeRules { least: 20, bound: Some(2.0) };
    let raking = refused(&[20, 180], &[&[0.5, 0.5]], rules).unwrap();
    assert_eq!((raking.trimmed(), raking.weights()[0]), (20, 2.0));
    assert!((raking.off_margin() - 0.6).abs() < 1e-12);
    let parts = [scores(&[(2, 10), (4, 10)]), scores(&[(3, 90), (5, 90)])];
    let raked = raking.mean(&parts).unwrap();
    let mut plain = WeightedScores::new(1);
    for (part, weight) in parts.iter().zip(raking.weights()) {
        plain.add(part, *weight).unwrap();
    }
    let (raked, plain) = (*raked.known().unwrap(), *plain.mean().known().unwrap());
    assert!((raked.se.known().unwrap() - plain.se.known().unwrap()).abs() < 1e-14);
    let whole = refused(&[20, 180], &[&[0.5, 0.5]], RakeRules { bound: None, ..rules }).unwrap();
    let calibrated = whole.mean(&parts).unwrap();
    // Within each class the sd is that of two equally frequent marks two apart.
    let expected = (0.25 / 20.0 + 0.25 / 180.0_f64) * 200.0 / 199.0;
    assert!((calibrated.known().unwrap().se.known().unwrap().powi(2) - expected).abs() < 1e-12);
}

#[test]
fn a_reference_needs_a_covariance() {
    let new = |covariance: &[f64]| Reference::new(vec![0, 1], vec![3.0, 3.0], covariance).err();
    assert_eq!(new(&[1.0, 0.5, 0.5, 1.0]), None);
    assert_eq!(new(&[1.0, 0.5, 0.4, 1.0]), Some(ReferenceError::NotCovariance));
    assert_eq!(new(&[1.0, f64::NAN, f64::NAN, 1.0]), Some(ReferenceError::NotCovariance));
    assert_eq!(new(&[1.0, 2.0, 2.0, 1.0]), Some(ReferenceError::NotPositiveDefinite));
    assert_eq!(new(&[1.0, 0.0, 0.0, 0.0]), Some(ReferenceError::NotPositiveDefinite));
    assert_eq!(new(&[1.0]), Some(ReferenceError::Sizes));
    assert_eq!(
        Reference::new(vec![1, 1], vec![3.0; 2], &[1.0, 0.0, 0.0, 1.0]).err(),
        Some(ReferenceError::Sizes)
    );
    let (layout, mut counts) = (layout(), ReferenceCounts::new(vec![0, 1]));
    let row = |a: u8, b: u8| -> Vec<Code> {
        (0..ITEMS).map(|i| Code::from_byte(if i == 0 { a } else { b }).unwrap()).collect()
    };
    assert!(!counts.record(&layout, &row(13, 2)));
    assert!(counts.record(&layout, &row(1, 2)) && counts.record(&layout, &row(5, 2)));
    assert_eq!(counts.freeze().err(), Some(ReferenceError::FewPeople { people: 2, items: 2 }));
    assert!(counts.record(&layout, &row(3, 2)));
    assert_eq!(counts.freeze().err(), Some(ReferenceError::NotPositiveDefinite));
}

#[test]
fn a_run_ends_where_the_scale_changes_and_empty_states_do_not_end_it() {
    let layout = layout();
    let byte = |byte: u8| Code::from_byte(byte).unwrap();
    let mut codes = vec![byte(5); ITEMS];
    codes[3] = Code::SKIPPED;
    // The likelihood to recommend has the raw code 5, too, but on another scale.
    codes[7] = byte(6);
    let order: Vec<usize> = (0..ITEMS).collect();
    let indices = careless_indices(&layout, &order, &codes, None, None);
    assert_eq!((indices.rated, indices.longstring, indices.run_dimensions), (7, 6, 2));
    // Shown in another order the run is cut in two; the reversed item counts as it was clicked.
    let indices = careless_indices(&layout, &[0, 1, 7, 2, 4], &codes, None, None);
    assert_eq!((indices.longstring, indices.irv), (2, Some(0.0)));
    let flags = Thresholds { least_rated: 4, run_share: 0.4, run_dimensions: 1, ..Thresholds::default() };
    assert!(flags.flags(&indices).has(Flag::Longstring));
    assert!(!Thresholds::default().flags(&indices).any(), "too few rated items");
    assert_eq!(Flags::from_bits(128), None);
    assert!(serde_json::from_str::<Flags>(r#"["fast","fast"]"#).is_err());
}

#[test]
fn flagged_people_who_are_not_among_all_are_an_error() {
    let layout = layout();
    let one = count(&layout, &[vec![Code::from_byte(3).unwrap(); ITEMS]]);
    let report = careless_report(&layout, &Cell::empty(&layout), &one, &FlagCounts::default());
    assert_eq!(report.err(), Some(CellError::NotCounted));
}
