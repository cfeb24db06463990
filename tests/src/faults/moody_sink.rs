//! An SMTP server of moods: at every step of a mail it may refuse for now or for good, dawdle, or hang up, before and
//! after it has taken the mail. What it took it remembers.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::chance::Dice;

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Kind,
    /// `451`.
    NotNow,
    /// `550`.
    Never,
    /// The connection ends without a word.
    HangUp,
    /// The answer takes some time.
    Dawdle,
}

/// A running server; its threads end with their connections.
pub struct MoodySink {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    dice: Mutex<Dice>,
    calm: AtomicBool,
    stop: AtomicBool,
    steps: AtomicU64,
    /// How often each message id was taken.
    taken: Mutex<BTreeMap<String, u32>>,
}

impl MoodySink {
    /// Starts one.
    pub fn start(dice: Dice) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port for SMTP");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Shared {
            dice: Mutex::new(dice),
            calm: AtomicBool::new(false),
            stop: AtomicBool::new(false),
            steps: AtomicU64::new(0),
            taken: Mutex::default(),
        });
        let inside = Arc::clone(&shared);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                if inside.stop.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&inside);
                // A client that breaks off, or is killed, has said all it wanted to.
                std::thread::spawn(move || {
                    drop(connection.and_then(|connection| serve(&connection, &shared)));
                });
            }
        });
        Self { address, shared }
    }

    /// The setting that sends mails here.
    pub fn setting(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on everything is taken at once.
    pub fn calm_down(&self) {
        self.shared.calm.store(true, Ordering::SeqCst);
    }

    /// How many commands were heard.
    pub fn steps(&self) -> u64 {
        self.shared.steps.load(Ordering::SeqCst)
    }

    /// How often each message was taken, by its id.
    pub fn taken(&self) -> BTreeMap<String, u32> {
        self.shared.taken.lock().expect("the mails").clone()
    }
}

impl Drop for MoodySink {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn mood(&self) -> Mood {
        if self.calm.load(Ordering::SeqCst) {
            return Mood::Kind;
        }
        match self.dice.lock().expect("the dice").below(200) {
            0..=3 => Mood::HangUp,
            4..=6 => Mood::NotNow,
            7 => Mood::Never,
            8..=15 => Mood::Dawdle,
            _ => Mood::Kind,
        }
    }
}

fn hung_up() -> std::io::Error {
    std::io::ErrorKind::ConnectionAborted.into()
}

/// Answers in the mood of the moment; whether the answer was a good one.
fn say(mut writer: &TcpStream, shared: &Shared, line: &str) -> std::io::Result<bool> {
    shared.steps.fetch_add(1, Ordering::SeqCst);
    let line = match shared.mood() {
        Mood::HangUp => return Err(hung_up()),
        Mood::NotNow => "451 4.3.0 not now",
        Mood::Never if line.starts_with("250 2.1.5") => "550 5.1.1 nobody of that name",
        Mood::Dawdle => {
            std::thread::park_timeout(std::time::Duration::from_millis(30));
            line
        }
        _ => line,
    };
    writer.write_all(format!("{line}\r\n").as_bytes())?;
    Ok(!line.starts_with(['4', '5']))
}

fn serve(connection: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    if !say(connection, shared, "220 moody.test ESMTP")? {
        return Ok(());
    }
    let mut line = String::new();
    while {
        line.clear();
        reader.read_line(&mut line)?
    } > 0
    {
        let command = line.trim_end().to_ascii_uppercase();
        if command.starts_with("EHLO") {
            say(connection, shared, "250-moody.test\r\n250-8BITMIME\r\n250 SMTPUTF8")?;
        } else if command.starts_with("RCPT TO:") {
            say(connection, shared, "250 2.1.5 ok")?;
        } else if command == "DATA" {
            if say(connection, shared, "354 go on, end with a dot")? {
                take(connection, &mut reader, shared)?;
            }
        } else if command == "QUIT" {
            return say(connection, shared, "221 2.0.0 goodbye").map(drop);
        } else {
            say(connection, shared, "250 2.0.0 ok")?;
        }
    }
    Ok(())
}

/// Reads a mail and takes it or not: also before it hangs up, as a relay can that fails after writing to its disk.
fn take(connection: &TcpStream, reader: &mut impl BufRead, shared: &Shared) -> std::io::Result<()> {
    let id = read_message(reader)?;
    let took = || *shared.taken.lock().expect("the mails").entry(id.clone()).or_default() += 1;
    match shared.mood() {
        Mood::HangUp => {
            if shared.dice.lock().expect("the dice").below(2) == 0 {
                took();
            }
            Err(hung_up())
        }
        Mood::NotNow | Mood::Never => {
            let mut writer = connection;
            writer.write_all(b"452 4.2.2 full for the moment\r\n")
        }
        Mood::Dawdle | Mood::Kind => {
            took();
            let mut writer = connection;
            writer.write_all(b"250 2.0.0 taken\r\n")
        }
    }
}

/// The message id of the mail up to the lone dot.
fn read_message(reader: &mut impl BufRead) -> std::io::Result<String> {
    let (mut id, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(id);
        }
        if let Some(found) = line.strip_prefix("Message-ID: ") {
            found.trim().clone_into(&mut id);
        }
    }
}
