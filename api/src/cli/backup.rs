//! `laatu backup` and `laatu restore`.

use std::cell::RefCell;
use std::path::PathBuf;

use clap::Args;

use super::{check, entry, erase, print, tell};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::service;
use crate::service::erase::tidy;
use crate::service::erasure_list::replay;
use crate::service::whole_file;
use crate::store::Store;
use crate::store::tidy::Effort;

#[derive(Args)]
pub struct BackupArguments {
    /// The file to make; nothing is overwritten. Its SHA-256 is put beside it
    file: PathBuf,
}

#[derive(Args)]
pub struct RestoreArguments {
    /// A file of `laatu backup` or `laatu export --all`
    file: PathBuf,
    /// Check everything afterwards, as `laatu check` does; exit code 1 when something does not fit
    #[arg(long)]
    verify: bool,
    /// The erasure list kept beside the copies; who stands on it is erased from what is restored [default: that of the
    /// settings, when it is there]
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
}

/// `laatu backup`.
pub fn backup(settings: &Settings, arguments: &BackupArguments) -> anyhow::Result<()> {
    let file = &arguments.file;
    let digest = service::backup::backup(&entry::target(settings)?, SystemClock.now(), file)?;
    tell(&format!(
        "Keep {} too, in another place than the copy: it is not in it.",
        settings.path("link-key-file").display()
    ));
    print(whole_file::digest_line(file, &digest).trim_end())
}

/// `laatu restore`.
pub fn restore(settings: &Settings, arguments: &RestoreArguments) -> anyhow::Result<()> {
    let target = entry::target(settings)?;
    let own = settings.path("erasure-list");
    let list = arguments.erasures.clone().or_else(|| own.exists().then_some(own));
    let replayed = RefCell::new(None);
    let ready = |store: &Store| {
        let Some(list) = &list else { return Ok(()) };
        let services = entry::services_without_links(settings, store.clone())
            .map_err(|error| service::Error::Broken(format!("{error:#}")))?;
        replayed.replace(Some(replay(&services, list)?));
        if let Some(words) = tidy(&services, Effort::Whole) {
            tell(&format!("note: {words}"));
        }
        Ok(())
    };
    let ran = service::restore::restore(&target, &arguments.file, &ready)?;
    tell(&format!("{} is restored.", arguments.file.display()));
    match replayed.into_inner() {
        Some(replayed) => erase::tell_replayed(&replayed, false)?,
        None => tell("There is no erasure list: who was erased since the copy was made is in it again."),
    }
    if !ran.is_empty() {
        tell(&format!("Its schema was older; {} migrations ran.", ran.len()));
    }
    let keys = settings.path("link-key-file");
    if !keys.exists() {
        tell(&format!("Put the link key file of that time at {} before the service starts.", keys.display()));
    }
    if !arguments.verify {
        return Ok(());
    }
    check::whole(&entry::services_without_links(settings, Store::visit(&target)?)?)
}
