//! What pages ask: every GET of the API, and the bodies that the web app sends.
//!
//! GETs are taken from the API's own description, so that a new route is measured without a line here. A test holds that
//! every other route is asked below or says why it is not.

use anyhow::Context;
use serde_json::{Value, json};

use super::growth::Cost;
use super::server::{Answer, Server};

/// One thing that a page asks, in as many calls as it takes.
pub struct Question {
    /// Method and path as in the API's description, with what is special about it.
    pub name: String,
    /// What its time may follow.
    pub cost: Cost,
    /// Whether it changes something, so that it is asked a few times only.
    pub writes: bool,
    /// Companies that it is about, where the answer does not tell.
    shown: Option<f64>,
    calls: Vec<Call>,
}

/// `{change_id}` in the path is that of the answer before.
struct Call {
    path: String,
    body: Option<Value>,
}

/// GETs that are not asked: streams, files of others, pages of the program itself, the sign-in protocol.
const LEFT_OUT: [(&str, &str); 12] = [
    ("/api/filings/{id}/document", "a document out of the artifact store"),
    ("/ai-report", "a report that somebody asks for first"),
    ("/events", "a stream does not end"),
    ("/api/docs", "a page of the program"),
    ("/api/openapi.json", "a page of the program"),
    ("/auth/v1/", "the sign-in protocol, which knows no company"),
    ("/api/filings/{id}/download", "a package out of the artifact store"),
    ("/api/exports/{id}/download", "a file out of the artifact store"),
    ("/api/pages/{sha256}", "a text out of the artifact store"),
    ("/api/admin/webhooks/{id}/calls", "there is no webhook without another server"),
    ("/api/exports/{id}", "one's own file that a job writes"),
    ("/api/monitors/changes/{id}", "a change that a job finds"),
];

/// Every question, with samples of what the installation holds.
///
/// # Errors
/// When a sample cannot be had: the installation is not filled.
pub async fn all(server: &Server, list: u64) -> anyhow::Result<Vec<Question>> {
    let samples = Samples::of(server, list).await?;
    let mut questions: Vec<Question> = reads(&samples);
    questions.extend(screens(&samples));
    questions.extend(writes(&samples));
    Ok(questions)
}

impl Question {
    /// Makes its calls, one after the other.
    ///
    /// # Errors
    /// When the server refuses one.
    pub async fn ask(&self, server: &Server) -> anyhow::Result<Answer> {
        let mut sum = Answer { body: Value::Null, took_ms: 0.0, shown: 0.0 };
        for call in &self.calls {
            let path = call.path.replace("{change_id}", sum.body["change_id"].as_str().unwrap_or_default());
            let answer = match &call.body {
                Some(body) => server.post(&path, body).await?,
                None => server.get(&path).await?,
            };
            sum = Answer { body: answer.body, took_ms: sum.took_ms + answer.took_ms, shown: sum.shown + answer.shown };
        }
        sum.shown = self.shown.unwrap_or(sum.shown);
        Ok(sum)
    }
}

/// Things that exist, named by their ids.
struct Samples {
    orgnr: String,
    orgnrs: Vec<String>,
    prospects: Vec<String>,
    list: String,
    listed: u64,
    /// A filter that as many companies pass as the list has.
    filter: String,
    ids: Vec<(&'static str, String)>,
}

impl Samples {
    async fn of(server: &Server, list: u64) -> anyhow::Result<Self> {
        let ranked = json!({"sort": [{"by": "revenue", "dir": "desc"}], "offset": list, "limit": 1, "columns": ["revenue"], "include_excluded": true});
        let ranked = server.post("/api/universe/query", &ranked).await?.body;
        let least =
            ranked["rows"][0]["revenue"].as_i64().context("the register has too few companies with a revenue")?;
        let filter = format!("revenue > {least}");
        let made = json!({"name": "Stor", "text": filter, "list_scope": "team", "include_excluded": true});
        let made = server.post("/api/lists/from_query", &made).await?.body;
        let listed = made["item_count"].as_u64().context("a list tells its size")?;
        server.post("/api/universe/snapshots", &json!({"text": filter, "name": "Nu"})).await?;
        let page = server.post("/api/universe/query", &json!({"limit": 100})).await?.body;
        let orgnrs: Vec<String> = page["rows"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["orgnr"].as_str().map(str::to_owned))
            .collect();
        let orgnr = orgnrs.first().context("the register is empty")?.clone();
        let company = server.get("/api/prospects?limit=200").await?.body;
        let company = text_of(&company, "orgnr").context("the pipeline is empty")?;
        let mut ids = Vec::new();
        let notes = format!("/api/companies/{company}/notes");
        for (resource, path) in [
            ("/api/prospects/{id}", "/api/prospects?limit=1"),
            ("/api/views/{id}", "/api/views"),
            ("/api/universe/snapshots/{id}", "/api/universe/snapshots?limit=1"),
            ("/api/runs/{id}", "/api/runs?limit=1"),
            ("/api/analysis/runs/{id}", "/api/analysis/runs?limit=1"),
            ("/api/imports/{id}", "/api/imports?limit=1"),
            ("/api/jobs/{id}", "/api/jobs?limit=1"),
            ("/api/notes/{id}", &notes),
            ("/api/analysis/templates/{id}", "/api/analysis/templates"),
        ] {
            let found = server.get(path).await?.body;
            // What no installation has at first (a template of one's own) is not asked for.
            ids.extend(text_of(&found, "id").map(|id| (resource, id)));
        }
        let prospects = server.get("/api/prospects?limit=200").await?.body;
        let prospects = texts_of(&prospects, "id");
        let list = text_of(&made, "id").context("a list has an id")?;
        ids.push(("/api/lists/{id}", list.clone()));
        Ok(Self { orgnr, orgnrs, prospects, list, listed, filter, ids })
    }

