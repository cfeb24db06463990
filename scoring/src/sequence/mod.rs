//! Confidence sequences: intervals that stay valid however often somebody looks.
//!
//! A fixed 95 % interval promises one miss in twenty for one look at a moment chosen beforehand. A page
//! that is read every morning breaks that promise: somewhere along the way the interval leaves the truth
//! out in a third or more of all series. A *confidence sequence* contains the truth at every n at once, in
//! at least 95 % of all series, and pays for it with about twice the width. All of them here are functions
//! of counts alone: the order in which people answered does not matter and nothing earlier is kept.
//!
//! | figure | method |
//! | --- | --- |
//! | mean of an item, a dimension, NPS | [`mean_sequence`], [`nps_sequence`]: betting against a mean |
//! | share | [`share_sequence`]: beta-binomial mixture |
//! | quality score | Σ w_d CS_d(α/m) over the m experience dimensions (union bound) |
//! | difference of two periods | [`change`]: two sequences at α/2 each |
//! | large samples, no skew | [`asymptotic_sequence`], for comparison only |
//!
//! What they take for granted: the people are independent of each other (thin to one answer per customer)
//! and the true mean does not move (begin anew with each period). They are not for rolling windows, where
//! people leave as well as enter: show the fixed interval there and name it. Live pages and the report part
//! `sequence` call [`sequence_report`]; fixed-sample intervals are in `interval`.

mod asymptotic;
mod betting;
mod bounded;
mod change;
mod mean;
mod remainder;
mod report;
mod share;

pub use asymptotic::{asymptotic_sequence, mixture_variance};
pub use change::{Change, change};
pub use mean::{mean_sequence, mean_threshold, nps_sequence};
pub use report::{SequenceItem, SequenceReport, sequence_report};
pub use share::share_sequence;

pub(crate) use bounded::{on_scale, within};

/// The probability with which a sequence may ever leave the truth out.
pub const ALPHA: f64 = 0.05;
