//! How many responses are flagged, and what the results are with and without them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::flags::{Flag, Flags};
use super::indices::Indices;
use crate::cell::Cell;
use crate::dimension::dimension_score;
use crate::error::{CellError, Undefined};
use crate::figure::{Estimate, Figure, Named};
use crate::interval::wilson;
use crate::layout::Layout;
use crate::quality::quality_report;

/// Counts of flags and of longest runs, over any number of responses; merges by addition.
///
/// ```
/// use scoring::{FlagCounts, Flags, Indices};
/// let mut counts = FlagCounts::default();
/// counts.increase(5, Flags::NONE);
/// counts.increase(3, Flags::from_bits(5).unwrap());
/// assert_eq!((counts.people(), counts.flagged()), (2, 1));
/// assert!(counts.decrease(3, Flags::from_bits(5).unwrap()));
/// assert!(!counts.decrease(3, Flags::NONE));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FlagCounts {
    /// People by longest run.
    runs: BTreeMap<u32, u64>,
    /// People by the byte of their flags.
    flags: BTreeMap<u8, u64>,
}

impl FlagCounts {
    /// Counts a response by its longest run and its flags, as stored with it.
    pub fn increase(&mut self, longstring: u32, flags: Flags) {
        *self.runs.entry(longstring).or_insert(0) += 1;
        *self.flags.entry(flags.bits()).or_insert(0) += 1;
    }

    /// Counts a response by what was computed at its arrival.
    pub fn record(&mut self, indices: &Indices, flags: Flags) {
        self.increase(indices.longstring, flags);
    }

    /// Takes a response back; false, and nothing changes, when none such was counted.
    #[must_use]
    pub fn decrease(&mut self, longstring: u32, flags: Flags) -> bool {
        let counted = self.runs.contains_key(&longstring) && self.flags.contains_key(&flags.bits());
        if counted {
            take(&mut self.runs, longstring, 1);
            take(&mut self.flags, flags.bits(), 1);
        }
        counted
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &FlagCounts) {
        other.runs.iter().for_each(|(run, people)| *self.runs.entry(*run).or_insert(0) += people);
        other.flags.iter().for_each(|(bits, people)| *self.flags.entry(*bits).or_insert(0) += people);
    }

    /// The counts of people by longest run and by the byte of their flags, as storage has them; `None` when the
    /// two do not speak of equally many people, or a byte is no set of flags.
    pub fn from_parts(
        runs: impl IntoIterator<Item = (u32, u64)>,
        flags: impl IntoIterator<Item = (u8, u64)>,
    ) -> Option<FlagCounts> {
        let counts = FlagCounts {
            runs: runs.into_iter().filter(|(_, people)| *people > 0).collect(),
            flags: flags.into_iter().filter(|(_, people)| *people > 0).collect(),
        };
        let more = |sum: u64, people: &u64| sum.checked_add(*people);
        let agree = counts.runs.values().try_fold(0, more)? == counts.flags.values().try_fold(0, more)?;
        let known = counts.flags.keys().all(|bits| Flags::from_bits(*bits).is_some());
        (agree && known).then_some(counts)
    }

    /// Takes other counts away; false, and nothing changes, when they are not in these.
    #[must_use]
    pub fn subtract(&mut self, other: &FlagCounts) -> bool {
        let counted = contains(&self.runs, &other.runs) && contains(&self.flags, &other.flags);
        if counted {
            other.runs.iter().for_each(|(run, people)| take(&mut self.runs, *run, *people));
            other.flags.iter().for_each(|(bits, people)| take(&mut self.flags, *bits, *people));
        }
        counted
    }

    /// Responses counted.
    pub fn people(&self) -> u64 {
        self.flags.values().sum()
    }

    /// Responses with at least one flag.
    pub fn flagged(&self) -> u64 {
        self.flags.iter().filter(|(bits, _)| **bits != 0).map(|(_, people)| people).sum()
    }

    /// Responses with one flag, alone or with others.
    pub fn of(&self, flag: Flag) -> u64 {
        let having =
            self.flags.iter().filter(|(bits, _)| Flags::from_bits(**bits).is_some_and(|f| f.has(flag)));
        having.map(|(_, people)| people).sum()
    }

    /// People by longest run of equal marks, shortest first.
    pub fn runs(&self) -> impl Iterator<Item = (u32, u64)> {
        self.runs.iter().map(|(&run, &people)| (run, people))
    }

