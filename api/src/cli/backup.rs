//! `laatu backup` and `laatu restore`.

use std::path::PathBuf;

use clap::Args;

use super::{check, entry, print, tell};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::service;
use crate::service::whole_file;
use crate::store::Store;

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
    let ran = service::restore::restore(&target, &arguments.file)?;
    tell(&format!("{} is restored.", arguments.file.display()));
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
