//! Names of variables that the format takes.

use std::collections::BTreeSet;

/// Longest name, in bytes.
const LONGEST: usize = 64;
/// Words of the command language, which are no names.
const RESERVED: [&str; 13] =
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"];

/// Names for variables, near to those that are wished for: of letters, digits, `_` and `.`, a letter first, and no two
/// the same in any case.
pub fn names<'n>(wished: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    wished.map(|name| unlike(&plain(name), &mut taken)).collect()
}

fn plain(name: &str) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() || letter == '.' { letter } else { '_' };
    let mut plain: String = name.chars().map(kept).collect();
    let is_fine =
        plain.starts_with(char::is_alphabetic) && !RESERVED.contains(&plain.to_uppercase().as_str());
    if !is_fine {
        plain.insert_str(0, "v_");
    }
    plain.truncate(plain.floor_char_boundary(LONGEST));
    plain.trim_end_matches(['.', '_']).to_owned()
}

fn unlike(name: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| {
        let end = format!("_{number}");
        let (begin, _) = name.split_at(name.floor_char_boundary(LONGEST - end.len()));
        format!("{begin}{end}")
    });
    let mut all = std::iter::once(name.to_owned()).chain(numbered);
    all.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_what_the_format_takes_and_stay_apart() {
        let wished = ["speed", "item:place", "SPEED", "with", "9lives", "määrä", "tail."];
        let made = names(wished.into_iter());
        assert_eq!(made, ["speed", "item_place", "SPEED_2", "v_with", "v_9lives", "määrä", "tail"]);
        let long = "ä".repeat(60);
        let made = names([long.as_str(), long.as_str()].into_iter());
        assert!(made.iter().all(|name| name.len() <= LONGEST) && made[0] != made[1], "{made:?}");
    }
}
