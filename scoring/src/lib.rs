//! Exact counts of survey answers, and the statistics of a quality report computed from them alone.
//!
//! A [`Layout`] says what is counted, a [`Cell`] counts it in whole numbers that merge by addition and forget by
//! subtraction, and every statistic is a pure function of the two. A statistic that is not defined says why; no
//! function panics, none returns NaN. This crate knows nothing of files, databases, time or pages.
//!
//! # How to read this
//!
//! 1. **Counts**: [`cell`] (item histograms, answer patterns, moments, item pairs), [`layout`], [`distribution`],
//!    [`codec`] (as bytes), [`scan`] (many packed answers at once).
//! 2. **Figures**: [`figure`] and [`error`] are the shape of a number and the reasons for none; [`interval`] and
//!    [`probability`] the methods and distributions below them.
//! 3. **What is said of one group of people**: [`item`], [`dimension`], [`reliability`], [`factor`], [`outcome`],
//!    [`quality`], [`mod@gap`], [`tpq`].
//! 4. **What hangs together**: [`structure`], [`drivers`], [`em`], [`mod@regression`], [`surface`], with errors from the
//!    [`mod@jackknife`].
//! 5. **What differs**: [`comparison`], [`places`], [`mod@invariance`].
//! 6. **What moves**: [`sequence`] (intervals for many looks), [`chart`].
//! 7. **Who answered, and what may be shown**: [`weighting`], [`careless`], [`disclosure`].
//!
//! Each function names its formula, its source and the variant that it takes.
//!
//! ```
//! use scoring::{Cell, Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale, dimension_report};
//! let scale = Scale::new(1, 5)?;
//! let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
//! let speed = DimensionSpec { key: "speed".into(), facet: Facet::Experience, of: None, items: vec![0] };
//! let layout = Layout::new(vec![item], vec![speed], Outcomes::default())?;
//!
//! let (mut monday, mut tuesday) = (Cell::empty(&layout), Cell::empty(&layout));
//! monday.record(&layout, &[Code::answer(4, scale).unwrap()])?;
//! tuesday.record(&layout, &[Code::answer(5, scale).unwrap()])?;
//! monday.add(&tuesday)?;
//! let report = dimension_report(&layout, &monday, 0);
//! assert_eq!(report.score.known().unwrap().value, 87.5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(test)]
extern crate self as scoring; // what tests inside the crate share with those outside names it so

pub mod careless;
pub mod cell;
pub mod chart;
mod code;
pub mod codec;
pub mod comparison;
pub mod dimension;
pub mod disclosure;
pub mod distribution;
pub mod drivers;
pub mod em;
pub mod error;
pub mod factor;
pub mod figure;
pub mod gap;
pub mod interval;
pub mod invariance;
pub mod item;
pub mod jackknife;
pub mod layout;
mod matrix;
pub mod outcome;
pub mod person_quality;
pub mod places;
pub mod probability;
pub mod quality;
pub mod quality_moment;
pub mod regression;
pub mod reliability;
pub mod scan;
pub mod score_moments;
pub mod sequence;
mod special;
pub mod structure;
pub mod surface;
mod symmetric;
pub mod tpq;
pub mod variance_explained;
pub mod weighting;

