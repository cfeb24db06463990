//! The scan gives what recording the same rows one by one gives.

use scoring::{Cell, CellError, GroupedCell, Layout, ScanSums, pair_sums};

use super::{Chance, draw, each_seed};

#[test]
fn a_scan_equals_recording_row_by_row() {
    each_seed(300, |chance| {
        let layout = draw::layout(chance);
        // Tiles that are full to the last row, one row more, several, and hardly begun.
        let count = [0, 1, 31, 255, 256, 257, 600][chance.index(7)];
        let cells = 1 + chance.index(4);
        compare(chance, &layout, count, cells);
    });
}

#[test]
fn a_scan_of_the_highest_positions_does_not_run_over() {
    let scale = scoring::Scale::new(0, 10).unwrap();
    let item = |index| scoring::ItemSpec { key: format!("i{index}"), scale, reversed: false, top_box: None };
    let layout = Layout::new((0..3).map(item).collect(), vec![], scoring::Outcomes::default()).unwrap();
    let rows = vec![11; 3 * 1_000];
    let sums = pair_sums(&layout, &rows, &vec![0; 1_000], 1, 1).unwrap();
    let pair = sums[0].item_pair(0, 2);
    assert_eq!((pair.n, pair.sum_a, pair.sum_b), (1_000, 11_000, 11_000));
    assert_eq!((pair.square_a, pair.square_b, pair.product), (121_000, 121_000, 121_000));
}

#[test]
fn several_threads_scan_as_one_does() {
    let mut chance = Chance(11);
    let layout = draw::layout(&mut Chance(4));
    let (mut rows, mut cell_of) = (Vec::new(), Vec::new());
    for _ in 0..70_000 {
        rows.extend(draw::response(&mut chance, &layout).iter().map(|code| code.byte()));
        cell_of.push(u32::try_from(chance.index(3)).unwrap());
    }
    let one = pair_sums(&layout, &rows, &cell_of, 3, 1).unwrap();
    assert_eq!(one.iter().map(ScanSums::people).sum::<u64>(), 70_000);
    for threads in [2, 3, 4, 99] {
        assert_eq!(pair_sums(&layout, &rows, &cell_of, 3, threads).as_ref(), Ok(&one));
    }
}

fn compare(chance: &mut Chance, layout: &Layout, count: usize, cells: usize) {
    let (mut rows, mut cell_of) = (Vec::new(), Vec::new());
    let mut recorded = vec![(Cell::empty(layout), GroupedCell::empty(layout)); cells];
    for _ in 0..count {
        let codes = draw::response(chance, layout);
        let cell = chance.index(cells);
        recorded[cell].0.record(layout, &codes).unwrap();
        recorded[cell].1.record(layout, &codes, 0).unwrap();
        rows.extend(codes.iter().map(|code| code.byte()));
        cell_of.push(u32::try_from(cell).unwrap());
    }
    let one = pair_sums(layout, &rows, &cell_of, cells, 1).unwrap();
    assert_eq!(pair_sums(layout, &rows, &cell_of, cells, 0).as_ref(), Ok(&one));
    for (sums, (cell, grouped)) in one.iter().zip(&recorded) {
        same(layout, sums, cell, grouped);
    }
}

fn same(layout: &Layout, sums: &ScanSums, cell: &Cell, grouped: &GroupedCell) {
    assert_eq!(sums.people(), cell.people());
    let joint = grouped.total(layout);
    for a in 0..layout.items().len() {
        assert_eq!(sums.item(a), cell.item(a));
        for b in 0..layout.items().len() {
            assert_eq!(sums.item_pair(a, b), joint.item_pair(a, b));
        }
    }
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let layout = draw::layout(&mut Chance(4));
    let width = layout.items().len();
    assert!(width > 2);
    let mut rows = vec![1; 2 * width];
    assert_eq!(pair_sums(&layout, &rows, &[0, 1], 2, 1).map(|cells| cells.len()), Ok(2));
    let long = CellError::AnswerCount { items: width, given: 2 * width };
    assert_eq!(pair_sums(&layout, &rows, &[0], 2, 1), Err(long));
    assert_eq!(pair_sums(&layout, &rows, &[0, 2], 2, 1), Err(CellError::NoSuchCell(1)));
    let beyond = layout.items()[1].scale.points() + 1;
    for byte in [0, beyond, 16, 255] {
        rows[width + 1] = byte;
        assert_eq!(pair_sums(&layout, &rows, &[0, 1], 2, 1), Err(CellError::UnknownCode(1)), "{byte}");
    }
}
