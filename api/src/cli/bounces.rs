//! `laatu bounces read`: takes in what came back to the return address.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use mail_parser::mailbox::mbox::MessageIterator;

use super::{entry, print, tell};
use crate::config::Settings;
use crate::mail::returned::Came;
use crate::service::Services;
use crate::service::take_returned::{Message, take_message};
use crate::store::{OrgScope, authority, organisations};

#[derive(Subcommand)]
pub enum BouncesCommand {
    /// Read a mailbox: a file in mbox form, one message, a Maildir, or a folder of messages
    #[command(
        after_help = "Examples:\n  laatu bounces read /var/mail/bounce\n  laatu bounces read /home/bounce/Maildir"
    )]
    Read {
        /// The file or folder. What was read in a Maildir is marked as seen; of any other, a repeat changes nothing
        path: PathBuf,
    },
}

/// What was read, and how often what came of it.
#[derive(Default)]
struct Count {
    read: usize,
    by_outcome: BTreeMap<&'static str, usize>,
}

/// `laatu bounces`.
pub fn run(settings: &Settings, command: &BouncesCommand) -> anyhow::Result<()> {
    let BouncesCommand::Read { path } = command;
    let services = entry::visit(settings)?;
    if services.returns.address.is_none() {
        tell("No bounce-address is set: reports are known by the ids of mails only.");
    }
    let scopes = services.store.read(|connection| {
        let slugs = organisations::slugs(connection)?;
        slugs.iter().map(|slug| authority::operator(connection, slug)).collect::<Result<Vec<_>, _>>()
    })?;
    let mut count = Count::default();
    let reader = Reader { services: &services, scopes: &scopes };
    if path.is_dir() {
        reader.folder(path, &mut count)?;
    } else {
        reader.file(path, &mut count)?;
    }
    let outcomes = count.by_outcome.iter().map(|(words, n)| format!("{n:>6}  {words}"));
    let lines: Vec<String> =
        std::iter::once(format!("{:>6}  messages read", count.read)).chain(outcomes).collect();
    print(&lines.join("\n"))
}

struct Reader<'a> {
    services: &'a Services,
    scopes: &'a [OrgScope],
}

impl Reader<'_> {
    /// A file in mbox form, or one message.
    fn file(&self, path: &Path, count: &mut Count) -> anyhow::Result<()> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        if !bytes.starts_with(b"From ") {
            return self.take(&bytes, &path.display().to_string(), count);
        }
        for (number, message) in MessageIterator::new(bytes.as_slice()).enumerate() {
            let name = format!("message {} of {}", number + 1, path.display());
            match message {
                Ok(message) => self.take(message.contents(), &name, count)?,
                Err(_) => count.unreadable(&name),
            }
        }
        Ok(())
    }

    /// A Maildir, or a folder with one message a file.
    fn folder(&self, path: &Path, count: &mut Count) -> anyhow::Result<()> {
        let (new, seen) = (path.join("new"), path.join("cur"));
        if !new.is_dir() {
            for file in files(path)? {
                self.file(&file, count)?;
            }
            return Ok(());
        }
        fs::create_dir_all(&seen)?;
        let fresh = files(&new)?.into_iter();
        let unseen = files(&seen)?.into_iter().filter(|file| !flags(file).contains('S'));
        for file in fresh.chain(unseen) {
            self.file(&file, count)?;
            mark_seen(&file, &seen).with_context(|| format!("cannot mark {} as seen", file.display()))?;
        }
        Ok(())
    }

    fn take(&self, raw: &[u8], name: &str, count: &mut Count) -> anyhow::Result<()> {
        count.read += 1;
        let message = take_message(self.services, self.scopes, raw)?;
        let words = match message {
            Message::Report(_, taken) if !taken.noted => "reports that were known already",
            Message::Report(Came::Hard, _) => "mails came back for good",
            Message::Report(Came::Soft, _) => "mails came back for now",
            Message::Report(Came::Delayed, _) => "mails are delayed",
            Message::Report(Came::Complaint, _) => "complaints",
            Message::Unsubscribed => "customers want no more mails",
            Message::NotOurs => "reports of no mail of ours",
            Message::Other(words) => words,
            Message::Unreadable => {
                count.unreadable(name);
                return Ok(());
            }
        };
        if let Message::Report(_, taken) = message
            && taken.paused
        {
            tell(
                "Too many mails came back: an organisation's sending was stopped; see `laatu why` and `laatu resume`.",
            );
        }
        *count.by_outcome.entry(words).or_default() += 1;
        Ok(())
    }
}

impl Count {
    fn unreadable(&mut self, name: &str) {
        tell(&format!("{name} cannot be read as a mail"));
        *self.by_outcome.entry("could not be read").or_default() += 1;
    }
}

/// The files of a folder, by name.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The flags of a message in a Maildir, behind `:2,`.
fn flags(file: &Path) -> &str {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.split_once(":2,").map_or("", |(_, flags)| flags)
}

/// Puts a message among those that were seen.
fn mark_seen(file: &Path, seen: &Path) -> std::io::Result<()> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let (name, flags) = name.split_once(":2,").unwrap_or((name, ""));
    let mut letters: Vec<char> = flags.chars().chain(['S']).collect();
    letters.sort_unstable();
    letters.dedup();
    fs::rename(file, seen.join(format!("{name}:2,{}", letters.into_iter().collect::<String>())))
}
