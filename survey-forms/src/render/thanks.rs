//! The page after the last one: thanks, what happens now, help after a low judgement, a way to a person, what came of
//! earlier answers, and the answers as given.

use serde::Serialize;

use super::parts::{Foot, Head, Organisation, Says, Switch, is_web_address};
use super::preview::{Banner, Preview};
use super::{RenderError, Renderer};
use crate::answer::{Answer, AnswerSheet, Words};
use crate::form::PagePlan;
use crate::instrument::{Instrument, Item, Question, QuestionKind};
use crate::language::Language;
use crate::own_words::paragraphs;

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

/// What an organisation says after the form, in its own words; see [`crate::own_words`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnEnding<'a> {
    /// Its goodbye; empty for none.
    pub closing_words: &'a str,
    /// What came of earlier answers; empty for none.
    pub you_said_we_did: &'a str,
    /// What it offers this customer after a low judgement.
    pub offer: Option<RecoveryOffer<'a>>,
    /// The shop, branch or desk that the words may name.
    pub place: Option<&'a str>,
}

/// Help for a customer who was badly served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryOffer<'a> {
    /// What is offered.
    pub words: &'a str,
    /// A page where help is found; linked when it is a web address.
    pub link: Option<&'a str>,
}

/// Everything that the page after the last one shows.
#[derive(Debug, Clone)]
pub struct Thanks<'a> {
    /// The questionnaire.
    pub instrument: &'a Instrument,
    /// The pages of the form that were shown.
    pub pages: &'a [PagePlan],
    /// The language of the page.
    pub language: Language,
    /// All languages that the customer may choose; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Who asked.
    pub organisation: Organisation<'a>,
    /// About which order; empty when it asked about none.
    pub order_number: &'a str,
    /// The answers.
    pub sheet: &'a AnswerSheet,
    /// The words as they are stored ([`Words::write`]).
    pub comment: Option<&'a str>,
    /// How the customer came here.
    pub status: ThanksStatus,
    /// Whether the answers may still be changed.
    pub may_correct: bool,
    /// The address of the first page for changing them, relative to this page.
    pub correct_href: &'a str,
    /// What the organisation says itself.
    pub own: OwnEnding<'a>,
    /// The banner of a page that is only looked at.
    pub preview: Option<&'a Preview>,
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    switch: Switch,
    #[serde(flatten)]
    foot: Foot,
    preview: Option<Banner>,
    heading: String,
    status: String,
    closing: Vec<String>,
    next: String,
    offer: Option<Offer>,
    help: Option<String>,
    we_did_heading: String,
    we_did: Vec<String>,
    answers_heading: String,
    order_line: Option<String>,
    answers: Vec<Given>,
    change: Option<String>,
    change_href: String,
    keep: String,
}

/// Help, with its ways to a person.
#[derive(Serialize)]
struct Offer {
    heading: String,
    words: Vec<String>,
    href: Option<String>,
    link: String,
    contact: String,
}

impl Offer {
    fn new(offer: RecoveryOffer<'_>, words: Vec<String>, says: Says) -> Self {
        Offer {
            heading: says.plain("thanks-offer-heading"),
            words,
            href: offer.link.filter(|link| is_web_address(link)).map(str::to_owned),
            link: says.plain("thanks-offer-link"),
            contact: says.plain("thanks-offer-contact"),
        }
    }
}

/// A question with the words of its answer.
#[derive(Serialize)]
pub(super) struct Given {
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
        let facts = page.organisation.facts(Some(page.order_number), page.own.place);
        let own = |words: &str| paragraphs(words, page.language, &facts);
        let offer = page.own.offer.map(|offer| Offer::new(offer, own(offer.words), says));
        let words = Words::read(page.comment.unwrap_or_default());
        let mut answers = given(page, &words);
        let asks_comment = page.pages.iter().any(|plan| plan.comment);
        if let (true, Some(question)) = (asks_comment, page.instrument.comment_text(page.language)) {
            answers.push(Given { own: true, ..one(question, words.get(Words::COMMENT), page.language) });
        }
        let view = View {
            head: Head::new(page.language, says.title(&heading, page.organisation.name))
                .coloured(page.organisation.accent),
            switch: Switch::new(page.language, page.languages),
            foot: Foot::about(page.language, &page.organisation, page.order_number)
                .of_customer(page.preview.is_none()),
            preview: page.preview.map(|preview| Banner::new(page.language, preview)),
            heading,
            status: says.plain(status),
            closing: own(page.own.closing_words),
            next: says.plain("thanks-next"),
            help: offer.is_none().then(|| says.plain("thanks-contact")),
            offer,
            we_did_heading: says.plain("thanks-we-did-heading"),
            we_did: own(page.own.you_said_we_did),
            answers_heading: says.plain("thanks-answers"),
            order_line: (!page.order_number.is_empty())
                .then(|| says.markup("order-line", &[("order", page.order_number.into())])),
            answers,
            change: page.may_correct.then(|| says.plain("thanks-change")),
            change_href: page.correct_href.to_owned(),
            keep: says.plain("thanks-keep"),
        };
        self.fill("thanks", &view)
    }
}

