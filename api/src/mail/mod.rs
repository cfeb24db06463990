//! Hands mails over: files by default, SMTP by setting. Test mails always become files.

mod message;

use std::path::PathBuf;

use lettre::transport::smtp::SmtpTransport;
use lettre::{Transport, message::Message};

use crate::domain::Micros;

pub use message::build;

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
    /// Not taken now.
    TryLater(String),
}

/// Where mails go.
pub struct Mailer {
    way: Way,
    test_folder: PathBuf,
}

enum Way {
    Folder(PathBuf),
    Smtp(Box<SmtpTransport>),
}

impl Mailer {
    /// Reads `file:DIR` or `smtp://[user:password@]host[:port]` (`smtps://` for TLS from the start,
    /// `smtp://…?tls=required` for STARTTLS); test mails go to `test_folder`.
    pub fn from_setting(setting: &str, test_folder: PathBuf) -> Result<Self, String> {
        if let Some(folder) = setting.strip_prefix("file:") {
            if folder.is_empty() {
                return Err("mail \"file:\" names no folder; needed is e.g. file:data/mail".to_owned());
            }
            return Ok(Self { way: Way::Folder(PathBuf::from(folder)), test_folder });
        }
        if setting.starts_with("smtp://") || setting.starts_with("smtps://") {
            let transport = SmtpTransport::from_url(setting)
                .map_err(|error| format!("mail: the smtp address cannot be read: {error}"))?
                // The SMTP standard lets the relay take ten minutes over the final dot; a shorter wait makes doubles.
                .timeout(Some(std::time::Duration::from_mins(10)))
                .build();
            return Ok(Self { way: Way::Smtp(Box::new(transport)), test_folder });
        }
        Err("mail is neither file:DIR nor smtp://HOST:PORT nor smtps://HOST:PORT".to_owned())
    }

    /// Hands one mail over.
    pub fn send(&self, envelope: &Envelope) -> Outcome {
        let message = match message::build(envelope) {
            Ok(message) => message,
            Err(words) => return Outcome::Refused(words),
        };
        match &self.way {
            _ if envelope.test => write_file(&self.test_folder, &envelope.file_name, &message),
            Way::Folder(folder) => write_file(folder, &envelope.file_name, &message),
            Way::Smtp(transport) => send_by_smtp(transport, &message),
        }
    }
}

fn send_by_smtp(transport: &SmtpTransport, message: &Message) -> Outcome {
    match transport.send(message) {
        Ok(_) => Outcome::Sent,
        Err(error) if is_about_recipient(&error) => Outcome::Refused(relay_words(&error)),
        Err(error) => Outcome::TryLater(relay_words(&error)),
    }
}

/// Whether the relay will not have this recipient; every other refusal (a wrong password, a sender that is
/// not allowed) is about us and may be mended.
fn is_about_recipient(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(|code| code.to_string());
    code.is_some_and(|code| ["550", "551", "552", "553", "554", "556"].contains(&code.as_str()))
}

/// What went wrong, without the relay's own words: they often repeat the address.
fn relay_words(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the relay answered {code}"),
        None if error.is_timeout() => "the relay did not answer in time".to_owned(),
        None if error.is_tls() => "the connection to the relay could not be made safe".to_owned(),
        None => "the relay cannot be reached or broke off".to_owned(),
    }
}

/// Writes beside, then renames: a reader never sees half a mail, and a repeat replaces the same file.
fn write_file(folder: &std::path::Path, name: &str, message: &Message) -> Outcome {
    let path = folder.join(format!("{name}.eml"));
    let part = folder.join(format!("{name}.part"));
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&part, message.formatted()))
        .and_then(|()| std::fs::rename(&part, &path));
    match written {
        Ok(()) => Outcome::Sent,
        Err(error) => Outcome::TryLater(format!("cannot write {}: {error}", path.display())),
    }
}
