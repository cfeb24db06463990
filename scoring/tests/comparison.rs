//! Properties of comparisons: no figure is NaN, and verdicts are strict.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test program: a wrong assumption shall stop it, and it says what it found"
)]

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scoring::probability::{
    chi_square_quantile, chi_square_sf, f_sf, normal_cdf, normal_quantile, normal_sf,
    studentised_range_quantile, studentised_range_sf, t_cdf, t_quantile, t_sf, t_two_sided,
};
use scoring::{
    Distribution, Figure, Moment, Verdict, benjamini_hochberg, brown_forsythe_means, classic_anova,
    cochran_q, compare, compare_moments, dersimonian_laird, empirical_bayes, funnel, holm, kruskal_wallis,
    paule_mandel, q_profile, shrink, tost,
};
use serde_json::{Value, json};

/// No number in a serialised tree is NaN or infinite, which JSON would show as null.
fn plain(tree: &Value) -> bool {
    match tree {
        Value::Null => false,
        Value::Array(list) => list.iter().all(plain),
        Value::Object(map) => map.values().all(plain),
        _ => true,
    }
}

fn distribution(denominator: i64, counts: &[(i64, u64)]) -> Distribution {
    let mut scores = Distribution::new(denominator);
    for &(key, people) in counts {
        scores.increase(key, people);
    }
    scores
}

fn levels() -> impl Strategy<Value = Vec<(String, Distribution)>> {
    let key = prop_oneof![4 => 1_i64..6, 1 => -1_000_000_i64..1_000_000];
    let people = prop_oneof![5 => 0_u64..4, 1 => 0_u64..1_000_000];
    let scores = (1_i64..4, btree_map(key, people, 0..5));
    let same = prop_oneof![9 => Just(true), 1 => Just(false)];
    (vec(("[a-c]{0,2}", scores), 0..6), same).prop_map(|(list, same)| {
        let each = list.into_iter().map(|(name, (denominator, counts))| {
            let counts: Vec<_> = counts.into_iter().collect();
            (name, distribution(if same { 2 } else { denominator }, &counts))
        });
        each.collect()
    })
}

fn moments() -> impl Strategy<Value = Vec<(String, Moment)>> {
    let number = || prop_oneof![4 => -100.0..100.0_f64, 1 => any::<f64>()];
    let n = prop_oneof![5 => 0_u64..40, 1 => any::<u64>()];
    let variance = prop_oneof![4 => 0.0..10.0_f64, 1 => Just(0.0), 1 => any::<f64>(), 1 => 1e-24..1e-20_f64];
    let moment = (n, number(), variance);
    vec(("[a-d]{1,2}", moment), 0..7).prop_map(|list| {
        let each = list
            .into_iter()
            .map(|(name, (n, mean, variance_of_mean))| (name, Moment { n, mean, variance_of_mean }));
        each.collect()
    })
}

fn any_margin() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..5.0_f64, 1 => any::<f64>()]
}

