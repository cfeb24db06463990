//! How often an item that was shown got no answer on its scale, and why.

use serde::Serialize;

use crate::cell::{Cell, ItemCounts};
use crate::code::Code;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Named};
use crate::interval::wilson;
use crate::layout::Layout;

/// The three ways in which an item that was shown has no answer, as shares of those who saw it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ItemNonresponse {
    /// People to whom the item was shown.
    pub shown: u64,
    /// Share that left it open.
    pub skipped: Figure,
    /// Share that said it does not apply.
    pub not_applicable: Figure,
    /// Share that said they do not know.
    pub dont_know: Figure,
}

/// The item nonresponse of every item: skipped, not applicable and don't know over shown.
///
/// Shares 0..=1 with Wilson's interval; who was not shown the item is in neither number. The three are kept apart:
/// "does not apply" is an answer about the customer, "skipped" may be one about the question. Undefined for items
/// that nobody was shown.
///
/// ```
/// use scoring::{Cell, Code, ItemSpec, Layout, Outcomes, Scale, item_nonresponse};
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "care".into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item], vec![], Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// for code in [Code::answer(4, scale).unwrap(), Code::SKIPPED, Code::NOT_SHOWN] {
///     cell.record(&layout, &[code])?;
/// }
/// let report = item_nonresponse(&layout, &cell);
/// assert_eq!(report.get("care").unwrap().skipped.known().unwrap().value, 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn item_nonresponse(layout: &Layout, cell: &Cell) -> Named<ItemNonresponse> {
    let described = layout.items().iter().enumerate();
    described.filter_map(|(index, item)| Some((item.key.clone(), of_item(cell.item(index)?)))).collect()
}

fn of_item(counts: &ItemCounts) -> ItemNonresponse {
    let [skipped, not_applicable, dont_know] =
        [Code::SKIPPED, Code::NOT_APPLICABLE, Code::DONT_KNOW].map(|state| counts.of(state));
    let shown = counts.answered() + skipped + not_applicable + dont_know;
    let share = |count: u64| match shown {
        0 => Figure::undefined(Undefined::NoAnswers, 0),
        _ => Figure::Known(Estimate::with_interval(count as f64 / shown as f64, shown, wilson(count, shown))),
    };
    ItemNonresponse {
        shown,
        skipped: share(skipped),
        not_applicable: share(not_applicable),
        dont_know: share(dont_know),
    }
}
