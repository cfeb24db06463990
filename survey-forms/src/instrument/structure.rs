//! The structure of an instrument file: design, scales, set-apart choices, blocks, items, outcomes.
//!
//! The words are read in `words` and joined in `parse`.

use std::collections::HashMap;

use super::blocks::BlockShape;
use super::kinds::{Design, EmptyKind, OutcomeRole};
use super::problem::did_you_mean;
use super::reader::{Found, Reader, Table};
use super::sections::SectionShape;
use crate::form::{Length, THIRTEEN};

/// Fields of a page that are not questions; no item may take their names.
pub(crate) const RESERVED: [&str; 4] = ["go", "language", "left_open", "comment"];

/// More items than any customer would answer are a mistake, and cost memory for every response.
const MOST_ITEMS: usize = 200;

pub(super) struct ScaleShape {
    pub(super) key: String,
    pub(super) min: u8,
    pub(super) max: u8,
    /// Whether both ends could be read; else nothing is said about its labels.
    pub(super) sound: bool,
}

pub(super) struct ItemShape {
    pub(super) key: String,
    pub(super) block: Option<usize>,
    pub(super) role: Option<OutcomeRole>,
    pub(super) scale: String,
    pub(super) empty: String,
    pub(super) marker: bool,
    pub(super) reversed: bool,
    pub(super) lengths: Vec<Length>,
}

pub(super) struct CommentShape {
    pub(super) key: String,
    pub(super) lengths: Vec<Length>,
}

/// Everything of the file but its words.
pub(super) struct Structure {
    pub(super) design: Design,
    pub(super) scales: Vec<ScaleShape>,
    pub(super) empties: Vec<(String, EmptyKind)>,
    pub(super) blocks: Vec<BlockShape>,
    /// Further orders of the block items, as places in `items`.
    pub(super) orders: Vec<Vec<usize>>,
    pub(super) items: Vec<ItemShape>,
    pub(super) comment: Option<CommentShape>,
    pub(super) sections: Vec<SectionShape>,
    pub(super) names: HashMap<String, &'static str>,
}

/// What an outcome table may say it is.
#[derive(Clone, Copy)]
enum Role {
    Coded(OutcomeRole),
    Comment,
}

const ROLES: [(&str, Role); 5] = [
    ("overall", Role::Coded(OutcomeRole::Overall)),
    ("recommendation", Role::Coded(OutcomeRole::Recommendation)),
    ("effort", Role::Coded(OutcomeRole::Effort)),
    ("satisfaction", Role::Coded(OutcomeRole::Satisfaction)),
    ("comment", Role::Comment),
];

pub(super) const LENGTHS: [(&str, Length); 3] =
    [("quick", Length::Quick), ("standard", Length::Standard), ("full", Length::Full)];

/// Reads everything but the words; problems go to the reader.
///
/// What has a key keeps its place even when the rest of it is not sound, so that one mistake gives one problem.
pub(super) fn read(reader: &mut Reader, root: &Table) -> Structure {
    let mut structure = Structure {
        design: Design::All,
        scales: Vec::new(),
        empties: Vec::new(),
        blocks: Vec::new(),
        orders: Vec::new(),
        items: Vec::new(),
        comment: None,
        sections: Vec::new(),
        names: HashMap::new(),
    };
    structure.read_scales(reader, root);
    structure.read_empties(reader, root);
    structure.read_blocks(reader, root);
    structure.read_outcomes(reader, root);
    structure.read_orders(reader, root);
    structure.read_design(reader, root);
    structure.read_sections(reader, root);
    let items = structure.items.len() + structure.section_items();
    if items > MOST_ITEMS {
        reader.problem(0, "", format!("has {items} items, at most {MOST_ITEMS} fit"));
    }
    structure
}

impl Structure {
    fn read_design(&mut self, reader: &mut Reader, root: &Table) {
        let Some(table) = reader.table(root, "design") else { return };
        reader.only(&table, &["forms"]);
        let Some(design) = reader.one_of(&table, "forms", &Design::NAMES) else { return };
        self.design = design;
        let blocks = self.blocks.iter().filter(|block| block.of.is_none()).count();
        if design == Design::Thirteen && blocks != THIRTEEN {
            let message = format!("\"thirteen\" needs exactly {THIRTEEN} blocks, the file has {blocks}");
            reader.problem(table.at, table.path_to("forms"), message);
        }
    }

    fn read_scales(&mut self, reader: &mut Reader, root: &Table) {
        let mut seen = Vec::new();
        for table in reader.tables(root, "scale") {
            reader.only(&table, &["key", "min", "max"]);
            let key = reader.name(&table, "key", '_').filter(|key| once(reader, &mut seen, key));
            let min = reader.number(&table, "min", 0..=9);
            let max = reader.number(&table, "max", 1..=10);
            let Some(key) = key else { continue };
            let mut ends = (0, 1, false);
            if let (Some(min), Some(max)) = (min, max) {
                let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
                ends = (small(min.value), small(max.value), min.value < max.value);
                if !ends.2 {
                    reader.wrong(&max, "must be greater than min");
                }
            }
            let (min, max, sound) = ends;
            self.scales.push(ScaleShape { key: key.value, min, max, sound });
        }
    }

