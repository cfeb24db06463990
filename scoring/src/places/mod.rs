//! Small places and league tables: shrunken means with honest intervals, and the funnel.
//!
//! A place with few answers is mostly chance, so a bare ranking rewards and blames the small. Here its mean is
//! drawn towards that of all places as far as chance alone explains it, and each place is held against the
//! limits that its own number of answers allows. The variance between places comes from `comparison`; reports
//! call this module for groupings with many levels.

mod empirical_bayes;
mod funnel;
mod report;

pub use empirical_bayes::{EmpiricalBayes, PlaceEffect, empirical_bayes};
pub use funnel::{Funnel, Outside, funnel};
pub use report::{Place, Shrinkage, shrink};
