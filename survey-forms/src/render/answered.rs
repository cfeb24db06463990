//! Stored answers with their questions, in the words that the customer read.
//!
//! Called by `own_data`, and by the service for the file that customers take along.

use super::thanks::{Given, one, words};
use crate::answer::{Answer, AnswerSheet, Words};
use crate::form::Ask;
use crate::instrument::Instrument;
use crate::language::Language;

/// Which questions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// All that the form asks, open ones too.
    Form(Ask),
    /// Only those that were shown.
    Shown,
}

/// An answer with its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerInWords<'a> {
    /// The key of the item.
    pub key: &'a str,
    /// The question.
    pub question: &'a str,
    /// The answer.
    pub answer: Answer,
    /// Its words; `None` when it was left open.
    pub words: Option<&'a str>,
}

/// The answers of a sheet in words, in packed order; what was answered is always listed.
pub fn answers_in_words<'a>(
    instrument: &'a Instrument,
    listed: Listed,
    language: Language,
    sheet: &AnswerSheet,
) -> Vec<AnswerInWords<'a>> {
    let asked = match listed {
        Listed::Form(ask) => instrument.asked(&ask),
        Listed::Shown => Vec::new(),
    };
    let all = instrument.items().iter().enumerate().map(|(place, item)| {
        let answer = sheet.get(place).unwrap_or(Answer::NotShown);
        let is_asked = asked.get(place).copied().unwrap_or(false);
        let words = words(item, language, answer);
        (is_asked, AnswerInWords { key: &item.key, question: item.text(language), answer, words })
    });
    all.filter(|(is_asked, one)| *is_asked || one.answer != Answer::NotShown).map(|(_, one)| one).collect()
}

/// The same for a page, with what was written at the end, where it was asked for or given.
pub(super) fn given_to(
    instrument: &Instrument,
    listed: Listed,
    language: Language,
    sheet: &AnswerSheet,
    written: &Words,
) -> Vec<Given> {
    let mut all: Vec<Given> = answers_in_words(instrument, listed, language, sheet)
        .into_iter()
        .map(|answer| one(answer.question, answer.words, language))
        .collect();
    for question in instrument.questions().iter().filter(|question| question.items.is_empty()) {
        let words = written.get(&question.key);
        let is_asked = matches!(listed, Listed::Form(ask) if question.asked_in(ask.length));
        if is_asked || words.is_some() {
            all.push(one(question.text(language), words, language).in_own_words());
        }
    }
    let comment = written.get(Words::COMMENT);
    let is_asked = matches!(listed, Listed::Form(ask) if instrument.asks_comment(ask.length));
    if (is_asked || comment.is_some())
        && let Some(question) = instrument.comment_text(language)
    {
        all.push(one(question, comment, language).in_own_words());
    }
    all
}
