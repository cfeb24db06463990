//! How made-up customers answer: mostly content, some dimensions and channels less so, and not every question.
//!
//! Knows nothing of storing. Called by the generator and where pages are filled for a load.

use laatu::service::careless;
use laatu::service::report_layout::layout_of;
use scoring::Layout;
use survey_forms::answer::Answer;
use survey_forms::form::{Length, PagePlan};
use survey_forms::instrument::{EmptyKind, Instrument, Item};

use super::chance::Chance;

/// Of a thousand answers, those that are left open.
const LEFT_OPEN: u64 = 20;
/// Of a thousand answers, those that take the choice beside the scale.
const SET_APART: u64 = 30;
/// Of a thousand customers, those who tick the same place everywhere.
const STRAIGHT: u64 = 10;
/// Of a thousand customers, those who hardly read.
const HASTY: u64 = 20;
/// Of a thousand customers, those who leave before the end.
const LEAVES: u64 = 30;

/// One filled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// One byte an item, in packed order.
    pub answers: Vec<u8>,
    /// Whether the customer went to the end.
    pub finished: bool,
    /// Signs of carelessness as the service finds them, looked for only where this file put some.
    pub quality_flag: i16,
}

/// The forms of an instrument in standard length, and how they are answered.
pub struct Opinions<'a> {
    instrument: &'a Instrument,
    layout: Layout,
    forms: Vec<Vec<PagePlan>>,
}

impl<'a> Opinions<'a> {
    /// The opinions on one instrument.
    pub fn of(instrument: &'a Instrument) -> Self {
        let forms = (0..instrument.form_count()).map(|form| instrument.pages(form, Length::Standard));
        let layout = layout_of(instrument).expect("an instrument has a layout");
        Self { instrument, layout, forms: forms.collect() }
    }

    /// How many forms there are.
    pub const fn forms(&self) -> usize {
        self.forms.len()
    }

    /// The pages of one form.
    pub fn pages(&self, form: usize) -> &[PagePlan] {
        &self.forms[form]
    }

    /// Fills a form; `leaning` moves all answers: 0 is the average, 1 a deviation better.
    pub fn fill(&self, chance: &mut Chance, form: usize, leaning: f64) -> Filled {
        let pages = &self.forms[form];
        let mut answers: Vec<u8> =
            self.instrument.items().iter().map(|item| Answer::NotShown.byte(&item.scale)).collect();
        let finished = !chance.in_thousand(LEAVES);
        let sent = if finished { pages.len() as u64 } else { 1 + chance.below(pages.len() as u64 - 1) };
        let mood = leaning + chance.normal();
        let straight = chance.in_thousand(STRAIGHT).then(|| 1 + chance.below(5));
        for page in pages.iter().take(usize::try_from(sent).expect("a few pages")) {
            let view = mood + weakness(page);
            for &place in &page.items {
                let item = &self.instrument.items()[place];
                answers[place] = match straight {
                    Some(point) => code(item, point).byte(&item.scale),
                    None => answer(chance, item, view).byte(&item.scale),
                };
            }
        }
        let hasty = chance.in_thousand(HASTY);
        let quality_flag = if hasty || straight.is_some() { self.flag(pages, &answers, hasty) } else { 0 };
        Filled { answers, finished, quality_flag }
    }

    fn flag(&self, pages: &[PagePlan], answers: &[u8], hasty: bool) -> i16 {
        let seconds = if hasty { 12.0 } else { 90.0 };
        let flags = careless::flags(&self.layout, pages, answers, Some(seconds));
        i16::from(flags.expect("the answers fit the instrument").bits())
    }

    /// Answers some items of a filled form anew, as a correction does.
    pub fn correct(&self, chance: &mut Chance, form: usize, answers: &mut [u8]) {
        let pages = &self.forms[form];
        let page = &pages[usize::try_from(chance.below(pages.len() as u64)).expect("a few pages")];
        let view = chance.normal() + weakness(page);
        for &place in &page.items {
            let item = &self.instrument.items()[place];
            answers[place] = answer(chance, item, view).byte(&item.scale);
        }
    }
}

/// The third and eighth blocks are seen as weaker than the rest.
fn weakness(page: &PagePlan) -> f64 {
    match page.block() {
        Some(2) => -0.6,
        Some(7) => -0.3,
        _ => 0.0,
    }
}

fn answer(chance: &mut Chance, item: &Item, view: f64) -> Answer {
    if chance.in_thousand(LEFT_OPEN) {
        return Answer::Skipped;
    }
    if chance.in_thousand(SET_APART) {
        return match item.empty {
            Some(EmptyKind::NotApplicable) => Answer::NotApplicable,
            Some(EmptyKind::DontKnow) => Answer::DontKnow,
            None => Answer::Skipped,
        };
    }
    // The average customer stands at three quarters of the scale.
    let share = 0.75 + 0.13 * view + 0.12 * chance.normal();
    let point = 1.0 + (share * f64::from(item.scale.points())).floor();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was put between 1 and 11")]
    code(item, point.clamp(1.0, f64::from(item.scale.points())) as u64)
}

/// The code of a point counted from 1 at the low end; turned round where a high code means low quality.
fn code(item: &Item, point: u64) -> Answer {
    let (scale, points) = (&item.scale, item.scale.points());
    let point = u8::try_from(point).unwrap_or(points).min(points);
    let point = if item.reversed { points + 1 - point } else { point };
    Answer::Choice(scale.min + point - 1)
}