    /// The path with samples in it; `None` when there is none of the kind.
    fn fill(&self, path: &str) -> Option<String> {
        let mut filled = path.replace("{orgnr}", &self.orgnr).replace("{line}", "revenue");
        if let Some((resource, id)) = self.ids.iter().find(|(resource, _)| path.starts_with(resource)) {
            filled = filled.replace(resource, &resource.replace("{id}", id));
        }
        (!filled.contains('{')).then_some(filled)
    }
}

/// The first text or number under a key, wherever it stands.
fn text_of(value: &Value, key: &str) -> Option<String> {
    texts_of(value, key).into_iter().next()
}

fn texts_of(value: &Value, key: &str) -> Vec<String> {
    match value {
        Value::Object(object) => match object.get(key) {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Number(number)) => vec![number.to_string()],
            _ => object.values().flat_map(|value| texts_of(value, key)).collect(),
        },
        Value::Array(values) => values.iter().flat_map(|value| texts_of(value, key)).collect(),
        _ => Vec::new(),
    }
}

/// Paths of the API's description that have a GET, less those that are left out.
fn readable() -> Vec<String> {
    let description = serde_json::to_value(api::openapi()).unwrap_or_default();
    let paths = description["paths"].as_object().cloned().unwrap_or_default();
    let reads = paths.iter().filter(|(_, methods)| methods.get("get").is_some()).map(|(path, _)| path.clone());
    reads.filter(|path| !LEFT_OUT.iter().any(|(part, _)| path.contains(part))).collect()
}

/// A place far behind in the pipeline: what passed on, due at any time, touched just now.
const LATE_PROSPECT: &str = "4102444800000000_1_00000000000000000000000000000000_passed";

fn reads(samples: &Samples) -> Vec<Question> {
    let mut questions = Vec::new();
    for path in readable() {
        let query = match path.as_str() {
            "/api/companies/search" => "?q=bygg",
            "/api/universe/export" => "?text=revenue%20%3E%201m&format=csv",
            "/api/enrichment/run/{id}/status" => continue,
            _ => "",
        };
        let Some(filled) = samples.fill(&path) else { continue };
        questions.push(read(&format!("GET {path}"), &format!("{filled}{query}")));
    }
    for (name, path) in [
        ("GET /api/companies/search (number)", "/api/companies/search?q=5560".to_owned()),
        ("GET /api/companies/search (typo)", "/api/companies/search?q=bygq%20norr".to_owned()),
        ("GET /api/prospects (page of one stage)", "/api/prospects?stage=contacted&limit=100".to_owned()),
        ("GET /api/prospects (text)", "/api/prospects?q=bygg&limit=100".to_owned()),
        ("GET /api/prospects (late page)", format!("/api/prospects?limit=100&after={LATE_PROSPECT}")),
        ("GET /api/exclusions (page)", "/api/exclusions?limit=100".to_owned()),
    ] {
        questions.push(read(name, &path));
    }
    questions
}

fn read(name: &str, path: &str) -> Question {
    let by_index = ["/api/universe/", "/api/companies/search", "/peers", "/api/prospects"];
    let cost = if by_index.iter().any(|part| name.contains(part)) { Cost::Index } else { Cost::Shown };
    Question {
        name: name.to_owned(),
        cost,
        writes: false,
        shown: None,
        calls: vec![Call { path: path.to_owned(), body: None }],
    }
}

