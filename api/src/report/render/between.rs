//! What was found between the levels of a comparison, for one variable: its verdict, its pairs and its tests.
//!
//! The tests were made where the counts are; here they become sentences. A difference is told from the lower level
//! to the higher one, so that nobody has to think about signs.

use serde_json::Value;

use super::Words;
use super::finding::Entry;
use super::pair::Pair;
use super::wording::{number, p_value, set, spaced};
use crate::report::{Reading, Shape};

/// One variable between the levels of one comparison.
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    tree: &'a Value,
    words: &'a Words,
    comparison: &'a str,
    variable: &'a str,
}

impl<'a> Between<'a> {
    /// The part of a report about one variable, whatever it says; nothing when it is absent.
    pub fn of(shape: &'a Shape, words: &'a Words, comparison: &'a str, variable: &'a str) -> Option<Self> {
        let group = shape.groups.as_ref()?.get(comparison)?;
        let tree = if group.get("undefined").is_some() { group } else { group.get(variable)? };
        Some(Self { tree, words, comparison, variable })
    }

    /// The variables of a comparison: quality first, then overall, then the dimensions in their order.
    pub fn all(shape: &'a Shape, words: &'a Words, comparison: &'a str) -> Vec<Self> {
        let group = shape.groups.as_ref().and_then(|groups| groups.get(comparison));
        let known = group.and_then(Value::as_object).into_iter().flat_map(|group| group.keys());
        let known: Vec<&str> = known.map(String::as_str).filter(|key| *key != "shrinkage").collect();
        let first = ["quality", "overall"].into_iter().filter(|key| known.contains(key));
        let rest =
            known.iter().copied().filter(|key| !matches!(*key, "quality" | "overall" | "undefined" | "n"));
        first.chain(rest).filter_map(|variable| Self::of(shape, words, comparison, variable)).collect()
    }

