//! How the questions of a form are spread over pages.

use super::{Ask, Length, Paging};
use crate::instrument::{Condition, Facet, Instrument, Section};

/// Questions that stand together under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The block they belong to; `None` for the outcomes and for a section.
    pub block: Option<usize>,
    /// The section they belong to, a place in [`Instrument::sections`]; `None` for blocks and outcomes.
    pub section: Option<usize>,
    /// Its items, as places in [`Instrument::items`].
    pub items: Vec<usize>,
    /// Its questions, as places in [`Instrument::questions`]; none outside of sections, where each item is a question.
    pub questions: Vec<usize>,
    /// About how long it takes, in seconds.
    seconds: u32,
}

/// What one page of a form asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePlan {
    /// Place of the page, counted from 1.
    pub number: usize,
    /// Its questions in the order in which they are shown, by heading.
    pub groups: Vec<Group>,
    /// All items of its groups, in that order.
    pub items: Vec<usize>,
    /// Whether it asks for the comment, after all else.
    pub comment: bool,
    /// When it is shown; `None`: always.
    pub condition: Option<Condition>,
}

/// What stands on one page of its own when a form is spread section by section.
struct Part {
    groups: Vec<Group>,
    condition: Option<Condition>,
}

impl Group {
    /// Ratings of a block, or outcomes.
    fn of_items(block: Option<usize>, items: Vec<usize>) -> Self {
        let seconds = u32::try_from(items.len()).unwrap_or(u32::MAX).saturating_mul(6);
        Group { block, section: None, items, questions: Vec::new(), seconds }
    }
}

impl PagePlan {
    fn new(groups: Vec<Group>, comment: bool) -> Self {
        let items = groups.iter().flat_map(|group| group.items.iter().copied()).collect();
        PagePlan { number: 0, groups, items, comment, condition: None }
    }

    /// About how long the page takes, in seconds.
    ///
    /// Six seconds a rating, twenty for free words and for a ranking, and between them for other kinds; a standard form
    /// then takes just under two minutes.
    pub fn seconds(&self) -> u32 {
        let groups: u32 = self.groups.iter().map(|group| group.seconds).sum();
        groups.saturating_add(if self.comment { 20 } else { 0 })
    }

    /// The questions of sections on it, as places in [`Instrument::questions`].
    pub fn questions(&self) -> impl Iterator<Item = usize> {
        self.groups.iter().flat_map(|group| group.questions.iter().copied())
    }

    /// How many questions it has, the comment not counted: one for each rating, one for each question of a section.
    pub(crate) fn question_count(&self) -> usize {
        let count =
            |group: &Group| if group.section.is_some() { group.questions.len() } else { group.items.len() };
        self.groups.iter().map(count).sum()
    }

    /// The block of its last group of a block: what the page is about.
    pub fn block(&self) -> Option<usize> {
        self.groups.iter().rev().find_map(|group| group.block)
    }
}

