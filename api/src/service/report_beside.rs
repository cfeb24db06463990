//! What is counted of a report's total beside its cell: by jackknife group, by class, by carelessness.

use std::collections::BTreeMap;

use scoring::{Cell, Code, Flags, GroupedCell, Layout, careless_indices};

use crate::report::{CarelessCounts, rated_items};
use crate::store::responses::Response;

/// What is counted of the total beside its cell.
pub struct Beside {
    /// Scores and items jointly, in jackknife groups; nothing is counted when nobody asked for it.
    pub joint: Option<GroupedCell>,
    /// By the order's channel and place, the classes of the frame.
    pub classes: BTreeMap<(i16, i32), Cell>,
    /// Flags given at arrival.
    pub careless: CarelessCounts,
    rated: Vec<usize>,
    by_class: bool,
}

impl Beside {
    /// Nothing counted yet; `joint` counts the joint cells, which drivers and structure need, `by_class` the
    /// classes, which weights need.
    pub fn empty(layout: &Layout, joint: bool, by_class: bool) -> Self {
        Self {
            joint: joint.then(|| GroupedCell::empty(layout)),
            classes: BTreeMap::new(),
            careless: CarelessCounts::empty(layout),
            rated: rated_items(layout),
            by_class,
        }
    }

    /// Counts a response or takes it back.
    pub fn change(
        &mut self,
        layout: &Layout,
        codes: &[Code],
        response: &Response,
        add: bool,
    ) -> Result<(), String> {
        let words = |error: scoring::CellError| error.to_string();
        let group = u8::try_from(response.customer_group).unwrap_or(0);
        if let Some(joint) = &mut self.joint {
            let outcome =
                if add { joint.record(layout, codes, group) } else { joint.forget(layout, codes, group) };
            outcome.map_err(words)?;
        }
        if self.by_class {
            let class = self.classes.entry((response.channel, response.place_id));
            change(class.or_insert_with(|| Cell::empty(layout)), layout, codes, add)?;
        }
        let longstring = careless_indices(layout, &self.rated, codes, None, None).longstring;
        let bits = u8::try_from(response.quality_flag).ok().and_then(Flags::from_bits);
        let flags = bits.ok_or_else(|| format!("stored flags {} are none", response.quality_flag))?;
        let outcome = if add {
            self.careless.record(layout, codes, longstring, flags)
        } else {
            self.careless.forget(layout, codes, longstring, flags)
        };
        outcome.map_err(words)
    }
}

/// Counts one response into a cell or takes it back.
pub fn change(cell: &mut Cell, layout: &Layout, codes: &[Code], add: bool) -> Result<(), String> {
    let outcome = if add { cell.record(layout, codes) } else { cell.forget(layout, codes) };
    outcome.map_err(|error| error.to_string())
}
