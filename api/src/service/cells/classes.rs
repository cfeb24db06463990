//! The cells of a figure by the order's channel and place, as they stand in one row.
//!
//! Three letters, a version, how many, then for each class its channel, place and cell with its length before it, in
//! their order; a checksum (CRC-32). Equal counts give equal bytes.

use std::collections::BTreeMap;

use scoring::{Cell, Layout};

use super::Outcome;
use super::bytes::{Form, put, put_cell};
use super::counts::{Counted, Entry};

const FORM: Form = Form { kind: *b"LCs", version: 1, words: "classes" };

/// Cells by channel and place; never one of nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub BTreeMap<(i16, i32), Cell>);

impl Classes {
    /// Adds people to a class.
    pub fn add_to(&mut self, class: (i16, i32), cell: &Cell) -> Outcome<()> {
        if let Some(kept) = self.0.get_mut(&class) {
            return Counted::add(kept, cell);
        }
        self.0.insert(class, cell.clone());
        Ok(())
    }
}

impl Counted for Classes {
    fn nobody(_: &Layout) -> Self {
        Self::default()
    }

    fn count(&mut self, layout: &Layout, entry: &Entry) -> Outcome<()> {
        let class = (entry.response.channel, entry.response.place_id);
        Counted::count(self.0.entry(class).or_insert_with(|| Cell::empty(layout)), layout, entry)
    }

    fn add(&mut self, other: &Self) -> Outcome<()> {
        other.0.iter().try_for_each(|(class, cell)| self.add_to(*class, cell))
    }

    fn subtract(&mut self, other: &Self) -> Outcome<()> {
        for (class, cell) in &other.0 {
            let kept = self.0.get_mut(class).ok_or("people who are not counted")?;
            Counted::subtract(kept, cell)?;
        }
        self.0.retain(|_, cell| cell.people() > 0);
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn encode(&self, layout: &Layout) -> Outcome<Vec<u8>> {
        let mut out = FORM.begin();
        put(&mut out, self.0.len() as u64);
        for ((channel, place), cell) in &self.0 {
            put(&mut out, u64::from(channel.cast_unsigned()));
            put(&mut out, u64::from(place.cast_unsigned()));
            put_cell(&mut out, layout, cell)?;
        }
        Ok(Form::end(out))
    }

    fn decode(layout: &Layout, bytes: &[u8]) -> Outcome<Self> {
        let mut source = FORM.open(bytes)?;
        let mut classes = BTreeMap::new();
        for _ in 0..source.number()? {
            let channel = source.small::<u16>()?.cast_signed();
            let place = source.small::<u32>()?.cast_signed();
            let cell = source.cell(layout)?;
            let is_last = classes.last_key_value().is_none_or(|(last, _)| *last < (channel, place));
            if cell.people() == 0 || !is_last {
                return Err("stored classes are not in order".to_owned());
            }
            classes.insert((channel, place), cell);
        }
        if source.is_empty() {
            Ok(Self(classes))
        } else {
            Err("stored classes go on after their end".to_owned())
        }
    }
}
