//! Hands mails over: files by default, SMTP by setting. Test mails always become files.

pub mod dkim;
mod message;
pub mod returned;
mod smtp;

use std::path::PathBuf;

use dkim::Signers;
use lettre::address::Envelope as Route;

use crate::domain::Micros;

/// One mail with everything it needs.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Constant over all tries, so that a relay can tell a repeat.
    pub message_id: String,
    /// Name of the file without ending, when it becomes a file.
    pub file_name: String,
    /// Who asks.
    pub from_name: String,
    /// The sender's address.
    pub from: String,
    /// Where replies go.
    pub reply_to: String,
    /// Who is asked, or empty.
    pub to_name: String,
    /// Their address.
    pub to: String,
    /// Where mails come back to, when that is not the sender: the route of the mail, not a header.
    pub return_to: Option<String>,
    /// The page on which the customer ends such mails; one POST to it is enough.
    pub unsubscribe_link: String,
    /// Where a mail with the subject `unsubscribe` does the same; empty where none does.
    pub unsubscribe_address: String,
    /// Language tag of the words.
    pub language: String,
    /// Subject line.
    pub subject: String,
    /// Plain part.
    pub text: String,
    /// HTML part.
    pub html: String,
    /// When it is sent.
    pub date: Micros,
    /// Came by a test key: becomes a file, whatever the setting.
    pub test: bool,
}

/// What came of handing a mail over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Taken by the relay, or written.
    Sent,
    /// Refused for good.
    Refused(String),
    /// Refused for good, and so will be every other mail to this address: there is none such.
    NoSuchAddress(String),
    /// Not taken now.
    TryLater(String),
    /// It broke off after the whole mail was handed over: it may have been taken.
    Unsure(String),
}

/// Where mails go.
pub struct Mailer {
    way: Way,
    test_folder: PathBuf,
    signers: Signers,
}

enum Way {
    Folder(PathBuf),
    Smtp(Box<smtp::Relay>),
}

impl Mailer {
    /// Reads `file:DIR` or `smtp://[user:password@]host[:port]` (`smtps://` for TLS from the start,
    /// `smtp://…?tls=required` for STARTTLS); test mails go to `test_folder`.
    pub fn from_setting(setting: &str, test_folder: PathBuf) -> Result<Self, String> {
        if let Some(folder) = setting.strip_prefix("file:") {
            if folder.is_empty() {
                return Err("mail \"file:\" names no folder; needed is e.g. file:data/mail".to_owned());
            }
            return Ok(Self {
                way: Way::Folder(PathBuf::from(folder)),
                test_folder,
                signers: Signers::default(),
            });
        }
        if setting.starts_with("smtp://") || setting.starts_with("smtps://") {
            let relay = smtp::Relay::from_url(setting)?;
            return Ok(Self { way: Way::Smtp(Box::new(relay)), test_folder, signers: Signers::default() });
        }
        Err("mail is neither file:DIR nor smtp://HOST:PORT nor smtps://HOST:PORT".to_owned())
    }

    /// Has mails signed in the name of their sender's domain.
    #[must_use]
    pub fn signing(self, signers: Signers) -> Self {
        Self { signers, ..self }
    }

    /// The keys by which mails are signed.
    pub const fn signers(&self) -> &Signers {
        &self.signers
    }

    /// How many mails may be handed over at the same time.
    pub const fn at_once(&self) -> usize {
        match self.way {
            Way::Folder(_) => 1,
            Way::Smtp(_) => 4,
        }
    }

    /// Whether mails can leave; in words if not.
    pub fn check(&self) -> Result<(), String> {
        match &self.way {
            Way::Folder(folder) => std::fs::create_dir_all(folder)
                .map_err(|error| format!("mails cannot be written to {}: {error}", folder.display())),
            Way::Smtp(relay) => relay.check(),
        }
    }

    /// Writes down a short message of a test, which reaches nobody, beside the mails of tests.
    pub fn keep_test(&self, name: &str, body: &str) -> Outcome {
        write_file(&self.test_folder, &format!("{name}.message.json"), body.as_bytes())
    }

    /// The very mail as it leaves, signed, and its route; in words why there is none.
    pub fn written(&self, envelope: &Envelope) -> Result<(Route, Vec<u8>), String> {
        let message = message::build(envelope)?;
        let at_seconds = envelope.date.timestamp().as_second();
        let mail = self.signers.sign(&envelope.from, at_seconds, message.formatted())?;
        Ok((message.envelope().clone(), mail))
    }

    /// Hands one mail over.
    pub fn send(&self, envelope: &Envelope) -> Outcome {
        let (route, mail) = match self.written(envelope) {
            Ok(written) => written,
            Err(words) => return Outcome::Refused(words),
        };
        let file_name = format!("{}.eml", envelope.file_name);
        match &self.way {
            _ if envelope.test => write_file(&self.test_folder, &file_name, &mail),
            Way::Folder(folder) => write_file(folder, &file_name, &mail),
            Way::Smtp(relay) => relay.send(&route, &mail),
        }
    }
}

/// Writes beside, then renames: a reader never sees half of it, and a repeat replaces the same file.
fn write_file(folder: &std::path::Path, name: &str, content: &[u8]) -> Outcome {
    let path = folder.join(name);
    let part = folder.join(format!("{name}.part"));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&part, content))
        .and_then(|()| std::fs::rename(&part, &path));
    match written {
        Ok(()) => Outcome::Sent,
        Err(error) => Outcome::TryLater(format!("cannot write {}: {error}", path.display())),
    }
}
