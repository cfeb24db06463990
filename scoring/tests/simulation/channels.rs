//! How often three channels are called consistent, or inconsistent, when they should not be.

use scoring::{Distribution, Moment, Scale, Verdict, consistency};

use super::model::{SATISFIED, SYMMETRIC, Shape, TOP_HEAVY};
use super::random::{Alias, Random};
use super::run::in_parts;

/// Five points of 100 on a scale from 1 to 5.
const MARGIN: f64 = 0.2;

const SIZES: [usize; 4] = [50, 200, 1000, 3000];

/// Three channels: the first and the last differ by `apart` times the margin, the middle one is between.
///
/// The difference is made by people who leave the commonest code for a lower one.
fn channels(shape: &Shape, apart: f64, to: usize) -> [Vec<f64>; 3] {
    let common = |a: &usize, b: &usize| shape.shares[*a].total_cmp(&shape.shares[*b]);
    let from = (0..5).max_by(common).unwrap();
    let lowered = |distance: f64| {
        let mut shares = shape.shares.to_vec();
        let part = distance / (from - to) as f64;
        shares[from] -= part;
        shares[to] += part;
        shares
    };
    [lowered(0.0), lowered(apart * MARGIN / 2.0), lowered(apart * MARGIN)]
}

/// Whether the full verdict has to be asked for; else it is certain that neither verdict can be reached.
///
/// *Consistent* needs the 90 % interval of every pair inside the margin, *inconsistent* a simultaneous interval
/// beyond it; their half widths are more than 1.6 and 1.9 standard errors.
fn may_say_something(levels: &[(String, Moment)]) -> bool {
    let pairs = [(0, 1), (0, 2), (1, 2)].map(|(a, b)| {
        let (a, b) = (levels[a].1, levels[b].1);
        ((a.mean - b.mean).abs(), (a.variance_of_mean + b.variance_of_mean).sqrt())
    });
    let flat = levels.iter().any(|(_, level)| level.variance_of_mean == 0.0);
    let beyond = pairs.iter().any(|(diff, se)| diff - MARGIN > 1.9 * se);
    flat || beyond || pairs.iter().all(|(diff, se)| MARGIN - diff > 1.6 * se)
}

fn draw_levels(draws: &[Alias], n: usize, random: &mut Random) -> Vec<(String, Moment)> {
    let scale = Scale::new(1, 5).unwrap();
    let level = |(name, draw): (&str, &Alias)| {
        let mut counts = [0; 5];
        (0..n).for_each(|_| counts[draw.draw(random)] += 1);
        (name.to_owned(), Moment::of(&Distribution::of_histogram(&counts, scale)))
    };
    ["chat", "mail", "phone"].into_iter().zip(draws).map(level).collect()
}

/// Shares of runs with each verdict: consistent, inconsistent.
fn verdicts(channels: &[Vec<f64>; 3], n: usize, seed: u64, runs: usize) -> (f64, f64) {
    let draws: Vec<Alias> = channels.iter().map(|shares| Alias::new(shares)).collect();
    let said = in_parts(seed, runs, |random| {
        let levels = draw_levels(&draws, n, random);
        let ask = may_say_something(&levels);
        if ask { consistency(&levels, MARGIN).verdict } else { Verdict::NotEnoughData }
    });
    let share = |wanted| said.iter().filter(|verdict| **verdict == wanted).count() as f64 / runs as f64;
    (share(Verdict::Consistent), share(Verdict::Inconsistent))
}

/// Prints a row for each case and gives all shares back.
fn print_verdicts(title: &str, worlds: &[(&str, [Vec<f64>; 3])], seed: u64, runs: usize) -> Vec<(f64, f64)> {
    println!("\n**{title}: said consistent / inconsistent**\n");
    let sizes: Vec<String> = SIZES.iter().map(|n| format!("n = {n} each")).collect();
    println!("| case | {} |\n| --- |{}", sizes.join(" | "), " --- |".repeat(SIZES.len()));
    let mut all = Vec::new();
    for (name, world) in worlds {
        let row = SIZES.map(|n| {
            all.push(verdicts(world, n, seed + all.len() as u64, runs));
            let (consistent, inconsistent) = all[all.len() - 1];
            format!("{consistent:.4} / {inconsistent:.4}")
        });
        println!("| {name} | {} |", row.join(" | "));
    }
    all
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn channels_a_margin_apart_are_seldom_called_consistent() {
    let worlds = [
        ("symmetric, a code lower", channels(&SYMMETRIC, 1.0, 1)),
        ("satisfied, a code lower", channels(&SATISFIED, 1.0, 2)),
        ("satisfied, some at the lowest", channels(&SATISFIED, 1.0, 0)),
        ("top-heavy, a code lower", channels(&TOP_HEAVY, 1.0, 3)),
        ("top-heavy, some at the lowest", channels(&TOP_HEAVY, 1.0, 0)),
    ];
    let said = print_verdicts("Three channels, two exactly the margin apart", &worlds, 701, 20_000);
    // One-sided tests at 5 %; half a point is three standard errors of the simulation.
    for (consistent, inconsistent) in said {
        assert!(consistent <= 0.055 && inconsistent <= 0.025, "{consistent} {inconsistent}");
    }
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn equal_channels_are_called_consistent_when_there_are_enough_people() {
    let worlds = [SYMMETRIC, SATISFIED, TOP_HEAVY].map(|shape| (shape.name, channels(&shape, 0.0, 0)));
    let said = print_verdicts("Three equal channels", &worlds, 801, 4_000);
    for row in said.chunks(SIZES.len()) {
        assert!(row[2].0 > 0.95 && row.iter().all(|(_, inconsistent)| *inconsistent < 0.01), "{row:?}");
    }
}

#[test]
fn the_short_cut_never_changes_a_verdict() {
    let draws = channels(&SATISFIED, 1.2, 2).map(|shares| Alias::new(&shares));
    let mut random = Random::new(23);
    let mut certain = 0;
    for n in [10, 40, 160].repeat(25) {
        let levels = draw_levels(&draws, n, &mut random);
        if !may_say_something(&levels) {
            certain += 1;
            assert_eq!(consistency(&levels, MARGIN).verdict, Verdict::NotEnoughData);
        }
    }
    assert!(certain > 20, "{certain}");
}
