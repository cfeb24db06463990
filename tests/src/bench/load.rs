//! A closed-loop load: so many clients, each with one connection and one request under way.
//!
//! One thread drives all of them, so that the load costs little beside the server. Called by the benches.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::LocalSet;

use super::http::{Connection, Reply};

/// How a client goes on.
pub trait Client {
    /// The next request; none when there is nothing more to send.
    fn next(&mut self) -> Option<Vec<u8>>;
    /// Looks at the reply; words when it is not what was asked for.
    fn check(&mut self, reply: &Reply) -> Result<(), String>;
}

/// What a load came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Requests that were answered as they should be.
    pub done: u64,
    /// From the first request to the last answer, in seconds.
    pub seconds: f64,
    /// How long each answer took, ascending, in microseconds.
    pub latencies: Vec<u32>,
}

impl Outcome {
    /// From what each of them took and when the whole began.
    pub fn since(began: Instant, mut latencies: Vec<u32>) -> Self {
        let seconds = began.elapsed().as_secs_f64();
        latencies.sort_unstable();
        Self { done: latencies.len() as u64, seconds, latencies }
    }

    /// Answers in a second.
    pub fn rate(&self) -> f64 {
        self.done as f64 / self.seconds
    }

    /// The time within which a share of the answers came, in milliseconds; 0 when there was none.
    pub fn within_ms(&self, share: f64) -> f64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
        let place = (share * self.latencies.len() as f64) as usize;
        let micros = self.latencies.get(place.min(self.latencies.len().saturating_sub(1)));
        f64::from(micros.copied().unwrap_or(0)) / 1000.0
    }
}

/// Runs all clients against an address for a time, or until none has anything more to send.
///
/// Stops with the words of the first reply that is not what was asked for: a wrong reply is no work done.
pub fn run<C: Client + 'static>(address: &str, clients: Vec<C>, window: Duration) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    LocalSet::new().block_on(&runtime, drive(address.to_owned(), clients, window))
}

async fn drive<C: Client + 'static>(address: String, clients: Vec<C>, window: Duration) -> Outcome {
    let mut connected = Vec::with_capacity(clients.len());
    for client in clients {
        connected.push((client, Connection::to(&address).await.expect("the server takes a connection")));
    }
    let latencies = Rc::new(RefCell::new(Vec::new()));
    let began = Instant::now();
    let last = Rc::new(Cell::new(began));
    let tasks = connected.into_iter().map(|(mut client, mut connection)| {
        let (latencies, last) = (Rc::clone(&latencies), Rc::clone(&last));
        tokio::task::spawn_local(async move {
            while began.elapsed() < window {
                let Some(request) = client.next() else { break };
                let sent = Instant::now();
                let reply = connection.send(&request).await.expect("the server answers");
                client.check(&reply).unwrap_or_else(|words| panic!("{words}"));
                latencies.borrow_mut().push(micros(sent.elapsed()));
                last.set(Instant::now());
            }
        })
    });
    let tasks: Vec<_> = tasks.collect();
    for task in tasks {
        task.await.expect("no client failed");
    }
    let seconds = last.get().duration_since(began).as_secs_f64();
    let latencies = std::mem::take(&mut *latencies.borrow_mut());
    Outcome { seconds, ..Outcome::since(began, latencies) }
}

/// A duration in whole microseconds, at most an hour.
pub fn micros(duration: Duration) -> u32 {
    u32::try_from(duration.as_micros()).unwrap_or(u32::MAX)
}
