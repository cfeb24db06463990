//! One question of a form page: its legend, its answers as radios, what is wrong with it.

use serde::Serialize;

use crate::answer::{Answer, EMPTY_VALUE};
use crate::instrument::{Item, Scale};
use crate::language::Language;

/// How the points of a scale stand on a wide screen; on a narrow one they are always a list.
///
/// One scale stands the same way in all languages, so that answers stay comparable.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Beside each other, each with its words.
    Columns,
    /// Below each other, because there are too many or too long words for columns.
    List,
    /// Beside each other, numbers only, with the words of the ends below.
    Numbers,
}

impl Shape {
    fn of(scale: &Scale) -> Shape {
        let longest = scale.labels.0.iter().flat_map(|(_, labels)| labels).flat_map(|l| l.split_whitespace());
        let longest = longest.map(|word| word.chars().count()).max().unwrap_or(0);
        match (scale.points(), longest) {
            (0..=5, 0..=11) | (6..=7, 0..=8) => Shape::Columns,
            (0..=7, _) => Shape::List,
            _ => Shape::Numbers,
        }
    }

    /// Its style class.
    fn class(self) -> Option<&'static str> {
        match self {
            Shape::Columns => None,
            Shape::List => Some("list"),
            Shape::Numbers => Some("long"),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Question {
    pub(super) key: String,
    pub(super) text: String,
    /// Level of the heading that the legend holds, if it holds one.
    level: Option<u8>,
    long: bool,
    /// Style class of the scale.
    shape: Option<&'static str>,
    /// How many points the scale has; the columns are known by it before the last of them has arrived.
    points: u8,
    bad: bool,
    message: Option<String>,
    options: Vec<Choice>,
    empty: Choice,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    number: Option<String>,
    words: Option<String>,
    checked: bool,
}

/// How the words of a question stand on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The question is the heading of the page.
    Page,
    /// The question is the heading of the page's only part.
    Part,
    /// One of several questions under a heading.
    Plain,
}

/// What is said beside a question.
pub(super) enum Beside {
    Nothing,
    LeftOpen(String),
    Wrong(String),
}

impl Question {
    pub(super) fn new(
        item: &Item,
        language: Language,
        standing: Standing,
        given: Option<Answer>,
        beside: Beside,
    ) -> Self {
        let labels = item.labels(language);
        let shape = Shape::of(&item.scale);
        let long = shape == Shape::Numbers;
        let choice = |(code, label): (u8, &String)| {
            let (number, words) = if long { split_label(code, label) } else { (None, Some(label.as_str())) };
            Choice {
                value: code.to_string(),
                number,
                words: words.map(str::to_owned),
                checked: given == Some(Answer::Choice(code)),
            }
        };
        let (bad, message) = match beside {
            Beside::Nothing => (false, None),
            Beside::LeftOpen(words) => (false, Some(words)),
            Beside::Wrong(words) => (true, Some(words)),
        };
        Question {
            key: item.key.clone(),
            text: item.text(language).to_owned(),
            level: match standing {
                Standing::Page => Some(1),
                Standing::Part => Some(2),
                Standing::Plain => None,
            },
            long,
            shape: shape.class(),
            points: item.scale.points(),
            bad,
            message,
            options: (item.scale.min..=item.scale.max).zip(labels).map(choice).collect(),
            empty: Choice {
                value: EMPTY_VALUE.to_owned(),
                number: None,
                words: Some(item.empty_label(language).to_owned()),
                checked: matches!(given, Some(Answer::NotApplicable | Answer::DontKnow)),
            },
        }
    }

    /// The address of its first answer on the page.
    pub(super) fn href(&self) -> String {
        let value = self.options.first().map_or(EMPTY_VALUE, |choice| choice.value.as_str());
        format!("#{}-{value}", self.key)
    }
}

/// The number and the words of a label such as "0 – not at all likely"; any other label is all words.
fn split_label(code: u8, label: &str) -> (Option<String>, Option<&str>) {
    let number = code.to_string();
    match label.strip_prefix(number.as_str()) {
        Some("") => (Some(number), None),
        Some(rest) if rest.starts_with([' ', '–', '-', ':']) => {
            (Some(number), Some(rest.trim_start_matches([' ', '–', '-', ':'])))
        }
        _ => (None, Some(label)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_of_long_scales_stand_apart() {
        assert_eq!(split_label(0, "0 – not at all"), (Some("0".into()), Some("not at all")));
        assert_eq!(split_label(4, "4"), (Some("4".into()), None));
        assert_eq!(split_label(1, "10 points"), (None, Some("10 points")));
        assert_eq!(split_label(3, "middling"), (None, Some("middling")));
    }
}
