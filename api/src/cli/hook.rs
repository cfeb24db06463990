//! `laatu hook`: shops that tell of their orders by themselves.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};

use super::field::within;
use super::{entry, print, tell};
use crate::config::Settings;
use crate::domain::{BasisKind, Channel, HookKind, Id};
use crate::service::Services;
use crate::service::hooks::register::{self, Request, Shown, Told};
use crate::service::once::in_read;
use crate::store::authority;

#[derive(Subcommand)]
pub enum HookCommand {
    /// Make an address to which a shop sends its orders; prints it
    #[command(
        after_help = "Examples:\n  laatu hook create --org tuulia --kind woocommerce --contact-basis existing_customer_notice\n  laatu hook create --org tuulia --kind shopify --secret-file shopify.secret --place helsinki\n\nWithout --contact-basis orders are stored and nobody is asked."
    )]
    Create(HookCreate),
    /// List the hooks: what came last, what could not be taken and why, what somebody has to do
    List(HookList),
    /// Give a hook another secret; the former signs nothing any more
    Secret(HookSecret),
    /// End a hook; its orders stay
    Disable(HookName),
}

#[derive(Args)]
pub struct HookCreate {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// shopify or woocommerce
    #[arg(long, value_parser = parse_kind)]
    kind: HookKind,
    /// File with the client secret of the Shopify app; WooCommerce gets a secret that is made here
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// Channel of its orders; those of a shop's till are in_person
    #[arg(long, default_value = "web", value_parser = parse_channel)]
    channel: Channel,
    /// Shop, branch or desk of its orders
    #[arg(long, default_value = "", hide_default_value = true)]
    place: String,
    /// What allows survey mails to its customers: consent, existing_customer_notice or other
    #[arg(long, value_parser = parse_basis)]
    contact_basis: Option<BasisKind>,
    /// The same in words; needed for other
    #[arg(long, default_value = "", hide_default_value = true, requires = "contact_basis")]
    basis_text: String,
    /// Only try out: its orders never mail a real person and never enter a report
    #[arg(long)]
    test: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct HookList {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct HookSecret {
    #[command(flatten)]
    hook: HookName,
    /// File with the new client secret of the Shopify app
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct HookName {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Id of the hook, as `hook list` prints it
    #[arg(long, value_parser = parse_id)]
    id: Id,
}

fn parse_kind(text: &str) -> Result<HookKind, String> {
    HookKind::from_word(text).ok_or_else(|| format!("accepted are {}", HookKind::words()))
}

fn parse_channel(text: &str) -> Result<Channel, String> {
    Channel::from_word(text).ok_or_else(|| format!("accepted are {}", Channel::words()))
}

fn parse_basis(text: &str) -> Result<BasisKind, String> {
    BasisKind::from_word(text).ok_or_else(|| format!("accepted are {}", BasisKind::words()))
}

fn parse_id(text: &str) -> Result<Id, String> {
    Id::parse(text).ok_or_else(|| "this is no id; `laatu hook list` prints them".to_owned())
}

/// `laatu hook`.
pub fn hook(settings: &Settings, command: HookCommand) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    match command {
        HookCommand::Create(it) => create(&services, &it),
        HookCommand::List(it) => list(&services, &it),
        HookCommand::Secret(it) => secret(&services, &it),
        HookCommand::Disable(it) => {
            within(&services, &it.org, |connection, scope| {
                register::disable(&services, connection, scope, it.id)
            })?;
            tell(&format!("Hook {} takes nothing any more.", it.id));
            Ok(())
        }
    }
}

fn create(services: &Services, it: &HookCreate) -> anyhow::Result<()> {
    let request = Request {
        kind: it.kind,
        channel: it.channel,
        place: it.place.clone(),
        basis: it.contact_basis.map(|kind| (kind, it.basis_text.clone())),
        secret: it.secret_file.as_deref().map(read).transpose()?,
        test: it.test,
    };
    let told = within(services, &it.org, |connection, scope| {
        register::create(services, connection, scope, &request)
    })?;
    if request.basis.is_none() {
        tell("No contact basis is declared: orders are stored and nobody is asked.");
    }
    show(&told, it.json)
}

fn secret(services: &Services, it: &HookSecret) -> anyhow::Result<()> {
    let given = it.secret_file.as_deref().map(read).transpose()?;
    let told = within(services, &it.hook.org, |connection, scope| {
        register::change_secret(services, connection, scope, it.hook.id, given.as_deref())
    })?;
    show(&told, it.json)
}

/// A secret stands in a file, so that it does not stay in the shell's history.
fn read(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.trim().to_owned())
}

fn show(told: &Told, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print(&serde_json::to_string_pretty(told)?);
    }
    let secret = told.secret.as_ref().map_or(String::new(), |secret| format!("\nsecret  {secret}"));
    print(&format!("id      {}\naddress {}{secret}", told.id, told.address))
}

fn list(services: &Services, it: &HookList) -> anyhow::Result<()> {
    let hooks = in_read(services, |connection| {
        let scope = authority::operator(connection, &it.org)?;
        register::list(services, connection, &scope)
    })?;
    if it.json {
        return print(&serde_json::to_string_pretty(&hooks)?);
    }
    if hooks.is_empty() {
        tell("There is no hook yet: laatu hook create");
        return Ok(());
    }
    let shown: Vec<String> = hooks.iter().map(lines).collect();
    print(&shown.join("\n\n"))
}

fn lines(hook: &Shown) -> String {
    let test = if hook.test { ", only trying out" } else { "" };
    let place = if hook.place.is_empty() { String::new() } else { format!(", {}", hook.place) };
    let mut lines =
        vec![format!("{}  {}{test}", hook.id, hook.kind), format!("  address       {}", hook.address)];
    lines.push(format!("  orders        {}{place}", hook.channel));
    lines.push(format!("  contact basis {}", hook.contact_basis.unwrap_or("none: nobody is asked")));
    lines.push(format!("  last seen     {}", hook.seen_at.as_deref().unwrap_or("never")));
    if let (Some(at), Some(problem)) = (&hook.problem_at, &hook.problem) {
        lines.push(format!("  last problem  {at}  {problem}"));
    }
    lines.extend(hook.disabled_at.iter().map(|at| format!("  disabled      {at}")));
    for one in &hook.requests {
        lines.push(format!(
            "  to do         {}  {}: {} ({})",
            one.received_at, one.topic, one.note, one.delivery_id
        ));
    }
    lines.join("\n")
}
