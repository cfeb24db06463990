//! Any rows at all, recorded, forgotten and merged in any order: never a panic, and what a plain list of the rows
//! says in the end is what the counts say.
#![no_main]

#[path = "../shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use scoring::{Cell, Code, GroupedCell};

fuzz_target!(|data: &[u8]| {
    let Some((&first, mut rest)) = data.split_first() else { return };
    let layout = shared::layout(first);
    let (mut cell, mut grouped) = (Cell::empty(&layout), GroupedCell::empty(&layout));
    let (mut side, mut kept) = (Cell::empty(&layout), Vec::new());
    while let Some((&step, after)) = rest.split_first() {
        let width = layout.items().len().min(after.len());
        let (row, after) = after.split_at(width);
        rest = after;
        // Bytes that are no code make a row too short, which is refused.
        let codes: Vec<Code> = row.iter().filter_map(|byte| Code::from_byte(byte % 17)).collect();
        let group = step >> 3;
        match step & 7 {
            0..=3 => {
                let recorded = cell.record(&layout, &codes);
                assert_eq!(recorded, grouped.record(&layout, &codes, group));
                if recorded.is_ok() {
                    kept.push((codes, group));
                }
            }
            4 => {
                let seen = kept.iter().position(|(row, of)| *row == codes && of % 32 == group % 32);
                let (before, before_grouped) = (cell.clone(), grouped.clone());
                match seen {
                    Some(place) => {
                        cell.forget(&layout, &codes).unwrap();
                        grouped.forget(&layout, &codes, group).unwrap();
                        kept.swap_remove(place);
                    }
                    // Whom the counts only seem to hold: put back at once.
                    None => {
                        if cell.forget(&layout, &codes).is_ok() {
                            shared::report(&layout, &cell);
                            cell.record(&layout, &codes).unwrap();
                        }
                        if grouped.forget(&layout, &codes, group).is_ok() {
                            grouped.record(&layout, &codes, group).unwrap();
                        }
                    }
                }
                if seen.is_none() {
                    assert!(cell == before && grouped == before_grouped);
                }
            }
            5 => drop(side.record(&layout, &codes)),
            6 => {
                cell.add(&side).unwrap();
                cell.subtract(&side).unwrap();
            }
            _ => {
                let _ = cell.clone().subtract(&side);
                side = Cell::empty(&layout);
            }
        }
    }
    let (mut recount, mut regrouped) = (Cell::empty(&layout), GroupedCell::empty(&layout));
    for (codes, group) in &kept {
        recount.record(&layout, codes).unwrap();
        regrouped.record(&layout, codes, *group).unwrap();
    }
    assert_eq!(recount.encode(&layout), cell.encode(&layout));
    assert_eq!(regrouped.encode(&layout), grouped.encode(&layout));
    assert_eq!(Cell::decode(&layout, &cell.encode(&layout).unwrap()), Ok(cell.clone()));
    assert_eq!(GroupedCell::decode(&layout, &grouped.encode(&layout).unwrap()), Ok(grouped));
    shared::report(&layout, &cell);
});
