//! Stored counts: what is written is read back, and whatever else is read is refused, or was a form of its own.

use std::collections::BTreeSet;

use scoring::{Cell, CellError, CodecError, GroupedCell, JointCounts, Layout};

use super::counts::{Counts, responses};
use super::reports::check_reports;
use super::{Chance, draw, each_seed, standard};

#[test]
fn a_stored_cell_comes_back_and_no_other_bytes_stand_for_it() {
    let outcomes: BTreeSet<&str> =
        (0..1_500).map(|seed| change_stored::<Cell>(&mut Chance(seed), &check_reports)).collect();
    assert_eq!(outcomes, BTreeSet::from(["ends", "impossible", "other", "overlong", "read", "trailing"]));
}

#[test]
fn a_stored_grouped_cell_comes_back_and_no_other_bytes_stand_for_it() {
    let total = |layout: &Layout, cell: &GroupedCell| assert_eq!(cell.total(layout).people(), cell.people());
    let outcomes: BTreeSet<&str> =
        (0..700).map(|seed| change_stored::<GroupedCell>(&mut Chance(seed), &total)).collect();
    assert_eq!(outcomes, BTreeSet::from(["ends", "impossible", "other", "overlong", "read", "trailing"]));
}

#[test]
fn the_total_of_the_groups_is_stored_like_any_joint_counts() {
    each_seed(200, |chance| {
        let layout = draw::layout(chance);
        let total = GroupedCell::of(&layout, &responses(chance, &layout, 12)).total(&layout);
        let bytes = total.encode(&layout).unwrap();
        assert_eq!(JointCounts::decode(&layout, &bytes), Ok(total));
        assert_eq!(Cell::decode(&layout, &bytes), Err(CodecError::Foreign));
    });
}

/// Changes stored counts, with a checksum that fits again. What is still read must be counts of its own whose
/// only form are these bytes.
fn change_stored<C: Counts>(chance: &mut Chance, check: &dyn Fn(&Layout, &C)) -> &'static str {
    let layout = draw::layout(chance);
    let counts = C::of(&layout, &responses(chance, &layout, 10));
    let bytes = counts.encode(&layout);
    assert_eq!(C::decode(&layout, &bytes).as_ref(), Ok(&counts));
    let mut changed = bytes.clone();
    changed.truncate(bytes.len() - 4);
    for _ in 0..=chance.below(3) {
        change(chance, &mut changed);
    }
    changed.extend(crc32fast::hash(&changed).to_le_bytes());
    match C::decode(&layout, &changed) {
        Ok(read) => {
            assert_eq!(read.encode(&layout), changed);
            check(&layout, &read);
            "read"
        }
        Err(CodecError::Ends(_)) => "ends",
        Err(CodecError::Impossible { .. }) => "impossible",
        Err(CodecError::Overlong(_)) => "overlong",
        Err(CodecError::Trailing(_)) => "trailing",
        Err(_) => "other",
    }
}

/// One change, mostly behind the first bytes, where the counts are.
fn change(chance: &mut Chance, bytes: &mut Vec<u8>) {
    let first = if chance.once_in(20) { 0 } else { 12.min(bytes.len()) };
    let at = first + chance.index(bytes.len() - first + 1);
    let byte = [0, 1, 2, 127, 128, 255][chance.index(6)];
    match chance.below(5) {
        0 => bytes.insert(at, byte),
        1 => bytes.truncate(at),
        2 if at < bytes.len() => drop(bytes.remove(at)),
        3 if at < bytes.len() => bytes[at] ^= 1 << chance.index(8),
        _ if at < bytes.len() => bytes[at] = byte,
        _ => bytes.push(byte),
    }
}

#[test]
fn bytes_without_meaning_are_refused() {
    each_seed(1_000, |chance| {
        let layout = draw::layout(chance);
        let whole = Cell::empty(&layout).encode(&layout).unwrap();
        let mut bytes: Vec<u8> = whole[..12].to_vec();
        bytes.extend((0..chance.index(40)).map(|_| chance.draw().to_le_bytes()[0]));
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        if let Ok(cell) = Cell::decode(&layout, &bytes) {
            assert_eq!(cell.encode(&layout).unwrap(), bytes);
        }
        bytes[..3].copy_from_slice(b"LGr");
        let body = bytes.len() - 4;
        let checksum = crc32fast::hash(&bytes[..body]).to_le_bytes();
        bytes[body..].copy_from_slice(&checksum);
        if let Ok(cell) = GroupedCell::decode(&layout, &bytes) {
            assert_eq!(cell.encode(&layout).unwrap(), bytes);
        }
    });
}

