//! The pages with questions.

use serde::Serialize;

use super::again::Summary;
use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
use super::preview::{Banner, Preview};
use super::question::{Question, Standing};
use super::words_box::WordsBox;
use super::{RenderError, Renderer};
use crate::answer::{FieldProblem, PageAnswers, Words};
use crate::form::{Group, PagePlan};
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
    /// Too many people begin at this moment; nothing of it was taken.
    Later,
    /// It was open for too long and is a new page now; nothing of it was taken.
    SendAgain,
}

/// Where a page is posted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Action<'a> {
    /// To its own address.
    #[default]
    Own,
    /// To another address.
    Post(&'a str),
    /// Nowhere: the page is a file, and these are the files after and before it.
    Files(&'a str, &'a str),
}

/// Everything that one page with questions shows.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own; together they are not a state")]
pub struct FormPage<'a> {
    /// The questionnaire.
    pub instrument: &'a Instrument,
    /// All pages of the form that are shown, or that may be shown after what is answered from this page on.
    pub pages: &'a [PagePlan],
    /// This page.
    pub plan: &'a PagePlan,
    /// The language of the page.
    pub language: Language,
    /// All languages that the customer may choose.
    pub languages: &'a [Language],
    /// Who asks.
    pub organisation: Organisation<'a>,
    /// About which order; stands on the page exactly once. Empty when it asks about none.
    pub order_number: &'a str,
    /// Answers saved before or just typed; shown as chosen.
    pub given: Option<&'a PageAnswers>,
    /// Why the page is shown once more.
    pub notice: Notice,
    /// Words, numbers and ranks as typed, also when they could not be taken; else those of `given` are shown.
    pub raw_words: Option<&'a Words>,
    /// Whether the customer comes back to a form begun earlier.
    pub resumed: bool,
    /// Whether the given answer was chosen in the mail and is sent only by the button.
    pub suggested: bool,
    /// Whether answers already sent are being changed.
    pub correcting: bool,
    /// Whether there is a page to go back to.
    pub back_page: bool,
    /// Where its form is posted to.
    pub action: Action<'a>,
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
    method: &'static str,
    action: Option<String>,
    back_action: Option<String>,
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
    groups: Vec<Asked>,
    comment: Option<WordsBox>,
    back: Option<String>,
}

/// Questions under a heading.
#[derive(Serialize)]
struct Asked {
    /// Heading of a further group; that of the first is the page's.
    heading: Option<String>,
    questions: Vec<Shown>,
}

/// A question: as a set of answers or as a box for words, one of both.
#[derive(Serialize)]
pub(super) struct Shown {
    set: Option<Question>,
    words: Option<WordsBox>,
    /// Names of its fields.
    #[serde(skip)]
    pub(super) fields: Vec<String>,
}

impl Shown {
    pub(super) fn text(&self) -> &str {
        let set = self.set.as_ref().map(|set| set.text.as_str());
        set.or(self.words.as_ref().map(|words| words.text.as_str())).unwrap_or_default()
    }

    /// The address of its first field on the page.
    pub(super) fn href(&self) -> String {
        let set = self.set.as_ref().map(Question::href);
        set.or_else(|| self.words.as_ref().map(WordsBox::href)).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Intro {
    name: String,
    who: String,
    time: String,
    stored: String,
    rights: String,
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
        let groups = self.groups();
        let comment = self.comment();
        let questions: Vec<&Shown> = groups.iter().flat_map(|group| &group.questions).collect();
        let summary = self.summary(&questions);
        let last = self.pages.iter().all(|page| page.number <= self.plan.number);
        let first = self.plan.number == 1;
        View {
            head: Head::new(self.language, self.title(summary.is_some())).coloured(self.organisation.accent),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::about(self.language, &self.organisation, self.order_number)
                .of_customer(self.action == Action::Own && self.preview.is_none()),
            preview: self.preview.map(|preview| Banner::new(self.language, preview)),
            method: if matches!(self.action, Action::Files(..)) { "get" } else { "post" },
            action: match self.action {
                Action::Own => None,
                Action::Post(address) | Action::Files(address, _) => Some(address.to_owned()),
            },
            back_action: match self.action {
                Action::Files(_, back) => Some(back.to_owned()),
                Action::Own | Action::Post(_) => None,
            },
            submit: says.plain(if last { "finish" } else { "continue" }),
            summary,
            note: self.note(),
            intro: first.then(|| self.intro()),
            part: self.part(),
            time_left: says.with("time-left", &[("minutes", self.minutes_left().into())]),
            heading: (!self.is_single()).then(|| self.heading()),
            order_line: (!first && !self.order_number.is_empty())
                .then(|| says.markup("order-line", &[("order", self.order_number.into())])),
            left_open: self.notice == Notice::LeftOpen,
            error_word: says.plain("error-word"),
            groups,
            comment,
            back: self.back_page.then(|| says.plain("back")),
        }
    }

    pub(super) fn says(&self) -> Says {
        Says(self.language)
    }

    /// The key of a text that speaks of the order, or of the one without.
    fn about(&self, with_order: &'static str, without: &'static str) -> &'static str {
        if self.order_number.is_empty() { without } else { with_order }
    }

