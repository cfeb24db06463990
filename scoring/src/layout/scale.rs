//! The codes that an item can be answered with.
//!
//! Only the range of the codes; their labels belong to the instrument.

use serde::{Deserialize, Serialize};

use crate::error::LayoutError;

/// A scale of two to eleven whole codes, `min..=max`.
///
/// ```
/// use scoring::Scale;
/// assert_eq!(Scale::new(0, 10)?.points(), 11);
/// assert!(Scale::new(5, 5).is_err());
/// # Ok::<(), scoring::LayoutError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scale {
    /// Lowest code.
    pub min: u8,
    /// Highest code.
    pub max: u8,
}

impl Scale {
    /// Makes a scale, refusing one without room for two answers or beyond 0..=10.
    pub fn new(min: u8, max: u8) -> Result<Scale, LayoutError> {
        if min < max && max <= 10 { Ok(Scale { min, max }) } else { Err(LayoutError::Scale { min, max }) }
    }

    /// How many codes the scale has.
    pub fn points(self) -> u8 {
        self.max.saturating_sub(self.min).saturating_add(1)
    }

    /// The distance from the lowest to the highest code, in raw units.
    pub fn range(self) -> f64 {
        f64::from(self.max) - f64::from(self.min)
    }

    /// Turns a raw value into points of 100 (POMP, Cohen, Cohen, Aiken & West 1999): `100 (x - min)/(max - min)`.
    ///
    /// ```
    /// # use scoring::Scale;
    /// assert_eq!(Scale::new(1, 5)?.pomp(4.0), 75.0);
    /// # Ok::<(), scoring::LayoutError>(())
    /// ```
    pub fn pomp(self, raw: f64) -> f64 {
        100.0 * (raw - f64::from(self.min)) / self.range()
    }
}