    fn read_empties(&mut self, reader: &mut Reader, root: &Table) {
        let mut seen = Vec::new();
        for table in reader.tables(root, "empty") {
            reader.only(&table, &["key", "state"]);
            let key = reader.name(&table, "key", '_').filter(|key| once(reader, &mut seen, key));
            let kind = reader.one_of(&table, "state", &EmptyKind::NAMES);
            if let Some(key) = key {
                self.empties.push((key.value, kind.unwrap_or(EmptyKind::DontKnow)));
            }
        }
    }

    fn read_outcomes(&mut self, reader: &mut Reader, root: &Table) {
        let mut roles = Vec::new();
        for table in reader.tables(root, "outcome") {
            let Some(word) = reader.text(&table, "role") else { continue };
            let Some(role) = reader.choose(&word, &ROLES) else { continue };
            if !once(reader, &mut roles, &word) {
                continue;
            }
            match role {
                Role::Coded(role) => self.read_outcome(reader, &table, role),
                Role::Comment => self.read_comment(reader, &table),
            }
        }
    }

    fn read_outcome(&mut self, reader: &mut Reader, table: &Table, role: OutcomeRole) {
        reader.only(table, &["role", "key", "scale", "empty", "lengths", "reversed"]);
        let key = self.item_name(reader, table, "an outcome");
        let (scale, empty) = self.read_scale_and_empty(reader, table);
        let reversed = reader.flag(table, "reversed");
        let lengths = read_lengths(reader, table);
        if let Some(key) = key {
            let (block, role, marker) = (None, Some(role), false);
            self.items.push(ItemShape { key, block, role, scale, empty, marker, reversed, lengths });
        }
    }

    fn read_comment(&mut self, reader: &mut Reader, table: &Table) {
        reader.only(table, &["role", "key", "lengths"]);
        let lengths = read_lengths(reader, table);
        let Some(key) = reader.name(table, "key", '_') else { return };
        if let Some(owner) = self.names.insert(key.value.clone(), "the comment") {
            reader.wrong(&key, format!("\"{}\" is already the key of {owner}", key.value));
        }
        self.comment = Some(CommentShape { key: key.value, lengths });
    }

    /// The key of an item, once in the whole file and not a field of every page.
    pub(super) fn item_name(
        &mut self,
        reader: &mut Reader,
        table: &Table,
        owner: &'static str,
    ) -> Option<String> {
        let key = reader.name(table, "key", '_')?;
        if RESERVED.contains(&key.value.as_str()) {
            reader
                .wrong(&key, format!("\"{}\" is the name of a field on every page, take another", key.value));
        }
        if let Some(other) = self.names.insert(key.value.clone(), owner) {
            reader.wrong(&key, format!("\"{}\" is already the key of {other}", key.value));
        }
        Some(key.value)
    }

    /// The names of scale and set-apart choice; empty when they are not sound, so that the item keeps its words.
    pub(super) fn read_scale_and_empty(&self, reader: &mut Reader, table: &Table) -> (String, String) {
        let scales = self.scales.iter().map(|scale| scale.key.as_str());
        let scale = reader.text(table, "scale").and_then(|found| known(reader, found, "scale", scales));
        (scale.unwrap_or_default(), self.read_empty(reader, table).unwrap_or_default())
    }

    /// The name of a set-apart choice that is there.
    pub(super) fn read_empty(&self, reader: &mut Reader, table: &Table) -> Option<String> {
        let empties = self.empties.iter().map(|(key, _)| key.as_str());
        reader.text(table, "empty").and_then(|found| known(reader, found, "empty choice", empties))
    }
}

pub(super) fn read_lengths(reader: &mut Reader, table: &Table) -> Vec<Length> {
    let Some(found) = reader.texts(table, "lengths") else { return Vec::new() };
    let lengths: Vec<Length> = found.value.iter().filter_map(|word| reader.choose(word, &LENGTHS)).collect();
    if found.value.is_empty() {
        reader.wrong(&found, "name at least one length, or leave it out");
    }
    lengths
}

/// Reports a key that stood before.
pub(super) fn once(reader: &mut Reader, seen: &mut Vec<String>, key: &Found<String>) -> bool {
    if seen.contains(&key.value) {
        reader.wrong(key, format!("\"{}\" stands twice", key.value));
        return false;
    }
    seen.push(key.value.clone());
    true
}

/// Reports a name that nothing in the file has.
pub(super) fn known<'a>(
    reader: &mut Reader,
    found: Found<String>,
    what: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Option<String> {
    if names.clone().any(|name| name == found.value) {
        return Some(found.value);
    }
    let hint = did_you_mean(&found.value, names);
    reader.wrong(&found, format!("unknown {what} \"{}\"{hint}", found.value));
    None
}
