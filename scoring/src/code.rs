//! One answer as one small code.
//!
//! Here lives the packed form of an answer: a position on its scale or one of the four empty states. What the
//! positions mean (labels, polarity) is the business of [`crate::Layout`] and of the instrument. Everything
//! that records, packs or counts answers calls this module.

use crate::layout::Scale;

/// One answer in one byte, or in four bits of a pattern.
///
/// `1..=11` is the position on the scale (`raw - min + 1`), `12..=15` are the four empty states: not
/// applicable, don't know, skipped, not shown. `0` is never a code, so that an empty slot cannot pass for one.
///
/// ```
/// use scoring::{Code, Scale};
/// let scale = Scale::new(1, 5)?;
/// let code = Code::answer(4, scale).unwrap();
/// assert_eq!((code.byte(), code.raw(scale)), (4, Some(4)));
/// assert_eq!(Code::SKIPPED.raw(scale), None);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u8);

impl Code {
    /// The question does not apply to this customer ("have not used it").
    pub const NOT_APPLICABLE: Code = Code(12);
    /// The customer says that they do not know.
    pub const DONT_KNOW: Code = Code(13);
    /// The question was shown and left open.
    pub const SKIPPED: Code = Code(14);
    /// The question was not part of what this customer was asked.
    pub const NOT_SHOWN: Code = Code(15);

    /// Packs a raw answer, or returns `None` when it is not on the scale.
    ///
    /// ```
    /// # use scoring::{Code, Scale};
    /// assert_eq!(Code::answer(0, Scale::new(0, 10)?).map(Code::byte), Some(1));
    /// assert_eq!(Code::answer(6, Scale::new(1, 5)?), None);
    /// # Ok::<(), scoring::LayoutError>(())
    /// ```
    pub fn answer(raw: u8, scale: Scale) -> Option<Code> {
        let position = raw.checked_sub(scale.min)?.checked_add(1)?;
        (raw <= scale.max && position <= 11).then_some(Code(position))
    }

    /// The raw answer behind the code; `None` for an empty state or a position beyond the scale.
    pub fn raw(self, scale: Scale) -> Option<u8> {
        (self.is_answer() && self.0 <= scale.points()).then(|| scale.min + self.0 - 1)
    }

    /// Reads a stored byte; `None` for 0 and for anything above four bits.
    ///
    /// ```
    /// # use scoring::Code;
    /// assert_eq!(Code::from_byte(15), Some(Code::NOT_SHOWN));
    /// assert_eq!((Code::from_byte(0), Code::from_byte(16)), (None, None));
    /// ```
    pub fn from_byte(byte: u8) -> Option<Code> {
        (1..=15).contains(&byte).then_some(Code(byte))
    }

    /// The byte to store, `1..=15`.
    pub fn byte(self) -> u8 {
        self.0
    }

    /// Whether this is a position on the scale and not an empty state.
    pub fn is_answer(self) -> bool {
        self.0 <= 11
    }

    /// Whether the question was put to the customer at all; the half rule counts these.
    pub fn is_asked(self) -> bool {
        self != Self::NOT_SHOWN
    }
}
