//! What a report's pages are made of: blocks of finished words and finished drawings. The template sets them and adds no
//! word; every text of it is data there, never markup.

use serde::Serialize;

/// The whole document.
#[derive(Debug, Serialize)]
pub struct Document {
    /// Language tag.
    pub lang: &'static str,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// The fonts, the first one first.
    pub fonts: Vec<&'static str>,
    /// What the document is called.
    pub title: String,
    /// Whose report it is.
    pub organisation: String,
    /// The questionnaire's title.
    pub subtitle: String,
    /// Year, month and day on which it was made.
    pub day: [i16; 3],
    /// On the head of each page: whose report, and on what.
    pub head: String,
    /// The scope on the foot of each page: period, filters, day.
    pub foot: String,
    /// The number of a page with `\u{1}` for the page and `\u{2}` for the last one.
    pub page: String,
    /// Heading of the scope.
    pub scope_heading: String,
    /// The scope: names and values.
    pub scope: Vec<[String; 2]>,
    /// Heading of the findings.
    pub found_heading: String,
    /// The findings in words.
    pub found: Vec<String>,
    /// The parts behind the cover.
    pub sections: Vec<Section>,
}

/// A part with a heading, which is a bookmark as well.
#[derive(Debug, Serialize)]
pub struct Section {
    /// 1 for a part, 2 for what stands in one.
    pub level: u8,
    /// Its heading.
    pub title: String,
    /// Whether it begins on a page of its own.
    pub new_page: bool,
    /// Whether it is short enough to stand on one page as a whole.
    pub together: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A finding, set apart.
    Lead {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Text {
        /// Its words.
        text: String,
    },
    /// A paragraph in small letters.
    Note {
        /// Its words.
        text: String,
    },
    /// Sentences as a list.
    List {
        /// One sentence each.
        texts: Vec<String>,
    },
    /// Large figures beside each other.
    Cards {
        /// The figures.
        cards: Vec<Card>,
    },
    /// A drawing.
    Chart(Chart),
    /// A finding and sentences with a small drawing beside them.
    Beside {
        /// The finding, set apart.
        lead: String,
        /// The sentences.
        texts: Vec<String>,
        /// The drawing.
        chart: Chart,
    },
    /// A table with a line of headings.
    Table {
        /// The headings.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
        /// How wide each column is among the others.
        widths: Vec<u8>,
        /// Whether all columns hold words, which begin where a line begins.
        words: bool,
    },
    /// Names with their values.
    Facts {
        /// Name and value.
        rows: Vec<[String; 2]>,
    },
    /// A question with its distribution.
    Item {
        /// The question.
        question: String,
        /// Mean, range and answers, or why they are not shown.
        figure: String,
        /// The distribution, where it is shown.
        chart: Option<Chart>,
        /// What the lowest and the highest code stand for.
        ends: String,
    },
}

/// A large figure.
#[derive(Debug, Serialize)]
pub struct Card {
    /// What it is.
    pub label: String,
    /// The figure.
    pub big: String,
    /// Whether there is none, and words stand in its place.
    pub is_word: bool,
    /// Its range.
    pub range: String,
    /// What belongs to it, such as answers.
    pub note: String,
}

/// A drawing with its words.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// The drawing, which stands alone.
    pub svg: String,
    /// What is to be seen in it.
    pub alt: String,
    /// What its marks mean.
    pub caption: String,
    /// Part of the line that it takes, in per cent.
    pub width: u8,
}

impl Section {
    /// A part on a page of its own.
    pub fn on_new_page(title: String, blocks: Vec<Block>) -> Self {
        Self { level: 1, title, new_page: true, together: false, blocks }
    }

    /// A part within a part.
    pub fn within(title: String, blocks: Vec<Block>) -> Self {
        Self { level: 2, title, new_page: false, together: false, blocks }
    }
}

impl Block {
    /// A paragraph.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// A paragraph in small letters.
    pub fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }

    /// A finding.
    pub fn lead(text: impl Into<String>) -> Self {
        Self::Lead { text: text.into() }
    }
}
