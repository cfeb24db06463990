//! Counts as bytes, for storage: small, versioned, checked, and one form only for equal counts.
//!
//! Three letters for the kind, a version, the layout's fingerprint, the counts, a checksum (CRC-32). Nothing is
//! stored that follows from the rest, so most contradictions cannot even be written; what can is refused when it
//! is read. Equal counts give equal bytes, whatever the order in which they came together, so that two stores
//! can be compared byte by byte. The numbers themselves are in the sibling modules, one tier each.
//!
//! Storage calls this; where the bytes lie is not known here. Small counts are as good as raw answers, and
//! their bytes are to be kept like them.

mod agree;
mod bytes;
mod error;
mod joint;
mod steps;
mod sums;
mod tables;

pub use error::CodecError;

use crate::cell::{Cell, GROUPS, GroupedCell, JointCounts, MAX_PEOPLE};
use crate::error::CellError;
use crate::layout::Layout;
use agree::agree;
use bytes::{Source, put};
use joint::{put_joint, read_joint};
use sums::{put_moments, read_moments};
use tables::{put_tables, read_tables};

/// The stored form that this code writes; a change of a single byte's meaning makes another.
const VERSION: u8 = 1;
const CELL: [u8; 3] = *b"LCe";
const JOINT: [u8; 3] = *b"LJo";
const GROUPED: [u8; 3] = *b"LGr";
/// Kind, version, fingerprint.
const HEAD: usize = 12;
const CHECKSUM: usize = 4;

impl Cell {
    /// The counts as bytes; equal cells give equal bytes.
    ///
    /// ```
    /// use scoring::{Cell, Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale};
    /// let scale = Scale::new(1, 5)?;
    /// let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
    /// let speed = DimensionSpec { key: "speed".into(), facet: Facet::Experience, of: None, items: vec![0] };
    /// let layout = Layout::new(vec![item], vec![speed], Outcomes::default())?;
    /// let mut cell = Cell::empty(&layout);
    /// cell.record(&layout, &[Code::answer(4, scale).unwrap()])?;
    /// let bytes = cell.encode(&layout)?;
    /// assert_eq!(bytes.len(), 22);
    /// assert_eq!(Cell::decode(&layout, &bytes)?, cell);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn encode(&self, layout: &Layout) -> Result<Vec<u8>, CellError> {
        let mut out = open(layout, self.fingerprint(), CELL)?;
        put(&mut out, self.people());
        put_tables(&mut out, layout, self.items(), self.patterns());
        put_moments(&mut out, layout, self.moments());
        Ok(seal(out))
    }

    /// Reads what [`Cell::encode`] wrote; anything else is an error that says where and why.
    pub fn decode(layout: &Layout, bytes: &[u8]) -> Result<Cell, CodecError> {
        let mut source = unseal(layout, bytes, CELL)?;
        let people = source.number()?;
        if people > MAX_PEOPLE {
            return Err(source.impossible("more people than one set of counts can hold"));
        }
        let tables = read_tables(&mut source, layout, people)?;
        let moments = read_moments(&mut source, layout, people)?;
        let cell = Cell::from_parts(layout, people, tables.items, tables.patterns, moments);
        if !agree(layout, &cell) {
            return Err(source.impossible("scores that are not those of the answers"));
        }
        source.finish()?;
        Ok(cell)
    }
}

impl JointCounts {
    /// The counts as bytes; equal counts give equal bytes.
    pub fn encode(&self, layout: &Layout) -> Result<Vec<u8>, CellError> {
        let mut out = open(layout, self.fingerprint(), JOINT)?;
        put_joint(&mut out, layout, self);
        Ok(seal(out))
    }

    /// Reads what [`JointCounts::encode`] wrote; anything else is an error that says where and why.
    pub fn decode(layout: &Layout, bytes: &[u8]) -> Result<JointCounts, CodecError> {
        let mut source = unseal(layout, bytes, JOINT)?;
        let joint = read_joint(&mut source, layout)?;
        source.finish()?;
        Ok(joint)
    }
}

impl GroupedCell {
    /// The counts as bytes, group by group; equal cells give equal bytes.
    ///
    /// ```
    /// use scoring::{Code, GroupedCell, ItemSpec, Layout, Outcomes, Scale};
    /// let scale = Scale::new(1, 5)?;
    /// let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
    /// let layout = Layout::new(vec![item], vec![], Outcomes::default())?;
    /// let mut cell = GroupedCell::empty(&layout);
    /// cell.record(&layout, &[Code::answer(4, scale).unwrap()], 7)?;
    /// let bytes = cell.encode(&layout)?;
    /// assert_eq!(GroupedCell::decode(&layout, &bytes)?, cell);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn encode(&self, layout: &Layout) -> Result<Vec<u8>, CellError> {
        let mut out = open(layout, self.fingerprint(), GROUPED)?;
        let with_people = self.groups().fold(0_u32, |set, (group, _)| set | 1 << group);
        out.extend(with_people.to_le_bytes());
        self.groups().for_each(|(_, joint)| put_joint(&mut out, layout, joint));
        Ok(seal(out))
    }

    /// Reads what [`GroupedCell::encode`] wrote; anything else is an error that says where and why.
    pub fn decode(layout: &Layout, bytes: &[u8]) -> Result<GroupedCell, CodecError> {
        let mut source = unseal(layout, bytes, GROUPED)?;
        let with_people = source.bits()?;
        let mut groups = vec![None; GROUPS];
        let mut people = 0;
        for (_, slot) in groups.iter_mut().enumerate().filter(|(group, _)| with_people & 1 << group != 0) {
            let joint = read_joint(&mut source, layout)?;
            if joint.people() == 0 {
                return Err(source.impossible("a group of nobody"));
            }
            people += joint.people();
            if people > MAX_PEOPLE {
                return Err(source.impossible("more people than one set of counts can hold"));
            }
            *slot = Some(joint);
        }
        source.finish()?;
        Ok(GroupedCell::from_parts(layout, groups))
    }
}

/// The first bytes of counts of a kind.
fn open(layout: &Layout, fingerprint: u64, kind: [u8; 3]) -> Result<Vec<u8>, CellError> {
    if fingerprint != layout.fingerprint() {
        return Err(CellError::OtherLayout);
    }
    let mut out = kind.to_vec();
    out.push(VERSION);
    out.extend(fingerprint.to_le_bytes());
    Ok(out)
}

/// Appends the checksum of all that went before.
fn seal(mut out: Vec<u8>) -> Vec<u8> {
    let checksum = crc32fast::hash(&out);
    out.extend(checksum.to_le_bytes());
    out
}

/// Checks what stands around the counts, and gives the counts to read.
fn unseal<'a>(layout: &Layout, bytes: &'a [u8], kind: [u8; 3]) -> Result<Source<'a>, CodecError> {
    let Some(rest) = bytes.strip_prefix(&kind) else { return Err(CodecError::Foreign) };
    match rest.first() {
        Some(&VERSION) => {}
        Some(&other) => return Err(CodecError::Version(other)),
        None => return Err(CodecError::Ends(bytes.len())),
    }
    let sealed = bytes.split_last_chunk::<CHECKSUM>().filter(|(body, _)| body.len() >= HEAD);
    let Some((body, checksum)) = sealed else { return Err(CodecError::Ends(bytes.len())) };
    if crc32fast::hash(body).to_le_bytes() != *checksum {
        return Err(CodecError::Damaged);
    }
    if body.get(4..HEAD) != Some(&layout.fingerprint().to_le_bytes()) {
        return Err(CodecError::OtherLayout);
    }
    Ok(Source::new(body, HEAD))
}