    /// People by the byte of their flags, ascending.
    pub fn by_bits(&self) -> impl Iterator<Item = (u8, u64)> {
        self.flags.iter().map(|(&bits, &people)| (bits, people))
    }
}

/// Whether each count of the one is as large in the other.
fn contains<K: Ord>(counts: &BTreeMap<K, u64>, other: &BTreeMap<K, u64>) -> bool {
    other.iter().all(|(key, people)| counts.get(key).is_some_and(|kept| kept >= people))
}

/// Takes people away who were found to be counted.
fn take<K: Ord + Copy>(counts: &mut BTreeMap<K, u64>, key: K, people: u64) {
    if let Some(kept) = counts.get_mut(&key) {
        *kept = kept.saturating_sub(people);
        if *kept == 0 {
            counts.remove(&key);
        }
    }
}

/// Flags with their counts, and the results with and without the flagged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CarelessReport {
    /// Responses that were looked at.
    pub n: u64,
    /// Of these, with at least one flag.
    pub flagged: u64,
    /// Their share, 0..=1, Wilson's interval.
    pub share: Figure,
    /// Responses with each flag; one response can have several.
    pub by_flag: Named<u64>,
    /// Responses by longest run of equal marks.
    pub longstring: Named<u64>,
    /// Quality score, points of 100.
    pub quality: WithWithout,
    /// Score of each dimension, points of 100.
    pub dimensions: Named<WithWithout>,
}

/// One figure with everybody and without the flagged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WithWithout {
    /// Everybody.
    pub with: Figure,
    /// Without the flagged.
    pub without: Figure,
}

/// Reports flags, and quality and dimension scores with and without the flagged people.
///
/// `flagged` counts the responses with at least one flag, all of which are also in `all`; an error says when they
/// are not. The two results share most people, so their intervals must not be compared with each other: the figure
/// to read is how far the result moves.
///
/// ```
/// use scoring::{Cell, Code, DimensionSpec, Facet, FlagCounts, Flags, ItemSpec, Layout, Outcomes, Scale};
/// use scoring::careless_report;
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "a".into(), scale, reversed: false, top_box: None };
/// let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0] };
/// let layout = Layout::new(vec![item], vec![care], Outcomes::default())?;
/// let (mut all, mut flagged) = (Cell::empty(&layout), Cell::empty(&layout));
/// let mut counts = FlagCounts::default();
/// for (raw, bits) in [(5, 4), (3, 0), (4, 0)] {
///     let (codes, flags) = ([Code::answer(raw, scale).unwrap()], Flags::from_bits(bits).unwrap());
///     all.record(&layout, &codes)?;
///     if flags.any() {
///         flagged.record(&layout, &codes)?;
///     }
///     counts.increase(1, flags);
/// }
/// let report = careless_report(&layout, &all, &flagged, &counts)?;
/// assert_eq!(report.quality.with.known().unwrap().value, 75.0);
/// assert_eq!(report.quality.without.known().unwrap().value, 62.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn careless_report(
    layout: &Layout,
    all: &Cell,
    flagged: &Cell,
    counts: &FlagCounts,
) -> Result<CarelessReport, CellError> {
    let mut rest = all.clone();
    rest.subtract(flagged)?;
    let (n, with_flag) = (counts.people(), counts.flagged());
    let share = match n {
        0 => Figure::undefined(Undefined::NoAnswers, 0),
        _ => Figure::Known(Estimate::with_interval(with_flag as f64 / n as f64, n, wilson(with_flag, n))),
    };
    let dimensions = layout.dimensions().iter().enumerate().map(|(index, dimension)| {
        let score = |cell| dimension_score(layout, cell, index);
        (dimension.key.clone(), WithWithout { with: score(all), without: score(&rest) })
    });
    let quality = |cell| quality_report(layout, cell).score;
    Ok(CarelessReport {
        n,
        flagged: with_flag,
        share,
        by_flag: Flag::ALL.iter().map(|flag| (flag.word().to_owned(), counts.of(*flag))).collect(),
        longstring: counts.runs().map(|(run, people)| (run.to_string(), people)).collect(),
        quality: WithWithout { with: quality(all), without: quality(&rest) },
        dimensions: dimensions.collect(),
    })
}
