//! The pages with questions.

use serde::Serialize;

use super::again::Summary;
use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
use super::question::{Question, Standing};
use super::{RenderError, Renderer};
use crate::answer::{FieldProblem, MOST_COMMENT_CHARS, PageAnswers};
use crate::form::{Length, PagePlan};
use crate::instrument::Instrument;
use crate::language::Language;
use crate::language::catalogue::text;

/// Why a page is shown once more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Notice {
    /// It is shown for the first time.
    #[default]
    None,
    /// Nothing on it was answered.
    LeftOpen,
    /// Something on it could not be taken.
    Problems(Vec<FieldProblem>),
}

/// Everything that one page with questions shows.
#[derive(Debug, Clone)]
pub struct FormPage<'a> {
    /// The questionnaire.
    pub instrument: &'a Instrument,
    /// Which of its forms.
    pub form: u8,
    /// How much of it.
    pub length: Length,
    /// This page.
    pub plan: &'a PagePlan,
    /// How many pages the form has.
    pub page_count: usize,
    /// The language of the page.
    pub language: Language,
    /// All languages that the customer may choose.
    pub languages: &'a [Language],
    /// Who asks.
    pub organisation: Organisation<'a>,
    /// About which order; stands on the page exactly once.
    pub order_number: &'a str,
    /// Answers saved before or just typed; shown as chosen.
    pub given: Option<&'a PageAnswers>,
    /// Why the page is shown once more.
    pub notice: Notice,
    /// Free words as typed, also when they do not fit; else those of `given` are shown.
    pub raw_comment: Option<&'a str>,
    /// Whether the customer comes back to a form begun earlier.
    pub resumed: bool,
    /// Whether answers already sent are being changed.
    pub correcting: bool,
    /// Whether there is a page to go back to.
    pub back_page: bool,
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    switch: Switch,
    #[serde(flatten)]
    foot: Foot,
    submit: String,
    summary: Option<Summary>,
    note: Option<String>,
    intro: Option<Intro>,
    part: String,
    time_left: String,
    heading: Option<String>,
    order_line: Option<String>,
    left_open: bool,
    error_word: String,
    questions: Vec<Question>,
    comment: Option<Comment>,
    back: Option<String>,
}

#[derive(Serialize)]
struct Intro {
    name: String,
    who: String,
    time: String,
    stored: String,
    rights: String,
}

#[derive(Serialize)]
struct Comment {
    text: String,
    hint: String,
    value: String,
    message: Option<String>,
}

impl Renderer {
    /// Shows a page with questions.
    ///
    /// Its form posts to its own address: item keys, `comment`, `go` (`back`), `language` and `left_open`.
    pub fn form_page(&self, page: &FormPage<'_>) -> Result<String, RenderError> {
        self.fill("form", &page.view())
    }
}

impl FormPage<'_> {
    fn view(&self) -> View {
        let says = self.says();
        let questions = self.questions();
        let comment = self.comment();
        let summary = self.summary(&questions);
        let last = self.plan.number >= self.page_count;
        let first = self.plan.number == 1;
        View {
            head: Head::new(self.language, self.title(summary.is_some())),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::new(self.language, &self.organisation),
            submit: says.plain(if last { "finish" } else { "continue" }),
            summary,
            note: self.note(),
            intro: first.then(|| self.intro()),
            part: self.part(),
            time_left: says.with("time-left", &[("minutes", self.minutes_left().into())]),
            heading: (!self.is_single()).then(|| self.heading()),
            order_line: (!first).then(|| says.markup("order-line", &[("order", self.order_number.into())])),
            left_open: self.notice == Notice::LeftOpen,
            error_word: says.plain("error-word"),
            questions,
            comment,
            back: self.back_page.then(|| says.plain("back")),
        }
    }

    pub(super) fn says(&self) -> Says {
        Says(self.language)
    }

    /// Whether the page is one question, which then is its heading.
    fn is_single(&self) -> bool {
        self.plan.items.len() == 1 && !self.plan.comment
    }

    fn heading(&self) -> String {
        let block = self.plan.block.and_then(|block| self.instrument.blocks().get(block));
        block.map_or_else(
            || self.says().plain("closing-heading"),
            |block| block.name(self.language).to_owned(),
        )
    }

    fn part(&self) -> String {
        let args = [("number", self.plan.number.into()), ("total", self.page_count.into())];
        self.says().with("part", &args)
    }

    fn title(&self, again: bool) -> String {
        let says = self.says();
        let title = says.title(&format!("{} – {}", self.heading(), self.part()), self.organisation.name);
        if again { text(self.language, "title-error", &[("title", title.as_str().into())]) } else { title }
    }

    /// Whole minutes from this page to the end; 0 is less than one.
    fn minutes_left(&self) -> u32 {
        let pages = self.instrument.pages(self.form, self.length);
        let left = pages.iter().filter(|page| page.number >= self.plan.number);
        left.map(PagePlan::seconds).sum::<u32>().saturating_add(15) / 60
    }

    fn note(&self) -> Option<String> {
        let key = match (self.correcting, self.resumed) {
            (true, _) => "correcting",
            (false, true) => "resumed",
            (false, false) => return None,
        };
        Some(self.says().plain(key))
    }

    fn intro(&self) -> Intro {
        let says = self.says();
        let name = one_line(self.organisation.name);
        let months = self.organisation.retention_months;
        let who = [("organisation", name.as_str().into()), ("order", self.order_number.into())];
        Intro {
            name: self.instrument.name(self.language).to_owned(),
            who: says.markup("intro-who", &who),
            time: says.with("intro-time", &[("minutes", self.minutes_left().max(1).into())]),
            stored: says.with("intro-stored", &[("months", months.into())]),
            rights: says.plain("intro-rights"),
        }
    }

    fn questions(&self) -> Vec<Question> {
        let standing = match (self.is_single(), self.plan.number) {
            (true, 1) => Standing::Part,
            (true, _) => Standing::Page,
            (false, _) => Standing::Plain,
        };
        let question = |place: &usize| {
            let item = self.instrument.items().get(*place)?;
            let given = self.given.and_then(|given| given.get(*place));
            Some(Question::new(item, self.language, standing, given, self.beside(item)))
        };
        self.plan.items.iter().filter_map(question).collect()
    }

    fn comment(&self) -> Option<Comment> {
        let text = self.instrument.comment_text(self.language).filter(|_| self.plan.comment)?;
        let given = self.given.and_then(|given| given.comment.as_deref());
        Some(Comment {
            text: text.to_owned(),
            hint: self.says().with("comment-hint", &[("limit", MOST_COMMENT_CHARS.into())]),
            value: self.raw_comment.or(given).unwrap_or_default().to_owned(),
            message: self.problem_of("comment").map(|problem| self.problem_words(problem.kind)),
        })
    }
}
