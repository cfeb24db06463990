//! The questionnaire of Laatu: instrument files, forms, answers, languages, and the pages and mails that show them.
//!
//! This crate is pure: no clock, no database, no network, and no files at run time (everything that it shows is
//! embedded). It knows nothing of customers, invitations or scores; the service joins it with those.
//!
//! The way of one answer through the crate:
//!
//! ```text
//! instrument file ─► Instrument ─► form + length ─► PagePlan ─► page (render)
//!                                                      │
//!                         fields of a POST ─► read_page ─► PageAnswers ─► AnswerSheet ─► packed bytes
//! ```
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`language`] | the shipped languages and negotiation; inside, the catalogues of page and mail texts |
//! | [`instrument`] | reading, checking and showing instrument files |
//! | [`form`] | which blocks and items one customer is asked, page by page |
//! | [`answer`] | raw form fields to answers, answers to packed bytes and back |
//! | [`own_words`] | the small language of an organisation's own words |
//! | [`accent`] | an organisation's colour, checked for contrast |
//! | [`render`] | pages and mails |

pub mod accent;
pub mod answer;
pub mod form;
pub mod instrument;
pub mod language;
pub mod own_words;
pub mod render;
