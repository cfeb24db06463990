//! Whether a response says that the service was bad: then an organisation may offer to put it right.

use super::{Answer, AnswerSheet};
use crate::instrument::{Instrument, Item, OutcomeRole};

/// The outcomes that judge the service as a whole; the first that was answered counts.
const JUDGING: [OutcomeRole; 4] =
    [OutcomeRole::Overall, OutcomeRole::Satisfaction, OutcomeRole::Effort, OutcomeRole::Recommendation];
/// Scales with fewer points have one lowest code, the others two.
const POINTS_FOR_TWO: u8 = 4;

/// Whether the overall judgement of a response is low.
///
/// It is low below `below` points of 100, where the lowest code is 0 and the highest 100; without `below`, at the two
/// lowest codes of its scale, or at the lowest of a scale with three points or two. Where the instrument has no
/// overall question, or it was left open, satisfaction, effort and recommendation stand in for it, in this order. A
/// response that answered none of them is not low.
pub fn is_low(instrument: &Instrument, sheet: &AnswerSheet, below: Option<u8>) -> bool {
    let steps = JUDGING.into_iter().find_map(|role| {
        let place = instrument.outcome(role)?;
        let item = instrument.items().get(place)?;
        Some((steps_up(item, sheet.get(place)?)?, item.scale.points()))
    });
    let Some((steps, points)) = steps else { return false };
    match below {
        Some(below) => u32::from(steps) * 100 < u32::from(below) * u32::from(points.saturating_sub(1).max(1)),
        None => steps < if points < POINTS_FOR_TWO { 1 } else { 2 },
    }
}

/// How many steps an answer is above the worst one; `None` when no point was chosen.
fn steps_up(item: &Item, answer: Answer) -> Option<u8> {
    let Answer::Choice(code) = answer else { return None };
    if item.reversed { item.scale.max.checked_sub(code) } else { code.checked_sub(item.scale.min) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::PageAnswers;
    use crate::instrument::shipped_source;

    fn instrument(key: &str) -> Instrument {
        Instrument::parse(shipped_source(key).unwrap()).unwrap()
    }

    fn low(key: &str, answers: &[(OutcomeRole, Answer)], below: Option<u8>) -> bool {
        let instrument = instrument(key);
        let mut sheet = AnswerSheet::not_shown(&instrument);
        let answers =
            answers.iter().map(|(role, answer)| (instrument.outcome(*role).unwrap(), *answer)).collect();
        sheet.put(&PageAnswers { answers, ..PageAnswers::default() });
        is_low(&instrument, &sheet, below)
    }

    fn lows(key: &str, role: OutcomeRole, below: Option<u8>) -> Vec<u8> {
        (0..=10).filter(|code| low(key, &[(role, Answer::Choice(*code))], below)).collect()
    }

    #[test]
    fn the_two_lowest_codes_are_low_unless_told_otherwise() {
        let instrument = instrument("perceived-quality");
        let place = instrument.outcome(OutcomeRole::Overall).unwrap();
        let min = instrument.items()[place].scale.min;
        let found = lows("perceived-quality", OutcomeRole::Overall, None);
        let found: Vec<u8> = found.into_iter().filter(|code| *code >= min).collect();
        assert_eq!(found, [min, min + 1]);
        assert_eq!(lows("nps", OutcomeRole::Recommendation, None), [0, 1]);
    }

    #[test]
    fn a_threshold_is_in_points_of_a_hundred_and_is_not_low_itself() {
        assert_eq!(lows("nps", OutcomeRole::Recommendation, Some(70)), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(lows("nps", OutcomeRole::Recommendation, Some(1)), [0]);
        assert_eq!(lows("nps", OutcomeRole::Recommendation, Some(100)).len(), 10);
    }

    #[test]
    fn the_overall_judgement_counts_and_others_only_where_it_is_open() {
        use OutcomeRole::{Overall, Recommendation};
        let both = |overall| [(Overall, overall), (Recommendation, Answer::Choice(0))];
        assert!(!low("perceived-quality", &both(Answer::Choice(5)), None));
        for open in [Answer::Skipped, Answer::DontKnow, Answer::NotApplicable] {
            assert!(low("perceived-quality", &both(open), None));
            assert!(!low("perceived-quality", &[(Overall, open)], None));
        }
    }
}