/// Any argument, often an awkward one.
fn argument() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..30.0_f64, 2 => any::<f64>(), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => 0.0..1e7]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        cases: 64,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_comparison_of_anything_has_only_numbers_and_words(levels in levels(), margin in any_margin()) {
        let report = compare(&levels, margin);
        prop_assert!(plain(&json!(report)), "{report:?}");
        let named: Vec<_> = levels.iter().map(|(name, scores)| (name.clone(), Moment::of(scores))).collect();
        let all: Vec<_> = named.iter().map(|(_, moment)| *moment).collect();
        prop_assert!(plain(&json!([classic_anova(&all), brown_forsythe_means(&all)])));
        prop_assert!(plain(&json!(shrink(&named))));
    }

    #[test]
    fn moments_of_any_size_give_only_numbers_and_words(levels in moments(), margin in any_margin()) {
        let (report, places) = (compare_moments(&levels, margin), shrink(&levels));
        prop_assert!(plain(&json!(report)), "{report:?}");
        prop_assert!(plain(&json!(places)), "{places:?}");
        for pair in &report.pairwise {
            if let (Figure::Known(p), Figure::Known(step_down), Figure::Known(step_up)) =
                (pair.p, pair.p_holm, pair.p_bh)
            {
                prop_assert!(0.0 <= p && p <= step_up && step_up <= step_down && step_down <= 1.0);
            }
        }
    }

    #[test]
    fn the_order_in_which_levels_are_given_does_not_matter(mut levels in levels(), margin in 0.0..2.0_f64) {
        levels.sort_by(|a, b| a.0.cmp(&b.0));
        levels.dedup_by(|a, b| a.0 == b.0);
        let sorted = compare(&levels, margin);
        levels.reverse();
        prop_assert_eq!(compare(&levels, margin), sorted);
    }

    #[test]
    fn a_verdict_is_consistent_only_if_every_pair_is_equivalent(levels in levels(), margin in 0.0..9.0_f64) {
        let report = compare(&levels, margin);
        let equivalent = report.consistency.pairs.iter().filter(|pair| pair.equivalent).count();
        let all = report.consistency.pairs.len();
        let beyond = report.games_howell.iter().filter_map(|pair| pair.ci95.known());
        let beyond = beyond.filter(|[lower, upper]| *lower > margin || *upper < -margin).count();
        match report.consistency.verdict {
            Verdict::Consistent => prop_assert!(all > 0 && equivalent == all && beyond == 0),
            Verdict::Inconsistent => prop_assert!(beyond > 0 && equivalent < all),
            Verdict::NotEnoughData => prop_assert!(all == 0 || equivalent < all),
        }
    }

    #[test]
    fn pairs_of_numbers_never_make_a_number_that_is_none(
        pairs in vec((argument(), argument()), 0..8),
        tau2 in argument(),
    ) {
        let bounded = pairs.iter().all(|(y, v)| y.abs() < 1e12 && (1e-12..1e12).contains(v));
        if bounded {
            prop_assert!(cochran_q(&pairs, tau2.clamp(0.0, 1e12)).is_finite());
            prop_assert!(paule_mandel(&pairs).is_none_or(f64::is_finite));
            prop_assert!(dersimonian_laird(&pairs).is_none_or(f64::is_finite));
            prop_assert!(q_profile(&pairs).is_none_or(|[low, high]| low <= high && high.is_finite()));
        }
        let p: Vec<_> = pairs.iter().map(|pair| pair.0).collect();
        prop_assert!(holm(&p).iter().chain(&benjamini_hochberg(&p)).all(|p| (0.0..=1.0).contains(p)));
        if let (true, Some(model)) = (bounded, empirical_bayes(&pairs, tau2)) {
            prop_assert!(model.places.iter().all(|place| place.shrunk.is_finite() && place.plain_sd >= 0.0));
        }
        if let (true, Some(funnel)) = (bounded, funnel(&pairs)) {
            prop_assert!(funnel.phi.is_finite() && funnel.phi <= funnel.phi_plain + 1e-9 * funnel.phi_plain);
        }
    }

    #[test]
    fn probabilities_of_anything_are_probabilities(x in argument(), a in argument(), b in argument()) {
        let all = [
            t_sf(x, a), t_cdf(-x, a), t_two_sided(x, a), chi_square_sf(x, a), f_sf(x, a, b),
            studentised_range_sf(x, 5, a), Some(normal_sf(x)), Some(normal_cdf(x)),
        ];
        for p in all.into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&p), "{p} of {x} {a} {b}");
        }
    }

    #[test]
    fn quantiles_give_their_probability_back(p in 0.001..0.999_f64, df in 0.5..1e6_f64, groups in 2_usize..40) {
        let close = |found: f64| (found - p).abs() < 1e-11;
        prop_assert!(close(normal_cdf(normal_quantile(p).unwrap())));
        prop_assert!(close(t_cdf(t_quantile(p, df).unwrap(), df).unwrap()));
        prop_assert!(close(1.0 - chi_square_sf(chi_square_quantile(p, df).unwrap(), df).unwrap()));
        let q = studentised_range_quantile(p, groups, df.max(1.0)).unwrap();
        prop_assert!(close(1.0 - studentised_range_sf(q, groups, df.max(1.0)).unwrap()));
    }

    #[test]
    fn ranks_do_not_change_when_codes_are_stretched(counts in vec(vec(0_u64..9, 5), 2..4)) {
        let scores = |stretch: fn(i64) -> i64| -> Vec<Distribution> {
            let keys = |level: &Vec<u64>| -> Vec<(i64, u64)> {
                (1..).zip(level).map(|(key, &people)| (stretch(key), people)).collect()
            };
            counts.iter().map(|level| distribution(1, &keys(level))).collect()
        };
        let (plain, stretched) = (scores(|key| key), scores(|key| key * key * key));
        let test = |levels: &[Distribution]| kruskal_wallis(&levels.iter().collect::<Vec<_>>());
        prop_assert_eq!(test(&plain), test(&stretched));
    }
}

