//! What is kept, as a page.

use jiff::tz::TimeZone;
use survey_forms::answer::{AnswerSheet, Words};
use survey_forms::language::Language;
use survey_forms::render::{Earlier, OwnAnswers, OwnData, OwnQuestionnaire, OwnWays};

use super::facts::{attributes, basis, day, order, person, questionnaire};
use super::held::{Held, Questioned};
use crate::domain::Micros;
use crate::service::form_session::organisation_words;
use crate::service::{Error, Result, Services};

/// The page in a language.
pub fn shown(services: &Services, held: &Held, language: Language, now: Micros) -> Result<String> {
    let zone = held.organisation.zone();
    let attributes = held.order.as_ref().map(|held| attributes(&held.order.attributes)).unwrap_or_default();
    let download = format!("?download=json&language={language}");
    let asked = held.asked.iter().map(|one| view(one, language, &zone)).collect::<Result<_>>()?;
    let page = OwnData {
        language,
        languages: held.languages(),
        organisation: organisation_words(&held.organisation),
        order_number: &held.order_number,
        order: order(held, &attributes, &zone),
        person: person(&held.customer, &zone),
        basis: held.order.as_ref().map(|one| basis(&one.order, &zone)).unwrap_or_default(),
        asked,
        other_orders: held.other_orders,
        ways: OwnWays { download: &download, change: held.behind_link(now).map(|_| "?change=1") },
    };
    services.renderer.own_data(&page).map_err(|error| Error::Broken(error.to_string()))
}

fn view<'a>(one: &'a Questioned, language: Language, zone: &TimeZone) -> Result<OwnQuestionnaire<'a>> {
    let newest = one.newest()?;
    Ok(OwnQuestionnaire {
        facts: questionnaire(one, language, zone),
        earlier: earlier(one, newest.as_ref(), zone)?,
        answers: newest.map(|(sheet, words)| answers(one, sheet, words)),
    })
}

fn answers(one: &Questioned, sheet: AnswerSheet, words: Words) -> OwnAnswers<'_> {
    OwnAnswers { instrument: &one.plan.instrument, ask: one.plan.ask, sheet, words }
}

/// Revisions that others have replaced, and postings that say something else than what counts now.
fn earlier<'a>(
    one: &'a Questioned,
    newest: Option<&(AnswerSheet, Words)>,
    zone: &TimeZone,
) -> Result<Vec<Earlier<'a>>> {
    let mut all = Vec::new();
    let replaced = one.responses.len().saturating_sub(1);
    for revision in one.responses.iter().take(replaced) {
        let words = revision.1.as_ref().map_or("", |(_, words)| words.as_str());
        let on = day(Micros(revision.0.answered_at), zone);
        let answers = answers(one, one.sheet(revision)?, Words::read(words));
        all.push(Earlier { on, page: None, answers });
    }
    for (posting, saved_at) in &one.postings {
        let Some(page) = one.page(posting) else { continue };
        let is_same = newest.is_some_and(|(sheet, words)| {
            page.answers.iter().all(|(item, answer)| sheet.get(*item) == Some(*answer))
                && page.words.iter().all(|(key, said)| words.get(key) == Some(said))
        });
        if !is_same {
            let mut sheet = AnswerSheet::not_shown(&one.plan.instrument);
            sheet.put(&page);
            let number = usize::try_from(posting.page).ok();
            let answers = answers(one, sheet, page.words.clone());
            all.push(Earlier { on: day(*saved_at, zone), page: number, answers });
        }
    }
    Ok(all)
}
