//! Where in a preview somebody looks, as the address says it.

use survey_forms::form::{Length, Paging};
use survey_forms::language::Language;

use super::survey_way::length_of;
use crate::domain::Channel;
use crate::store::surveys::Survey;

/// Where in a survey somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// How it is spread over pages.
    pub paging: Paging,
    /// How much is asked.
    pub length: Length,
    /// Which form, from 0.
    pub form: u8,
    /// Which page.
    pub page: Page,
    /// The attached module that is asked as well, by its place among the survey's, and how its customer was in touch.
    pub module: Option<(usize, Channel)>,
}

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// With questions, by its number.
    Number(usize),
    /// The one after the last.
    Thanks,
}

impl Place {
    /// Reads a place; what is not said or cannot be is as at the beginning.
    pub fn of(text: &str, survey: &Survey) -> Self {
        let mut parts = text.split('/');
        let mut next = || parts.next().unwrap_or_default();
        let usual = length_of(survey.length).unwrap_or(Length::Standard);
        Self {
            paging: Paging::parse(next()).unwrap_or_default(),
            length: Length::parse(next()).unwrap_or(usual),
            form: next().parse::<u8>().unwrap_or(1).saturating_sub(1),
            page: match next() {
                "thanks" => Page::Thanks,
                number => Page::Number(number.parse().unwrap_or(1)),
            },
            module: Channel::from_word(next()).and_then(|channel| {
                let place = survey.modules.iter().position(|module| module.channel == channel);
                place.map(|place| (place, channel))
            }),
        }
    }

    /// The path of its page; the rows of the banner stay as they are.
    pub fn path(self, token: &str, language: Language, rows: Rows) -> String {
        let page = match self.page {
            Page::Number(number) => number.to_string(),
            Page::Thanks => "thanks".to_owned(),
        };
        let (paging, length, form) = (self.paging.as_str(), self.length.as_str(), u32::from(self.form) + 1);
        let module = self.module.map_or_else(String::new, |(_, channel)| format!("/{}", channel.word()));
        let rows = if rows == Rows::Unfolded { "&rows=1" } else { "" };
        format!("/v/{token}/{paging}/{length}/{form}/{page}{module}?language={language}{rows}")
    }
}

/// How the rows of the banner stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// Out of sight.
    #[default]
    Folded,
    /// In sight.
    Unfolded,
}