    /// What the variable is called.
    pub fn name(&self) -> &'a str {
        match self.variable {
            "quality" => "Perceived quality",
            "overall" => "Overall judgement",
            key => self.words.dimension(key),
        }
    }

    /// The comparison that it belongs to.
    pub fn comparison(&self) -> &'a str {
        self.comparison
    }

    /// Its key.
    pub fn variable(&self) -> &'a str {
        self.variable
    }

    /// In what its differences are told.
    pub fn unit(&self) -> &'static str {
        if self.variable == "quality" { "points" } else { "codes" }
    }

    /// Why nothing is said, when nothing is.
    pub fn undefined(&self) -> Option<&'a str> {
        self.tree.get("undefined").and_then(Value::as_str)
    }

    /// The levels with their means.
    pub fn entries(&self) -> Vec<Entry<'a>> {
        let levels = self.tree.get("levels").and_then(Value::as_object).into_iter().flatten();
        levels.map(|(key, level)| Entry { name: self.level(key), reading: reading(level) }).collect()
    }

    /// The margin within which levels count as equal.
    pub fn margin(&self) -> Option<f64> {
        self.tree.get("consistency")?.get("margin")?.as_f64()
    }

    /// `consistent`, `inconsistent` or `not_enough_data`.
    pub fn verdict(&self) -> Option<&'a str> {
        self.tree.get("consistency")?.get("verdict")?.as_str()
    }

    /// Every pair with a difference, the farthest apart first.
    pub fn pairs(&self) -> Vec<Pair<'a>> {
        let list = self.tree.get("games_howell").and_then(Value::as_array);
        let mut pairs: Vec<Pair<'a>> =
            list.into_iter().flatten().filter_map(|entry| self.pair(entry)).collect();
        pairs.sort_by(|a, b| b.apart.total_cmp(&a.apart));
        pairs
    }

    /// The pairs whose whole range lies beyond the margin.
    pub fn beyond(&self) -> Vec<Pair<'a>> {
        let margin = self.margin().unwrap_or(f64::INFINITY);
        let beyond = |pair: &Pair<'_>| pair.range.is_some_and(|(low, _)| low > margin);
        self.pairs().into_iter().filter(beyond).collect()
    }

    /// The clearest difference between levels that are told, as a sentence without its full stop: the one that is
    /// farthest from none; nothing when every range of a difference holds none.
    pub fn clearest(&self, is_told: impl Fn(&str) -> bool) -> Option<String> {
        let nearest = |pair: &Pair<'_>| pair.range.map_or(0.0, |(low, _)| low);
        let is_clear = |pair: &Pair<'_>| nearest(pair) > 0.0 && is_told(pair.low) && is_told(pair.high);
        let pairs = self.pairs().into_iter().filter(is_clear);
        let pair = pairs.max_by(|a, b| nearest(a).total_cmp(&nearest(b)))?;
        Some(format!("{} is {} {} lower than {}", pair.low, pair.distance(), self.unit(), pair.high))
    }

    /// The verdict as a sentence without its full stop; a pair is named only between levels that are told.
    pub fn sentence(&self, is_told: impl Fn(&str) -> bool) -> String {
        if let Some(reason) = self.undefined() {
            return format!("Not compared: {reason}");
        }
        let margin =
            self.margin().map_or_else(String::new, |margin| format!("{} {}", set(margin), self.unit()));
        match self.verdict() {
            Some("consistent") => {
                format!("On one level: every difference by {} lies within {margin}", spaced(self.comparison))
            }
            Some("inconsistent") => self.inconsistent(&margin, is_told),
            Some("not_enough_data") => {
                let clear = self.clearest(is_told);
                let clear = clear.map_or_else(String::new, |pair| format!(". Clear so far: {pair}"));
                format!("Not enough answers to say whether all are on one level{}{clear}", self.open(&margin))
            }
            _ => "No verdict on whether all are on one level".to_owned(),
        }
    }

    fn inconsistent(&self, margin: &str, is_told: impl Fn(&str) -> bool) -> String {
        let beyond = self.beyond();
        let Some(most) = beyond.iter().find(|pair| is_told(pair.low) && is_told(pair.high)) else {
            return format!("Not on one level: a difference is larger than {margin}");
        };
        let (distance, unit) = (most.distance(), self.unit());
        let more = match beyond.len() {
            1 => format!(", more than the {margin} that count as equal"),
            count => format!("; {} of {} differences are larger than {margin}", count, self.pairs().len()),
        };
        format!("Not on one level: {} is {distance} {unit} lower than {}{more}", most.low, most.high)
    }

    /// How many differences leave it open.
    fn open(&self, margin: &str) -> String {
        let pairs = self.pairs();
        let open = pairs.iter().filter(|pair| !pair.equivalent).count();
        if open == 0 {
            return String::new();
        }
        format!(": {open} of {} differences may be larger than {margin}", pairs.len())
    }

    /// Test, its numbers in brackets and p, for each test; why not where it is undefined.
    pub fn tests(&self) -> Vec<String> {
        let tests = [
            ("welch", "means: Welch", "F"),
            ("kruskal_wallis", "ranks: Kruskal-Wallis", "H"),
            ("brown_forsythe", "spread: Brown-Forsythe", "F"),
        ];
        tests.into_iter().filter_map(|(key, name, letter)| test(self.tree.get(key)?, name, letter)).collect()
    }

    /// The standard deviation between the levels.
    pub fn tau(&self) -> Option<Reading<'a>> {
        Reading::of(self.tree.get("tau")?)
    }

    /// The p of the test of the means.
    pub fn p(&self) -> Option<f64> {
        self.tree.get("welch")?.get("p")?.as_f64()
    }

    fn pair(&self, entry: &'a Value) -> Option<Pair<'a>> {
        let (a, b) = (entry.get("a")?.as_str()?, entry.get("b")?.as_str()?);
        let least = usize::from(self.variable != "quality");
        Pair::read(entry, (self.level(a), self.level(b)), self.equivalent(a, b), least)
    }

    fn equivalent(&self, a: &str, b: &str) -> bool {
        let pairs = self.tree.get("consistency").and_then(|part| part.get("pairs")).and_then(Value::as_array);
        let named =
            |pair: &&Value, key: &str, level: &str| pair.get(key).and_then(Value::as_str) == Some(level);
        let found = pairs.into_iter().flatten().find(|pair| named(pair, "a", a) && named(pair, "b", b));
        found.and_then(|pair| pair.get("equivalent")).and_then(Value::as_bool).unwrap_or(false)
    }

    fn level(&self, key: &'a str) -> &'a str {
        self.words.level(self.comparison, key)
    }
}

/// A level's mean with its range, as a figure.
fn reading(level: &Value) -> Option<Reading<'_>> {
    if level.get("undefined").is_some() {
        return Reading::of(level);
    }
    let n = level.get("n").and_then(Value::as_u64);
    match (level.get("mean")?, n) {
        (mean, Some(n)) if mean.is_number() => {
            Some(Reading::Known { value: mean.as_f64()?, n, ci95: level.get("ci95").and_then(Reading::ends) })
        }
        (mean, _) => Reading::of(mean),
    }
}

