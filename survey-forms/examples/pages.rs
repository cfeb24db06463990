//! Writes one of each page and mail of a language into a folder, to be looked at in a browser.
//!
//! `cargo run -p survey-forms --example pages -- FOLDER [LANGUAGE [FORM [FILE]]]`; of an instrument FILE only the pages
//! with questions.

use std::error::Error;
use std::fs;
use std::path::Path;

use survey_forms::accent::Accent;
use survey_forms::answer::{Answer, AnswerSheet, FieldProblem, FieldProblemKind, PageAnswers, Words};
use survey_forms::form::{Ask, Length, PagePlan};
use survey_forms::instrument::{Instrument, shipped_source};
use survey_forms::language::Language;
use survey_forms::render::{
    Action, Day, Earlier, ErasePage, Fact, FormPage, InvitationMail, Label, Notice, NoticeKind, NoticePage,
    Occasion, Organisation, OwnAnswers, OwnData, OwnEnding, OwnQuestionnaire, OwnWays, RecoveryOffer,
    Renderer, ReportChange, ReportContent, ReportFigures, ReportFilter, ReportMail, ReportRange, ReportRate,
    ReportRhythm, ReportStopPage, ReportStopState, ReportValue, Said, ShortMessage, SlipText, SlipWords,
    Thanks, ThanksStatus, UnsubscribePage, UnsubscribeState, Value,
};

const SHOP: Organisation<'static> = Organisation {
    name: "Tuulia",
    contact_email: "care@example.org",
    privacy_text: None,
    privacy_url: "https://example.org/privacy",
    retention_months: 24,
    accent: None,
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
    if let Some(file) = words.next() {
        let instrument = Instrument::parse(&fs::read_to_string(file)?)?;
        return Studio { instrument, ..studio }.standard_pages();
    }
    studio.forms()?;
    studio.endings()?;
    studio.notices()?;
    studio.own_data()?;
    studio.mails()?;
    studio.unsubscribe()?;
    studio.report_mails()?;
    studio.short()
}

