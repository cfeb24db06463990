//! When a section is shown: by one item on an earlier page.
//!
//! The item must be asked of everybody who could see the section. So what a page asks is certain as soon as the pages
//! before it are answered, and no chain of conditions has to be followed.

use super::kinds::Design;
use super::problem::did_you_mean;
use super::question::QuestionKind;
use super::reader::{Found, Reader, Table};
use super::sections::SectionShape;
use super::structure::Structure;
use crate::form::Length;

/// A condition with the places where it stands.
pub(super) struct Branch {
    pub(super) item: Found<String>,
    pub(super) codes: Found<Vec<Found<u32>>>,
}

/// What a condition has to know of the item that decides.
struct Decider<'a> {
    min: u8,
    max: u8,
    lengths: &'a [Length],
}

pub(super) fn read_branch(reader: &mut Reader, section: &Table) -> Option<Branch> {
    let table = reader.table(section, "show_if")?;
    reader.only(&table, &["item", "codes"]);
    let (item, codes) = (reader.text(&table, "item"), reader.numbers(&table, "codes", 0..=10));
    Some(Branch { item: item?, codes: codes? })
}

impl Structure {
    /// Checks that the item that decides is asked before, of everybody who could see the section.
    pub(super) fn check_branch(&self, reader: &mut Reader, place: usize) {
        let Some(section) = self.sections.get(place) else { return };
        let Some(branch) = &section.branch else { return };
        let decider = match self.decider(place, section, &branch.item.value) {
            Ok(decider) => decider,
            Err(why) => return reader.wrong(&branch.item, why),
        };
        let is_unasked = |length: &Length| {
            section.questions.iter().any(|one| length.asks(&one.lengths)) && !length.asks(decider.lengths)
        };
        if let Some(length) = Length::ALL.into_iter().find(is_unasked) {
            let (item, length) = (&branch.item.value, length.as_str());
            let message = format!("\"{item}\" is not asked in the length {length}, and this section is");
            reader.wrong(&branch.item, message);
        }
        if branch.codes.value.is_empty() {
            reader.wrong(&branch.codes, "name at least one code");
        }
        let ends = u32::from(decider.min)..=u32::from(decider.max);
        for code in branch.codes.value.iter().filter(|code| !ends.contains(&code.value)) {
            let message =
                format!("the codes of \"{}\" are {} to {}", branch.item.value, ends.start(), ends.end());
            reader.wrong(code, message);
        }
    }

    /// The item that decides about a section, or why it cannot.
    fn decider(&self, place: usize, section: &SectionShape, key: &str) -> Result<Decider<'_>, String> {
        if let Some(item) = self.items.iter().find(|item| item.key == key) {
            let looks_back = |block: usize| self.blocks.get(block).is_some_and(|block| block.of.is_some());
            return match item.block {
                None => {
                    Err("outcomes are asked after all sections; take an item of an earlier page".to_owned())
                }
                Some(_) if section.opening => {
                    Err("blocks are asked after an opening section; take an item of an earlier page"
                        .to_owned())
                }
                Some(_) if self.design == Design::Thirteen => {
                    Err(format!("\"{key}\" is not asked on every form; take a question of a section"))
                }
                Some(block) if looks_back(block) => {
                    Err(format!("\"{key}\" looks back and is not asked of everybody; take another item"))
                }
                Some(_) => {
                    let scale = self.scales.iter().find(|scale| scale.key == item.scale);
                    let (min, max) = scale.map_or((0, 10), |scale| (scale.min, scale.max));
                    Ok(Decider { min, max, lengths: &item.lengths })
                }
            };
        }
        let of = |(at, other): (usize, &'_ SectionShape)| {
            other.questions.iter().any(|one| one.key == key).then_some(at)
        };
        let Some(other_place) = self.sections.iter().enumerate().find_map(of) else {
            let items = self.items.iter().filter(|item| item.block.is_some()).map(|item| item.key.as_str());
            let names = items.chain(self.section_questions().map(|question| question.key.as_str()));
            return Err(format!("unknown item \"{key}\"{}", did_you_mean(key, names)));
        };
        self.deciding_question((place, section), other_place, key)
    }

    fn deciding_question(
        &self,
        (place, section): (usize, &SectionShape),
        other_place: usize,
        key: &str,
    ) -> Result<Decider<'_>, String> {
        let unknown = || format!("unknown item \"{key}\"");
        let other = self.sections.get(other_place).ok_or_else(unknown)?;
        let question = other.questions.iter().find(|one| one.key == key).ok_or_else(unknown)?;
        // Opening sections stand first, each kind in file order.
        if (!other.opening, other_place) >= (!section.opening, place) {
            return Err(format!("\"{key}\" must stand on an earlier page than this section"));
        }
        if !matches!(question.kind, QuestionKind::YesNo | QuestionKind::Single) {
            return Err(format!("\"{key}\" cannot decide; take a yes_no, a single or a rating item"));
        }
        if other.branch.is_some() {
            return Err(format!(
                "\"{key}\" is itself shown only to some; take an item that everybody is asked"
            ));
        }
        let (min, max) = question.codes();
        Ok(Decider { min, max, lengths: &question.lengths })
    }
}
