//! Where events are never brought: hostile addresses in every spelling, names that lead inside, names that change their
//! minds. Each try is made against a canary on this machine that nobody may reach.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use laatu::outbound::{Allowed, Failure, Names, Poster, SystemNames};
use laatu_tests::json::text;
use laatu_tests::receiver::Receiver;
use laatu_tests::{Kind, Server};
use serde_json::json;

/// Hosts that are this machine, its neighbours, or nobody's, in spellings that some program understands.
const HOSTS: [&str; 80] = [
    // this machine, plain and short
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "0",
    "0.0.0.0",
    "0.0",
    "000.000.000.000",
    // as one number, in eights, in sixteens, mixed
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0X7F000001",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.0x1",
    "0x7f.1",
    "00000177.1",
    "127.0.0.0x1",
    "0x07f.0.0.1",
    "4294967297",
    "0x17f000001",
    // private, link-local, carriers, clouds
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.1.254",
    "167772161",
    "0xa000001",
    "0xc0a80001",
    "3232235521",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "169.254.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    // kept, documentation, benchmarks, multicast, broadcast
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    // IPv6: this machine, mapped, compatible, translated, tunnels, local, documentation, multicast
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::1]",
    "[2001::1]",
    "[2001:0:7f00:1::]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[2001:2::1]",
    "[::ffff:169.254.169.254]",
    "[5f00::1]",
    "[::1%25lo]",
    "[0000:0000:0000:0000:0000:ffff:7f00:0001]",
];

/// Names that lead to such addresses.
const NAMES: [(&str, &[&str]); 16] = [
    ("loop.example", &["127.0.0.1"]),
    ("loop6.example", &["::1"]),
    ("mapped.example", &["::ffff:127.0.0.1"]),
    ("any.example", &["0.0.0.0"]),
    ("any6.example", &["::"]),
    ("metadata.example", &["169.254.169.254"]),
    ("office.example", &["192.168.1.10"]),
    ("carrier.example", &["100.64.3.4"]),
    ("nat64.example", &["64:ff9b::7f00:1"]),
    ("sixtofour.example", &["2002:7f00:1::1"]),
    ("teredo.example", &["2001:0:4136:e378::1"]),
    ("unique.example", &["fd00::1"]),
    ("one-foot.example", &["93.184.215.14", "127.0.0.1"]),
    ("last-foot.example", &["93.184.215.14", "2606:4700::1111", "1.1.1.1", "8.8.8.8", "9.9.9.9", "::1"]),
    ("a.b.c.127.0.0.1.nip.example", &["127.0.0.1"]),
    ("xn--lcalhost-n1a.example", &["127.0.0.1"]),
];

/// Whole addresses that are written to be misread; `P` stands for the canary's port.
const URLS: [&str; 40] = [
    "http://127.0.0.1:P/",
    "http://shop.example/",
    "ftp://127.0.0.1:P/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:P/_GET",
    "HTTPS://127.0.0.1:P/",
    "//127.0.0.1:P/",
    "127.0.0.1:P",
    "https:127.0.0.1:P",
    "https:/127.0.0.1:P/",
    "https:///127.0.0.1:P/",
    "https://shop.example@127.0.0.1:P/",
    "https://127.0.0.1:P@shop.example/",
    "https://user:pass@127.0.0.1:P/",
    "https://shop.example:443@127.0.0.1:P/",
    "https://shop.example%40127.0.0.1:P/",
    "https://127.0.0.1:P\\@shop.example/",
    "https://shop.example\\@127.0.0.1:P/",
    "https://127.0.0.1:P#@shop.example/",
    "https://shop.example#@127.0.0.1:P/",
    "https://127.0.0.1 :P/",
    "https://127.0.0.1\t:P/",
    "https://127.0.0.1\r\nHost: x:P/",
    "https://127.0.0.1%00.shop.example:P/",
    "https://127.0.0.1.:P/",
    "https://localhost:P/",
    "https://localhost.:P/",
    "https://LOCALHOST:P/",
    "https://ⓛocalhost:P/",
    "https://127。0。0。1:P/",
    "https://１２７.0.0.1:P/",
    "https://shop.example:22/",
    "https://shop.example:0/",
    "https://shop.example:00443/",
    "https://shop.example:99999/",
    "https://shop.example:/",
    "https://[::1]:P:443/",
    "https://[127.0.0.1]:P/",
    "https://-shop.example:P/",
    "https://.:P/",
];

/// Names as these tests want them; numbers as the system reads them.
#[derive(Debug)]
struct Table;

impl Names for Table {
    fn addresses(&self, host: &str, within: Duration) -> Vec<IpAddr> {
        match NAMES.iter().find(|(name, _)| *name == host) {
            Some((_, addresses)) => addresses.iter().map(|one| one.parse().unwrap()).collect(),
            None if host.ends_with(".example") => Vec::new(),
            None => SystemNames.addresses(host, within),
        }
    }
}

