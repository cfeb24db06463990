//! One customer's way through the pages of a form: which are shown, which is next, which was before.
//!
//! Sections with a condition are shown by what was answered before them (`survey_forms::form`). A page that is not shown
//! keeps its number, so that an address means the same page for everybody.

use std::borrow::Cow;

use survey_forms::form::{PagePlan, Showing, showing};

use super::form_session::FormSession;

impl FormSession {
    /// The first shown page from which the customer has not gone on; the last one when all were passed.
    pub fn current_page(&self) -> usize {
        self.next_unpassed().or_else(|| self.way().last().copied()).unwrap_or(1)
    }

    /// The first shown page from which the customer has not gone on.
    pub fn next_unpassed(&self) -> Option<usize> {
        let passed = |number: usize| self.saved_page(number).is_some_and(|one| one.passed);
        self.way().into_iter().find(|number| !passed(*number))
    }

    /// The page after this one, of those that are shown.
    pub fn page_after(&self, number: usize) -> Option<usize> {
        self.way().into_iter().find(|one| *one > number)
    }

    /// The page before this one, of those that are shown; at the first one, that page itself.
    pub fn page_before(&self, number: usize) -> usize {
        self.way().into_iter().take_while(|one| *one < number).last().unwrap_or(1)
    }

    /// Whether there is such a page, and it is shown by what was answered before it.
    pub fn is_shown(&self, number: usize) -> bool {
        self.plan.page(number).is_some() && !self.hidden_pages().contains(&number)
    }

    /// The numbers of the pages that are not shown by what was answered; none for a form without conditions.
    pub fn hidden_pages(&self) -> Vec<usize> {
        let mut conditional = self.plan.pages.iter().filter(|page| page.condition.is_some()).peekable();
        if conditional.peek().is_none() {
            return Vec::new();
        }
        let sheet = self.sheet();
        let hidden = conditional.filter(|page| showing(page, &sheet) == Showing::NotShown);
        hidden.map(|page| page.number).collect()
    }

    /// The pages that are shown, or may be once the pages before them are answered.
    pub fn shown_pages(&self) -> Cow<'_, [PagePlan]> {
        let hidden = self.hidden_pages();
        if hidden.is_empty() {
            return Cow::Borrowed(&self.plan.pages);
        }
        self.plan.pages.iter().filter(|page| !hidden.contains(&page.number)).cloned().collect()
    }

    /// Their numbers.
    fn way(&self) -> Vec<usize> {
        self.shown_pages().iter().map(|page| page.number).collect()
    }
}
