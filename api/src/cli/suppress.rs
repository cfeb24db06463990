//! `laatu suppress`: the list of addresses that are not mailed.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::field::within;
use super::{entry, print, tell};
use crate::config::Settings;
use crate::domain::SuppressionCause;
use crate::service::Services;
use crate::service::suppression_list::{self, Line};
use crate::store::OrgScope;

#[derive(Subcommand)]
pub enum SuppressCommand {
    /// Mail an address no more
    Add(OneArguments),
    /// Let an address be mailed again
    Remove(OneArguments),
    /// Put a file on the list: one address or one hash a line
    Import(FileArguments),
    /// Write the list as CSV: hashes, which only the same installation can take back
    Export(FileArguments),
}

#[derive(Args)]
pub struct OneArguments {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// A mail address or a telephone number; to remove one, its hash will do as well
    address: String,
}

#[derive(Args)]
pub struct FileArguments {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// The file; to be written it must not exist
    file: PathBuf,
}

/// `laatu suppress`.
pub fn run(settings: &Settings, command: &SuppressCommand) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    match command {
        SuppressCommand::Add(it) => add(&services, it),
        SuppressCommand::Remove(it) => remove(&services, it),
        SuppressCommand::Import(it) => import(&services, it),
        SuppressCommand::Export(it) => export(&services, it),
    }
}

fn scope(services: &Services, org: &str) -> anyhow::Result<OrgScope> {
    Ok(within(services, org, |_, scope| Ok(scope.clone()))?)
}

fn add(services: &Services, it: &OneArguments) -> anyhow::Result<()> {
    let Some(address) = suppression_list::read_address(&it.address) else {
        bail!("\"{}\" is neither a mail address nor a telephone number such as +358401234567", it.address);
    };
    let cause = SuppressionCause::Imported;
    let (state, added) = within(services, &it.org, |connection, scope| {
        suppression_list::add(services, connection, scope, &address, cause)
    })?;
    tell(if added { "It is not mailed any more." } else { "It was on the list already." });
    print(&state.address_hash)
}

fn remove(services: &Services, it: &OneArguments) -> anyhow::Result<()> {
    let scope = scope(services, &it.org)?;
    let removed = if let Some(hash) = suppression_list::read_hash(&it.address) {
        suppression_list::remove(services, &scope, &hash)?
    } else {
        let address = suppression_list::read_address(&it.address).unwrap_or_default();
        suppression_list::remove_address(services, &scope, &address)?
    };
    if !removed {
        bail!("it is not on the list");
    }
    tell("It may be mailed again.");
    Ok(())
}

fn import(services: &Services, it: &FileArguments) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(&it.file).with_context(|| format!("cannot read {}", it.file.display()))?;
    let lines = suppression_list::import(services, &scope(services, &it.org)?, &text)?;
    // Lines are named by their number: addresses belong in no log.
    let words = |line: &Line| match line {
        Line::Added => Some("added"),
        Line::There => Some("was there"),
        Line::Unreadable => Some("neither a mail address nor a hash"),
        Line::Nothing => None,
    };
    let told: Vec<String> = lines
        .iter()
        .enumerate()
        .filter_map(|(number, line)| words(line).map(|words| format!("line {}: {words}", number + 1)))
        .collect();
    if !told.is_empty() {
        print(&told.join("\n"))?;
    }
    let count = |wanted: Line| lines.iter().filter(|line| **line == wanted).count();
    let (added, there, bad) = (count(Line::Added), count(Line::There), count(Line::Unreadable));
    tell(&format!("{added} added, {there} were there, {bad} could not be read."));
    if bad > 0 {
        bail!("{bad} lines could not be read; the others were taken");
    }
    Ok(())
}

fn export(services: &Services, it: &FileArguments) -> anyhow::Result<()> {
    let text = within(services, &it.org, suppression_list::export)?;
    write_new(&it.file, &text).with_context(|| format!("cannot write {}", it.file.display()))?;
    tell(&format!("{} addresses.", text.lines().count().saturating_sub(1)));
    Ok(())
}

fn write_new(file: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(file)?;
    std::io::Write::write_all(&mut file, text.as_bytes())
}
