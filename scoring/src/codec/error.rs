//! What can be wrong with stored counts.

use thiserror::Error;

/// Why bytes were not read as counts; places are byte positions from the start, at or just after the fault.
///
/// ```
/// use scoring::{Cell, CodecError, Layout, Outcomes};
/// let layout = Layout::new(vec![], vec![], Outcomes::default())?;
/// assert_eq!(Cell::decode(&layout, b"something else"), Err(CodecError::Foreign));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CodecError {
    /// The bytes do not begin like counts of this kind.
    #[error("these bytes are not stored counts of this kind")]
    Foreign,
    /// A later version of the form, or one that never was.
    #[error("version {0} of the stored form is not known")]
    Version(u8),
    /// The counts belong to another layout.
    #[error("the counts belong to another layout")]
    OtherLayout,
    /// The checksum does not fit the bytes.
    #[error("the stored counts are damaged")]
    Damaged,
    /// A number or table goes on beyond the last byte.
    #[error("the stored counts end early, at byte {0}")]
    Ends(usize),
    /// A number takes more bytes than it needs, or more than its range.
    #[error("the number at byte {0} is longer than it may be")]
    Overlong(usize),
    /// There are bytes behind the counts.
    #[error("the stored counts go on after their end, at byte {0}")]
    Trailing(usize),
    /// No responses to this layout can give these counts; says what about them.
    #[error("no responses give the counts at byte {at}: {what}")]
    Impossible {
        /// Where reading stood.
        at: usize,
        /// What does not fit.
        what: &'static str,
    },
}
