//! Writes one of each page and mail of a language into a folder, to be looked at in a browser.
//!
//! `cargo run -p survey-forms --example pages -- FOLDER [LANGUAGE [FORM]]`

use std::error::Error;
use std::fs;
use std::path::Path;

use survey_forms::answer::{Answer, AnswerSheet, FieldProblem, FieldProblemKind, PageAnswers};
use survey_forms::form::{Length, PagePlan};
use survey_forms::instrument::{Instrument, shipped_source};
use survey_forms::language::Language;
use survey_forms::render::{
    FormPage, InvitationMail, Notice, NoticeKind, NoticePage, Organisation, Renderer, Thanks, ThanksStatus,
};

const SHOP: Organisation<'static> = Organisation {
    name: "Tuulia",
    contact_email: "care@example.org",
    privacy_text: None,
    privacy_url: "https://example.org/privacy",
    retention_months: 24,
};

struct Studio<'a> {
    renderer: Renderer,
    instrument: Instrument,
    language: Language,
    form: u8,
    folder: &'a Path,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("name a folder")?;
    let language = words.next().and_then(|tag| Language::parse(&tag)).unwrap_or(Language::ENGLISH);
    let form = words.next().map_or(Ok(0), |number| number.parse())?;
    fs::create_dir_all(&folder)?;
    let studio = Studio {
        renderer: Renderer::new()?,
        instrument: Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?,
        language,
        form,
        folder: Path::new(&folder),
    };
    studio.forms()?;
    studio.endings()?;
    studio.notices()?;
    studio.mail()
}

impl Studio<'_> {
    fn write(&self, name: &str, content: &str) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(self.folder.join(name), content)?)
    }

    fn page<'a>(
        &'a self,
        plan: &'a PagePlan,
        length: Length,
        given: Option<&'a PageAnswers>,
    ) -> FormPage<'a> {
        FormPage {
            instrument: &self.instrument,
            form: self.form,
            length,
            plan,
            page_count: 5,
            language: self.language,
            languages: &Language::ALL,
            organisation: SHOP,
            order_number: "10482",
            given,
            notice: Notice::None,
            raw_comment: None,
            resumed: false,
            correcting: false,
            back_page: plan.number > 1,
        }
    }

    fn forms(&self) -> Result<(), Box<dyn Error>> {
        for length in Length::ALL {
            for plan in self.instrument.pages(self.form, length) {
                let page = self.page(&plan, length, None);
                self.write(
                    &format!("{}-{}.html", length.as_str(), plan.number),
                    &self.renderer.form_page(&page)?,
                )?;
            }
        }
        let plans = self.instrument.pages(self.form, Length::Standard);
        let [_, second, .., last] = plans.as_slice() else { return Err("too few pages".into()) };
        let answers = second.items.iter().zip([Answer::Choice(4), Answer::DontKnow, Answer::Choice(1)]);
        let given =
            PageAnswers { answers: answers.map(|(item, answer)| (*item, answer)).collect(), comment: None };
        let resumed = FormPage { resumed: true, ..self.page(second, Length::Standard, Some(&given)) };
        self.write("resumed.html", &self.renderer.form_page(&resumed)?)?;
        let open = FormPage { notice: Notice::LeftOpen, ..self.page(second, Length::Standard, None) };
        self.write("left-open.html", &self.renderer.form_page(&open)?)?;
        let item = last.items.first().and_then(|item| self.instrument.items().get(*item)).ok_or("no item")?;
        let problem = |field: &str, kind| FieldProblem { field: field.to_owned(), kind };
        let problems = vec![
            problem(&item.key, FieldProblemKind::Twice),
            problem("comment", FieldProblemKind::TooLong { chars: 2_345 }),
        ];
        let long = "A long story about a parcel. ".repeat(80);
        let wrong = FormPage {
            notice: Notice::Problems(problems),
            raw_comment: Some(&long),
            ..self.page(last, Length::Standard, None)
        };
        self.write("problems.html", &self.renderer.form_page(&wrong)?)
    }

    fn endings(&self) -> Result<(), Box<dyn Error>> {
        let mut sheet = AnswerSheet::not_shown(&self.instrument);
        let points = [Answer::Choice(4), Answer::Choice(5), Answer::NotApplicable, Answer::Choice(2)];
        for (plan, answer) in self.instrument.pages(self.form, Length::Quick).iter().zip(points) {
            let answers = plan.items.iter().map(|item| (*item, answer)).collect();
            sheet.put(&PageAnswers { answers, comment: None });
        }
        let thanks = Thanks {
            instrument: &self.instrument,
            form: self.form,
            length: Length::Quick,
            language: self.language,
            languages: &Language::ALL,
            organisation: SHOP,
            order_number: "10482",
            sheet: &sheet,
            comment: Some("The parcel was beautifully packed.\nThank you!"),
            status: ThanksStatus::JustAnswered,
            may_correct: true,
            correct_href: "?page=1",
        };
        self.write("thanks.html", &self.renderer.thanks(&thanks)?)
    }

    fn notices(&self) -> Result<(), Box<dyn Error>> {
        let kinds = [
            ("expired", NoticeKind::Expired),
            ("unknown", NoticeKind::Unknown),
            ("busy", NoticeKind::Busy),
            ("broken", NoticeKind::Broken("01JD-7F3K")),
        ];
        for (name, kind) in kinds {
            let page = NoticePage { kind, language: self.language, organisation: Some(SHOP) };
            self.write(&format!("{name}.html"), &self.renderer.notice(&page)?)?;
        }
        Ok(())
    }

    fn mail(&self) -> Result<(), Box<dyn Error>> {
        let parts = self.renderer.mail(&InvitationMail {
            language: self.language,
            organisation: SHOP,
            order_number: "10482",
            link: "https://ask.example.org/s/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TF",
            minutes: 2,
        })?;
        self.write("mail.html", &parts.html)?;
        self.write("mail.txt", &format!("{}\n\n{}", parts.subject, parts.text))
    }
}
