//! PDF as others see it, by the programs of poppler: its text, its fonts, what it says of itself, its bookmarks.
//!
//! `tests/run` installs them. Where they are missing the test fails with words; it is never skipped.

use std::path::PathBuf;
use std::process::Command;

use crate::readers::run;

/// A PDF in a folder that goes with it.
pub struct Pages {
    _folder: tempfile::TempDir,
    file: PathBuf,
}

impl Pages {
    /// Keeps the bytes of a PDF.
    ///
    /// # Panics
    /// When the bytes are no PDF.
    pub fn of(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-"), "{}", String::from_utf8_lossy(bytes));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("pages.pdf");
        std::fs::write(&file, bytes).expect("a file");
        Self { _folder: folder, file }
    }

    /// All its text, with single blanks between words.
    pub fn text(&self) -> String {
        plain(&self.poppler("pdftotext", &["-enc", "UTF-8", "-raw"], &["-"]))
    }

    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.info()
            .lines()
            .find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok())
            .expect("a number of pages")
    }

    /// What it says of itself: title, tags, size of its pages.
    pub fn info(&self) -> String {
        self.poppler("pdfinfo", &[], &[])
    }

    /// Its metadata, as XMP.
    pub fn metadata(&self) -> String {
        self.poppler("pdfinfo", &["-meta"], &[])
    }

    /// Its headings, as they stand in the tree of tags.
    pub fn tags(&self) -> String {
        self.poppler("pdfinfo", &["-struct"], &[])
    }

    /// Its fonts: name, and whether it is embedded.
    pub fn fonts(&self) -> Vec<(String, bool)> {
        let table = self.poppler("pdffonts", &[], &[]);
        let row = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            // Counted from the end, since a type may be of two words: emb sub uni object ID.
            let embedded = words.len().checked_sub(5).and_then(|place| words.get(place));
            (words.first().copied().unwrap_or_default().to_owned(), embedded == Some(&"yes"))
        };
        table.lines().skip(2).map(row).collect()
    }

    /// Its bookmarks in their order.
    pub fn bookmarks(&self) -> Vec<String> {
        let all = self.poppler("pdftohtml", &["-xml", "-i", "-stdout"], &[]);
        let (_, outline) = all.split_once("<outline>").expect("bookmarks");
        outline
            .split("<item ")
            .skip(1)
            .filter_map(|item| Some(item.split_once('>')?.1.split_once('<')?.0.to_owned()))
            .collect()
    }

    fn poppler(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let is_there = Command::new(program).arg("-v").output().is_ok();
        assert!(
            is_there,
            "{program} is not here: tests/run installs it; as root: apt-get install poppler-utils"
        );
        let (code, said) = run(Command::new(program).args(before).arg(&self.file).args(after));
        assert_eq!(code, Some(0), "{program}: {said}");
        said
    }
}

/// A text with single blanks, and without the marks that nobody sees.
pub fn plain(text: &str) -> String {
    let seen = |letter: &char| !matches!(letter, '\u{200b}' | '\u{2066}'..='\u{2069}' | '\u{202a}'..='\u{202e}' | '\u{ad}');
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(seen).collect()
}
