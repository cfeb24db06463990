//! Pages for people: the customer's form.

pub mod form;
