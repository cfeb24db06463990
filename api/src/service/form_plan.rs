//! What one form of a survey asks, worked out once: its pages, its languages, and by what its answers are counted.
//!
//! A published questionnaire and what a survey asks never change, so a plan stays right as long as it is kept.
//! `form_session` asks for it at every page.

use std::sync::Arc;

use scoring::Layout;
use survey_forms::form::{Length, PagePlan};
use survey_forms::instrument::Instrument;
use survey_forms::language::Language;

use super::create_survey::length_of;
use super::report_layout::layout_of;
use super::{Error, Result, Services};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope};

/// What one form of a survey asks.
#[derive(Debug)]
pub struct FormPlan {
    /// The questionnaire.
    pub instrument: Arc<Instrument>,
    /// By what its answers are counted.
    pub layout: Layout,
    /// How much of it is asked.
    pub length: Length,
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
}

impl Services {
    /// The plan of a form of a survey, in the length with this code.
    pub fn form_plan(
        &self,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        survey: &Survey,
        form: u8,
        length: i16,
    ) -> Result<Arc<FormPlan>> {
        let shelf_mark = (scope.org_id().0, survey.id, form, length);
        if let Some(kept) = self.form_plans.find(&shelf_mark) {
            return Ok(kept);
        }
        let (key, version) = (&survey.instrument_key, survey.instrument_version);
        let instrument = self.instrument(connection, scope, key, version)?;
        let length =
            length_of(length).ok_or_else(|| Error::Broken(format!("length {length} is not known")))?;
        let plan = FormPlan {
            layout: layout_of(&instrument)?,
            length,
            pages: instrument.pages(form, length),
            languages: survey.languages.iter().filter_map(|tag| Language::parse(tag)).collect(),
            instrument,
        };
        Ok(self.form_plans.keep(shelf_mark, plan))
    }
}
