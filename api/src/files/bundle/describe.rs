//! The dictionary in the words of others: a Frictionless data package, and CSV on the Web.

use serde_json::{Map, Value, json};

use super::Written;
use crate::files::dictionary::{Dictionary, EMPTY_STATES, Field, Kind};

/// A Frictionless data package around `responses`, the written CSV.
pub fn datapackage(dictionary: &Dictionary, responses: &Written, created: &str) -> Value {
    let fields: Vec<Value> = dictionary.fields.iter().map(frictionless).collect();
    json!({
        "profile": "tabular-data-package",
        "name": package_name(&dictionary.survey),
        "title": dictionary.title,
        "created": created,
        "resources": [{
            "profile": "tabular-data-resource",
            "name": "responses",
            "path": responses.name,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": responses.bytes,
            "hash": format!("sha256:{}", responses.sha256),
            "schema": {"fields": fields, "missingValues": [""], "primaryKey": ["response_id"]},
        }],
    })
}

/// Names of packages are of small letters, digits, `-`, `_` and `.`.
fn package_name(survey: &str) -> String {
    let kept =
        |letter: char| if letter.is_ascii_lowercase() || letter.is_ascii_digit() { letter } else { '-' };
    survey.to_ascii_lowercase().chars().map(kept).collect()
}

/// Words in a column that stand for no value.
fn no_values(field: &Field) -> Vec<&'static str> {
    match field.kind {
        Kind::Code { .. } => std::iter::once("").chain(EMPTY_STATES.iter().map(|state| state.word)).collect(),
        _ => vec![""],
    }
}

fn frictionless(field: &Field) -> Value {
    let kind = match field.kind {
        Kind::Text => "string",
        Kind::Integer | Kind::Code { .. } => "integer",
        Kind::Date => "date",
        Kind::Instant => "datetime",
        Kind::Truth => "boolean",
    };
    let mut described = described(field);
    described.insert("type".to_owned(), kind.into());
    let mut constraints = Map::new();
    if let Kind::Code { min, max } = field.kind {
        described.insert("missingValues".to_owned(), no_values(field).into());
        constraints.insert("minimum".to_owned(), min.into());
        constraints.insert("maximum".to_owned(), max.into());
    } else if field.required {
        constraints.insert("required".to_owned(), true.into());
    }
    if !constraints.is_empty() {
        described.insert("constraints".to_owned(), Value::Object(constraints));
    }
    Value::Object(described)
}

/// What both descriptions say in the same words.
fn described(field: &Field) -> Map<String, Value> {
    let mut described = Map::new();
    described.insert("name".to_owned(), field.name.clone().into());
    described.insert("description".to_owned(), field.label.clone().into());
    let further = [("dimension", &field.dimension), ("facet", &field.facet), ("outcome", &field.outcome)];
    for (name, value) in further {
        if let Some(value) = value {
            described.insert(name.to_owned(), value.clone().into());
        }
    }
    if !field.values.is_empty() {
        let labels: Map<String, Value> =
            field.values.iter().map(|(value, label)| (value.clone(), label.clone().into())).collect();
        described.insert("labels".to_owned(), labels.into());
        described.insert("reversed".to_owned(), field.reversed.into());
    }
    described
}

/// Metadata of CSV on the Web (W3C) for `responses.csv`.
pub fn csvw(dictionary: &Dictionary) -> Value {
    let columns: Vec<Value> = dictionary.fields.iter().map(column).collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": dictionary.language}],
        "url": "responses.csv",
        "dc:title": dictionary.title,
        "dialect": {"encoding": "utf-8", "header": true, "delimiter": ",", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns, "primaryKey": "response_id"},
    })
}

fn column(field: &Field) -> Value {
    let datatype = match field.kind {
        Kind::Text => json!("string"),
        Kind::Integer => json!("integer"),
        Kind::Date => json!("date"),
        Kind::Instant => json!("dateTimeStamp"),
        Kind::Truth => json!("boolean"),
        Kind::Code { min, max } => json!({"base": "integer", "minimum": min, "maximum": max}),
    };
    let mut column = Map::new();
    column.insert("name".to_owned(), column_name(&field.name).into());
    column.insert("titles".to_owned(), field.name.clone().into());
    column.insert("datatype".to_owned(), datatype);
    column.insert("null".to_owned(), no_values(field).into());
    column.insert("required".to_owned(), (field.required && !matches!(field.kind, Kind::Code { .. })).into());
    column.insert("dc:description".to_owned(), field.label.clone().into());
    Value::Object(column)
}

/// A name that may stand in an address: letters, digits, `_` and `.`; not beginning with `_`.
fn column_name(name: &str) -> String {
    let kept = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '_' };
    let plain: String = name.chars().map(kept).collect();
    if plain.starts_with('_') { format!("c{plain}") } else { plain }
}
