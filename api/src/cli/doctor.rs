//! `laatu doctor`: what is wrong, in words; what the mail world thinks of the sender, when asked.

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, QCLASS, QTYPE, Question, TYPE};

use super::{entry, print, tell};
use crate::config::Settings;
use crate::mail::dkim::Signer;
use crate::service::doctor::{Finding, Gravity, Setup, examine, sender_domains};

/// How long a name server may take.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Args)]
pub struct DoctorArguments {
    /// Ask the name server of this machine, or this one (ADDRESS:PORT), what it says of the senders' domains
    #[arg(long, value_name = "SERVER", num_args = 0..=1, default_missing_value = "")]
    dns: Option<String>,
    /// Selector of the key with which the relay signs, to look for it, too
    #[arg(long, value_name = "NAME", requires = "dns")]
    dkim_selector: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// `laatu doctor`; an error when something is wrong.
pub fn run(settings: &Settings, it: &DoctorArguments) -> anyhow::Result<()> {
    let mut found = match entry::look(settings) {
        Ok(services) => {
            let setup = Setup {
                public_url: settings.get("public-url"),
                mail: settings.get("mail"),
                link_key_file: &settings.path("link-key-file"),
            };
            let mut found = examine(&services, setup);
            if let Some(server) = &it.dns {
                let server = name_server(server)?;
                for (slug, domain) in sender_domains(&services)? {
                    found.extend(of_domain(server, &slug, &domain, it.dkim_selector.as_deref()));
                }
                found.extend(services.mailer.signers().iter().map(|signer| published(server, signer)));
            }
            found
        }
        Err(error) => vec![Finding::new(Gravity::Wrong, "database", format!("{error:#}"))],
    };
    found.sort_by_key(|one| std::cmp::Reverse(one.gravity));
    if it.json {
        print(&serde_json::to_string_pretty(&found)?)?;
    } else {
        for one in &found {
            print(&line(one))?;
        }
    }
    let wrong = found.iter().filter(|one| one.gravity == Gravity::Wrong).count();
    anyhow::ensure!(wrong == 0, "{wrong} of {} findings are wrong", found.len());
    tell("Nothing is wrong.");
    Ok(())
}

fn line(one: &Finding) -> String {
    let mark = match one.gravity {
        Gravity::Wrong => "wrong ",
        Gravity::Advice => "advice",
        Gravity::Fine => "fine  ",
    };
    format!("{mark}  {}: {}", one.about, one.words)
}

/// The server that was named, else the first of this machine.
fn name_server(text: &str) -> anyhow::Result<SocketAddr> {
    if !text.is_empty() {
        return text.parse().with_context(|| format!("\"{text}\" is not ADDRESS:PORT"));
    }
    let file = std::fs::read_to_string("/etc/resolv.conf").context("this machine names no name server")?;
    let first = file.lines().find_map(|line| line.trim().strip_prefix("nameserver "));
    let address = first.context("this machine names no name server")?.trim();
    Ok(SocketAddr::new(address.parse().with_context(|| format!("\"{address}\" is no address"))?, 53))
}

/// What large mail services look at before they believe a sender.
fn of_domain(server: SocketAddr, slug: &str, domain: &str, selector: Option<&str>) -> Vec<Finding> {
    let about = format!("domain {domain} of {slug}");
    let mut found = vec![
        looked_up(server, &about, domain, "v=spf1", "SPF: which servers may send for the domain"),
        looked_up(
            server,
            &about,
            &format!("_dmarc.{domain}"),
            "v=DMARC1",
            "DMARC: what to do with forged mails",
        ),
    ];
    if let Some(selector) = selector {
        let name = format!("{selector}._domainkey.{domain}");
        found.push(looked_up(server, &about, &name, "p=", "DKIM: the key of the signature"));
    }
    found
}

/// Whether the public half of a key of ours stands where receivers look for it.
fn published(server: SocketAddr, signer: &Signer) -> Finding {
    let (name, about) = (signer.record_name(), format!("dkim of {}", signer.domain()));
    let wanted = signer.record();
    let found = match texts(server, &name) {
        Ok(found) => found,
        Err(error) => {
            let words = format!("{name} could not be looked up at {server}: {error}");
            return Finding::new(Gravity::Wrong, &about, words);
        }
    };
    if found.iter().any(|text| signer.is_published_as(text)) {
        return Finding::new(Gravity::Fine, &about, format!("{name} has the public half of our key"));
    }
    let there = if found.is_empty() { "has no record" } else { "has another key than ours" };
    let words = format!(
        "{name} {there}: mails are signed, and receivers refuse the signature; publish as TXT: {wanted}"
    );
    Finding::new(Gravity::Wrong, &about, words)
}

fn looked_up(server: SocketAddr, about: &str, name: &str, mark: &str, what: &str) -> Finding {
    match texts(server, name) {
        Ok(texts) if texts.iter().any(|text| text.contains(mark)) => {
            Finding::new(Gravity::Fine, about, format!("{name} has a record for {what}"))
        }
        Ok(_) => {
            let words =
                format!("{name} has no record for {what}; large mail services put such mails aside as spam");
            Finding::new(Gravity::Wrong, about, words)
        }
        Err(error) => {
            let words = format!("{name} could not be looked up at {server}: {error}");
            Finding::new(Gravity::Wrong, about, words)
        }
    }
}

/// The text records of a name.
fn texts(server: SocketAddr, name: &str) -> anyhow::Result<Vec<String>> {
    let mut packet = Packet::new_query(0x1a47);
    packet.set_flags(simple_dns::PacketFlag::RECURSION_DESIRED);
    let question = Question::new(Name::new(name)?, QTYPE::TYPE(TYPE::TXT), QCLASS::CLASS(CLASS::IN), false);
    packet.questions.push(question);
    let here = if server.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" };
    let socket = UdpSocket::bind(here)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.connect(server)?;
    socket.send(&packet.build_bytes_vec()?)?;
    let mut buffer = [0; 4096];
    let length = socket.recv(&mut buffer)?;
    let answer = Packet::parse(buffer.get(..length).unwrap_or_default())?;
    let text = |record: &simple_dns::ResourceRecord<'_>| match &record.rdata {
        RData::TXT(text) => String::try_from(text.clone()).ok(),
        _ => None,
    };
    Ok(answer.answers.iter().filter_map(text).collect())
}
