//! `lode smoke …`: does a deployment do what it should? Exit status 0 when every check holds, else 2.

use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Value, json};

use super::console;

/// What to check, and where.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which checks
    #[arg(value_enum)]
    what: What,
    /// Base URL of the API
    #[arg(long)]
    base: String,
    /// Base URL of the web app, where it is hosted apart from the API
    #[arg(long)]
    web: Option<String>,
    /// An organisation number with statements; one is looked up when left out
    #[arg(long)]
    orgnr: Option<String>,
    /// Bearer token, where the deployment asks for one
    #[arg(long, env = "LODE_SMOKE_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Health, status, database, screening, search, lists of errors
    Api,
    /// Statements of a company: shape, order, nulls, currencies
    Financials,
    /// The web app: start page, its files, deep links, caching
    Frontend,
    /// All of these
    All,
}

struct Checks {
    client: reqwest::Client,
    base: String,
    token: Option<String>,
    failed: usize,
    passed: usize,
}

/// Runs the checks.
///
/// # Errors
/// When the HTTP client cannot be made; a failed check is no error but exit status 2.
pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let base = arguments.base.trim_end_matches('/').to_owned();
    anyhow::ensure!(base.starts_with("http://") || base.starts_with("https://"), "--base must be a URL, not {base:?}");
    let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build()?;
    let web = arguments.web.as_deref().map_or(base.clone(), |web| web.trim_end_matches('/').to_owned());
    let mut checks = Checks { client, base, token: arguments.token, failed: 0, passed: 0 };
    if matches!(arguments.what, What::Api | What::All) {
        api(&mut checks).await;
    }
    if matches!(arguments.what, What::Financials | What::All) {
        financials(&mut checks, arguments.orgnr.as_deref()).await;
    }
    if matches!(arguments.what, What::Frontend | What::All) {
        frontend(&mut checks, &web).await;
    }
    console::say(&format!("{} passed, {} failed", checks.passed, checks.failed));
    Ok(if checks.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

impl Checks {
    fn note(&mut self, name: &str, result: Result<(), String>) {
        match result {
            Ok(()) => {
                self.passed += 1;
                console::say(&format!("ok    {name}"));
            }
            Err(reason) => {
                self.failed += 1;
                console::say(&format!("FAIL  {name}: {reason}"));
            }
        }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<reqwest::Response, String> {
        let request = match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.send().await.map_err(|error| error.without_url().to_string())
    }

    async fn get(&self, path: &str) -> Result<Value, String> {
        let answer = self.send(self.client.get(format!("{}{path}", self.base))).await?;
        json_of(answer, 200).await
    }

    async fn post(&self, path: &str, body: &Value, status: u16) -> Result<Value, String> {
        let answer = self.send(self.client.post(format!("{}{path}", self.base)).json(body)).await?;
        json_of(answer, status).await
    }
}

async fn json_of(answer: reqwest::Response, status: u16) -> Result<Value, String> {
    let found = answer.status().as_u16();
    if !answer.headers().contains_key("x-request-id") {
        return Err("the answer has no x-request-id".to_owned());
    }
    let text = answer.text().await.map_err(|error| error.without_url().to_string())?;
    if found != status {
        return Err(format!("status {found} instead of {status}: {}", text.chars().take(200).collect::<String>()));
    }
    serde_json::from_str(&text).map_err(|error| format!("no JSON: {error}"))
}

fn expect(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

async fn api(checks: &mut Checks) {
    let health = checks.get("/health").await.and_then(|body| expect(body["status"] == "ok", "status is not ok"));
    checks.note("GET /health", health);
    let ready = checks.get("/ready").await.and_then(|body| expect(body["ready"] == true, "not ready"));
    checks.note("GET /ready", ready);
    let status = checks.get("/api/status").await.and_then(|body| {
        expect(body["db_source"] == "postgres", "db_source is not postgres")?;
        expect(body["db_ok"] == true, "the database does not answer")?;
        let tables = body["tables_ok"].as_object().ok_or("no tables_ok")?;
        expect(!tables.is_empty() && tables.values().all(|ok| ok == true), "a table is missing")
    });
    checks.note("GET /api/status", status);
    for path in ["/api/status/capabilities", "/api/status/config", "/api/sources/coverage", "/api/openapi.json"] {
        let found = checks.get(path).await.map(drop);
        checks.note(&format!("GET {path}"), found);
    }
    let info = checks.get("/api/db/info").await.and_then(|body| {
        expect(body["database_source"] == "postgres", "database_source is not postgres")?;
        expect(body["migration_level"].is_i64(), "no migration level")
    });
    checks.note("GET /api/db/info", info);
    let filters = checks.get("/api/universe/filters").await.and_then(|body| {
        expect(body["fields"].as_array().is_some_and(|fields| fields.len() > 30), "fewer fields than the catalogue has")
    });
    checks.note("GET /api/universe/filters", filters);
    let query = json!({"filters": [{"field": "revenue_latest", "op": ">=", "value": 1, "type": "number"}],
                       "logic": "and", "sort": {"by": "revenue_latest", "dir": "desc"}, "limit": 5, "offset": 0});
    let screened = checks.post("/api/universe/query", &query, 200).await.and_then(|body| {
        let rows = body["rows"].as_array().ok_or("no rows")?;
        let total = body["total"].as_u64().ok_or("no total")?;
        expect(rows.len() as u64 == total.min(5), "the page and the total do not agree")
    });
    checks.note("POST /api/universe/query", screened);
    let wrong = json!({"filters": [{"field": "no_such_field", "op": "=", "value": 1}]});
    let refused = checks
        .post("/api/universe/query", &wrong, 422)
        .await
        .and_then(|body| expect(body.to_string().contains("no_such_field"), "the answer does not name the field"));
    checks.note("an unknown filter field is refused by name", refused);
    let searched = checks.get("/api/companies/search?q=ab&limit=3").await;
    checks.note("GET /api/companies/search", searched.and_then(|body| expect(body["items"].is_array(), "no items")));
    let batch = checks.post("/api/companies/batch", &json!({"orgnrs": []}), 200).await;
    checks.note("POST /api/companies/batch", batch.and_then(|body| expect(body["count"] == 0, "count is not 0")));
    let imports = checks.get("/api/imports?limit=1").await;
    checks.note("GET /api/imports", imports.and_then(|body| expect(body["items"].is_array(), "no items")));
}

async fn financials(checks: &mut Checks, orgnr: Option<&str>) {
    let orgnr = match orgnr {
        Some(orgnr) => orgnr.to_owned(),
        None => {
            let query = json!({"filters": [{"field": "has_financials", "op": "=", "value": true}], "limit": 1});
            let found = checks.post("/api/universe/query", &query, 200).await;
            let found = found.and_then(|body| {
                body["rows"][0]["orgnr"]
                    .as_str()
                    .map(str::to_owned)
                    .ok_or_else(|| "no company has statements".to_owned())
            });
            match found {
                Ok(orgnr) => orgnr,
                Err(reason) => return checks.note("a company with statements is found", Err(reason)),
            }
        }
    };
    let path = format!("/api/companies/{orgnr}/financials");
    let body = checks.get(&path).await;
    let periods = body.as_ref().ok().and_then(|body| body["financials"].as_array().cloned()).unwrap_or_default();
    checks.note(
        &format!("GET {path}"),
        body.and_then(|body| {
            expect(body["count"].as_u64() == Some(periods.len() as u64), "count is not the number of periods")
        }),
    );
    checks.note("it has statements", expect(!periods.is_empty(), "none"));
    let ends: Vec<&str> = periods.iter().filter_map(|period| period["period_end"].as_str()).collect();
    checks
        .note("newest first", expect(ends.len() == periods.len() && ends.is_sorted_by(|a, b| a >= b), "not in order"));
    const AMOUNTS: [&str; 9] = [
        "revenue",
        "ebitda",
        "ebit",
        "result_after_financial_items",
        "net_income",
        "total_assets",
        "equity",
        "untaxed_reserves",
        "cash",
    ];
    let wrong = periods.iter().find_map(|period| {
        AMOUNTS.iter().find(|name| period.get(**name).is_none_or(|amount| !(amount.is_null() || amount.is_i64())))
    });
    checks.note("amounts are whole numbers or null", wrong.map_or(Ok(()), |name| Err(format!("{name} is not"))));
    let shaped = periods.iter().all(|period| {
        matches!(period["scope"].as_str(), Some("company" | "group"))
            && matches!(period["quality"].as_str(), Some("ok" | "partial" | "suspect"))
            && period["currency"].is_string()
            && period["months"].is_u64()
            && period["filing_id"].is_string()
    });
    checks.note("every period has scope, quality, currency, months and filing", expect(shaped, "one does not"));
}

async fn frontend(checks: &mut Checks, web: &str) {
    let page = text(checks, &format!("{web}/")).await;
    let html = page.clone().unwrap_or_default();
    checks.note("GET /", page.and_then(|html| expect(html.contains("id=\"root\""), "no web app")));
    let files: Vec<String> = html
        .split(['"', '\''])
        .filter(|part| part.starts_with("/assets/") && (part.ends_with(".js") || part.ends_with(".css")))
        .map(str::to_owned)
        .collect();
    checks.note("the start page names its files", expect(!files.is_empty(), "none"));
    for file in &files {
        let found = text(checks, &format!("{web}{file}")).await;
        let found = found.and_then(|body| {
            expect(!body.is_empty() && !body.trim_start().starts_with("<!doctype"), "a page instead of the file")?;
            expect(!names_local_server(&body), "it names a server on the builder's own machine")
        });
        checks.note(&format!("GET {file}"), found);
    }
    for path in ["/universe", "/company/5560160680", "/sources"] {
        let found = text(checks, &format!("{web}{path}")).await;
        checks.note(
            &format!("deep link {path}"),
            found.and_then(|body| expect(body.contains("id=\"root\""), "not the web app")),
        );
    }
    let missing = checks.send(checks.client.get(format!("{web}/assets/missing.js"))).await;
    let missing = missing.and_then(|answer| expect(answer.status() == 404, "a file that is missing is not a 404"));
    checks.note("a missing file is a 404", missing);
}

async fn text(checks: &Checks, url: &str) -> Result<String, String> {
    let answer = checks.send(checks.client.get(url)).await?;
    if !answer.status().is_success() {
        return Err(format!("status {}", answer.status().as_u16()));
    }
    answer.text().await.map_err(|error| error.without_url().to_string())
}

/// Whether a text names a server on this very machine, as a build with a developer's address of the API would. A router's bare
/// `http://localhost`, which it parses paths against and never asks, has no port.
fn names_local_server(text: &str) -> bool {
    let has_port =
        |rest: &str| rest.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()));
    ["://localhost", "://127.0.0.1", "://[::1]", "://0.0.0.0"]
        .iter()
        .any(|host| text.match_indices(host).any(|(at, host)| has_port(&text[at + host.len()..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_developers_address_is_told_from_a_base_of_paths() {
        assert!(names_local_server("fetch(`http://localhost:8080/api`)"));
        assert!(names_local_server("a='https://127.0.0.1:443'"));
        assert!(names_local_server("http://localhost` http://localhost:5173"));
        assert!(!names_local_server("origin||`http://localhost`; http://localhost:"));
        assert!(!names_local_server("https://lode.example:8080"));
    }
}