fn named(levels: &[(&str, Distribution)]) -> Vec<(String, Distribution)> {
    levels.iter().map(|(name, scores)| ((*name).to_owned(), scores.clone())).collect()
}

#[test]
fn three_people_who_agree_do_not_make_a_verdict() {
    let many = distribution(1, &[(5, 380), (4, 20)]);
    let verdict = |few: u64, key: i64, margin: f64| {
        let levels = named(&[("few", distribution(1, &[(key, few)])), ("many", many.clone())]);
        compare(&levels, margin).consistency.verdict
    };
    // The plain formula would call both settled: the variance of the three is 0.
    let moment = |scores: &Distribution| Moment::of(scores);
    let naive = tost(&moment(&distribution(1, &[(5, 3)])), &moment(&many), 0.2);
    assert!(naive.known().unwrap().equivalent);
    assert_eq!(verdict(3, 5, 0.2), Verdict::NotEnoughData);
    assert_eq!(verdict(300, 5, 0.2), Verdict::Consistent);
    assert_eq!(verdict(300, 3, 0.2), Verdict::Inconsistent);
}

#[test]
fn a_level_without_answers_or_with_one_leaves_the_verdict_open() {
    let many = distribution(1, &[(5, 300), (4, 300)]);
    for extra in [distribution(1, &[]), distribution(1, &[(5, 1)])] {
        let levels = named(&[("a", many.clone()), ("b", many.clone()), ("c", extra)]);
        assert_eq!(compare(&levels, 1.0).consistency.verdict, Verdict::NotEnoughData);
        assert_eq!(compare(&levels[..2], 1.0).consistency.verdict, Verdict::Consistent);
    }
    assert_eq!(compare(&named(&[("a", many)]), 1.0).consistency.verdict, Verdict::NotEnoughData);
    assert_eq!(compare(&[], 1.0).consistency.verdict, Verdict::NotEnoughData);
}

#[test]
fn moments_give_the_same_tests_of_means_as_the_distribution() {
    let levels = named(&[
        ("a", distribution(6, &[(12, 5), (25, 9), (30, 30)])),
        ("b", distribution(6, &[(6, 7), (25, 9), (28, 12)])),
        ("c", distribution(6, &[(18, 3), (24, 9), (30, 14)])),
    ]);
    let moments: Vec<_> = levels.iter().map(|(name, scores)| (name.clone(), Moment::of(scores))).collect();
    let (full, short) = (compare(&levels, 0.3), compare_moments(&moments, 0.3));
    assert_eq!((full.welch, full.tau), (short.welch, short.tau));
    assert_eq!((full.games_howell, full.consistency), (short.games_howell, short.consistency));
    assert_eq!(json!(short.brown_forsythe)["undefined"], "not kept as a distribution");
}
