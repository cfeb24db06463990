//! Private keys: RSA of at least 2048 bits, which every receiver checks, and Ed25519, which some do.

use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::rsa::KeyPair as RsaKeyPair;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use sha2::{Digest, Sha256};

/// What stands before the length of an RSA key in a SubjectPublicKeyInfo (RFC 5280, RFC 8017): its algorithm.
const RSA_ALGORITHM: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// A private key.
pub enum Key {
    /// RSA, PKCS #1 v1.5 with SHA-256.
    Rsa(Box<RsaKeyPair>),
    /// Ed25519 over the SHA-256 of what is signed (RFC 8463).
    Ed25519(Ed25519KeyPair),
}

impl Key {
    /// Reads `BEGIN PRIVATE KEY` or `BEGIN RSA PRIVATE KEY`.
    pub fn from_pem(pem: &[u8]) -> Result<Self, String> {
        let der =
            PrivateKeyDer::from_pem_slice(pem).map_err(|_| "it holds no private key in PEM".to_owned())?;
        let rsa = |read: Result<RsaKeyPair, ring::error::KeyRejected>| match read {
            Ok(key) => Ok(Self::Rsa(Box::new(key))),
            Err(error) => Err(format!("needed is RSA of 2048 bits or more, or Ed25519 ({error})")),
        };
        match &der {
            PrivateKeyDer::Pkcs1(der) => rsa(RsaKeyPair::from_der(der.secret_pkcs1_der())),
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                    Ok(key) => Ok(Self::Ed25519(key)),
                    Err(_) => rsa(RsaKeyPair::from_pkcs8(der)),
                }
            }
            _ => Err("needed is RSA or Ed25519, and this is neither".to_owned()),
        }
    }

    /// Its word in signatures and records.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa",
            Self::Ed25519(_) => "ed25519",
        }
    }

    /// The public half as it is published, in base64.
    pub fn public(&self) -> String {
        match self {
            Self::Rsa(key) => BASE64.encode(&rsa_key_info(key.public().as_ref())),
            Self::Ed25519(key) => BASE64.encode(key.public_key().as_ref()),
        }
    }

    /// The signature of some bytes.
    pub fn sign(&self, data: &[u8]) -> Result<Vec<u8>, String> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature)
                    .map_err(|_| "the mail could not be signed".to_owned())?;
                Ok(signature)
            }
            Self::Ed25519(key) => Ok(key.sign(&Sha256::digest(data)).as_ref().to_vec()),
        }
    }
}

/// An RSAPublicKey in DER as a SubjectPublicKeyInfo, the form in which the keys of records stand.
fn rsa_key_info(key: &[u8]) -> Vec<u8> {
    let bits = [&[0], key].concat();
    der(0x30, &[&RSA_ALGORITHM[..], &der(0x03, &bits)].concat())
}

/// A tag, a length and a content in DER.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut all = vec![tag];
    match (length.as_slice(), length.len()) {
        ([short], 1) if *short < 0x80 => all.push(*short),
        ([], _) => all.push(0),
        (_, count) => {
            all.push(0x80 | u8::try_from(count).unwrap_or_default());
            all.extend(&length);
        }
    }
    all.extend(content);
    all
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The private key of RFC 8463, appendix A.2, as PKCS #8.
    pub const ED25519: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
        -----END PRIVATE KEY-----\n";

    #[test]
    fn the_key_of_the_standard_has_the_public_half_that_it_prints() {
        let key = Key::from_pem(ED25519.as_bytes()).unwrap();
        assert_eq!(
            (key.kind(), key.public().as_str()),
            ("ed25519", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        );
    }

    #[test]
    fn what_is_no_key_is_refused_in_words() {
        let words = |pem: &str| Key::from_pem(pem.as_bytes()).err().unwrap();
        assert!(words("hello").contains("no private key in PEM"));
        let short = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n";
        assert!(words(short).contains("2048 bits"));
    }

    #[test]
    fn lengths_are_written_as_der_wants_them() {
        assert_eq!(der(3, &[]), [3, 0]);
        assert_eq!(der(3, &[7; 127])[..2], [3, 127]);
        assert_eq!(der(3, &[7; 128])[..3], [3, 0x81, 128]);
        assert_eq!(der(3, &[7; 300])[..4], [3, 0x82, 1, 44]);
    }
}