impl Instrument {
    /// The pages of a form, section by section: one for each of its blocks, then one with the outcomes and the
    /// free words.
    ///
    /// ```
    /// use survey_forms::form::Length;
    /// use survey_forms::instrument::{Instrument, shipped_source};
    ///
    /// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
    /// let pages = instrument.pages(0, Length::Quick);
    /// assert_eq!(pages.len(), 5);
    /// assert_eq!(pages[0].items.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pages(&self, form: u8, length: Length) -> Vec<PagePlan> {
        self.pages_of(&Ask::of(form, length))
    }

    /// The pages of what one customer is asked.
    ///
    /// ```
    /// use survey_forms::form::{Ask, Length, Paging};
    /// use survey_forms::instrument::{Instrument, shipped_source};
    ///
    /// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
    /// let one = Ask { paging: Paging::One, ..Ask::of(0, Length::Quick) };
    /// let all = Ask { paging: Paging::All, ..one };
    /// assert!(instrument.pages_of(&one).iter().all(|page| page.items.len() <= 1));
    /// assert_eq!(instrument.pages_of(&all).len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pages_of(&self, ask: &Ask) -> Vec<PagePlan> {
        let mut parts = self.section_parts(ask, true);
        parts.extend(self.block_parts(ask));
        parts.extend(self.section_parts(ask, false));
        let closing = self.group(ask, None);
        let comment = self.asks_comment(ask.length);
        let page = |part: Part| PagePlan { condition: part.condition, ..PagePlan::new(part.groups, false) };
        let mut pages: Vec<PagePlan> = match ask.paging {
            Paging::Section => {
                let end = PagePlan::new(closing.into_iter().collect(), comment);
                parts.into_iter().map(page).chain([end]).collect()
            }
            Paging::One => {
                parts.push(Part { groups: closing.into_iter().collect(), condition: None });
                let pages = parts.into_iter().flat_map(|part| self.one_by_one(part)).map(page);
                pages.chain([PagePlan::new(Vec::new(), comment)]).collect()
            }
            Paging::All => {
                // What only some are asked comes after the page that decides it.
                let (branches, parts): (Vec<Part>, Vec<Part>) =
                    parts.into_iter().partition(|part| part.condition.is_some());
                let groups = parts.into_iter().flat_map(|part| part.groups).chain(closing).collect();
                [PagePlan::new(groups, comment)].into_iter().chain(branches.into_iter().map(page)).collect()
            }
        };
        pages.retain(|page| page.question_count() > 0 || page.comment);
        for (place, page) in pages.iter_mut().enumerate() {
            page.number = place + 1;
        }
        pages
    }

    /// Each question of a part as a part of its own.
    fn one_by_one(&self, part: Part) -> Vec<Part> {
        let single = |group: &Group| -> Vec<Group> {
            match group.section {
                Some(section) => {
                    let alone = |question: &usize| self.questions_group(section, vec![*question]);
                    group.questions.iter().map(alone).collect()
                }
                None => group.items.iter().map(|item| Group::of_items(group.block, vec![*item])).collect(),
            }
        };
        let groups = part.groups.iter().flat_map(single);
        groups.map(|group| Part { groups: vec![group], condition: part.condition.clone() }).collect()
    }

    /// The sections that stand before or after the blocks.
    fn section_parts(&self, ask: &Ask, opening: bool) -> Vec<Part> {
        let part = |(place, section): (usize, &Section)| {
            let is_asked = |question: &usize| {
                self.questions().get(*question).is_some_and(|question| question.asked_in(ask.length))
            };
            let questions: Vec<usize> = section.questions.clone().filter(is_asked).collect();
            let groups = vec![self.questions_group(place, questions)];
            Part { groups, condition: section.show_if.clone() }
        };
        let wanted = self.sections().iter().enumerate().filter(|(_, section)| section.opening == opening);
        wanted.map(part).collect()
    }

    /// Questions of a section with their items.
    fn questions_group(&self, section: usize, questions: Vec<usize>) -> Group {
        let asked = || questions.iter().filter_map(|question| self.questions().get(*question));
        Group {
            block: None,
            section: Some(section),
            items: asked().flat_map(|question| question.items.clone()).collect(),
            seconds: asked().map(|question| question.kind.seconds()).sum(),
            questions,
        }
    }

    /// The blocks: each with what was expected of it before it; an attached module comes last.
    fn block_parts(&self, ask: &Ask) -> Vec<Part> {
        let ranks = self.ranks(ask.order);
        let rank = |block: &usize| {
            let items = self.blocks().get(*block).map_or(0..0, |block| block.items.clone());
            items.filter_map(|item| ranks.get(item).copied()).min().unwrap_or(usize::MAX)
        };
        let mut blocks = self.asked_core(ask.form, ask.length);
        blocks.sort_by_key(rank);
        blocks.extend(ask.module.and_then(|module| self.module_block(module)));
        let part = |block: usize| {
            let before = self.expected_of(block).filter(|before| self.asks_block(ask, *before));
            let blocks = before.into_iter().chain([block]);
            Part {
                groups: blocks.filter_map(|block| self.group(ask, Some(block))).collect(),
                condition: None,
            }
        };
        blocks.into_iter().map(part).collect()
    }

    /// The asked items of a block, or the asked outcomes.
    fn group(&self, ask: &Ask, block: Option<usize>) -> Option<Group> {
        let ranks = self.ranks(ask.order);
        let items = self.items().iter().enumerate();
        let mut items: Vec<usize> = items
            .filter(|(_, item)| item.block == block && item.question.is_none() && item.asked_in(ask.length))
            .map(|(place, _)| place)
            .collect();
        if block.is_some() {
            items.sort_by_key(|item| ranks.get(*item).copied().unwrap_or(usize::MAX));
        }
        (!items.is_empty()).then(|| Group::of_items(block, items))
    }

    /// The block that asks what was expected of this one.
    fn expected_of(&self, block: usize) -> Option<usize> {
        let key = &self.blocks().get(block)?.key;
        let is_its = |other: &crate::instrument::Block| {
            other.facet == Facet::Expectation && other.of.as_ref() == Some(key)
        };
        self.blocks().iter().position(is_its)
    }

    /// The place of each item in a stored order; items that the order does not name keep the file's order after it.
    fn ranks(&self, order: u8) -> Vec<usize> {
        let orders = self.orders();
        let chosen = usize::from(order) % (orders.len() + 1);
        let stored = chosen.checked_sub(1).and_then(|place| orders.get(place));
        let items = self.items().len();
        let mut ranks: Vec<usize> = (items..items * 2).collect();
        for (rank, item) in stored.into_iter().flatten().enumerate() {
            if let Some(place) = ranks.get_mut(*item) {
                *place = rank;
            }
        }
        ranks
    }
}
