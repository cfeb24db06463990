//! What can be wrong with weights, margins and the classes that they meet.

use thiserror::Error;

use crate::error::CellError;

/// Why weights were refused; nothing is then computed.
///
/// ```
/// use scoring::WeightError;
/// let thin = WeightError::ThinLevel { margin: "channel".into(), level: 2, answers: 7, least: 20 };
/// assert_eq!(thin.to_string(), "level 2 of \"channel\" has 7 answers of the 20 needed: join it with another level");
/// ```
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum WeightError {
    /// A weight is zero, negative or not a finite number.
    #[error("the weight {0} is not a positive number")]
    NotPositive(f64),
    /// There is nobody to weight, or no margin to weight to.
    #[error("raking needs at least one margin and one answer")]
    Nothing,
    /// A class does not name one level of each margin.
    #[error("class number {class} does not name one level of each margin")]
    Levels {
        /// The class, from 0.
        class: usize,
    },
    /// The frame has a count that is negative or not finite, or none above zero.
    #[error("the frame's counts of \"{0}\" are not counts")]
    Targets(String),
    /// The margins count different numbers of people.
    #[error("\"{margin}\" counts {total} in the frame, the first margin {first}")]
    Totals {
        /// The margin.
        margin: String,
        /// Its total.
        total: f64,
        /// The total of the first margin.
        first: f64,
    },
    /// The frame has people in a level in which nobody answered.
    #[error(
        "nobody answered in level {level} of \"{margin}\", which the frame has: join it with another level"
    )]
    EmptyLevel {
        /// The margin.
        margin: String,
        /// The level, from 0.
        level: usize,
    },
    /// There are answers in a level that the frame lacks.
    #[error("level {level} of \"{margin}\" has answers, but nobody in the frame")]
    NotInFrame {
        /// The margin.
        margin: String,
        /// The level, from 0.
        level: usize,
    },
    /// A level of a margin has too few answers to stand for its part of the frame.
    #[error(
        "level {level} of \"{margin}\" has {answers} answers of the {least} needed: join it with another level"
    )]
    ThinLevel {
        /// The margin.
        margin: String,
        /// The level, from 0.
        level: usize,
        /// Its answers.
        answers: u64,
        /// The fewest that are enough.
        least: u64,
    },
    /// No weights meet all margins: a combination that they need has no answers.
    #[error("raking did not settle in {0} rounds: the margins cannot all be met")]
    NotConverged(u32),
    /// A trimming bound must exceed the mean weight, which is 1.
    #[error("weights cannot be trimmed at {0} times their mean")]
    Bound(f64),
    /// The counts at hand are not those that were raked.
    #[error("class number {0} has other counts than those that were raked")]
    OtherCounts(usize),
    /// The answers or counts do not fit the layout.
    #[error(transparent)]
    Cell(#[from] CellError),
}
