//! The test's model server as a program: `cargo run -p testing --example model_server -- 8099 [FAULT]`.
//!
//! Without a fault it answers every question about a company with a short analysis that cites the first fact of its dossier.

use serde_json::{Value, json};
use testing::model_server::{Act, ModelServer};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(8099);
    let text = r#"{"word":"other"}"#.to_owned();
    let act = match arguments.next().as_deref() {
        None => Act::Think(think),
        Some("enforce") => Act::Enforce,
        Some("length") => Act::End(text, Some("length")),
        Some("filter") => Act::End(text, Some("content_filter")),
        Some("no-reason") => Act::End(text, None),
        Some("no-usage") => Act::WithoutUsage(text),
        Some("busy") => Act::Status(429, Some("1"), "slow down".to_owned()),
        Some("fail") => Act::Status(500, None, "internal error".to_owned()),
        Some("hang") => Act::Hang,
        Some("break") => Act::Break(text, 1),
        Some("decline") => Act::Decline("I cannot help with that".to_owned()),
        Some(other) => {
            // A program for people; its words go to the terminal.
            println!("unknown fault {other}: enforce length filter no-reason no-usage busy fail hang break decline");
            return;
        }
    };
    let server = ModelServer::start_on(port, vec![act]).await;
    println!("LLM_BASE_URL={} LLM_MODEL=any", server.base_url());
    let _ = tokio::signal::ctrl_c().await;
}

/// The smallest JSON that the schema of the question allows.
fn think(body: &Value) -> String {
    let schema = &body["response_format"]["json_schema"]["schema"];
    smallest(schema).to_string()
}

fn smallest(schema: &Value) -> Value {
    if let Some(values) = schema["enum"].as_array() {
        return values.first().cloned().unwrap_or(Value::Null);
    }
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("object") => {
            let members = schema["properties"].as_object().into_iter().flatten();
            Value::Object(members.map(|(name, schema)| (name.clone(), smallest(schema))).collect())
        }
        Some("array") => json!([]),
        Some("string") => json!("unknown"),
        Some("integer" | "number") => json!(0),
        Some("boolean") => json!(false),
        _ => Value::Null,
    }
}
