//! Both kinds of counts behind one face, so that each property is written once.

use scoring::{Cell, CellError, Code, CodecError, GroupedCell, Layout};

/// What a property needs of counts. A response is its codes with its customer's group.
pub trait Counts: Clone + PartialEq + std::fmt::Debug {
    fn empty(layout: &Layout) -> Self;
    fn people(&self) -> u64;
    fn record(&mut self, layout: &Layout, response: &Response) -> Result<(), CellError>;
    fn forget(&mut self, layout: &Layout, response: &Response) -> Result<(), CellError>;
    fn add(&mut self, other: &Self) -> Result<(), CellError>;
    fn subtract(&mut self, other: &Self) -> Result<(), CellError>;
    fn encode(&self, layout: &Layout) -> Vec<u8>;
    fn decode(layout: &Layout, bytes: &[u8]) -> Result<Self, CodecError>;

    fn of(layout: &Layout, responses: &[Response]) -> Self {
        let mut counts = Self::empty(layout);
        for response in responses {
            counts.record(layout, response).unwrap();
        }
        counts
    }
}

pub type Response = (Vec<Code>, u8);

/// Up to so many responses of customers in few groups, so that groups meet.
pub fn responses(chance: &mut super::Chance, layout: &Layout, most: usize) -> Vec<Response> {
    let all = super::draw::responses(chance, layout, most);
    all.into_iter().map(|codes| (codes, group(chance))).collect()
}

pub fn group(chance: &mut super::Chance) -> u8 {
    [0, 1, 31, 40][chance.index(4)]
}

impl Counts for Cell {
    fn empty(layout: &Layout) -> Cell {
        Cell::empty(layout)
    }
    fn people(&self) -> u64 {
        Cell::people(self)
    }
    fn record(&mut self, layout: &Layout, response: &Response) -> Result<(), CellError> {
        Cell::record(self, layout, &response.0)
    }
    fn forget(&mut self, layout: &Layout, response: &Response) -> Result<(), CellError> {
        Cell::forget(self, layout, &response.0)
    }
    fn add(&mut self, other: &Cell) -> Result<(), CellError> {
        Cell::add(self, other)
    }
    fn subtract(&mut self, other: &Cell) -> Result<(), CellError> {
        Cell::subtract(self, other)
    }
    fn encode(&self, layout: &Layout) -> Vec<u8> {
        Cell::encode(self, layout).unwrap()
    }
    fn decode(layout: &Layout, bytes: &[u8]) -> Result<Cell, CodecError> {
        Cell::decode(layout, bytes)
    }
}

impl Counts for GroupedCell {
    fn empty(layout: &Layout) -> GroupedCell {
        GroupedCell::empty(layout)
    }
    fn people(&self) -> u64 {
        GroupedCell::people(self)
    }
    fn record(&mut self, layout: &Layout, response: &Response) -> Result<(), CellError> {
        GroupedCell::record(self, layout, &response.0, response.1)
    }
    fn forget(&mut self, layout: &Layout, response: &Response) -> Result<(), CellError> {
        GroupedCell::forget(self, layout, &response.0, response.1)
    }
    fn add(&mut self, other: &GroupedCell) -> Result<(), CellError> {
        GroupedCell::add(self, other)
    }
    fn subtract(&mut self, other: &GroupedCell) -> Result<(), CellError> {
        GroupedCell::subtract(self, other)
    }
    fn encode(&self, layout: &Layout) -> Vec<u8> {
        GroupedCell::encode(self, layout).unwrap()
    }
    fn decode(layout: &Layout, bytes: &[u8]) -> Result<GroupedCell, CodecError> {
        GroupedCell::decode(layout, bytes)
    }
}