#[test]
fn each_fault_around_the_counts_has_its_name() {
    let (layout, other) = (draw::layout(&mut Chance(1)), draw::layout(&mut Chance(2)));
    let cell = Cell::of(&layout, &responses(&mut Chance(3), &layout, 9));
    assert_eq!(cell.encode(&other), Err(CellError::OtherLayout));
    let bytes = cell.encode(&layout).unwrap();
    assert_eq!(Cell::decode(&other, &bytes), Err(CodecError::OtherLayout));
    assert_eq!(GroupedCell::decode(&layout, &bytes), Err(CodecError::Foreign));
    assert_eq!(Cell::decode(&layout, &bytes[..3]), Err(CodecError::Ends(3)));
    assert_eq!(Cell::decode(&layout, &bytes[..15]), Err(CodecError::Ends(15)));
    assert_eq!(Cell::decode(&layout, &[]), Err(CodecError::Foreign));
    let mut later = bytes.clone();
    later[3] = 2;
    assert_eq!(Cell::decode(&layout, &later), Err(CodecError::Version(2)));
    for at in 4..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        assert_eq!(Cell::decode(&layout, &damaged), Err(CodecError::Damaged), "byte {at}");
        assert!(Cell::decode(&layout, &bytes[..at]).is_err());
    }
}

#[test]
fn a_claim_of_endless_tables_allocates_nothing() {
    let layout = draw::layout(&mut Chance(1));
    let mut bytes = Cell::empty(&layout).encode(&layout).unwrap()[..12].to_vec();
    // A hundred milliards of people, then a table of 2^63 patterns.
    bytes.extend([0x80, 0xd0, 0xdb, 0xc3, 0xf4, 0x02]);
    bytes.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    assert_eq!(Cell::decode(&layout, &bytes), Err(CodecError::Ends(28)));
}

#[test]
fn a_stored_cell_of_the_standard_survey_is_small() {
    let layout = standard::layout();
    // People, the most bytes of a cell and of a grouped cell, on average of several.
    for (people, cells, limits) in
        [(1, 200, (70, 400)), (100, 10, (1_600, 40_000)), (10_000, 1, (13_500, 270_000))]
    {
        let mut bytes = (0, 0);
        for seed in 0..cells {
            let (mut cell, mut grouped) = (Cell::empty(&layout), GroupedCell::empty(&layout));
            for (codes, group) in Chance(seed).standard_responses(&layout, people).iter().zip((0..32).cycle())
            {
                cell.record(&layout, codes).unwrap();
                grouped.record(&layout, codes, group).unwrap();
            }
            let (cell, grouped) = (cell.encode(&layout).unwrap(), grouped.encode(&layout).unwrap());
            bytes = (bytes.0 + cell.len(), bytes.1 + grouped.len());
        }
        let cells = usize::try_from(cells).unwrap();
        let mean = (bytes.0 / cells, bytes.1 / cells);
        println!("{people} people: {} bytes a cell, {} bytes a grouped cell", mean.0, mean.1);
        assert!(mean.0 <= limits.0 && mean.1 <= limits.1, "{people} people: {mean:?}");
    }
}

#[test]
fn scores_of_other_answers_are_refused() {
    let layout = standard::layout();
    let code = |byte| scoring::Code::from_byte(byte).unwrap();
    let of = |byte| {
        let mut codes = vec![code(15); standard::ITEMS];
        codes[0] = code(byte);
        Cell::of(&layout, &[(codes, 0)])
    };
    let (one, other) = (of(3), of(4));
    let (bytes, spliced) = (one.encode(&layout).unwrap(), other.encode(&layout).unwrap());
    assert_eq!(bytes.len(), spliced.len());
    // The tables of one and the scores of the other, wherever the border is.
    let mut refused = 0;
    for border in 12..bytes.len() - 4 {
        let mut mixed = [&bytes[..border], &spliced[border..spliced.len() - 4]].concat();
        mixed.extend(crc32fast::hash(&mixed).to_le_bytes());
        match Cell::decode(&layout, &mixed) {
            Ok(cell) => assert!(cell == one || cell == other),
            Err(CodecError::Impossible { what, .. }) => {
                assert_eq!(what, "scores that are not those of the answers");
                refused += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(refused > 0);
}
