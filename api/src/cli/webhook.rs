//! `laatu webhook`: endpoints to which events are brought.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{entry, print, tell};
use crate::config::Settings;
use crate::domain::WebhookState;
use crate::service::once::{in_read, in_transaction};
use crate::service::webhooks::deliver::try_out;
use crate::service::webhooks::{self, Request, ShownWebhook, log};
use crate::service::{Result as ServiceResult, Services};
use crate::store::{AnyConnection, OrgScope, authority};

#[derive(Subcommand)]
pub enum WebhookCommand {
    /// Make an endpoint; prints its id and, on the next line, the key by which its posts are signed
    #[command(
        after_help = "Example:\n  laatu webhook create https://shop.example/hooks/laatu --org tuulia --event survey.answered --event score.low"
    )]
    Create(Create),
    /// List the endpoints
    List(Organisation),
    /// Bring an event for trying out to an endpoint now; exit code 1 when it is not taken
    Test(Endpoint),
    /// Show what came of bringing events to an endpoint, newest first
    Deliveries(Deliveries),
    /// Bring an event once more
    Replay(Replay),
    /// Give an endpoint a new key and print it; the old one counts for another day
    Rotate(Endpoint),
    /// Let events go to an endpoint again
    Enable(Endpoint),
    /// Let no event go to an endpoint for now
    Disable(Endpoint),
    /// Delete an endpoint with its log
    Delete(Endpoint),
}

#[derive(Args)]
pub struct Create {
    /// Where posts go: https://…
    url: String,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// What it is told; may be repeated [default: everything]
    #[arg(long = "event")]
    events: Vec<String>,
    /// It gets the events of test keys, and only these
    #[arg(long)]
    test: bool,
}

#[derive(Args)]
pub struct Organisation {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct Endpoint {
    /// Id of the endpoint
    id: String,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
}

#[derive(Args)]
pub struct Deliveries {
    #[command(flatten)]
    endpoint: Endpoint,
    /// How many at most
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=200))]
    limit: i64,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub struct Replay {
    #[command(flatten)]
    endpoint: Endpoint,
    /// Id of the event
    delivery: String,
}

/// `laatu webhook`.
pub fn run(settings: &Settings, command: WebhookCommand) -> anyhow::Result<()> {
    let services = &entry::visit(settings)?;
    match command {
        WebhookCommand::Create(it) => create(services, &it),
        WebhookCommand::List(it) => list(services, &it),
        WebhookCommand::Test(it) => test(services, &it),
        WebhookCommand::Deliveries(it) => deliveries(services, &it),
        WebhookCommand::Replay(it) => {
            write(services, &it.endpoint.org, |connection, scope| {
                log::replay(services, connection, scope, &it.endpoint.id, &it.delivery)
            })?;
            tell("It is brought once more by the service.");
            Ok(())
        }
        WebhookCommand::Rotate(it) => {
            let shown = write(services, &it.org, |connection, scope| {
                webhooks::rotate(services, connection, scope, &it.id)
            })?;
            print(&secret(services, &it.org, &shown)?)
        }
        WebhookCommand::Enable(it) => switch(services, &it, WebhookState::Enabled),
        WebhookCommand::Disable(it) => switch(services, &it, WebhookState::Disabled),
        WebhookCommand::Delete(it) => {
            write(services, &it.org, |connection, scope| webhooks::delete(connection, scope, &it.id))?;
            tell("The endpoint is gone.");
            Ok(())
        }
    }
}

fn write<T>(
    services: &Services,
    org: &str,
    work: impl Fn(&mut AnyConnection, &OrgScope) -> ServiceResult<T>,
) -> ServiceResult<T> {
    super::field::within(services, org, work)
}

fn scope(services: &Services, org: &str) -> ServiceResult<OrgScope> {
    in_read(services, |connection| Ok(authority::operator(connection, org)?))
}

fn secret(services: &Services, org: &str, shown: &ShownWebhook) -> anyhow::Result<String> {
    let mut body = json!({"id": shown.id});
    webhooks::with_secret(services, &scope(services, org)?, &mut body)?;
    Ok(body.get("secret").and_then(Value::as_str).unwrap_or_default().to_owned())
}

fn create(services: &Services, it: &Create) -> anyhow::Result<()> {
    let mut wanted = json!({"url": it.url, "test": it.test});
    if let (Some(fields), false) = (wanted.as_object_mut(), it.events.is_empty()) {
        fields.insert("events".to_owned(), json!(it.events));
    }
    let request = Request::parse(&wanted, services, &scope(services, &it.org)?)?;
    let shown = write(services, &it.org, |connection, scope| {
        webhooks::create(services, connection, scope, &request)
    })?;
    print(&format!("{}\n{}", shown.id, secret(services, &it.org, &shown)?))
}

fn list(services: &Services, it: &Organisation) -> anyhow::Result<()> {
    let all = in_transaction(services, |connection| {
        let scope = authority::operator(connection, &it.org)?;
        webhooks::list(services, connection, &scope)
    })?;
    if it.json {
        return print(&serde_json::to_string_pretty(&all)?);
    }
    let lines = all.webhooks.iter().map(|one| {
        let state = one.reason.map_or(one.state.to_owned(), |reason| format!("{} ({reason})", one.state));
        let test = if one.test { "  test" } else { "" };
        format!("{}  {state:<20}  {}  {}{test}", one.id, one.url, one.events.join(","))
    });
    print(&lines.collect::<Vec<_>>().join("\n"))
}

fn test(services: &Services, it: &Endpoint) -> anyhow::Result<()> {
    let scope = scope(services, &it.org)?;
    let (webhook, message) = try_out(services, &scope, &it.id)?;
    let shown = in_read(services, |connection| log::show(connection, &scope, webhook, message))?;
    print(&line(&shown))?;
    anyhow::ensure!(shown.state == "delivered", "the endpoint did not take it");
    Ok(())
}

fn deliveries(services: &Services, it: &Deliveries) -> anyhow::Result<()> {
    let request = log::Request { limit: it.limit, ..log::Request::default() };
    let scope = scope(services, &it.endpoint.org)?;
    let found = in_read(services, |connection| log::list(connection, &scope, &it.endpoint.id, &request))?;
    if it.json {
        return print(&serde_json::to_string_pretty(&found)?);
    }
    print(&found.deliveries.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// A delivery in one line: when, which, what, how far, and the last try.
fn line(one: &log::ShownDelivery) -> String {
    let last = one.attempts.last().map_or(String::new(), |last| {
        let status = last.status.map_or(String::new(), |status| format!(" {status}"));
        let error = last.error.as_ref().map_or(String::new(), |error| format!(" {error}"));
        format!("  try {}:{status}{error} in {} ms", one.attempts.len(), last.ms)
    });
    let next = one.next_at.as_ref().map_or(String::new(), |at| format!(", next {at}"));
    format!("{}  {}  {}  {}{last}{next}", one.created_at, one.id, one.kind, one.state)
}

fn switch(services: &Services, it: &Endpoint, state: WebhookState) -> anyhow::Result<()> {
    let shown = write(services, &it.org, |connection, scope| {
        webhooks::switch(services, connection, scope, &it.id, state)
    })?;
    tell(&format!("The endpoint is {}.", shown.state));
    Ok(())
}
