//! Control charts: has a series of periods moved, or does it only scatter as it always did?
//!
//! A chart compares each period with limits that come from a *frozen* stretch of the same series, the
//! [`Baseline`]: limits that are computed anew each day follow the very change they should show. The limits
//! lie three standard deviations from the centre, and the standard deviation is taken from neighbouring
//! periods (the mean moving range over d₂ = 2/√π), so that a slow drift does not widen it.
//!
//! | chart | for |
//! | --- | --- |
//! | [`xmr`] | period means of about equal n; each period is one value (Shewhart 1931; Wheeler 1993) |
//! | [`z_chart`] | periods of unequal n; of shares Laney's p′ with the p chart beside it (Laney 2002) |
//! | [`ewma`] | small lasting shifts, smoothed (Roberts 1959; Lucas & Saccucci 1990) |
//! | [`cusum`] | small lasting shifts, summed up (Page 1954) |
//!
//! The only signals are a point beyond its limits and the alarms of EWMA and CUSUM. Run rules are left out:
//! each adds false alarms. A series with weekdays in it should be charted by weeks, and its periods should
//! be those of the service, not of the answer, or late answers move history. A limit is no target, and a
//! point within the limits is no proof that nothing happened.
//!
//! Everything here is a pure function of a [`Series`] of exact sums; dashboards and time reports call
//! [`chart_report`]. Intervals for one period are elsewhere.

mod baseline;
mod cusum;
mod ewma;
mod report;
mod series;
mod xmr;
mod z_chart;

use serde::Serialize;

pub use baseline::{BASELINE_POINTS, BASELINE_VERSION, Baseline};
pub use cusum::{Cusum, CusumPoint, cusum};
pub use ewma::{Ewma, EwmaPoint, ewma};
pub use report::{ChartPoint, ChartReport, chart_report};
pub use series::{Period, Series};
pub use xmr::{Xmr, XmrPoint, xmr};
pub use z_chart::{ZChart, ZPoint, z_chart};

/// How many standard deviations the limits lie from the centre.
const WIDTH: f64 = 3.0;

/// d₂ of neighbours: the mean distance of two standard normal draws, 2/√π.
///
/// Tables print it as 1.128.
pub const D2: f64 = std::f64::consts::FRAC_2_SQRT_PI;

/// What a point of a chart says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Within the limits, or without any.
    None,
    /// Above the upper limit.
    High,
    /// Below the lower limit.
    Low,
}

impl Signal {
    /// Where a value lies; a value on a limit is within.
    fn of(value: f64, [lower, upper]: [f64; 2]) -> Signal {
        if value > upper {
            Signal::High
        } else if value < lower {
            Signal::Low
        } else {
            Signal::None
        }
    }
}
