//! A bad network between service and database: drops replies, closes half a connection, delays, cuts.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is asked of the database at the end of a transaction.
const COMMIT: &[u8] = b"COMMIT";

/// Which reply is dropped next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The reply to the next COMMIT: the database has kept what the service does not know.
    ToCommit,
    /// The reply to whatever is asked next.
    ToAnything,
}

/// A relay that listens on a port of its own; it ends when dropped.
pub struct Cutter {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    target: SocketAddr,
    delay_ms: AtomicU64,
    drop_of_commit: AtomicBool,
    drop_of_anything: AtomicBool,
    dropped: AtomicU64,
    ended: AtomicBool,
    open: Mutex<Vec<Pair>>,
}

/// The two ends of one relayed connection.
struct Pair {
    service: TcpStream,
    database: TcpStream,
}

impl Cutter {
    /// A relay to the database at this address.
    pub fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its number");
        let state = Arc::new(State {
            target,
            delay_ms: AtomicU64::new(0),
            drop_of_commit: AtomicBool::new(false),
            drop_of_anything: AtomicBool::new(false),
            dropped: AtomicU64::new(0),
            ended: AtomicBool::new(false),
            open: Mutex::new(vec![]),
        });
        let inside = Arc::clone(&state);
        std::thread::spawn(move || accept(&listener, &inside));
        Self { address, state }
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Passes one request on, then drops its reply and breaks that connection.
    pub fn drop_reply(&self, which: Reply) {
        match which {
            Reply::ToCommit => &self.state.drop_of_commit,
            Reply::ToAnything => &self.state.drop_of_anything,
        }
        .store(true, Ordering::SeqCst);
    }

    /// How many replies were dropped so far.
    pub fn dropped(&self) -> u64 {
        self.state.dropped.load(Ordering::SeqCst)
    }

    /// Holds every piece back for so long, in both directions.
    pub fn delay_ms(&self, delay_ms: u64) {
        self.state.delay_ms.store(delay_ms, Ordering::SeqCst);
    }

    /// Breaks every connection.
    pub fn cut(&self) {
        for pair in self.state.open.lock().expect("nobody panics here").drain(..) {
            pair.shutdown();
        }
    }

    /// Tells the database that the service will say nothing more, and lets the database's words through.
    pub fn half_close(&self) {
        for pair in self.state.open.lock().expect("nobody panics here").iter() {
            drop(pair.database.shutdown(Shutdown::Write));
        }
    }
}

impl Drop for Cutter {
    fn drop(&mut self) {
        self.state.ended.store(true, Ordering::SeqCst);
        self.cut();
        // Wakes the thread that accepts, so that it sees the end.
        drop(TcpStream::connect(self.address));
    }
}

impl Pair {
    /// What is closed already need not be closed again.
    fn shutdown(&self) {
        drop(self.service.shutdown(Shutdown::Both));
        drop(self.database.shutdown(Shutdown::Both));
    }

    fn copy(&self) -> std::io::Result<Self> {
        Ok(Self { service: self.service.try_clone()?, database: self.database.try_clone()? })
    }
}

fn accept(listener: &TcpListener, state: &Arc<State>) {
    for service in listener.incoming() {
        if state.ended.load(Ordering::SeqCst) {
            return;
        }
        // A database that is away is the same to the service as a relay that hangs up.
        let (Ok(service), Ok(database)) = (service, TcpStream::connect(state.target)) else { continue };
        if let Err(error) = relay(Pair { service, database }, state) {
            eprintln!("the relay lost a connection at its beginning: {error}");
        }
    }
}

fn relay(pair: Pair, state: &Arc<State>) -> std::io::Result<()> {
    pair.service.set_nodelay(true)?;
    pair.database.set_nodelay(true)?;
    let mute = Arc::new(AtomicBool::new(false));
    let (up, down) = (pair.copy()?, pair.copy()?);
    let (up_state, down_state, up_mute) = (Arc::clone(state), Arc::clone(state), Arc::clone(&mute));
    state.open.lock().expect("nobody panics here").push(pair);
    std::thread::spawn(move || to_database(&up, &up_state, &up_mute));
    std::thread::spawn(move || to_service(&down, &down_state, &mute));
    Ok(())
}

fn to_database(pair: &Pair, state: &State, mute: &AtomicBool) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = (&pair.service).read(&mut buffer) {
        let piece = &buffer[..length];
        state.hold_back();
        let is_commit = piece.windows(COMMIT.len()).any(|part| part == COMMIT);
        if state.drop_of_anything.swap(false, Ordering::SeqCst)
            || (is_commit && state.drop_of_commit.swap(false, Ordering::SeqCst))
        {
            mute.store(true, Ordering::SeqCst);
        }
        if (&pair.database).write_all(piece).is_err() {
            break;
        }
    }
    drop(pair.database.shutdown(Shutdown::Write));
}

fn to_service(pair: &Pair, state: &State, mute: &AtomicBool) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = (&pair.database).read(&mut buffer) {
        state.hold_back();
        if mute.load(Ordering::SeqCst) {
            state.dropped.fetch_add(1, Ordering::SeqCst);
            break;
        }
        if (&pair.service).write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    pair.shutdown();
}

impl State {
    fn hold_back(&self) {
        let delay_ms = self.delay_ms.load(Ordering::SeqCst);
        if delay_ms > 0 {
            std::thread::sleep(Duration::from_millis(delay_ms));
        }
    }
}
