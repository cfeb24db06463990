//! The mail with the figures of a view for whoever asked for it on the dashboard, and the page that stops it.
//!
//! Figures come in as numbers and get the form of the reader's language here; no number stands without its range and how
//! many people are behind it. What cannot be shown is said in words.

use serde::Serialize;

use super::own_facts::{Day, Said};
use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
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

/// What a mail has to say.
#[derive(Debug, Clone, PartialEq)]
pub enum ReportContent {
    /// Figures.
    Figures(ReportFigures),
    /// Nobody answered.
    Nobody {
        /// How many were asked, where it is known.
        rate: Option<ReportRate>,
    },
    /// Fewer answered than may be shown to this reader.
    Withheld {
        /// The fewest people for a figure.
        least: u64,
    },
    /// The view's filters are not for this reader, or are about what is gone.
    Refused,
}

/// The figures of a period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportFigures {
    /// The headline score, 0 to 100; `None` with too few answers.
    pub quality: Option<ReportValue>,
    /// Its change against the period before.
    pub change: Option<ReportChange>,
    /// Names and scores of the lowest dimensions, the lowest first.
    pub lowest: Vec<(String, ReportValue)>,
    /// How many answered of those who were asked, where it is known.
    pub rate: Option<ReportRate>,
}

/// A number with its 95 % range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportRange {
    /// The number.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many decimals the range carries.
    pub decimals: usize,
}

/// A score and how many people stand behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportValue {
    /// Points of 100.
    pub score: ReportRange,
    /// How many people.
    pub people: u64,
}

/// A change against the period before, in points of 100, now less then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportChange(pub ReportRange);

/// How many answered of those who were asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportRate {
    /// How many answered.
    pub answered: u64,
    /// Of how many.
    pub asked: u64,
    /// The share in per cent; `None` where there is none.
    pub share: Option<ReportRange>,
}

/// Whether words are put into HTML or stand as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Markup,
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

/// A label with the lines below it; the first may be large.
#[derive(Serialize)]
struct Row {
    label: String,
    large: Option<String>,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    words: String,
}

impl Renderer {
    /// Writes the mail.
    pub fn report_mail(&self, mail: &ReportMail<'_>) -> Result<MailParts, RenderError> {
        let letter = mail.letter(Form::Plain);
        let text = self.fill("report.txt", &letter)?;
        let html = self.fill("report.html", &mail.letter(Form::Markup))?;
        Ok(MailParts { subject: letter.subject, text, html })
    }

    /// Shows the page that stops the mails; its form posts `go=unsubscribe` to the page's own address.
    pub fn report_stop(&self, page: &ReportStopPage<'_>) -> Result<String, RenderError> {
        self.fill("unsubscribe", &page.view())
    }
}

/// Writes numbers and sentences of one mail.
#[derive(Clone, Copy)]
struct Writer {
    language: Language,
    form: Form,
}

impl Writer {
    fn says(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match self.form {
            Form::Plain => Says(self.language).with(key, args),
            Form::Markup => Says(self.language).markup(key, args),
        }
    }

    fn plain(self, key: &str) -> String {
        Says(self.language).plain(key)
    }

    /// Points of 100, or per cent.
    fn points(self, value: f64, decimals: usize) -> String {
        self.language.decimal(value.clamp(0.0, 100.0), decimals)
    }

    /// A difference with its sign, but for nought.
    fn signed(self, value: f64, decimals: usize) -> String {
        let text = self.language.decimal(value.abs(), decimals);
        let is_nought = text.chars().all(|letter| matches!(letter, '0' | '.' | ','));
        match () {
            () if is_nought => text,
            () if value < 0.0 => format!("\u{2212}{text}"),
            () => format!("+{text}"),
        }
    }

    fn value(self, value: &ReportValue) -> String {
        let score = value.score;
        let [middle, low, high] =
            [score.value, score.low, score.high].map(|one| self.points(one, score.decimals));
        let args = [
            ("value", middle.as_str().into()),
            ("low", low.as_str().into()),
            ("high", high.as_str().into()),
            ("count", Arg::Number(value.people)),
        ];
        self.says("report-mail-value", &args)
    }

