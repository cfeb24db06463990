//! Signs mails in the name of a domain (DKIM, RFC 6376 and RFC 8463), so that a receiver can tell that nobody changed
//! them on the way. Relays often do this themselves; here it is for those that do not
//! ([ADR 35](../../../../docs/adr/0035-own-dkim.md)).

mod canonical;
mod key;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use canonical::{body, header, headers};
pub use key::Key;

/// What a signature stands for. Each of them is signed once more than it stands in the mail, so that none can be
/// added on the way; the ones for ending mails must be covered (RFC 8058, section 4).
const SIGNED: [&str; 12] = [
    "from",
    "reply-to",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-language",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// Letters of a signature on one line of the header.
const LINE: usize = 70;

/// Names of headers on one line of the header.
const NAMES: usize = 5;

/// A key with the name under which its public half is published.
pub struct Signer {
    selector: String,
    domain: String,
    key: Key,
}

/// All keys of an installation.
#[derive(Default)]
pub struct Signers(Vec<Signer>);

impl Signers {
    /// Reads the setting `dkim`: `SELECTOR._domainkey.DOMAIN=FILE`, several with commas between them. The name is that
    /// of the record in the domain name system; the file holds the private key in PEM.
    pub fn from_setting(setting: &str) -> Result<Self, String> {
        let one = |entry: &str| Signer::read(entry.trim()).map_err(|words| format!("dkim: {words}"));
        setting
            .split(',')
            .filter(|entry| !entry.trim().is_empty())
            .map(one)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Signer> {
        self.0.iter()
    }

    /// The mail with a signature of each key whose domain the sender's address belongs to, itself or beneath it.
    pub fn sign(&self, sender: &str, at_seconds: i64, mail: Vec<u8>) -> Result<Vec<u8>, String> {
        let mut signed = Vec::new();
        for signer in self.0.iter().filter(|signer| signer.signs_for(sender)) {
            signed.extend(signer.signature(at_seconds, &mail)?);
        }
        if signed.is_empty() {
            return Ok(mail);
        }
        signed.extend(mail);
        Ok(signed)
    }
}

impl Signer {
    fn read(entry: &str) -> Result<Self, String> {
        let needed = "needed is SELECTOR._domainkey.DOMAIN=FILE";
        let (name, file) =
            entry.split_once('=').ok_or_else(|| format!("\"{entry}\" names no file; {needed}"))?;
        let (selector, domain) = name
            .split_once("._domainkey.")
            .filter(|(selector, domain)| is_name(selector) && is_name(domain))
            .ok_or_else(|| format!("\"{name}\" is not the name of such a record; {needed}"))?;
        let pem = std::fs::read(file)
            .map_err(|error| format!("the key of {name} cannot be read from {file}: {error}"))?;
        let key = Key::from_pem(&pem).map_err(|words| format!("the key of {name} in {file}: {words}"))?;
        Ok(Self { selector: selector.to_owned(), domain: domain.to_lowercase(), key })
    }

    /// The domain whose mails it signs.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Where receivers look for the public half.
    pub fn record_name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// What is to be published there, as a TXT record.
    pub fn record(&self) -> String {
        format!("v=DKIM1; k={}; p={}", self.key.kind(), self.key.public())
    }

    /// Whether a published record has the public half of this key.
    pub fn is_published_as(&self, record: &str) -> bool {
        let bare: String = record.chars().filter(|letter| !letter.is_whitespace()).collect();
        bare.split(';').any(|part| part.strip_prefix("p=").is_some_and(|key| key == self.key.public()))
    }

    /// Whether mails from an address are its own: of its domain, or of one beneath it (RFC 7489, relaxed alignment).
    pub fn signs_for(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain).to_lowercase();
        let above = domain.strip_suffix(&self.domain);
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    }

    /// The whole header with its end of line.
    fn signature(&self, at_seconds: i64, mail: &[u8]) -> Result<Vec<u8>, String> {
        let end = mail
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .ok_or("a mail without an end of its headers")?;
        let (head, rest) = mail.split_at(end + 2);
        let lines = headers(head);
        let body_hash = BASE64.encode(&Sha256::digest(body(rest.get(2..).unwrap_or_default())));
        let names: Vec<&str> = signed_names(&lines);
        let (key, domain, selector) = (self.key.kind(), &self.domain, &self.selector);
        let unsigned = format!(
            "DKIM-Signature: v=1; a={key}-sha256; c=relaxed/relaxed; d={domain}; s={selector};\r\n\tt={at_seconds}; \
             h={};\r\n\tbh={body_hash};\r\n\tb=",
            names.chunks(NAMES).map(|some| some.join(":")).collect::<Vec<_>>().join(":\r\n\t ")
        );
        let mut data = covered(&lines, &names);
        data.extend(header(unsigned.as_bytes()));
        let signature = BASE64.encode(&self.key.sign(&data)?);
        Ok(format!("{unsigned}{}\r\n", folded(&signature)).into_bytes())
    }
}

/// The names that stand in the mail, then all of them once more.
fn signed_names(lines: &[&[u8]]) -> Vec<&'static str> {
    let stands = |name: &&&str| lines.iter().any(|line| is_called(line, name));
    SIGNED.iter().filter(stands).chain(SIGNED.iter()).copied().collect()
}

