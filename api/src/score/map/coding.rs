//! How the text of one field becomes an answer: the scale and the texts of the four empty states.

use std::fmt::Write as _;

use scoring::{Code, Scale};

use super::source::{Section, Source};

/// Keys that describe a scale, in a `[scale]` table and in an own scale alike.
pub(super) const SCALE_KEYS: [&str; 6] =
    ["min", "max", "missing", "not_applicable", "dont_know", "not_shown"];

/// The empty states in the order of their keys: the key, its code, its words.
const STATES: [(&str, Code, &str); 4] = [
    ("missing", Code::SKIPPED, "skipped"),
    ("not_applicable", Code::NOT_APPLICABLE, "not applicable"),
    ("dont_know", Code::DONT_KNOW, "don't know"),
    ("not_shown", Code::NOT_SHOWN, "not shown"),
];

/// A scale and the texts that stand for no answer on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// Lowest and highest code.
    pub scale: Scale,
    /// Texts by empty state: skipped, not applicable, don't know, not shown.
    states: [Vec<String>; 4],
}

impl Coding {
    /// A scale on which only an empty field means *skipped*.
    pub fn plain(scale: Scale) -> Self {
        Self { scale, states: [vec![String::new()], vec![], vec![], vec![]] }
    }

    /// The answer that a field holds, or `None` when its text is neither on the scale nor an empty state.
    ///
    /// Blanks around the text do not count, and `4.0` is read as `4`, since spreadsheets write it so.
    pub fn read(&self, field: &str) -> Option<Code> {
        let text = field.trim();
        let state = STATES.iter().zip(&self.states).find(|(_, texts)| texts.iter().any(|t| t == text));
        if let Some(((_, code, _), _)) = state {
            return Some(*code);
        }
        Code::answer(whole(text)?, self.scale)
    }

    /// What a field may hold, in words.
    pub fn accepted(&self) -> String {
        let mut words = format!("{} to {}", self.scale.min, self.scale.max);
        for ((_, _, name), texts) in STATES.iter().zip(&self.states) {
            if !texts.is_empty() {
                let list: Vec<&str> = texts.iter().map(|t| if t.is_empty() { "empty" } else { t }).collect();
                let _ = write!(words, ", {} = {name}", list.join(" or "));
            }
        }
        words
    }

    /// Reads a scale table; `inherited` gives what it does not name, `fixed` a scale that may not be changed.
    ///
    /// A list that the table names itself may not hold a code of its scale; an inherited list loses such codes,
    /// so that a 6 that means "not applicable" on 1 to 5 is an answer on 0 to 10.
    pub(super) fn from_section(
        source: &mut Source<'_>,
        section: &Section<'_>,
        inherited: Option<&Coding>,
        fixed: Option<Scale>,
    ) -> Option<Self> {
        let scale = match fixed {
            Some(scale) => fixed_scale(source, section, scale),
            None => own_scale(source, section, inherited.map(|coding| coding.scale)),
        }?;
        let named = STATES.map(|(key, _, _)| own_list(source, section, key, scale));
        note_twice(source, section, &named);
        let base = inherited.cloned().unwrap_or_else(|| Self::plain(scale)).for_scale(scale);
        let own: Vec<String> = named.iter().flatten().flatten().cloned().collect();
        let mut states = base.states;
        for (state, list) in states.iter_mut().zip(named) {
            match list {
                Some(list) => *state = list,
                None => state.retain(|text| !own.contains(text)),
            }
        }
        Some(Self { scale, states })
    }

    /// The same empty states beside another scale, without those texts that are codes on it.
    pub(super) fn for_scale(mut self, scale: Scale) -> Self {
        for list in &mut self.states {
            list.retain(|text| whole(text).is_none_or(|raw| Code::answer(raw, scale).is_none()));
        }
        Self { scale, ..self }
    }
}

