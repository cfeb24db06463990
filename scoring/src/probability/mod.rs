//! Tail probabilities and quantiles of the distributions that tests and intervals refer to.
//!
//! Student's t, Snedecor's F, chi-square and the normal for any positive degrees of freedom, whole or not, and
//! the studentised range. Small tails keep their relative precision: both tails come from one function, the
//! smaller one computed and the other its complement. The comparisons and the small places call this module;
//! the beta function beneath it is in `special`. Nothing here knows of answers.
//!
//! Every function returns `None` outside its domain (degrees of freedom not above 0, a probability outside
//! 0..1, an argument that is not a number) and never NaN.

mod beta;
mod chi_square;
mod fisher;
mod invert;
mod normal;
mod student;
mod studentised_range;

pub use chi_square::{chi_square_quantile, chi_square_sf};
pub use fisher::f_sf;
pub use normal::{normal_cdf, normal_quantile, normal_sf};
pub use student::{t_cdf, t_quantile, t_sf, t_two_sided};
pub use studentised_range::{StudentisedRange, studentised_range_quantile, studentised_range_sf};

/// The value where it can be used as degrees of freedom.
fn degrees(df: f64) -> Option<f64> {
    (df > 0.0 && df.is_finite()).then_some(df)
}

/// The value where it is strictly between 0 and 1.
fn probability(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then_some(p)
}
