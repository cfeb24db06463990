//! The exact distribution of one score over people, such as the person means of a dimension.
//!
//! Person means of whole codes are fractions with a known denominator, so they are counted by their whole
//! numerators: medians, ranks and tests of groups need nothing else. Built from answer patterns or histograms;
//! read by the comparisons, the confidence sequences and the control charts.

use std::collections::BTreeMap;

use crate::cell::{Cell, Patterns, Reader, digit};
use crate::layout::{Block, Layout, Scale};

/// How many people have each value of a score; the value is `key / denominator`, in raw units.
///
/// ```
/// use scoring::Distribution;
/// let mut scores = Distribution::new(2);
/// for key in [7, 8, 10] {
///     scores.increase(key, 1);
/// }
/// assert_eq!((scores.n(), scores.mean(), scores.median()), (3, Some(25.0 / 6.0), Some(4.0)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    denominator: i64,
    counts: BTreeMap<i64, u64>,
}

impl Distribution {
    /// Nobody's scores; a denominator below 1 is taken as 1.
    pub fn new(denominator: i64) -> Distribution {
        Distribution { denominator: denominator.max(1), counts: BTreeMap::new() }
    }

    /// The answers to one item, from a histogram after reversal ([`crate::ItemCounts::polarised`]).
    pub fn of_histogram(counts: &[u64], scale: Scale) -> Distribution {
        let mut distribution = Distribution::new(1);
        for (raw, &count) in (i64::from(scale.min)..).zip(counts) {
            distribution.increase(raw, count);
        }
        distribution
    }

    /// The person means of a block under the half rule over the items asked, after reversal, raw units.
    ///
    /// The denominator is L, the least common multiple of 1..=k for k items.
    ///
    /// ```
    /// use scoring::*;
    /// let scale = Scale::new(1, 5)?;
    /// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
    /// let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
    /// let layout = Layout::new(vec![item("a"), item("b")], vec![care], Outcomes::default())?;
    /// let mut cell = Cell::empty(&layout);
    /// cell.record(&layout, &[Code::answer(4, scale).unwrap(), Code::answer(5, scale).unwrap()])?;
    /// assert_eq!(Distribution::of_block(&layout, &cell, Block::Dimension(0)).mean(), Some(4.5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_block(layout: &Layout, cell: &Cell, block: Block) -> Distribution {
        let reader = Reader::new(layout, block);
        let multiple = layout.block_multiple(block);
        let items = layout.block_items(block);
        let first = items.first().and_then(|&item| layout.items().get(item));
        let min = first.map_or(0, |item| i64::from(item.scale.min));
        let mut distribution = Distribution::new(multiple);
        for (pattern, count) in cell.patterns_of(block).into_iter().flat_map(Patterns::iter) {
            if let Some(key) = person_key(&reader, pattern, multiple, min) {
                distribution.increase(key, count);
            }
        }
        distribution
    }

    /// Counts people with one more value.
    pub fn increase(&mut self, key: i64, people: u64) {
        if people > 0 {
            *self.counts.entry(key).or_insert(0) += people;
        }
    }

    /// Adds the counts of another distribution; false, and nothing changes, when its denominator is another.
    #[must_use]
    pub fn add(&mut self, other: &Distribution) -> bool {
        let same = self.denominator == other.denominator;
        if same {
            other.counts.iter().for_each(|(&key, &people)| self.increase(key, people));
        }
        same
    }

    /// What a key is divided by to give the value.
    pub fn denominator(&self) -> i64 {
        self.denominator
    }

    /// Keys with how many people have them, ascending, none with nobody.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = (i64, u64)> + Clone {
        self.counts.iter().map(|(&key, &people)| (key, people))
    }

    /// Values with how many people have them, ascending.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = (f64, u64)> + Clone {
        let denominator = self.denominator as f64;
        self.keys().map(move |(key, people)| (key as f64 / denominator, people))
    }

    /// How many people have a score.
    pub fn n(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Σ key and Σ key², exact.
    pub fn sums(&self) -> (i128, i128) {
        self.keys().fold((0, 0), |(sum, square), (key, people)| {
            let weighted = i128::from(people) * i128::from(key);
            (sum + weighted, square + weighted * i128::from(key))
        })
    }

    /// The mean; `None` without people.
    pub fn mean(&self) -> Option<f64> {
        let n = self.n();
        (n > 0).then(|| self.sums().0 as f64 / (n as f64 * self.denominator as f64))
    }

    /// The variance, divisor n - 1, from exact sums with one division; `None` for fewer than two people.
    pub fn variance(&self) -> Option<f64> {
        let n = self.n();
        if n < 2 {
            return None;
        }
        let (sum, square) = self.sums();
        let unit = self.denominator as f64;
        Some(crate::item::variance(n, sum, square) / (unit * unit))
    }

    /// The median, for an even n the mean of the middle two; `None` without people.
    pub fn median(&self) -> Option<f64> {
        let n = self.n();
        let lower = self.at_rank(n.div_ceil(2))?;
        let upper = self.at_rank(n / 2 + 1)?;
        Some((lower + upper) as f64 / (2.0 * self.denominator as f64))
    }

    /// The key that the person at a rank has, ranks from 1 in ascending order.
    fn at_rank(&self, rank: u64) -> Option<i64> {
        let mut below = 0;
        self.keys()
            .find(|(_, people)| {
                below += people;
                below >= rank.max(1)
            })
            .map(|(key, _)| key)
    }
}

/// L times the person mean of a block in raw units under the half rule; `min` is the lowest raw code of its scale.
pub(crate) fn person_key(reader: &Reader, pattern: u64, multiple: i64, min: i64) -> Option<i64> {
    let asked = (0..reader.width()).filter(|&place| digit(pattern, place) != 15).count();
    let row = reader.row(pattern);
    let answers = row.iter().filter(|&&position| position > 0);
    // Rows hold positions from 1; raw codes begin at the scale's minimum.
    let (answered, sum) = answers.fold((0_i64, 0_i64), |(n, sum), x| (n + 1, sum + x - 1 + min));
    let enough = answered >= 1 && answered >= i64::try_from(asked.div_ceil(2)).unwrap_or(i64::MAX);
    enough.then(|| multiple / answered * sum)
}
