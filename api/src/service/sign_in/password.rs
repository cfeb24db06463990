//! Passwords: the one rule about them, and their hashes.
//!
//! argon2id with 19 MiB, two passes and one lane, as OWASP's cheat sheet on password storage has it at least. A hash is
//! written in the PHC text form, so that the parameters can grow and old hashes still be read.

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use sha2::{Digest, Sha256};

use crate::clock::Chance;
use crate::service::{Error, Result};

/// Fewest characters of a password.
pub const FEWEST: usize = 12;
/// Most bytes of a password: enough for any sentence, and nobody makes us hash a book.
pub const MOST_BYTES: usize = 1024;

/// Memory of one hash, in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Bytes of a salt.
const SALT: usize = 16;
/// Bytes of a hash.
const LENGTH: usize = 32;

/// What is wrong with a new password, in words; none when it will do.
pub fn objection(password: &str) -> Option<String> {
    let letters = password.chars().count();
    if letters < FEWEST {
        return Some(format!(
            "The password has {letters} characters; at least {FEWEST} are needed. A short sentence is easiest to keep."
        ));
    }
    (password.len() > MOST_BYTES)
        .then(|| format!("The password is too long: at most {MOST_BYTES} bytes are taken."))
}

/// A salt: that of `earlier`, when this is the hash of the same person's password elsewhere, else a new one.
///
/// One salt for one person lets a sign-in be checked against all their organisations at the price of one hash, so that
/// the time it takes does not tell how many there are.
pub fn salt_of(earlier: Option<&str>, chance: &dyn Chance) -> Vec<u8> {
    earlier.and_then(parts).map_or_else(
        || {
            let mut salt = vec![0u8; SALT];
            chance.fill(&mut salt);
            salt
        },
        |(salt, _)| salt,
    )
}

/// Hashes a password; takes about 20 ms of a core and 19 MiB of memory.
pub fn hash(password: &str, salt: &[u8]) -> Result<String> {
    let broken = |error: argon2::Error| Error::Broken(format!("a password cannot be hashed: {error}"));
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(LENGTH)).map_err(broken)?;
    let mut bytes = [0u8; LENGTH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut bytes)
        .map_err(broken)?;
    Ok(format!(
        "$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${}${}",
        BASE64_NOPAD.encode(salt),
        BASE64_NOPAD.encode(&bytes)
    ))
}

/// Whether two hashes are the same. Both are hashed once more, so that the time of the comparison tells nothing.
pub fn is_same(one: &str, other: &str) -> bool {
    Sha256::digest(one.as_bytes()) == Sha256::digest(other.as_bytes())
}

/// Salt and hash of a text that [`hash`] wrote with the parameters of today.
fn parts(text: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let rest = text.strip_prefix(&format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$"))?;
    let (salt, hash) = rest.split_once('$')?;
    Some((BASE64_NOPAD.decode(salt.as_bytes()).ok()?, BASE64_NOPAD.decode(hash.as_bytes()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededChance;

    #[test]
    fn a_hash_is_that_of_the_reference_implementation() {
        // echo -n 'a calm northern workshop' | argon2 0123456789abcdef -id -t 2 -k 19456 -p 1 -l 32 -e
        let made = hash("a calm northern workshop", b"0123456789abcdef").unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"), "{made}");
        assert_eq!(parts(&made).unwrap().1.len(), 32);
        assert!(is_same(&made, &hash("a calm northern workshop", b"0123456789abcdef").unwrap()));
        assert!(!is_same(&made, &hash("a calm northern workshop.", b"0123456789abcdef").unwrap()));
    }

    #[test]
    fn one_person_has_one_salt() {
        let chance = SeededChance::new(1);
        let first = salt_of(None, &chance);
        let kept = hash("a calm northern workshop", &first).unwrap();
        assert_eq!(salt_of(Some(&kept), &chance), first);
        assert_ne!(salt_of(Some("$argon2id$old"), &chance), first);
    }

    #[test]
    fn twelve_characters_are_the_only_rule() {
        assert!(objection("elevenchars").unwrap().contains("has 11 characters"));
        assert_eq!(objection("aaaaaaaaaaaa"), None);
        assert_eq!(objection("ääkkösiä öö!"), None, "characters are counted, not bytes");
        assert!(objection(&"a".repeat(1025)).is_some());
    }
}
