//! Replications on two threads, the band that a coverage has to stay in, and tables.

use std::sync::atomic::{AtomicUsize, Ordering};

use scoring::{Cell, Code, Figure, Layout};

use super::random::Random;

/// A 95 % interval is called good when it holds the truth in this share of runs.
pub const BAND: std::ops::RangeInclusive<f64> = 0.925..=0.975;

/// The numbers of people that are looked at.
pub const GRID: [u32; 8] = [10, 20, 30, 50, 100, 200, 500, 1000];

/// Replications that share one stream of the generator; threads take whole parts.
const PART: usize = 250;

/// In how many runs there was an interval, and in how many it held the truth.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Coverage {
    pub runs: usize,
    pub shown: usize,
    pub held: usize,
}

impl Coverage {
    pub fn share(self) -> f64 {
        self.held as f64 / self.shown as f64
    }

    /// Of these intervals.
    pub fn of(intervals: impl Iterator<Item = Option<[f64; 2]>>, truth: f64) -> Coverage {
        let mut sum = Coverage::default();
        intervals.for_each(|interval| sum.count(interval, truth));
        sum
    }

    #[must_use]
    pub fn plus(self, other: Coverage) -> Coverage {
        Coverage {
            runs: self.runs + other.runs,
            shown: self.shown + other.shown,
            held: self.held + other.held,
        }
    }

    fn count(&mut self, interval: Option<[f64; 2]>, truth: f64) {
        self.runs += 1;
        if let Some([lower, upper]) = interval {
            self.shown += 1;
            self.held += usize::from(lower <= truth && truth <= upper);
        }
    }
}

/// Calls `draw` for each part of the replications, on two threads; the results come in the order of the parts
/// and do not depend on which thread did them.
pub fn in_parts<T: Send>(seed: u64, runs: usize, draw: impl Fn(&mut Random) -> T + Sync) -> Vec<T> {
    let parts = runs.div_ceil(PART);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= parts {
                return done;
            }
            let mut random = Random::stream(seed, part as u64);
            let left = runs - part * PART;
            done.push((part, (0..left.min(PART)).map(|_| draw(&mut random)).collect::<Vec<T>>()));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut mine = work();
        mine.extend(other.join().unwrap());
        mine
    });
    done.sort_by_key(|(part, _)| *part);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

/// The coverage of the intervals that `draw` gives, one for each place of the grid.
pub fn coverages<const N: usize>(
    seed: u64,
    runs: usize,
    truth: f64,
    draw: impl Fn(&mut Random) -> [Option<[f64; 2]>; N] + Sync,
) -> [Coverage; N] {
    let mut sums = [Coverage::default(); N];
    for intervals in in_parts(seed, runs, draw) {
        for (sum, interval) in sums.iter_mut().zip(intervals) {
            sum.count(interval, truth);
        }
    }
    sums
}

/// How people answer and which figure is read: everything that a simulation over the grid needs.
pub struct Study<'a> {
    pub layout: &'a Layout,
    pub respond: &'a (dyn Fn(&mut Random) -> Vec<Code> + Sync),
    pub figure: &'a (dyn Fn(&Cell) -> Figure + Sync),
    pub truth: f64,
}

impl Study<'_> {
    /// The coverage at each n of the grid: one cell grows person by person and is read on the way.
    pub fn case(&self, name: String, seed: u64, runs: usize) -> Case {
        let draw = |random: &mut Random| {
            let mut cell = Cell::empty(self.layout);
            GRID.map(|n| {
                while cell.people() < u64::from(n) {
                    cell.record(self.layout, &(self.respond)(random)).unwrap();
                }
                (self.figure)(&cell).known()?.ci95?.known()
            })
        };
        let mut case = Case::new(name);
        let found = coverages(seed, runs, self.truth, draw);
        GRID.into_iter().zip(found).for_each(|(n, coverage)| case.push(n, coverage));
        case
    }
}

/// One row of a table: a case, and its coverage at each n.
pub struct Case {
    pub name: String,
    pub cells: Vec<(u32, f64, f64)>,
}

impl Case {
    pub fn new(name: impl Into<String>) -> Case {
        Case { name: name.into(), cells: Vec::new() }
    }

    /// A coverage that was counted.
    pub fn push(&mut self, n: u32, coverage: Coverage) {
        let missing = 1.0 - coverage.shown as f64 / coverage.runs as f64;
        self.cells.push((n, if coverage.shown == 0 { f64::NAN } else { coverage.share() }, missing));
    }

    /// A coverage that was computed.
    pub fn push_exact(&mut self, n: u32, share: f64) {
        self.cells.push((n, share, 0.0));
    }

    /// The smallest n of the grid from which on every coverage is inside the band.
    pub fn good_from(&self) -> Option<u32> {
        let good = |cell: &&(u32, f64, f64)| BAND.contains(&cell.1);
        self.cells.iter().rev().take_while(good).last().map(|cell| cell.0)
    }

    fn line(&self) -> String {
        let cell = |&(_, share, missing): &(u32, f64, f64)| match (share.is_nan(), missing > 0.0005) {
            (true, _) => "none".to_owned(),
            (false, true) => format!("{share:.3} ({:.1} % none)", 100.0 * missing),
            (false, false) => format!("{share:.3}"),
        };
        let cells: Vec<String> = self.cells.iter().map(cell).collect();
        let from = self.good_from().map_or_else(|| "nowhere".to_owned(), |n| n.to_string());
        format!("| {} | {} | {from} |", self.name, cells.join(" | "))
    }
}

/// Prints a table as Markdown.
pub fn print_table(title: &str, cases: &[Case]) {
    let sizes: Vec<String> = cases[0].cells.iter().map(|cell| format!("n = {}", cell.0)).collect();
    println!("\n**{title}**\n\n| case | {} | good from |", sizes.join(" | "));
    println!("| --- |{} --- |", " --- |".repeat(sizes.len()));
    for case in cases {
        println!("{}", case.line());
    }
}

/// Stops when a case is good from another n on than is said of it; `None` says nowhere on the grid.
pub fn assert_good_from(cases: &[Case], said: &[Option<u32>]) {
    assert_eq!(cases.len(), said.len());
    for (case, said) in cases.iter().zip(said) {
        assert_eq!(case.good_from(), *said, "{}", case.name);
    }
}

#[test]
fn an_interval_of_known_coverage_is_found_to_have_it_and_threads_do_not_matter() {
    let normal = |random: &mut Random| {
        let x = random.normal();
        [Some([x - 1.959_964, x + 1.959_964]), Some([x - 1.0, x + 1.0]), None]
    };
    let found = coverages(3, 40_100, 0.0, normal);
    assert_eq!((found[0].runs, found[0].shown, found[2].shown), (40_100, 40_100, 0));
    for (coverage, expected) in found.iter().zip([0.95, 0.682_689]) {
        let error = (expected * (1.0 - expected) / 40_100.0_f64).sqrt();
        assert!((coverage.share() - expected).abs() < 4.0 * error, "{coverage:?} and not {expected}");
    }
    assert_eq!(found, coverages(3, 40_100, 0.0, normal));
}

#[test]
fn a_case_is_good_from_the_last_n_after_which_nothing_leaves_the_band() {
    let mut case = Case::new("made up");
    for (n, share) in [(10, 0.95), (20, 0.90), (30, 0.93), (50, 0.97)] {
        case.push_exact(n, share);
    }
    assert_eq!(case.good_from(), Some(30));
    case.push_exact(100, 0.99);
    assert_eq!(case.good_from(), None);
}
