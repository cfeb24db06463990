//! The mail with the figures of a view for whoever asked for it on the dashboard.
//!
//! Figures get their words in `report_figures`. What cannot be shown is said, never left out.

use serde::Serialize;

use super::own_facts::{Day, Said};
use super::parts::{Organisation, Says, one_line};
use super::report_figures::{Form, Line, ReportContent, ReportFigures, ReportRate, ReportValue, Row, Writer};
use super::{MailParts, RenderError, Renderer};
use crate::accent::Accent;
use crate::language::Language;
use crate::language::catalogue::Arg;

/// How often the mail comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportRhythm {
    /// Each Monday, about the week before.
    Weekly,
    /// On the third of each month, about the month before.
    Monthly,
}

/// Everything that the mail says.
#[derive(Debug, Clone, Copy)]
pub struct ReportMail<'a> {
    /// The language of the mail.
    pub language: Language,
    /// Whose customers answered.
    pub organisation: Organisation<'a>,
    /// The name under which the view is kept.
    pub view: &'a str,
    /// The key of the survey.
    pub survey: &'a str,
    /// How often it comes.
    pub rhythm: ReportRhythm,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// What the view leaves out.
    pub filters: &'a [ReportFilter<'a>],
    /// What there is to say.
    pub content: &'a ReportContent,
    /// The page of the dashboard with the same period and filters.
    pub link: &'a str,
    /// The reader's own link that stops the mails.
    pub stop_link: &'a str,
}

/// A filter of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFilter<'a> {
    /// Where the order was placed.
    Channel(Said),
    /// How the customer was in touch; `None` for not at all.
    ContactChannel(Option<Said>),
    /// The key of a place; `None` for orders without one.
    Place(Option<&'a str>),
    /// In which language was answered.
    Language(Language),
    /// Without those who show signs of careless answering.
    WithoutCareless,
}

/// The fields of the mail.
#[derive(Serialize)]
struct Letter<'a> {
    lang: &'static str,
    dir: &'static str,
    start: &'static str,
    subject: String,
    preview: String,
    organisation: String,
    view: String,
    period: String,
    facts: Vec<Row>,
    rows: Vec<Row>,
    words: Option<String>,
    note: Option<String>,
    button: String,
    link: &'a str,
    why: String,
    stop: String,
    stop_link: &'a str,
    accent: String,
    on_accent: String,
    dark_accent: String,
}

impl Renderer {
    /// Writes the mail.
    pub fn report_mail(&self, mail: &ReportMail<'_>) -> Result<MailParts, RenderError> {
        let letter = mail.letter(Form::Plain);
        let text = self.fill("report.txt", &letter)?;
        let html = self.fill("report.html", &mail.letter(Form::Markup))?;
        Ok(MailParts { subject: letter.subject, text, html })
    }
}

