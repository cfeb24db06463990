//! From indices to flags: the thresholds, and the bits that are stored with a response.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::indices::Indices;

/// One sign of careless answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The same mark all over.
    Longstring,
    /// Hardly any spread.
    Irv,
    /// Faster than one can read.
    Fast,
    /// The halves of the dimensions disagree.
    EvenOdd,
    /// Far from how others answer.
    Mahalanobis,
    /// Looks like a program rather than a person; told by how the form was fetched and sent, not by the answers.
    Machine,
    /// Everything that was asked was left open.
    Blank,
}

impl Flag {
    /// All flags, in the order of their bits.
    pub const ALL: [Flag; 7] = [
        Flag::Longstring,
        Flag::Irv,
        Flag::Fast,
        Flag::EvenOdd,
        Flag::Mahalanobis,
        Flag::Machine,
        Flag::Blank,
    ];

    /// The name in reports.
    pub fn word(self) -> &'static str {
        match self {
            Flag::Longstring => "longstring",
            Flag::Irv => "irv",
            Flag::Fast => "fast",
            Flag::EvenOdd => "even_odd",
            Flag::Mahalanobis => "mahalanobis",
            Flag::Machine => "machine",
            Flag::Blank => "blank",
        }
    }

    /// The stored bit; never reused for another sign.
    fn bit(self) -> u8 {
        match self {
            Flag::Longstring => 1,
            Flag::Irv => 2,
            Flag::Fast => 4,
            Flag::EvenOdd => 8,
            Flag::Mahalanobis => 16,
            Flag::Machine => 32,
            Flag::Blank => 64,
        }
    }
}

/// The flags of one response; serialises as the list of their names.
///
/// ```
/// use scoring::{Flag, Flags};
/// let flags: Flags = [Flag::Longstring, Flag::Fast].into_iter().collect();
/// assert_eq!((flags.bits(), flags.has(Flag::Irv)), (5, false));
/// assert_eq!(Flags::from_bits(5), Some(flags));
/// assert_eq!(serde_json::to_string(&flags)?, r#"["longstring","fast"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(u8);

impl Flags {
    /// No sign.
    pub const NONE: Flags = Flags(0);

    /// Whether any sign is there.
    pub fn any(self) -> bool {
        self.0 != 0
    }

    /// Whether one sign is there.
    pub fn has(self, flag: Flag) -> bool {
        self.0 & flag.bit() != 0
    }

    /// The byte to store: longstring 1, irv 2, fast 4, even-odd 8, Mahalanobis 16, machine 32, blank 64.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Reads a stored byte; `None` when it has a bit that no flag owns.
    pub fn from_bits(bits: u8) -> Option<Flags> {
        let known = Flag::ALL.iter().fold(0, |known, flag| known | flag.bit());
        (bits & !known == 0).then_some(Flags(bits))
    }

    /// These flags and another one.
    #[must_use]
    pub fn with(self, flag: Flag) -> Flags {
        Flags(self.0 | flag.bit())
    }

    /// The signs that are there, in the order of their bits.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.has(*flag))
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Flags {
        Flags(flags.into_iter().fold(0, |bits, flag| bits | flag.bit()))
    }
}

impl Serialize for Flags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Flags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Flags, D::Error> {
        let flags = Vec::<Flag>::deserialize(deserializer)?;
        let unique: Flags = flags.iter().copied().collect();
        if unique.iter().count() == flags.len() {
            Ok(unique)
        } else {
            Err(D::Error::custom("a flag stands twice"))
        }
    }
}

/// From which values on an index becomes a flag.
///
/// No cut has authority over all surveys: those of the sources are orientation, and a flag is a question, not a
/// verdict.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// Rated items from which on a response can be flagged for lack of spread or runs; 8. A run is to be judged
    /// by the length of the survey (Curran 2016).
    pub least_rated: u32,
    /// Part of the rated items that one run must cover; 1, all of them.
    pub run_share: f64,
    /// Dimensions that the run must touch; 2, since one dimension may well deserve one mark.
    pub run_dimensions: u32,
    /// IRV up to which a response is flagged; 0. Dunn et al. 2018 give no cut and look at the lowest part.
    pub irv: f64,
    /// Seconds per item below which a response is flagged; 2 (Huang et al. 2012).
    pub seconds_per_item: f64,
    /// Even-odd consistency below which a response is flagged; 0.3 (Jackson 1977, as in Johnson 2005).
    pub even_odd: f64,
    /// Dimensions that the consistency must rest on to count; 10, with fewer it is mostly noise.
    pub even_odd_pairs: u32,
    /// Probability of the Mahalanobis distance below which a response is flagged; 0.001 (Meade & Craig 2012).
    pub mahalanobis_p: f64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            least_rated: 8,
            run_share: 1.0,
            run_dimensions: 2,
            irv: 0.0,
            seconds_per_item: 2.0,
            even_odd: 0.3,
            even_odd_pairs: 10,
            mahalanobis_p: 0.001,
        }
    }
}

impl Thresholds {
    /// The flags of a response with these indices; an index that is not defined flags nothing.
    ///
    /// ```
    /// use scoring::{Flag, Indices, Thresholds};
    /// let indices = Indices { rated: 10, seconds_per_item: Some(1.4), ..Indices::default() };
    /// let flags = Thresholds::default().flags(&indices);
    /// assert!(flags.has(Flag::Fast) && flags.bits() == 4);
    /// ```
    pub fn flags(&self, indices: &Indices) -> Flags {
        let enough = indices.rated >= self.least_rated;
        let run = f64::from(indices.longstring) >= self.run_share * f64::from(indices.rated);
        let consistent = indices.even_odd.filter(|_| indices.even_odd_pairs >= self.even_odd_pairs);
        let signs = [
            (Flag::Longstring, enough && run && indices.run_dimensions >= self.run_dimensions),
            (Flag::Irv, enough && indices.irv.is_some_and(|irv| irv <= self.irv)),
            (Flag::Fast, indices.seconds_per_item.is_some_and(|seconds| seconds < self.seconds_per_item)),
            (Flag::EvenOdd, consistent.is_some_and(|r| r < self.even_odd)),
            (Flag::Mahalanobis, indices.distance.is_some_and(|far| far.p < self.mahalanobis_p)),
        ];
        signs.into_iter().filter(|(_, there)| *there).map(|(flag, _)| flag).collect()
    }
}
