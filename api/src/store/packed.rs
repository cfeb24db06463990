//! The bytes of a stored row, compressed: joint counts of few people are mostly nothing and small numbers.
//!
//! What stands in a row is the same whatever compressed it, so rows are compared by what they unpack to. Called by
//! `store::cells` alone; whoever reads or writes rows sees plain counts.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// The first byte of compressed counts; plain ones begin with an L.
const COMPRESSED: u8 = b'Z';
/// Bytes that are not worth the trouble.
const SHORT: usize = 64;

/// Counts as they are stored: compressed where that is shorter.
pub fn pack(counts: Vec<u8>) -> Vec<u8> {
    if counts.len() < SHORT {
        return counts;
    }
    let mut deflate = DeflateEncoder::new(vec![COMPRESSED], Compression::fast());
    let packed = deflate.write_all(&counts).and_then(|()| deflate.finish());
    packed.ok().filter(|packed| packed.len() < counts.len()).unwrap_or(counts)
}

/// Counts as they were packed; what cannot be unpacked stays as it is, and is no counts.
pub fn unpack(stored: Vec<u8>) -> Vec<u8> {
    let Some((&COMPRESSED, deflated)) = stored.split_first() else { return stored };
    let mut counts = Vec::with_capacity(stored.len().saturating_mul(4));
    match DeflateDecoder::new(deflated).read_to_end(&mut counts) {
        Ok(_) => counts,
        Err(_) => stored,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_come_back_and_are_never_longer_than_they_were() {
        let noise = |n: u32| {
            (0..n)
                .map(|i| i.wrapping_mul(i).wrapping_mul(2_654_435_761).to_le_bytes()[3])
                .collect::<Vec<u8>>()
        };
        for mut counts in [Vec::new(), vec![0; 3], vec![0; 4000], noise(63), noise(64), noise(50_000)] {
            counts.splice(0..0, *b"LRo");
            let packed = pack(counts.clone());
            assert!(packed.len() <= counts.len());
            assert_eq!(unpack(packed), counts);
        }
        assert!(pack(vec![b'L'; 4000]).len() < 100);
    }

    #[test]
    fn what_is_not_compressed_counts_stays_as_it_is() {
        for stored in [&b"LRo"[..], b"Z", b"Zebra", b""] {
            assert_eq!(unpack(stored.to_vec()), stored);
        }
    }
}
