//! From written answers to a layout and a cell.

use scoring::{Cell, Code, DimensionSpec, Facet, GroupedCell, ItemSpec, Layout, Outcomes, Scale};

/// The items, dimensions and outcomes of one comparison, by name.
#[derive(Default)]
pub struct Plan {
    items: Vec<ItemSpec>,
    dimensions: Vec<DimensionSpec>,
    pub outcomes: Outcomes,
}

impl Plan {
    pub fn item(&mut self, key: &str, min: u64, max: u64) -> &mut ItemSpec {
        let scale = Scale::new(u8::try_from(min).unwrap(), u8::try_from(max).unwrap()).unwrap();
        self.items.push(ItemSpec { key: key.into(), scale, reversed: false, top_box: None });
        self.items.last_mut().unwrap()
    }

    pub fn index(&self, key: &str) -> usize {
        self.items.iter().position(|item| item.key == key).unwrap_or_else(|| panic!("no item {key}"))
    }

    pub fn dimension<K: AsRef<str>>(&mut self, key: &str, facet: Facet, of: Option<&str>, items: &[K]) {
        let items = items.iter().map(|item| self.index(item.as_ref())).collect();
        self.dimensions.push(DimensionSpec { key: key.into(), facet, of: of.map(Into::into), items });
    }

    pub fn keys(&self) -> Vec<String> {
        self.items.iter().map(|item| item.key.clone()).collect()
    }

    pub fn layout(&self) -> Layout {
        Layout::new(self.items.clone(), self.dimensions.clone(), self.outcomes.clone()).unwrap()
    }
}

/// Counts rows of codes.
pub fn count<'a>(
    layout: &Layout,
    rows: impl IntoIterator<Item = Vec<&'a str>>,
    code: impl Fn(&str, Scale) -> Code,
) -> Cell {
    let mut cell = Cell::empty(layout);
    for row in rows {
        let codes: Vec<_> =
            row.iter().zip(layout.items()).map(|(text, item)| code(text, item.scale)).collect();
        cell.record(layout, &codes).unwrap();
    }
    cell
}

/// Counts codes.
pub fn count_codes(layout: &Layout, codes: &[Vec<Code>]) -> Cell {
    let mut cell = Cell::empty(layout);
    for row in codes {
        cell.record(layout, row).unwrap();
    }
    cell
}

/// Counts codes in 32 groups by row number from 0.
pub fn grouped(layout: &Layout, codes: &[Vec<Code>]) -> GroupedCell {
    let mut cell = GroupedCell::empty(layout);
    for (number, row) in codes.iter().enumerate() {
        cell.record(layout, row, u8::try_from(number % 32).unwrap()).unwrap();
    }
    cell
}

/// A raw code on the scale, if the text is one.
pub fn on_scale(text: &str, scale: Scale) -> Option<Code> {
    text.parse().ok().and_then(|raw| Code::answer(raw, scale))
}
