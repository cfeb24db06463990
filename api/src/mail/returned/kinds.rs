//! How bad it is: whether an address is gone, or a mail was not taken this time.

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// There is no such address, for good.
    Hard,
    /// It was not delivered this time: a full mailbox, a rule of the receiver, a server that was away.
    Soft,
    /// The receiver's side still tries.
    Delayed,
    /// Its reader called it unwanted.
    Complaint,
}

/// How bad a failure is, by its status (`5.1.1`, may be empty) and the server's words.
///
/// Only what is about the address itself is for good (RFC 3463: x.1.x, and 5.2.1, a mailbox that is closed); a full
/// mailbox, a rule or a route is not. Without such a status, an SMTP code 550, 551 or 553 is for good.
pub fn kind_of(status: &str, words: &str) -> Came {
    // Servers put the plain 5.0.0 beside words that know better.
    let told = if matches!(status, "" | "5.0.0") { dotted_status(words) } else { None };
    let status = told.as_deref().unwrap_or(status);
    let mut parts = status.split('.');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("5"), Some("1"), Some(last)) if last != "8" && last != "7" => Came::Hard,
        (Some("5"), Some("2"), Some("1")) => Came::Hard,
        (Some("5"), Some("0"), _) | (Some(""), ..) => match smtp_code(words) {
            Some(550 | 551 | 553) => Came::Hard,
            _ => Came::Soft,
        },
        _ => Came::Soft,
    }
}

/// The first status `4.x.x` or `5.x.x` in a text.
pub fn dotted_status(text: &str) -> Option<String> {
    let mut words = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_matches('.'));
    let is_status = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        let short = |part: &&str| (1..=3).contains(&part.len());
        matches!(parts.first(), Some(&("4" | "5"))) && parts.len() == 3 && parts.iter().all(short)
    };
    words.find(is_status).map(str::to_owned)
}

/// The first SMTP code from 400 to 599 in a text.
pub fn smtp_code(text: &str) -> Option<u16> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    words
        .filter(|word| word.len() == 3)
        .find_map(|word| word.parse().ok().filter(|code| (400..600).contains(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_is_gone_is_for_good() {
        for (status, words) in [
            ("5.1.1", ""),
            ("5.1.10", "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
            ("5.2.1", ""),
            ("5.0.0", "smtp; 550 No such user here"),
            ("5.0.0", "smtp; 550-5.1.1 The account does not exist"),
            ("", "550 unknown user"),
        ] {
            assert_eq!(kind_of(status, words), Came::Hard, "{status} {words}");
        }
        for (status, words) in [
            ("5.2.2", "552 mailbox full"),
            ("5.7.1", "550 5.7.1 not wanted here"),
            ("5.1.8", "550 the sender's domain is not known"),
            ("5.4.4", ""),
            ("4.4.1", "host was away"),
            ("", "552 over quota"),
            ("", "554 refused by a rule"),
            ("", "no code at all"),
            ("5.0.0", "550-5.7.26 not authenticated"),
        ] {
            assert_eq!(kind_of(status, words), Came::Soft, "{status} {words}");
        }
    }

    #[test]
    fn numbers_of_machines_are_no_status() {
        assert_eq!(dotted_status("host 5.9.12.101 said 550 5.1.1"), Some("5.1.1".to_owned()));
        assert_eq!(smtp_code("at 192.168.100.1: 550 no"), Some(550));
    }
}
