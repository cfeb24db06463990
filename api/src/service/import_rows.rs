//! From the rows of a file to responses: identity, levels, service day, signs of carelessness.
//!
//! Nothing here reads or writes the database. Called by `import_responses`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use scoring::{Code, Layout};
use sha2::{Digest, Sha256};

use super::careless::flags_without_pages;
use super::import_map::places;
use crate::domain::time::day_number;
use crate::domain::{CollectionMode, Id, Micros};
use crate::score::map::Map;
use crate::score::table::{Row, TableProblems, read_identified};
use crate::store::responses::Response;
use crate::store::segments::Segment;

/// How many groups of customers there are for variance estimates.
const GROUPS: u64 = 32;

/// What a first pass over a file finds out.
#[derive(Debug, Default)]
pub struct FirstLook {
    /// Data rows.
    pub rows: u64,
    /// The levels of each of the map's groups.
    pub levels: Vec<BTreeSet<String>>,
    /// First and last service date.
    pub dates: Option<(Date, Date)>,
    /// Rows without a service date.
    pub undated: u64,
}

/// Looks at every row, or lists what is wrong with the file.
pub fn look(data: &[u8], map: &Map, id_column: Option<&str>) -> Result<FirstLook, TableProblems> {
    let mut look = FirstLook { levels: vec![BTreeSet::new(); map.groups.len()], ..FirstLook::default() };
    look.rows = read_identified(data, map, id_column, |row| {
        for (levels, level) in look.levels.iter_mut().zip(row.levels) {
            if !level.is_empty() && !levels.contains(level) {
                levels.insert(level.clone());
            }
        }
        match row.date {
            Some(day) => {
                let (first, last) = look.dates.unwrap_or((day, day));
                look.dates = Some((first.min(day), last.max(day)));
            }
            None => look.undated += 1,
        }
    })?;
    Ok(look)
}

/// A row as it would be stored, with what is needed to compare it with what is there.
#[derive(Debug)]
pub struct Taken {
    /// Number of the row in the file, from 1.
    pub row: u64,
    /// The response.
    pub response: Response,
    /// Whether the file says when the service was; else the day is that of the import.
    pub dated: bool,
}

/// Makes responses of rows.
pub struct Taker<'a> {
    map: &'a Map,
    layout: &'a Layout,
    segments: &'a [Segment],
    /// Where each item's code stands in a row.
    places: Vec<usize>,
    /// What the ids of all rows begin with.
    origin: Sha256,
    survey_id: i32,
    length: i16,
    now: Micros,
    today: i32,
}

/// Whose rows they are, and when they come in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// The organisation's public name.
    pub route: &'a str,
    /// The survey's key.
    pub survey: &'a str,
    /// Its number.
    pub survey_id: i32,
    /// Code of its length.
    pub length: i16,
    /// The instant of the import.
    pub now: Micros,
    /// Its day in the organisation's zone.
    pub today: i32,
}

impl<'a> Taker<'a> {
    /// For a file that is told apart from others by its content when no column tells its rows apart.
    pub fn new(
        map: &'a Map,
        layout: &'a Layout,
        segments: &'a [Segment],
        arrival: &Arrival<'_>,
        file: Option<&[u8]>,
    ) -> Self {
        let mut origin = Sha256::new();
        for part in ["laatu imported response", arrival.route, arrival.survey] {
            origin.update(part.as_bytes());
            origin.update([0]);
        }
        match file {
            Some(data) => {
                origin.update("file\0");
                origin.update(Sha256::digest(data));
            }
            None => origin.update("id\0"),
        }
        Self {
            map,
            layout,
            segments,
            places: places(map, layout),
            origin,
            survey_id: arrival.survey_id,
            length: arrival.length,
            now: arrival.now,
            today: arrival.today,
        }
    }

    /// The response of a row.
    pub fn take(&self, row: &Row<'_>) -> Taken {
        let codes: Vec<Code> =
            self.places.iter().filter_map(|place| row.codes.get(*place).copied()).collect();
        let group = row.number.saturating_sub(1) % GROUPS;
        let response = Response {
            id: self.id(row),
            revision: 1,
            survey_id: self.survey_id,
            form: 0,
            length: self.length,
            language: String::new(),
            channel: 0,
            contact_channel: 0,
            place_id: 0,
            segments: self.levels(row),
            service_day: row.date.map_or(self.today, day_number),
            mode: CollectionMode::Imported,
            customer_group: i16::try_from(group).unwrap_or(0),
            first_of_year: true,
            finished: true,
            test: false,
            quality_flag: i16::from(flags_without_pages(self.layout, &codes).bits()),
            answers: codes.iter().map(|code| code.byte()).collect(),
            answered_at: self.now.0,
            way: crate::store::responses::Way::default(),
        };
        Taken { row: row.number, response, dated: row.date.is_some() }
    }

    fn id(&self, row: &Row<'_>) -> Id {
        let mut hash = self.origin.clone();
        match row.id {
            Some(id) => hash.update(id.as_bytes()),
            None => hash.update(row.number.to_le_bytes()),
        }
        Id::of_hash(&hash.finalize().into())
    }

    fn levels(&self, row: &Row<'_>) -> [i16; 2] {
        let level = |number: i16| {
            let segment = self.segments.iter().find(|segment| segment.number == number)?;
            let place = self.map.groups.iter().position(|(name, _)| *name == segment.name)?;
            segment.level(row.levels.get(place)?)
        };
        [1, 2].map(|number| level(number).unwrap_or(0))
    }
}
