//! Histograms and item pairs of many packed answers at once, for filters that no stored cell answers.
//!
//! The same counts as tiers A and D of recorded responses, bit for bit, from a plain scan of one byte an item.
//! Rows are gathered by cell in small tiles (`tile`), which narrow loops then sum up; the loops run with the
//! widest instructions that the machine has (found at run time by the crate `pulp`), and on several cores.
//! Only exports and ad-hoc questions scan; reports read cells.

mod dots;
mod tile;

use std::{panic, thread};

use crate::cell::{ItemCounts, ItemPair, ItemPairs};
use crate::code::Code;
use crate::error::CellError;
use crate::layout::Layout;
use tile::Tile;

/// The fewest rows that are worth a thread of their own.
const FEWEST: usize = 1 << 14;

/// Histograms and item pairs of the rows of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanSums {
    people: u64,
    items: Vec<ItemCounts>,
    pairs: ItemPairs,
}

impl ScanSums {
    /// How many rows the cell has.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// The histogram of an item, as of [`crate::Cell::item`].
    pub fn item(&self, index: usize) -> Option<&ItemCounts> {
        self.items.get(index)
    }

    /// The sums of two items over the rows that answer both, as of [`crate::JointCounts::item_pair`].
    pub fn item_pair(&self, a: usize, b: usize) -> ItemPair {
        self.pairs.pair(a, b)
    }

    fn add(&mut self, other: &ScanSums) {
        self.people += other.people;
        self.items.iter_mut().zip(&other.items).for_each(|(mine, theirs)| mine.add(theirs));
        self.pairs.add(&other.pairs);
    }
}

/// Sums up rows of answers, cell by cell.
///
/// `rows` holds one [`Code::byte`] an item, row after row in the order of the layout's items; `cell_of` says for
/// each row which of `cells` cells it belongs to. With more than one thread the rows are cut in as many parts;
/// each thread keeps sums of its own for all cells, so take fewer threads for very many cells. The counts do
/// not depend on the threads. Refuses a length or a cell number that does not fit, and a byte that is no code of
/// its item.
///
/// ```
/// use scoring::{Code, ItemSpec, Layout, Outcomes, Scale, pair_sums};
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item("a"), item("b")], vec![], Outcomes::default())?;
/// let skipped = Code::SKIPPED.byte();
/// let cells = pair_sums(&layout, &[4, 5, 2, skipped, 1, 3], &[0, 1, 0], 2, 1)?;
/// assert_eq!((cells[0].people(), cells[0].item_pair(0, 1).product), (2, 4 * 5 + 1 * 3));
/// assert_eq!((cells[1].people(), cells[1].item_pair(0, 1).n), (1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pair_sums(
    layout: &Layout,
    rows: &[u8],
    cell_of: &[u32],
    cells: usize,
    threads: usize,
) -> Result<Vec<ScanSums>, CellError> {
    let width = layout.items().len();
    if rows.len() != width * cell_of.len() {
        return Err(CellError::AnswerCount { items: width * cell_of.len(), given: rows.len() });
    }
    if let Some(row) = cell_of.iter().position(|&cell| cell as usize >= cells) {
        return Err(CellError::NoSuchCell(row));
    }
    let part = cell_of.len().div_ceil(threads.max(1)).max(FEWEST);
    let parts: Vec<_> = rows.chunks((part * width).max(1)).zip(cell_of.chunks(part)).collect();
    let mut sums = match parts.as_slice() {
        [(rows, cell_of)] => scan_part(width, rows, cell_of, cells),
        parts => thread::scope(|scope| {
            let scans: Vec<_> = parts
                .iter()
                .map(|(rows, cell_of)| scope.spawn(move || scan_part(width, rows, cell_of, cells)))
                .collect();
            let mut total = scan_part(width, &[], &[], cells);
            for scan in scans {
                let part = scan.join().unwrap_or_else(|cause| panic::resume_unwind(cause));
                total.iter_mut().zip(&part).for_each(|(sum, part)| sum.add(part));
            }
            total
        }),
    };
    if width == 0 {
        for &cell in cell_of {
            sums.get_mut(cell as usize).into_iter().for_each(|sum| sum.people += 1);
        }
    }
    check(layout, &sums)?;
    Ok(sums)
}

/// Sums up some of the rows on one thread.
fn scan_part(width: usize, rows: &[u8], cell_of: &[u32], cells: usize) -> Vec<ScanSums> {
    let mut tiles: Vec<Tile> = (0..cells).map(|_| Tile::new(width)).collect();
    let mut columns = tile::Columns::new(width);
    for (row, &cell) in rows.chunks_exact(width.max(1)).zip(cell_of) {
        if let Some(tile) = tiles.get_mut(cell as usize) {
            tile.push(row, &mut columns);
        }
    }
    tiles.into_iter().map(|tile| tile.finish(&mut columns)).collect()
}

/// Each row must have given each item one of its codes.
fn check(layout: &Layout, sums: &[ScanSums]) -> Result<(), CellError> {
    for sum in sums {
        for (index, (item, counts)) in layout.items().iter().zip(&sum.items).enumerate() {
            let fits = |code: &Code| !code.is_answer() || code.byte() <= item.scale.points();
            let known: u64 =
                (1..=15).filter_map(Code::from_byte).filter(fits).map(|code| counts.of(code)).sum();
            if known != sum.people {
                return Err(CellError::UnknownCode(index));
            }
        }
    }
    Ok(())
}
