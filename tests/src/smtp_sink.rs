//! A real SMTP server on this machine that keeps what it is given, and refuses when it is told to.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use crate::mailbox::Mail;

/// At which step of a mail's delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// When the service names itself with its password.
    Login,
    /// When the sender's address is named.
    Sender,
    /// When the customer's address is named.
    Recipient,
    /// After the whole message was given.
    Message,
}

/// One refusal: where, and with which line.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Where.
    pub step: Step,
    /// What is answered, such as `451 4.3.0 not now`.
    pub line: &'static str,
}

/// A running server; it ends when it is dropped.
pub struct SmtpSink {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    refusals: Mutex<VecDeque<Refusal>>,
    offered: Mutex<Vec<Vec<u8>>>,
    taken: Mutex<Vec<Vec<u8>>>,
    senders: Mutex<Vec<String>>,
}

impl SmtpSink {
    /// Starts a server that refuses once for each refusal, in their order, and takes everything after.
    pub fn start(refusals: &[Refusal]) -> Self {
        Self::start_at("127.0.0.1:0", refusals)
    }

    /// The same on an address of one's choice, such as that of a server that has ended.
    pub fn start_at(address: &str, refusals: &[Refusal]) -> Self {
        let listener = TcpListener::bind(address).expect("a port for SMTP");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Shared::default());
        shared.refusals.lock().expect("the script").extend(refusals.iter().cloned());
        let inside = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if inside.stop.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&inside);
                // A client that breaks off has said all it wanted to; others are not kept waiting by one that rests.
                std::thread::spawn(move || {
                    drop(connection.and_then(|connection| serve(&connection, &shared)));
                });
            }
        });
        Self { address, shared, thread: Some(thread) }
    }

    /// The setting that sends mails here.
    pub fn setting(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The same for a service that has a password.
    pub fn setting_with_password(&self) -> String {
        format!("smtp://shop:password@{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// What was taken, taken apart.
    pub fn mails(&self) -> Vec<Mail> {
        read(&self.shared.taken)
    }

    /// What was taken, byte by byte.
    pub fn raw(&self) -> Vec<Vec<u8>> {
        self.shared.taken.lock().expect("the mails").clone()
    }

    /// The senders that were named, to whom a mail comes back; in lower case.
    pub fn senders(&self) -> Vec<String> {
        self.shared.senders.lock().expect("the senders").clone()
    }

    /// Every message that was given, whether or not it was taken in the end.
    pub fn offered(&self) -> Vec<Mail> {
        read(&self.shared.offered)
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // The server waits for a client: one last call wakes it.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn read(messages: &Mutex<Vec<Vec<u8>>>) -> Vec<Mail> {
    messages.lock().expect("the mails").iter().map(|bytes| Mail::parse(bytes)).collect()
}

fn serve(connection: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut writer = connection;
    let mut say = |line: &str| writer.write_all(format!("{line}\r\n").as_bytes());
    say("220 sink.test ESMTP")?;
    let mut line = String::new();
    while {
        line.clear();
        reader.read_line(&mut line)?
    } > 0
    {
        let command = line.trim_end().to_ascii_uppercase();
        if command.starts_with("EHLO") {
            say("250-sink.test")?;
            say("250-8BITMIME")?;
            say("250-AUTH PLAIN")?;
            say("250 SMTPUTF8")?;
        } else if command.starts_with("AUTH PLAIN ") {
            say(refused(shared, Step::Login).unwrap_or("235 2.7.0 welcome"))?;
        } else if let Some(rest) = command.strip_prefix("MAIL FROM:<") {
            let sender = rest.split('>').next().unwrap_or_default().to_lowercase();
            shared.senders.lock().expect("the senders").push(sender);
            say(refused(shared, Step::Sender).unwrap_or("250 2.1.0 ok"))?;
        } else if command.starts_with("RCPT TO:") {
            say(refused(shared, Step::Recipient).unwrap_or("250 2.1.5 ok"))?;
        } else if command == "DATA" {
            say("354 go on, end with a dot")?;
            let message = read_message(&mut reader)?;
            shared.offered.lock().expect("the mails").push(message.clone());
            if let Some(line) = refused(shared, Step::Message) {
                say(line)?;
            } else {
                shared.taken.lock().expect("the mails").push(message);
                say("250 2.0.0 taken")?;
            }
        } else if command == "QUIT" {
            return say("221 2.0.0 goodbye");
        } else if command.starts_with("HELO") || command == "RSET" {
            say("250 2.0.0 ok")?;
        } else {
            say("502 5.5.1 not known here")?;
        }
    }
    Ok(())
}

/// The next refusal, when it is one of this step.
fn refused(shared: &Shared, step: Step) -> Option<&'static str> {
    let mut refusals = shared.refusals.lock().expect("the script");
    if refusals.front().is_some_and(|refusal| refusal.step == step) {
        return refusals.pop_front().map(|refusal| refusal.line);
    }
    None
}

/// The lines up to the lone dot; a dot that was doubled on the way is one again (RFC 5321, 4.5.2).
fn read_message(reader: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(message);
        }
        message.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
