//! Hands mails to a relay over SMTP, and knows how far each one came.
//!
//! lettre speaks the protocol. Its transport hides whether a break came before or after the end of the mail, and that
//! is what decides whether a second try can make a double; so the conversation is led here, command by command
//! ([ADR 27](../../../docs/adr/0027-outbox.md)).

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use lettre::address::Envelope as Route;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use url::Url;

use super::Outcome;
use super::returned::{Came, dotted_status, kind_of};

/// How long a relay may take for an answer to a command.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long it may take over the end of a mail: the SMTP standard asks for ten minutes, and a shorter wait makes doubles.
const PATIENCE_AT_END: Duration = Duration::from_mins(10);
/// A connection that rested longer is not trusted without asking.
const FRESH: Duration = Duration::from_secs(5);
/// A connection that rested longer is given up: relays end them about then.
const STALE: Duration = Duration::from_mins(1);

/// A relay with the connections that rest between mails.
pub struct Relay {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    hello: ClientId,
    idle: Mutex<Vec<(SmtpConnection, Instant)>>,
}

enum Tls {
    None,
    /// Asked for after the greeting; without it nothing is sent.
    Required(TlsParameters),
    /// From the first byte.
    Wrapped(TlsParameters),
}

impl Relay {
    /// Reads `smtp://[user:password@]host[:port]`, with `?tls=required` for STARTTLS, or `smtps://…`.
    pub fn from_url(text: &str) -> Result<Self, String> {
        let wrong = |why: String| format!("mail: the smtp address cannot be read: {why}");
        let url = Url::parse(text).map_err(|error| wrong(error.to_string()))?;
        let host = url.host_str().ok_or_else(|| wrong("it names no host".to_owned()))?.to_owned();
        let parameters = || TlsParameters::new(host.clone()).map_err(|error| wrong(error.to_string()));
        let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (tls, port) = match (url.scheme(), asked.as_deref()) {
            ("smtps", None) => (Tls::Wrapped(parameters()?), 465),
            ("smtp", None) => (Tls::None, 25),
            ("smtp", Some("required")) => (Tls::Required(parameters()?), 587),
            _ => return Err(wrong("tls can be \"required\", with smtp:// only".to_owned())),
        };
        let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials =
            url.password().map(|password| Credentials::new(plain(url.username()), plain(password)));
        let port = url.port().unwrap_or(port);
        let (hello, idle) = (ClientId::default(), Mutex::default());
        Ok(Self { host, port, tls, credentials, hello, idle })
    }

    /// Hands one mail over.
    pub fn send(&self, route: &Route, message: &[u8]) -> Outcome {
        let mut connection = match self.connection() {
            Ok(connection) => connection,
            Err(error) => return Outcome::TryLater(words(&error)),
        };
        let outcome = talk(&mut connection, route, message);
        match &outcome {
            // A refusal ends the mail, not the connection; after anything else it is not known where it stands.
            Outcome::Sent => self.rest(connection),
            Outcome::Refused(_) | Outcome::NoSuchAddress(_)
                if !connection.has_broken() && connection.command(Reset).is_ok() =>
            {
                self.rest(connection);
            }
            _ => connection.abort(),
        }
        outcome
    }

    /// Whether the relay can be reached and lets us in; in words if not.
    pub fn check(&self) -> Result<(), String> {
        let mut connection = self.connect().map_err(|error| words(&error))?;
        drop(connection.quit());
        Ok(())
    }

    fn rest(&self, connection: SmtpConnection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push((connection, Instant::now()));
    }

    fn connection(&self) -> Result<SmtpConnection, Error> {
        loop {
            let rested = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some((mut connection, since)) = rested else { return self.connect() };
            let rest = since.elapsed();
            if rest < FRESH || (rest < STALE && connection.test_connected()) {
                return Ok(connection);
            }
            connection.abort();
        }
    }

    fn connect(&self) -> Result<SmtpConnection, Error> {
        let wrapped = match &self.tls {
            Tls::Wrapped(parameters) => Some(parameters),
            _ => None,
        };
        let server = (self.host.as_str(), self.port);
        let mut connection = SmtpConnection::connect(server, Some(PATIENCE), &self.hello, wrapped, None)?;
        if let Tls::Required(parameters) = &self.tls {
            connection.starttls(parameters, &self.hello)?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials)?;
        }
        Ok(connection)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        for (mut connection, _) in self.idle.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            drop(connection.quit());
        }
    }
}

/// Ends a mail that was refused, so that the next one can begin.
struct Reset;

