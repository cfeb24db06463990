//! The levels of the splits that move in steps, numbered from 0 in the order in which they first came.
//!
//! So a longer log numbers them alike. `report_log` numbers those of a whole log, `cells::steps` keeps the numbers
//! beside the stored counts.

use std::collections::BTreeMap;

use super::report_filter::By;
use super::report_log::{month_of, week_of};
use crate::store::responses::Response;

/// How many splits move beside each other.
pub const SPLITS: usize = By::ALL.len();

/// The number of a response's level in each split.
pub type Numbers = [u32; SPLITS];

/// The splits in order, each with whether people keep coming to its levels.
pub fn splits() -> [(By, bool); SPLITS] {
    By::ALL.map(|(by, _)| (by, !matches!(by, By::Month | By::Week)))
}

/// By what a level is known in its split: a code, a number or a first day; of a language its number in the order in
/// which languages came.
pub type Key = i32;

/// The levels of all splits so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepLevels {
    splits: [Numbered<Key>; SPLITS],
    languages: Numbered<String>,
}

/// Values in the order in which they first came, with their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Numbered<T> {
    numbers: BTreeMap<T, u32>,
    in_order: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), in_order: Vec::new() }
    }
}

impl<T: Ord + Clone> Numbered<T> {
    fn number(&mut self, value: &T) -> u32 {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let next = u32::try_from(self.in_order.len()).unwrap_or(u32::MAX);
        self.numbers.insert(value.clone(), next);
        self.in_order.push(value.clone());
        next
    }

    /// From values in order; none when one comes twice.
    fn of(values: Vec<T>) -> Option<Self> {
        let mut numbered = Self::default();
        for value in &values {
            numbered.number(value);
        }
        (numbered.in_order.len() == values.len()).then_some(numbered)
    }
}

impl StepLevels {
    /// The numbers of a response's levels; a level that nobody had gets the next one.
    pub fn of(&mut self, response: &Response) -> Numbers {
        let language = self.languages.number(&response.language);
        let mut splits = self.splits.iter_mut();
        By::ALL.map(|(by, _)| {
            let key = match by {
                By::Channel => response.channel.into(),
                By::ContactChannel => response.contact_channel.into(),
                By::Place => response.place_id,
                By::Month => month_of(response.service_day),
                By::Week => week_of(response.service_day),
                By::Language | By::Segment(_) => i32::try_from(language).unwrap_or(i32::MAX),
            };
            splits.next().map_or(0, |split| split.number(&key))
        })
    }

    /// How many levels a split has.
    pub fn count(&self, by: By) -> usize {
        self.keys(by).len()
    }

    /// The levels of a split in the order of their numbers.
    pub fn keys(&self, by: By) -> &[Key] {
        self.splits.get(by.place()).map_or(&[], |split| &split.in_order)
    }

    /// The number of a level.
    pub fn number(&self, by: By, key: Key) -> Option<usize> {
        let number = self.splits.get(by.place())?.numbers.get(&key)?;
        usize::try_from(*number).ok()
    }

    /// The languages in order.
    pub fn languages(&self) -> &[String] {
        &self.languages.in_order
    }

    /// The key of a language.
    pub fn language(&self, tag: &str) -> Option<Key> {
        self.languages.numbers.get(tag).and_then(|number| i32::try_from(*number).ok())
    }

    /// From the levels of each split in order, and the languages; none when one comes twice.
    pub fn stored(splits: [Vec<Key>; SPLITS], languages: Vec<String>) -> Option<Self> {
        let languages = Numbered::of(languages)?;
        let mut all = [(); SPLITS].map(|()| Numbered::default());
        for (slot, keys) in all.iter_mut().zip(splits) {
            *slot = Numbered::of(keys)?;
        }
        Some(Self { splits: all, languages })
    }
}
