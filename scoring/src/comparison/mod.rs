//! Comparing groups of people on one variable: channels, places, languages, segments.
//!
//! [`compare`] reads the exact distribution of the variable in each level of a grouping, [`compare_moments`]
//! means and their variances where no distribution is kept. Differences come first, with simultaneous
//! intervals and a margin; tests stand beside them. Each test has a file here, the distributions they refer to
//! are in [`crate::probability`], shrinkage of small places and league tables in `places`. Reports call this
//! module once per grouping and variable.

mod between;
mod consistency;
mod effect;
mod means;
mod moment;
mod multiplicity;
mod pair;
mod ranks;
mod report;
mod spread;

pub use between::{between_levels_sd, cochran_q, dersimonian_laird, paule_mandel, q_profile};
pub(crate) use between::{usable, weighted_mean};
pub use consistency::{Consistency, EquivalencePair, Verdict, consistency};
pub use effect::{Effect, cohen_d, epsilon_squared, hedges_g, omega_squared};
pub use means::{FTest, brown_forsythe_means, classic_anova, welch};
pub use moment::Moment;
pub(crate) use moment::{answered, pooled_variance, total};
pub use multiplicity::{benjamini_hochberg, holm};
pub use pair::{PairDifference, Tost, WelchT, games_howell, tost, welch_t};
pub use ranks::{KruskalWallis, kruskal_wallis};
pub use report::{Comparison, LevelFigures, PairTest, compare, compare_moments};
pub use spread::brown_forsythe;
