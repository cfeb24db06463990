//! Secrets that we have to know again, such as a shop's or that of a member's phone: none can be read from the database
//! alone.
//!
//! XORed with HMAC-SHA256 in counter mode under the link key, with an HMAC-SHA256 over the result (encrypt, then
//! authenticate). The salt is new with each secret, so no part of the stream is used twice; purpose and owner are part of
//! both, so that nobody's sealed secret opens as somebody else's.

use super::links::{LinkKeys, Purpose};
use crate::clock::Chance;
use crate::domain::Id;
use crate::store::KeptSecret;

/// Bytes of a salt.
const SALT: usize = 16;
/// Bytes of the check at the end of a sealed secret.
pub(super) const TAG: usize = 16;
/// Bytes of one piece of the stream.
const PIECE: usize = 32;

/// Seals a secret of somebody, for one purpose; none when there is no link key.
pub fn seal(
    links: &LinkKeys,
    chance: &dyn Chance,
    whose: (Purpose, Id),
    secret: &[u8],
) -> Option<KeptSecret> {
    let mut kept =
        KeptSecret { link_key_id: links.current_id().to_owned(), salt: salt(chance), sealed: Vec::new() };
    let mut bytes = xored(links, &kept, whose, secret)?;
    let tag = tag(links, &kept, whose, &bytes)?;
    bytes.extend(tag);
    kept.sealed = bytes;
    Some(kept)
}

/// The secret; none when its link key is gone or what is kept was changed.
pub fn open(links: &LinkKeys, kept: &KeptSecret, whose: (Purpose, Id)) -> Option<Vec<u8>> {
    let (bytes, found) = kept.sealed.split_at_checked(kept.sealed.len().checked_sub(TAG)?)?;
    let right = tag(links, kept, whose, bytes)?;
    (right == found).then(|| xored(links, kept, whose, bytes)).flatten()
}

/// A new salt.
pub fn salt(chance: &dyn Chance) -> Vec<u8> {
    let mut salt = vec![0; SALT];
    chance.fill(&mut salt);
    salt
}

fn xored(links: &LinkKeys, kept: &KeptSecret, (purpose, of): (Purpose, Id), bytes: &[u8]) -> Option<Vec<u8>> {
    let mut result = Vec::with_capacity(bytes.len());
    for (number, piece) in (0u32..).zip(bytes.chunks(PIECE)) {
        let parts: [&[u8]; 4] = [b"stream", of.bytes(), &kept.salt, &number.to_be_bytes()];
        let stream = links.keyed(&kept.link_key_id, purpose, &parts)?;
        result.extend(piece.iter().zip(stream).map(|(byte, key)| byte ^ key));
    }
    Some(result)
}

fn tag(links: &LinkKeys, kept: &KeptSecret, (purpose, of): (Purpose, Id), bytes: &[u8]) -> Option<Vec<u8>> {
    let parts: [&[u8]; 4] = [b"check", of.bytes(), &kept.salt, bytes];
    let mut tag = links.keyed(&kept.link_key_id, purpose, &parts)?;
    tag.truncate(TAG);
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededChance;

    #[test]
    fn a_secret_opens_for_its_purpose_and_owner_only() {
        let chance = SeededChance::new(1);
        let links = LinkKeys::generate(&chance);
        let whose = |byte: u8| (Purpose::SecondStep, Id::of_hash(&[byte; 32]));
        let kept = seal(&links, &chance, whose(1), b"twenty bytes of this").unwrap();
        assert_eq!(open(&links, &kept, whose(1)).unwrap(), b"twenty bytes of this");
        assert_eq!(open(&links, &kept, whose(2)), None);
        assert_eq!(open(&links, &kept, (Purpose::Hook, whose(1).1)), None);
        assert_eq!(open(&LinkKeys::generate(&chance), &kept, whose(1)), None);
    }
}
