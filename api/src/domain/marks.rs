//! What about a posted page looks like a program rather than a person. Evidence for the analyst: nothing is refused or
//! left out because of it.

/// One sign, with its bit; a bit is never used again for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Somebody asked only whether the link is there, as programs do that check links in mails.
    Head,
    /// Several of the answers offered in the mail were opened within seconds, as by a program that follows all links.
    Sweep,
    /// The page was posted sooner after it was shown than anybody can read.
    TooSoon,
    /// The browser says that nobody pressed anything.
    Unpressed,
    /// The program calls itself one.
    NamedProgram,
}

impl Mark {
    /// All signs, in the order of their bits.
    pub const ALL: [Mark; 5] = [Mark::Head, Mark::Sweep, Mark::TooSoon, Mark::Unpressed, Mark::NamedProgram];

    /// The name in exports.
    pub const fn word(self) -> &'static str {
        match self {
            Mark::Head => "head",
            Mark::Sweep => "sweep",
            Mark::TooSoon => "too_soon",
            Mark::Unpressed => "unpressed",
            Mark::NamedProgram => "named_program",
        }
    }

    const fn bit(self) -> i16 {
        match self {
            Mark::Head => 1,
            Mark::Sweep => 2,
            Mark::TooSoon => 4,
            Mark::Unpressed => 8,
            Mark::NamedProgram => 16,
        }
    }
}

/// The signs of one posting, or of all postings of a form.
///
/// ```
/// use laatu::domain::marks::{Mark, Marks};
///
/// let visited: Marks = [Mark::Head, Mark::Sweep].into_iter().collect();
/// assert_eq!((visited.bits(), visited.is_machine()), (3, false));
/// assert!([Mark::Unpressed].into_iter().collect::<Marks>().is_machine());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(i16);

impl Marks {
    /// No sign.
    pub const NONE: Marks = Marks(0);

    /// The number to store: head 1, sweep 2, too soon 4, unpressed 8, named program 16.
    pub const fn bits(self) -> i16 {
        self.0
    }

    /// Reads a stored number; bits that no sign has are left out.
    pub fn from_bits(bits: i16) -> Self {
        Mark::ALL.into_iter().filter(|mark| bits & mark.bit() != 0).collect()
    }

    /// These signs and others.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Marks(self.0 | other.0)
    }

    /// These signs without one.
    #[must_use]
    pub const fn without(self, mark: Mark) -> Self {
        Marks(self.0 & !mark.bit())
    }

    /// Whether a sign is there.
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & mark.bit() != 0
    }

    /// Whether the postings themselves look like a program's. That one has looked at the link before says nothing of
    /// who answered.
    pub const fn is_machine(self) -> bool {
        self.has(Mark::TooSoon) || self.has(Mark::Unpressed) || self.has(Mark::NamedProgram)
    }

    /// The signs that are there, in the order of their bits.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL.into_iter().filter(move |mark| self.has(*mark))
    }
}

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        Marks(marks.into_iter().fold(0, |bits, mark| bits | mark.bit()))
    }
}
