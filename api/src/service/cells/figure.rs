//! The figures that move in steps, and the rows in which their counts are kept as they were at their cuts.
//!
//! The same levels and periods as other rows have, under parts of their own: `standing` makes these rows,
//! `read_standing` reads them.

use super::key::{Class, Period, Split};
use crate::service::report_filter::By;
use crate::store::cells::Series;
use crate::store::responses::Response;

/// Which counts a row holds for readers without the right to rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// What nearly every figure needs.
    Answers,
    /// Scores and items jointly, in jackknife groups.
    Joint,
    /// By the order's channel and place.
    Classes,
    /// No counts: where all figures stand, and what came since.
    Steps,
    /// No counts: by the levels of a split, who came and went between the moves of the total.
    Past,
    /// Rows of periods as they were when the total last moved, where they are others now.
    LastAnswers,
    /// The same of joint counts.
    LastJoint,
}

impl Standing {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Answers,
        Self::Joint,
        Self::Classes,
        Self::Steps,
        Self::Past,
        Self::LastAnswers,
        Self::LastJoint,
    ];

    /// The number of the part in the database.
    pub const fn code(self) -> i16 {
        match self {
            Self::Answers => 3,
            Self::Joint => 4,
            Self::Classes => 5,
            Self::Steps => 6,
            Self::Past => 7,
            Self::LastAnswers => 8,
            Self::LastJoint => 9,
        }
    }

    /// The words for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Answers => "counts in steps",
            Self::Joint => "joint counts in steps",
            Self::Classes => "classes in steps",
            Self::Steps => "where steps stand",
            Self::Past => "past of the steps",
            Self::LastAnswers => "counts at the last step",
            Self::LastJoint => "joint counts at the last step",
        }
    }

    /// The row that says where all figures of a survey stand.
    pub fn steps() -> Series {
        Figure::total().series(Self::Steps.code())
    }
}

/// A total, a level or a period that has a cut of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// The split whose level it is.
    pub split: Split,
    /// All time, but for months and weeks of the total.
    pub period: Period,
    /// The level as rows have it.
    pub level: String,
    /// The first day of its period.
    pub starts_on: i32,
}

/// The splits and periods in which figures lie.
pub const KINDS: [(Split, Period); 7] = [
    (Split::Total, Period::All),
    (Split::Channel, Period::All),
    (Split::ContactChannel, Period::All),
    (Split::Place, Period::All),
    (Split::Language, Period::All),
    (Split::Total, Period::Month),
    (Split::Total, Period::Week),
];

/// The kind of a report's split.
pub const fn kind_of(by: By) -> (Split, Period) {
    match by {
        By::Channel => (Split::Channel, Period::All),
        By::ContactChannel => (Split::ContactChannel, Period::All),
        By::Place => (Split::Place, Period::All),
        By::Language => (Split::Language, Period::All),
        By::Month => (Split::Total, Period::Month),
        By::Week => (Split::Total, Period::Week),
        By::Segment(1) => (Split::Segment1, Period::All),
        By::Segment(_) => (Split::Segment2, Period::All),
    }
}

impl Figure {
    /// Everybody.
    pub const fn total() -> Self {
        Self { split: Split::Total, period: Period::All, level: String::new(), starts_on: 0 }
    }

    /// Its rows of a part.
    pub fn series(&self, part: i16) -> Series {
        Series { part, split: self.split.code(), period: self.period.code(), level: self.level.clone() }
    }

    /// The parts that are kept of it: joint counts and classes where it can be a report's total, classes where there
    /// can be weights.
    pub fn parts(&self) -> &'static [Standing] {
        match (self.split, self.period) {
            (Split::Language, Period::All) => &[Standing::Answers, Standing::Joint],
            (_, Period::All) => &[Standing::Answers, Standing::Joint, Standing::Classes],
            _ => &[Standing::Answers],
        }
    }

    /// Whether it counts a response.
    pub fn counts(&self, response: &Response) -> bool {
        self.split.level(response).is_some_and(|level| level == self.level)
            && self.period.start_of(response.service_day) == self.starts_on
    }

    /// Whether a class lies in it.
    pub fn holds(&self, class: Class) -> bool {
        match self.split {
            Split::Channel => self.level == class.channel.to_string(),
            Split::ContactChannel => self.level == class.contact_channel.to_string(),
            Split::Place => self.level == class.place_id.to_string(),
            _ => true,
        }
    }
}
