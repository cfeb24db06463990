//! The report as JSON: keys in a fixed order, numbers in the shortest form that reads back to the same value.

use serde::Serialize;

use super::RenderError;
use crate::report::{About, Report, Shape};

/// The whole report on one line, for the wire.
pub fn json_compact(report: &Report) -> Result<String, RenderError> {
    Ok(serde_json::to_string(report)?)
}

/// The total alone with its figures at the top level, as `laatu score` writes it.
pub fn json_flat(report: &Report) -> Result<String, RenderError> {
    #[derive(Serialize)]
    struct Flat<'a> {
        #[serde(flatten)]
        total: &'a Shape,
        about: &'a About,
    }
    Ok(serde_json::to_string_pretty(&Flat { total: &report.total, about: &report.about })? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flat_form_has_the_parts_at_the_top() {
        let report = Report::default();
        let flat: serde_json::Value = serde_json::from_str(&json_flat(&report).unwrap()).unwrap();
        let keys: Vec<&String> = flat.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["items", "dimensions", "about"]);
        let whole: serde_json::Value = serde_json::from_str(&json_compact(&report).unwrap()).unwrap();
        let keys: Vec<&String> = whole.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["total", "by", "about"]);
    }
}
