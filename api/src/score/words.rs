//! The words around the numbers of a plain file: keys and column names speak for themselves.

use std::path::Path;

use crate::report::render::Words;

use super::map::Map;

/// Words for a file that carries no texts of its own.
pub fn from_map(map: &Map, data: &Path, rows: u64) -> Words {
    let file = data.file_name().map_or_else(|| "data".into(), |name| name.to_string_lossy());
    let keys = map.layout.dimensions().iter().map(|dimension| &dimension.key);
    Words {
        title: format!("Quality report of {file}"),
        organisation: String::new(),
        scope: vec![
            format!("{file}, {rows} rows"),
            if map.weight.is_some() { "raw values, weighted beside them" } else { "unweighted" }.to_owned(),
        ],
        dimension_names: keys.map(|key| (key.clone(), readable(key))).collect(),
        ..Words::default()
    }
}

/// A key as a heading: `speed_of_reply` reads "Speed of reply"; capitals are kept.
pub fn readable(key: &str) -> String {
    let spaced = key.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
