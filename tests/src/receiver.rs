//! A real HTTP server on this machine that keeps what is posted to it, and answers as it is told to.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::Value;

/// What is answered to one post.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A head of this status, with further lines such as `retry-after: 60`.
    Status(u16, &'static str),
    /// Whatever these bytes are.
    Raw(Vec<u8>),
    /// Nothing, until the receiver is told to let go; then the connection is broken off.
    Silence,
}

/// What was posted.
#[derive(Clone, Debug)]
pub struct Posted {
    /// The first line.
    pub line: String,
    /// Headers by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as it came.
    pub body: String,
}

impl Posted {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a body of JSON")
    }

    /// One header, which must be there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.headers))
    }
}

/// A running server; it ends when it is dropped.
pub struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    let_go: AtomicBool,
    connections: AtomicUsize,
    replies: Mutex<VecDeque<Reply>>,
    posted: Mutex<Vec<Posted>>,
}

impl Receiver {
    /// A server that gives these answers, one after the other, and 204 to everything after.
    pub fn answering(replies: &[Reply]) -> Self {
        Self::at("127.0.0.1:0", replies)
    }

    /// A server that takes everything.
    pub fn start() -> Self {
        Self::answering(&[])
    }

    /// The same at an address of one's choice.
    pub fn at(address: &str, replies: &[Reply]) -> Self {
        let listener = TcpListener::bind(address).expect("a port");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Shared::default());
        shared.replies.lock().expect("the answers").extend(replies.iter().cloned());
        let inside = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if inside.stop.load(Ordering::SeqCst) {
                    return;
                }
                inside.connections.fetch_add(1, Ordering::SeqCst);
                // Whoever breaks off has said all it wanted to.
                drop(connection.and_then(|connection| serve(&connection, &inside)));
            }
        });
        Self { address, shared, thread: Some(thread) }
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// A URL of it.
    pub fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    /// What came, in its order.
    pub fn posted(&self) -> Vec<Posted> {
        self.shared.posted.lock().expect("what came").clone()
    }

    /// How often anybody connected.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// What is answered from now on, before 204.
    pub fn answer(&self, replies: &[Reply]) {
        let mut all = self.shared.replies.lock().expect("the answers");
        all.clear();
        all.extend(replies.iter().cloned());
    }

    /// Breaks off who was kept in silence.
    pub fn let_go(&self) {
        self.shared.let_go.store(true, Ordering::SeqCst);
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        self.let_go();
        // The server waits for a client: one last call wakes it.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(connection: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(());
    }
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length: u64 = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = String::new();
    reader.take(length).read_to_string(&mut body)?;
    shared.posted.lock().expect("what came").push(Posted { line: line.trim_end().to_owned(), headers, body });
    let reply = shared.replies.lock().expect("the answers").pop_front();
    let mut writer = connection;
    match reply.unwrap_or(Reply::Status(204, "")) {
        Reply::Status(status, more) => {
            let more = if more.is_empty() { String::new() } else { format!("{more}\r\n") };
            write!(writer, "HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n{more}\r\n")
        }
        Reply::Raw(bytes) => writer.write_all(&bytes),
        Reply::Silence => {
            crate::wait::wait_for("the silence to end", || {
                shared.let_go.load(Ordering::SeqCst).then_some(())
            });
            Ok(())
        }
    }
}
