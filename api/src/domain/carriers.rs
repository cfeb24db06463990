//! What brings an invitation to a customer: the first of a survey's carriers by which they can be reached.

use super::coded::Carrier;

/// A survey's carriers in the order in which they are tried, each once and at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carriers(Vec<Carrier>);

impl Default for Carriers {
    fn default() -> Self {
        Self(vec![Carrier::Mail])
    }
}

/// How a customer can be reached.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reachable<'a> {
    /// Whether they may be written to.
    pub has_basis: bool,
    /// Their mail address; empty for none.
    pub email: &'a str,
    /// Their telephone number as it was told; empty for none.
    pub phone: &'a str,
    /// Whether somebody takes short messages.
    pub has_gateway: bool,
}

/// What brings an invitation, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// What brings it.
    pub carrier: Carrier,
    /// A mail address, or a telephone number in its international form; empty for a slip.
    pub address: String,
}

impl Carriers {
    /// Reads `mail,message,slip`: one or more words, each once.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::of(text.split(',').map(str::trim))
    }

    /// The same from words.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut carriers = Vec::new();
        for word in words {
            let carrier = Carrier::from_word(word)
                .ok_or_else(|| format!("\"{word}\" carries nothing; accepted are {}", Carrier::words()))?;
            if carriers.contains(&carrier) {
                return Err(format!("\"{word}\" is named twice"));
            }
            carriers.push(carrier);
        }
        if carriers.is_empty() { Err("at least one is needed".to_owned()) } else { Ok(Self(carriers)) }
    }

    /// The words, in their order.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|carrier| carrier.word())
    }

    /// As it is stored: `mail,message`.
    pub fn text(&self) -> String {
        self.words().collect::<Vec<_>>().join(",")
    }

    /// Whether one of them is this.
    pub fn has(&self, carrier: Carrier) -> bool {
        self.0.contains(&carrier)
    }

    /// The first by which somebody can be reached. A slip needs neither an address nor a contact basis: it lies in the
    /// customer's own parcel.
    pub fn reach(&self, whom: Reachable<'_>) -> Option<Reach> {
        self.0.iter().find_map(|carrier| {
            let address = match carrier {
                Carrier::Mail => Some(whom.email.to_owned()).filter(|it| whom.has_basis && !it.is_empty()),
                Carrier::Message => phone_number(whom.phone).filter(|_| whom.has_basis && whom.has_gateway),
                Carrier::Slip => Some(String::new()),
            };
            address.map(|address| Reach { carrier: *carrier, address })
        })
    }
}

/// A telephone number in its international form (ITU-T E.164): `+` and 8 to 15 digits, without what people write between
/// them; none when it cannot be told which country it belongs to.
pub fn phone_number(text: &str) -> Option<String> {
    let kept: String = text.chars().filter(|c| !" -./()\u{a0}\u{2011}".contains(*c)).collect();
    let digits = kept.strip_prefix('+').or_else(|| kept.strip_prefix("00"))?;
    let is_number = digits.bytes().all(|b| b.is_ascii_digit()) && (8..=15).contains(&digits.len());
    (is_number && !digits.starts_with('0')).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form_however_it_is_written() {
        for written in
            ["+358 40 123 4567", "00358-40-1234567", "+358 (40) 123.4567", "+358\u{a0}40\u{2011}1234567"]
        {
            assert_eq!(phone_number(written).as_deref(), Some("+358401234567"), "{written}");
        }
        for wrong in
            ["", "040 123 4567", "+35840", "+3584012345678901", "+358 40 ABC 4567", "+0401234567", "+"]
        {
            assert_eq!(phone_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_carrier_that_reaches_somebody_is_taken() {
        let by = |words: &str, whom| {
            Carriers::parse(words).unwrap().reach(whom).map(|it| (it.carrier, it.address))
        };
        let whom =
            Reachable { has_basis: true, email: "a@b.org", phone: "+358 401234567", has_gateway: true };
        let message = Some((Carrier::Message, "+358401234567".to_owned()));
        assert_eq!(by("mail,message", whom), Some((Carrier::Mail, "a@b.org".to_owned())));
        assert_eq!(by("message,mail", whom), message);
        assert_eq!(by("mail,message", Reachable { email: "", ..whom }), message);
        let slip = Some((Carrier::Slip, String::new()));
        assert_eq!(by("mail,message,slip", Reachable { has_basis: false, ..whom }), slip);
        assert_eq!(by("message,slip", Reachable { has_gateway: false, ..whom }), slip);
        assert_eq!(by("message", Reachable { phone: "040 1234567", ..whom }), None);
        assert_eq!(by("mail", Reachable { has_basis: false, ..whom }), None);
    }

    #[test]
    fn carriers_are_read_as_they_are_written_and_mistakes_are_named() {
        assert_eq!(Carriers::parse(" message , mail ").unwrap().text(), "message,mail");
        assert_eq!(Carriers::default().text(), "mail");
        for (text, word) in [("pigeon", "pigeon"), ("mail,mail", "twice"), ("", "carries nothing")] {
            assert!(Carriers::parse(text).unwrap_err().contains(word), "{text}");
        }
        assert!(Carriers::of(std::iter::empty()).is_err());
    }
}
