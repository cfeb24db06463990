//! The standard survey, with answers to it drawn from a seed: what benches and tests measure.
//!
//! Thirteen blocks of three items on 1..5 (twelve dimensions and image), overall on 1..5, recommendation on
//! 0..10 and effort on 1..7. Each response is to one of thirteen forms of four blocks, so that 15 of the 42 items
//! are put to a person.

#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests and benches, each of which uses a part"
)]

use super::chance::Chance;
use scoring::{Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale};

/// How many items the survey has.
pub const ITEMS: usize = 42;
const BLOCKS: usize = 13;

/// The layout of the standard survey.
pub fn layout() -> Layout {
    let scale = |item: usize| match item {
        40 => Scale::new(0, 10),
        41 => Scale::new(1, 7),
        _ => Scale::new(1, 5),
    };
    let item = |index: usize| ItemSpec {
        key: format!("i{index}"),
        scale: scale(index).unwrap(),
        reversed: index % 11 == 7,
        top_box: None,
    };
    let block = |index: usize| DimensionSpec {
        key: format!("d{index}"),
        facet: if index == BLOCKS - 1 { Facet::Image } else { Facet::Experience },
        of: None,
        items: (3 * index..3 * index + 3).collect(),
    };
    let outcomes = Outcomes { overall: vec![39], nps: Some(40), csat: None, ces: Some(41) };
    Layout::new((0..ITEMS).map(item).collect(), (0..BLOCKS).map(block).collect(), outcomes).unwrap()
}

/// Answers as in the field: many at the ceiling, a mood that a person's answers share, few empty states.
impl Chance {
    /// A ceiling-heavy position on a scale, or now and then an empty state.
    fn code(&mut self, points: u8, mood: u64) -> Code {
        let byte = match self.below(40) {
            0 => 12,
            1 => 13,
            2 => 14,
            _ => {
                let lost = self.below(3) * self.below(2) + mood;
                points - u8::try_from(lost * u64::from(points) / 6).unwrap().min(points - 1)
            }
        };
        Code::from_byte(byte).unwrap()
    }

    /// One response to one of the thirteen forms.
    pub fn standard_response(&mut self, layout: &Layout) -> Vec<Code> {
        let form = usize::try_from(self.below(13)).unwrap();
        let asked = [form, form + 1, form + 3, form + 9].map(|block| block % BLOCKS);
        let mood = self.below(3) * self.below(2);
        let answer = |(index, item): (usize, &ItemSpec)| {
            if index < 3 * BLOCKS && !asked.contains(&(index / 3)) {
                return Code::NOT_SHOWN;
            }
            match (self.code(item.scale.points(), mood), item.reversed) {
                (code, true) if code.is_answer() => {
                    Code::from_byte(item.scale.points() + 1 - code.byte()).unwrap()
                }
                (code, _) => code,
            }
        };
        layout.items().iter().enumerate().map(answer).collect()
    }

    /// Many of them.
    pub fn standard_responses(&mut self, layout: &Layout, count: usize) -> Vec<Vec<Code>> {
        (0..count).map(|_| self.standard_response(layout)).collect()
    }
}
