//! Flags of careless answering, given when a response arrives and stored with it; nothing is ever deleted.

use scoring::{Code, Flags, Layout, Thresholds, careless_indices};
use survey_forms::form::PagePlan;

use super::{Error, Result};
use crate::report::rated_items;

/// The flags of a response: its answers as packed, the pages in the order in which they were shown, and the
/// seconds from the posting of the first page to the end, when they are known.
pub fn flags(layout: &Layout, pages: &[PagePlan], answers: &[u8], seconds: Option<f64>) -> Result<Flags> {
    let codes: Option<Vec<Code>> = answers.iter().map(|byte| Code::from_byte(*byte)).collect();
    let codes = codes.ok_or_else(|| Error::Broken("an answer is no code".to_owned()))?;
    let rated = |page: &PagePlan| -> Vec<usize> {
        page.items.iter().copied().filter(|item| layout.home_of(*item).is_some()).collect()
    };
    let order: Vec<usize> = pages.iter().flat_map(rated).collect();
    let indices = careless_indices(layout, &order, &codes, None, None);
    // The clock starts when the first page comes in, so its items took none of these seconds.
    let timed: Vec<usize> = pages.iter().skip(1).flat_map(rated).collect();
    let pace = careless_indices(layout, &timed, &codes, seconds, None).seconds_per_item;
    let indices = scoring::Indices { seconds_per_item: pace, ..indices };
    Ok(Thresholds::default().flags(&indices))
}

/// The flags of a response that came without pages or times: its items stand in the order of the layout.
pub fn flags_without_pages(layout: &Layout, codes: &[Code]) -> Flags {
    Thresholds::default().flags(&careless_indices(layout, &rated_items(layout), codes, None, None))
}