    fn change(self, change: Option<ReportChange>) -> String {
        let Some(ReportChange(change)) = change else { return self.plain("report-mail-few") };
        let digits = change.decimals;
        let written = |low: String, high: String, key: &str| {
            let by = self.language.decimal(change.value.abs(), digits);
            let mut args = vec![("low", low.as_str().into()), ("high", high.as_str().into())];
            if key != "report-mail-same" {
                args.push(("by", by.as_str().into()));
            }
            self.says(key, &args)
        };
        let size = |value: f64| self.language.decimal(value.abs(), digits);
        if change.low > 0.0 {
            written(size(change.low), size(change.high), "report-mail-higher")
        } else if change.high < 0.0 {
            written(size(change.high), size(change.low), "report-mail-lower")
        } else {
            let (low, high) = (self.signed(change.low, digits), self.signed(change.high, digits));
            written(low, high, "report-mail-same")
        }
    }

    fn rate(self, rate: ReportRate) -> String {
        let (answered, asked) = (self.language.number(rate.answered), self.language.number(rate.asked));
        let of = [("answered", answered.as_str().into()), ("asked", asked.as_str().into())];
        let Some(share) = rate.share else { return self.says("report-mail-answered", &of) };
        let [middle, low, high] =
            [share.value, share.low, share.high].map(|one| self.points(one, share.decimals));
        let [answered, asked] = of;
        let args = [
            answered,
            asked,
            ("share", middle.as_str().into()),
            ("low", low.as_str().into()),
            ("high", high.as_str().into()),
        ];
        self.says("report-mail-rate", &args)
    }

    /// Words from outside.
    fn foreign(self, words: &str) -> String {
        let words = one_line(words);
        match self.form {
            Form::Plain => crate::language::apart(self.language, &words),
            Form::Markup => format!("<bdi>{}</bdi>", handlebars::html_escape(&words)),
        }
    }

    fn row(self, label: &str, words: String) -> Row {
        let line = Line { name: String::new(), words };
        Row { label: self.plain(label), large: None, lines: vec![line] }
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

/// Everything that the page shows which stops the mails.
#[derive(Debug, Clone, Copy)]
pub struct ReportStopPage<'a> {
    /// The language of the page.
    pub language: Language,
    /// All languages that the reader may choose; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Whose customers answered.
    pub organisation: Organisation<'a>,
    /// The name of the view; empty when it is gone.
    pub view: &'a str,
    /// The reader's address, masked by the caller, such as `a…@e….org`.
    pub address: &'a str,
    /// Whether they are stopped already.
    pub state: ReportStopState,
}

/// How things stand with the mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportStopState {
    /// They come; a button ends that.
    Ask,
    /// They come no more.
    Done,
}

/// The same fields as the page that ends questions has: they share their template.
#[derive(Serialize)]
struct StopView {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    switch: Switch,
    #[serde(flatten)]
    foot: Foot,
    heading: String,
    what: String,
    then: String,
    address_words: String,
    address: String,
    button: Option<Button>,
}

#[derive(Serialize)]
struct Button {
    go: &'static str,
    words: String,
    hint: String,
    quiet: bool,
}

impl ReportStopPage<'_> {
    fn view(&self) -> StopView {
        let says = Says(self.language);
        let name = one_line(self.view);
        let is_open = self.state == ReportStopState::Ask;
        let (heading, what, then) = if is_open {
            ("report-stop-heading", "report-stop-what", "report-stop-then")
        } else {
            ("report-stopped-heading", "report-stopped-what", "report-stopped-again")
        };
        let heading = says.plain(heading);
        let button = || Button {
            go: "unsubscribe",
            words: says.plain("report-stop-now"),
            hint: says.plain("unsubscribe-hint"),
            quiet: false,
        };
        StopView {
            head: Head::new(self.language, says.title(&heading, self.organisation.name))
                .coloured(self.organisation.accent),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::brief(self.language, &self.organisation).without_own_data(),
            heading,
            what: says.markup(what, &[("view", name.as_str().into())]),
            then: says.plain(then),
            address_words: says.plain("unsubscribe-address"),
            address: one_line(self.address),
            button: is_open.then(button),
        }
    }
}
