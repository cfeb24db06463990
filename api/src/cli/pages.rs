//! `laatu instrument show --html`: the pages of a form as files, for a questionnaire that is in no survey yet.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use survey_forms::answer::AnswerSheet;
use survey_forms::form::{Length, PagePlan};
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;
use survey_forms::render::{
    Action, Choice, ChoiceOf, ChoiceOption, FormPage, Notice, Organisation, OwnEnding, Preview, Renderer,
    Shows, Thanks, ThanksStatus,
};

use super::tell;
use crate::service::preview::SAMPLE_ORDER;

/// Stands for who asks.
const SHOP: Organisation<'static> = Organisation {
    name: "Example",
    contact_email: "care@example.org",
    privacy_text: None,
    privacy_url: "https://example.org/privacy",
    retention_months: 24,
    accent: None,
};
/// The file after the last page.
const THANKS: &str = "thanks.html";

/// Writes each page of a form and the page after the last one; each leads to the next.
pub fn write(
    instrument: &Instrument,
    language: Language,
    folder: &Path,
    length: &str,
    form: u8,
) -> anyhow::Result<()> {
    let Some(length) = Length::parse(length) else {
        bail!("\"{length}\" is not a length; accepted are quick, standard or full");
    };
    if !(1..=instrument.form_count()).contains(&form) {
        bail!("form {form}: there are 1 to {}", instrument.form_count());
    }
    let album =
        Album { renderer: Renderer::new()?, instrument, language, pages: instrument.pages(form - 1, length) };
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let put = |name: &str, page: String| {
        let file = folder.join(name);
        fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))
    };
    for plan in &album.pages {
        put(&file_of(plan.number), album.page(plan)?)?;
    }
    put(THANKS, album.thanks()?)?;
    tell(&format!("{} pages in {}; begin with {}", album.pages.len() + 1, folder.display(), file_of(1)));
    Ok(())
}

fn file_of(number: usize) -> String {
    format!("{number}.html")
}

struct Album<'a> {
    renderer: Renderer,
    instrument: &'a Instrument,
    language: Language,
    pages: Vec<PagePlan>,
}

impl Album<'_> {
    fn page(&self, plan: &PagePlan) -> anyhow::Result<String> {
        let next = if plan.number < self.pages.len() { file_of(plan.number + 1) } else { THANKS.to_owned() };
        let back = file_of(plan.number.saturating_sub(1).max(1));
        let view = FormPage {
            instrument: self.instrument,
            pages: &self.pages,
            plan,
            language: self.language,
            languages: &[self.language],
            organisation: SHOP,
            order_number: SAMPLE_ORDER,
            given: None,
            notice: Notice::None,
            raw_words: None,
            resumed: false,
            suggested: false,
            correcting: false,
            back_page: plan.number > 1,
            action: Action::Files(&next, &back),
            preview: Some(&self.banner(Some(plan.number))),
        };
        Ok(self.renderer.form_page(&view)?)
    }

    fn thanks(&self) -> anyhow::Result<String> {
        let view = Thanks {
            instrument: self.instrument,
            pages: &self.pages,
            language: self.language,
            languages: &[self.language],
            organisation: SHOP,
            order_number: SAMPLE_ORDER,
            sheet: &AnswerSheet::not_shown(self.instrument),
            comment: None,
            status: ThanksStatus::JustAnswered,
            may_correct: false,
            correct_href: "",
            own: OwnEnding::default(),
            preview: Some(&self.banner(None)),
        };
        Ok(self.renderer.thanks(&view)?)
    }

    /// The row of pages; none is a link to itself.
    fn banner(&self, here: Option<usize>) -> Preview {
        let number = |number: usize| ChoiceOption {
            shows: Shows::Name(number.to_string()),
            href: (Some(number) != here).then(|| file_of(number)),
        };
        let thanks = ChoiceOption { shows: Shows::Thanks, href: here.map(|_| THANKS.to_owned()) };
        let options = (1..=self.pages.len()).map(number).chain([thanks]).collect();
        Preview { choices: vec![Choice { of: ChoiceOf::Page, options }], unfolded: true }
    }
}
