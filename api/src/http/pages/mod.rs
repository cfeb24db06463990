//! Pages for people: the customer's form, what is kept about the customer, and the end of mails.

pub mod asking;
pub mod desk;
pub mod form;
pub mod open;
pub mod own_data;
pub mod preview;
pub mod score;
pub mod slip;
