//! The page on which customers see what is kept about them, and the two pages by which they have it deleted.

use serde::Serialize;

use super::answered::{Listed, given_to};
use super::own_facts::{Day, Fact, Shown};
use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
use super::thanks::Given;
use super::{RenderError, Renderer};
use crate::answer::{AnswerSheet, Words};
use crate::form::Ask;
use crate::instrument::Instrument;
use crate::language::Language;

/// Everything that the page shows.
#[derive(Debug, Clone)]
pub struct OwnData<'a> {
    /// The language of the page.
    pub language: Language,
    /// All languages that the customer may choose; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Who keeps it.
    pub organisation: Organisation<'a>,
    /// The number of the order behind the link.
    pub order_number: &'a str,
    /// What is kept of the order.
    pub order: Vec<Fact<'a>>,
    /// What is kept of the person.
    pub person: Vec<Fact<'a>>,
    /// By what mails to them are allowed; nothing where the order is somebody else's by now.
    pub basis: Vec<Fact<'a>>,
    /// What they were asked about the order.
    pub asked: Vec<OwnQuestionnaire<'a>>,
    /// How many further orders of theirs are kept.
    pub other_orders: usize,
    /// Addresses that this page leads to, relative to it.
    pub ways: OwnWays<'a>,
}

/// Where the page leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnWays<'a> {
    /// The same as a file.
    pub download: &'a str,
    /// The form, for changing answers; nothing when that is over, or nothing is answered.
    pub change: Option<&'a str>,
}

/// One questionnaire that was sent about the order.
#[derive(Debug, Clone)]
pub struct OwnQuestionnaire<'a> {
    /// When it was planned, sent, answered.
    pub facts: Vec<Fact<'a>>,
    /// The answers as they count now; nothing where there is none.
    pub answers: Option<OwnAnswers<'a>>,
    /// What was sent or saved before and differs from them.
    pub earlier: Vec<Earlier<'a>>,
}

/// Answers to a questionnaire.
#[derive(Debug, Clone)]
pub struct OwnAnswers<'a> {
    /// The questionnaire.
    pub instrument: &'a Instrument,
    /// What of it was asked.
    pub ask: Ask,
    /// The answers; of what the form does not ask only those that are there.
    pub sheet: AnswerSheet,
    /// What was written.
    pub words: Words,
}

/// Answers that others have replaced.
#[derive(Debug, Clone)]
pub struct Earlier<'a> {
    /// When they were sent or saved.
    pub on: Day,
    /// The page, where only one page was saved.
    pub page: Option<usize>,
    /// The answers.
    pub answers: OwnAnswers<'a>,
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
    lead: String,
    sections: Vec<Section>,
    asked: Vec<Asked>,
    others: Option<Others>,
    kept_heading: String,
    kept_words: String,
    object: String,
    actions_heading: String,
    download: Way,
    download_hint: String,
    change: Option<Way>,
    erase: String,
    erase_hint: String,
}

#[derive(Serialize)]
struct Section {
    heading: String,
    facts: Vec<Shown>,
}

#[derive(Serialize)]
struct Asked {
    heading: String,
    facts: Vec<Shown>,
    answers_heading: String,
    answers: Vec<Given>,
    none: Option<String>,
    earlier: Vec<Before>,
}

#[derive(Serialize)]
struct Before {
    summary: String,
    answers: Vec<Given>,
}

#[derive(Serialize)]
struct Others {
    heading: String,
    count: String,
    why: String,
}

#[derive(Serialize)]
struct Way {
    href: String,
    words: String,
}

/// What an erasure would take along.
#[derive(Debug, Clone, Copy)]
pub struct ErasePage<'a> {
    /// The language of the page.
    pub language: Language,
    /// Who keeps the data.
    pub organisation: Organisation<'a>,
    /// How many orders.
    pub orders: usize,
    /// How many questionnaires with answers.
    pub answered: usize,
    /// The way back to the page before, relative to this one.
    pub back: &'a str,
}

#[derive(Serialize)]
struct EraseView {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    foot: Foot,
    heading: String,
    texts: Vec<String>,
    gone: Vec<String>,
    remains: String,
    shop: String,
    now: Option<String>,
    back: Option<Way>,
}

impl Renderer {
    /// Shows what is kept about a customer.
    ///
    /// Its form posts to the page's own address: `go` is `erase`.
    pub fn own_data(&self, page: &OwnData<'_>) -> Result<String, RenderError> {
        self.fill("own_data", &page.view())
    }

