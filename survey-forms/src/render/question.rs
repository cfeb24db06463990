//! One question of a form page as a set of answers: its legend, radios, boxes or places, what is wrong with it.
//!
//! Questions of sections are made in `options`, those that are answered in words in `words_box`.

use serde::Serialize;

use crate::answer::{Answer, EMPTY_VALUE};
use crate::instrument::{Item, ItemKind, Scale};
use crate::language::Language;

/// How the points of a scale stand on a wide screen; on a narrow one they are always a list.
///
/// One scale stands the same way in all languages, so that answers stay comparable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Beside each other, each with its words.
    Columns,
    /// Below each other, because there are too many or too long words for columns.
    List,
    /// Beside each other, numbers only, with the words of the ends below.
    Numbers,
}

impl Shape {
    fn of(kind: ItemKind, scale: &Scale) -> Shape {
        if kind == ItemKind::Single {
            return Shape::List;
        }
        let longest = scale.labels.0.iter().flat_map(|(_, labels)| labels).flat_map(|l| l.split_whitespace());
        let longest = longest.map(|word| word.chars().count()).max().unwrap_or(0);
        match (scale.points(), longest) {
            (0..=5, 0..=11) | (6..=7, 0..=8) => Shape::Columns,
            (0..=7, _) => Shape::List,
            _ => Shape::Numbers,
        }
    }

    /// Its style class.
    pub(super) fn class(self) -> Option<&'static str> {
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
    pub(super) level: Option<u8>,
    pub(super) long: bool,
    /// Style class of the scale.
    pub(super) shape: Option<&'static str>,
    /// How many points the scale has; the columns are known by it before the last of them has arrived.
    pub(super) points: u8,
    pub(super) bad: bool,
    /// What is said under it to everybody.
    pub(super) hint: Option<String>,
    pub(super) message: Option<String>,
    pub(super) options: Vec<Choice>,
    /// The lines of a ranking; none for any other kind.
    pub(super) ranks: Vec<Line>,
    pub(super) empty: Option<Choice>,
}

/// One option of a ranking with the places that it can have.
#[derive(Serialize)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) words: String,
    pub(super) places: Vec<Choice>,
}

#[derive(Serialize)]
pub(super) struct Choice {
    pub(super) name: String,
    /// Whether it can be chosen together with others.
    pub(super) is_box: bool,
    /// Whether it is set apart, because it says that none of the others fits.
    pub(super) apart: bool,
    pub(super) value: String,
    pub(super) number: Option<String>,
    pub(super) words: Option<String>,
    pub(super) checked: bool,
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
        let shape = Shape::of(item.kind, &item.scale);
        let long = shape == Shape::Numbers;
        let choice = |(code, label): (u8, &String)| {
            let (number, words) = if long { split_label(code, label) } else { (None, Some(label.as_str())) };
            Choice {
                name: item.key.clone(),
                is_box: false,
                apart: false,
                value: code.to_string(),
                number,
                words: words.map(str::to_owned),
                checked: given == Some(Answer::Choice(code)),
            }
        };
        let mut options: Vec<Choice> = (item.scale.min..=item.scale.max).zip(labels).map(choice).collect();
        if item.kind == ItemKind::YesNo {
            // Yes is read first.
            options.reverse();
        }
        let empty = item.empty_label(language).map(|label| Choice {
            name: item.key.clone(),
            is_box: false,
            apart: false,
            value: EMPTY_VALUE.to_owned(),
            number: None,
            words: Some(label.to_owned()),
            checked: matches!(given, Some(Answer::NotApplicable | Answer::DontKnow)),
        });
        let question = Question {
            long,
            shape: shape.class(),
            points: item.scale.points(),
            options,
            empty,
            ..Question::bare(&item.key, item.text(language), standing)
        };
        question.saying(beside)
    }

    /// A question without any answers.
    pub(super) fn bare(key: &str, text: &str, standing: Standing) -> Self {
        Question {
            key: key.to_owned(),
            text: text.to_owned(),
            level: match standing {
                Standing::Page => Some(1),
                Standing::Part => Some(2),
                Standing::Plain => None,
            },
            long: false,
            shape: None,
            points: 0,
            bad: false,
            hint: None,
            message: None,
            options: Vec::new(),
            ranks: Vec::new(),
            empty: None,
        }
    }

    pub(super) fn saying(self, beside: Beside) -> Self {
        let (bad, message) = match beside {
            Beside::Nothing => (false, None),
            Beside::LeftOpen(words) => (false, Some(words)),
            Beside::Wrong(words) => (true, Some(words)),
        };
        Question { bad, message, ..self }
    }

    /// The address of its first answer on the page.
    pub(super) fn href(&self) -> String {
        match (self.options.first(), self.ranks.first()) {
            (Some(choice), _) => format!("#{}-{}", choice.name, choice.value),
            (None, Some(line)) => format!("#{}", line.name),
            (None, None) => format!("#{}-{EMPTY_VALUE}", self.key),
        }
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
