//! JSON → dossier and claims; what is wrong is told with the place (JSON pointer) and the remedy.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use super::{Cite, Claim, Dossier, Fact, Language, Passage, Sentence};
use crate::catalogue::Unit;
use crate::scope::Scope;

/// What is wrong with an input and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", if pointer.is_empty() { "the document" } else { pointer })]
pub struct InputError {
    /// JSON pointer of the place (RFC 6901); empty for the whole document.
    pub pointer: String,
    /// What is wrong and what should stand there.
    pub message: String,
}

type Read<T> = Result<T, InputError>;

fn wrong<T>(pointer: &str, message: impl Into<String>) -> Read<T> {
    Err(InputError { pointer: pointer.to_owned(), message: message.into() })
}

/// The name that a unit has in a dossier.
#[must_use]
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Sek => "SEK",
        Unit::Share => "share",
        Unit::Times => "times",
        Unit::Days => "days",
        Unit::People => "people",
        Unit::Number | Unit::Score | Unit::Year | Unit::None => "number",
    }
}

pub(super) fn write_unit<S: serde::Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(unit_name(*unit))
}

/// An object, with the place that it stands at.
struct Object<'a> {
    map: &'a Map<String, Value>,
    pointer: String,
}

impl<'a> Object<'a> {
    fn of(value: &'a Value, pointer: &str) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self { map, pointer: pointer.to_owned() }),
            other => wrong(pointer, format!("expected an object, found {}", kind(other))),
        }
    }

    fn at(&self, key: &str) -> String {
        format!("{}/{key}", self.pointer)
    }

    fn get(&self, key: &str) -> Read<&'a Value> {
        match self.map.get(key) {
            None => wrong(&self.pointer, format!("`{key}` is missing")),
            Some(Value::Null) => wrong(&self.at(key), "is null; leave out what is missing"),
            Some(value) => Ok(value),
        }
    }

    fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    fn text(&self, key: &str) -> Read<&'a str> {
        match self.get(key)? {
            Value::String(text) if text.trim().is_empty() => wrong(&self.at(key), "is empty"),
            Value::String(text) => Ok(text),
            other => wrong(&self.at(key), format!("expected a string, found {}", kind(other))),
        }
    }

    fn optional_text(&self, key: &str) -> Read<Option<String>> {
        if self.has(key) { self.text(key).map(|text| Some(text.to_owned())) } else { Ok(None) }
    }

    fn day(&self, key: &str) -> Read<NaiveDate> {
        let text = self.text(key)?;
        text.parse().or_else(|_| wrong(&self.at(key), format!("`{text}` is not a date; write YYYY-MM-DD")))
    }

    fn list(&self, key: &str) -> Read<&'a [Value]> {
        match self.get(key)? {
            Value::Array(values) => Ok(values),
            other => wrong(&self.at(key), format!("expected an array, found {}", kind(other))),
        }
    }

    fn optional_list(&self, key: &str) -> Read<&'a [Value]> {
        if self.has(key) { self.list(key) } else { Ok(&[]) }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn parsed(json: &str) -> Read<Value> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    serde_json::from_str(json).or_else(|error| wrong("", format!("not JSON: {error}")))
}

/// Reads a dossier.
///
/// # Errors
/// When it is no JSON, or something of it is missing, null, of another type, or named twice.
pub fn read_dossier(json: &str) -> Read<Dossier> {
    let value = parsed(json)?;
    let object = Object::of(&value, "")?;
    let orgnr = match object.get("orgnr")? {
        Value::Number(number) => number.to_string(),
        _ => object.text("orgnr")?.to_owned(),
    };
    let mut ids = HashSet::new();
    let mut facts = Vec::new();
    for (index, value) in object.optional_list("facts")?.iter().enumerate() {
        facts.push(fact(&Object::of(value, &format!("/facts/{index}"))?, &mut ids)?);
    }
    let mut passages = Vec::new();
    for (index, value) in object.optional_list("passages")?.iter().enumerate() {
        passages.push(passage(&Object::of(value, &format!("/passages/{index}"))?, &mut ids)?);
    }
    Ok(Dossier { orgnr, name: object.optional_text("name")?, facts, passages })
}