/// "Welch F(3, 120.4) = 5.21, p = 0.002".
fn test(tree: &Value, name: &str, letter: &str) -> Option<String> {
    if let Some(reason) = tree.get("undefined").and_then(Value::as_str) {
        return Some(format!("{name} {reason}"));
    }
    let value = tree.get(letter.to_lowercase())?.as_f64()?;
    let degrees: Vec<String> = ["df", "df1", "df2"]
        .into_iter()
        .filter_map(|key| tree.get(key)?.as_f64())
        .map(|df| number(df, usize::from(df.fract() != 0.0)))
        .collect();
    let p = p_value(tree.get("p")?.as_f64()?);
    Some(format!("{name} {letter}({}) = {}, {p}", degrees.join(", "), number(value, 2)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape(verdict: &str) -> Shape {
        let quality = json!({
            "levels": {"chat": {"n": 82, "mean": 73.0, "sd": 11.0, "ci95": [70.0, 76.0]},
                "phone": {"n": 126, "mean": 61.0, "sd": 12.0, "ci95": [59.0, 63.0]},
                "post": {"undefined": "fewer than 10 people", "n": null}},
            "welch": {"f": 5.214, "df1": 1.0, "df2": 120.44, "p": 0.002},
            "kruskal_wallis": {"undefined": "not kept as a distribution", "n": 208},
            "games_howell": [{"a": "chat", "b": "phone", "diff": -12.0, "ci95": [-15.5, -9.1], "p": 1e-8},
                {"a": "chat", "b": "post", "diff": {"undefined": "no answers", "n": 0}}],
            "consistency": {"verdict": verdict, "margin": 5.0,
                "pairs": [{"a": "chat", "b": "phone", "equivalent": false}]},
        });
        Shape { groups: Some(json!({"channel": {"quality": quality}})), ..Shape::default() }
    }

    fn sentence(shape: &Shape) -> String {
        Between::of(shape, &Words::default(), "channel", "quality").unwrap().sentence(|_| true)
    }

    #[test]
    fn verdicts_are_sentences_from_the_lower_to_the_higher() {
        assert_eq!(
            sentence(&shape("inconsistent")),
            "Not on one level: phone is 12 (9 to 16) points lower than chat, more than the 5 points that count as equal"
        );
        assert_eq!(
            sentence(&shape("consistent")),
            "On one level: every difference by channel lies within 5 points"
        );
        let open = "Not enough answers to say whether all are on one level: 1 of 1 differences may be larger than 5 \
                    points. Clear so far: phone is 12 (9 to 16) points lower than chat";
        assert_eq!(sentence(&shape("not_enough_data")), open);
    }

    #[test]
    fn a_level_that_is_not_told_is_in_no_sentence() {
        for verdict in ["inconsistent", "not_enough_data"] {
            let shape = shape(verdict);
            let words = Words::default();
            let between = Between::of(&shape, &words, "channel", "quality").unwrap();
            let said = between.sentence(|level| level != "chat");
            assert!(!said.contains("chat") && said.contains("5 points"), "{said}");
        }
    }

    #[test]
    fn tests_give_their_numbers_or_their_reason() {
        let shape = shape("inconsistent");
        let words = Words::default();
        let between = Between::of(&shape, &words, "channel", "quality").unwrap();
        let said = between.tests();
        assert_eq!(said[0], "means: Welch F(1, 120.4) = 5.21, p = 0.002");
        assert_eq!(said[1], "ranks: Kruskal-Wallis not kept as a distribution");
        assert_eq!(
            between.entries()[2].reading,
            Some(Reading::Undefined { reason: "fewer than 10 people", n: None })
        );
        assert_eq!(between.pairs().len(), 1);
        assert_eq!(between.clearest(|_| true).unwrap(), "phone is 12 (9 to 16) points lower than chat");
    }

    #[test]
    fn what_is_undefined_as_a_whole_says_why() {
        let none = json!({"undefined": "fewer than two groups", "n": 9});
        let shape =
            Shape { groups: Some(json!({"channel": {"quality": none}, "place": none})), ..Shape::default() };
        assert_eq!(sentence(&shape), "Not compared: fewer than two groups");
        let words = Words::default();
        assert_eq!(Between::all(&shape, &words, "place").len(), 0);
        assert!(Between::of(&shape, &words, "place", "quality").unwrap().undefined().is_some());
    }
}
