//! All charts of one series.

use serde::Serialize;

use super::Signal;
use super::baseline::{BASELINE_POINTS, Baseline};
use super::cusum::{Cusum, cusum};
use super::ewma::{Ewma, ewma};
use super::series::{Period, Series};
use super::xmr::{Xmr, xmr};
use super::z_chart::{ZPoint, z_chart};
use crate::error::Undefined;
use crate::figure::{Figure, Undef};

/// A series with its limits and charts; what has no limits yet says why, and the points stand all the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChartReport {
    /// What the periods are compared with; to be stored and passed back in.
    pub baseline: Figure<Baseline>,
    /// Every period, those without people included.
    pub points: Vec<ChartPoint>,
    /// Each period as one value.
    pub xmr: Figure<Xmr>,
    /// Exponentially weighted moving average.
    pub ewma: Figure<Ewma>,
    /// Two-sided cumulative sum.
    pub cusum: Figure<Cusum>,
}

/// One period with the limits for its own n.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChartPoint {
    /// The period.
    pub period: String,
    /// People in it.
    pub n: u64,
    /// Mean or share.
    pub mean: Figure<f64>,
    /// Lower limit of [`crate::z_chart`].
    pub lower: Figure<f64>,
    /// Upper limit of [`crate::z_chart`].
    pub upper: Figure<f64>,
    /// Beyond the limits.
    pub signal: Signal,
}

/// Charts a series against a frozen baseline, or against its own first 20 periods with people.
///
/// Without a stored baseline the first [`crate::BASELINE_POINTS`] periods with people are frozen and given
/// back, so that a longer series later gives the same limits; as long as there are fewer, all limits are
/// undefined. Every period of the series is charted, those of the baseline included, and the running charts
/// begin with the first one.
///
/// ```
/// use scoring::{Series, Signal, chart_report};
/// let weeks: Vec<(String, u64)> = (0..24).map(|week| (format!("{week}"), 70 + week % 5)).collect();
/// let of = |weeks: &[(String, u64)]| {
///     Series::of_shares(weeks.iter().map(|(label, count)| (label.as_str(), *count, 100)))
/// };
/// let young = chart_report(&of(&weeks[..19])?, None);
/// assert!(young.baseline.known().is_none() && young.points[18].mean.known().is_some());
/// let grown = chart_report(&of(&weeks)?, None);
/// let baseline = grown.baseline.known().unwrap();
/// assert_eq!(baseline.last, "19");
/// assert_eq!(chart_report(&of(&weeks)?, Some(baseline)), grown);
/// assert!(grown.points.iter().all(|point| point.signal == Signal::None));
/// # Ok::<(), scoring::Undef>(())
/// ```
pub fn chart_report(series: &Series, baseline: Option<&Baseline>) -> ChartReport {
    let frozen = baseline.map_or_else(|| Baseline::freeze(&beginning(series)), |stored| Ok(stored.clone()));
    let frozen = frozen.and_then(|frozen| frozen.check(series).map(|()| frozen));
    let chart = frozen.as_ref().map_err(|undef| *undef).and_then(|frozen| z_chart(series, frozen));
    let points = match chart {
        Ok(chart) => with_limits(series, &chart.points),
        Err(undef) => series.periods().iter().map(|period| without_limits(period, undef)).collect(),
    };
    ChartReport {
        points,
        xmr: apply(&frozen, |baseline| xmr(series, baseline)),
        ewma: apply(&frozen, |baseline| ewma(series, baseline)),
        cusum: apply(&frozen, |baseline| cusum(series, baseline)),
        baseline: frozen.into(),
    }
}

/// A chart against the baseline, or the reason why there is no baseline.
fn apply<T>(frozen: &Result<Baseline, Undef>, chart: impl Fn(&Baseline) -> Result<T, Undef>) -> Figure<T> {
    frozen.as_ref().map_err(|undef| *undef).and_then(chart).into()
}

/// The series up to and including its twentieth period with people.
fn beginning(series: &Series) -> Series {
    let mut left = BASELINE_POINTS;
    let early = series.periods.iter().take_while(|period| {
        let wanted = left > 0;
        left = left.saturating_sub(u64::from(period.n() > 0));
        wanted
    });
    Series { periods: early.cloned().collect(), ..*series }
}

/// Every period of the series; those without people are not on the chart.
fn with_limits(series: &Series, charted: &[ZPoint]) -> Vec<ChartPoint> {
    let mut charted = charted.iter();
    let point = |period: &Period| {
        let Some(point) = (period.n() > 0).then(|| charted.next()).flatten() else {
            return without_limits(period, Undef::new(Undefined::NoAnswers, 0));
        };
        let [lower, upper] = point.limits.map(Figure::Known);
        ChartPoint {
            lower,
            upper,
            signal: point.signal,
            ..without_limits(period, Undef::new(Undefined::NoAnswers, 0))
        }
    };
    series.periods().iter().map(point).collect()
}

fn without_limits(period: &Period, reason: Undef) -> ChartPoint {
    let nothing = Figure::undefined(Undefined::NoAnswers, 0);
    ChartPoint {
        period: period.label().into(),
        n: period.n(),
        mean: period.mean().map_or(nothing, Figure::Known),
        lower: Figure::Undefined(reason),
        upper: Figure::Undefined(reason),
        signal: Signal::None,
    }
}
