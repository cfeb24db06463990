//! The indices of one response: longest run of equal marks, spread, speed, consistency, distance.

use super::consistency::even_odd;
use super::mahalanobis::{Distance, Reference};
use crate::code::Code;
use crate::layout::{Layout, Scale};

/// What one response looks like; `None` where an index is not defined for it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Indices {
    /// Rated items: those answered with a position on the scale.
    pub rated: u32,
    /// The longest run of equal raw codes among the rated items, as displayed; 0 without any.
    pub longstring: u32,
    /// How many dimensions that run touches.
    pub run_dimensions: u32,
    /// Intra-individual response variability: the standard deviation of the rated items, divisor n - 1.
    pub irv: Option<f64>,
    /// Duration over rated items.
    pub seconds_per_item: Option<f64>,
    /// Even-odd consistency, -1..=1.
    pub even_odd: Option<f64>,
    /// How many dimensions the consistency rests on.
    pub even_odd_pairs: u32,
    /// Squared Mahalanobis distance from earlier answers.
    pub distance: Option<Distance>,
}

/// Computes the indices of one response from its codes as answered.
///
/// `order` lists the items as they were displayed, by index into the layout; leave out what is not rated on a grid,
/// such as the likelihood to recommend. `codes` has one code for each item of the layout. Empty states are passed
/// over: they neither end a run nor count as rated.
///
/// - longstring (Johnson 2005; Curran 2016): raw codes, not reversed, since it is the place on the page that a
///   careless hand repeats. A run ends where the scale changes.
/// - IRV (Dunn, Heggestad, Shanock & Theilgard 2018): raw codes; of several scales the one with most rated items,
///   of equally many the first displayed. Needs two items.
/// - seconds per item: the duration, when known, over all rated items (Huang, Curran, Keeney, Poposki & DeShon 2012).
/// - even-odd (Jackson 1977; Johnson 2005): see [`Indices::even_odd`]. In each dimension the answered items are
///   split by turns into two halves, whose means after reversal are correlated over at least three dimensions and
///   stepped up by Spearman-Brown 2r/(1+r), at least -1.
/// - Mahalanobis D² (1936; Meade & Craig 2012) from a frozen `reference`, over the items rated.
///
/// ```
/// use scoring::{Code, ItemSpec, Layout, Outcomes, Scale, careless_indices};
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(["a", "b", "c", "d"].map(item).to_vec(), vec![], Outcomes::default())?;
/// let codes = [Some(4), Some(4), None, Some(4)].map(|raw| match raw {
///     Some(raw) => Code::answer(raw, scale).unwrap(),
///     None => Code::SKIPPED,
/// });
/// let indices = careless_indices(&layout, &[0, 1, 2, 3], &codes, Some(4.5), None);
/// assert_eq!((indices.rated, indices.longstring, indices.irv), (3, 3, Some(0.0)));
/// assert_eq!(indices.seconds_per_item, Some(1.5));
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn careless_indices(
    layout: &Layout,
    order: &[usize],
    codes: &[Code],
    seconds: Option<f64>,
    reference: Option<&Reference>,
) -> Indices {
    let marks: Vec<Mark> = order.iter().filter_map(|&item| Mark::read(layout, item, codes)).collect();
    let rated = u32::try_from(marks.len()).unwrap_or(u32::MAX);
    let (longstring, run_dimensions) = longest_run(&marks);
    let (even_odd, even_odd_pairs) = even_odd(layout, codes);
    let known = seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0 && rated > 0);
    Indices {
        rated,
        longstring,
        run_dimensions,
        irv: variability(&marks),
        seconds_per_item: known.map(|seconds| seconds / f64::from(rated)),
        even_odd,
        even_odd_pairs,
        distance: reference.and_then(|reference| reference.distance(layout, codes)),
    }
}

/// One rated item as displayed.
struct Mark {
    raw: u8,
    scale: Scale,
    dimension: Option<usize>,
}

impl Mark {
    fn read(layout: &Layout, item: usize, codes: &[Code]) -> Option<Mark> {
        let scale = layout.items().get(item)?.scale;
        let raw = codes.get(item)?.raw(scale)?;
        Some(Mark { raw, scale, dimension: layout.home_of(item).map(|(dimension, _)| dimension) })
    }
}

/// The length of the longest run of equal marks, of several the first, and how many dimensions it touches.
fn longest_run(marks: &[Mark]) -> (u32, u32) {
    let runs = marks.chunk_by(|a, b| a.raw == b.raw && a.scale == b.scale);
    let longest =
        runs.fold([].as_slice(), |best: &[Mark], run| if run.len() > best.len() { run } else { best });
    let mut dimensions: Vec<usize> = longest.iter().filter_map(|mark| mark.dimension).collect();
    dimensions.sort_unstable();
    dimensions.dedup();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    (count(longest.len()), count(dimensions.len()))
}

/// The standard deviation of the marks on the commonest scale, from exact sums.
fn variability(marks: &[Mark]) -> Option<f64> {
    let on = |scale: Scale| marks.iter().filter(move |mark| mark.scale == scale);
    let mut commonest: Option<Scale> = None;
    for mark in marks {
        if commonest.is_none_or(|scale| on(mark.scale).count() > on(scale).count()) {
            commonest = Some(mark.scale);
        }
    }
    let sums = on(commonest?).fold((0_u64, 0_i128, 0_i128), |(n, sum, square), mark| {
        let raw = i128::from(mark.raw);
        (n + 1, sum + raw, square + raw * raw)
    });
    (sums.0 >= 2).then(|| crate::item::variance(sums.0, sums.1, sums.2).sqrt())
}
