//! What one form of a survey asks, worked out once: its pages, its languages, and by what its answers are counted.
//!
//! A published questionnaire and what a survey asks never change, so a plan stays right as long as it is kept.
//! `form_session` asks for it at every page.

use std::sync::Arc;

use scoring::Layout;
use survey_forms::form::{Ask, PagePlan};
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;

use super::report_layout::layout_of;
use super::survey_way::{length_of, paging_of};
use super::{Error, Result, Services};
use crate::store::invitations::Invitation;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope};

/// What one form of a survey asks.
#[derive(Debug)]
pub struct FormPlan {
    /// The questionnaire.
    pub instrument: Arc<Instrument>,
    /// By what its answers are counted.
    pub layout: Layout,
    /// What of it is asked, and how.
    pub ask: Ask,
    /// Its pages, in order.
    pub pages: Vec<PagePlan>,
    /// The languages in which it is offered.
    pub languages: Vec<Language>,
}

impl FormPlan {
    /// A page by its number.
    pub fn page(&self, number: usize) -> Option<&PagePlan> {
        self.pages.iter().find(|page| page.number == number)
    }

    /// Under how many minutes the form takes.
    pub fn minutes(&self) -> u32 {
        self.pages.iter().map(PagePlan::seconds).sum::<u32>().div_ceil(60).max(1)
    }
}

/// Everything by which one customer's form differs from another one's of the same survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asking {
    /// Which form of the design.
    pub form: u8,
    /// Code of the length.
    pub length: i16,
    /// Chooses among the stored orders of the items.
    pub order: u8,
    /// Code of the contact channel whose module is asked; 0 for none.
    pub module: i16,
    /// Whether a full form looks back at what was expected.
    pub looks_back: bool,
}

impl Asking {
    /// How an invitation asks.
    pub fn of(invitation: &Invitation) -> Self {
        Self {
            form: u8::try_from(invitation.form).unwrap_or(0),
            length: invitation.length,
            // The last byte of an id is chance, and stays.
            order: invitation.id.bytes().last().copied().unwrap_or(0),
            module: invitation.module,
            looks_back: invitation.looks_back,
        }
    }
}

/// By what plans are kept: organisation, survey, and how it asks.
pub(super) type Mark = (i32, i32, Asking);

impl Services {
    /// The plan of a form of a survey.
    pub fn form_plan(
        &self,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        survey: &Survey,
        asking: &Asking,
    ) -> Result<Arc<FormPlan>> {
        let instrument = self.version_of(connection, scope, survey)?.questionnaire()?;
        // Few orders are stored, so that few plans are kept.
        let asking = Asking { order: asking.order % instrument.order_count(), ..*asking };
        let shelf_mark = (scope.org_id().0, survey.id, asking);
        if let Some(kept) = self.form_plans.find(&shelf_mark) {
            return Ok(kept);
        }
        let broken = |what: &str, code: i16| Error::Broken(format!("{what} {code} is not known"));
        let length = length_of(asking.length).ok_or_else(|| broken("length", asking.length))?;
        let paging = paging_of(survey.paging).ok_or_else(|| broken("paging", survey.paging))?;
        let module = survey.modules.iter().position(|module| module.channel.code() == asking.module);
        let (form, order, looks_back) = (asking.form, asking.order, asking.looks_back);
        let ask = Ask { form, length, order, paging, looks_back, module };
        let plan = FormPlan {
            layout: layout_of(&instrument)?,
            ask,
            pages: instrument.pages_of(&ask),
            languages: survey.languages.iter().filter_map(|tag| Language::parse(tag)).collect(),
            instrument,
        };
        Ok(self.form_plans.keep(shelf_mark, plan))
    }
}
