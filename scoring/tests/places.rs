//! Small places: limits of the funnel, and how often shrunken intervals hold the true mean.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test program: a wrong assumption shall stop it, and it says what it found"
)]

use scoring::{Figure, Interval, Moment, Outside, Undefined, funnel, shrink};

#[test]
fn places_say_why_they_have_no_figure() {
    let place =
        |name: &str, n, mean, variance_of_mean| (name.to_owned(), Moment { n, mean, variance_of_mean });
    let reason = |places: &[(String, Moment)]| match shrink(places) {
        Figure::Known(_) => None,
        Figure::Undefined(undef) => Some(undef.undefined),
    };
    assert_eq!(reason(&[]), Some(Undefined::OneGroup));
    assert_eq!(reason(&[place("a", 5, 4.0, 0.1), place("b", 0, 0.0, 0.0)]), Some(Undefined::OneGroup));
    assert_eq!(reason(&[place("a", 1, 4.0, 0.0), place("b", 1, 3.0, 0.0)]), Some(Undefined::SmallGroup));
    assert_eq!(reason(&[place("a", 5, 4.0, 0.0), place("b", 5, 3.0, 0.0)]), Some(Undefined::NoVariance));
    // A tiny unanimous place borrows the variance of the others, an empty one is listed with words.
    let table = shrink(&[place("a", 50, 4.0, 0.02), place("b", 2, 5.0, 0.0), place("c", 0, 0.0, 0.0)]);
    let places = &table.known().unwrap().places;
    let tiny = places.get("b").unwrap().known().unwrap();
    assert!(
        tiny.shrunk < 4.6 && tiny.ci95.known().is_none(),
        "two places leave the spread unknown: {tiny:?}"
    );
    assert_eq!(places.get("c").unwrap(), &Figure::undefined(Undefined::NoAnswers, 0));
}

#[test]
fn limits_are_judged_with_the_overdispersion_taken_in() {
    let mut places: Vec<_> = (0..20).map(|i| (4.0 + 0.02 * f64::from(i % 5), 0.01)).collect();
    places.push((3.2, 0.01));
    let calm = funnel(&places).unwrap();
    assert!(calm.phi < 1.0 && calm.phi_plain > 1.0, "the outlier is drawn in: {calm:?}");
    assert_eq!(calm.outside(3.2, 0.01), Outside::Limits998);
    assert_eq!(calm.outside(3.79, 0.01), Outside::Limits95);
}

/// Deterministic chance: xorshift and Box-Muller.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// Places with true means N(4, tau²), between 3 and 40 people each, unit variance inside.
fn season(chance: &mut Chance, places: usize, tau: f64) -> Vec<(f64, Moment)> {
    let place = |chance: &mut Chance| {
        let truth = 4.0 + tau * chance.normal();
        let n = 3 + (chance.next() >> 32) % 38;
        let people: Vec<f64> = (0..n).map(|_| truth + chance.normal()).collect();
        let mean = people.iter().sum::<f64>() / n as f64;
        let squares: f64 = people.iter().map(|x| (x - mean).powi(2)).sum();
        (truth, Moment { n, mean, variance_of_mean: squares / (n as f64 - 1.0) / n as f64 })
    };
    (0..places).map(|_| place(chance)).collect()
}

/// Shares of true means inside the widened and inside the plain interval.
fn coverage(places: usize, tau: f64, seasons: usize) -> [f64; 2] {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut inside = [0_usize; 2];
    for _ in 0..seasons {
        let season = season(&mut chance, places, tau);
        let levels: Vec<_> =
            season.iter().enumerate().map(|(i, (_, moment))| (format!("{i:03}"), *moment)).collect();
        let table = shrink(&levels);
        let table = table.known().unwrap();
        for ((truth, moment), (_, place)) in season.iter().zip(table.places.iter()) {
            let place = place.known().unwrap();
            let Interval::Known([lower, upper]) = place.ci95 else { panic!("no interval") };
            let v = table.pooled_variance / moment.n as f64;
            let half = 1.96 * ((1.0 - place.shrinkage) * v).sqrt();
            inside[0] += usize::from((lower..=upper).contains(truth));
            inside[1] += usize::from((truth - place.shrunk).abs() <= half);
        }
    }
    inside.map(|count| count as f64 / (seasons * places) as f64)
}

#[test]
fn shrunken_intervals_cover_where_the_plain_ones_do_not() {
    let mut plain_misses = 0;
    for (places, seasons) in [(6, 400), (12, 200), (30, 80)] {
        for tau in [0.0, 0.1, 0.2, 0.5] {
            let [widened, plain] = coverage(places, tau, seasons);
            println!("{places} places, tau {tau}: widened {widened:.3}, plain {plain:.3}");
            assert!(widened >= 0.93, "{places} places, tau {tau}: {widened}");
            plain_misses += usize::from(plain < 0.93);
        }
    }
    assert!(plain_misses >= 9, "the plain interval failed only {plain_misses} times of 12");
}