impl std::fmt::Display for Reset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RSET\r\n")
    }
}

fn talk(connection: &mut SmtpConnection, route: &Route, message: &[u8]) -> Outcome {
    let mut parameters = Vec::new();
    if route.from().into_iter().chain(route.to()).any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Outcome::Refused("the relay takes no addresses beyond ASCII".to_owned());
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !message.is_ascii() && connection.server_info().supports_feature(Extension::EightBitMime) {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    if let Err(error) = connection.command(Mail::new(route.from().cloned(), parameters)) {
        return Outcome::TryLater(words(&error));
    }
    for recipient in route.to() {
        if let Err(error) = connection.command(Rcpt::new(recipient.clone(), vec![])) {
            return if is_about_recipient(&error) {
                refused(&error)
            } else {
                Outcome::TryLater(words(&error))
            };
        }
    }
    if let Err(error) = connection.command(Data) {
        return Outcome::TryLater(words(&error));
    }
    end_here!("mail-data");
    // From here on a break leaves it open who has the mail.
    drop(connection.set_timeout(Some(PATIENCE_AT_END)));
    let ended = match std::str::from_utf8(message) {
        Ok(text) => connection.command(content(text)),
        Err(_) => connection.message(message),
    };
    drop(connection.set_timeout(Some(PATIENCE)));
    match ended {
        Ok(_) => Outcome::Sent,
        Err(error) if error.status().is_none() => Outcome::Unsure(words(&error)),
        Err(error) if is_about_recipient(&error) && dotted_status(&error.to_string()).is_some() => {
            refused(&error)
        }
        // Without a status, a refusal of the whole mail is about what it says.
        Err(error) if is_about_recipient(&error) => Outcome::Refused(words(&error)),
        Err(error) => Outcome::TryLater(words(&error)),
    }
}

/// A mail and its end as they go over the line, in one piece: an end that goes by itself waits until the relay's system
/// has acknowledged the rest, which takes it forty milliseconds where it hopes to send something back.
fn content(mail: &str) -> String {
    // A line that is only a dot would end the mail; each dot that begins a line gets another (RFC 5321, section 4.5.2).
    let first = if mail.starts_with('.') { "." } else { "" };
    let end = if mail.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" };
    format!("{first}{}{end}", mail.replace("\r\n.", "\r\n.."))
}

/// A refusal for good: of this mail, or of every mail to this address.
fn refused(error: &Error) -> Outcome {
    match kind_of("", &error.to_string()) {
        Came::Hard => Outcome::NoSuchAddress(words(error)),
        _ => Outcome::Refused(words(error)),
    }
}

/// Whether the relay will not have this recipient or mail; every other refusal (a wrong password, a sender that is
/// not allowed) is about us and may be mended.
fn is_about_recipient(error: &Error) -> bool {
    let code = error.status().map(|code| code.to_string());
    code.is_some_and(|code| ["550", "551", "552", "553", "554", "556"].contains(&code.as_str()))
}

/// What went wrong, without the relay's own words: they often repeat the address.
fn words(error: &Error) -> String {
    match error.status() {
        Some(code) => {
            let status = dotted_status(&error.to_string()).unwrap_or_default();
            format!("the relay answered {code} {status}").trim_end().to_owned()
        }
        None if error.is_timeout() => "the relay did not answer in time".to_owned(),
        None if error.is_tls() => "the connection to the relay could not be made safe".to_owned(),
        None => "the relay cannot be reached or broke off".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_that_begin_lines_are_doubled_and_the_end_stands_once() {
        assert_eq!(content("a: b\r\n\r\ntext\r\n"), "a: b\r\n\r\ntext\r\n.\r\n");
        assert_eq!(content(".\r\n.\r\n..x\r\n. y"), "..\r\n..\r\n...x\r\n.. y\r\n.\r\n");
    }

    #[test]
    fn relays_are_read_or_refused_with_words() {
        let relay = Relay::from_url("smtp://us%40er:p%40ss@relay.example?tls=required").unwrap();
        assert_eq!(
            (relay.host.as_str(), relay.port, relay.credentials.is_some()),
            ("relay.example", 587, true)
        );
        assert_eq!(Relay::from_url("smtps://relay.example").unwrap().port, 465);
        assert_eq!(Relay::from_url("smtp://127.0.0.1:2525").unwrap().port, 2525);
        for bad in ["smtp://", "smtp://h?tls=maybe", "smtp://h:port"] {
            assert!(Relay::from_url(bad).is_err(), "{bad}");
        }
    }
}
