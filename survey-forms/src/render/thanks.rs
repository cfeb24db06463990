//! The page after the last one: thanks, the answers as given, and a way to a person.

use serde::Serialize;

use super::parts::{Foot, Head, Organisation, Says, Switch};
use super::{RenderError, Renderer};
use crate::answer::{Answer, AnswerSheet};
use crate::form::Length;
use crate::instrument::{Instrument, Item};
use crate::language::Language;

/// How the customer came to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThanksStatus {
    /// The answers have just been sent.
    JustAnswered,
    /// They were sent earlier.
    AnsweredBefore,
    /// Other answers came after the time for changing them.
    LaterAnswersNotTaken,
}

/// Everything that the page after the last one shows.
#[derive(Debug, Clone)]
pub struct Thanks<'a> {
    /// The questionnaire.
    pub instrument: &'a Instrument,
    /// Which of its forms was answered.
    pub form: u8,
    /// How much of it was asked.
    pub length: Length,
    /// The language of the page.
    pub language: Language,
    /// All languages that the customer may choose; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Who asked.
    pub organisation: Organisation<'a>,
    /// About which order.
    pub order_number: &'a str,
    /// The answers.
    pub sheet: &'a AnswerSheet,
    /// The free words.
    pub comment: Option<&'a str>,
    /// How the customer came here.
    pub status: ThanksStatus,
    /// Whether the answers may still be changed.
    pub may_correct: bool,
    /// The address of the first page for changing them, relative to this page.
    pub correct_href: &'a str,
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    switch: Switch,
    #[serde(flatten)]
    foot: Foot,
    heading: String,
    status: String,
    help: String,
    answers_heading: String,
    order_line: String,
    answers: Vec<Given>,
    change: Option<String>,
    change_href: String,
    keep: String,
}

/// A question with the words of its answer.
#[derive(Serialize)]
struct Given {
    question: String,
    answer: String,
    open: bool,
    /// Whether the answer may be in the customer's own words.
    own: bool,
}

impl Renderer {
    /// Shows the page after the last one.
    pub fn thanks(&self, page: &Thanks<'_>) -> Result<String, RenderError> {
        let says = Says(page.language);
        let heading = says.plain("thanks-heading");
        let status = match page.status {
            ThanksStatus::JustAnswered => "thanks-saved",
            ThanksStatus::AnsweredBefore => "thanks-before",
            ThanksStatus::LaterAnswersNotTaken => "thanks-not-taken",
        };
        let asked = page.instrument.asked(page.form, page.length);
        let mut answers = given(page.instrument, page.language, &asked, page.sheet);
        if let (true, Some(question)) =
            (page.instrument.asks_comment(page.length), page.instrument.comment_text(page.language))
        {
            answers.push(Given { own: true, ..one(question, page.comment, page.language) });
        }
        let view = View {
            head: Head::new(page.language, says.title(&heading, page.organisation.name)),
            switch: Switch::new(page.language, page.languages),
            foot: Foot::new(page.language, &page.organisation),
            heading,
            status: says.plain(status),
            help: says.plain("thanks-contact"),
            answers_heading: says.plain("thanks-answers"),
            order_line: says.markup("order-line", &[("order", page.order_number.into())]),
            answers,
            change: page.may_correct.then(|| says.plain("thanks-change")),
            change_href: page.correct_href.to_owned(),
            keep: says.plain("thanks-keep"),
        };
        self.fill("thanks", &view)
    }
}

/// The asked questions with their answers in words, in packed order.
fn given(instrument: &Instrument, language: Language, asked: &[bool], sheet: &AnswerSheet) -> Vec<Given> {
    let items = instrument.items().iter().zip(asked).enumerate().filter(|(_, (_, asked))| **asked);
    items
        .map(|(place, (item, _))| {
            let words = words(item, language, sheet.get(place).unwrap_or(Answer::NotShown));
            one(item.text(language), words, language)
        })
        .collect()
}

fn one(question: &str, answer: Option<&str>, language: Language) -> Given {
    Given {
        question: question.to_owned(),
        answer: answer.map_or_else(|| Says(language).plain("thanks-open"), str::to_owned),
        open: answer.is_none(),
        own: false,
    }
}

/// The words of an answer; `None` when it was left open.
fn words(item: &Item, language: Language, answer: Answer) -> Option<&str> {
    match answer {
        Answer::Choice(code) => item.scale.label(language, code),
        Answer::NotApplicable | Answer::DontKnow => Some(item.empty_label(language)),
        Answer::Skipped | Answer::NotShown => None,
    }
}