    /// Whether the page is one question, which then is its heading.
    fn is_single(&self) -> bool {
        let mut asked = self.plan.questions().filter_map(|place| self.instrument.questions().get(place));
        self.plan.question_count() == 1
            && !self.plan.comment
            && asked.all(|question| !question.kind.is_words())
    }

    fn heading(&self) -> String {
        self.heading_of(self.plan.groups.first())
    }

    fn heading_of(&self, group: Option<&Group>) -> String {
        let block = group.and_then(|group| self.instrument.blocks().get(group.block?));
        let section = group.and_then(|group| self.instrument.sections().get(group.section?));
        let name = block.map(|block| block.name(self.language));
        name.or(section.map(|section| section.name(self.language))).map_or_else(
            || self.says().plain(self.about("closing-heading", "closing-open-heading")),
            str::to_owned,
        )
    }

    /// Where the customer is; how many parts there are is said only when nothing can change it any more.
    fn part(&self) -> String {
        let number = self.pages.iter().filter(|page| page.number <= self.plan.number).count().max(1);
        let later = |page: &&PagePlan| page.number > self.plan.number;
        if self.pages.iter().filter(later).any(|page| self.plan.leaves_open(page, self.pages)) {
            return self.says().with("part-open", &[("number", number.into())]);
        }
        let args = [("number", number.into()), ("total", self.pages.len().into())];
        self.says().with("part", &args)
    }

    fn title(&self, again: bool) -> String {
        let says = self.says();
        let title = says.title(&format!("{} – {}", self.heading(), self.part()), self.organisation.name);
        if again { text(self.language, "title-error", &[("title", title.as_str().into())]) } else { title }
    }

    /// Whole minutes from this page to the end; 0 is less than one.
    fn minutes_left(&self) -> u32 {
        let left = self.pages.iter().filter(|page| page.number >= self.plan.number);
        left.map(PagePlan::seconds).sum::<u32>().saturating_add(15) / 60
    }

    fn note(&self) -> Option<String> {
        let key = match (self.correcting, self.resumed, self.suggested) {
            (true, ..) => "correcting",
            (false, true, _) => "resumed",
            (false, false, true) => "suggested",
            (false, false, false) => return None,
        };
        Some(self.says().plain(key))
    }

    fn intro(&self) -> Intro {
        let says = self.says();
        let name = one_line(self.organisation.name);
        let months = self.organisation.retention_months;
        let who: &[_] = match self.order_number {
            "" => &[("organisation", name.as_str().into())],
            order => &[("organisation", name.as_str().into()), ("order", order.into())],
        };
        Intro {
            name: self.instrument.name(self.language).to_owned(),
            who: says.markup(self.about("intro-who", "intro-who-open"), who),
            time: says.with("intro-time", &[("minutes", self.minutes_left().max(1).into())]),
            stored: says.with(self.about("intro-stored", "intro-stored-open"), &[("months", months.into())]),
            rights: says.plain(self.about("intro-rights", "intro-rights-open")),
        }
    }

    fn groups(&self) -> Vec<Asked> {
        let group = |(place, group): (usize, &Group)| Asked {
            heading: (place > 0).then(|| self.heading_of(Some(group))),
            questions: match group.section {
                Some(_) => self.section_questions(group),
                None => self.questions(&group.items),
            },
        };
        self.plan.groups.iter().enumerate().map(group).collect()
    }

    fn standing(&self) -> Standing {
        match (self.is_single(), self.plan.number) {
            (true, 1) => Standing::Part,
            (true, _) => Standing::Page,
            (false, _) => Standing::Plain,
        }
    }

    fn section_questions(&self, group: &Group) -> Vec<Shown> {
        let shown = |place: &usize| {
            let question = self.instrument.questions().get(*place)?;
            let items = self.instrument.items_of(question).iter().map(|item| item.key.clone());
            let fields: Vec<String> = items.chain([question.key.clone()]).collect();
            let (given, beside) = ((self.given, self.raw_words), self.beside(&fields));
            let asked = (self.instrument, question);
            let set = Question::of_section(asked, self.language, self.standing(), given, beside);
            Some(Shown { set, words: self.words_of(question), fields })
        };
        group.questions.iter().filter_map(shown).collect()
    }

    fn questions(&self, items: &[usize]) -> Vec<Shown> {
        let standing = self.standing();
        let question = |place: &usize| {
            let item = self.instrument.items().get(*place)?;
            let given = self.given.and_then(|given| given.get(*place));
            let fields = vec![item.key.clone()];
            let set = Question::new(item, self.language, standing, given, self.beside(&fields));
            Some(Shown { set: Some(set), words: None, fields })
        };
        items.iter().filter_map(question).collect()
    }
}
