//! What the overall judgement goes with: shares of R² for each dimension of experience and image.
//!
//! Association, never cause. Reads joint counts only; reports call [`driver_report`], charts of importance and
//! performance [`importance_performance`]. The regressions with expectation and image are in `surface` and `tpq`.

mod figures;
mod importance;
mod moments;
mod ranks;
mod report;
mod shares;

pub use importance::{
    ImportancePerformance, Position, Quadrant, importance_performance, quadrant, rank_correlation,
};
pub use moments::Mode;
pub(crate) use moments::{Chosen, choose};
pub use report::{Driver, DriverReport, driver_report};
pub use shares::{condition_number, lmg, relative_weights};