fn id(object: &Object<'_>, ids: &mut HashSet<String>) -> Read<String> {
    let id = object.text("id")?.to_owned();
    if ids.insert(id.clone()) {
        Ok(id)
    } else {
        wrong(&object.at("id"), format!("`{id}` stands twice; each id names one thing"))
    }
}

fn fact(object: &Object<'_>, ids: &mut HashSet<String>) -> Read<Fact> {
    let scope = match object.optional_text("scope")?.as_deref() {
        None | Some("company") => Scope::Company,
        Some("group") => Scope::Group,
        Some(other) => return wrong(&object.at("scope"), format!("`{other}` is no scope; write company or group")),
    };
    let value = match object.get("value")? {
        Value::Number(number) => number.as_f64().filter(|value| value.is_finite()),
        other => return wrong(&object.at("value"), format!("expected a number, found {}", kind(other))),
    };
    let Some(value) = value else { return wrong(&object.at("value"), "is too large a number") };
    let unit = match object.text("unit")? {
        "SEK" | "sek" => Unit::Sek,
        "share" => Unit::Share,
        "times" => Unit::Times,
        "days" => Unit::Days,
        "people" => Unit::People,
        "number" => Unit::Number,
        other => {
            let message = format!("`{other}` is no unit; write SEK, share, times, days, people or number");
            return wrong(&object.at("unit"), message);
        }
    };
    let period_end = object.day("period_end")?;
    let period_start = if object.has("period_start") { Some(object.day("period_start")?) } else { None };
    if period_start.is_some_and(|start| start > period_end) {
        return wrong(&object.at("period_start"), "is after period_end");
    }
    Ok(Fact {
        id: id(object, ids)?,
        field: object.text("field")?.to_owned(),
        period_start,
        period_end,
        scope,
        value,
        unit,
        filing: object.optional_text("filing")?,
    })
}

fn passage(object: &Object<'_>, ids: &mut HashSet<String>) -> Read<Passage> {
    let time = object.text("fetched_at")?;
    let at = object.at("fetched_at");
    let fetched_at = time.parse::<DateTime<Utc>>().ok().or_else(|| {
        // A day alone is understood as its first second.
        time.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0)).map(|time| time.and_utc())
    });
    let Some(fetched_at) = fetched_at else {
        return wrong(&at, format!("`{time}` is not a time; write it as 2026-01-31T12:00:00Z"));
    };
    let mut sentences = Vec::new();
    let own = id(object, ids)?;
    for (index, value) in object.list("sentences")?.iter().enumerate() {
        let sentence = Object::of(value, &format!("{}/{index}", object.at("sentences")))?;
        sentences.push(Sentence { id: id(&sentence, ids)?, text: sentence.text("text")?.to_owned() });
    }
    Ok(Passage {
        id: own,
        url: object.text("url")?.to_owned(),
        sha256: object.text("sha256")?.to_owned(),
        fetched_at,
        orgnr: object.optional_text("orgnr")?,
        sentences,
    })
}

/// Reads claims: an array of them.
///
/// # Errors
/// As [`read_dossier`].
pub fn read_claims(json: &str) -> Read<Vec<Claim>> {
    let value = parsed(json)?;
    let Value::Array(values) = &value else {
        return wrong("", format!("expected an array of claims, found {}", kind(&value)));
    };
    let mut ids = HashSet::new();
    let mut claims = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let object = Object::of(value, &format!("/{index}"))?;
        let language = match object.optional_text("language")?.as_deref() {
            None => None,
            Some("sv") => Some(Language::Sv),
            Some("en") => Some(Language::En),
            Some(other) => {
                let message = format!("`{other}` is not understood; write sv or en, or leave it out");
                return wrong(&object.at("language"), message);
            }
        };
        let mut cites = Vec::new();
        for (index, value) in object.optional_list("cites")?.iter().enumerate() {
            let cite = Object::of(value, &format!("{}/{index}", object.at("cites")))?;
            let quote = match cite.map.get("quote") {
                None => None,
                Some(Value::String(quote)) => Some(quote.clone()),
                Some(other) => {
                    let message = format!("expected a string, found {}; leave out what is missing", kind(other));
                    return wrong(&cite.at("quote"), message);
                }
            };
            cites.push(Cite { id: cite.text("id")?.to_owned(), quote });
        }
        let text = object.text("text")?.to_owned();
        claims.push(Claim { id: id(&object, &mut ids)?, language, text, cites });
    }
    Ok(claims)
}
