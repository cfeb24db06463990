//! The quality report: its one shape, what may be shown of it, and its renderings.
//!
//! Everything here is a pure function of cells and words: no clock, no database, no network. The report
//! end-point, the demo and `laatu score` call [`shape`], put a [`Report`] together and hand it to [`render`].
//! How answers become cells lives in the crate `scoring`; which cells a reader may ask for is decided by the
//! callers.

mod assemble;
mod careless;
pub mod charts;
mod comparisons;
mod difference;
mod echo;
mod groups;
mod guard;
mod jointly;
mod model;
mod periods;
mod protect;
mod reading;
pub mod render;
mod sequence;
pub mod table;
mod variable;
mod weighting;

pub use assemble::{response_rate, shape};
pub use careless::{CarelessCounts, rated_items};
pub use comparisons::comparisons;
pub use difference::{Difference, difference};
pub use echo::withhold_echoes;
pub use guard::Guard;
pub use jointly::{joint_parts, put_joint_parts};
pub use model::{About, Report, ResponseRate, Shape, conventions};
pub use periods::periods;
pub use protect::compare;
pub use reading::Reading;
pub use sequence::put_sequence;
pub use variable::LevelCounts;
pub use weighting::{FrameClass, of_frame as frame_weights, of_rows as row_weights};
