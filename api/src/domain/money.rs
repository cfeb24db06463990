//! Amounts of money as shops write them, read into whole minor units.

/// Currencies without a minor unit, by ISO 4217.
const WHOLE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

/// Currencies of a thousand minor units, by ISO 4217.
const THOUSANDTHS: &str = "BHD IQD JOD KWD LYD OMR TND";

/// How many decimals a currency has: 0, 2 or 3.
pub fn decimals(currency: &str) -> u32 {
    let is_in = |list: &str| list.split(' ').any(|code| code == currency);
    if is_in(WHOLE) {
        0
    } else if is_in(THOUSANDTHS) {
        3
    } else {
        2
    }
}

/// Reads an amount such as `49.90`, `49,9` or `49` into minor units; none when it is no amount or finer than the
/// currency. Nothing may stand between thousands.
pub fn minor_units(text: &str, currency: &str) -> Option<i64> {
    let (sign, plain) = text.strip_prefix('-').map_or((1, text), |plain| (-1, plain));
    let (whole, part) = plain.split_once(['.', ',']).unwrap_or((plain, ""));
    let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || !is_number(whole) || !is_number(part) {
        return None;
    }
    let wanted = usize::try_from(decimals(currency)).ok()?;
    let (kept, rest) = part.split_at_checked(wanted).unwrap_or((part, ""));
    if rest.bytes().any(|b| b != b'0') {
        return None;
    }
    format!("{whole}{kept:0<wanted$}").parse::<i64>().ok().map(|amount| sign * amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_by_the_decimals_of_their_currency() {
        for (text, currency, amount) in [
            ("49.90", "EUR", Some(4990)),
            ("49,9", "EUR", Some(4990)),
            ("49", "EUR", Some(4900)),
            ("49.9000", "EUR", Some(4990)),
            ("0.05", "USD", Some(5)),
            ("-12.50", "SEK", Some(-1250)),
            ("1980", "JPY", Some(1980)),
            ("1980.00", "JPY", Some(1980)),
            ("1.234", "KWD", Some(1234)),
            ("49.905", "EUR", None),
            ("1,980.00", "EUR", None),
            ("1 980", "EUR", None),
            ("", "EUR", None),
            ("-", "EUR", None),
            (".5", "EUR", None),
            ("--5", "EUR", None),
            ("９", "EUR", None),
            ("9999999999999", "EUR", None),
        ] {
            assert_eq!(minor_units(text, currency), amount, "{text} {currency}");
        }
    }
}