/// A name that leads outside and inside by turns. Outside is another address of this machine, which is allowed here: no
/// test talks to anybody else's.
#[derive(Debug, Default)]
struct Turning(AtomicUsize);

impl Names for Turning {
    fn addresses(&self, _: &str, _: Duration) -> Vec<IpAddr> {
        let outside = self.0.fetch_add(1, Ordering::SeqCst).is_multiple_of(2);
        vec![if outside { [127, 0, 0, 2] } else { [127, 0, 0, 1] }.into()]
    }
}

fn poster(allow: &str, names: impl Names + 'static) -> Poster {
    Poster::new(Allowed::parse(allow).unwrap(), Arc::new(names))
}

#[test]
fn no_hostile_address_reaches_the_canary() {
    let canary = Receiver::start();
    let port = canary.address().port();
    // Its port is open to public addresses, so that nothing but the address itself stands between.
    let strict = poster(&format!(":{port}"), Table);
    let hosts =
        HOSTS.iter().chain(NAMES.iter().map(|(name, _)| name)).map(|host| format!("https://{host}:{port}/"));
    let urls = URLS.iter().map(|url| url.replace('P', &port.to_string()));
    let all: Vec<String> = hosts.chain(urls).collect();
    assert!(all.len() >= 120, "{}", all.len());
    for url in &all {
        let outcome = strict.post(url, &[], "{}").outcome;
        let refused = [Failure::BadAddress, Failure::RefusedAddress, Failure::NoSuchName];
        assert!(outcome.is_err_and(|failure| refused.contains(&failure)), "{url}: {outcome:?}");
    }
    for (name, _) in NAMES {
        let outcome = strict.post(&format!("https://{name}:{port}/"), &[], "{}").outcome;
        assert_eq!(outcome, Err(Failure::RefusedAddress), "{name}");
    }
    assert_eq!(canary.connections(), 0);
    let own = poster("127.0.0.0/8", Table).post(&canary.url(), &[], "{}").outcome;
    assert!(own.is_ok() && canary.connections() == 1, "the canary sings when it is reached: {own:?}");
}

#[test]
fn a_name_that_changes_its_mind_leads_to_the_address_that_was_checked() {
    let canary = Receiver::start();
    let port = canary.address().port();
    let outside = Receiver::at(&format!("127.0.0.2:{port}"), &[]);
    let names = Arc::new(Turning::default());
    let poster = Poster::new(Allowed::parse("127.0.0.2").unwrap(), names.clone());
    let url = format!("http://turning.example:{port}/");
    for turn in 0..50 {
        let outcome = poster.post(&url, &[], "{}").outcome;
        assert_eq!(outcome.is_ok(), turn % 2 == 0, "{turn}: {outcome:?}");
    }
    assert_eq!(names.0.load(Ordering::SeqCst), 50, "each post asks once, and never again for the connection");
    assert_eq!((outside.connections(), canary.connections()), (25, 0));
}

#[test]
fn without_tls_and_on_other_ports_only_allowed_networks_are_reached() {
    #[derive(Debug)]
    struct Public;
    impl Names for Public {
        fn addresses(&self, _: &str, _: Duration) -> Vec<IpAddr> {
            vec![[93, 184, 215, 14].into()]
        }
    }
    let poster = poster("127.0.0.0/8", Public);
    for url in ["http://shop.example/", "https://shop.example:25/", "http://shop.example:443/"] {
        assert_eq!(poster.post(url, &[], "{}").outcome, Err(Failure::RefusedAddress), "{url}");
    }
}

#[test]
fn nothing_is_said_in_the_clear_where_tls_is_wanted() {
    let plain = Receiver::start();
    let url = plain.url().replace("http:", "https:");
    let outcome = poster("127.0.0.0/8", SystemNames)
        .post(&url, &[("webhook-id", "secret-id".to_owned())], "{\"a\":1}")
        .outcome;
    assert!(
        matches!(outcome, Err(Failure::BadTls | Failure::NoConnection | Failure::BadReply)),
        "{outcome:?}"
    );
    assert_eq!(plain.connections(), 1);
    assert!(
        plain
            .posted()
            .iter()
            .all(|one| !one.line.contains("POST") && one.headers.is_empty() && one.body.is_empty())
    );
}

#[test]
fn hostile_addresses_are_refused_when_an_endpoint_is_made() {
    let server = Server::on(Kind::Sqlite);
    let shop = server.shop("tuulia");
    let strict: Vec<String> = HOSTS.iter().map(|host| format!("https://{host}/")).collect();
    // The server of the tests allows this machine, and nothing else.
    for url in strict.iter().filter(|url| !url.contains("//127.")) {
        let refused = server
            .client()
            .post_json(&shop.owner, "/api/v1/webhooks", &json!({"url": url}))
            .expect(422)
            .json();
        assert_eq!(
            (text(&refused, "/errors/0/pointer"), text(&refused, "/errors/0/code")),
            ("/url", "webhook_url"),
            "{url}"
        );
    }
}