fn screens(samples: &Samples) -> Vec<Question> {
    let post = |name: &str, path: &str, body: Value| Question {
        name: format!("POST {path}{}", if name.is_empty() { String::new() } else { format!(" ({name})") }),
        cost: Cost::Index,
        writes: false,
        shown: None,
        calls: vec![Call { path: path.to_owned(), body: Some(body) }],
    };
    let facets = json!(["county", "legal_form", "sni:2", "size_class", "growth_class", "profitability_class"]);
    let histograms: Vec<Value> = ["revenue", "ebitda", "ebitda_margin", "equity_ratio", "employees", "cagr_3y"]
        .iter()
        .map(|field| json!({"field": field, "bins": 24, "scale": "quantile"}))
        .collect();
    let filter = "revenue >= 10m and ebitda_margin >= 5%";
    vec![
        post("first page", "/api/universe/query", json!({"limit": 50, "sort": [{"by": "name"}]})),
        post(
            "filters, facets, histograms",
            "/api/universe/query",
            json!({"text": filter, "limit": 50, "sort": [{"by": "revenue", "dir": "desc"}], "facets": facets, "histograms": histograms}),
        ),
        post(
            "a large list",
            "/api/universe/query",
            json!({"filter": {"field": "list", "op": "in_list", "value": samples.list}, "limit": 100, "sort": [{"by": "name"}]}),
        ),
        post(
            "the pipeline",
            "/api/universe/query",
            json!({"filter": {"field": "prospect", "op": "=", "value": true}, "limit": 100, "sort": [{"by": "name"}]}),
        ),
        post("words", "/api/universe/query", json!({"q": "bygg norr", "limit": 50})),
        post("late page", "/api/universe/query", json!({"offset": 10_000, "limit": 100, "sort": [{"by": "revenue"}]})),
        post("", "/api/universe/parse", json!({"text": filter})),
        post("", "/api/universe/complete", json!({"text": "in list Li", "cursor": 10})),
        post("", "/api/universe/funnel", json!({"text": filter})),
        post("", "/api/universe/scatter", json!({"text": filter, "x": "revenue", "y": "ebitda_margin"})),
        post("", "/api/universe/stats", json!({"text": filter, "fields": ["revenue", "ebitda_margin"]})),
        post("", "/api/universe/similar", json!({"orgnrs": [samples.orgnr]})),
        post("", "/api/companies/batch", json!({"orgnrs": samples.orgnrs})),
        post("", "/api/companies/marks", json!({"orgnrs": samples.orgnrs, "list_id": samples.list})),
        post(
            "pasted numbers and names",
            "/api/lists/match",
            json!({"text": format!("{}\nBygg Norr AB", samples.orgnrs.join("\n"))}),
        ),
        post(
            "",
            "/api/lists/combine/count",
            json!({"expression": {"union": [{"list": samples.list}, {"list": samples.list}]}}),
        ),
        post("", "/api/analysis/estimate", json!({"list_id": samples.list})),
        post("", "/api/enrichment/estimate", json!({"list_id": samples.list, "kinds": ["homepage"]})),
        post("", "/api/universe/export", json!({"text": "revenue > 1m", "format": "csv"})),
        post("spreadsheet", "/api/universe/export", json!({"text": "revenue > 1m", "format": "xlsx"})),
    ]
}

