//! Words for places without room for a mail: a short message to a phone, and a slip in a parcel.

use super::Renderer;
use super::parts::{Organisation, Says, one_line};
use crate::language::{Language, apart};

/// Characters of the default alphabet of short messages (3GPP TS 23.038), each one septet.
const ONE_SEPTET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                          ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Characters of its extension, each two septets.
const TWO_SEPTETS: &str = "^{}\\[~]|€";
/// Septets of a message in one part, and of each of several.
const SEPTETS: (usize, usize) = (160, 153);
/// UTF-16 units of a message beyond that alphabet in one part, and of each of several.
const UNITS: (usize, usize) = (70, 67);
/// A name is not shortened below so many characters; the message then takes two parts.
const LEAST_OF_NAME: usize = 12;
/// Stands where a name was cut; three letters of the default alphabet.
const CUT: &str = "...";

/// Everything that a short message says.
#[derive(Debug, Clone, Copy)]
pub struct ShortMessage<'a> {
    /// The language of the message.
    pub language: Language,
    /// Who asks.
    pub organisation: Organisation<'a>,
    /// The customer's own link to the form.
    pub link: &'a str,
}

/// Everything that a printed slip says.
#[derive(Debug, Clone, Copy)]
pub struct SlipText<'a> {
    /// The language of the slip.
    pub language: Language,
    /// Who asks.
    pub organisation: Organisation<'a>,
    /// The link that the printed code holds, and that somebody may type instead.
    pub link: &'a str,
}

/// The words of a slip, to be set around a printed code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipWords {
    /// The question, in large letters.
    pub heading: String,
    /// One sentence below it, above code and address.
    pub line: String,
    /// The address as one types it.
    pub address: String,
    /// Who asks; at the end.
    pub organisation: String,
}

impl Renderer {
    /// Writes a short message: one text on one line.
    ///
    /// Its words have only letters of the default alphabet, in Arabic none of them. The organisation's name is cut
    /// where the message would else take a further part, but never below twelve characters; a link never is.
    pub fn short_message(&self, message: &ShortMessage<'_>) -> String {
        let name = one_line(message.organisation.name);
        let with_most = |most| message.words(&cut(&name, most));
        let whole = message.words(&name);
        let fewest = short_message_parts(&with_most(LEAST_OF_NAME));
        if fewest >= short_message_parts(&whole) {
            return whole;
        }
        let fits = |text: &String| short_message_parts(text) == fewest;
        (LEAST_OF_NAME..=SEPTETS.0).rev().map(with_most).find(fits).unwrap_or(whole)
    }

    /// Writes the words around the code on a slip.
    pub fn slip_text(&self, slip: &SlipText<'_>) -> SlipWords {
        let says = Says(slip.language);
        let link = one_line(slip.link);
        SlipWords {
            heading: says.plain("slip-heading"),
            line: says.plain("slip-line"),
            address: link.strip_prefix("https://").unwrap_or(&link).to_owned(),
            organisation: apart(slip.language, &one_line(slip.organisation.name)),
        }
    }
}

impl ShortMessage<'_> {
    fn words(&self, name: &str) -> String {
        let link = one_line(self.link);
        // A link stands at the end and stays as it is: marks around it would become part of it when it is pressed.
        format!("{} {link}", Says(self.language).with("short-message", &[("organisation", name.into())]))
    }
}

fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most).collect();
    format!("{}{CUT}", kept.trim_end())
}

/// How many parts a short message takes; 1 at least.
///
/// ```
/// use survey_forms::render::short_message_parts;
///
/// assert_eq!(short_message_parts(&"e".repeat(160)), 1);
/// assert_eq!(short_message_parts(&"e".repeat(161)), 2);
/// // One letter beyond the default alphabet, and there is room for 70.
/// assert_eq!(short_message_parts(&"ő".repeat(71)), 2);
/// ```
pub fn short_message_parts(text: &str) -> usize {
    let septets = text.chars().map(septets).sum::<Option<usize>>();
    let (length, (one, several)) = match septets {
        Some(septets) => (septets, SEPTETS),
        None => (text.encode_utf16().count(), UNITS),
    };
    if length <= one { 1 } else { length.div_ceil(several) }
}

fn septets(letter: char) -> Option<usize> {
    if ONE_SEPTET.contains(letter) { Some(1) } else { TWO_SEPTETS.contains(letter).then_some(2) }
}
