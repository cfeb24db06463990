//! Which pages of a form are shown, by what was answered before.
//!
//! A page of a section that has a condition is decided by one item on an earlier page, and that page is always shown.

use super::PagePlan;
use crate::answer::{Answer, AnswerSheet};

/// Whether a page is shown to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Showing {
    /// It is shown.
    Shown,
    /// The answer that decides leads past it, or was left open.
    NotShown,
    /// The page with the item that decides has not been answered yet.
    Open,
}

/// Whether a page is shown after these answers.
pub fn showing(page: &PagePlan, sheet: &AnswerSheet) -> Showing {
    let Some(condition) = &page.condition else { return Showing::Shown };
    match sheet.get(condition.item) {
        None | Some(Answer::NotShown) => Showing::Open,
        Some(Answer::Choice(code)) if condition.codes.contains(&code) => Showing::Shown,
        Some(_) => Showing::NotShown,
    }
}

/// Which of the pages of a form are shown after these answers, in the order of the pages.
///
/// ```
/// use survey_forms::answer::AnswerSheet;
/// use survey_forms::form::{Length, Showing, shown};
/// use survey_forms::instrument::{Instrument, shipped_source};
///
/// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
/// let pages = instrument.pages(0, Length::Quick);
/// assert_eq!(shown(&pages, &AnswerSheet::not_shown(&instrument)), [Showing::Shown; 5]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn shown(pages: &[PagePlan], sheet: &AnswerSheet) -> Vec<Showing> {
    pages.iter().map(|page| showing(page, sheet)).collect()
}

impl PagePlan {
    /// Whether what the customer answers here, or on a page after it, decides if this later page is shown.
    pub(crate) fn leaves_open(&self, later: &PagePlan, pages: &[PagePlan]) -> bool {
        let Some(condition) = &later.condition else { return false };
        let ahead = pages.iter().filter(|page| page.number >= self.number);
        ahead.flat_map(|page| &page.items).any(|item| *item == condition.item)
    }
}