fn writes(samples: &Samples) -> Vec<Question> {
    let listed = samples.listed as f64;
    let some: Vec<&String> = samples.orgnrs.iter().take(50).collect();
    let write = |name: &str, shown: f64, cost: Cost, calls: Vec<(String, Value)>| Question {
        name: format!("POST {name}"),
        cost,
        writes: true,
        shown: Some(shown),
        calls: calls.into_iter().map(|(path, body)| Call { path, body: Some(body) }).collect(),
    };
    let undo = || ("/api/changes/{change_id}/undo".to_owned(), json!({}));
    let items = format!("/api/lists/{}/items", samples.list);
    let snapshot = samples.fill("/api/universe/snapshots/{id}").unwrap_or_default();
    let first = samples.prospects.first().cloned().unwrap_or_default();
    let mut questions = vec![
        write(
            "/api/lists/from_query",
            listed,
            Cost::Index,
            vec![(
                "/api/lists/from_query".to_owned(),
                json!({"name": "Ny", "text": samples.filter, "include_excluded": true}),
            )],
        ),
        write(
            "/api/lists/{id}/items, and taken back",
            50.0,
            Cost::Shown,
            vec![(format!("{items}/remove"), json!({"orgnrs": some})), undo()],
        ),
        write(
            "/api/exclusions, and taken back",
            50.0,
            Cost::Shown,
            vec![("/api/exclusions".to_owned(), json!({"orgnrs": some, "reason": "egen portfölj"})), undo()],
        ),
        write(
            "/api/universe/snapshots",
            listed,
            Cost::Index,
            vec![("/api/universe/snapshots".to_owned(), json!({"text": samples.filter, "name": "Fryst"}))],
        ),
        write(
            "/api/universe/snapshots/{id}/rerun",
            listed,
            Cost::Index,
            vec![(format!("{snapshot}/rerun"), json!({}))],
        ),
        write(
            "/api/companies/{orgnr}/notes",
            1.0,
            Cost::Shown,
            vec![(format!("/api/companies/{}/notes", samples.orgnr), json!({"body": "Ringde ägaren."}))],
        ),
        write("/api/prospects", 50.0, Cost::Shown, vec![("/api/prospects".to_owned(), json!({"orgnrs": some}))]),
    ];
    if !first.is_empty() {
        let changes: Vec<Value> =
            samples.prospects.iter().take(50).map(|id| json!({"id": id, "next_action": "Möte"})).collect();
        questions.push(write(
            "/api/prospects/bulk",
            50.0,
            Cost::Shown,
            vec![("/api/prospects/bulk".to_owned(), json!({"changes": changes}))],
        ));
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::access::{Access, ROUTES};
    use domain::access::Permission::{Export, ReadCompanies, ReadWork, RunAnalysis};

    /// POSTs that read and are not asked.
    const NOT_ASKED: [(&str, &str); 20] = [
        ("/api/analysis/preview", "one company's dossier, for whoever writes a template where there is a model"),
        ("/api/ai-filter", "asks a model where there is one"),
        ("/api/ai-reports/generate", "writes a report, with a model where there is one"),
        ("/api/ai-reports/generate-batch", "the same for many"),
        ("/api/companies/{orgnr}/ai-report", "a report that somebody asks for first"),
        ("/api/universe/check", "compares everything, as a job"),
        ("/api/lists/match/workbook", "an upload"),
        ("/api/notifications/mark", "changes one's own messages"),
        ("/api/exports", "enqueues a job"),
        ("/api/exports/{id}/cancel", "a job's"),
        ("/api/exports/{id}/retry", "a job's"),
        ("/api/runs/{id}/cancel", "a run's jobs"),
        ("/api/runs/{id}/resume", "a run's jobs"),
        ("/api/runs/{id}/retry", "a run's jobs"),
        ("/api/enrichment/run", "enqueues jobs"),
        ("/api/analysis/start", "enqueues jobs"),
        ("/scraper/", "the scraper service's page asks its own process"),
        ("/api/docs", "a page of the program"),
        ("/metrics", "asked by a program"),
        ("/api/enrichment/run/{id}/status", "the older name of /api/runs/{id}"),
    ];

    fn samples() -> Samples {
        let kinds = [
            "/api/lists/{id}",
            "/api/prospects/{id}",
            "/api/views/{id}",
            "/api/universe/snapshots/{id}",
            "/api/runs/{id}",
            "/api/analysis/runs/{id}",
            "/api/imports/{id}",
            "/api/jobs/{id}",
            "/api/notes/{id}",
            "/api/analysis/templates/{id}",
        ];
        Samples {
            orgnr: "5560125790".to_owned(),
            orgnrs: vec!["5560125790".to_owned()],
            prospects: vec!["p".to_owned()],
            list: "l".to_owned(),
            listed: 1,
            filter: "revenue > 1".to_owned(),
            ids: kinds.iter().map(|kind| (*kind, "x".to_owned())).collect(),
        }
    }

    #[test]
    fn every_route_that_reads_is_asked_or_says_why_not() {
        let samples = samples();
        let asked: Vec<String> = reads(&samples)
            .into_iter()
            .chain(screens(&samples))
            .chain(writes(&samples))
            .map(|question| question.name)
            .collect();
        let is_asked = |name: &str| {
            asked.iter().any(|known| {
                known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
            })
        };
        let reading = [ReadCompanies, ReadWork, Export, RunAnalysis].map(Access::May);
        let mut missing = Vec::new();
        for (method, path, access) in ROUTES {
            let reads = *method == "GET" || *method == "POST" && reading.contains(access);
            let is_left_out = LEFT_OUT.iter().chain(&NOT_ASKED).any(|(part, _)| {
                path == part || part.ends_with('/') && path.starts_with(part) || path.contains("/events")
            });
            if reads && !is_left_out && !path.starts_with("/api/docs") && !is_asked(&format!("{method} {path}")) {
                missing.push(format!("{method} {path}"));
            }
        }
        assert!(missing.is_empty(), "ask these in crates/lode/src/commands/bench_pages/questions.rs: {missing:#?}");
    }

    #[test]
    fn samples_stand_in_the_path_of_their_kind_and_in_no_other() {
        let samples = samples();
        assert_eq!(samples.fill("/api/runs/{id}/companies").as_deref(), Some("/api/runs/x/companies"));
        assert_eq!(samples.fill("/api/companies/{orgnr}/peers").as_deref(), Some("/api/companies/5560125790/peers"));
        assert_eq!(samples.fill("/api/exports/{id}"), None);
    }
}
