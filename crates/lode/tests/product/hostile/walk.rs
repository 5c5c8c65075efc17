//! Every route that the two descriptions name, with addresses and bodies made from their schemas.

use serde_json::{Map, Value, json};

/// One route.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: String,
    /// With its parameters filled in.
    pub path: String,
    pub query: Vec<String>,
    /// Schema of its JSON body.
    pub body: Option<Value>,
}

/// Every route of the main API.
pub fn routes() -> Vec<Route> {
    routes_of(&serde_json::to_value(api::openapi()).unwrap())
}

fn routes_of(description: &Value) -> Vec<Route> {
    let mut routes = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let of = |place: &str| -> Vec<String> {
                let here = parameters.iter().filter(|one| one["in"] == place);
                here.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
            };
            let mut filled = path.clone();
            for name in of("path") {
                let value = match name.as_str() {
                    "orgnr" => "5560125790",
                    "line" => "revenue",
                    "sha256" => "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "queue" => "imports",
                    _ if path.starts_with("/api/jobs") || path.starts_with("/api/imports") => "1",
                    _ => "0198f3a1-7c4e-7d22-9b3e-0f6d2a1c9b10",
                };
                filled = filled.replace(&format!("{{{name}}}"), value);
            }
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let body = (!schema.is_null()).then(|| resolved(description, schema, 0));
            routes.push(Route { method: method.to_uppercase(), path: filled, query: of("query"), body });
        }
    }
    assert!(routes.len() > 100, "{}", routes.len());
    routes
}

/// The schema with what it refers to in its place.
fn resolved(description: &Value, schema: &Value, depth: usize) -> Value {
    if depth > 8 {
        return json!({});
    }
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return resolved(description, &description["components"]["schemas"][name], depth + 1);
    }
    match schema {
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), resolved(description, value, depth + 1))).collect()
        }
        Value::Array(items) => items.iter().map(|item| resolved(description, item, depth + 1)).collect(),
        other => other.clone(),
    }
}

/// A body that the schema allows, whose texts are all `text`.
pub fn body_with(schema: &Value, text: &str) -> Value {
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[choice].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null")) {
            return body_with(first, text);
        }
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").cloned().unwrap_or_default(),
        one => one.clone(),
    };
    match kind.as_str() {
        Some("string") => json!(text),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([body_with(&schema["items"], text)]),
        _ => {
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            let filled: Map<String, Value> =
                properties.iter().map(|(name, schema)| (name.clone(), body_with(schema, text))).collect();
            Value::Object(filled)
        }
    }
}