/// A whole number as files write it: digits, or digits with a zero fraction.
fn whole(text: &str) -> Option<u8> {
    let digits = text.split_once('.').map_or(text, |(whole, fraction)| {
        if !fraction.is_empty() && fraction.bytes().all(|b| b == b'0') { whole } else { "" }
    });
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn own_scale(source: &mut Source<'_>, section: &Section<'_>, inherited: Option<Scale>) -> Option<Scale> {
    let mut end = |key: &str, default: Option<u8>| match section.get(source, key) {
        Some(entry) => entry.small(source),
        None if default.is_some() => default,
        None => {
            section.missing(source, key);
            None
        }
    };
    let min = end("min", inherited.map(|scale| scale.min));
    let max = end("max", inherited.map(|scale| scale.max));
    let (min, max) = (min?, max?);
    Scale::new(min, max)
        .map_err(|_| {
            let message = format!("{min} to {max} is no scale: it needs 2 to 11 codes between 0 and 10");
            source.problem(section.line, section.key.clone(), message);
        })
        .ok()
}

fn fixed_scale(source: &mut Source<'_>, section: &Section<'_>, scale: Scale) -> Option<Scale> {
    for (key, fixed) in [("min", scale.min), ("max", scale.max)] {
        let Some(entry) = section.get(source, key) else { continue };
        if entry.small(source)? != fixed {
            let message = format!("is always {fixed} here: the scale is {} to {}", scale.min, scale.max);
            source.problem(entry.line, entry.key, message);
            return None;
        }
    }
    Some(scale)
}

fn own_list(source: &mut Source<'_>, section: &Section<'_>, key: &str, scale: Scale) -> Option<Vec<String>> {
    let entry = section.get(source, key)?;
    let texts = entry.texts(source)?;
    for (text, line) in &texts {
        if whole(text).is_some_and(|raw| Code::answer(raw, scale).is_some()) {
            let message = format!("\"{text}\" is a code of the scale {} to {}", scale.min, scale.max);
            source.problem(*line, entry.key.clone(), message);
        }
    }
    Some(texts.into_iter().map(|(text, _)| text).collect())
}

/// Notes a text that stands for two empty states at once.
fn note_twice(source: &mut Source<'_>, section: &Section<'_>, named: &[Option<Vec<String>>; 4]) {
    let mut seen: Vec<&String> = Vec::new();
    for ((key, _, _), list) in STATES.iter().zip(named) {
        for text in list.iter().flatten() {
            if seen.contains(&text) {
                source.problem(section.line, section.child(key), format!("\"{text}\" is listed twice"));
            }
            seen.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding() -> Coding {
        let list = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let states = [list(&["", "0"]), list(&["6"]), vec![], list(&["x"])];
        Coding { scale: Scale::new(1, 5).unwrap(), states }
    }

    #[test]
    fn the_four_states_and_the_scale_are_kept_apart() {
        let coding = coding();
        assert_eq!(coding.read("4"), Code::answer(4, coding.scale));
        assert_eq!(coding.read(" 4.0 "), Code::answer(4, coding.scale));
        assert_eq!(coding.read(""), Some(Code::SKIPPED));
        assert_eq!(coding.read("0"), Some(Code::SKIPPED));
        assert_eq!(coding.read("6"), Some(Code::NOT_APPLICABLE));
        assert_eq!(coding.read("x"), Some(Code::NOT_SHOWN));
        for wrong in ["7", "3.5", "-1", "+3", "four", "1e0", "."] {
            assert_eq!(coding.read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn accepted_values_are_named_in_words() {
        assert_eq!(coding().accepted(), "1 to 5, empty or 0 = skipped, 6 = not applicable, x = not shown");
    }

    #[test]
    fn an_inherited_list_loses_codes_that_the_other_scale_answers_with() {
        let wide = coding().for_scale(Scale::new(0, 10).unwrap());
        assert_eq!(wide.read("6"), Code::answer(6, wide.scale));
        assert_eq!(wide.read("0"), Code::answer(0, wide.scale));
        assert_eq!(wide.read(""), Some(Code::SKIPPED));
    }
}