pub use careless::{
    CarelessReport, Distance, Flag, FlagCounts, Flags, Indices, Reference, ReferenceCounts, ReferenceError,
    Thresholds, WithWithout, careless_indices, careless_report,
};
pub use cell::{Cell, GROUPS, GroupedCell, ItemCounts, ItemPair, JointCounts, MAX_PEOPLE, group_of};
pub use chart::{
    BASELINE_POINTS, BASELINE_VERSION, Baseline, ChartPoint, ChartReport, Cusum, CusumPoint, D2, Ewma,
    EwmaPoint, Period, Series, Signal, Xmr, XmrPoint, ZChart, ZPoint, chart_report, cusum, ewma, xmr,
    z_chart,
};
pub use code::Code;
pub use codec::CodecError;
pub use comparison::{
    Comparison, Consistency, Effect, EquivalencePair, FTest, KruskalWallis, LevelFigures, Moment,
    PairDifference, PairTest, Tost, Verdict, WelchT, benjamini_hochberg, between_levels_sd, brown_forsythe,
    brown_forsythe_means, classic_anova, cochran_q, cohen_d, compare, compare_moments, consistency,
    dersimonian_laird, epsilon_squared, games_howell, hedges_g, holm, kruskal_wallis, omega_squared,
    paule_mandel, q_profile, tost, welch, welch_t,
};
pub use dimension::{DimensionReport, PersonMean, dimension_report, dimension_score, person_mean};
pub use disclosure::{
    Came, Cut, LogEntry, Missing, Policy, PolicyError, Reader, Split, Stage, StepRule, SteppedLevel,
    SteppedTable, Stepper, Went, complement_ok, step_table, step_table_at, step_table_of, step_tables, steps,
    whole_moves, withhold_groups, withhold_more,
};
pub use distribution::Distribution;
pub use drivers::{
    Driver, DriverReport, ImportancePerformance, Mode, Position, Quadrant, condition_number, driver_report,
    importance_performance, lmg, quadrant, rank_correlation, relative_weights,
};
pub use em::em_moments;
pub use error::{CellError, LayoutError, Undefined};
pub use factor::{FactorFit, OneFactor, one_factor};
pub use figure::{Estimate, Figure, Interval, Named, Undef};
pub use gap::{Gap, gap};
pub use interval::{adjusted_wald_nps, alpha_adf, dirichlet_beta, normal_interval, t_interval, wilson};
pub use invariance::{Comparable, InvarianceReport, InvarianceStep, LevelSize, invariance};
pub use item::{ItemReport, TopBox, item_report, top_box};
pub use jackknife::{Jackknife, jackknife, jackknife_of};
pub use layout::{Block, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale, Variable};
pub use outcome::{Nps, OutcomeReport, Overall, TopShare, nps, outcome_report};
pub use person_quality::PersonQuality;
pub use places::{
    EmpiricalBayes, Funnel, Outside, Place, PlaceEffect, Shrinkage, empirical_bayes, funnel, shrink,
};
pub use quality::{QualityReport, Tpq, equal_weights, quality_report, total_perceived_quality};
pub use quality_moment::quality_moment;
pub use regression::{Effect as Coefficient, NestedTest, Regression, nested_test, regression};
pub use reliability::{
    ScaleStatistics, alpha, alpha_if_dropped, alpha_of_joint, alpha_pairwise, bonett_interval,
    feldt_interval, item_rest_correlations, scale_statistics, spearman_brown,
};
pub use scan::{ScanSums, pair_sums};
pub use score_moments::{ScoreMoments, listwise_moments};
pub use sequence::{
    ALPHA, Change, SequenceItem, SequenceReport, asymptotic_sequence, change, mean_sequence, mean_threshold,
    mixture_variance, nps_sequence, sequence_report, share_sequence,
};
pub use structure::{
    Eigenvalues, ParallelAnalysis, StructureReport, parallel_analysis, polarised_pair, score_correlation,
    spearman, structure_report,
};
pub use surface::{ImageFilter, ResponseSurface, SurfaceCoefficients, image_filter, response_surface};
pub use tpq::fitted_tpq;
pub use variance_explained::{VarianceExplained, variance_explained};
pub use weighting::{
    Beside, EarlyLate, EffortLevel, EffortReport, EffortTrend, ItemNonresponse, Margin, RIndicator,
    RakeClass, RakeRules, Raking, ResponseClass, WeightError, WeightSums, Weighted, WeightedItem,
    WeightedMean, WeightedOutcome, WeightedScores, WeightingMethod, WeightsReport, early_late,
    item_nonresponse, level_of_effort, r_indicator, rake, weights_report,
};
