//! Secrets of hooks: none can be read from the database alone.
//!
//! WooCommerce takes any secret, so ours is made from the link key and stands nowhere. Shopify gives one; it is kept
//! sealed.

use data_encoding::{BASE32_NOPAD, BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::clock::Chance;
use crate::domain::Id;
use crate::service::links::{LinkKeys, Purpose};
use crate::service::sealed;
use crate::store::KeptSecret;

/// What is kept of a secret that we make: nothing but what it is made from.
pub fn made(links: &LinkKeys, chance: &dyn Chance) -> KeptSecret {
    KeptSecret { link_key_id: links.current_id().to_owned(), salt: sealed::salt(chance), sealed: Vec::new() }
}

/// Seals a secret that a shop gave for a hook; none when there is no link key.
pub fn sealed(links: &LinkKeys, chance: &dyn Chance, hook: Id, secret: &str) -> Option<KeptSecret> {
    sealed::seal(links, chance, (Purpose::Hook, hook), secret.as_bytes())
}

/// The secret of a hook; none when its link key is gone or what is kept was changed.
pub fn opened(links: &LinkKeys, kept: &KeptSecret, hook: Id) -> Option<Vec<u8>> {
    if kept.sealed.is_empty() {
        let secret =
            links.keyed(&kept.link_key_id, Purpose::Hook, &[b"made", hook.bytes().as_slice(), &kept.salt])?;
        return Some(BASE32_NOPAD.encode(&secret).to_lowercase().into_bytes());
    }
    sealed::open(links, kept, (Purpose::Hook, hook))
}

/// Whether a base64 signature is the HMAC-SHA256 of exactly these bytes; compared in constant time.
pub fn is_signed(secret: &[u8], body: &[u8], signature: &str) -> bool {
    let Ok(signature) = BASE64.decode(signature.as_bytes()) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
    mac.update(body);
    mac.verify_slice(&signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededChance;

    fn hook(byte: u8) -> Id {
        Id::of_hash(&[byte; 32])
    }

    #[test]
    fn a_sealed_secret_opens_with_its_link_key_and_hook_only() {
        let chance = SeededChance::new(1);
        let (links, others) = (LinkKeys::generate(&chance), LinkKeys::generate(&chance));
        for secret in ["x", "shpss_0123456789abcdef0123456789abcdef", &"long".repeat(40)] {
            let kept = sealed(&links, &chance, hook(1), secret).unwrap();
            assert!(!kept.sealed.windows(secret.len()).any(|part| part == secret.as_bytes()));
            assert_eq!(opened(&links, &kept, hook(1)).unwrap(), secret.as_bytes());
            assert_eq!(opened(&links, &kept, hook(2)), None);
            assert_eq!(opened(&others, &kept, hook(1)), None);
            let again = sealed(&links, &chance, hook(1), secret).unwrap();
            assert_ne!(again.sealed, kept.sealed, "another salt, another stream");
        }
    }

    #[test]
    fn a_sealed_secret_that_was_changed_opens_nothing() {
        let chance = SeededChance::new(2);
        let links = LinkKeys::generate(&chance);
        let kept = sealed(&links, &chance, hook(1), "shpss_secret").unwrap();
        for place in 0..kept.sealed.len() {
            let mut changed = kept.clone();
            changed.sealed[place] ^= 1;
            assert_eq!(opened(&links, &changed, hook(1)), None, "byte {place}");
        }
        let short = KeptSecret { sealed: vec![1; sealed::TAG - 1], ..kept };
        assert_eq!(opened(&links, &short, hook(1)), None);
    }

    #[test]
    fn our_own_secret_can_be_made_again_and_is_another_with_another_salt() {
        let chance = SeededChance::new(3);
        let links = LinkKeys::generate(&chance);
        let (one, other) = (made(&links, &chance), made(&links, &chance));
        assert_eq!(opened(&links, &one, hook(1)), opened(&links, &one, hook(1)));
        assert_ne!(opened(&links, &one, hook(1)), opened(&links, &other, hook(1)));
        assert_ne!(opened(&links, &one, hook(1)), opened(&links, &one, hook(2)));
        assert_eq!(opened(&links, &one, hook(1)).unwrap().len(), 52);
    }

    // The vector of docs/hooks.md; computed by openssl.
    #[test]
    fn the_documented_signature_is_right_and_no_other_is() {
        let body = br##"{"id":1001,"name":"#1001"}"##;
        let signature = "mZoz+FTePmx9dFBrP7w8HshtQ1AxfXYnsLiQnYyOHHk=";
        assert!(is_signed(b"hush", body, signature));
        assert!(!is_signed(b"hush", br##"{"id":1001,"name":"#1002"}"##, signature));
        assert!(!is_signed(b"husk", body, signature));
        for bad in ["", "no base64", &signature[..40], &signature.to_lowercase()] {
            assert!(!is_signed(b"hush", body, bad), "{bad}");
        }
    }
}
