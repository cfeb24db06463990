//! Who answered, and what that does to the figures: weights to a frame, and checks of non-response.
//!
//! Raking finds one weight for each cross-class of the frame, so that it meets integer counts only when they are
//! combined; a file may instead bring a weight for each row. Both end in [`Weighted`], from which
//! [`weights_report`] sets weighted figures beside the raw ones. [`r_indicator`], [`early_late`],
//! [`level_of_effort`] and [`item_nonresponse`] say how far the answerers can stand for those who were asked: no
//! interval of any other module covers that.
//!
//! Weights are real numbers, hence this is the one place of the crate where counts are not integers. All sums of
//! weights are compensated, so that the order of rows or cells changes a figure by less than 1e-12 of it. Who
//! reads a file or combines the classes of a report calls this module; where the frame comes from is not known
//! here.

mod calibrate;
mod effort;
mod error;
mod estimate;
mod figures;
mod frame;
mod noncentral;
mod nonresponse;
mod pairs;
mod rake;
mod report;
mod representative;
mod scores;
mod sum;
mod trim;
mod weighted;
mod weighted_cell;

pub use effort::{EarlyLate, EffortLevel, EffortReport, EffortTrend, early_late, level_of_effort};
pub use error::WeightError;
pub use frame::{Margin, RakeClass};
pub use nonresponse::{ItemNonresponse, item_nonresponse};
pub use rake::{RakeRules, Raking, rake};
pub use report::{Beside, WeightedItem, WeightedOutcome, WeightsReport, weights_report};
pub use representative::{RIndicator, ResponseClass, r_indicator};
pub use scores::{WeightedMean, WeightedScores};
pub use sum::WeightSums;
pub use weighted::{Weighted, WeightingMethod};
