//! What a published version is: a questionnaire that can be sent, or the map of answers that were brought in.
//!
//! Both give a layout, names and a margin, which is all that counting and reports need. Only a questionnaire has
//! pages. `Services::version` reads one; the key tells them apart ([`IMPORTED`]).

use std::sync::Arc;

use scoring::{Facet, Layout};
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;

use super::report_layout::{layout_of, words_of};
use super::{Error, Result};
use crate::report::render::Words;
use crate::score::map::{DEFAULT_MARGIN, Map};
use crate::score::words::readable;

/// The start of the key of a version that is a map. No questionnaire's key can have a colon.
pub const IMPORTED: &str = "imported:";

/// A published version, read.
#[derive(Clone, Debug)]
pub enum Version {
    /// Questions that can be sent.
    Questionnaire(Arc<Instrument>),
    /// The map by which answers were brought in.
    Map(Arc<Map>),
}

impl Version {
    /// Reads the stored source of a version.
    pub fn read(key: &str, source: &str) -> Result<Self> {
        let broken = |words: String| Error::Broken(format!("a published instrument cannot be read: {words}"));
        if is_imported(key) {
            let words = |problems: Vec<crate::score::map::Problem>| {
                problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            };
            return Map::parse(source)
                .map(|map| Self::Map(Arc::new(map)))
                .map_err(|problems| broken(words(problems)));
        }
        Instrument::parse(source)
            .map(|instrument| Self::Questionnaire(Arc::new(instrument)))
            .map_err(|problems| broken(problems.to_string()))
    }

    /// The questionnaire; a conflict in words where there are only imported answers.
    pub fn questionnaire(&self) -> Result<Arc<Instrument>> {
        match self {
            Self::Questionnaire(instrument) => Ok(Arc::clone(instrument)),
            Self::Map(_) => Err(Error::Conflict(NO_QUESTIONS.to_owned())),
        }
    }

    /// What its answers are counted by, in packed order.
    pub fn layout(&self) -> Result<Layout> {
        match self {
            Self::Questionnaire(instrument) => layout_of(instrument),
            Self::Map(map) => Ok(map.layout.clone()),
        }
    }

    /// Names of dimensions and texts of items; a map's keys and columns speak for themselves.
    pub fn words(&self, language: Language) -> Words {
        match self {
            Self::Questionnaire(instrument) => words_of(instrument, language),
            Self::Map(map) => words_of_map(map),
        }
    }

    /// Points of 100 by which levels may differ and still count as consistent.
    pub fn margin(&self) -> f64 {
        match self {
            Self::Questionnaire(_) => DEFAULT_MARGIN,
            Self::Map(map) => map.margin,
        }
    }
}

/// Whether an instrument's key is that of imported answers.
pub fn is_imported(key: &str) -> bool {
    key.starts_with(IMPORTED)
}

/// Why nothing can be sent by a map.
pub const NO_QUESTIONS: &str = "this holds imported answers: it has no questions that could be sent";

fn words_of_map(map: &Map) -> Words {
    let dimensions = map.layout.dimensions().iter();
    Words {
        title: "Imported answers".to_owned(),
        expected_by: dimensions
            .clone()
            .filter(|one| one.facet == Facet::Expectation)
            .filter_map(|one| Some((one.of.clone()?, one.key.clone())))
            .collect(),
        dimension_names: dimensions.map(|one| (one.key.clone(), readable(&one.key))).collect(),
        ..Words::default()
    }
}
