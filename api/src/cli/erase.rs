//! `laatu erase`.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::{entry, print, tell};
use crate::config::Settings;
use crate::domain::Id;
use crate::service::erase::{Erased, Whom, erase, find, look, tidy};
use crate::service::erasure_list::{Replayed, replay};
use crate::service::{Error, Services};
use crate::store::authority;
use crate::store::tidy::Effort;

/// Stands for the list of the settings, where no file is named.
const OWN: &str = ":settings";

#[derive(Args)]
pub struct EraseArguments {
    /// The organisation's short name
    #[arg(long, value_name = "SLUG", required_unless_present_any = ["replay", "vacuum"])]
    org: Option<String>,
    #[command(flatten)]
    whom: WhomArguments,
    /// Only say what would be erased
    #[arg(long)]
    dry_run: bool,
    /// Erase by an erasure list everything that a restored copy brought back [default: that of the settings]
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = OWN, conflicts_with_all = ["org", "WhomArguments", "dry_run"])]
    replay: Option<PathBuf>,
    /// Rewrite an SQLite file afterwards, however large: answers wait meanwhile. Without it, small files only
    #[arg(long, conflicts_with = "dry_run")]
    vacuum: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
#[group(multiple = false)]
pub struct WhomArguments {
    /// Who: by id in this database
    #[arg(long, value_name = "ID")]
    customer: Option<String>,
    /// Who: by the shop's own id
    #[arg(long, value_name = "X")]
    external_id: Option<String>,
    /// Who: by mail address, all who have it
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Who: by telephone, all who have it
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// Who: the customer of this order, with all their orders
    #[arg(long, value_name = "NUMBER")]
    order: Option<String>,
}

impl WhomArguments {
    fn read(&self) -> anyhow::Result<Whom> {
        if let Some(text) = &self.customer {
            let words =
                || crate::service::invalid("--customer", "invalid", format!("\"{text}\" is not an id"));
            return Ok(Whom::Customer(Id::parse(text).ok_or_else(words)?));
        }
        let by = [
            (&self.external_id, Whom::ExternalId as fn(String) -> Whom),
            (&self.email, Whom::Email),
            (&self.phone, Whom::Phone),
            (&self.order, Whom::OrderNumber),
        ];
        let given = by.into_iter().find_map(|(text, whom)| text.clone().map(whom));
        let words = "one of --customer, --external-id, --email, --phone and --order is needed";
        let whom = given.ok_or_else(|| crate::service::invalid("", "missing", words))?;
        Ok(whom)
    }
}

/// Erases a customer, or everybody on a list; an error when nobody is found.
pub fn run(settings: &Settings, arguments: &EraseArguments) -> anyhow::Result<()> {
    if let Some(file) = &arguments.replay {
        let is_own = file.as_os_str() == OWN;
        let file = if is_own { settings.path("erasure-list") } else { file.clone() };
        let services = entry::visit(settings)?;
        let replayed = replay(&services, &file)?;
        clear(&services, arguments);
        return tell_replayed(&replayed, arguments.json);
    }
    let Some(slug) = &arguments.org else {
        clear(&entry::visit(settings)?, arguments);
        return Ok(());
    };
    let whom = arguments.whom.read()?;
    let services = entry::visit(settings)?;
    erase_one(&services, slug, &whom, arguments)
}

/// Clears the files of the database, and tells what is left.
fn clear(services: &Services, arguments: &EraseArguments) {
    let effort = if arguments.vacuum { Effort::Whole } else { Effort::Brief };
    if let Some(words) = tidy(services, effort) {
        tell(&format!("note: {words}"));
    }
}

fn erase_one(services: &Services, slug: &str, whom: &Whom, arguments: &EraseArguments) -> anyhow::Result<()> {
    let scope = services.store.read(|connection| authority::operator(connection, slug))?;
    let named = match find(services, &scope, whom) {
        Err(Error::NotFound(_)) => {
            if arguments.json {
                print(&json!({"found": false, "dry_run": arguments.dry_run}).to_string())?;
            }
            bail!("nobody is found by that; nothing was erased");
        }
        found => found?,
    };
    let erased = if arguments.dry_run {
        look(services, &scope, &named)?
    } else {
        let erased = erase(services, &scope, &named)?;
        clear(services, arguments);
        erased
    };
    if arguments.json {
        let customers: Vec<String> = named.customers.iter().map(Id::to_string).collect();
        let shown =
            json!({"found": true, "dry_run": arguments.dry_run, "customers": customers, "erased": erased});
        return print(&serde_json::to_string_pretty(&shown)?);
    }
    let begin = if arguments.dry_run { "would be erased" } else { "erased" };
    print(&format!("{begin}: {}", words(erased)))
}

fn words(erased: Erased) -> String {
    let counts = [
        (erased.customers, "customers"),
        (erased.orders, "orders"),
        (erased.events, "events"),
        (erased.invitations, "invitations"),
        (erased.saved_pages, "saved pages"),
        (erased.responses, "responses"),
        (erased.comments, "comments"),
        (erased.jobs, "jobs"),
        (erased.kept_answers, "kept answers to requests"),
    ];
    counts.map(|(count, what)| format!("{count} {what}")).join(", ")
}

/// Tells what replaying a list came to; an error when lines of it cannot be read.
pub fn tell_replayed(replayed: &Replayed, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        print(&serde_json::to_string_pretty(replayed)?)?;
    } else {
        print(&format!("{} erasures on the list; erased again: {}", replayed.lines, words(replayed.erased)))?;
    }
    if replayed.elsewhere > 0 {
        tell(&format!("{} lines are of organisations that are not here.", replayed.elsewhere));
    }
    if let Some(line) = replayed.cut {
        tell(&format!(
            "Line {line}, the last, is cut off: its erasure was not done then and is passed over."
        ));
    }
    match &replayed.broken[..] {
        [] => Ok(()),
        broken => {
            let lines: Vec<String> = broken.iter().map(ToString::to_string).collect();
            bail!("these lines of the list cannot be read: {}; all others were worked on", lines.join(", "))
        }
    }
}
