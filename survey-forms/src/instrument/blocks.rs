//! The blocks of an instrument file, their items, and the orders in which these may be shown.

use super::kinds::Facet;
use super::reader::{Found, Reader, Table};
use super::structure::{ItemShape, Structure, known, once, read_lengths};
use crate::form::Length;

/// More blocks than any customer would answer are a mistake, and cost memory for every response.
const MOST_BLOCKS: usize = 50;
/// Stored orders besides the file's own.
const MOST_ORDERS: usize = 3;

pub(super) struct BlockShape {
    pub(super) key: String,
    pub(super) facet: Facet,
    /// The block of experience that it looks back from.
    pub(super) of: Option<String>,
}

impl Structure {
    pub(super) fn read_blocks(&mut self, reader: &mut Reader, root: &Table) {
        let mut seen = Vec::new();
        let tables = reader.tables(root, "block");
        let least = usize::from(!root.has("section"));
        if !(least..=MOST_BLOCKS).contains(&tables.len()) {
            reader.problem(root.at, "block", format!("the file must have 1 to {MOST_BLOCKS} blocks"));
        }
        for (place, table) in tables.iter().enumerate() {
            reader.only(table, &["key", "facet", "of", "item"]);
            let key = reader.name(table, "key", '_').filter(|key| once(reader, &mut seen, key));
            let facet = reader.one_of(table, "facet", &Facet::NAMES).unwrap_or(Facet::Experience);
            let of = table.has("of").then(|| reader.text(table, "of")).flatten();
            if let Some(of) = of.as_ref().filter(|_| facet != Facet::Expectation) {
                reader.wrong(of, "only a block of the facet expectation looks back at another one");
            }
            self.read_block_items(reader, table, place, of.is_some());
            let key = key.map(|key| key.value).unwrap_or_default();
            self.blocks.push(BlockShape { key, facet, of: of.map(|of| of.value) });
        }
        self.check_partners(reader, &tables);
    }

    /// Each block that looks back does so from a block of experience, and is the only one that does.
    fn check_partners(&self, reader: &mut Reader, tables: &[Table]) {
        let experiences = self.blocks.iter().filter(|block| block.facet == Facet::Experience);
        let experiences: Vec<&str> = experiences.map(|block| block.key.as_str()).collect();
        let mut seen = Vec::new();
        for table in tables.iter().filter(|table| table.has("of")) {
            let Some(of) = reader.text(table, "of") else { continue };
            if once(reader, &mut seen, &of) {
                known(reader, of, "block of the facet experience", experiences.iter().copied());
            }
        }
    }

    fn read_block_items(&mut self, reader: &mut Reader, block: &Table, place: usize, looks_back: bool) {
        let tables = reader.tables(block, "item");
        let mut markers = 0;
        for table in &tables {
            reader.only(table, &["key", "scale", "empty", "marker", "reversed", "lengths"]);
            let marker = reader.flag(table, "marker");
            markers += usize::from(marker);
            let lengths = match (table.has("lengths"), marker, looks_back) {
                (true, ..) => read_lengths(reader, table),
                (false, _, true) => vec![Length::Full],
                (false, true, false) => Length::ALL.to_vec(),
                (false, false, false) => vec![Length::Standard],
            };
            let reversed = reader.flag(table, "reversed");
            let key = self.item_name(reader, table, "an item");
            let (scale, empty) = self.read_scale_and_empty(reader, table);
            let (block, role) = (Some(place), None);
            if let Some(key) = key {
                self.items.push(ItemShape { key, block, role, scale, empty, marker, reversed, lengths });
            }
        }
        if tables.is_empty() {
            reader.problem(block.at, block.path_to("item"), "a block needs at least one item");
        } else if markers != usize::from(!looks_back) {
            let wanted = if looks_back { "no" } else { "exactly one" };
            let message = format!("{wanted} item must have marker = true, here {markers} have");
            reader.problem(block.at, block.path_to("item"), message);
        }
    }

    /// Further orders: each names every item of the blocks once, a block's items one after the other.
    pub(super) fn read_orders(&mut self, reader: &mut Reader, root: &Table) {
        let tables = reader.tables(root, "order");
        if tables.len() > MOST_ORDERS {
            let message = format!("at most {MOST_ORDERS} orders can stand beside the file's own");
            reader.problem(root.at, "order", message);
        }
        for table in &tables {
            reader.only(table, &["items"]);
            let Some(found) = reader.texts(table, "items") else { continue };
            let order = self.read_order(reader, &found);
            self.orders.push(order);
        }
    }

    fn read_order(&self, reader: &mut Reader, found: &Found<Vec<Found<String>>>) -> Vec<usize> {
        let in_blocks = || self.items.iter().filter(|item| item.block.is_some());
        let mut seen = Vec::new();
        let mut order: Vec<usize> = Vec::new();
        for key in &found.value {
            if !once(reader, &mut seen, key) {
                continue;
            }
            let names = in_blocks().map(|item| item.key.as_str());
            if known(reader, key.clone(), "item", names).is_some() {
                order.extend(self.items.iter().position(|item| item.key == key.value));
            }
        }
        if let Some(missing) = in_blocks().find(|item| !seen.contains(&item.key)) {
            reader.wrong(found, format!("\"{}\" is missing, an order names every item", missing.key));
        }
        let block = |item: &usize| self.items.get(*item).and_then(|item| item.block);
        let mut blocks: Vec<Option<usize>> = order.iter().map(block).collect();
        blocks.dedup();
        let runs = blocks.len();
        blocks.sort_unstable();
        blocks.dedup();
        if blocks.len() != runs {
            reader.wrong(found, "the items of a block must stand one after the other");
        }
        order
    }
}
