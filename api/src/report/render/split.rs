//! What a split into levels finds, in words: one rule for the headings of all pages.
//!
//! The heading says the verdict of the tests and no more. Levels are named below it, and only those whose scores are
//! told: nobody reads of a difference to a level that stands without a range.

use super::Words;
use super::between::Between;
use super::finding::{self, Entry};
use super::wording::spaced;
use crate::report::{Reading, Shape};

/// A split with the scores of its levels as they are told.
#[derive(Debug, Clone)]
pub struct Split<'a> {
    name: &'a str,
    quality: Option<Between<'a>>,
    levels: &'a [Entry<'a>],
}

impl<'a> Split<'a> {
    /// Reads what was found between `levels`, the scores of perceived quality as they are told.
    pub fn of(total: &'a Shape, words: &'a Words, name: &'a str, levels: &'a [Entry<'a>]) -> Self {
        Self { name, quality: Between::of(total, words, name, "quality"), levels }
    }

    /// "Channels are on one level", "Channels are not on one level" or that the answers do not suffice.
    pub fn heading(&self) -> String {
        let known = plural(self.name);
        match (self.quality.and_then(|quality| quality.verdict()), known) {
            (Some("consistent"), Some(which)) => format!("{which} are on one level"),
            (Some("consistent"), None) => format!("By {}: all on one level", spaced(self.name)),
            (Some("inconsistent"), Some(which)) => format!("{which} are not on one level"),
            (Some("inconsistent"), None) => format!("By {}: not on one level", spaced(self.name)),
            (Some(_), _) => format!("{}: not enough answers for a verdict", self.subject()),
            (None, _) => self.by_ranges(),
        }
    }

    /// Whether the answers sufficed for a verdict.
    pub fn is_decided(&self) -> bool {
        let verdict = self.quality.and_then(|quality| quality.verdict());
        matches!(verdict, Some("consistent" | "inconsistent"))
    }

    /// The same where nothing was tested: by the ranges alone.
    fn by_ranges(&self) -> String {
        match finding::comparison(self.levels) {
            none if none.is_empty() => format!("{}: the ranges overlap", self.subject()),
            found => found,
        }
    }

    fn subject(&self) -> String {
        plural(self.name).map_or_else(|| format!("By {}", spaced(self.name)), str::to_owned)
    }

    /// The verdict as sentences: how many differences, and the clearest one between levels that are told.
    pub fn verdict(&self) -> String {
        self.quality
            .map_or_else(String::new, |quality| format!("{}.", quality.sentence(|level| self.is_told(level))))
    }

    fn is_told(&self, level: &str) -> bool {
        let found = self.levels.iter().find(|entry| entry.name == level);
        found.is_some_and(|entry| entry.reading.as_ref().is_some_and(|one| one.ci95().is_some()))
    }
}

/// Whether levels may be named as lower in one variable: its own test finds them apart, or there was none.
pub fn may_name(total: &Shape, words: &Words, name: &str, variable: &str) -> bool {
    let between = Between::of(total, words, name, variable);
    between.and_then(|one| one.verdict()).is_none_or(|verdict| verdict == "inconsistent")
}

/// Scores of all levels, told or not, by a reader of one level.
pub fn entries<'a>(
    levels: &'a std::collections::BTreeMap<String, Shape>,
    words: &'a Words,
    name: &str,
    read: impl Fn(&'a Shape) -> Option<Reading<'a>>,
) -> Vec<Entry<'a>> {
    levels
        .iter()
        .map(|(level, shape)| Entry { name: words.level(name, level), reading: read(shape) })
        .collect()
}

/// What the levels of a known split are called together.
pub fn plural(name: &str) -> Option<&'static str> {
    Some(match name {
        "channel" => "Channels",
        "contact_channel" => "Contact channels",
        "place" => "Places",
        "language" => "Languages",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn total(verdict: &str) -> Shape {
        let quality = json!({
            "games_howell": [{"a": "chat", "b": "web", "diff": 9.0, "ci95": [1.0, 17.0], "p": 0.01},
                {"a": "email", "b": "web", "diff": 4.0, "ci95": [1.0, 7.0], "p": 0.02}],
            "consistency": {"verdict": verdict, "margin": 5.0, "pairs": []},
        });
        Shape { groups: Some(json!({"channel": {"quality": quality}})), ..Shape::default() }
    }

    fn levels() -> [Entry<'static>; 3] {
        let score =
            |value: f64| Some(Reading::Known { value, n: 60, ci95: Some((value - 2.0, value + 2.0)) });
        let few = Some(Reading::Undefined { reason: "too few for a range", n: Some(6) });
        [
            Entry { name: "chat", reading: few },
            Entry { name: "email", reading: score(70.0) },
            Entry { name: "web", reading: score(74.0) },
        ]
    }

    #[test]
    fn the_heading_is_the_verdict_and_names_no_level() {
        let words = Words::default();
        let levels = levels();
        let heading = |verdict: &str| Split::of(&total(verdict), &words, "channel", &levels).heading();
        assert_eq!(heading("consistent"), "Channels are on one level");
        assert_eq!(heading("inconsistent"), "Channels are not on one level");
        let is_decided = |verdict: &str| Split::of(&total(verdict), &words, "channel", &levels).is_decided();
        assert!(is_decided("inconsistent") && !is_decided("not_enough_data"));
        assert_eq!(heading("not_enough_data"), "Channels: not enough answers for a verdict");
        let untested = Shape::default();
        assert_eq!(
            Split::of(&untested, &words, "desk", &levels[1..]).heading(),
            "By desk: the ranges overlap"
        );
    }

    #[test]
    fn only_levels_that_are_told_are_named_below_it() {
        let words = Words::default();
        let (total, levels) = (total("not_enough_data"), levels());
        let said = Split::of(&total, &words, "channel", &levels).verdict();
        assert!(said.ends_with("Clear so far: email is 4 (1 to 7) points lower than web."), "{said}");
        assert!(!said.contains("chat"), "{said}");
        assert!(
            !may_name(&total, &words, "channel", "quality") && may_name(&total, &words, "place", "quality")
        );
    }
}
