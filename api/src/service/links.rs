//! Links made from a key that lives outside the database: they can be made again, and a stolen
//! database opens none of them.

use std::fs;
use std::io::Write;
use std::path::Path;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::clock::Chance;
use crate::domain::Id;

/// What a link opens; the secret of one purpose never opens another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The customer's form.
    Answer,
    /// What is kept about the customer.
    Privacy,
    /// No more mails.
    Unsubscribe,
    /// The first page of an open survey, for whoever comes by.
    Open,
    /// The pages of a survey as they will be, for those who prepare it.
    Preview,
    /// Nothing: it makes the keys by which posts to an endpoint are signed.
    Webhook,
    /// Secrets of shops' hooks; no link.
    Hook,
    /// The address at which a mail comes back.
    Return,
    /// Nothing: it makes the keys by which short messages are signed.
    Gateway,
    /// The short code of a printed slip.
    Slip,
    /// Nothing: it seals what members' phones hold, and signs that a password was right.
    SecondStep,
    /// No more figures of a view by mail.
    ReportMail,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Privacy => "privacy",
            Self::Unsubscribe => "unsubscribe",
            Self::Open => "open",
            Self::Preview => "preview",
            Self::Webhook => "webhook",
            Self::Hook => "hook",
            Self::Return => "return",
            Self::Gateway => "gateway",
            Self::Slip => "slip",
            Self::SecondStep => "second step",
            Self::ReportMail => "report mail",
        }
    }
}

/// The link keys of an installation; the last one makes new links, older ones make theirs again.
#[derive(Clone)]
pub struct LinkKeys {
    keys: Vec<LinkKey>,
}

#[derive(Clone)]
struct LinkKey {
    id: String,
    secret: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    key: Vec<KeyEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    id: String,
    secret: String,
}

impl LinkKeys {
    /// One key from chance, for tests and for the demo's first run.
    pub fn generate(chance: &dyn Chance) -> Self {
        let (mut name, mut secret) = ([0u8; 5], vec![0u8; 32]);
        chance.fill(&mut name);
        chance.fill(&mut secret);
        // A name by chance: a new file in place of a lost one is never taken for it.
        Self { keys: vec![LinkKey { id: format!("k{}", BASE32_NOPAD.encode(&name).to_lowercase()), secret }] }
    }