impl<'a> ReportMail<'a> {
    fn letter(&self, form: Form) -> Letter<'a> {
        let writer = Writer { language: self.language, form };
        let plain = Writer { form: Form::Plain, ..writer };
        let accent = self.organisation.accent.unwrap_or(Accent::OWN);
        let until = self.until.words(self.language);
        let name = one_line(self.view);
        let about = [("until", until.as_str().into()), ("view", name.as_str().into())];
        let figures = match self.content {
            ReportContent::Figures(figures) => Some(figures),
            _ => None,
        };
        Letter {
            lang: self.language.tag(),
            dir: self.language.direction(),
            start: if self.language.is_right_to_left() { "right" } else { "left" },
            subject: Says(self.language).with(self.of_rhythm("subject"), &about),
            preview: self.preview(plain),
            organisation: writer.foreign(self.organisation.name),
            view: writer.foreign(self.view),
            period: self.period(writer),
            facts: self.facts(writer),
            rows: self.rows(writer),
            words: self.words(writer),
            note: figures.map(|_| writer.plain("report-mail-brackets")),
            button: writer.plain("report-mail-button"),
            link: self.link,
            why: writer.plain(self.of_rhythm("why")),
            stop: writer.plain("report-mail-stop"),
            stop_link: self.stop_link,
            accent: accent.to_string(),
            on_accent: accent.words(),
            dark_accent: accent.in_dark(),
        }
    }

    /// The key of a text that depends on how often the mail comes.
    fn of_rhythm(&self, what: &str) -> &'static str {
        match (what, self.rhythm) {
            ("subject", ReportRhythm::Weekly) => "report-mail-subject-weekly",
            ("subject", ReportRhythm::Monthly) => "report-mail-subject-monthly",
            ("change", ReportRhythm::Weekly) => "report-mail-label-week",
            ("change", ReportRhythm::Monthly) => "report-mail-label-month",
            (_, ReportRhythm::Weekly) => "report-mail-why-weekly",
            (_, ReportRhythm::Monthly) => "report-mail-why-monthly",
        }
    }

    fn period(&self, writer: Writer) -> String {
        let (from, until) = (self.from.words(self.language), self.until.words(self.language));
        writer.says("score-span", &[("from", from.as_str().into()), ("until", until.as_str().into())])
    }

    /// The grey line after the subject: what the mail says first.
    fn preview(&self, plain: Writer) -> String {
        match self.content {
            ReportContent::Figures(ReportFigures { quality: Some(quality), .. }) => {
                format!("{}: {}", plain.plain("score-name"), plain.value(quality))
            }
            ReportContent::Figures(_) => plain.plain("report-mail-few"),
            _ => self.words(plain).unwrap_or_default(),
        }
    }

    fn facts(&self, writer: Writer) -> Vec<Row> {
        let none = |key: &str| writer.plain(key);
        let said = |said: &Said| writer.plain(said.key());
        let filter = |filter: &ReportFilter<'_>| match filter {
            ReportFilter::Channel(channel) => writer.row("own-label-channel", said(channel)),
            ReportFilter::ContactChannel(channel) => {
                let words = channel.as_ref().map_or_else(|| none("report-mail-no-contact"), said);
                writer.row("own-label-contacted", words)
            }
            ReportFilter::Place(place) => {
                let words = place.map_or_else(|| none("report-mail-no-place"), |key| writer.foreign(key));
                writer.row("own-label-place", words)
            }
            ReportFilter::Language(language) => {
                writer.row("own-label-language", writer.foreign(language.endonym()))
            }
            ReportFilter::WithoutCareless => {
                writer.row("report-mail-label-careless", none("report-mail-left-out"))
            }
        };
        let survey = writer.row("report-mail-label-survey", writer.foreign(self.survey));
        std::iter::once(survey).chain(self.filters.iter().map(filter)).collect()
    }

    fn rows(&self, writer: Writer) -> Vec<Row> {
        let rate =
            |rate: Option<ReportRate>| rate.map(|rate| writer.row("score-label-rate", writer.rate(rate)));
        let figures = match self.content {
            ReportContent::Figures(figures) => figures,
            ReportContent::Nobody { rate: known } => return rate(*known).into_iter().collect(),
            _ => return Vec::new(),
        };
        let mut rows = Vec::new();
        let quality = figures.quality.as_ref();
        let large = quality.map_or_else(|| writer.plain("report-mail-few"), |one| writer.value(one));
        let label = writer.plain("report-mail-label-quality");
        rows.push(Row { label, large: Some(large), lines: Vec::new() });
        if quality.is_some() {
            rows.push(writer.row(self.of_rhythm("change"), writer.change(figures.change)));
        }
        let line = |(name, value): &(String, ReportValue)| Line {
            name: format!("{}:", writer.foreign(name)),
            words: writer.value(value),
        };
        let lowest: Vec<Line> = figures.lowest.iter().map(line).collect();
        if !lowest.is_empty() {
            rows.push(Row { label: writer.plain("report-mail-label-lowest"), large: None, lines: lowest });
        }
        rows.extend(rate(figures.rate));
        rows
    }

    /// What is said in the place of figures.
    fn words(&self, writer: Writer) -> Option<String> {
        match self.content {
            ReportContent::Figures(_) => None,
            ReportContent::Nobody { .. } => Some(writer.plain("report-mail-nobody")),
            ReportContent::Withheld { least } => {
                Some(writer.says("report-mail-withheld", &[("least", Arg::Number(*least))]))
            }
            ReportContent::Refused => Some(writer.plain("report-mail-refused")),
        }
    }
}
