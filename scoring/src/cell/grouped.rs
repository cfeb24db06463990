//! Joint counts kept apart in thirty-two groups of customers, for the delete-a-group jackknife.
//!
//! A customer always falls in the same group, so that leaving a group out leaves whole customers out and
//! repeated answers of one customer are not taken for independent ones.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::MAX_PEOPLE;
use super::joint::JointCounts;
use crate::code::Code;
use crate::error::CellError;
use crate::layout::Layout;

/// How many jackknife groups there are.
pub const GROUPS: usize = 32;

/// The jackknife group of a customer: HMAC-SHA-256 of the customer's id under a secret key, modulo 32.
///
/// Keyed, so that the group tells nobody who the customer is.
///
/// ```
/// let group = scoring::group_of(b"secret key", b"customer 1");
/// assert!(group < 32);
/// assert_eq!(group, scoring::group_of(b"secret key", b"customer 1"));
/// ```
pub fn group_of(key: &[u8], customer: &[u8]) -> u8 {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return 0 };
    mac.update(customer);
    mac.finalize().into_bytes().first().map_or(0, |byte| byte % 32)
}

/// Joint counts in [`GROUPS`] groups.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item], vec![], Outcomes::default())?;
/// let mut cell = GroupedCell::empty(&layout);
/// let codes = [Code::answer(4, scale).unwrap()];
/// cell.record(&layout, &codes, 7)?;
/// assert_eq!((cell.people(), cell.groups_with_people()), (1, 1));
/// cell.forget(&layout, &codes, 7)?;
/// assert_eq!(cell, GroupedCell::empty(&layout));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupedCell {
    fingerprint: u64,
    /// Always [`GROUPS`] long; `None` where nobody is.
    groups: Vec<Option<JointCounts>>,
}

impl GroupedCell {
    /// A cell of nobody.
    pub fn empty(layout: &Layout) -> GroupedCell {
        GroupedCell { fingerprint: layout.fingerprint(), groups: vec![None; GROUPS] }
    }

    /// Counts one person's response in a group 0..=31; a higher number is taken modulo 32.
    pub fn record(&mut self, layout: &Layout, codes: &[Code], group: u8) -> Result<(), CellError> {
        self.check(layout, codes)?;
        if self.people() >= MAX_PEOPLE {
            return Err(CellError::TooManyPeople);
        }
        if let Some(slot) = self.groups.get_mut(usize::from(group) % GROUPS) {
            slot.get_or_insert_with(|| JointCounts::empty(layout)).record(layout, codes);
        }
        Ok(())
    }

    /// Takes one person's response back; the cell is unchanged when the group cannot hold these codes.
    pub fn forget(&mut self, layout: &Layout, codes: &[Code], group: u8) -> Result<(), CellError> {
        self.check(layout, codes)?;
        let slot = self.groups.get_mut(usize::from(group) % GROUPS);
        let Some(slot) = slot else { return Err(CellError::NotCounted) };
        if !slot.as_mut().is_some_and(|joint| joint.forget(layout, codes)) {
            return Err(CellError::NotCounted);
        }
        slot.take_if(|joint| joint.people() == 0);
        Ok(())
    }

    /// Adds the counts of another cell of the same layout, group by group.
    pub fn add(&mut self, other: &GroupedCell) -> Result<(), CellError> {
        self.check_cell(other)?;
        if self.people() + other.people() > MAX_PEOPLE {
            return Err(CellError::TooManyPeople);
        }
        for (mine, theirs) in self.groups.iter_mut().zip(&other.groups) {
            match (mine.as_mut(), theirs) {
                (Some(mine), Some(theirs)) => mine.add(theirs),
                (None, Some(theirs)) => *mine = Some(theirs.clone()),
                (_, None) => {}
            }
        }
        Ok(())
    }

    /// Takes the counts of another cell away; the cell is unchanged when they are not in it.
    pub fn subtract(&mut self, other: &GroupedCell) -> Result<(), CellError> {
        self.check_cell(other)?;
        let contained = self.groups.iter().zip(&other.groups).all(|(mine, theirs)| match (mine, theirs) {
            (Some(mine), Some(theirs)) => mine.contains(theirs),
            (None, Some(_)) => false,
            (_, None) => true,
        });
        if !contained {
            return Err(CellError::NotCounted);
        }
        for (mine, theirs) in self.groups.iter_mut().zip(&other.groups) {
            if let (Some(kept), Some(theirs)) = (mine.as_mut(), theirs) {
                kept.subtract(theirs);
            }
            mine.take_if(|joint| joint.people() == 0);
        }
        Ok(())
    }

    /// How many responses were recorded, empty ones included.
    pub fn people(&self) -> u64 {
        self.groups().map(|(_, joint)| joint.people()).sum()
    }

    /// How many groups hold anybody; the degrees of freedom of a jackknife interval are one less.
    pub fn groups_with_people(&self) -> usize {
        self.groups().count()
    }

    /// The groups that hold anybody, with their numbers.
    pub fn groups(&self) -> impl Iterator<Item = (usize, &JointCounts)> {
        self.groups.iter().enumerate().filter_map(|(number, joint)| Some((number, joint.as_ref()?)))
    }

    /// Everybody together.
    pub fn total(&self, layout: &Layout) -> JointCounts {
        let mut total = JointCounts::empty(layout);
        self.groups().for_each(|(_, joint)| total.add(joint));
        total
    }

    /// Everybody but one group, from the total.
    pub(crate) fn without(total: &JointCounts, group: &JointCounts) -> JointCounts {
        let mut rest = total.clone();
        rest.subtract(group);
        rest
    }

    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// A cell of [`GROUPS`] groups that were read from storage, `None` where nobody is.
    pub(crate) fn from_parts(layout: &Layout, groups: Vec<Option<JointCounts>>) -> GroupedCell {
        GroupedCell { groups, ..GroupedCell::empty(layout) }
    }

    fn check_cell(&self, other: &GroupedCell) -> Result<(), CellError> {
        if self.fingerprint == other.fingerprint { Ok(()) } else { Err(CellError::OtherLayout) }
    }

    fn check(&self, layout: &Layout, codes: &[Code]) -> Result<(), CellError> {
        if self.fingerprint == layout.fingerprint() {
            super::check_codes(layout, codes)
        } else {
            Err(CellError::OtherLayout)
        }
    }
}
