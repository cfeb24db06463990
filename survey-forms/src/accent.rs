//! An organisation's colour: read, checked for contrast, and worked out for dark screens.
//!
//! Buttons, marks and quiet highlights have it; everything else of the look stays. A colour on which nobody could read
//! a button, or which would hardly show on paper, is refused with the nearest darker one that would do. Pages get it
//! as a style of its own beside the common one, made here from a checked colour and nothing else; the service puts
//! the hash of that style into the policy of the page. The arithmetic of colours stands in `colour`.

mod colour;

use std::fmt;

use colour::Colour;

/// Paper of light pages, as in `style.css`.
const PAPER: Colour = Colour::of(0xfb, 0xfa, 0xf7);
/// What cards and options stand on in light pages.
const CARD: Colour = Colour::of(0xff, 0xff, 0xff);
/// Paper of dark pages.
const DARK_PAPER: Colour = Colour::of(0x12, 0x17, 0x1a);
/// What cards and options stand on in dark pages.
const DARK_CARD: Colour = Colour::of(0x1a, 0x21, 0x25);
/// Light words on a button.
const LIGHT_WORDS: Colour = CARD;
/// Dark words on a button.
const DARK_WORDS: Colour = Colour::of(0x0b, 0x1a, 0x18);

/// Least contrast of the words on a button (WCAG 2.2, 1.4.3), as a ratio.
const LEAST_FOR_WORDS: f64 = 4.5;
/// Least contrast of marks and borders with what they stand on (WCAG 2.2, 1.4.11).
const LEAST_FOR_MARKS: f64 = 3.0;
/// What the colour has on dark cards: about that of the look's own green there.
const ON_DARK: f64 = 6.5;
/// How much of the colour is in a quiet highlight, in hundredths.
const TINT_SHARE: u16 = 10;
const DARK_TINT_SHARE: u16 = 14;
/// Light colours on a dark screen are calmer with less of their saturation.
const DARK_SATURATION: f64 = 0.65;

/// A colour that has enough contrast for everything that it is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    colour: Colour,
    words: Colour,
}

/// Why a text is no accent.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum AccentProblem {
    /// It is not written as a colour.
    #[error("is not a colour; needed is # and six digits 0-9 a-f, such as #0e5f58")]
    NotAColour,
    /// Neither white nor dark words can be read on it.
    #[error(
        "words on a button of this colour are hard to read: their contrast is {contrast:.1}, needed is {}; {near} would do",
        LEAST_FOR_WORDS
    )]
    Words {
        /// The better of the two contrasts.
        contrast: f64,
        /// The nearest darker colour that would do.
        near: Accent,
    },
    /// It hardly shows on a light page.
    #[error(
        "is too light for a light page: its contrast is {contrast:.1}, needed is {}; {near} would do",
        LEAST_FOR_MARKS
    )]
    TooLight {
        /// The contrast with what it stands on.
        contrast: f64,
        /// The nearest darker colour that would do.
        near: Accent,
    },
}

impl Accent {
    /// The look's own spruce green.
    pub(crate) const OWN: Accent = Accent { colour: Colour::of(0x0e, 0x5f, 0x58), words: LIGHT_WORDS };

    /// Reads `#rrggbb`.
    ///
    /// ```
    /// use survey_forms::accent::Accent;
    ///
    /// assert_eq!(Accent::read("#B3123E")?.to_string(), "#b3123e");
    /// let problem = Accent::read("#f2b134").unwrap_err();
    /// assert!(problem.to_string().contains("too light"), "{problem}");
    /// # Ok::<(), survey_forms::accent::AccentProblem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Whatever is no colour, and a colour without enough contrast, with the nearest darker one that has it.
    pub fn read(text: &str) -> Result<Accent, AccentProblem> {
        let colour = Colour::read(text).ok_or(AccentProblem::NotAColour)?;
        let Some(flaw) = flaw(colour) else { return Ok(Accent::of(colour)) };
        let near = Accent::of(darker(colour));
        Err(match flaw {
            Flaw::Marks(contrast) => AccentProblem::TooLight { contrast, near },
            Flaw::Words(contrast) => AccentProblem::Words { contrast, near },
        })
    }

