//! The quality report: its one shape, what may be shown of it, and its renderings.
//!
//! Everything here is a pure function of cells and words: no clock, no database, no network. The report
//! end-point, the demo and `laatu score` call [`shape`], put a [`Report`] together and hand it to [`render`].
//! How answers become cells lives in the crate `scoring`; which cells a reader may ask for is decided by the
//! callers.

mod assemble;
mod charts;
mod groups;
mod guard;
mod model;
mod protect;
mod reading;
pub mod render;

pub use assemble::{response_rate, shape};
pub use groups::complement_ok;
pub use guard::Guard;
pub use model::{About, Report, ResponseRate, Shape, conventions};
pub use protect::compare;
pub use reading::Reading;
