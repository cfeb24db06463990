//! The points of a chart: exact sums by period.

use crate::cell::MAX_PEOPLE;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::Undef;
use crate::layout::Scale;
use crate::sequence::{on_scale, within};

/// The exact sums of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    label: String,
    n: u64,
    /// Σ of the whole keys, and of their squares.
    sum: i128,
    square: i128,
    denominator: i64,
}

impl Period {
    /// The sums of a distribution whose values lie on the scale; one of nobody is a period without a mean.
    pub fn of(label: &str, people: &Distribution, scale: Scale) -> Result<Period, Undef> {
        let n = match on_scale(people, scale) {
            Err(undef) if undef.undefined == Undefined::NoAnswers => 0,
            other => other?,
        };
        let (sum, square) = people.sums();
        Ok(Period { label: label.into(), n, sum, square, denominator: people.denominator() })
    }

    /// The label, such as an ISO week.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// People in the period.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The mean; `None` without people.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / (self.n as f64 * self.denominator as f64))
    }

    /// Σ of the values.
    pub(super) fn total(&self) -> f64 {
        self.sum as f64 / self.denominator as f64
    }

    /// Σ (x - mean)², from exact sums with one division; 0 without people.
    pub(super) fn scatter(&self) -> f64 {
        let unit = self.denominator as f64;
        let exact = i128::from(self.n) * self.square - self.sum * self.sum;
        exact as f64 / (self.n.max(1) as f64 * unit * unit)
    }
}

/// Periods in their order, with the ends of the scale that all values lie on.
///
/// ```
/// use scoring::{Distribution, Scale, Series};
/// let scale = Scale::new(1, 5)?;
/// let june = Distribution::of_histogram(&[0, 1, 3, 10, 6], scale);
/// let july = Distribution::of_histogram(&[0, 0, 4, 8, 9], scale);
/// let series = Series::of_distributions([("2026-06", &june), ("2026-07", &july)], scale).unwrap();
/// assert_eq!(series.periods()[0].mean(), Some(4.05));
/// # Ok::<(), scoring::LayoutError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub(super) periods: Vec<Period>,
    pub(super) ends: [f64; 2],
    /// Whether each person counts 0 or 1.
    pub(super) shares: bool,
}

impl Series {
    /// One distribution for each period, values on the scale; refused when one lies beyond it.
    pub fn of_distributions<'a>(
        periods: impl IntoIterator<Item = (&'a str, &'a Distribution)>,
        scale: Scale,
    ) -> Result<Series, Undef> {
        let periods = periods.into_iter().map(|(label, people)| Period::of(label, people, scale));
        let ends = [f64::from(scale.min), f64::from(scale.max)];
        Ok(Series { periods: periods.collect::<Result<_, _>>()?, ends, shares: false })
    }

    /// One distribution for each period, in points of 100; refused when a value lies beyond 0..=100.
    ///
    /// ```
    /// use scoring::{Distribution, Series};
    /// let mut quality = Distribution::new(2);
    /// quality.increase(151, 4);
    /// let series = Series::of_points([("2026-06", &quality)])?;
    /// assert_eq!(series.periods()[0].mean(), Some(75.5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_points<'a>(
        periods: impl IntoIterator<Item = (&'a str, &'a Distribution)>,
    ) -> Result<Series, Undef> {
        let period = |(label, people): (&str, &Distribution)| {
            let n = match within(people, 0, 100) {
                Err(undef) if undef.undefined == Undefined::NoAnswers => 0,
                other => other?,
            };
            let (sum, square) = people.sums();
            Ok(Period { label: label.into(), n, sum, square, denominator: people.denominator() })
        };
        let periods = periods.into_iter().map(period).collect::<Result<_, _>>()?;
        Ok(Series { periods, ends: [0.0, 100.0], shares: false })
    }

    /// One share for each period, `count` of `n`, as 0..=1; refused when a count is above its n.
    ///
    /// ```
    /// use scoring::Series;
    /// let series = Series::of_shares([("week 1", 40, 47), ("week 2", 144, 187)])?;
    /// assert_eq!(series.periods()[0].mean(), Some(40.0 / 47.0));
    /// assert!(Series::of_shares([("week 1", 48, 47)]).is_err());
    /// # Ok::<(), scoring::Undef>(())
    /// ```
    pub fn of_shares<'a>(periods: impl IntoIterator<Item = (&'a str, u64, u64)>) -> Result<Series, Undef> {
        let period = |(label, count, n): (&str, u64, u64)| {
            check_parts(count, 0, n)?;
            let sum = i128::from(count);
            Ok(Period { label: label.into(), n, sum, square: sum, denominator: 1 })
        };
        let periods = periods.into_iter().map(period).collect::<Result<_, _>>()?;
        Ok(Series { periods, ends: [0.0, 1.0], shares: true })
    }

    /// One net promoter score for each period, promoters and detractors of n, in points of 100.
    ///
    /// ```
    /// use scoring::Series;
    /// let series = Series::of_nps([("May", 1436, 342, 2746)])?;
    /// assert!((series.periods()[0].mean().unwrap() - 39.839767).abs() < 1e-6);
    /// # Ok::<(), scoring::Undef>(())
    /// ```
    pub fn of_nps<'a>(periods: impl IntoIterator<Item = (&'a str, u64, u64, u64)>) -> Result<Series, Undef> {
        let period = |(label, promoters, detractors, n): (&str, u64, u64, u64)| {
            check_parts(promoters, detractors, n)?;
            let (up, down) = (i128::from(promoters), i128::from(detractors));
            let (sum, square) = (100 * (up - down), 10_000 * (up + down));
            Ok(Period { label: label.into(), n, sum, square, denominator: 1 })
        };
        let periods = periods.into_iter().map(period).collect::<Result<_, _>>()?;
        Ok(Series { periods, ends: [-100.0, 100.0], shares: false })
    }

    /// The periods, those without people included.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// The periods with people and their means.
    pub(super) fn means(&self) -> impl Iterator<Item = (&Period, f64)> + Clone {
        self.periods.iter().filter_map(|period| Some((period, period.mean()?)))
    }

    /// The ends of the scale as limits of limits.
    pub(super) fn within(&self, limits: [f64; 2]) -> [f64; 2] {
        let [lowest, highest] = self.ends;
        limits.map(|limit| limit.clamp(lowest, highest))
    }
}

/// Whether two parts fit into a whole that can be counted exactly.
fn check_parts(a: u64, b: u64, n: u64) -> Result<(), Undef> {
    if n > MAX_PEOPLE {
        return Err(Undef::new(Undefined::TooLarge, n));
    }
    match n.checked_sub(a).and_then(|rest| rest.checked_sub(b)) {
        Some(_) => Ok(()),
        None => Err(Undef::new(Undefined::OffScale, n)),
    }
}