    /// Reads the key file, or makes one (readable by its owner only) when there is none.
    pub fn load_or_create(path: &Path, chance: &dyn Chance) -> Result<Self, String> {
        match fs::read_to_string(path) {
            Ok(text) => {
                Self::parse(&text).map_err(|error| format!("link key file {}: {error}", path.display()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let keys = Self::generate(chance);
                match keys.save(path) {
                    Ok(()) => Ok(keys),
                    // Another process was quicker: its keys are the ones.
                    Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                        Self::load_or_create(path, chance)
                    }
                    Err(error) => Err(format!("cannot write the link key file {}: {error}", path.display())),
                }
            }
            Err(error) => Err(format!("cannot read the link key file {}: {error}", path.display())),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: KeyFile = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut keys = Vec::new();
        for entry in file.key {
            let secret = BASE32_NOPAD
                .decode(entry.secret.to_uppercase().as_bytes())
                .map_err(|_| format!("the secret of key \"{}\" is not base32", entry.id))?;
            if secret.len() < 32 {
                return Err(format!("the secret of key \"{}\" is shorter than 32 bytes", entry.id));
            }
            keys.push(LinkKey { id: entry.id, secret });
        }
        if keys.is_empty() {
            return Err("it holds no key".to_owned());
        }
        Ok(Self { keys })
    }

    fn save(&self, path: &Path) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let key = self
            .keys
            .iter()
            .map(|key| KeyEntry {
                id: key.id.clone(),
                secret: BASE32_NOPAD.encode(&key.secret).to_lowercase(),
            })
            .collect();
        let text = toml::to_string(&KeyFile { key }).map_err(std::io::Error::other)?;
        // Whole under another name first, then linked: nobody reads half a file, nobody overwrites one.
        let part = path.with_extension(format!("part-{}", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part)?;
        file.write_all(b"# Links in mails are made from these keys. Keep this file apart from the database, and keep it:\n# without it no mailed link can be made again. The last key makes new links.\n\n")?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        let linked = fs::hard_link(&part, path);
        fs::remove_file(&part)?;
        linked
    }

    /// The id of the key that makes new links.
    pub fn current_id(&self) -> &str {
        self.keys.last().map_or("", |key| &key.id)
    }

    /// The secret of one link: the first 160 bits of HMAC-SHA256(key, key id, purpose, invitation), in base32.
    /// None when the key is no longer in the file.
    pub fn secret(&self, key_id: &str, purpose: Purpose, invitation: Id) -> Option<String> {
        let key = self.keys.iter().find(|key| key.id == key_id)?;
        let digest =
            keyed_hash(&key.secret, &[key_id.as_bytes(), purpose.word().as_bytes(), invitation.bytes()]);
        Some(BASE32_NOPAD.encode(digest.get(..20)?).to_lowercase())
    }

    /// The keyed hash of some parts (HMAC-SHA256, 32 bytes) for one purpose; none when the key is no longer in the file.
    pub(super) fn keyed(&self, key_id: &str, purpose: Purpose, parts: &[&[u8]]) -> Option<Vec<u8>> {
        let key = self.keys.iter().find(|key| key.id == key_id)?;
        let of_purpose = [b"keyed".as_slice(), key_id.as_bytes(), purpose.word().as_bytes()];
        Some(keyed_hash(&key.secret, &[&of_purpose, parts].concat()))
    }

    /// The ids of all keys, the one that makes new links first.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().rev().map(|key| key.id.as_str())
    }

    /// The group 0..=31 of a customer, for the jackknife: keyed, so that a customer cannot be guessed from it.
    pub fn customer_group(&self, customer: Id) -> i16 {
        let secret = self.keys.first().map_or(&[] as &[u8], |key| &key.secret);
        let digest = keyed_hash(secret, &[b"customer group", customer.bytes()]);
        i16::from(digest.first().copied().unwrap_or(0) % 32)
    }

    /// What the database knows a customer's identity by: keyed, so that an address cannot be guessed from it.
    ///
    /// Always by the first key of the file: a new key for links must not make old customers new ones.
    pub fn identity_hash(&self, identity: &str) -> Vec<u8> {
        let secret = self.keys.first().map_or(&[] as &[u8], |key| &key.secret);
        keyed_hash(secret, &[b"customer identity", identity.as_bytes()])
    }
}

fn keyed_hash(secret: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // A key of any length is taken by HMAC; the error type is there for other algorithms.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return Vec::new() };
    for part in parts {
        // Lengths first: no two different lists of parts give the same bytes.
        mac.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{ManualClock, SeededChance};
    use crate::domain::Micros;

    #[test]
    fn a_link_can_be_made_again_and_differs_by_key_and_invitation() {
        let chance = SeededChance::new(1);
        let clock = ManualClock::at(Micros(0));
        let keys = LinkKeys::generate(&chance);
        let (one, other) = (Id::new(&clock, &chance), Id::new(&clock, &chance));
        let key = keys.current_id();
        let secret = keys.secret(key, Purpose::Answer, one).unwrap();
        assert_eq!(secret.len(), 32);
        assert_eq!(keys.secret(key, Purpose::Answer, one).unwrap(), secret);
        assert_ne!(keys.secret(key, Purpose::Answer, other).unwrap(), secret);
        assert_ne!(keys.secret(key, Purpose::Privacy, one).unwrap(), secret);
        assert_eq!(keys.secret("another", Purpose::Answer, one), None);
        assert_ne!(LinkKeys::generate(&chance).current_id(), key);
    }

    #[test]
    fn the_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/link.toml");
        let chance = SeededChance::new(2);
        let made = LinkKeys::load_or_create(&path, &chance).unwrap();
        let read = LinkKeys::load_or_create(&path, &chance).unwrap();
        let id = Id::new(&ManualClock::at(Micros(5)), &chance);
        assert_eq!(made.current_id(), read.current_id());
        let secret = |keys: &LinkKeys| keys.secret(made.current_id(), Purpose::Answer, id).unwrap();
        assert_eq!(secret(&made), secret(&read));
    }

    #[test]
    fn a_broken_key_file_is_refused_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("link.toml");
        std::fs::write(&path, "[[key]]\nid = \"k1\"\nsecret = \"short\"\n").unwrap();
        let error = LinkKeys::load_or_create(&path, &SeededChance::new(3)).err().unwrap();
        assert!(error.contains("link.toml"), "{error}");
    }
}
