//! Where the columns of a map stand in the header of a file.

use csv::ByteRecord;

use super::TableProblems;
use crate::score::map::Map;
use crate::score::suggest::hint;

/// Indexes of the columns that the map names.
pub(super) struct Places {
    /// Columns of answers, in the order of the map's items.
    pub answers: Vec<usize>,
    /// Columns of comparisons, in the order of the map.
    pub groups: Vec<usize>,
    /// Column of the weight.
    pub weight: Option<usize>,
    /// Column of the service date.
    pub date: Option<usize>,
    /// Column that tells the rows apart.
    pub id: Option<usize>,
}

impl Places {
    pub fn find(header: &ByteRecord, map: &Map, id_column: Option<&str>) -> Result<Self, TableProblems> {
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        if names.iter().all(String::is_empty) {
            return Err(TableProblems::one(
                "is empty: a header row with the column names is needed".to_owned(),
            ));
        }
        let mut problems = TableProblems::default();
        let mut find = |wanted: &str| {
            let mut found = (0..).zip(&names).filter(|(_, name)| *name == wanted).map(|(index, _)| index);
            let first = found.next();
            if first.is_none() {
                let near = hint(wanted, names.iter().map(String::as_str));
                problems.add(|| format!("column \"{wanted}\" is missing{near}"));
            } else if found.next().is_some() {
                problems.add(|| format!("column \"{wanted}\" stands in the header more than once"));
            }
            first.unwrap_or(0)
        };
        let places = Self {
            answers: map.columns.iter().map(|column| find(&column.name)).collect(),
            groups: map.groups.iter().map(|(_, column)| find(column)).collect(),
            weight: map.weight.as_deref().map(&mut find),
            date: map.date.as_deref().map(&mut find),
            id: id_column.map(&mut find),
        };
        if problems.count == 0 { Ok(places) } else { Err(problems) }
    }
}
