//! Whoever may not see rows learns nothing of somebody by their erasure: figures go back to what was shown before, or
//! are withheld, until ten new people have come.

use std::collections::BTreeSet;

use laatu_tests::people::Person;
use serde_json::{Value, json};

use super::erasure::Field;

const QUERIES: [&str; 2] = ["by=channel", "channel=web&by=month"];

/// What a report says of answers: all but the frame of those who were asked, which is counted at once.
fn figures(report: &Value) -> String {
    let parts = ["/total/people", "/total/dimensions", "/total/items", "/total/outcome", "/by"];
    let shown = parts.map(|part| report.pointer(part).cloned().unwrap_or(Value::Null));
    json!(shown).to_string()
}

fn read(field: &Field<'_>, key: &str) -> Vec<String> {
    QUERIES.iter().map(|query| figures(&field.server.report(key, "field", query))).collect()
}

/// People behind the overall judgement; 0 where it is withheld.
fn people(field: &Field<'_>, key: &str) -> u64 {
    let report = field.server.report(key, "field", "");
    report.pointer("/total/outcome/overall/n").and_then(Value::as_u64).unwrap_or(0)
}

/// Numbers of people who answer and never correct: who corrects is nobody new for the steps.
fn plain() -> impl Iterator<Item = usize> {
    (0..).filter(|number| number % 4 != 3 && number % 5 != 0)
}

/// Lets people come one by one, and notes everything that is shown meanwhile.
fn come(field: &Field<'_>, numbers: impl Iterator<Item = usize>, seen: &mut BTreeSet<String>) -> Vec<Person> {
    let mut came = Vec::new();
    for number in numbers {
        came.extend(field.town().settle([number]));
        seen.extend(read(field, &field.shop.analyst));
    }
    came
}

fn overall(field: &Field<'_>, key: &str) -> Value {
    field
        .server
        .report(key, "field", "")
        .pointer("/total/outcome/overall")
        .expect("the overall judgement")
        .clone()
}

on_both! {
    fn an_erasure_shows_no_state_that_was_not_shown_before_until_ten_people_came(server) {
        let field = Field::on(server);
        let (analyst, owner) = (&field.shop.analyst, &field.shop.owner);
        let mut numbers = plain();
        let mut seen = BTreeSet::from_iter(read(&field, analyst));
        let first = field.town().settle(numbers.by_ref().take(28));
        come(&field, numbers.by_ref().take(8), &mut seen);
        assert_eq!(people(&field, analyst), 30);
        field.erase(&first[..1]);
        assert_eq!(people(&field, owner), 35, "the owner sees it at once");
        let now = read(&field, analyst);
        assert!(now.iter().all(|figures| seen.contains(figures)), "nothing new is told");
        assert_eq!(people(&field, analyst), 0, "every state held them");

        // Six waited; with four more there are ten whom no figure held.
        let mut later = BTreeSet::new();
        come(&field, numbers.by_ref().take(3), &mut later);
        assert_eq!(BTreeSet::from_iter(now), later, "nothing moves for three people");
        let next = come(&field, numbers.by_ref().take(1), &mut later);
        assert_eq!(people(&field, analyst), 39);
        assert_eq!(overall(&field, analyst), overall(&field, owner));

        // Whom no figure holds yet goes without a trace.
        let before = read(&field, analyst);
        let unseen = field.town().settle(numbers.by_ref().take(1));
        field.erase(&unseen);
        assert_eq!(read(&field, analyst), before);
        field.erase(&next);
        assert_eq!(people(&field, analyst), 0, "the state before held the first one");
    }

    fn figures_go_back_to_a_state_that_holds_nobody_who_is_gone(server) {
        let field = Field::on(server);
        let (analyst, owner) = (&field.shop.analyst, &field.shop.owner);
        let mut numbers = plain();
        field.town().settle(numbers.by_ref().take(30));
        let thirty = read(&field, analyst);
        assert_eq!(people(&field, analyst), 30);
        let corrected = field.town().settle([1000]);
        field.town().settle(numbers.by_ref().take(30));
        assert_eq!(people(&field, analyst), 61);
        field.fold();
        assert_eq!(field.erase(&corrected).responses, 2);
        assert_eq!(read(&field, analyst), thirty);
        field.town().settle(numbers.by_ref().take(9));
        assert_eq!(read(&field, analyst), thirty);
        field.town().settle(numbers.by_ref().take(1));
        assert_eq!((people(&field, analyst), overall(&field, analyst)), (70, overall(&field, owner)));
    }
}
