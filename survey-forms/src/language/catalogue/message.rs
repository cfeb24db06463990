//! A Fluent file taken apart for the lint: its messages, their variables, their choices, all their texts.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

/// One message of a catalogue.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// The variables that stand in its texts or choose among them.
    pub(super) variables: BTreeSet<String>,
    /// The variable of each choice, with the keys of its variants.
    pub(super) choices: Vec<(String, BTreeSet<String>)>,
    /// Every text that it can become, with a sample in the place of each variable.
    pub(super) texts: Vec<String>,
}

/// The messages of a file by key, and what is wrong with the file itself.
pub(super) fn read(source: &str) -> (BTreeMap<String, Message>, Vec<String>) {
    let (resource, mut problems) = match fluent_syntax::parser::parse(source) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => {
            (resource, errors.iter().map(|error| format!("broken: {error}")).collect())
        }
    };
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(found) = entry else { continue };
        let key = found.id.name.to_owned();
        let mut message = Message::default();
        if let Some(pattern) = &found.value {
            message.texts = message.take(pattern);
        }
        if messages.insert(key.clone(), message).is_some() {
            problems.push(format!("{key} stands twice"));
        }
    }
    (messages, problems)
}

impl Message {
    /// Notes what a pattern uses and gives the texts that it can become.
    fn take(&mut self, pattern: &Pattern<&str>) -> Vec<String> {
        let mut texts = vec![String::new()];
        for element in &pattern.elements {
            let ends = match element {
                PatternElement::TextElement { value } => vec![(*value).to_owned()],
                PatternElement::Placeable { expression } => self.take_expression(expression),
            };
            texts =
                texts.iter().flat_map(|start| ends.iter().map(move |end| format!("{start}{end}"))).collect();
        }
        texts
    }

    fn take_expression(&mut self, expression: &Expression<&str>) -> Vec<String> {
        match expression {
            Expression::Inline(inline) => vec![self.take_inline(inline)],
            Expression::Select { selector, variants } => {
                let keys = variants.iter().map(|variant| match &variant.key {
                    VariantKey::Identifier { name } => (*name).to_owned(),
                    VariantKey::NumberLiteral { value } => (*value).to_owned(),
                });
                let keys = keys.collect();
                self.take_inline(selector);
                if let InlineExpression::VariableReference { id } = selector {
                    self.choices.push((id.name.to_owned(), keys));
                }
                variants.iter().flat_map(|variant| self.take(&variant.value)).collect()
            }
        }
    }

    fn take_inline(&mut self, inline: &InlineExpression<&str>) -> String {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
                sample(id.name).to_owned()
            }
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                (*value).to_owned()
            }
            other => panic!("catalogues keep to texts and variables, and this is neither: {other:?}"),
        }
    }
}

/// A value of usual length, for measuring texts.
fn sample(variable: &str) -> &'static str {
    match variable {
        "order" => "NR-10482",
        "organisation" => "Tuulia Trading",
        "id" => "01JD-7F3K",
        "minutes" | "months" => "24",
        "number" | "total" => "5",
        "count" | "limit" | "min" | "max" => "2,000",
        "date" | "from" | "until" => "30. marraskuuta 2026",
        "title" => "",
        "value" | "low" | "high" | "share" | "least" | "by" => "78",
        "view" | "survey" => "Web shop",
        "answered" | "asked" | "all" | "shown" | "flagged" | "like" | "n" => "12,345",
        "places" | "names" => "Helsinki, Turku, Tampere, Oulu",
        "page" | "pages" | "margin" | "change" | "version" | "week" => "12",
        "year" => "2026",
        "gap" => "−13",
        "answers" => "12 345 vastausta",
        "distance" => "12 (9–16)",
        "first" | "second" | "name" | "what" => "Asiakkaan ymmärtäminen",
        "range" => "todennäköisesti 72–75",
        "reason" => "alle 10 henkilöä",
        "states" => "ei koske minua 12, ei osaa sanoa 8, jätetty auki 4",
        "with" | "without" => "74 (72–75), 392 vastausta",
        unknown => panic!("how long ${unknown} is, is not known here"),
    }
}
