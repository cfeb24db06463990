//! Times of counting, merging, storing and reporting on the standard survey.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_for_each,
    clippy::wildcard_imports,
    reason = "a bench, in parts that share everything"
)]

#[path = "../tests/support/chance.rs"]
mod chance;
#[path = "../tests/support/standard.rs"]
mod standard;

use std::hint::black_box;

use chance::Chance;
use divan::Bencher;
use divan::counter::ItemsCount;
use scoring::{
    Cell, GroupedCell, Layout, dimension_report, item_report, outcome_report, pair_sums, quality_report,
};
use standard::layout;

/// People in a cell of middling size.
const PEOPLE: usize = 10_000;
/// Responses that are counted in one measurement: few, so that the machine's other work seldom falls into it.
const ROWS: usize = 300;

fn main() {
    divan::main();
}

fn cell(layout: &Layout, seed: u64, people: usize) -> Cell {
    let mut cell = Cell::empty(layout);
    for codes in Chance(seed).standard_responses(layout, people) {
        cell.record(layout, &codes).unwrap();
    }
    cell
}

fn grouped(layout: &Layout, seed: u64, people: usize) -> GroupedCell {
    let mut cell = GroupedCell::empty(layout);
    for (codes, group) in Chance(seed).standard_responses(layout, people).iter().zip((0..32).cycle()) {
        cell.record(layout, codes, group).unwrap();
    }
    cell
}

mod record {
    use super::*;

    /// Tiers A, B and C of one cell.
    #[divan::bench]
    fn one_cell(bencher: Bencher) {
        let layout = layout();
        let rows = Chance(1).standard_responses(&layout, ROWS);
        bencher.counter(ItemsCount::new(ROWS)).with_inputs(|| Cell::empty(&layout)).bench_values(
            |mut cell| {
                rows.iter().for_each(|codes| cell.record(&layout, codes).unwrap());
                cell
            },
        );
    }

    /// Tiers C and D in jackknife groups.
    #[divan::bench]
    fn grouped_cell(bencher: Bencher) {
        let layout = layout();
        let rows = Chance(1).standard_responses(&layout, ROWS);
        let full = grouped(&layout, 2, PEOPLE);
        bencher.counter(ItemsCount::new(ROWS)).with_inputs(|| full.clone()).bench_values(|mut cell| {
            let groups = (0..32).cycle();
            rows.iter().zip(groups).for_each(|(codes, group)| cell.record(&layout, codes, group).unwrap());
            cell
        });
    }

    /// A response counted and taken back.
    #[divan::bench]
    fn record_and_forget(bencher: Bencher) {
        let layout = layout();
        let mut cell = cell(&layout, 1, PEOPLE);
        let codes = Chance(2).standard_response(&layout);
        bencher.bench_local(|| {
            cell.record(&layout, &codes).unwrap();
            cell.forget(&layout, &codes).unwrap();
        });
    }

    #[divan::bench]
    fn record_and_forget_grouped(bencher: Bencher) {
        let layout = layout();
        let mut cell = grouped(&layout, 1, PEOPLE);
        let codes = Chance(2).standard_response(&layout);
        bencher.bench_local(|| {
            cell.record(&layout, &codes, 3).unwrap();
            cell.forget(&layout, &codes, 3).unwrap();
        });
    }

    /// Histograms and item pairs by the scan, on one core, rows of ten cells.
    #[divan::bench]
    fn scan(bencher: Bencher) {
        let layout = layout();
        let rows = Chance(1).standard_responses(&layout, PEOPLE);
        let bytes: Vec<u8> = rows.iter().flatten().map(|code| code.byte()).collect();
        let cells: Vec<u32> = (0..10).cycle().take(PEOPLE).collect();
        bencher.counter(ItemsCount::new(PEOPLE)).bench(|| pair_sums(&layout, &bytes, &cells, 10, 1).unwrap());
    }
}

mod merge {
    use super::*;

    /// Twelve more leaves into a total that has seen many.
    #[divan::bench(args = [3, 30, 300])]
    fn cells_12_of(bencher: Bencher, people: usize) {
        let layout = layout();
        let full = cell(&layout, 99, PEOPLE);
        let cells: Vec<Cell> = (0..12).map(|seed| cell(&layout, seed, people)).collect();
        bencher.counter(ItemsCount::new(12_usize)).with_inputs(|| full.clone()).bench_values(|mut total| {
            cells.iter().for_each(|cell| total.add(cell).unwrap());
            total
        });
    }

    #[divan::bench]
    fn grouped_12_of_1000(bencher: Bencher) {
        let layout = layout();
        let cells: Vec<GroupedCell> = (0..12).map(|seed| grouped(&layout, seed, 1_000)).collect();
        bencher.counter(ItemsCount::new(12_usize)).bench(|| {
            let mut total = GroupedCell::empty(&layout);
            cells.iter().for_each(|cell| total.add(cell).unwrap());
            total
        });
    }
}

mod store {
    use super::*;

    #[divan::bench(args = [1, 100, 10_000])]
    fn encode(bencher: Bencher, people: usize) {
        let layout = layout();
        let cell = cell(&layout, 1, people);
        bencher.bench(|| cell.encode(&layout).unwrap());
    }

    #[divan::bench(args = [1, 100, 10_000])]
    fn decode(bencher: Bencher, people: usize) {
        let layout = layout();
        let bytes = cell(&layout, 1, people).encode(&layout).unwrap();
        bencher.bench(|| Cell::decode(&layout, &bytes).unwrap());
    }

    #[divan::bench]
    fn encode_grouped(bencher: Bencher) {
        let layout = layout();
        let cell = grouped(&layout, 1, PEOPLE);
        bencher.bench(|| cell.encode(&layout).unwrap());
    }

    #[divan::bench]
    fn decode_grouped(bencher: Bencher) {
        let layout = layout();
        let bytes = grouped(&layout, 1, PEOPLE).encode(&layout).unwrap();
        bencher.bench(|| GroupedCell::decode(&layout, &bytes).unwrap());
    }
}

mod report {
    use super::*;

    fn bench(bencher: Bencher, people: usize, report: impl Fn(&Layout, &Cell) + Sync) {
        let layout = layout();
        let cell = cell(&layout, 1, people);
        bencher.bench(|| report(&layout, &cell));
    }

    fn items(layout: &Layout, cell: &Cell) {
        (0..layout.items().len()).for_each(|item| drop(black_box(item_report(layout, cell, item))));
    }

    fn dimensions(layout: &Layout, cell: &Cell) {
        (0..layout.dimensions().len())
            .for_each(|index| drop(black_box(dimension_report(layout, cell, index))));
    }

    #[divan::bench(args = [1_000, 10_000, 60_000])]
    fn items_of(bencher: Bencher, people: usize) {
        bench(bencher, people, items);
    }

    #[divan::bench(args = [1_000, 10_000, 60_000])]
    fn dimensions_of(bencher: Bencher, people: usize) {
        bench(bencher, people, dimensions);
    }

    #[divan::bench(args = [1_000, 10_000, 60_000])]
    fn everything_of(bencher: Bencher, people: usize) {
        bench(bencher, people, |layout, cell| {
            items(layout, cell);
            dimensions(layout, cell);
            black_box(quality_report(layout, cell));
            black_box(outcome_report(layout, cell));
        });
    }
}
