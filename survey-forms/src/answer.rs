//! Answers: what one item's answer can be, its packed byte, one page of answers, and a whole response.
//!
//! Nothing here stores anything. Called by the service when a page is posted and when saved answers are shown
//! again.

mod low;
mod page;
#[cfg(test)]
mod question_tests;
mod questions;
mod sheet;
mod words;

pub use low::is_low;
pub(crate) use page::{CHOSEN_VALUE, EMPTY_VALUE};
pub use page::{
    FieldProblem, FieldProblemKind, MOST_COMMENT_CHARS, MOST_LINE_CHARS, PageAnswers, Typed, read_page, typed,
};
pub use sheet::{AnswerSheet, SheetError};
pub use words::Words;

use serde::{Deserialize, Serialize};

use crate::instrument::Scale;

/// What one item got: a point of its scale, or one of four empty states that are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A point, by its code on the scale.
    Choice(u8),
    /// The customer said that the question does not apply.
    NotApplicable,
    /// The customer said that they cannot say.
    DontKnow,
    /// The question was shown and left open.
    Skipped,
    /// The question was never shown to this customer.
    NotShown,
}

/// Packed byte of [`Answer::NotApplicable`].
const NOT_APPLICABLE: u8 = 12;
/// Packed byte of [`Answer::DontKnow`].
const DONT_KNOW: u8 = 13;
/// Packed byte of [`Answer::Skipped`].
const SKIPPED: u8 = 14;
/// Packed byte of [`Answer::NotShown`].
const NOT_SHOWN: u8 = 15;

impl Answer {
    /// The answer as one byte: 1 to 11 the place on the scale, 12 to 15 the empty states.
    ///
    /// A code outside the scale is packed as left open; [`read_page`] never makes one.
    ///
    /// ```
    /// use survey_forms::answer::Answer;
    /// use survey_forms::instrument::{Instrument, shipped_source};
    ///
    /// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
    /// let scale = &instrument.items()[0].scale;
    /// assert_eq!(Answer::Choice(scale.min).byte(scale), 1);
    /// assert_eq!(Answer::from_byte(12, scale), Some(Answer::NotApplicable));
    /// assert_eq!(Answer::from_byte(0, scale), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn byte(self, scale: &Scale) -> u8 {
        self.byte_on(scale.min, scale.max)
    }

    /// The answer that a byte stands for on this scale; `None` when it stands for nothing.
    pub fn from_byte(byte: u8, scale: &Scale) -> Option<Answer> {
        match byte {
            NOT_APPLICABLE => Some(Answer::NotApplicable),
            DONT_KNOW => Some(Answer::DontKnow),
            SKIPPED => Some(Answer::Skipped),
            NOT_SHOWN => Some(Answer::NotShown),
            place if place >= 1 && place <= scale.points() => {
                scale.min.checked_add(place - 1).map(Answer::Choice)
            }
            _ => None,
        }
    }

    fn byte_on(self, min: u8, max: u8) -> u8 {
        match self {
            Answer::Choice(code) if (min..=max).contains(&code) => code - min + 1,
            Answer::Choice(_) | Answer::Skipped => SKIPPED,
            Answer::NotApplicable => NOT_APPLICABLE,
            Answer::DontKnow => DONT_KNOW,
            Answer::NotShown => NOT_SHOWN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::fixture;

    #[test]
    fn every_answer_survives_its_byte() {
        let instrument = fixture::small();
        for item in instrument.items() {
            let scale = &item.scale;
            let empty = [Answer::NotApplicable, Answer::DontKnow, Answer::Skipped, Answer::NotShown];
            let answers = (scale.min..=scale.max).map(Answer::Choice).chain(empty);
            let bytes: Vec<u8> = answers.clone().map(|answer| answer.byte(scale)).collect();
            let back: Vec<Option<Answer>> =
                bytes.iter().map(|byte| Answer::from_byte(*byte, scale)).collect();
            assert_eq!(back, answers.map(Some).collect::<Vec<_>>());
            assert_eq!(bytes[0], 1);
            assert_eq!(bytes[bytes.len() - 4..], [12, 13, 14, 15]);
        }
    }

    #[test]
    fn a_byte_outside_the_scale_stands_for_nothing() {
        let instrument = fixture::small();
        let scale = &instrument.items()[0].scale;
        for byte in (6..=11).chain(16..=255).chain([0]) {
            assert_eq!(Answer::from_byte(byte, scale), None, "{byte}");
        }
    }

    #[test]
    fn an_eleven_point_scale_fills_the_range_of_points() {
        let instrument = fixture::small();
        let scale = &instrument.items()[3].scale;
        assert_eq!(Answer::Choice(0).byte(scale), 1);
        assert_eq!(Answer::Choice(10).byte(scale), 11);
    }
}
