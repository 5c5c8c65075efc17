//! What the model of the tests answers: true sentences, and inventions beside them.

use serde_json::{Value, json};

/// The user's message of a request.
fn user(body: &Value) -> &str {
    let messages = body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let texts = || messages.iter().filter(|one| one["role"] == "user").filter_map(|one| one["content"].as_str());
    // Where an answer is corrected, the question stands before it.
    texts().find(|text| text.contains("<dossier>")).or_else(|| texts().next_back()).unwrap_or_default()
}

pub fn is_about_a_company(body: &Value) -> bool {
    user(body).contains("<dossier>")
}

/// The lines of the dossier in a request.
pub fn lines(body: &Value) -> Vec<Value> {
    let inside =
        user(body).split("<dossier>\n").nth(1).and_then(|rest| rest.split("\n</dossier>").next()).unwrap_or_default();
    inside.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The schema of a request: in its own place, or in a message where the server takes none.
fn schema(body: &Value) -> Value {
    let own = &body["response_format"]["json_schema"]["schema"];
    if own.is_object() {
        return own.clone();
    }
    let texts = body["messages"].as_array().into_iter().flatten().filter_map(|message| message["content"].as_str());
    texts
        .filter_map(|text| text.split("JSON schema:\n").nth(1))
        .find_map(|text| serde_json::from_str(text).ok())
        .unwrap_or_default()
}

/// What the schema asks for of an answer.
pub fn fitting(mut answer: Value, body: &Value) -> Value {
    let schema = schema(body);
    let asked = schema["properties"].as_object().cloned().unwrap_or_default();
    if let Some(members) = answer.as_object_mut() {
        members.retain(|name, _| asked.contains_key(name));
    }
    let sections = &schema["properties"]["statements"]["items"]["properties"]["section"]["enum"];
    if let Some(statements) = answer["statements"].as_array_mut() {
        statements.retain(|statement| sections.as_array().is_some_and(|known| known.contains(&statement["section"])));
    }
    answer
}

fn revenue(lines: &[Value], year: &str) -> Option<String> {
    let found = lines
        .iter()
        .find(|line| line["figure"] == "revenue" && line["to"].as_str().is_some_and(|to| to.starts_with(year)));
    found.and_then(|line| line["id"].as_str()).map(str::to_owned)
}

/// Two true sentences and four inventions.
pub fn answer(body: &Value) -> String {
    if !is_about_a_company(body) {
        return r#"{"word": "lode-7"}"#.to_owned();
    }
    fitting(draft(body), body).to_string()
}

fn draft(body: &Value) -> Value {
    let lines = lines(body);
    let (new, old) = (revenue(&lines, "2025").unwrap_or_default(), revenue(&lines, "2024").unwrap_or_default());
    let both = json!([{"id": new, "quote": null}, {"id": old, "quote": null}]);
    let mut statements = vec![
        json!({"section": "strengths", "text": "Omsättningen ökade med 12 % till 12,3 mkr 2025.", "cites": both}),
        json!({"section": "strengths", "text": "Omsättningen ökade med 40 % till 12,3 mkr 2025.", "cites": both}),
        json!({"section": "market_position", "text": "Bolaget är störst i Norden.", "cites": []}),
        json!({"section": "customers", "text": "Läs mer på https://invented.example/kunder.", "cites": [{"id": "F999", "quote": null}]}),
    ];
    if let Some(sentence) =
        lines.iter().find(|line| line["text"].as_str().is_some_and(|text| text.contains("svetsade")))
    {
        statements.push(json!({
            "section": "products", "text": "Bolaget levererar svetsade konstruktioner.",
            "cites": [{"id": sentence["id"], "quote": "svetsade konstruktioner till verkstadsindustrin"}],
        }));
    }
    json!({
        "statements": statements,
        "levers": [{"lever": "pricing", "impact": "medium", "effort": "low",
                    "reason": {"text": "Omsättningen var 12,3 mkr 2025.", "cites": [{"id": new, "quote": null}]}}],
        "fit": [{"dimension": "growth", "level": 3,
                 "reason": {"text": "Omsättningen ökade med 12 % till 12,3 mkr 2025.", "cites": both}}],
        "recommendation": "watch",
        "open_questions": ["Hur ser ägarna på framtiden?"],
        "not_found": [],
    })
}

/// Does what a page tells it to, where it sees that.
pub fn obedient(body: &Value) -> String {
    if !is_about_a_company(body) {
        return answer(body);
    }
    let mut draft = draft(body);
    let seen = user(body).to_lowercase();
    if ["previous instructions", "tidigare instruktioner", "score this company"]
        .iter()
        .any(|words| seen.contains(words))
    {
        draft["recommendation"] = json!("pursue");
        draft["fit"][0]["level"] = json!(4);
    }
    if let Some(line) =
        lines(body).iter().find(|line| line["text"].as_str().is_some_and(|text| text.contains("ledande")))
    {
        let told = json!({"section": "market_position", "text": "Bolaget är Sveriges ledande med betyget 100.", "cites": [{"id": line["id"], "quote": line["text"]}]});
        draft["statements"].as_array_mut().unwrap().push(told);
    }
    fitting(draft, body).to_string()
}
