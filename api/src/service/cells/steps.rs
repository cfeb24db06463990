//! Where the figures of a survey stand for readers without the right to rows, up to a position of its log.
//!
//! `scoring::Stepper` decides, told each entry once; here it is told with the survey's own levels, and kept as a row
//! beside the counts. Its memory grows with levels, not with answers.

use std::collections::BTreeMap;

use scoring::{Policy, StepRule, Stepper};

use super::Outcome;
use super::bytes::{Form, ends, put};
use super::figure::{Figure, Standing, kind_of};
use super::key::Period;
use crate::service::report_filter::By;
use crate::service::report_log::{is_person, piece_of};
use crate::service::step_levels::{Key, Numbers, SPLITS, StepLevels, splits};
use crate::service::{Error, Result};
use crate::store::response_log::Place;
use crate::store::responses::Response;
use crate::store::{AnyConnection, OrgScope, cells};

const FORM: Form = Form { kind: *b"LSp", version: 2, words: "steps" };

/// All figures of a survey on their way along its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    stepper: Stepper<SPLITS>,
    levels: StepLevels,
    /// How often the total moved.
    moves: usize,
}

/// What one entry of the log was to the steps.
pub struct Taken {
    /// The numbers of its levels.
    pub levels: Numbers,
    /// The first day of the piece of the grid in which its day lies.
    pub piece: i32,
    /// Whether it is somebody who is not counted yet.
    pub person: bool,
    /// Whether it came, or went.
    pub comes: bool,
    /// Where it stands.
    pub place: Place,
    /// The first place behind all that the total counted before it.
    pub begin: usize,
    /// When the total moves with it, for each split the levels that then show something new.
    pub moved: Option<[Vec<usize>; SPLITS]>,
}

impl Steps {
    /// Before the first answer.
    pub fn none() -> Self {
        Self {
            stepper: Stepper::new(splits().map(|(_, lasting)| lasting), &rule()),
            levels: StepLevels::default(),
            moves: 0,
        }
    }

    /// Takes the next entry of the log: a response that comes, or one that goes again.
    pub fn take(&mut self, response: &Response, comes: bool, place: Place) -> Taken {
        self.tell(response, comes, place, |stepper, levels, person| {
            if comes {
                stepper.arrive(place.at, levels, person)
            } else {
                stepper.erase(place.at, place.of, levels, person)
            }
        })
    }

    /// Takes the erasure of somebody by the groups in which they were counted; whether more of it follows.
    pub fn lose(&mut self, groups: &Response, place: Place, more: bool) -> Taken {
        self.tell(groups, false, place, |stepper, levels, person| {
            stepper.lose(place.at, place.of, levels, person, more)
        })
    }

    fn tell(
        &mut self,
        response: &Response,
        comes: bool,
        place: Place,
        tell: impl FnOnce(&mut Stepper<SPLITS>, Numbers, bool) -> Option<[Vec<usize>; SPLITS]>,
    ) -> Taken {
        let levels = self.levels.of(response);
        let person = is_person(response);
        let begin = self.total();
        let moved = tell(&mut self.stepper, levels, person);
        self.moves += usize::from(moved.is_some());
        Taken { levels, piece: piece_of(response.service_day), person, comes, place, begin, moved }
    }

    /// How often the total moved so far.
    pub const fn moves(&self) -> usize {
        self.moves
    }

    /// The number of a level of a split; none when nobody came to it.
    pub fn number(&self, by: By, key: Key) -> Option<usize> {
        self.levels.number(by, key)
    }

    /// The keys of a split's levels in the order of their numbers.
    pub fn keys(&self, by: By) -> &[Key] {
        self.levels.keys(by)
    }

    /// The first place behind all that the total counts.
    pub fn total(&self) -> usize {
        self.stepper.total().entries
    }

    /// How many responses there are, and how many the total counts.
    pub fn responses(&self) -> (u64, u64) {
        self.stepper.responses()
    }

    /// The first place behind all that a level counts; none when it is withheld.
    pub fn level(&self, by: By, key: Key) -> Option<usize> {
        let level = self.levels.number(by, key)?;
        self.stepper.level(by.place(), level).map(|cut| cut.entries)
    }

