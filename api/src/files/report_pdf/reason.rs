//! Why there is no number, in the report's language. Reasons come as they stand in the JSON, in English.

use survey_forms::render::{Put, ReportWords};

/// Reasons without a number in them, with the text that says them.
const REASONS: [(&str, &str); 36] = [
    ("no answers", "reason-none"),
    ("more answers than invitations", "reason-frame"),
    ("a dimension has no answers", "reason-dimension"),
    ("one answer only", "reason-one"),
    ("no variance", "reason-alike"),
    ("a group has no variance", "reason-alike"),
    ("all items agree", "reason-alike"),
    ("one item asked", "reason-items"),
    ("two items only", "reason-items"),
    ("not two items", "reason-items"),
    ("no one answered all items", "reason-complete"),
    ("no one answered both", "reason-complete"),
    ("fewer than two groups", "reason-groups"),
    ("one class only: nothing to weight by", "reason-groups"),
    ("a group has fewer than two answers", "reason-small-group"),
    ("too few people for the number of variables", "reason-few"),
    ("the interval has no bounds", "reason-few"),
    ("too few for a range", "reason-few"),
    ("all answered alike", "reason-alike"),
    ("the levels are more alike than chance allows", "reason-alike"),
    ("fewer than two predictors", "reason-not-asked"),
    ("fewer than two dimensions with several items", "reason-not-asked"),
    ("no overall outcome", "reason-not-asked"),
    ("no experience dimension", "reason-not-asked"),
    ("no image dimension", "reason-not-asked"),
    ("an expectation is missing", "reason-not-asked"),
    ("withheld to protect another figure", "reason-protect"),
    ("more than 18 predictors", "reason-many"),
    ("too large to count exactly", "reason-many"),
    ("different scales", "reason-scales"),
    ("codes are names", "reason-scales"),
    ("beyond the scale", "reason-scales"),
    ("not kept as a distribution", "reason-absent"),
    ("the margins do not fit", "reason-frame"),
    ("the baseline does not fit", "reason-frame"),
    ("nothing was delivered", "reason-delivered"),
];

/// Reasons that carry the least number that would do: how they begin and end, and the text.
const LEAST: [(&str, &str, &str); 8] = [
    ("fewer than ", " people", "reason-people"),
    ("fewer than ", " people answered a pair", "reason-pair"),
    ("a group has fewer than ", " complete answers", "reason-thin"),
    ("a weighting class has fewer than ", " answers", "reason-thin"),
    ("fewer than ", " places", "reason-places"),
    ("fewer than ", " jackknife groups with people", "reason-few"),
    ("fewer than ", " points", "reason-points"),
    ("fewer than ", " periods", "reason-points"),
];

/// A reason of the JSON in words of this language; one that is not known here says that it cannot be computed.
pub fn reason(says: ReportWords, why: &str) -> String {
    if let Some((_, key)) = REASONS.iter().find(|(known, _)| *known == why) {
        return says.text(key);
    }
    let least = |(begin, end, key): &(&str, &str, &str)| {
        let number: u64 = why.strip_prefix(begin)?.strip_suffix(end)?.parse().ok()?;
        let least = says.count(number);
        Some(says.with(key, &[("least", Put::Words(&least))]))
    };
    LEAST.iter().find_map(least).unwrap_or_else(|| says.text("reason-other"))
}

#[cfg(test)]
mod tests {
    use scoring::Undefined;
    use survey_forms::language::Language;

    use super::*;

    #[test]
    fn reasons_are_told_in_the_reports_language() {
        let english = ReportWords::new(Language::ENGLISH);
        assert_eq!(reason(english, &Undefined::FewerThan(10).to_string()), "fewer than 10 people");
        for why in [
            Undefined::NoAnswers,
            Undefined::OneAnswer,
            Undefined::ThinPair(200),
            Undefined::OneGroup,
            Undefined::Complement,
        ] {
            for language in Language::ALL {
                let words = ReportWords::new(language);
                let said = reason(words, &why.to_string());
                assert!(said != words.text("reason-other") && !said.contains("reason-"), "{language} {said}");
            }
        }
        assert_eq!(reason(english, "a new reason"), english.text("reason-other"));
    }
}
