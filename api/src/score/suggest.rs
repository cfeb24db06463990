//! "Did you mean": the nearest of the words that would have been right.
//!
//! Called by the map and table readers; knows nothing of either.

/// The candidate nearest to `word`, when it is near enough to be what was meant.
///
/// Near is one edit for short words and a third of the letters for long ones (Damerau-Levenshtein distance,
/// case ignored).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The end of a message: `; did you mean "…"?` or nothing.
pub fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_offered_and_far_ones_are_not() {
        assert_eq!(nearest("facte", ["key", "facet", "items"]), Some("facet"));
        assert_eq!(nearest("imag1", ["IMAG1", "IMAG2"]), Some("IMAG1"));
        assert_eq!(nearest("colour", ["key", "facet"]), None);
        assert_eq!(hint("itmes", ["items"]), "; did you mean \"items\"?");
        assert_eq!(hint("zzz", ["items"]), "");
    }
}
