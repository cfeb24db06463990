//! Where mails come back to: an address of its own for each, so that a report tells which mail it is about.
//!
//! `bounce@mail.example.org` becomes `bounce+<mark>@mail.example.org`. The mark holds the organisation's route, the
//! mail and a keyed check: nobody can make one for a mail that they did not get.

use data_encoding::BASE32_NOPAD;

use super::Services;
use super::links::Purpose;
use crate::domain::order::is_mail_address;
use crate::domain::{Id, Occasion};
use crate::store::authority::{self, Opened};
use crate::store::{AnyConnection, Result};

/// Most letters before the `@` that a mail address may have (RFC 5321).
const LONGEST_LOCAL: usize = 64;
/// Letters of a mark: route, occasion, id, check.
const MARK: usize = ROUTE + 1 + ID + CHECK;
const ROUTE: usize = 10;
const ID: usize = 26;
/// 80 bits.
const CHECK: usize = 16;

/// The address to which reports come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnAddress {
    local: String,
    domain: String,
}

impl ReturnAddress {
    /// Reads the setting; in words why it cannot be one.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let most = LONGEST_LOCAL - MARK - 1;
        let lower = text.to_lowercase();
        match lower.rsplit_once('@') {
            Some((local, domain))
                if is_mail_address(&lower) && local.len() <= most && !local.contains('+') =>
            {
                Ok(Self { local: local.to_owned(), domain: domain.to_owned() })
            }
            _ => Err(format!(
                "bounce-address \"{text}\" cannot be used; needed is a mail address without a plus sign and with at \
                 most {most} letters before the @, such as bounce@mail.example.org"
            )),
        }
    }

    /// The address of one mail; none when its link key is gone.
    pub fn of_mail(
        &self,
        services: &Services,
        route: &str,
        key_id: &str,
        (id, occasion): (Id, Occasion),
    ) -> Option<String> {
        let check = check(services, key_id, id, occasion)?;
        let id = BASE32_NOPAD.encode(id.bytes()).to_lowercase();
        Some(format!("{}+{route}{}{id}{check}@{}", self.local, occasion.code(), self.domain))
    }

    /// The mark of an address at which something came back.
    fn mark<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (local, domain) = address.rsplit_once('@')?;
        let mark = local.strip_prefix(&self.local)?.strip_prefix('+')?;
        (domain == self.domain && mark.len() == MARK && mark.is_ascii()).then_some(mark)
    }

    /// The mail to which one of these addresses belongs, checked.
    pub fn mail_behind(
        &self,
        services: &Services,
        connection: &mut AnyConnection,
        addresses: &[String],
    ) -> Result<Option<(Opened, Occasion)>> {
        for mark in addresses.iter().filter_map(|address| self.mark(address)) {
            let (route, rest) = mark.split_at(ROUTE);
            let (occasion, rest) = rest.split_at(1);
            let (id, given) = rest.split_at(ID);
            let Some(occasion) = occasion.parse().ok().and_then(Occasion::from_code) else { continue };
            let is_right = |key_id: &str, id: Id| {
                check(services, key_id, id, occasion).is_some_and(|right| right == given)
            };
            if let Some(opened) = authority::by_return_mark(connection, route, id, is_right)? {
                return Ok(Some((opened, occasion)));
            }
        }
        Ok(None)
    }
}

fn check(services: &Services, key_id: &str, id: Id, occasion: Occasion) -> Option<String> {
    let code = occasion.code().to_be_bytes();
    let hash = services.links.keyed(key_id, Purpose::Return, &[id.bytes().as_slice(), code.as_slice()])?;
    Some(BASE32_NOPAD.encode(hash.get(..10)?).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_address_leaves_room_for_the_mark() {
        assert!(ReturnAddress::parse("bounce@mail.example.org").is_ok());
        for bad in
            ["bounce", "a+b@example.org", "bounces-of-mails@example.org", "@example.org", "a b@example.org"]
        {
            assert!(ReturnAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_mark_is_taken_from_our_own_address_only() {
        let address = ReturnAddress::parse("bounce@mail.example.org").unwrap();
        let mark = "a".repeat(MARK);
        assert_eq!(address.mark(&format!("bounce+{mark}@mail.example.org")), Some(mark.as_str()));
        for other in [
            format!("bounce+{mark}@example.org"),
            format!("return+{mark}@mail.example.org"),
            format!("bounce+{mark}x@mail.example.org"),
            "bounce@mail.example.org".to_owned(),
        ] {
            assert_eq!(address.mark(&other), None, "{other}");
        }
        assert!("bounce+".len() + MARK <= LONGEST_LOCAL);
    }
}
