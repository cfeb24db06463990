//! Short ways into JSON that name the path when something is not there.

use serde_json::Value;

/// The value at a JSON pointer.
#[track_caller]
pub fn at<'v>(value: &'v Value, pointer: &str) -> &'v Value {
    value.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer} in {value}"))
}

/// The text at a JSON pointer.
#[track_caller]
pub fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    at(value, pointer).as_str().unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
}

/// The number at a JSON pointer.
#[track_caller]
pub fn number(value: &Value, pointer: &str) -> f64 {
    at(value, pointer).as_f64().unwrap_or_else(|| panic!("no number at {pointer} in {value}"))
}

/// The count at a JSON pointer.
#[track_caller]
pub fn count(value: &Value, pointer: &str) -> u64 {
    at(value, pointer).as_u64().unwrap_or_else(|| panic!("no count at {pointer} in {value}"))
}

/// The pointers of a problem's `errors`.
#[track_caller]
pub fn pointers(problem: &Value) -> Vec<&str> {
    let errors = at(problem, "/errors").as_array().expect("errors are a list");
    errors.iter().map(|error| text(error, "/pointer")).collect()
}

/// Puts the fields of `changes` over those of `into`, objects field by field; null takes a field away.
pub fn merge(into: &mut Value, changes: &Value) {
    let (Some(fields), Some(changes)) = (into.as_object_mut(), changes.as_object()) else {
        changes.clone_into(into);
        return;
    };
    for (name, change) in changes {
        match fields.get_mut(name) {
            Some(_) if change.is_null() => {
                fields.remove(name);
            }
            Some(field) if field.is_object() && change.is_object() => merge(field, change),
            _ => {
                fields.insert(name.clone(), change.clone());
            }
        }
    }
}
