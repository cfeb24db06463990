//! Tickets: what a visitor of an open link gets with the first page, so that it can be posted once and only once.
//!
//! A ticket is signed with the link key and stands in no table: looking at a link stores nothing. It says when it was
//! made and which form it shows; all ids of what its page makes follow from it.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use super::links::{LinkKeys, Purpose};
use crate::clock::Chance;
use crate::domain::{Id, Micros};

/// For how long the first page can be posted, in seconds.
const VALID_S: i64 = 24 * 3600;
/// Bytes of what a ticket says: 6 of its millisecond, 1 of its form, 9 of chance.
const SAID: usize = 16;
/// Bytes of its signature.
const SIGNED: usize = 16;

/// One visitor's ticket for one link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// As it stands in an address.
    pub text: String,
    /// When it was made, to the millisecond.
    pub made_at: Micros,
    /// The form that it shows.
    pub form: u8,
    /// The key that signed it.
    pub key_id: String,
    /// From this follows what it makes; nobody knows it without the key.
    seed: Vec<u8>,
}

impl Ticket {
    /// A new ticket with a form by chance, each of `forms` as likely as the others.
    pub fn draw(keys: &LinkKeys, link: Id, forms: u8, now: Micros, chance: &dyn Chance) -> Option<Self> {
        Self::make(keys, link, drawn(forms, chance), now, chance)
    }

    /// A new ticket with this form.
    pub fn make(keys: &LinkKeys, link: Id, form: u8, now: Micros, chance: &dyn Chance) -> Option<Self> {
        let mut said = [0u8; SAID];
        let millis = u64::try_from(now.0 / 1000).unwrap_or(0).to_be_bytes();
        for (byte, value) in said.iter_mut().zip(millis.iter().skip(2)) {
            *byte = *value;
        }
        let (_, rest) = said.split_at_mut(6);
        let (of_form, random) = rest.split_at_mut(1);
        of_form.fill(form);
        chance.fill(random);
        Self::of(keys, keys.current_id(), link, &said)
    }

    /// Reads a ticket of this link; none when we did not make it, or for another link.
    pub fn read(keys: &LinkKeys, link: Id, text: &str) -> Option<Self> {
        let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
        let said: [u8; SAID] = bytes.get(..SAID)?.try_into().ok()?;
        // Whatever the text was, it is compared with what we would have written.
        keys.ids().filter_map(|id| Self::of(keys, id, link, &said)).find(|ticket| is_same(&ticket.text, text))
    }

    fn of(keys: &LinkKeys, key_id: &str, link: Id, said: &[u8; SAID]) -> Option<Self> {
        let keyed = |what: &[u8]| keys.keyed(key_id, Purpose::Open, &[what, link.bytes(), said]);
        let signature = keyed(b"ticket")?;
        let whole = [said.as_slice(), signature.get(..SIGNED)?].concat();
        let millis = said.iter().take(6).fold(0i64, |sum, byte| sum << 8 | i64::from(*byte));
        Some(Self {
            text: BASE32_NOPAD.encode(&whole).to_lowercase(),
            made_at: Micros(millis * 1000),
            form: said.get(6).copied().unwrap_or(0),
            key_id: key_id.to_owned(),
            seed: keyed(b"visit")?,
        })
    }

    /// Whether its page can still be posted.
    pub fn is_valid(&self, now: Micros) -> bool {
        now <= self.made_at.plus_seconds(VALID_S)
    }

    /// The id of one of the things that it makes; the same each time.
    pub fn id(&self, what: &str) -> Id {
        let mut tail = [0u8; 10];
        for (byte, value) in tail.iter_mut().zip(self.hash(what)) {
            *byte = value;
        }
        Id::made_at(self.made_at, &tail)
    }

    /// A hash for one of the things that it makes.
    pub fn hash(&self, what: &str) -> Vec<u8> {
        Sha256::digest([self.seed.as_slice(), what.as_bytes()].concat()).to_vec()
    }
}

/// One of so many, each as likely: bytes that would prefer the first ones are drawn again.
fn drawn(forms: u8, chance: &dyn Chance) -> u8 {
    let forms = forms.max(1);
    let fair = u8::MAX - u8::MAX % forms;
    loop {
        let mut byte = [0u8; 1];
        chance.fill(&mut byte);
        let [byte] = byte;
        if byte < fair {
            return byte % forms;
        }
    }
}

/// Compares in a time that tells nothing about where two texts differ.
pub(super) fn is_same(left: &str, right: &str) -> bool {
    let differs = left.bytes().zip(right.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    left.len() == right.len() && differs == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededChance;

    const NOW: Micros = Micros(1_789_000_000_123_000);

    fn id(byte: u8) -> Id {
        Id::from_bytes(&[byte; 16]).unwrap()
    }

    #[test]
    fn a_ticket_is_read_as_it_was_made_and_makes_the_same_things() {
        let chance = SeededChance::new(4);
        let keys = LinkKeys::generate(&chance);
        let made = Ticket::draw(&keys, id(1), 13, NOW, &chance).unwrap();
        let read = Ticket::read(&keys, id(1), &made.text).unwrap();
        assert_eq!(read, made);
        assert_eq!((read.made_at, read.id("order"), read.text.len()), (NOW, made.id("order"), 52));
        assert_ne!(read.id("order"), read.id("customer"));
        assert!(read.is_valid(NOW.plus_seconds(VALID_S)) && !read.is_valid(NOW.plus_seconds(VALID_S + 1)));
    }

    #[test]
    fn a_ticket_of_another_link_or_key_or_with_one_letter_changed_is_none() {
        let chance = SeededChance::new(5);
        let keys = LinkKeys::generate(&chance);
        let ticket = Ticket::draw(&keys, id(1), 13, NOW, &chance).unwrap();
        assert_eq!(Ticket::read(&keys, id(2), &ticket.text), None);
        assert_eq!(Ticket::read(&LinkKeys::generate(&chance), id(1), &ticket.text), None);
        for at in 0..ticket.text.len() {
            let mut letters = ticket.text.clone().into_bytes();
            letters[at] = if letters[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(Ticket::read(&keys, id(1), std::str::from_utf8(&letters).unwrap()), None, "{at}");
        }
        for bad in
            ["", "a", "ä", &ticket.text[1..], &ticket.text.to_uppercase(), &format!("{}aa", ticket.text)]
        {
            assert_eq!(Ticket::read(&keys, id(1), bad), None, "{bad}");
        }
    }

    #[test]
    fn every_form_is_drawn_equally_often() {
        let chance = SeededChance::new(6);
        let keys = LinkKeys::generate(&chance);
        let mut drawn = [0u32; 13];
        for _ in 0..13_000 {
            drawn[usize::from(Ticket::draw(&keys, id(1), 13, NOW, &chance).unwrap().form)] += 1;
        }
        // Five standard deviations of a count with mean 1000.
        assert!(drawn.iter().all(|n| (848..=1152).contains(n)), "{drawn:?}");
    }
}
