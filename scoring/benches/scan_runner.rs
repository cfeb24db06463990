//! The scan of packed answers, driven line by line by `scan_vs_numpy.py`, so that both sides work in turns on the
//! same data: each line `run` answers with the seconds of one scan, `dump FILE` writes all counts.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench"
)]

use std::io::Write;
use std::time::Instant;

use scoring::{Code, ItemSpec, Layout, Outcomes, Scale, ScanSums, pair_sums};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [rows, cells, width, how_many, threads] = args.as_slice() else {
        println!("run by benches/scan_vs_numpy.py");
        return;
    };
    let (width, how_many, threads) = (number(width), number(how_many), number(threads));
    let layout = layout(width);
    let rows = std::fs::read(rows).unwrap();
    let cell_of: Vec<u32> = std::fs::read(cells)
        .unwrap()
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes(four.try_into().unwrap()))
        .collect();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let start = Instant::now();
        let sums = pair_sums(&layout, &rows, &cell_of, how_many, threads).unwrap();
        println!("{}", start.elapsed().as_secs_f64());
        if let Some(file) = line.strip_prefix("dump ") {
            std::fs::File::create(file).unwrap().write_all(&dump(width, &sums)).unwrap();
            println!("done");
        }
    }
}

fn number(text: &str) -> usize {
    text.parse().unwrap()
}

fn layout(width: usize) -> Layout {
    let scale = Scale::new(1, 7).unwrap();
    let item = |index| ItemSpec { key: format!("i{index}"), scale, reversed: false, top_box: None };
    Layout::new((0..width).map(item).collect(), vec![], Outcomes::default()).unwrap()
}

/// For each cell the sixteen counters of each item, then six sums for each pair a ≤ b.
fn dump(width: usize, sums: &[ScanSums]) -> Vec<u8> {
    let mut numbers: Vec<u64> = Vec::new();
    for cell in sums {
        for item in 0..width {
            let of = |byte| Code::from_byte(byte).map_or(0, |code| cell.item(item).unwrap().of(code));
            numbers.extend((0..16).map(of));
        }
        for a in 0..width {
            for b in a..width {
                let pair = cell.item_pair(a, b);
                numbers.extend([pair.n, pair.sum_a, pair.sum_b, pair.square_a, pair.square_b, pair.product]);
            }
        }
    }
    numbers.into_iter().flat_map(u64::to_le_bytes).collect()
}
