//! Exact counts of survey answers, and the statistics of a quality report computed from them alone.
//!
//! A [`Layout`] says what is counted, a [`Cell`] counts it in whole numbers that merge by addition and forget by
//! subtraction, and every statistic is a pure function of the two. A statistic that is not defined says why; no
//! function panics, none returns NaN. This crate knows nothing of files, databases, time or pages.
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

mod cell;
mod code;
mod dimension;
mod distribution;
mod error;
mod figure;
mod gap;
mod interval;
mod item;
mod layout;
mod outcome;
mod quality;
mod reliability;
mod special;

pub use cell::{Cell, ItemCounts, MAX_PEOPLE};
pub use code::Code;
pub use dimension::{DimensionReport, PersonMean, dimension_report, dimension_score, person_mean};
pub use distribution::Distribution;
pub use error::{CellError, LayoutError, Undefined};
pub use figure::{Estimate, Figure, Interval, Named, Undef};
pub use gap::{Gap, gap};
pub use interval::{adjusted_wald_nps, alpha_adf, dirichlet_beta, normal_interval, t_interval, wilson};
pub use item::{ItemReport, TopBox, item_report, top_box};
pub use layout::{Block, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale, Variable};
pub use outcome::{Nps, OutcomeReport, Overall, TopShare, nps, outcome_report};
pub use quality::{QualityReport, Tpq, equal_weights, quality_report, total_perceived_quality};
pub use reliability::{alpha, alpha_if_dropped, alpha_pairwise, item_rest_correlations};
