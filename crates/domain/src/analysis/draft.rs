//! What a model is asked to answer, and the JSON schema of it. Nothing of an answer is believed; see [`assemble`](super::assemble).

use serde::Deserialize;
use serde_json::{Value, json};

use super::lever::{Degree, Lever, Recommendation, Section};
use super::questions::Questions;
use super::template::Template;

/// A model's answer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Draft {
    /// Sentences about the company.
    #[serde(default)]
    pub statements: Vec<DraftStatement>,
    /// Levers.
    #[serde(default)]
    pub levers: Vec<DraftLever>,
    /// Fit by dimension.
    #[serde(default)]
    pub fit: Vec<DraftFit>,
    /// What the model would do.
    #[serde(default)]
    pub recommendation: Option<Recommendation>,
    /// What should be asked.
    #[serde(default)]
    pub open_questions: Vec<String>,
    /// Sections about which the dossier says nothing.
    #[serde(default)]
    pub not_found: Vec<Section>,
}

/// A sentence with what it cites.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DraftStatement {
    /// What it is about.
    pub section: Section,
    /// The sentence.
    pub text: String,
    /// What it cites.
    pub cites: Vec<DraftCite>,
}

/// An id of the dossier, with verbatim words where it is a sentence.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DraftCite {
    /// `F12` or `P3.2`.
    pub id: String,
    /// Verbatim words of the sentence; null for a fact.
    #[serde(default)]
    pub quote: Option<String>,
}

/// A lever with its reason.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DraftLever {
    /// Which.
    pub lever: Lever,
    /// How much it could matter.
    pub impact: Degree,
    /// How much work it is.
    pub effort: Degree,
    /// Why, as a sentence that cites.
    pub reason: DraftReason,
}

/// A dimension with its reason.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DraftFit {
    /// Key of the dimension.
    pub dimension: String,
    /// 0 to 4.
    #[serde(deserialize_with = "whole")]
    pub level: u8,
    /// Why, as a sentence that cites.
    pub reason: DraftReason,
}

/// A sentence that cites, without a section of its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DraftReason {
    /// The sentence.
    pub text: String,
    /// What it cites.
    pub cites: Vec<DraftCite>,
}

fn keys<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| key(*one)).collect()
}

/// A whole number as JSON Schema knows it: `4.0` is one, and some servers write it so.
fn whole<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<u8, D::Error> {
    let value = f64::deserialize(reader)?;
    if value.fract() != 0.0 || !(0.0..=f64::from(u8::MAX)).contains(&value) {
        return Err(serde::de::Error::custom(format!("a whole number from 0 to 255 is expected, not {value}")));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between 0 and 255")]
    Ok(value as u8)
}

/// The schema of the answer to a template's questions: every object closed, every property required, as servers that enforce want it.
#[must_use]
pub fn schema(template: &Template, questions: &Questions) -> Value {
    let object = |properties: Value| {
        let names: Vec<String> = properties.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        json!({"type": "object", "properties": properties, "required": names, "additionalProperties": false})
    };
    let cites = json!({"type": "array", "items": object(json!({
        "id": {"type": "string", "description": "Id of a fact (F1) or of a sentence (P1.1) of the dossier"},
        "quote": {"type": ["string", "null"], "description": "Verbatim words of the cited sentence; null for a fact"},
    }))});
    let reason = object(json!({"text": {"type": "string"}, "cites": cites}));
    let sections = keys(&questions.sections, Section::key);
    let mut properties = json!({
        "statements": {"type": "array", "items": object(json!({
            "section": {"type": "string", "enum": sections},
            "text": {"type": "string", "description": "One sentence that states one thing"},
            "cites": cites,
        }))},
        "not_found": {"type": "array", "items": {"type": "string", "enum": sections}},
        "recommendation": {"type": "string", "enum": keys(Recommendation::ALL, Recommendation::key)},
    });
    if questions.levers {
        properties["levers"] = json!({"type": "array", "items": object(json!({
            "lever": {"type": "string", "enum": keys(Lever::ALL, Lever::key)},
            "impact": {"type": "string", "enum": keys(Degree::ALL, Degree::key)},
            "effort": {"type": "string", "enum": keys(Degree::ALL, Degree::key)},
            "reason": reason,
        }))});
    }
    if questions.fit {
        let dimensions: Vec<&str> = template.dimensions.iter().map(|dimension| dimension.key.as_str()).collect();
        properties["fit"] = json!({"type": "array", "items": object(json!({
            "dimension": {"type": "string", "enum": dimensions},
            "level": {"type": "integer", "minimum": 0, "maximum": 4},
            "reason": reason,
        }))});
    }
    if questions.open_questions {
        properties["open_questions"] = json!({"type": "array", "items": {"type": "string"}});
    }
    object(properties)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_number_is_read_with_and_without_decimals_and_a_broken_one_is_refused() {
        let draft = |level: &str| {
            let reason = r#"{"text": "t", "cites": []}"#;
            serde_json::from_str::<Draft>(&format!(
                r#"{{"fit": [{{"dimension": "growth", "level": {level}, "reason": {reason}}}]}}"#
            ))
        };
        assert_eq!(draft("4").unwrap().fit[0].level, 4);
        assert_eq!(draft("4.0").unwrap().fit[0].level, 4);
        assert!(draft("2.5").is_err() && draft("-1").is_err() && draft("400").is_err());
    }
}
