//! A stored row of the frame: three letters, a version, the classes with their counts, a checksum (CRC-32).
//!
//! Numbers take seven bits a byte. Equal counts give equal bytes: classes and standings ascend, nothing is written
//! that counts nobody, and no number takes more bytes than it needs. What is read is held against all of that.

use super::Outcome;
use super::tally::Tally;
use crate::domain::Standing;
use crate::store::frame_counts::Class;

/// The stored form that this code writes; a change of a single byte's meaning makes another.
const VERSION: u8 = 1;
const KIND: [u8; 3] = *b"LRf";
const CHECKSUM: usize = 4;

/// Counts as bytes: for each class its three numbers, how many standings follow, and each with its count.
pub fn encode(tally: &Tally) -> Outcome<Vec<u8>> {
    let mut out = KIND.to_vec();
    out.push(VERSION);
    let entries: Vec<(Class, Standing, u64)> = tally.entries().collect();
    let classes: Vec<_> = entries.chunk_by(|(one, ..), (next, ..)| one == next).collect();
    put(&mut out, classes.len() as u64);
    for entries in classes {
        let Some((class, ..)) = entries.first() else { continue };
        let Class { channel, place_id, contact_channel } = *class;
        for number in [i32::from(channel), place_id, i32::from(contact_channel)] {
            put(&mut out, u64::try_from(number).map_err(|_| "a class has a number below 0")?);
        }
        put(&mut out, entries.len() as u64);
        for (_, standing, n) in entries {
            put(&mut out, u64::from(standing.code().cast_unsigned()));
            put(&mut out, *n);
        }
    }
    let checksum = crc32fast::hash(&out);
    out.extend(checksum.to_le_bytes());
    Ok(out)
}

/// Reads what [`encode`] wrote.
pub fn decode(bytes: &[u8]) -> Outcome<Tally> {
    let (body, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or_else(ends)?;
    if crc32fast::hash(body).to_le_bytes() != *checksum {
        return Err("a stored frame is damaged".to_owned());
    }
    let rest = body.strip_prefix(&KIND).ok_or("these bytes are not a stored frame")?;
    let (version, rest) = rest.split_first().ok_or_else(ends)?;
    if *version != VERSION {
        return Err(format!("version {version} of stored frames is not known"));
    }
    let mut source = Source(rest);
    let mut entries: Vec<(Class, Standing, u64)> = Vec::new();
    for _ in 0..source.number()? {
        let class = Class {
            channel: source.within()?,
            place_id: source.within()?,
            contact_channel: source.within()?,
        };
        let standings = source.number()?;
        if standings == 0 {
            return Err("a stored class counts nobody".to_owned());
        }
        for _ in 0..standings {
            let standing = Standing::from_code(source.within()?).filter(|one| *one != Standing::NONE);
            let standing = standing.ok_or("a stored standing is none")?;
            let n = source.number()?;
            let ascends = entries.last().is_none_or(|(of, before, _)| (*of, *before) < (class, standing));
            if n == 0 || !ascends {
                return Err("a stored frame is not in order".to_owned());
            }
            entries.push((class, standing, n));
        }
    }
    if source.0.is_empty() {
        Ok(entries.into_iter().collect())
    } else {
        Err("a stored frame is longer than it should be".to_owned())
    }
}

fn put(out: &mut Vec<u8>, number: u64) {
    let mut rest = number;
    while rest > 127 {
        out.push((rest & 127) as u8 | 128);
        rest >>= 7;
    }
    out.push((rest & 127) as u8);
}

fn ends() -> String {
    "a stored frame ends early".to_owned()
}

/// What is left to read.
struct Source<'a>(&'a [u8]);

impl Source<'_> {
    fn number(&mut self) -> Outcome<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or_else(ends)?;
            self.0 = rest;
            let low = u64::from(byte & 127);
            if low << shift >> shift != low || (*byte == 0 && shift > 0) {
                break;
            }
            number |= low << shift;
            if *byte < 128 {
                return Ok(number);
            }
        }
        Err("a stored number is longer than it may be".to_owned())
    }

    fn within<N: TryFrom<u64>>(&mut self) -> Outcome<N> {
        N::try_from(self.number()?).map_err(|_| "a stored number is beyond its range".to_owned())
    }
}