/// The asked questions with their answers in words, in the order in which they were shown.
fn given(page: &Thanks<'_>, written: &Words) -> Vec<Given> {
    let answer = |place: &usize| {
        let item = page.instrument.items().get(*place)?;
        let words = words(item, page.language, page.sheet.get(*place).unwrap_or(Answer::NotShown));
        Some(one(item.text(page.language), words, page.language))
    };
    let question = |place: &usize| {
        let question = page.instrument.questions().get(*place)?;
        let words = question_words(page, question, written);
        let own = matches!(question.kind, QuestionKind::ShortText | QuestionKind::LongText);
        Some(Given { own, ..one(question.text(page.language), words.as_deref(), page.language) })
    };
    let mut all = Vec::new();
    for group in page.pages.iter().flat_map(|plan| &plan.groups) {
        match group.section {
            Some(_) => all.extend(group.questions.iter().filter_map(question)),
            None => all.extend(group.items.iter().filter_map(answer)),
        }
    }
    all
}

/// The answer to a question of a section in words, each chosen option on a line; `None` when it was left open.
fn question_words(page: &Thanks<'_>, question: &Question, written: &Words) -> Option<String> {
    let code = |place: usize| match page.sheet.get(place) {
        Some(Answer::Choice(code)) => Some(code),
        _ => None,
    };
    let options = || question.items.clone().zip(&question.options);
    let lines = match question.kind {
        QuestionKind::YesNo | QuestionKind::Single => {
            let item = page.instrument.items_of(question).first()?;
            let answer = page.sheet.get(question.items.start).unwrap_or(Answer::NotShown);
            return words(item, page.language, answer).map(str::to_owned);
        }
        QuestionKind::Multiple => {
            let chosen = options().filter(|(place, _)| code(*place) == Some(1));
            chosen.map(|(_, option)| option.label(page.language).to_owned()).collect::<Vec<_>>()
        }
        QuestionKind::Ranking => {
            let mut ranked: Vec<_> =
                options().filter_map(|(place, option)| Some((code(place)?, option))).collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            ranked.iter().map(|(rank, option)| format!("{rank}. {}", option.label(page.language))).collect()
        }
        QuestionKind::Number { .. } => {
            let number = written.get(&question.key).and_then(|number| number.parse().ok());
            number.map(|number| page.language.number(number)).into_iter().collect()
        }
        QuestionKind::ShortText | QuestionKind::LongText => {
            written.get(&question.key).map(str::to_owned).into_iter().collect()
        }
    };
    Some(lines.join("\n")).filter(|lines| !lines.is_empty())
}

impl Given {
    /// The same for an answer in the customer's own words.
    pub(super) fn in_own_words(self) -> Given {
        Given { own: true, ..self }
    }
}

pub(super) fn one(question: &str, answer: Option<&str>, language: Language) -> Given {
    Given {
        question: question.to_owned(),
        answer: answer.map_or_else(|| Says(language).plain("thanks-open"), str::to_owned),
        open: answer.is_none(),
        own: false,
    }
}

/// The words of an answer; `None` when it was left open.
pub(super) fn words(item: &Item, language: Language, answer: Answer) -> Option<&str> {
    match answer {
        Answer::Choice(code) => item.scale.label(language, code),
        Answer::NotApplicable | Answer::DontKnow => item.empty_label(language),
        Answer::Skipped | Answer::NotShown => None,
    }
}
