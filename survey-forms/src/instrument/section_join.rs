//! Sections with their words: questions, options, and the items by which answers are stored.

use std::sync::Arc;

use super::kinds::ItemKind;
use super::model::{EmptyChoice, Item, PerLanguage, Scale};
use super::parse::{looked_up, per_language};
use super::question::{Choice, Condition, Question, QuestionKind, Section};
use super::sections::{QuestionShape, option_key};
use super::structure::Structure;
use super::words::Words;
use crate::language::Language;
use crate::language::catalogue::text;

/// The sections and questions; their items are added to those of blocks and outcomes. `None` when a condition or a
/// set-apart choice names what is not there.
pub(super) fn join(
    structure: &Structure,
    words: &[(Language, Words)],
    empties: &[Arc<EmptyChoice>],
    items: &mut Vec<Item>,
) -> Option<(Vec<Section>, Vec<Question>)> {
    let (mut sections, mut questions) = (Vec::new(), Vec::new());
    for (place, shape) in structure.sections.iter().enumerate() {
        let start = questions.len();
        for one in &shape.questions {
            let first = items.len();
            let options = join_options(one, words);
            let texts = looked_up(words, |words| &words.questions, &one.key);
            join_items(one, questions.len(), (&texts, &options), words, empties, items)?;
            questions.push(Question {
                key: one.key.clone(),
                kind: one.kind,
                section: place,
                items: first..items.len(),
                options,
                none: one.none,
                lengths: one.lengths.clone(),
                texts,
            });
        }
        sections.push(Section {
            key: shape.key.clone(),
            opening: shape.opening,
            show_if: None,
            questions: start..questions.len(),
            names: looked_up(words, |words| &words.sections, &shape.key),
        });
    }
    for (section, shape) in sections.iter_mut().zip(&structure.sections) {
        if let Some(branch) = &shape.branch {
            let item = items.iter().position(|item| item.key == branch.item.value)?;
            let codes = branch.codes.value.iter().filter_map(|code| u8::try_from(code.value).ok()).collect();
            section.show_if = Some(Condition { item, codes });
        }
    }
    Some((sections, questions))
}

fn join_options(shape: &QuestionShape, words: &[(Language, Words)]) -> Vec<Choice> {
    let label = |words: &Words, key: &str| words.options.get(&shape.key)?.get(key).cloned();
    let join = |key: &String| Choice {
        key: key.clone(),
        labels: per_language(words, |words| label(words, key).unwrap_or_default()),
    };
    shape.options.iter().map(join).collect()
}

/// The items of one question: one, or one an option.
fn join_items(
    shape: &QuestionShape,
    question: usize,
    (texts, options): (&PerLanguage<String>, &[Choice]),
    words: &[(Language, Words)],
    empties: &[Arc<EmptyChoice>],
    items: &mut Vec<Item>,
) -> Option<()> {
    let empty = match &shape.empty {
        Some(key) => Some(Arc::clone(empties.iter().find(|empty| empty.key == *key)?)),
        None => None,
    };
    let (min, max) = shape.codes();
    let languages = || words.iter().map(|(language, _)| *language);
    let labels = languages().map(|language| (language, labels(shape.kind, options, language))).collect();
    let scale = Arc::new(Scale { key: shape.key.clone(), min, max, labels: PerLanguage(labels) });
    let item = |key: String, kind: ItemKind, texts: PerLanguage<String>| Item {
        key,
        kind,
        block: None,
        question: Some(question),
        role: None,
        scale: Arc::clone(&scale),
        marker: false,
        // The first rank is the best one.
        reversed: kind == ItemKind::Ranking,
        empty: empty.as_ref().map(|empty| empty.kind),
        lengths: shape.lengths.clone(),
        empty_choice: empty.clone(),
        texts,
    };
    let an_option = |kind: ItemKind, option: &Choice| {
        let both = |language: Language| format!("{} – {}", texts.text(language), option.label(language));
        let texts = PerLanguage(languages().map(|language| (language, both(language))).collect());
        item(option_key(&shape.key, &option.key), kind, texts)
    };
    match shape.kind {
        QuestionKind::YesNo => items.push(item(shape.key.clone(), ItemKind::YesNo, texts.clone())),
        QuestionKind::Single => items.push(item(shape.key.clone(), ItemKind::Single, texts.clone())),
        QuestionKind::Multiple => items.extend(options.iter().map(|one| an_option(ItemKind::Multiple, one))),
        QuestionKind::Ranking => items.extend(options.iter().map(|one| an_option(ItemKind::Ranking, one))),
        QuestionKind::Number { .. } | QuestionKind::ShortText | QuestionKind::LongText => {}
    }
    Some(())
}

/// The words of the codes of a question's items, from the lowest code to the highest.
fn labels(kind: QuestionKind, options: &[Choice], language: Language) -> Vec<String> {
    match kind {
        QuestionKind::Single => options.iter().map(|option| option.label(language).to_owned()).collect(),
        QuestionKind::Ranking => (1..=options.len() as u64).map(|rank| language.number(rank)).collect(),
        _ => ["no", "yes"].map(|key| text(language, key, &[])).to_vec(),
    }
}
