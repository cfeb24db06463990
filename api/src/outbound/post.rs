//! Sends one POST and says what came of it; of the reply only the status and when to come again are kept.

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::header::{HeaderMap, RETRY_AFTER};
use ureq::http::{Request, Uri};
use ureq::unversioned::transport::{Connector, RustlsConnector, TcpConnector};

use super::address::Allowed;
use super::guard::{Guard, Names, Refused, SystemNames};
use super::target::read_target;

/// How long all of it may take, from the name to the end of the reply.
const TIME_OUT: Duration = Duration::from_secs(15);
/// How much of a reply is read, and thrown away, in bytes.
const MOST_READ: u64 = 64 * 1024;
/// Largest head of a reply, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
/// Longest wait that a reply may ask for.
const LONGEST_WAIT_S: i64 = 24 * 3600;

/// Sends posts, each by a connection of its own: an address that was checked once is never used again.
#[derive(Clone, Debug)]
pub struct Poster {
    agent: Agent,
    guard: Guard,
}

/// What came of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The reply, or why there is none.
    pub outcome: Result<Answer, Failure>,
    /// How long it took, in milliseconds.
    pub ms: i32,
}

/// What is kept of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP's number.
    pub status: u16,
    /// After how many seconds the receiver wants to be asked again, at most a day.
    pub retry_after_s: Option<i64>,
}

/// Why there was no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The address cannot be read, or is of a kind that is not taken.
    BadAddress,
    /// It leads to where this service does not go.
    RefusedAddress,
    /// The name has no address.
    NoSuchName,
    /// Nobody answers there.
    NoConnection,
    /// No TLS, or a certificate that is not for this name.
    BadTls,
    /// It took too long.
    TimedOut,
    /// What came is no HTTP.
    BadReply,
}

impl Failure {
    /// The word for it, as logs show it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BadAddress => "bad_address",
            Self::RefusedAddress => "refused_address",
            Self::NoSuchName => "no_such_name",
            Self::NoConnection => "no_connection",
            Self::BadTls => "bad_tls",
            Self::TimedOut => "timed_out",
            Self::BadReply => "bad_reply",
        }
    }
}

impl Default for Poster {
    /// One that reaches public addresses only.
    fn default() -> Self {
        Self::new(Allowed::default(), Arc::new(SystemNames))
    }
}

impl Poster {
    /// One that reaches what is allowed beside public addresses, and looks names up here.
    pub fn new(allowed: Allowed, names: Arc<dyn Names>) -> Self {
        Self::within(allowed, names, TIME_OUT)
    }

    /// The same with another time-out.
    pub fn within(allowed: Allowed, names: Arc<dyn Names>, time_out: Duration) -> Self {
        let guard = Guard::new(allowed, names);
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // None from the environment, either: what it says is meant for other programs.
            .proxy(None)
            .max_idle_connections(0)
            .max_response_header_size(LARGEST_HEAD)
            .timeout_global(Some(time_out))
            .user_agent(concat!("Laatu/", env!("CARGO_PKG_VERSION")))
            .accept("")
            .accept_encoding("")
            .build();
        let connector = guard.clone().chain(TcpConnector::default()).chain(RustlsConnector::default());
        Self { agent: Agent::with_parts(config, connector, guard.clone()), guard }
    }

    /// What is wrong with an address, in words; nothing is looked up.
    pub fn check(&self, url: &str) -> Result<(), String> {
        read_target(url, self.guard.allowed()).map(drop)
    }

    /// Posts a body once; nothing is followed.
    pub fn post(&self, url: &str, headers: &[(&str, String)], body: &str) -> Sent {
        let began = Instant::now();
        let outcome = match read_target(url, self.guard.allowed()) {
            Ok(uri) => self.send(&uri, headers, body),
            Err(_) => Err(Failure::BadAddress),
        };
        Sent { outcome, ms: i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX) }
    }

    fn send(&self, uri: &Uri, headers: &[(&str, String)], body: &str) -> Result<Answer, Failure> {
        let mut request = Request::post(uri);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).map_err(|_| Failure::BadAddress)?;
        let mut response = self.agent.run(request).map_err(|error| failure(&error))?;
        let mut rest = response.body_mut().as_reader().take(MOST_READ);
        // The status has come: whatever else comes, or does not, changes nothing.
        drop(std::io::copy(&mut rest, &mut std::io::sink()));
        let retry_after_s = retry_after(response.headers());
        Ok(Answer { status: response.status().as_u16(), retry_after_s })
    }
}

/// The seconds of a `Retry-After`. A date would be of the receiver's clock; it is not taken.
fn retry_after(headers: &HeaderMap) -> Option<i64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds =
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().unwrap_or(i64::MAX))?;
    Some(seconds.min(LONGEST_WAIT_S))
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Other(inner) if inner.downcast_ref::<Refused>().is_some() => Failure::RefusedAddress,
        ureq::Error::HostNotFound => Failure::NoSuchName,
        ureq::Error::Timeout(_) => Failure::TimedOut,
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Failure::BadAddress,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired => Failure::BadTls,
        ureq::Error::Io(inner) => of_io(inner),
        ureq::Error::ConnectionFailed => Failure::NoConnection,
        _ => Failure::BadReply,
    }
}

fn of_io(error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => Failure::TimedOut,
        // So a handshake that fails is told.
        std::io::ErrorKind::InvalidData => Failure::BadTls,
        _ => Failure::NoConnection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Addresses in spellings that `read_target` would refuse, given to the connector all the same.
    const CLOSED: [&str; 14] = [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0.0.0.0",
        "0",
        "localhost",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    ];

    #[test]
    fn the_connector_itself_reaches_no_closed_address() {
        let canary = TcpListener::bind("127.0.0.1:0").unwrap();
        canary.set_nonblocking(true).unwrap();
        let port = canary.local_addr().unwrap().port();
        let allowed = Allowed::parse(&format!(":{port}")).unwrap();
        let poster = Poster::new(allowed, Arc::new(SystemNames));
        for host in CLOSED {
            let uri = format!("https://{host}:{port}/").parse().unwrap();
            let outcome = poster.send(&uri, &[], "{}");
            let is_closed = matches!(outcome, Err(Failure::RefusedAddress | Failure::NoSuchName));
            assert!(is_closed, "{host}: {outcome:?}");
            assert!(canary.accept().is_err(), "{host} was reached");
        }
        let own = Poster::new(Allowed::parse("127.0.0.0/8").unwrap(), Arc::new(SystemNames));
        let uri = format!("http://127.0.0.1:{port}/").parse().unwrap();
        let answered = std::thread::spawn(move || own.send(&uri, &[], "{}"));
        while canary.accept().is_err() {
            std::thread::yield_now();
        }
        assert!(answered.join().unwrap().is_err(), "the canary is alive, and says nothing");
    }
}
