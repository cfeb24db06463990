//! Properties of confidence sequences and control charts that hold for every input.

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
    Baseline, Block, Cell, Code, DimensionSpec, Distribution, Facet, Figure, Interval, ItemSpec, Layout,
    Outcomes, Scale, Series, Undefined, asymptotic_sequence, change, chart_report, mean_sequence,
    mean_threshold, nps_sequence, sequence_report, share_sequence,
};

/// Counts from none to as many as a cell can hold, small ones and none more often.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0), 4 => 1..20_u64, 2 => 1..5_000_u64, 1 => 1..9_000_000_000_u64]
}

fn scale(min: u8, span: u8) -> Scale {
    Scale::new(min, (min + span).min(10)).unwrap()
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

/// The log-wealth that is won against `mean` by betting a fixed part of what is possible.
fn wealth(people: &Distribution, scale: Scale, mean: f64, part: f64) -> f64 {
    let (min, range) = (f64::from(scale.min), scale.range());
    let m = (mean - min) / range;
    let bet = if part > 0.0 { part / m } else { part / (1.0 - m) };
    people.values().map(|(x, c)| c as f64 * (bet * ((x - min) / range - m)).ln_1p()).sum()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_mean_sequence_lies_on_the_scale_and_around_the_mean(counts in vec(count(), 2..=10), min in 0..=1_u8) {
        let scale = scale(min, u8::try_from(counts.len() - 1).unwrap());
        let people = Distribution::of_histogram(&counts, scale);
        match (mean_sequence(&people, scale), people.mean()) {
            (Interval::Known([lower, upper]), Some(mean)) => {
                prop_assert!(f64::from(scale.min) <= lower && lower <= mean + 1e-14);
                prop_assert!(mean - 1e-14 <= upper && upper <= f64::from(scale.max));
                prop_assert!(upper - lower > 0.0);
            }
            (Interval::Undefined(undef), None) => prop_assert_eq!(undef.undefined, Undefined::NoAnswers),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    /// No bet refutes a mean inside the interval; that the best one refutes those outside is compared with
    /// reference values.
    #[test]
    fn no_bet_refutes_a_mean_in_the_interval(
        counts in vec(0..60_u64, 5),
        place in 0.001..0.999_f64,
        part in -1.0..1.0_f64,
    ) {
        prop_assume!(counts.iter().any(|count| *count > 0));
        let scale = scale(1, 4);
        let people = Distribution::of_histogram(&counts, scale);
        let [lower, upper] = mean_sequence(&people, scale).known().unwrap();
        let mean = lower + place * (upper - lower);
        prop_assert!(wealth(&people, scale, mean, part) < mean_threshold(people.n()) + 1e-9);
    }

    #[test]
    fn a_share_sequence_lies_within_the_mean_sequence_of_zeros_and_ones(ones in count(), zeros in count()) {
        let unit = scale(0, 1);
        let [lower, upper] = match share_sequence(ones, ones + zeros) {
            Interval::Known(bounds) => bounds,
            Interval::Undefined(undef) => {
                prop_assert_eq!((undef.undefined, undef.n), (Undefined::NoAnswers, 0));
                return Ok(());
            }
        };
        let people = Distribution::of_histogram(&[zeros, ones], unit);
        let [low, high] = mean_sequence(&people, unit).known().unwrap();
        prop_assert!(0.0 <= lower && low <= lower + 1e-14 && upper <= high + 1e-14 && upper <= 1.0);
        let share = people.mean().unwrap();
        prop_assert!(lower <= share + 1e-14 && share <= upper + 1e-14);
    }

    #[test]
    fn whatever_stands_in_a_distribution_no_bound_is_nan(
        denominator in prop_oneof![any::<i64>(), 1..50_i64],
        entries in vec((prop_oneof![any::<i64>(), -3..40_i64], prop_oneof![count(), 0..u64::MAX / 8]), 0..6),
        min in 0..=9_u8,
    ) {
        let scale = scale(min, 1);
        let mut people = Distribution::new(denominator);
        for (key, count) in entries.into_iter().take(7) {
            people.increase(key, count);
        }
        for interval in [mean_sequence(&people, scale), asymptotic_sequence(&people, scale)] {
            prop_assert!(interval.known().is_none_or(|bounds| bounds.iter().all(|bound| bound.is_finite())));
        }
        let moved = change(&people, &people, scale);
        prop_assert!(moved.known().is_none_or(|moved| moved.ci95[0] <= 0.0 && moved.ci95[1] >= 0.0));
        if let Ok(series) = Series::of_distributions([("a", &people), ("b", &people)], scale) {
            let text = serde_json::to_string(&chart_report(&series, None)).unwrap();
            prop_assert!(!text.contains("null"), "{}", text);
        }
    }

    #[test]
    fn shares_and_scores_of_any_counts_are_finite(a in any::<u64>(), b in any::<u64>(), n in any::<u64>()) {
        for interval in [share_sequence(a, n), share_sequence(a % 100, b % 100), nps_sequence(a, b, n)] {
            prop_assert!(interval.known().is_none_or(|bounds| bounds.iter().all(|bound| bound.is_finite())));
        }
    }

    #[test]
    fn a_chart_has_every_period_and_no_number_that_is_none(
        periods in vec(vec(prop_oneof![2 => 0..30_u64, 1 => Just(0)], 5), 0..45),
        stored in any::<bool>(),
    ) {
        let scale = scale(1, 4);
        let people: Vec<_> = periods.iter().map(|counts| Distribution::of_histogram(counts, scale)).collect();
        let labels: Vec<_> = (0..people.len()).map(|place| place.to_string()).collect();
        let named = labels.iter().map(String::as_str).zip(&people);
        let series = Series::of_distributions(named, scale).unwrap();
        let baseline = Baseline::of_all(&series).ok().filter(|_| stored);
        let report = chart_report(&series, baseline.as_ref());
        prop_assert_eq!(report.points.len(), periods.len());
        for (point, people) in report.points.iter().zip(&people) {
            prop_assert_eq!((point.n, point.mean.known().copied()), (people.n(), people.mean()));
        }
        let charted = people.iter().filter(|people| people.n() > 0).count();
        prop_assert!(report.xmr.known().is_none_or(|chart| chart.points.len() == charted));
        prop_assert!(baseline.is_some() || charted >= 20 || report.baseline.known().is_none());
        let text = serde_json::to_string(&report).unwrap();
        prop_assert!(!text.contains("null"), "{}", text);
    }

    #[test]
    fn a_baseline_of_any_numbers_does_no_harm(
        numbers in vec(prop_oneof![any::<f64>(), -2.0..2.0_f64, Just(0.0)], 6),
        counts in vec((0..50_u64, 0..50_u64), 0..4),
    ) {
        let labels = ["a", "b", "c", "d"];
        let shares = counts.iter().zip(labels).map(|((a, b), label)| (label, *a, a + b));
        let series = Series::of_shares(shares).unwrap();
        let baseline = Baseline {
            version: 1, first: "a".into(), last: "b".into(), points: 20, people: 400, ends: [0.0, 1.0],
            centre: numbers[0], moving_range: numbers[1], sigma: numbers[2], grand_mean: numbers[3],
            unit: numbers[4], sigma_z: numbers[5],
        };
        let mut report = chart_report(&series, Some(&baseline));
        report.baseline = Figure::undefined(Undefined::BadBaseline, 0);
        let text = serde_json::to_string(&report).unwrap();
        prop_assert!(!text.contains("null"), "{}", text);
    }

    #[test]
    fn no_sequence_of_a_cell_is_nan(rows in vec(vec(1..=15_u8, 5), 0..8)) {
        let layout = layout();
        let mut cell = Cell::empty(&layout);
        for row in &rows {
            let code = |(byte, item): (&u8, &ItemSpec)| match *byte {
                byte @ 12..=15 => Code::from_byte(byte).unwrap(),
                byte => Code::from_byte(1 + byte % item.scale.points()).unwrap(),
            };
            let codes: Vec<_> = row.iter().zip(layout.items()).map(code).collect();
            cell.record(&layout, &codes).unwrap();
        }
        let report = sequence_report(&layout, &cell);
        prop_assert_eq!(report.items.len(), 5);
        let text = serde_json::to_string(&report).unwrap();
        prop_assert!(!text.contains("null"), "{}", text);
        let people = Distribution::of_block(&layout, &cell, Block::Dimension(0));
        prop_assert_eq!(report.dimensions.get("care").unwrap().known().map(|mean| mean.value), people.mean());
    }
}

fn layout() -> Layout {
    let item = |index: u8| ItemSpec {
        key: format!("i{index}"),
        scale: if index == 4 { scale(0, 10) } else { scale(1, 4) },
        reversed: index == 1,
        top_box: None,
    };
    let dimension = |key: &str, items: &[usize]| DimensionSpec {
        key: key.into(),
        facet: Facet::Experience,
        of: None,
        items: items.to_vec(),
    };
    let dimensions = vec![dimension("care", &[0, 1, 2]), dimension("speed", &[3])];
    let outcomes = Outcomes { overall: vec![0, 1], nps: Some(4), csat: Some(2), ces: Some(3) };
    Layout::new((0..5).map(item).collect(), dimensions, outcomes).unwrap()
}

#[test]
fn what_a_survey_does_not_ask_is_absent() {
    let item = ItemSpec { key: "a".into(), scale: scale(1, 4), reversed: false, top_box: None };
    let layout = Layout::new(vec![item], vec![], Outcomes::default()).unwrap();
    let text = serde_json::to_string(&sequence_report(&layout, &Cell::empty(&layout))).unwrap();
    let nothing = r#"{"undefined":"no answers","n":0}"#;
    let item = format!(r#"{{"mean":{nothing},"top_box":{nothing}}}"#);
    assert_eq!(text, format!(r#"{{"alpha":0.05,"items":{{"a":{item}}},"dimensions":{{}}}}"#));
}

#[test]
fn a_quality_score_without_one_of_its_dimensions_is_undefined() {
    let layout = layout();
    let mut cell = Cell::empty(&layout);
    let four = Code::answer(4, scale(1, 4)).unwrap();
    cell.record(&layout, &[four, four, four, Code::SKIPPED, Code::SKIPPED]).unwrap();
    let quality = sequence_report(&layout, &cell).quality.unwrap();
    assert_eq!(quality, Figure::undefined(Undefined::DimensionMissing, 1));
}

#[test]
fn a_baseline_of_another_version_or_scale_is_not_used() {
    let shares: Vec<_> = (0..20).map(|i| (i.to_string(), 50 + i % 7, 100)).collect();
    let series =
        Series::of_shares(shares.iter().map(|(label, count, n)| (label.as_str(), *count, *n))).unwrap();
    let baseline = Baseline::freeze(&series).unwrap();
    assert!(chart_report(&series, Some(&baseline)).xmr.known().is_some());
    let other = Baseline { version: 2, ..baseline.clone() };
    let refused = Figure::undefined(Undefined::BadBaseline, 20);
    assert_eq!(chart_report(&series, Some(&other)).baseline, refused);
    let scores = Series::of_nps([("a", 3, 2, 9)]).unwrap();
    let report = chart_report(&scores, Some(&baseline));
    assert_eq!(report.baseline, refused);
    assert!(report.points[0].mean.known().is_some());
}
