//! The complete answers of one block with their exact sums, and the statistics read from them.
//!
//! One pass over the patterns serves alpha, its standard error and all figures of the items.

#![allow(clippy::indexing_slicing, reason = "k-by-k tables indexed by places below k")]

use crate::cell::{Cell, Patterns, Reader, Row, digit};
use crate::code::Code;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Undef};
use crate::interval::alpha_adf;
use crate::layout::{Block, Layout};

/// The people who were asked and answered all items of a block, with their exact sums.
pub(crate) struct Listwise<'a> {
    reader: Reader,
    table: &'a Patterns,
    n: u64,
    k: usize,
    /// Within `MAX_PEOPLE` every sum and product of positions fits 64 bits.
    sums: [i64; 16],
    /// n Σ x_a x_b - Σ x_a Σ x_b, that is n (n - 1) times the covariance.
    scatter: Vec<Vec<i128>>,
}

impl<'a> Listwise<'a> {
    /// Sums up the complete answers of a block, or says why nothing can be computed from them.
    pub(crate) fn new(layout: &Layout, cell: &'a Cell, block: Block) -> Result<Listwise<'a>, Undef> {
        let reader = Reader::new(layout, block);
        let k = reader.width();
        let answering = || cell.people_answering(block);
        let table = match cell.patterns_of(block) {
            Some(table) if k > 1 => table,
            _ => return Err(Undef::new(Undefined::OneItem, answering())),
        };
        let answers = Listwise::summed(reader, table);
        match answers.n {
            0 if most_asked(table, k) == 1 => Err(Undef::new(Undefined::OneItem, answering())),
            0 if answering() == 0 => Err(Undef::new(Undefined::NoAnswers, 0)),
            0 => Err(Undef::new(Undefined::NoneComplete, 0)),
            1 => Err(Undef::new(Undefined::OneAnswer, 1)),
            _ => Ok(answers),
        }
    }

    fn summed(reader: Reader, table: &Patterns) -> Listwise<'_> {
        let k = reader.width();
        let (mut n, mut sums, mut products) = (0, [0_i64; 16], [[0_i64; 16]; 16]);
        for (row, count) in complete_rows(&reader, table) {
            n += count;
            for a in 0..k {
                let weighted = count.cast_signed() * row[a];
                sums[a] += weighted;
                for b in 0..=a {
                    products[a][b] += weighted * row[b];
                }
            }
        }
        let central = |a: usize, b: usize| {
            let product = products[a.max(b)][a.min(b)];
            i128::from(n) * i128::from(product) - i128::from(sums[a]) * i128::from(sums[b])
        };
        let scatter = (0..k).map(|a| (0..k).map(|b| central(a, b)).collect()).collect();
        Listwise { reader, table, n, k, sums, scatter }
    }

    pub(crate) fn n(&self) -> u64 {
        self.n
    }

    /// n Σ x_a x_b - Σ x_a Σ x_b of each two items, over positions after reversal.
    pub(crate) fn scatter(&self) -> &[Vec<i128>] {
        &self.scatter
    }

    /// The mean position of each item.
    pub(crate) fn means(&self) -> Vec<f64> {
        self.sums[..self.k].iter().map(|sum| *sum as f64 / self.n as f64).collect()
    }

    /// The sum of all positions of all people.
    pub(super) fn sum(&self) -> i64 {
        self.sums[..self.k].iter().sum()
    }

    pub(super) fn trace(&self) -> i128 {
        (0..self.k).map(|a| self.scatter[a][a]).sum()
    }

    pub(super) fn total(&self) -> i128 {
        self.scatter.iter().flatten().sum()
    }

    fn row_total(&self, a: usize) -> i128 {
        self.scatter[a].iter().sum()
    }

    /// The distribution-free standard error of alpha: √(Σ IF²)/n with IF = k/(k-1) (t T²/v² - q/v), where q is
    /// a person's sum of squared item deviations, T the deviation of the person's total, t and v the means of
    /// q and T².
    pub(super) fn alpha_standard_error(&self) -> f64 {
        let n = self.n as f64;
        // The scatter is n² times the covariance of divisor n.
        let (t, v) = (self.trace() as f64 / (n * n), self.total() as f64 / (n * n));
        let people = self.n.cast_signed();
        let influence = |row: &Row| {
            let deviation = |(x, sum): (&i64, &i64)| (people * x - sum) as f64 / n;
            let deviations = row.iter().zip(&self.sums).map(deviation);
            let (q, whole) = deviations.fold((0.0, 0.0), |(q, whole), z| (q + z * z, whole + z));
            t * whole * whole / (v * v) - q / v
        };
        let rows = complete_rows(&self.reader, self.table);
        let squares: f64 = rows.map(|(row, count)| count as f64 * influence(&row).powi(2)).sum();
        let k = self.k as f64;
        k / (k - 1.0) * squares.sqrt() / n
    }

    pub(super) fn alpha(&self) -> Result<Estimate, Undef> {
        let total = self.total();
        if total <= 0 {
            return Err(Undef::new(Undefined::NoVariance, self.n));
        }
        let (value, complement) = alpha_and_complement(self.k, self.trace(), total);
        let interval = alpha_adf(complement, self.alpha_standard_error(), self.n);
        Ok(Estimate::with_interval(value, self.n, interval))
    }

    pub(super) fn item_rest(&self, item: usize) -> Figure {
        let (own, row) = (self.scatter[item][item], self.row_total(item));
        let rest = self.total() - 2 * row + own;
        if own <= 0 || rest <= 0 {
            return Figure::undefined(Undefined::NoVariance, self.n);
        }
        let r = (row - own) as f64 / ((own as f64).sqrt() * (rest as f64).sqrt());
        Figure::Known(Estimate::plain(r, self.n))
    }

    pub(super) fn alpha_without(&self, item: usize) -> Figure {
        if self.k < 3 {
            return Figure::undefined(Undefined::TwoItems, self.n);
        }
        let (own, row) = (self.scatter[item][item], self.row_total(item));
        let total = self.total() - 2 * row + own;
        if total <= 0 {
            return Figure::undefined(Undefined::NoVariance, self.n);
        }
        let (value, _) = alpha_and_complement(self.k - 1, self.trace() - own, total);
        Figure::Known(Estimate::plain(value, self.n))
    }
}

/// The rows of a block without an empty state, with their counts.
fn complete_rows<'a>(reader: &'a Reader, table: &'a Patterns) -> impl Iterator<Item = (Row, u64)> + 'a {
    let rows = table.iter().map(|(pattern, count)| (reader.row(pattern), count));
    rows.filter(|(row, _)| !row[..reader.width()].contains(&0))
}

/// The most items of a block that anybody was asked.
fn most_asked(table: &Patterns, k: usize) -> usize {
    let not_shown = Code::NOT_SHOWN.byte();
    let asked = |pattern| (0..k).filter(|&place| digit(pattern, place) != not_shown).count();
    table.iter().map(|(pattern, _)| asked(pattern)).max().unwrap_or(0)
}

/// Alpha of k items, k/(k-1) (1 - trace/total), and its complement, each as one division of exact integers.
fn alpha_and_complement(k: usize, trace: i128, total: i128) -> (f64, f64) {
    let items = k as i128;
    let denominator = (items - 1) as f64 * total as f64;
    ((items * (total - trace)) as f64 / denominator, (items * trace - total) as f64 / denominator)
}
