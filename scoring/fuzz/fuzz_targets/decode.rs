//! Any bytes at all, behind a fitting beginning and with a fitting checksum: refused, or the one form of counts
//! that can be reported on.
#![no_main]

#[path = "../shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use scoring::{Cell, GroupedCell, JointCounts};

fuzz_target!(|data: &[u8]| {
    let Some((&first, counts)) = data.split_first() else { return };
    let layout = shared::layout(first);
    let sealed = |kind: &[u8; 3]| {
        let mut bytes = kind.to_vec();
        bytes.push(1);
        bytes.extend(layout.fingerprint().to_le_bytes());
        bytes.extend(counts);
        let checksum = crc32fast::hash(&bytes);
        bytes.extend(checksum.to_le_bytes());
        bytes
    };
    // Without the beginning and the checksum hardly anything is read.
    assert!(Cell::decode(&layout, data).is_err() || data.starts_with(b"LCe"));
    let bytes = sealed(b"LCe");
    if let Ok(cell) = Cell::decode(&layout, &bytes) {
        assert_eq!(cell.encode(&layout).unwrap(), bytes);
        shared::report(&layout, &cell);
    }
    let bytes = sealed(b"LJo");
    if let Ok(joint) = JointCounts::decode(&layout, &bytes) {
        assert_eq!(joint.encode(&layout).unwrap(), bytes);
    }
    let bytes = sealed(b"LGr");
    if let Ok(grouped) = GroupedCell::decode(&layout, &bytes) {
        assert_eq!(grouped.encode(&layout).unwrap(), bytes);
        let total = grouped.total(&layout);
        assert_eq!(JointCounts::decode(&layout, &total.encode(&layout).unwrap()), Ok(total));
    }
});
