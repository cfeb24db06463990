//! A whole response: one answer per item in packed order, and its bytes.

use super::{Answer, PageAnswers};
use crate::instrument::{Instrument, Scale};

/// Why bytes are not a response to an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// There is not one byte for each item.
    #[error("a response has {expected} bytes, one an item, not {found}")]
    Length {
        /// How many items the instrument has.
        expected: usize,
        /// How many bytes came.
        found: usize,
    },
    /// A byte stands for nothing on its item's scale.
    #[error("byte {byte} of item {item} stands for no answer on its scale")]
    Byte {
        /// The item's place in packed order.
        item: usize,
        /// The byte.
        byte: u8,
    },
}

/// The answers of one response, in packed order.
///
/// ```
/// use survey_forms::answer::{Answer, AnswerSheet, PageAnswers};
/// use survey_forms::form::Length;
/// use survey_forms::instrument::{Instrument, shipped_source};
///
/// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
/// let mut sheet = AnswerSheet::not_shown(&instrument);
/// let asked = instrument.pages(0, Length::Quick)[0].items[0];
/// sheet.put(&PageAnswers { answers: vec![(asked, Answer::Choice(5))], ..PageAnswers::default() });
/// let bytes = sheet.bytes();
/// assert_eq!(bytes.len(), instrument.items().len());
/// assert_eq!(AnswerSheet::from_bytes(&instrument, &bytes)?.get(asked), Some(Answer::Choice(5)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerSheet {
    /// Answer, lowest and highest code of each item.
    rows: Vec<(Answer, u8, u8)>,
}

impl AnswerSheet {
    /// A form of which no page has been saved; pages that never come stay *not shown*.
    pub fn not_shown(instrument: &Instrument) -> AnswerSheet {
        let row = |scale: &Scale| (Answer::NotShown, scale.min, scale.max);
        AnswerSheet { rows: instrument.items().iter().map(|item| row(&item.scale)).collect() }
    }

    /// Reads packed bytes.
    pub fn from_bytes(instrument: &Instrument, bytes: &[u8]) -> Result<AnswerSheet, SheetError> {
        let (expected, found) = (instrument.items().len(), bytes.len());
        if expected != found {
            return Err(SheetError::Length { expected, found });
        }
        let rows = instrument.items().iter().zip(bytes).enumerate().map(|(item, (shape, &byte))| {
            let answer = Answer::from_byte(byte, &shape.scale).ok_or(SheetError::Byte { item, byte })?;
            Ok((answer, shape.scale.min, shape.scale.max))
        });
        rows.collect::<Result<_, _>>().map(|rows| AnswerSheet { rows })
    }

    /// Puts the answers of one page in; a later page with the same items replaces them.
    pub fn put(&mut self, page: &PageAnswers) {
        for (item, answer) in &page.answers {
            if let Some(row) = self.rows.get_mut(*item) {
                row.0 = *answer;
            }
        }
    }

    /// One byte an item, in packed order.
    pub fn bytes(&self) -> Vec<u8> {
        self.rows.iter().map(|(answer, min, max)| answer.byte_on(*min, *max)).collect()
    }

    /// The answer to one item; `None` when there is no such item.
    pub fn get(&self, item: usize) -> Option<Answer> {
        self.rows.get(item).map(|(answer, _, _)| *answer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::instrument::fixture;

    #[test]
    fn a_new_sheet_has_shown_nothing() {
        let instrument = fixture::thirteen();
        assert!(AnswerSheet::not_shown(&instrument).bytes().iter().all(|byte| *byte == 15));
    }

    #[test]
    fn pages_are_put_in_and_the_last_one_counts() {
        let instrument = fixture::small();
        let mut sheet = AnswerSheet::not_shown(&instrument);
        let page =
            |answer| PageAnswers { answers: vec![(1, answer), (99, answer)], ..PageAnswers::default() };
        sheet.put(&page(Answer::Choice(2)));
        sheet.put(&page(Answer::NotApplicable));
        assert_eq!(sheet.bytes(), [15, 12, 15, 15]);
        assert_eq!((sheet.get(1), sheet.get(99)), (Some(Answer::NotApplicable), None));
    }

    #[test]
    fn wrong_bytes_are_named() {
        let instrument = fixture::small();
        let short = AnswerSheet::from_bytes(&instrument, &[1]).unwrap_err();
        assert_eq!(short.to_string(), "a response has 4 bytes, one an item, not 1");
        let odd = AnswerSheet::from_bytes(&instrument, &[1, 7, 1, 1]).unwrap_err();
        assert_eq!(odd, SheetError::Byte { item: 1, byte: 7 });
    }

    proptest! {
        #[test]
        fn bytes_that_are_read_come_back_the_same(bytes in proptest::collection::vec(0_u8..20, 4)) {
            if let Ok(sheet) = AnswerSheet::from_bytes(&fixture::small(), &bytes) {
                prop_assert_eq!(sheet.bytes(), bytes);
            }
        }
    }
}
