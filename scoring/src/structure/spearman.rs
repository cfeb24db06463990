//! Rank correlations of items that are answered on one scale.
//!
//! From the answer patterns of one block, hence for the items of one dimension.

#![allow(clippy::indexing_slicing, reason = "counters indexed by positions 1..=11 on a scale")]

use super::pairs::correlation;
use crate::cell::{Cell, Reader};
use crate::error::Undefined;
use crate::figure::Figure;
use crate::layout::{Block, Layout};

/// Spearman's rank correlation (1904) of two items of a block, by their places in it, with mid-ranks for ties.
///
/// Pearson's r of the ranks, over the people who answered both; exact sums of doubled ranks about their mean.
/// -1..=1. Undefined for places that the block lacks, for fewer than two people, and where an item does not
/// vary.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// # let layout = Layout::new(["a", "b"].map(item).to_vec(), vec![care], Outcomes::default())?;
/// # let mut cell = Cell::empty(&layout);
/// # for row in [[1, 2], [3, 3], [4, 5], [5, 4]] {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes)?;
/// # }
/// // Four people answered 1 2, 3 3, 4 5 and 5 4: ranks 1 1, 2 2, 3 4, 4 3.
/// let r = spearman(&layout, &cell, Block::Dimension(0), 0, 1);
/// assert!((r.known().unwrap().value - 0.8).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn spearman(layout: &Layout, cell: &Cell, block: Block, a: usize, b: usize) -> Figure {
    let reader = Reader::new(layout, block);
    let Some(table) = cell.patterns_of(block).filter(|_| a.max(b) < reader.width()) else {
        return Figure::undefined(Undefined::NoAnswers, 0);
    };
    let mut counts = [[0_u64; 12]; 12];
    for (pattern, count) in table.iter() {
        let row = reader.row(pattern);
        if let (Ok(x), Ok(y)) = (usize::try_from(row[a]), usize::try_from(row[b])) {
            counts[x.min(11)][y.min(11)] += count;
        }
    }
    // Position 0 is an empty state.
    let both: Vec<_> =
        (1..12).flat_map(|x| (1..12).map(move |y| (x, y))).map(|(x, y)| (x, y, counts[x][y])).collect();
    let n: u64 = both.iter().map(|(_, _, count)| count).sum();
    match n {
        0 => return Figure::undefined(Undefined::NoneAnsweredBoth, 0),
        1 => return Figure::undefined(Undefined::OneAnswer, 1),
        _ => {}
    }
    let (mut margin_a, mut margin_b) = ([0_u64; 12], [0_u64; 12]);
    for &(x, y, count) in &both {
        margin_a[x] += count;
        margin_b[y] += count;
    }
    let (ranks_a, ranks_b) = (centred_ranks(&margin_a, n), centred_ranks(&margin_b, n));
    let sum = |f: &dyn Fn(usize, usize) -> i128| -> i128 {
        both.iter().map(|&(x, y, count)| i128::from(count) * f(x, y)).sum()
    };
    let product = sum(&|x, y| ranks_a[x] * ranks_b[y]);
    let (square_a, square_b) = (sum(&|x, _| ranks_a[x] * ranks_a[x]), sum(&|_, y| ranks_b[y] * ranks_b[y]));
    correlation(product, square_a, square_b, n).into()
}

/// Twice the mid-rank of each position minus n + 1; over all people they sum to zero.
fn centred_ranks(counts: &[u64; 12], n: u64) -> [i128; 12] {
    let mut ranks = [0; 12];
    let mut below = 0;
    for (rank, count) in ranks.iter_mut().zip(counts) {
        *rank = i128::from(2 * below + count) - i128::from(n);
        below += count;
    }
    ranks
}
