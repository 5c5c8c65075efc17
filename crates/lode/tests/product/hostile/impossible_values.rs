//! Values that no column can hold: NUL characters, days beyond the calendar, half characters.

use http::Method;
use serde_json::Value;

use super::walk::{body_with, routes};
use crate::support::{Server, start};

async fn ask(server: &Server, method: &str, address: &str, body: Option<String>) -> (u16, String) {
    let method: Method = method.parse().unwrap();
    let mut request = server.client.request(method, format!("{}{address}", server.url));
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body);
    }
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap_or_default())
}

#[tokio::test]
async fn a_nul_character_in_any_parameter_is_refused_by_name() {
    let server = start(&[]).await;
    for route in routes() {
        for name in &route.query {
            let address = format!("{}?{name}=a%00b", route.path);
            let (status, text) = ask(&server, &route.method, &address, None).await;
            assert_eq!(status, 422, "{} {address}: {text}", route.method);
            let problem: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], name.as_str(), "{address}");
        }
        let address = format!("{}%00", route.path);
        let (status, text) = ask(&server, &route.method, &address, None).await;
        assert_eq!(status, 422, "{} {address}: {text}", route.method);
    }
}

#[tokio::test]
async fn a_nul_character_or_half_a_character_in_any_text_of_a_body_is_refused() {
    let server = start(&[]).await;
    for route in routes() {
        let Some(schema) = &route.body else { continue };
        for (text, written) in [("NUL", "\\u0000"), ("HALF", "\\ud800")] {
            let body = body_with(schema, text).to_string();
            if !body.contains(text) {
                continue;
            }
            let (status, answer) = ask(&server, &route.method, &route.path, Some(body.replace(text, written))).await;
            assert!([422, 404, 400].contains(&status), "{} {} {text}: {status} {answer}", route.method, route.path);
        }
    }
}

#[tokio::test]
async fn extreme_days_and_numbers_never_reach_the_callers_as_faults_of_the_server() {
    let server = start(&[]).await;
    for route in routes().iter().filter(|route| route.method == "GET" && !route.path.ends_with("/events")) {
        for name in &route.query {
            for value in [
                "-262143-01-01T00:00:00Z",
                "%2B262142-12-31T23:59:59Z",
                "0000-01-01",
                "9999999999999999999999",
                "-1",
                "9223372036854775807",
                "4294967295",
            ] {
                let address = format!("{}?{name}={value}", route.path);
                let (status, text) = ask(&server, "GET", &address, None).await;
                assert!(status < 500 || status == 503 && text.contains("loading"), "{address}: {status} {text}");
            }
        }
    }
}