    fn of(colour: Colour) -> Accent {
        Accent { colour, words: words_on(colour) }
    }

    /// The style that gives a page this colour; it stands in an element of its own behind the common style.
    ///
    /// Paper that is printed on keeps its black.
    pub fn style(self) -> String {
        let (dark, tint) = (self.dark(), tint(self.colour));
        format!(
            "@media screen{{:root{{--accent:{};--on-accent:{};--tint:{tint}}}}}\
             @media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark};--on-accent:{DARK_WORDS};--tint:{}}}}}",
            self.colour,
            self.words,
            dark_tint(dark),
        )
    }

    /// The colour of the words on a button in light.
    pub(crate) fn words(self) -> String {
        self.words.to_string()
    }

    /// The colour in dark, as text.
    pub(crate) fn in_dark(self) -> String {
        self.dark().to_string()
    }

    /// The same hue, as light as dark pages need it.
    fn dark(self) -> Colour {
        let (hue, saturation, _) = self.colour.hue_saturation_lightness();
        let lighter =
            |percent: u32| Colour::of_hue(hue, saturation * DARK_SATURATION, f64::from(percent) / 100.0);
        let is_enough = |colour: &Colour| colour.contrast(DARK_CARD) >= ON_DARK;
        (0..=100).map(lighter).find(is_enough).unwrap_or(LIGHT_WORDS)
    }
}

/// As it is written: `#rrggbb` in small letters.
impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.colour.fmt(f)
    }
}

/// What a colour lacks, with the contrast that it has.
enum Flaw {
    Marks(f64),
    Words(f64),
}

fn flaw(colour: Colour) -> Option<Flaw> {
    let on = [PAPER, CARD, tint(colour)].map(|ground| colour.contrast(ground));
    let marks = on.into_iter().fold(f64::INFINITY, f64::min);
    let words = colour.contrast(words_on(colour));
    if marks < LEAST_FOR_MARKS {
        Some(Flaw::Marks(marks))
    } else if words < LEAST_FOR_WORDS {
        Some(Flaw::Words(words))
    } else {
        None
    }
}

/// White words where they can be read, else dark ones.
fn words_on(colour: Colour) -> Colour {
    if colour.contrast(LIGHT_WORDS) >= LEAST_FOR_WORDS
        || colour.contrast(LIGHT_WORDS) >= colour.contrast(DARK_WORDS)
    {
        LIGHT_WORDS
    } else {
        DARK_WORDS
    }
}

/// The lightest darker colour of the same hue that has no flaw. Black has none.
fn darker(colour: Colour) -> Colour {
    let shades = (0..100_u16).rev().map(|share| colour.mixed(Colour::of(0, 0, 0), share));
    shades.into_iter().find(|shade| flaw(*shade).is_none()).unwrap_or(Colour::of(0, 0, 0))
}

fn tint(colour: Colour) -> Colour {
    colour.mixed(CARD, TINT_SHARE)
}

