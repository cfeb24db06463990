//! Keys of endpoints, and signatures by them, in the form of Standard Webhooks: `v1,` and the base64 of an HMAC-SHA256 over
//! id, time and body.
//!
//! A key follows from the link key, which lives outside the database, and from the endpoint and the number of its
//! rotation: it can be made again, and a stolen database holds none.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::{Id, Micros};
use crate::service::Services;
use crate::service::links::Purpose;
use crate::store::OrgScope;
use crate::store::webhooks::Secret;

/// What a key's text begins with.
const PREFIX: &str = "whsec_";

/// A key, 32 bytes; none when its link key is no longer in the file.
fn secret_bytes(services: &Services, scope: &OrgScope, webhook: Id, secret: &Secret) -> Option<Vec<u8>> {
    let (org, rotation) = (scope.org_id().0.to_be_bytes(), secret.rotation.to_be_bytes());
    let parts = [org.as_slice(), webhook.bytes(), rotation.as_slice()];
    services.links.keyed(&secret.link_key_id, Purpose::Webhook, &parts)
}

/// A key as its owner gets to see it.
pub fn secret_text(services: &Services, scope: &OrgScope, webhook: Id, secret: &Secret) -> Option<String> {
    Some(key_text(&secret_bytes(services, scope, webhook, secret)?))
}

/// The headers of a post; none when no key of the endpoint can be made.
pub fn headers(
    services: &Services,
    scope: &OrgScope,
    (webhook, secrets): (Id, &[Secret]),
    (message, body): (Id, &str),
) -> Option<Vec<(&'static str, String)>> {
    let at = services.now();
    let keys: Vec<Vec<u8>> =
        secrets.iter().filter_map(|secret| secret_bytes(services, scope, webhook, secret)).collect();
    (!keys.is_empty()).then(|| headers_by(&keys, &message.to_string(), at, body))
}

/// The headers of a post that is signed by each of some keys.
pub fn headers_by(keys: &[Vec<u8>], id: &str, at: Micros, body: &str) -> Vec<(&'static str, String)> {
    let signatures: Vec<String> = keys.iter().map(|key| signature(key, id, seconds(at), body)).collect();
    vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds(at).to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

/// A key of 32 bytes as its owner gets to see it.
pub fn key_text(key: &[u8]) -> String {
    format!("{PREFIX}{}", BASE64.encode(key))
}

fn seconds(at: Micros) -> i64 {
    at.0.div_euclid(1_000_000)
}

fn signature(key: &[u8], id: &str, seconds: i64, body: &str) -> String {
    // A key of any length is taken by HMAC; the error type is there for other algorithms.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of docs/webhooks.md; it was computed with OpenSSL.
    #[test]
    fn the_documented_example_has_the_documented_signature() {
        let document = include_str!("../../../../docs/webhooks.md");
        let key = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        let (id, seconds) = ("019e0000-0000-7000-8000-000000000001", 1_777_885_200);
        let body =
            r#"{"type":"survey.answered","timestamp":"2026-05-04T09:00:00Z","data":{"survey":"field"}}"#;
        let bytes = BASE64.decode(key.strip_prefix(PREFIX).unwrap().as_bytes()).unwrap();
        let signed = signature(&bytes, id, seconds, body);
        for told in [key, id, &seconds.to_string(), body, &signed] {
            assert!(document.contains(told), "{told} is not in docs/webhooks.md");
        }
    }
}
