//! A single person's quality: the mean of the person's dimension scores, in points of 100.
//!
//! Needs all experience dimensions of one person at once, which cells do not keep: callers that see whole
//! responses (a data file, a scan) count it into a [`Distribution`]. Comparisons of groups read that.

use crate::cell::variable_score;
use crate::code::Code;
use crate::distribution::Distribution;
use crate::layout::{Facet, Layout};
use crate::quality::of_facet;

/// Computes the quality of one person after the other as whole numbers over one denominator.
///
/// A person's quality is the mean over the experience dimensions of 100 (s - min)/(max - min), where s is the
/// person's mean of the dimension under the half rule; listwise: only for people with a score in every
/// experience dimension, since another mix of dimensions would be another quantity.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let dimension = |key: &str, i| DimensionSpec {
///     key: key.into(), facet: Facet::Experience, of: None, items: vec![i],
/// };
/// let dimensions = vec![dimension("care", 0), dimension("speed", 1)];
/// let layout = Layout::new(vec![item("a"), item("b")], dimensions, Outcomes::default())?;
/// let quality = PersonQuality::new(&layout);
/// let mut counts = quality.nobody();
/// let codes = [4, 5].map(|raw| Code::answer(raw, scale).unwrap());
/// counts.increase(quality.key(&layout, &codes).unwrap(), 1);
/// assert_eq!(counts.mean(), Some(87.5));
/// # Ok::<(), LayoutError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PersonQuality {
    denominator: i64,
    /// Variable, L times the scale's minimum, and what its score is multiplied with.
    parts: Vec<(usize, i64, i64)>,
}

impl PersonQuality {
    /// Prepares the common denominator of a layout.
    pub fn new(layout: &Layout) -> PersonQuality {
        let experiences = of_facet(layout, Facet::Experience);
        let unit = |dimension: usize| {
            let scale = layout.dimension_scale(dimension)?;
            let multiple = i64::try_from(layout.multiple(dimension)).ok()?;
            Some((dimension, multiple * i64::from(scale.min), multiple * i64::from(scale.max - scale.min)))
        };
        let units: Vec<_> = experiences.into_iter().filter_map(unit).collect();
        let common = units.iter().fold(1, |common, (_, _, range)| lcm(common, *range));
        let parts = units.iter().map(|&(v, origin, range)| (v, origin, 100 * (common / range))).collect();
        let dimensions = i64::try_from(units.len()).unwrap_or(1).max(1);
        PersonQuality { denominator: common.saturating_mul(dimensions), parts }
    }

    /// A distribution of nobody, with the denominator that the keys need.
    pub fn nobody(&self) -> Distribution {
        Distribution::new(self.denominator)
    }

    /// The person's quality times the denominator; `None` when a dimension has no score. The codes must fit the
    /// layout, as [`crate::Cell::record`] checks.
    pub fn key(&self, layout: &Layout, codes: &[Code]) -> Option<i64> {
        if self.parts.is_empty() || codes.len() != layout.items().len() {
            return None;
        }
        self.parts.iter().try_fold(0, |sum, &(variable, origin, factor)| {
            Some(sum + factor * (variable_score(layout, codes, variable)? - origin))
        })
    }
}

fn lcm(a: i64, b: i64) -> i64 {
    fn gcd(a: i64, b: i64) -> i64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    // At most 720,720 · 2,520 for scales within 0..=10 and sixteen items.
    a / gcd(a, b) * b
}
