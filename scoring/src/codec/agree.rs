//! Whether the score sums of a cell are those of its answer patterns.
//!
//! n, Σ and Σ² of each single variable follow from the patterns of its block, or from the histogram of its item;
//! how the variables go together does not, so that more than this cannot be checked.

#![allow(clippy::indexing_slicing, reason = "variables of a checked layout")]

use crate::cell::{Cell, Patterns, Reader, digit};
use crate::code::Code;
use crate::layout::{Block, Layout, Variable};

/// n, Σ and Σ² of a score times its L.
type Sum = (u64, i128, i128);

/// Whether both tiers tell the same of each variable.
pub(super) fn agree(layout: &Layout, cell: &Cell) -> bool {
    layout.variables().iter().enumerate().all(|(index, &variable)| {
        let kept = cell.pair(index, index);
        (kept.n, kept.sum_u, kept.square_u) == from_answers(layout, cell, index, variable)
    })
}

fn from_answers(layout: &Layout, cell: &Cell, index: usize, variable: Variable) -> Sum {
    match variable {
        Variable::Dimension(dimension) => from_patterns(layout, cell, Block::Dimension(dimension)),
        Variable::Overall => from_patterns(layout, cell, Block::Overall),
        Variable::Nps | Variable::Csat | Variable::Ces => from_histogram(layout, cell, index),
    }
}

fn from_patterns(layout: &Layout, cell: &Cell, block: Block) -> Sum {
    let reader = Reader::new(layout, block);
    let multiple = layout.block_multiple(block);
    let first = layout.block_items(block).first();
    let low = first.map_or(0, |&item| i64::from(layout.items()[item].scale.min));
    let not_shown = Code::NOT_SHOWN.byte();
    let mut total = (0, 0, 0);
    for (pattern, count) in cell.patterns_of(block).into_iter().flat_map(Patterns::iter) {
        let asked = (0..reader.width()).filter(|&place| digit(pattern, place) != not_shown).count();
        let row = reader.row(pattern);
        let answered = row.iter().filter(|&&position| position > 0).count();
        if answered > 0 && answered >= asked.div_ceil(2) {
            let answered = i64::try_from(answered).unwrap_or(1);
            let raw = row.iter().sum::<i64>() + answered * (low - 1);
            take(&mut total, i128::from(multiple / answered * raw), count);
        }
    }
    total
}

fn from_histogram(layout: &Layout, cell: &Cell, variable: usize) -> Sum {
    let mut total = (0, 0, 0);
    for &item in &layout.columns()[variable].0 {
        let spec = &layout.items()[item];
        let counts = cell.item(item).map(|counts| counts.polarised(spec)).unwrap_or_default();
        for (raw, count) in (i128::from(spec.scale.min)..).zip(counts) {
            take(&mut total, raw, count);
        }
    }
    total
}

fn take(total: &mut Sum, score: i128, people: u64) {
    total.0 += people;
    total.1 += score * i128::from(people);
    total.2 += score * score * i128::from(people);
}
