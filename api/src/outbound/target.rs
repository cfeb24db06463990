//! An address that somebody names, read strictly: what two programs could read in two ways is refused.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::http::Uri;

use super::address::{Allowed, is_public};

/// Longest address.
const LONGEST: usize = 500;

/// Reads an address to which posts may go; in words what is wrong.
///
/// Needed is `https://`, a name with a dot or an address in its one usual spelling, and a port that is allowed. Where the
/// operator allows own networks, `http://`, plain names and any port are taken here, and each connection is judged by
/// where it leads.
pub fn read_target(text: &str, allowed: &Allowed) -> Result<Uri, String> {
    if text.len() > LONGEST {
        return Err(format!("at most {LONGEST} characters are taken"));
    }
    if !text.is_ascii() {
        return Err(
            "only ASCII is taken; write the name as punycode (xn--…), the path percent-encoded".to_owned()
        );
    }
    if text.bytes().any(|byte| byte <= b' ' || byte == 0x7f || b"\\\"<>^`{|}#".contains(&byte)) {
        return Err("blanks, control characters, # and \\ have no place in it".to_owned());
    }
    let is_own = !allowed.is_public_only();
    let rest = match text.split_once("://") {
        Some(("https", rest)) => rest,
        Some(("http", rest)) if is_own => rest,
        _ => return Err("https://… is needed".to_owned()),
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err("no name or password is taken before the host".to_owned());
    }
    let (host, port) = host_and_port(authority)?;
    check_host(host, is_own, allowed)?;
    let port = port.unwrap_or(if text.starts_with("https") { 443 } else { 80 });
    if !allowed.has_port(port) && !is_own {
        return Err(format!("port {port} is not taken; 443 and 8443 are"));
    }
    text.parse().map_err(|_| "it is not a web address".to_owned())
}

/// Host and port of an authority without user information.
fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), String> {
    let (host, port) = match authority.rfind(']') {
        Some(end) => authority.split_at_checked(end + 1).unwrap_or((authority, "")),
        None => authority.find(':').and_then(|at| authority.split_at_checked(at)).unwrap_or((authority, "")),
    };
    let Some(digits) = port.strip_prefix(':') else {
        return if port.is_empty() { Ok((host, None)) } else { Err("the host cannot be read".to_owned()) };
    };
    let is_plain =
        !digits.is_empty() && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    let port = digits.parse::<u16>().ok().filter(|_| is_plain);
    port.map(|port| (host, Some(port))).ok_or_else(|| format!("\"{digits}\" is not a port"))
}

fn check_address(address: IpAddr, allowed: &Allowed) -> Result<(), String> {
    if is_public(address) || allowed.has(address) {
        Ok(())
    } else {
        Err(format!("{address} is not a public address"))
    }
}

fn check_host(host: &str, is_own: bool, allowed: &Allowed) -> Result<(), String> {
    if let Some(inside) = host.strip_prefix('[') {
        let inside = inside.strip_suffix(']').unwrap_or_default();
        return match inside.parse::<Ipv6Addr>() {
            Ok(address) => check_address(address.into(), allowed),
            Err(_) => Err(format!("\"{host}\" is not an IPv6 address")),
        };
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number =
        last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") || last.starts_with("0X");
    if is_number {
        // Other programs read 127.1, 0x7f.1 and 017700000001 as addresses, and each in its own way.
        return match host.parse::<Ipv4Addr>() {
            Ok(address) => check_address(address.into(), allowed),
            Err(_) => Err(format!("\"{host}\" is neither a name nor an address in its usual spelling")),
        };
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<&str> = host.split('.').collect();
    if host.len() > 253 || !labels.iter().all(|label| is_label(label)) {
        return Err(format!("\"{host}\" is not the name of a host"));
    }
    if labels.len() < 2 && !is_own {
        return Err(format!("\"{host}\" is not a public name"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_address_is_taken_as_it_is() {
        for good in [
            "https://shop.example/hooks",
            "https://shop.example:8443/hooks?shop=1",
            "https://shop.example",
            "https://xn--verkkokauppa-8ib.example/a%20b",
            "https://93.184.215.14/x",
            "https://[2606:4700::1111]/x",
        ] {
            assert_eq!(read_target(good, &Allowed::default()).map(drop), Ok(()), "{good}");
        }
    }

    #[test]
    fn own_networks_allow_plain_http_names_and_ports() {
        let own = Allowed::parse("127.0.0.0/8").unwrap();
        for good in ["http://127.0.0.1:4711/x", "http://receiver:80/x", "https://localhost:9/"] {
            assert_eq!(read_target(good, &own).map(drop), Ok(()), "{good}");
            assert!(read_target(good, &Allowed::default()).is_err(), "{good}");
        }
        assert!(read_target("ftp://127.0.0.1/x", &own).is_err());
        assert!(read_target("https://shop.example:9443/", &Allowed::parse(":9443").unwrap()).is_ok());
    }
}