    /// Asks once more before everything is deleted.
    ///
    /// Its form posts to the page's own address: `go` is `erase-now`.
    pub fn erase_page(&self, page: &ErasePage<'_>) -> Result<String, RenderError> {
        let says = Says(page.language);
        let counted = |key, count: usize| (count > 0).then(|| says.with(key, &[("count", count.into())]));
        let gone = [
            Some(says.plain("erase-person")),
            counted("erase-orders", page.orders),
            counted("erase-answers", page.answered),
        ];
        let view = EraseView {
            texts: vec![says.plain("erase-lead")],
            gone: gone.into_iter().flatten().collect(),
            now: Some(says.plain("erase-now")),
            back: Some(Way { href: page.back.to_owned(), words: says.plain("back") }),
            ..EraseView::new(page.language, &page.organisation, "erase-heading")
        };
        self.fill("erase", &view)
    }

    /// Says that everything is deleted.
    pub fn erased_page(
        &self,
        language: Language,
        organisation: &Organisation<'_>,
    ) -> Result<String, RenderError> {
        let says = Says(language);
        let view = EraseView {
            texts: vec![says.plain("erased-text"), says.plain("erased-copies")],
            ..EraseView::new(language, organisation, "erased-heading")
        };
        self.fill("erase", &view)
    }
}

impl EraseView {
    /// A page with this heading that says what remains, and to whom to write.
    fn new(language: Language, organisation: &Organisation<'_>, heading: &str) -> EraseView {
        let says = Says(language);
        let heading = says.plain(heading);
        EraseView {
            head: Head::new(language, says.title(&heading, organisation.name)).coloured(organisation.accent),
            foot: Foot::brief(language, organisation).without_own_data(),
            heading,
            texts: Vec::new(),
            gone: Vec::new(),
            remains: says.plain("erase-remains"),
            shop: says.plain("erase-shop"),
            now: None,
            back: None,
        }
    }
}

impl OwnData<'_> {
    fn view(&self) -> View {
        let says = Says(self.language);
        let heading = says.plain("own-data-heading");
        let name = one_line(self.organisation.name);
        let lead = [("organisation", name.as_str().into()), ("order", self.order_number.into())];
        let months = [("months", self.organisation.retention_months.into())];
        let way = |key, href: &str| Way { href: href.to_owned(), words: says.plain(key) };
        View {
            head: Head::new(self.language, says.title(&heading, self.organisation.name))
                .coloured(self.organisation.accent),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::about(self.language, &self.organisation, self.order_number).without_own_data(),
            lead: says.markup("own-data-lead", &lead),
            heading,
            sections: self.sections(),
            asked: self.asked.iter().map(|one| one.view(self.language)).collect(),
            others: (self.other_orders > 0).then(|| Others {
                heading: says.plain("own-others-heading"),
                count: says.with("own-others", &[("count", self.other_orders.into())]),
                why: says.plain("own-others-why"),
            }),
            kept_heading: says.plain("own-kept-heading"),
            kept_words: says.with("intro-stored", &months),
            object: says.plain("own-object"),
            actions_heading: says.plain("own-actions-heading"),
            download: way("own-download", self.ways.download),
            download_hint: says.plain("own-download-hint"),
            change: self.ways.change.map(|href| way("thanks-change", href)),
            erase: says.plain("own-erase"),
            erase_hint: says.plain("own-erase-hint"),
        }
    }

    fn sections(&self) -> Vec<Section> {
        let says = Says(self.language);
        let all = [
            ("own-person-heading", &self.person),
            ("own-order-heading", &self.order),
            ("own-basis-heading", &self.basis),
        ];
        let filled = all.into_iter().filter(|(_, facts)| !facts.is_empty());
        filled
            .map(|(key, facts)| Section { heading: says.plain(key), facts: Shown::all(facts, self.language) })
            .collect()
    }
}

impl OwnQuestionnaire<'_> {
    fn view(&self, language: Language) -> Asked {
        let says = Says(language);
        Asked {
            heading: says.plain("own-asked-heading"),
            facts: Shown::all(&self.facts, language),
            answers_heading: says.plain("own-answers-heading"),
            answers: self.answers.as_ref().map(|answers| answers.view(language)).unwrap_or_default(),
            none: self.answers.is_none().then(|| says.plain("own-no-answers")),
            earlier: self.earlier.iter().map(|one| one.view(language)).collect(),
        }
    }
}

impl Earlier<'_> {
    fn view(&self, language: Language) -> Before {
        let (says, date) = (Says(language), self.on.words(language));
        let date = ("date", date.as_str().into());
        match self.page {
            None => {
                Before { summary: says.with("own-earlier", &[date]), answers: self.answers.view(language) }
            }
            Some(page) => Before {
                summary: says.with("own-earlier-page", &[("number", page.into()), date]),
                answers: self.answers.listed(Listed::Shown, language),
            },
        }
    }
}

impl OwnAnswers<'_> {
    fn view(&self, language: Language) -> Vec<Given> {
        self.listed(Listed::Form(self.ask), language)
    }

    fn listed(&self, listed: Listed, language: Language) -> Vec<Given> {
        given_to(self.instrument, listed, language, &self.sheet, &self.words)
    }
}
