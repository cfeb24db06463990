//! The guard inside the connector: a name is looked up once, every address of the answer must be open, and the connection
//! goes to exactly these addresses. There is no second look-up between the check and the connection.

use std::fmt::Debug;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout};

use super::address::{Allowed, is_public};

/// How many addresses of an answer are tried.
const MOST_TRIED: usize = 4;

/// Looks names of hosts up.
pub trait Names: Debug + Send + Sync {
    /// All addresses of a host, which may be an address itself; none when there are none within the time.
    fn addresses(&self, host: &str, within: Duration) -> Vec<IpAddr>;
}

/// The names that the system knows.
#[derive(Debug, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn addresses(&self, host: &str, within: Duration) -> Vec<IpAddr> {
        let (sender, found) = mpsc::sync_channel(1);
        let host = host.to_owned();
        // The system cannot be told to hurry: who waits goes on after the time, and the thread ends by itself.
        let asking = std::thread::Builder::new().name("laatu-names".to_owned()).spawn(move || {
            let answer = (host.as_str(), 0).to_socket_addrs();
            let addresses = answer.map(|all| all.map(|one| one.ip()).collect()).unwrap_or_default();
            // Nobody may be waiting any more.
            drop(sender.send(addresses));
        });
        if asking.is_err() {
            return Vec::new();
        }
        found.recv_timeout(within).unwrap_or_default()
    }
}

/// Why a connection was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// One of the addresses behind the name is not public and not allowed.
    #[error("an address that is not public")]
    Address,
    /// Without TLS, or to another port, only allowed networks are reached.
    #[error("a way that is not open to public addresses")]
    Way,
}

/// Decides where a connection may go.
#[derive(Clone, Debug)]
pub struct Guard {
    allowed: Allowed,
    names: Arc<dyn Names>,
}

impl Guard {
    /// A guard that looks names up here.
    pub fn new(allowed: Allowed, names: Arc<dyn Names>) -> Self {
        Self { allowed, names }
    }

    /// What is allowed beside public addresses.
    pub const fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    /// Whether a connection may go to these addresses: to each of them, since any may be tried.
    pub fn admit(&self, uri: &Uri, addresses: impl Iterator<Item = SocketAddr>) -> Result<(), Refused> {
        for address in addresses {
            if self.allowed.has(address.ip()) {
                continue;
            }
            if !is_public(address.ip()) {
                return Err(Refused::Address);
            }
            if uri.scheme_str() != Some("https") || !self.allowed.has_port(address.port()) {
                return Err(Refused::Way);
            }
        }
        Ok(())
    }
}

fn refused(why: Refused) -> ureq::Error {
    ureq::Error::Other(Box::new(why))
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let found = match bare.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => self.names.addresses(bare, *timeout.after),
        };
        if found.is_empty() {
            return Err(ureq::Error::HostNotFound);
        }
        // All of the answer, not only what is tried: a name with one foot inside is not let through.
        self.admit(uri, found.iter().map(|ip| SocketAddr::new(*ip, port))).map_err(refused)?;
        let mut addresses = self.empty();
        for ip in found.into_iter().take(MOST_TRIED) {
            addresses.push(SocketAddr::new(ip, port));
        }
        Ok(addresses)
    }
}

impl Connector for Guard {
    type Out = ();

    /// Judges the very addresses to which the next connector of the chain connects; makes no connection itself.
    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<()>, ureq::Error> {
        self.admit(details.uri, details.addrs.iter().copied()).map_err(refused)?;
        Ok(None)
    }
}
