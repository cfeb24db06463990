//! A question that is answered in words or by a number: its label, its box, what is wrong with it.

use serde::Serialize;

use super::form_page::FormPage;
use super::parts::Says;
use crate::answer::{MOST_COMMENT_CHARS, MOST_LINE_CHARS, Words};
use crate::instrument::{Question, QuestionKind};
use crate::language::catalogue::Arg;

/// A box with its label.
#[derive(Serialize)]
pub(super) struct WordsBox {
    /// Name and id of the box.
    pub(super) name: String,
    pub(super) text: String,
    hint: Option<String>,
    value: String,
    /// Whether it has several lines.
    is_tall: bool,
    /// Whether a number is wanted.
    is_number: bool,
    message: Option<String>,
}

impl FormPage<'_> {
    /// The box of the comment.
    pub(super) fn comment(&self) -> Option<WordsBox> {
        let text = self.instrument.comment_text(self.language).filter(|_| self.plan.comment)?;
        let hint = self.names_no_one(MOST_COMMENT_CHARS);
        Some(self.words_box(Words::COMMENT, text, Some(hint), QuestionKind::LongText))
    }

    /// The box of a question of a section; `None` for one that has options. What must not be written is said once a
    /// page.
    pub(super) fn words_of(&self, question: &Question) -> Option<WordsBox> {
        let is_text = |kind: QuestionKind| matches!(kind, QuestionKind::ShortText | QuestionKind::LongText);
        let mut asked = self.plan.questions().filter_map(|place| self.instrument.questions().get(place));
        let is_first = asked.find(|one| is_text(one.kind)).is_some_and(|first| first.key == question.key);
        let hint = match question.kind {
            QuestionKind::Number { min, max } => {
                Some(Says(self.language).with("number-hint", &[("min", min.into()), ("max", max.into())]))
            }
            QuestionKind::ShortText => is_first.then(|| self.names_no_one(MOST_LINE_CHARS)),
            QuestionKind::LongText => is_first.then(|| self.names_no_one(MOST_COMMENT_CHARS)),
            _ => return None,
        };
        Some(self.words_box(&question.key, question.text(self.language), hint, question.kind))
    }

    fn names_no_one(&self, limit: usize) -> String {
        Says(self.language).with("comment-hint", &[("limit", Arg::from(limit))])
    }

    fn words_box(&self, name: &str, text: &str, hint: Option<String>, kind: QuestionKind) -> WordsBox {
        let given = self.given.and_then(|given| given.words.get(name));
        let typed = self.raw_words.and_then(|raw| raw.get(name));
        WordsBox {
            name: name.to_owned(),
            text: text.to_owned(),
            hint,
            value: typed.or(given).unwrap_or_default().to_owned(),
            is_tall: kind == QuestionKind::LongText,
            is_number: matches!(kind, QuestionKind::Number { .. }),
            message: self.problem_of(name).map(|problem| self.problem_words(problem.kind)),
        }
    }
}

impl WordsBox {
    /// The address of the box on the page.
    pub(super) fn href(&self) -> String {
        format!("#{}", self.name)
    }
}
