//! The exact joint distribution of n, Σ x and Σ x² of independent answers to one item.
//!
//! An interval of a mean that reads a histogram only through these sums has a coverage that is a finite sum:
//! nothing need be drawn. Person after person is added to a table of all reachable pairs of sums; each pair
//! keeps its probability and one histogram that has these sums.

/// States below this probability are dropped; what is lost is part of the result.
const NEGLIGIBLE: f64 = 1e-17;

/// All pairs with one Σ x: probability and histogram (eight bits a code) by Σ x², from `start`.
#[derive(Clone, Default)]
struct Row {
    start: usize,
    probability: Vec<f64>,
    histogram: Vec<u128>,
}

/// The distribution after some people.
pub struct Sums {
    shares: Vec<f64>,
    pub n: u32,
    rows: Vec<Row>,
}

impl Sums {
    pub fn of_nobody(shares: &[f64]) -> Sums {
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12 && shares.len() <= 16);
        let row = Row { start: 0, probability: vec![1.0], histogram: vec![0] };
        Sums { shares: shares.to_vec(), n: 0, rows: vec![row] }
    }

    /// Adds one person; at most 255 in all, since a histogram keeps eight bits a code.
    pub fn add_person(&mut self) {
        assert!(self.n < 255);
        self.n += 1;
        let top = self.shares.len() - 1;
        self.rows = (0..self.rows.len() + top).map(|sum| self.next_row(sum)).collect();
    }

    fn next_row(&self, sum: usize) -> Row {
        let source = |x: usize| sum.checked_sub(x).and_then(|before| self.rows.get(before));
        let filled = |x: &usize| source(*x).is_some_and(|row| !row.probability.is_empty());
        let from: Vec<usize> = (0..self.shares.len()).filter(filled).collect();
        let ends = |x: &usize| source(*x).map(|row| (row.start + x * x, row.probability.len()));
        let start = from.iter().filter_map(ends).map(|(start, _)| start).min().unwrap_or(0);
        let end = from.iter().filter_map(ends).map(|(start, width)| start + width).max().unwrap_or(0);
        let mut next = Row { start, probability: vec![0.0; end - start], histogram: vec![0; end - start] };
        for x in from {
            let (row, share) = (&self.rows[sum - x], self.shares[x]);
            let shift = row.start + x * x - start;
            for (place, (p, histogram)) in row.probability.iter().zip(&row.histogram).enumerate() {
                if *p > 0.0 {
                    next.probability[shift + place] += p * share;
                    next.histogram[shift + place] = histogram + (1 << (8 * x));
                }
            }
        }
        next.trimmed()
    }

    /// Probability that the statement about the counts is true, and the probability that was left out.
    pub fn probability(&self, statement: impl Fn(&[u64]) -> bool + Sync) -> (f64, f64) {
        let half = self.rows.len() / 2;
        let part = |rows: &[Row]| rows.iter().map(|row| row.weigh(self.shares.len(), &statement)).collect();
        let parts: [Vec<(f64, f64)>; 2] = std::thread::scope(|scope| {
            let other = scope.spawn(|| part(&self.rows[half..]));
            [part(&self.rows[..half]), other.join().unwrap()]
        });
        let sum = |parts: &[Vec<(f64, f64)>; 2]| {
            parts.iter().flatten().fold((0.0, 0.0), |(held, seen), row| (held + row.0, seen + row.1))
        };
        let (held, seen) = sum(&parts);
        (held, 1.0 - seen)
    }
}

impl Row {
    /// Without negligible states at either end, and none of them inside.
    fn trimmed(mut self) -> Row {
        self.probability.iter_mut().filter(|p| **p < NEGLIGIBLE).for_each(|p| *p = 0.0);
        let first = self.probability.iter().position(|p| *p > 0.0);
        let Some(first) = first else { return Row::default() };
        let end = self.probability.iter().rposition(|p| *p > 0.0).unwrap() + 1;
        let (probability, histogram) = (&self.probability[first..end], &self.histogram[first..end]);
        Row { start: self.start + first, probability: probability.to_vec(), histogram: histogram.to_vec() }
    }

    /// Probability of the states of which the statement is true, and of all states looked at.
    fn weigh(&self, codes: usize, statement: impl Fn(&[u64]) -> bool) -> (f64, f64) {
        let mut counts = vec![0; codes];
        let states = self.probability.iter().zip(&self.histogram).filter(|(p, _)| **p > 1e-13);
        states.fold((0.0, 0.0), |(held, seen), (p, histogram)| {
            for (code, count) in counts.iter_mut().enumerate() {
                *count = u64::try_from((histogram >> (8 * code)) & 255).unwrap();
            }
            (if statement(&counts) { held + p } else { held }, seen + p)
        })
    }
}

#[test]
fn the_table_of_sums_agrees_with_all_histograms_one_by_one() {
    let shares = [0.1, 0.25, 0.65];
    let mut sums = Sums::of_nobody(&shares);
    (0..9).for_each(|_| sums.add_person());
    let statement = |counts: &[u64]| (counts[1] + 2 * counts[2]) % 3 == 1;
    let factorial = |k: i32| f64::from((1..=k).product::<i32>());
    let mut expected = 0.0;
    for low in 0..=9_i32 {
        for middle in 0..=9 - low {
            let high = 9 - low - middle;
            let ways = factorial(9) / (factorial(low) * factorial(middle) * factorial(high));
            let p = ways * shares[0].powi(low) * shares[1].powi(middle) * shares[2].powi(high);
            if (middle + 2 * high) % 3 == 1 {
                expected += p;
            }
        }
    }
    let (found, lost) = sums.probability(statement);
    assert!((found - expected).abs() < 1e-10 && lost.abs() < 1e-10, "{found} and not {expected}");
}