fn dark_tint(colour: Colour) -> Colour {
    colour.mixed(DARK_PAPER, DARK_TINT_SHARE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const INK: Colour = Colour::of(0x1b, 0x23, 0x28);
    const DARK_INK: Colour = Colour::of(0xe8, 0xec, 0xec);

    /// The colours of a style by their names, first those of light, then those of dark.
    fn colours(style: &str, name: &str) -> Vec<Colour> {
        let start = format!("--{name}:");
        style.split(&start).skip(1).map(|rest| Colour::read(&rest[..7]).unwrap()).collect()
    }

    #[test]
    fn the_constants_are_those_of_the_style_sheet() {
        let style = crate::render::style();
        assert_eq!(colours_of(style, "paper"), [PAPER, DARK_PAPER]);
        assert_eq!(colours_of(style, "card")[1], DARK_CARD);
        assert_eq!(colours_of(style, "ink"), [INK, DARK_INK]);
        assert_eq!(colours_of(style, "accent")[0], Accent::OWN.colour);
        assert_eq!(colours_of(style, "on-accent")[1], DARK_WORDS);
    }

    /// The six-digit colours of the two first blocks of the style sheet.
    fn colours_of(style: &str, name: &str) -> Vec<Colour> {
        let start = format!("--{name}:");
        let values = style.split(&start).skip(1).map(|rest| rest.split([';', '}']).next().unwrap());
        let long = |value: &str| if value == "#fff" { "#ffffff".to_owned() } else { value.to_owned() };
        values.take(2).map(|value| Colour::read(&long(value)).unwrap()).collect()
    }

    #[test]
    fn what_is_no_colour_is_refused_with_how_to_write_one() {
        for text in ["", "red", "#fff", "0e5f58", "#0e5f5g", "#0e5f588", "#é0000", "rgb(0,0,0)", "#0e5f58;}"]
        {
            let problem = Accent::read(text).unwrap_err();
            assert_eq!(problem, AccentProblem::NotAColour, "{text}");
        }
    }

    #[test]
    fn white_words_stand_on_dark_colours_and_dark_words_on_middle_ones() {
        assert!(Accent::read("#0e5f58").unwrap().style().contains("--on-accent:#ffffff"));
        assert!(Accent::read("#2f9e44").unwrap().style().contains("--on-accent:#0b1a18"));
    }

    #[test]
    fn a_light_colour_is_refused_with_a_near_one_that_is_taken() {
        for (text, word) in [("#f2b134", "too light"), ("#ffffff", "too light"), ("#707c80", "hard to read")]
        {
            let problem = Accent::read(text).unwrap_err().to_string();
            assert!(problem.contains(word), "{text}: {problem}");
            let near = &problem[problem.rfind('#').unwrap()..][..7];
            assert!(Accent::read(near).is_ok(), "{problem}");
        }
    }

    #[test]
    fn the_own_green_is_much_the_same_as_the_look_has_it_in_dark() {
        let dark = Accent::OWN.dark();
        assert!(dark.contrast(Colour::of(0x74, 0xcb, 0xbd)) < 1.5, "{dark}");
    }

    proptest! {
        #[test]
        fn every_colour_that_is_taken_can_be_read_in_light_and_dark(rgb in any::<[u8; 3]>()) {
            let text = Colour::of(rgb[0], rgb[1], rgb[2]).to_string();
            let accent = match Accent::read(&text) {
                Ok(accent) => accent,
                Err(AccentProblem::Words { near, .. } | AccentProblem::TooLight { near, .. }) => {
                    prop_assert!(Accent::read(&near.to_string()).is_ok());
                    near
                }
                Err(AccentProblem::NotAColour) => panic!("{text} is a colour"),
            };
            let style = accent.style();
            let (marks, words) = (colours(&style, "accent"), colours(&style, "on-accent"));
            let tints = colours(&style, "tint");
            for (place, (grounds, ink)) in
                [([PAPER, CARD], INK), ([DARK_PAPER, DARK_CARD], DARK_INK)].into_iter().enumerate()
            {
                prop_assert!(words[place].contrast(marks[place]) >= 4.5, "{style}");
                prop_assert!(ink.contrast(tints[place]) >= 4.5, "{style}");
                for ground in grounds.into_iter().chain([tints[place]]) {
                    prop_assert!(marks[place].contrast(ground) >= 3.0, "{style}");
                }
            }
        }

        #[test]
        fn any_text_is_refused_or_makes_a_style_of_known_signs_only(text in any::<String>()) {
            if let Ok(accent) = Accent::read(&text) {
                let style = accent.style();
                let is_known = |b: u8| b.is_ascii_alphanumeric() || b"@:;-{}#() ".contains(&b);
                prop_assert!(style.bytes().all(is_known), "{}", style);
            }
        }
    }
}
