//! The oracle's memory: every attempt of a customer and every answer to it, in a file outside of the victim.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use super::plan::Content;

/// One page that a customer sends: which link, which step of theirs, which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Place of the link in the field.
    pub link: usize,
    /// Number of the step of this customer, from 0; every try of a step carries the same content.
    pub step: u32,
    /// The page, from 1.
    pub page: usize,
    /// What is sent.
    pub content: Content,
}

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// 303: the service says that it is stored.
    Acknowledged,
    /// 429 or 503 with `Retry-After`: the service says that it is not stored, and when to come again.
    Refused,
    /// No answer came: it may be stored, or not.
    Unanswered,
    /// Nobody listens there: nothing was sent.
    Unreached,
    /// Anything else; the words say what.
    Improper(String),
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An attempt, written before it is sent.
    Attempt(u64, Step),
    /// What came of it.
    Told(u64, Told),
}

/// The file, and counts of what stands in it.
pub struct Witness {
    file: Mutex<File>,
    path: PathBuf,
    next: AtomicU64,
    /// Attempts acknowledged.
    pub acknowledged: AtomicU64,
    /// Attempts refused in order.
    pub refused: AtomicU64,
    /// Attempts without an answer.
    pub unanswered: AtomicU64,
    /// Attempts that found nobody listening.
    pub unreached: AtomicU64,
    /// Attempts answered with anything else.
    pub improper: AtomicU64,
    /// The longest that an answer took, in microseconds.
    pub slowest_us: AtomicU64,
    strange: Mutex<Vec<String>>,
    _folder: TempDir,
}

impl Default for Witness {
    fn default() -> Self {
        Self::new()
    }
}

impl Witness {
    /// A memory with nothing in it.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the oracle");
        let path = folder.path().join("attempts");
        let file = Mutex::new(File::create(&path).expect("a file for the oracle"));
        Self {
            file,
            path,
            next: AtomicU64::new(0),
            acknowledged: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            unanswered: AtomicU64::new(0),
            unreached: AtomicU64::new(0),
            improper: AtomicU64::new(0),
            slowest_us: AtomicU64::new(0),
            strange: Mutex::new(vec![]),
            _folder: folder,
        }
    }

    /// Notes an attempt that is about to be sent; its number.
    pub fn attempt(&self, step: &Step) -> u64 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let Step { link, step, page, content } = step;
        let (bytes, comment) = (hex(&content.bytes), hex(content.comment.as_bytes()));
        self.append(&format!("A {number} {link} {step} {page} {bytes} {comment}\n"));
        number
    }

    /// Notes what came of an attempt.
    pub fn told(&self, number: u64, told: &Told, took: Duration) {
        let mut rest = String::new();
        let (word, counter) = match told {
            Told::Acknowledged => ("K", &self.acknowledged),
            Told::Refused => ("R", &self.refused),
            Told::Unanswered => ("U", &self.unanswered),
            Told::Unreached => ("N", &self.unreached),
            Told::Improper(words) => {
                rest = hex(words.as_bytes());
                ("X", &self.improper)
            }
        };
        self.append(&format!("{word} {number} {rest}\n"));
        if !matches!(told, Told::Unanswered | Told::Unreached) {
            let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
            self.slowest_us.fetch_max(took, Ordering::SeqCst);
        }
        counter.fetch_add(1, Ordering::SeqCst);
    }

    /// How many attempts were acknowledged so far.
    pub fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::SeqCst)
    }

    /// How many attempts were refused so far.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::SeqCst)
    }

    /// How many attempts were made so far.
    pub fn attempts(&self) -> u64 {
        self.next.load(Ordering::SeqCst)
    }

    /// Notes something beside the attempts that should not have happened.
    pub fn strange(&self, words: &str) {
        self.strange.lock().expect("nobody panics while writing").push(words.to_owned());
    }

    /// What was noted so.
    pub fn strange_words(&self) -> Vec<String> {
        self.strange.lock().expect("nobody panics while writing").clone()
    }

    /// Reads the whole file.
    pub fn events(&self) -> Vec<Event> {
        let text = std::fs::read_to_string(&self.path).expect("the oracle's file");
        text.lines().map(event).collect()
    }

    fn append(&self, line: &str) {
        let mut file = self.file.lock().expect("nobody panics while writing");
        file.write_all(line.as_bytes()).expect("the oracle's disk is not full");
    }
}

fn event(line: &str) -> Event {
    let parts: Vec<&str> = line.split(' ').collect();
    let number = parts[1].parse().expect("a number");
    let told = match parts[0] {
        "A" => {
            let content = Content { bytes: unhex(parts[5]), comment: text(parts[6]) };
            let number_of = |place: usize| parts[place].parse::<usize>().expect("a number");
            let step = u32::try_from(number_of(3)).expect("a small number");
            return Event::Attempt(number, Step { link: number_of(2), step, page: number_of(4), content });
        }
        "K" => Told::Acknowledged,
        "R" => Told::Refused,
        "U" => Told::Unanswered,
        "N" => Told::Unreached,
        _ => Told::Improper(text(parts[2])),
    };
    Event::Told(number, told)
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}

fn unhex(digits: &str) -> Vec<u8> {
    let pair = |place: usize| u8::from_str_radix(&digits[place..place + 2], 16).expect("two digits");
    (0..digits.len()).step_by(2).map(pair).collect()
}

fn text(digits: &str) -> String {
    String::from_utf8(unhex(digits)).expect("text")
}
