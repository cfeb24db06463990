//! Pages of forms as compressed bytes, kept so that a template is filled once for many customers.
//!
//! A page that nobody has answered yet is the same for everybody with the same form and language, but for the number
//! of the order. What stands before and after the number is compressed once; a request puts the number between as a
//! block of its own. All of it is one gzip member: browsers show only the first of several. `open_form` asks for such
//! pages; everything that shows answers or problems is filled anew.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use survey_forms::form::Ask;

use super::coloured_page::{StyleHash, own_style};
use super::form_session::FormSession;
use super::known::Shelf;
use super::open_form::{Again, question_page};
use super::{Error, Result, Services};

/// Stands for the order number in a page while it is taken apart; characters that no text in use has.
const MARK: &str = "\u{f8f0}order\u{f8f1}";
/// Most bytes of one stored block.
const LONGEST_BLOCK: usize = 65_535;
/// The first bytes of a gzip member: deflate, no name, no time, unknown system.
const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// By what pages differ: organisation, its revision, survey, how it asks, language, page, and which pages are not shown
/// after earlier answers.
type Key = (i32, i32, i32, Ask, &'static str, usize, Vec<usize>);

/// Kept pages.
#[derive(Debug, Default)]
pub struct KeptPages(Shelf<Key, Halves>);

/// A page without its order number.
#[derive(Debug)]
struct Halves {
    before: Half,
    after: Half,
    /// What the policy of the page allows beside the common style.
    own_style: Option<StyleHash>,
}

#[derive(Debug)]
struct Half {
    /// Raw deflate; the first half ends at a whole byte and is not the last block.
    deflated: Vec<u8>,
    sum: crc32fast::Hasher,
    length: usize,
}

/// A page for one customer.
#[derive(Debug, Clone)]
pub struct KeptPage {
    halves: Arc<Halves>,
    /// The order number as the page writes it.
    between: String,
}

impl PartialEq for KeptPage {
    fn eq(&self, other: &Self) -> bool {
        self.gzip() == other.gzip()
    }
}

impl Eq for KeptPage {}

impl KeptPages {
    /// A page of a form on which nothing is answered yet; none when it cannot be taken apart.
    pub fn page(
        &self,
        services: &Services,
        session: &FormSession,
        number: usize,
    ) -> Result<Option<KeptPage>> {
        let order_number = session.order_number.as_str();
        if order_number.is_empty() {
            return Ok(None);
        }
        let between = handlebars::html_escape(order_number);
        if between.len() > LONGEST_BLOCK || order_number.contains(MARK) {
            return Ok(None);
        }
        let organisation = &session.organisation;
        let language = session.language().tag();
        let key = (
            organisation.org_id.0,
            organisation.revision,
            session.survey.id,
            session.plan.ask,
            language,
            number,
            session.hidden_pages(),
        );
        if let Some(halves) = self.0.find(&key) {
            return Ok(Some(KeptPage { halves, between }));
        }
        let whole = question_page(services, session, MARK, number, &Again::default())?;
        let mut parts = whole.split(MARK);
        let (Some(before), Some(after), None) = (parts.next(), parts.next(), parts.next()) else {
            return Ok(None);
        };
        let halves = Halves {
            before: Half::of(before, false)?,
            after: Half::of(after, true)?,
            own_style: own_style(organisation),
        };
        Ok(Some(KeptPage { halves: self.0.keep(key, halves), between }))
    }
}

impl Half {
    fn of(text: &str, is_last: bool) -> Result<Self> {
        let broken = |error: std::io::Error| Error::Broken(format!("a page cannot be compressed: {error}"));
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).map_err(broken)?;
        let deflated = if is_last {
            encoder.finish().map_err(broken)?
        } else {
            // A flush ends at a whole byte and leaves the stream open.
            encoder.flush().map_err(broken)?;
            encoder.get_ref().clone()
        };
        let mut sum = crc32fast::Hasher::new();
        sum.update(text.as_bytes());
        Ok(Self { deflated, sum, length: text.len() })
    }
}

impl KeptPage {
    /// The hash of its second style element, when it has one.
    pub fn own_style(&self) -> Option<&StyleHash> {
        self.halves.own_style.as_ref()
    }

    /// The page as one gzip member.
    pub fn gzip(&self) -> Vec<u8> {
        let (Halves { before, after, .. }, between) = (&*self.halves, self.between.as_bytes());
        let mut bytes = Vec::with_capacity(before.deflated.len() + between.len() + after.deflated.len() + 32);
        bytes.extend_from_slice(&GZIP_HEAD);
        bytes.extend_from_slice(&before.deflated);
        // A stored block: not the last one, its length and the complement of it.
        let length = u16::try_from(between.len()).unwrap_or(u16::MAX);
        bytes.push(0);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&(!length).to_le_bytes());
        bytes.extend_from_slice(between);
        bytes.extend_from_slice(&after.deflated);
        let mut sum = before.sum.clone();
        sum.update(between);
        sum.combine(&after.sum);
        bytes.extend_from_slice(&sum.finalize().to_le_bytes());
        let whole = u32::try_from(before.length + between.len() + after.length).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&whole.to_le_bytes());
        bytes
    }

    /// The page as text, for who takes no compressed one.
    pub fn plain(&self) -> Result<String> {
        let mut text = String::new();
        let mut reader = flate2::read::GzDecoder::new(std::io::Cursor::new(self.gzip()));
        std::io::Read::read_to_string(&mut reader, &mut text)
            .map_err(|error| Error::Broken(format!("a kept page cannot be read: {error}")))?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(before: &str, between: &str, after: &str) -> KeptPage {
        let halves = Halves {
            before: Half::of(before, false).unwrap(),
            after: Half::of(after, true).unwrap(),
            own_style: None,
        };
        KeptPage { halves: Arc::new(halves), between: between.to_owned() }
    }

    proptest! {
        #[test]
        fn any_three_texts_are_one_sound_member(before in ".{0,400}", between in ".{0,60}", after in ".{0,400}") {
            let page = page(&before, &between, &after);
            let bytes = page.gzip();
            let mut reader = flate2::bufread::GzDecoder::new(&bytes[..]);
            let mut text = String::new();
            std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
            prop_assert_eq!(&text, &format!("{before}{between}{after}"));
            prop_assert_eq!(page.plain().unwrap(), text);
            prop_assert!(reader.into_inner().is_empty(), "nothing follows the one member");
        }
    }

    #[test]
    fn what_is_the_same_for_all_is_compressed() {
        let page = page(&"question ".repeat(900), "A-17", &"answer ".repeat(900));
        assert!(page.gzip().len() < 300);
    }
}
