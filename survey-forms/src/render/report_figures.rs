//! The figures of a mailed report as they come in, and the same in the words and numbers of a language.
//!
//! No number is written without its range and how many people are behind it.

use serde::Serialize;

use super::parts::{Says, one_line};
use crate::language::catalogue::Arg;
use crate::language::{Language, apart};

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
pub(super) enum Form {
    Plain,
    Markup,
}

/// A label with the lines below it; the first may be large.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) large: Option<String>,
    pub(super) lines: Vec<Line>,
}

#[derive(Serialize)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) words: String,
}

/// Writes numbers and sentences of one mail.
#[derive(Clone, Copy)]
pub(super) struct Writer {
    pub(super) language: Language,
    pub(super) form: Form,
}

impl Writer {
    pub(super) fn says(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match self.form {
            Form::Plain => Says(self.language).with(key, args),
            Form::Markup => Says(self.language).markup(key, args),
        }
    }

    pub(super) fn plain(self, key: &str) -> String {
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

    pub(super) fn value(self, value: &ReportValue) -> String {
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

    pub(super) fn change(self, change: Option<ReportChange>) -> String {
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

    pub(super) fn rate(self, rate: ReportRate) -> String {
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
    pub(super) fn foreign(self, words: &str) -> String {
        let words = one_line(words);
        match self.form {
            Form::Plain => apart(self.language, &words),
            Form::Markup => format!("<bdi>{}</bdi>", handlebars::html_escape(&words)),
        }
    }

    pub(super) fn row(self, label: &str, words: String) -> Row {
        let line = Line { name: String::new(), words };
        Row { label: self.plain(label), large: None, lines: vec![line] }
    }
}
