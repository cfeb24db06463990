//! What every page keeps to, looked at from outside: in all languages, forms and lengths.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod directions;
mod endings;
mod every;
mod form;
mod kinds;
mod own;
mod own_data;
mod unsubscribe;

use std::sync::LazyLock;

use survey_forms::answer::AnswerSheet;
use survey_forms::form::{Length, PagePlan};
use survey_forms::instrument::{Instrument, shipped_source};
use survey_forms::language::Language;
use survey_forms::render::{Action, FormPage, Notice, Organisation, OwnEnding, Thanks, ThanksStatus};

const SHOP: Organisation<'static> = Organisation {
    name: "Tuulia",
    contact_email: "care@example.org",
    privacy_text: None,
    privacy_url: "https://example.org/privacy",
    retention_months: 24,
    accent: None,
};

/// The pages of a standard form; that there are five of them is enough for most tests.
static PAGES: LazyLock<Vec<PagePlan>> = LazyLock::new(|| instrument().pages(0, Length::Standard));
/// The pages of a quick form.
static QUICK: LazyLock<Vec<PagePlan>> = LazyLock::new(|| instrument().pages(0, Length::Quick));

fn instrument() -> Instrument {
    Instrument::parse(shipped_source("perceived-quality").unwrap()).unwrap()
}

fn page<'a>(instrument: &'a Instrument, plan: &'a PagePlan, language: Language) -> FormPage<'a> {
    FormPage {
        instrument,
        pages: &PAGES,
        plan,
        language,
        languages: &Language::ALL,
        organisation: SHOP,
        order_number: "NR-10482",
        given: None,
        notice: Notice::None,
        raw_words: None,
        resumed: false,
        suggested: false,
        correcting: false,
        back_page: plan.number > 1,
        action: Action::Own,
        preview: None,
    }
}

fn thanks<'a>(instrument: &'a Instrument, sheet: &'a AnswerSheet, language: Language) -> Thanks<'a> {
    Thanks {
        instrument,
        pages: &QUICK,
        language,
        languages: &Language::ALL,
        organisation: SHOP,
        order_number: "NR-10482",
        sheet,
        comment: None,
        status: ThanksStatus::JustAnswered,
        may_correct: true,
        correct_href: "?page=1",
        own: OwnEnding::default(),
        preview: None,
    }
}

/// The values of an attribute, in document order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn title(html: &str) -> &str {
    html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
}
