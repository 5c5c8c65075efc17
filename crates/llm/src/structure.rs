//! The shape of an answer: a JSON schema made from a type, and the check of an answer against it.

use std::sync::Arc;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::provider::Structure;

/// Where an answer is not of the shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", if pointer.is_empty() { "the answer" } else { pointer })]
pub struct Violation {
    /// JSON pointer into the answer.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

/// A named schema, compiled once.
#[derive(Clone)]
pub struct Schema {
    name: String,
    value: Value,
    text: String,
    validator: Arc<jsonschema::Validator>,
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Schema").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Schema {
    /// The schema of a type.
    ///
    /// # Errors
    /// When the type's schema cannot be compiled.
    pub fn of<T: JsonSchema>(name: &str) -> Result<Self, String> {
        let mut settings = SchemaSettings::draft2020_12();
        settings.inline_subschemas = true;
        settings.meta_schema = None;
        let mut value = settings.into_generator().into_root_schema_for::<T>().to_value();
        close(&mut value);
        Self::new(name, value)
    }

    /// A schema that is JSON already.
    ///
    /// # Errors
    /// When it is no schema.
    pub fn new(name: &str, value: Value) -> Result<Self, String> {
        let validator =
            jsonschema::validator_for(&value).map_err(|error| format!("{name} is no JSON schema: {error}"))?;
        let text = value.to_string();
        Ok(Self { name: name.to_owned(), value, text, validator: Arc::new(validator) })
    }

    /// Its name, as it is sent.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The schema.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The schema as text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Everything at which an answer is not of the shape, at most twenty.
    #[must_use]
    pub fn violations(&self, answer: &Value) -> Vec<Violation> {
        self.validator
            .iter_errors(answer)
            .take(20)
            .map(|error| Violation { pointer: error.instance_path().to_string(), message: error.to_string() })
            .collect()
    }
}

/// Servers that keep to a schema want every object closed and every property required.
fn close(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(names) = map
                .get("properties")
                .and_then(Value::as_object)
                .map(|properties| properties.keys().cloned().collect::<Vec<_>>())
            {
                map.insert("additionalProperties".to_owned(), Value::Bool(false));
                map.insert("required".to_owned(), names.into());
            }
            // Formats such as `uint8` are no part of the standard, and some servers refuse them.
            map.remove("format");
            map.values_mut().for_each(close);
        }
        Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}

/// The JSON of an answer. A model that was asked in the prompt alone may put a fence around it; nothing else is taken away or added.
pub(crate) fn read_json(text: &str, structure: Structure) -> Result<Value, Violation> {
    let mut text = text.trim();
    if structure != Structure::JsonSchema
        && let Some(inside) = text.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"))
    {
        text = inside.trim_start_matches("json").trim();
    }
    serde_json::from_str(text)
        .map_err(|error| Violation { pointer: String::new(), message: format!("is not JSON: {error}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is used")]
    struct Shape {
        colour: Option<String>,
        parts: Vec<Part>,
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is used")]
    struct Part {
        size: u8,
    }

    #[test]
    fn schema_of_a_type_is_closed_and_names_what_is_wrong() {
        let schema = Schema::of::<Shape>("shape").unwrap();
        assert!(!schema.text().contains("$ref"), "{}", schema.text());
        assert_eq!(schema.violations(&serde_json::json!({"colour": null, "parts": [{"size": 3}]})), Vec::new());
        let wrong =
            schema.violations(&serde_json::json!({"colour": "red", "parts": [{"size": "x"}, {"size": 1, "more": 2}]}));
        let places: Vec<&str> = wrong.iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(places, ["/parts/0/size", "/parts/1"]);
        assert_eq!(schema.violations(&serde_json::json!({"parts": []})).len(), 1, "every property is required");
    }

    #[test]
    fn fences_are_taken_off_only_where_the_prompt_alone_asked() {
        assert!(read_json("```json\n{\"a\":1}\n```", Structure::Plain).is_ok());
        assert!(read_json("```json\n{\"a\":1}\n```", Structure::JsonSchema).is_err());
        assert!(read_json("{\"a\":[1,2", Structure::Plain).is_err(), "nothing is repaired");
    }
}