    /// The levels of a split that are shown, each with its key and the first place behind all that it counts.
    pub fn shown(&self, by: By) -> impl Iterator<Item = (Key, usize)> {
        self.levels.keys(by).iter().filter_map(move |key| Some((*key, self.level(by, *key)?)))
    }

    /// The key of a language.
    pub fn language(&self, tag: &str) -> Option<Key> {
        self.levels.language(tag)
    }

    /// A level as a figure.
    pub fn figure(&self, by: By, key: Key) -> Figure {
        let (split, period) = kind_of(by);
        let language = || self.levels.languages().get(usize::try_from(key).ok()?).cloned();
        let level = match (by, period) {
            (By::Language, _) => language().unwrap_or_default(),
            (_, Period::All) => key.to_string(),
            _ => String::new(),
        };
        Figure { split, period, level, starts_on: if period == Period::All { 0 } else { key } }
    }

    /// All figures that are shown, with the first place behind all that they count.
    pub fn figures(&self) -> BTreeMap<Figure, usize> {
        let total = Some((Figure::total(), self.total())).filter(|(_, at)| *at > 0);
        let levels =
            splits().into_iter().flat_map(|(by, _)| self.shown(by).map(move |(key, at)| (by, key, at)));
        levels.map(|(by, key, at)| (self.figure(by, key), at)).chain(total).collect()
    }

    /// As bytes: the position of the log that they have come to, levels, steps. Equal logs give equal bytes.
    pub fn encode(&self, position: i64) -> Vec<u8> {
        let mut out = FORM.begin();
        put(&mut out, position.cast_unsigned());
        put(&mut out, self.moves as u64);
        put(&mut out, self.levels.languages().len() as u64);
        for tag in self.levels.languages() {
            put(&mut out, tag.len() as u64);
            out.extend(tag.as_bytes());
        }
        for (by, _) in splits() {
            let keys = self.levels.keys(by);
            put(&mut out, keys.len() as u64);
            for key in keys {
                put(&mut out, u64::from(key.cast_unsigned()));
            }
        }
        let steps = self.stepper.encode();
        put(&mut out, steps.len() as u64);
        out.extend(steps);
        Form::end(out)
    }

    /// Reads what [`Steps::encode`] wrote, and its position.
    pub fn decode(bytes: &[u8]) -> Outcome<(Self, i64)> {
        let mut source = FORM.open(bytes)?;
        let position = source.number()?.cast_signed();
        let moves = source.small()?;
        let mut languages = Vec::new();
        for _ in 0..source.number()? {
            let tag = source.block()?;
            languages.push(String::from_utf8(tag.to_vec()).map_err(|_| "a stored language is no text")?);
        }
        let mut keys = [(); SPLITS].map(|()| Vec::new());
        for keys in &mut keys {
            for _ in 0..source.number()? {
                keys.push(source.small::<u32>()?.cast_signed());
            }
        }
        let levels = StepLevels::stored(keys, languages).ok_or("a stored level comes twice")?;
        let lasting = splits().map(|(_, lasting)| lasting);
        let stepper =
            Stepper::decode(lasting, &rule(), source.block()?).map_err(|error| error.to_string())?;
        if source.is_empty() { Ok((Self { stepper, levels, moves }, position)) } else { Err(ends()) }
    }
}

/// The rule by which all figures move.
pub fn rule() -> StepRule {
    StepRule::of(Policy::default())
}

/// The stored steps of a survey; none when there are none for this position of its log, or they cannot be read.
pub fn load(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    position: i64,
) -> Result<Option<Steps>> {
    let rows =
        cells::of_series(connection, scope, survey_id, &Standing::steps(), &[0]).map_err(Error::from)?;
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    match Steps::decode(&row.counts) {
        Ok((steps, at)) => Ok(Some(steps).filter(|_| at == position)),
        Err(words) => {
            tracing::error!(survey = survey_id, %words, "stored steps cannot be read; run laatu check --repair");
            Ok(None)
        }
    }
}

/// Whether a survey has stored steps, whatever they say.
pub fn is_there(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<bool> {
    let rows =
        cells::of_series(connection, scope, survey_id, &Standing::steps(), &[0]).map_err(Error::from)?;
    Ok(!rows.is_empty())
}