impl Studio<'_> {
    fn write(&self, name: &str, content: &str) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(self.folder.join(name), content)?)
    }

    fn page<'a>(
        &'a self,
        pages: &'a [PagePlan],
        plan: &'a PagePlan,
        given: Option<&'a PageAnswers>,
    ) -> FormPage<'a> {
        FormPage {
            instrument: &self.instrument,
            pages,
            plan,
            language: self.language,
            languages: &Language::ALL,
            organisation: SHOP,
            order_number: "10482",
            given,
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

    fn standard_pages(&self) -> Result<(), Box<dyn Error>> {
        let plans = self.instrument.pages(self.form, Length::Standard);
        for plan in &plans {
            let html = self.renderer.form_page(&self.page(&plans, plan, None))?;
            self.write(&format!("{}-{}.html", self.instrument.key(), plan.number), &html)?;
        }
        Ok(())
    }

    fn forms(&self) -> Result<(), Box<dyn Error>> {
        for length in Length::ALL {
            let plans = self.instrument.pages(self.form, length);
            for plan in &plans {
                let page = self.page(&plans, plan, None);
                self.write(
                    &format!("{}-{}.html", length.as_str(), plan.number),
                    &self.renderer.form_page(&page)?,
                )?;
            }
        }
        let plans = self.instrument.pages(self.form, Length::Standard);
        let [_, second, .., last] = plans.as_slice() else { return Err("too few pages".into()) };
        let answers = second.items.iter().zip([Answer::Choice(4), Answer::DontKnow, Answer::Choice(1)]);
        let given = PageAnswers {
            answers: answers.map(|(item, answer)| (*item, answer)).collect(),
            ..PageAnswers::default()
        };
        let resumed = FormPage { resumed: true, ..self.page(&plans, second, Some(&given)) };
        self.write("resumed.html", &self.renderer.form_page(&resumed)?)?;
        let open = FormPage { notice: Notice::LeftOpen, ..self.page(&plans, second, None) };
        self.write("left-open.html", &self.renderer.form_page(&open)?)?;
        let item = last.items.first().and_then(|item| self.instrument.items().get(*item)).ok_or("no item")?;
        let problem = |field: &str, kind| FieldProblem { field: field.to_owned(), kind };
        let problems = vec![
            problem(&item.key, FieldProblemKind::Twice),
            problem("comment", FieldProblemKind::TooLong { chars: 2_345, limit: 2_000 }),
        ];
        let long = "A long story about a parcel. ".repeat(80);
        let wrong = FormPage {
            notice: Notice::Problems(problems),
            raw_words: Some(&Words::comment(&long)),
            ..self.page(&plans, last, None)
        };
        self.write("problems.html", &self.renderer.form_page(&wrong)?)
    }

    fn endings(&self) -> Result<(), Box<dyn Error>> {
        let mut sheet = AnswerSheet::not_shown(&self.instrument);
        let points = [Answer::Choice(4), Answer::Choice(5), Answer::NotApplicable, Answer::Choice(2)];
        let plans = self.instrument.pages(self.form, Length::Quick);
        for (plan, answer) in plans.iter().zip(points) {
            let answers = plan.items.iter().map(|item| (*item, answer)).collect();
            sheet.put(&PageAnswers { answers, ..PageAnswers::default() });
        }
        let thanks = Thanks {
            instrument: &self.instrument,
            pages: &plans,
            language: self.language,
            languages: &Language::ALL,
            organisation: SHOP,
            order_number: "10482",
            sheet: &sheet,
            comment: Some("The parcel was beautifully packed.\nThank you!"),
            status: ThanksStatus::JustAnswered,
            may_correct: true,
            correct_href: "?page=1",
            own: OwnEnding::default(),
            preview: None,
        };
        self.write("thanks.html", &self.renderer.thanks(&thanks)?)?;
        let coloured = Thanks {
            organisation: Organisation { accent: Some(Accent::read("#b3123e")?), ..SHOP },
            own: OwnEnding {
                closing_words: "Fair winds{{#if place}} from {{place}}{{/if}}, and come again.",
                you_said_we_did: "You said that deliveries came late on Fridays.\nWe have a second van on Fridays since March.",
                offer: Some(RecoveryOffer {
                    words: "We are sorry about order {{order}}. We deliver it anew, or you get your money back.",
                    link: Some("https://example.org/help"),
                }),
                place: Some("Kamppi"),
            },
            ..thanks
        };
        self.write("thanks-own.html", &self.renderer.thanks(&coloured)?)
    }

    fn notices(&self) -> Result<(), Box<dyn Error>> {
        let kinds = [
            ("expired", NoticeKind::Expired),
            ("closed", NoticeKind::Closed),
            ("resting", NoticeKind::Resting),
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

    fn own_data(&self) -> Result<(), Box<dyn Error>> {
        let day = |day| Value::On(Day { year: 2026, month: 8, day });
        let answers = |comment: Option<&str>| OwnAnswers {
            instrument: &self.instrument,
            ask: Ask::of(self.form, Length::Quick),
            sheet: AnswerSheet::not_shown(&self.instrument),
            words: Words::comment(comment.unwrap_or_default()),
        };
        let earlier = Earlier {
            on: Day { year: 2026, month: 8, day: 9 },
            page: None,
            answers: answers(Some("The parcel was nicely packed.")),
        };
        let asked = OwnQuestionnaire {
            facts: vec![
                Fact::new(Label::Questionnaire, Value::Stored(self.instrument.name(self.language))),
                Fact::new(Label::Sent, day(8)),
                Fact::new(Label::Answered, day(9)),
                Fact::new(Label::LinkEnds, day(31)),
            ],
            answers: Some(answers(Some("The parcel was beautifully packed.\nThank you!"))),
            earlier: vec![earlier],
        };
        let page = OwnData {
            language: self.language,
            languages: &Language::ALL,
            organisation: SHOP,
            order_number: "10482",
            order: vec![
                Fact::new(Label::Order, Value::Stored("10482")),
                Fact::new(Label::Channel, Value::Said(Said::Web)),
                Fact::new(Label::Value, Value::Amount(4990, "EUR")),
                Fact::new(Label::Own("gift card"), Value::Stored("no")),
                Fact::new(Label::Placed, day(1)),
                Fact::new(Label::Delivered, day(4)),
            ],
            person: vec![
                Fact::new(Label::Name, Value::Stored("Aino Virtanen")),
                Fact::new(Label::Email, Value::Stored("aino.virtanen@example.org")),
                Fact::new(Label::Phone, Value::Stored("")),
                Fact::new(Label::Language, Value::Language(Language::FINNISH)),
                Fact::new(Label::Since, day(1)),
            ],
            basis: vec![
                Fact::new(Label::Basis, Value::Said(Said::ExistingCustomerNotice)),
                Fact::new(Label::Told, day(1)),
            ],
            asked: vec![asked],
            other_orders: 2,
            ways: OwnWays { download: "?download=json", change: Some("?change=1") },
        };
        self.write("own-data.html", &self.renderer.own_data(&page)?)?;
        let erase = ErasePage {
            language: self.language,
            organisation: SHOP,
            orders: 3,
            answered: 2,
            back: "own-data.html",
        };
        self.write("erase.html", &self.renderer.erase_page(&erase)?)?;
        self.write("erased.html", &self.renderer.erased_page(self.language, &SHOP)?)
    }

    fn mails(&self) -> Result<(), Box<dyn Error>> {
        let item = self.instrument.items().first();
        let own = Organisation { accent: Some(Accent::read("#b3123e")?), ..SHOP };
        let occasions =
            [("", Occasion::First), ("-reminder", Occasion::Reminder), ("-last", Occasion::LastReminder)];
        for (name, occasion) in occasions {
            let plain = InvitationMail {
                language: self.language,
                occasion,
                organisation: SHOP,
                order_number: "10482",
                link: "https://ask.example.org/s/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TF",
                own_data_link: "https://ask.example.org/p/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TFNRUW4ZLB",
                unsubscribe_link: "https://ask.example.org/u/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TFNRUW4ZLB",
                minutes: 2,
                first: None,
                closing_words: "",
                place: None,
            };
            self.mail(&format!("mail{name}"), &plain)?;
            self.mail(&format!("mail{name}-first"), &InvitationMail { first: item, ..plain })?;
            let closing_words = "Fair winds, and come again.";
            let own = InvitationMail { organisation: own, closing_words, ..plain };
            self.mail(&format!("mail{name}-own"), &own)?;
        }
        Ok(())
    }

    fn mail(&self, name: &str, mail: &InvitationMail<'_>) -> Result<(), Box<dyn Error>> {
        let parts = self.renderer.mail(mail)?;
        self.write(&format!("{name}.html"), &parts.html)?;
        self.write(&format!("{name}.txt"), &format!("{}\n\n{}", parts.subject, parts.text))
    }

    fn report_mails(&self) -> Result<(), Box<dyn Error>> {
        let range = |value, low, high| ReportRange { value, low, high, decimals: 0 };
        let value =
            |value: f64, people| ReportValue { score: range(value, value - 3.0, value + 2.0), people };
        let figures = ReportFigures {
            quality: Some(value(81.0, 183)),
            change: Some(ReportChange(range(-3.0, -5.0, -1.0))),
            lowest: vec![
                ("Choice".to_owned(), value(61.0, 90)),
                ("Accessibility".to_owned(), value(66.0, 87)),
            ],
            rate: Some(ReportRate { answered: 183, asked: 561, share: Some(range(33.0, 29.0, 37.0)) }),
        };
        let contents = [
            ("report", ReportContent::Figures(figures)),
            ("report-withheld", ReportContent::Withheld { least: 10 }),
        ];
        let filters = [ReportFilter::Channel(Said::Web)];
        for (name, content) in &contents {
            let mail = ReportMail {
                language: self.language,
                organisation: SHOP,
                view: "Web shop",
                survey: "after-delivery",
                rhythm: ReportRhythm::Weekly,
                from: Day { year: 2026, month: 11, day: 16 },
                until: Day { year: 2026, month: 11, day: 22 },
                filters: &filters,
                content,
                link: "https://ask.example.org/dashboard/surveys/after-delivery?period=own",
                stop_link: "https://ask.example.org/r/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TF",
            };
            let parts = self.renderer.report_mail(&mail)?;
            self.write(&format!("mail-{name}.html"), &parts.html)?;
            self.write(&format!("mail-{name}.txt"), &format!("{}\n\n{}", parts.subject, parts.text))?;
        }
        for (name, state) in
            [("report-stop", ReportStopState::Ask), ("report-stopped", ReportStopState::Done)]
        {
            let page = ReportStopPage {
                language: self.language,
                languages: &Language::ALL,
                organisation: SHOP,
                view: "Web shop",
                address: "a…@e….org",
                state,
            };
            self.write(&format!("{name}.html"), &self.renderer.report_stop(&page)?)?;
        }
        Ok(())
    }

    fn unsubscribe(&self) -> Result<(), Box<dyn Error>> {
        let states = [
            ("unsubscribe", UnsubscribeState::Ask),
            ("unsubscribed", UnsubscribeState::Done),
            ("resubscribed", UnsubscribeState::Undone),
        ];
        for (name, state) in states {
            let page = UnsubscribePage {
                language: self.language,
                languages: &Language::ALL,
                organisation: SHOP,
                address: "a…@e….org",
                state,
            };
            self.write(&format!("{name}.html"), &self.renderer.unsubscribe(&page)?)?;
        }
        Ok(())
    }

    fn short(&self) -> Result<(), Box<dyn Error>> {
        let link = "https://ask.example.org/s/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TF";
        let message = ShortMessage { language: self.language, organisation: SHOP, link };
        self.write("short-message.txt", &self.renderer.short_message(&message))?;
        let slip = SlipText {
            language: self.language,
            organisation: SHOP,
            link: "https://ask.example.org/o/7.MZXW",
        };
        let SlipWords { heading, line, address, organisation } = self.renderer.slip_text(&slip);
        self.write("slip.txt", &[heading, line, address, organisation].join("\n"))
    }
}
