//! Figures that no line end breaks: spaces that hold together what is read as one.

use super::page::MONTHS;

/// The same text with spaces that do not break inside of figures: "52 to 55", "95 %", "4.0 (3.8", "n 120", "3 November 2026".
/// Markup, text between `<` and `>`, stays as it is.
pub fn unbroken(text: &str) -> String {
    let mut glued = String::with_capacity(text.len() + 64);
    let mut is_markup = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (here, after) = rest.split_at(letter.len_utf8());
        match letter {
            '<' => is_markup = true,
            '>' => is_markup = false,
            _ => {}
        }
        let is_inside = letter == ' ' && !is_markup && holds_together(last_word(&glued), after);
        glued.push_str(if is_inside { "\u{a0}" } else { here });
        rest = after;
    }
    glued
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', '>', '\n']).next().unwrap_or_default()
}

/// Whether a line may not end between a word and what follows.
fn holds_together(before: &str, after: &str) -> bool {
    let next = after.split([' ', '<', '\n']).next().unwrap_or_default();
    let is_figure = |word: &str| {
        let bare = word.trim_start_matches(['(', '+', '\u{2212}', '\u{a0}']);
        bare.chars().next().is_some_and(|letter| letter.is_ascii_digit())
    };
    let last = before.rsplit('\u{a0}').next().unwrap_or_default();
    let follows = after
        .strip_prefix("to ")
        .is_some_and(|end| is_figure(end.split([' ', '<']).next().unwrap_or_default()));
    let is_month = MONTHS.iter().any(|month| next.trim_end_matches(['.', ',', ';']) == *month);
    match () {
        () if is_figure(last) && (next.starts_with('%') || follows || is_month) => true,
        () if is_figure(last) && next.starts_with('(') && is_figure(next) => true,
        () if last == "to" && before.contains('\u{a0}') && is_figure(next) => true,
        () if matches!(last, "n" | "(n") && is_figure(next) => true,
        () if MONTHS.contains(&last) && is_figure(next) => true,
        () => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_not_broken_and_markup_is_left_alone() {
        let cases = [
            ("likely 52 to 55 of 100", "likely 52~to~55 of 100"),
            (
                "<td data-name=\"95 %\">4.0 (3.8 to 4.1)</td> 95 % of",
                "<td data-name=\"95 %\">4.0~(3.8~to~4.1)</td> 95~% of",
            ),
            ("3 November 2026 to today", "3~November~2026 to today"),
            ("\u{2212}29 (\u{2212}39 to \u{2212}19), n 27", "\u{2212}29~(\u{2212}39~to~\u{2212}19), n~27"),
            ("from 10 people on", "from 10 people on"),
            ("close to 5 points", "close to 5 points"),
        ];
        for (text, glued) in cases {
            assert_eq!(unbroken(text), glued.replace('~', "\u{a0}"));
        }
    }
}
