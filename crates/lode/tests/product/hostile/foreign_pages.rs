//! Pages of other origins, and names that were made to lead here, against a server without sign-in.

use http::Method;

use super::walk::{Route, body_with, routes};
use crate::support::{Server, start};

async fn ask(server: &Server, route: &Route, headers: &[(&str, &str)], body: Option<String>) -> u16 {
    let method: Method = route.method.parse().unwrap();
    let mut request = server.client.request(method, format!("{}{}", server.url, route.path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.body(body);
    }
    request.send().await.unwrap().status().as_u16()
}

/// What monitors ask.
fn is_open(route: &Route) -> bool {
    ["/health", "/ready"].contains(&route.path.as_str())
}

#[tokio::test]
async fn no_route_answers_a_foreign_page_or_name() {
    let server = start(&[]).await;
    for route in routes().iter().filter(|route| !is_open(route)) {
        for headers in [
            &[("host", "rebind.evil.example")][..],
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")],
            &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "no-cors")],
        ] {
            assert_eq!(ask(&server, route, headers, None).await, 403, "{} {} {headers:?}", route.method, route.path);
        }
    }
    for path in ["/", "/metrics", "/api/docs/", "/api/openapi.json", "/companies/5560125790"] {
        let route = Route { method: "GET".to_owned(), path: path.to_owned(), query: Vec::new(), body: None };
        assert_eq!(ask(&server, &route, &[("host", "rebind.evil.example")], None).await, 403, "{path}");
    }
}

#[tokio::test]
async fn own_pages_and_programs_are_answered() {
    let server = start(&[("CORS_ORIGINS", "https://app.example")]).await;
    let own = server.url.clone();
    let route = Route { method: "POST".to_owned(), path: "/api/views".to_owned(), query: Vec::new(), body: None };
    let json = ("content-type", "application/json");
    for (number, headers) in [
        vec![json],
        vec![json, ("origin", own.as_str()), ("sec-fetch-site", "same-origin")],
        vec![json, ("origin", "https://app.example"), ("sec-fetch-site", "cross-site")],
        vec![("content-type", "application/json; charset=utf-8"), ("host", "localhost:1234")],
    ]
    .iter()
    .enumerate()
    {
        let body = format!("{{\"name\": \"view {number}\"}}");
        assert_eq!(ask(&server, &route, headers, Some(body)).await, 201, "{headers:?}");
    }
}

/// What a page may send without being asked whether it may: none of it is read as JSON.
#[tokio::test]
async fn json_is_read_only_when_it_is_sent_as_json() {
    let server = start(&[]).await;
    for route in routes() {
        let Some(schema) = &route.body else { continue };
        let body = body_with(schema, "x").to_string();
        for media_type in
            ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream", "application/jsonp"]
        {
            let headers = [("content-type", media_type)];
            let status = ask(&server, &route, &headers, Some(body.clone())).await;
            // An address that is not in use here is unknown before its body is read.
            assert!([415, 404].contains(&status), "{} {} {media_type}: {status}", route.method, route.path);
        }
        let status = ask(&server, &route, &[], Some(body)).await;
        assert!([415, 404].contains(&status), "{} {} without media type: {status}", route.method, route.path);
    }
}
