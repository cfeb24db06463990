//! The arithmetic of colours: hexadecimal digits, mixing, hue, and contrast as WCAG 2.2 defines it.

use std::fmt;

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    pub(super) const fn of(red: u8, green: u8, blue: u8) -> Colour {
        Colour { red, green, blue }
    }

    /// Reads `#rrggbb` in any case.
    pub(super) fn read(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Colour { red, green, blue })
    }

    /// So many hundredths of this colour, the rest of another.
    pub(super) fn mixed(self, other: Colour, share: u16) -> Colour {
        let mix = |mine: u8, theirs: u8| {
            let share = share.min(100);
            let sum = u16::from(mine) * share + u16::from(theirs) * (100 - share);
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Colour {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }

    /// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub(super) fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance", with the threshold of IEC 61966-2-1).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Hue in sixths of a turn (0 to 6), saturation and lightness (0 to 1).
    pub(super) fn hue_saturation_lightness(self) -> (f64, f64, f64) {
        let [red, green, blue] = [self.red, self.green, self.blue].map(|part| f64::from(part) / 255.0);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (range, lightness) = (most - least, f64::midpoint(most, least));
        if range == 0.0 {
            return (0.0, 0.0, lightness);
        }
        let hue = if self.red >= self.green && self.red >= self.blue {
            ((green - blue) / range).rem_euclid(6.0)
        } else if self.green >= self.blue {
            (blue - red) / range + 2.0
        } else {
            (red - green) / range + 4.0
        };
        (hue, range / (1.0 - (2.0 * lightness - 1.0).abs()), lightness)
    }

    /// The colour of a hue in sixths of a turn, with this saturation and lightness (0 to 1).
    pub(super) fn of_hue(hue: f64, saturation: f64, lightness: f64) -> Colour {
        let range = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
        // Each part rises to its full height over one sixth, stays for two, and falls again.
        let part = |turn: f64| {
            let place = (hue + turn).rem_euclid(6.0);
            let height = (place.min(4.0 - place)).clamp(0.0, 1.0);
            byte(lightness - range / 2.0 + range * height)
        };
        Colour { red: part(2.0), green: part(0.0), blue: part(4.0) }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 255 before")]
fn byte(part: f64) -> u8 {
    (part * 255.0).round().clamp(0.0, 255.0) as u8
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let of = |one: &str, two: &str| Colour::read(one).unwrap().contrast(Colour::read(two).unwrap());
        assert!((of("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        // The grey that is known as the lightest with 4.5 on white, and the next lighter one.
        assert!(of("#767676", "#ffffff") >= 4.5 && of("#777777", "#ffffff") < 4.5);
        assert!((of("#0e5f58", "#0e5f58") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn hues_are_in_their_order() {
        let hue = |text: &str| Colour::read(text).unwrap().hue_saturation_lightness().0;
        for (sixth, text) in
            ["#ff0000", "#ffff00", "#00ff00", "#00ffff", "#0000ff", "#ff00ff"].iter().enumerate()
        {
            assert!((hue(text) - f64::from(u8::try_from(sixth).unwrap())).abs() < 1e-9, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_colour_is_made_again_of_hue_saturation_and_lightness(rgb in any::<[u8; 3]>()) {
            let colour = Colour::of(rgb[0], rgb[1], rgb[2]);
            let (hue, saturation, lightness) = colour.hue_saturation_lightness();
            let again = Colour::of_hue(hue, saturation, lightness);
            for (one, two) in [(colour.red, again.red), (colour.green, again.green), (colour.blue, again.blue)] {
                prop_assert!(one.abs_diff(two) <= 1, "{colour} {again}");
            }
            prop_assert_eq!(Colour::read(&colour.to_string()), Some(colour));
        }
    }
}