/// What is signed: for each name the last header of that name that is not taken yet, and nothing where there is none.
fn covered(lines: &[&[u8]], names: &[&str]) -> Vec<u8> {
    let mut left: Vec<&&[u8]> = lines.iter().collect();
    let mut data = Vec::new();
    for name in names {
        if let Some(place) = left.iter().rposition(|line| is_called(line, name)) {
            data.extend(header(left.remove(place)));
            data.extend(b"\r\n");
        }
    }
    data
}

fn is_called(line: &[u8], name: &str) -> bool {
    let found = line.split(|byte| *byte == b':').next().unwrap_or_default();
    found.trim_ascii_end().eq_ignore_ascii_case(name.as_bytes())
}

/// Base64 over several lines, so that none gets longer than mail allows.
fn folded(text: &str) -> String {
    let lines: Vec<&str> =
        text.as_bytes().chunks(LINE).map(|line| std::str::from_utf8(line).unwrap_or_default()).collect();
    lines.join("\r\n\t")
}

/// Whether it is made of labels of letters, digits and hyphens with dots between them.
fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
    };
    text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_of_the_domain_or_beneath_it_is_its_own_and_no_other() {
        let key = Key::from_pem(key::tests::ED25519.as_bytes()).unwrap();
        let signer = Signer { selector: "s1".to_owned(), domain: "shop.example".to_owned(), key };
        for own in ["care@shop.example", "care@mail.SHOP.example"] {
            assert!(signer.signs_for(own), "{own}");
        }
        for other in ["care@bookshop.example", "care@example", "shop.example", "care@shop.example.org", ""] {
            assert!(!signer.signs_for(other), "{other}");
        }
    }

    #[test]
    fn a_setting_that_cannot_be_used_names_its_place() {
        let words = |setting: &str| Signers::from_setting(setting).err().unwrap();
        assert!(words("shop.example").contains("names no file"));
        assert!(words("shop.example=x.pem").contains("\"shop.example\" is not the name"));
        assert!(words("s1._domainkey.shop.example=no-such.pem").contains("cannot be read from no-such.pem"));
        assert!(Signers::from_setting("").unwrap().0.is_empty());
    }

    #[test]
    fn every_header_is_signed_once_more_than_it_stands() {
        let lines: Vec<&[u8]> = vec![b"From: a@b.example", b"Subject : hello"];
        let names = signed_names(&lines);
        assert_eq!(names.iter().filter(|name| **name == "from").count(), 2);
        assert_eq!(names.iter().filter(|name| **name == "list-unsubscribe").count(), 1);
        assert_eq!(covered(&lines, &names), b"from:a@b.example\r\nsubject:hello\r\n");
    }
}
