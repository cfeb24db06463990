//! What is wrong with an instrument file, all at once and each with its line.
//!
//! Made by the parser and the lint; shown by the service's commands and its publishing end-point.

use std::fmt;

use serde::Serialize;

/// Whether a problem keeps a file from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but should be bettered.
    Warning,
}

/// One thing that is wrong in an instrument file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line in the file, counted from 1.
    pub line: usize,
    /// Dotted path of the key, array places counted from 1; empty for the file as a whole.
    pub key: String,
    /// What is wrong and what would be right.
    pub message: String,
    /// Whether it keeps the file from being used.
    pub severity: Severity,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)
    }
}

/// Everything that keeps an instrument file from being used, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            let end = if place == 0 { "" } else { "\n" };
            write!(f, "{end}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Names of which one may have been meant, nearest first; at most a third of its letters may differ.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let allowed = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(word, name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map_or_else(String::new, |(_, name)| format!(", did you mean \"{name}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(did_you_mean("how_wel", ["how_easy", "how_well"]), ", did you mean \"how_well\"?");
        assert_eq!(did_you_mean("colour", ["how_easy", "how_well"]), "");
    }

    #[test]
    fn problems_are_shown_one_a_line() {
        let problem = |line, key: &str| Problem {
            line,
            key: key.to_owned(),
            message: "is missing".to_owned(),
            severity: Severity::Error,
        };
        let problems = Problems(vec![problem(3, "scale[1].min"), problem(9, "")]);
        assert_eq!(problems.to_string(), "line 3: scale[1].min: is missing\nline 9: is missing");
    }
}
