//! Traces as a collector gets them: one from the caller's request through the job to the model, without what nobody else may know; and a
//! collector that is away, slow or at fault costs traces and nothing else.

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{PAGE, Rig, companies, rig, texts, website};
use crate::queue::rig::{Process, client, lode};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// How the collector answers.
#[derive(Clone, Copy, Default)]
enum Mood {
    #[default]
    Well,
    Broken,
    Slow,
    Choosy,
}

/// A collector that speaks OTLP over HTTP in JSON.
#[derive(Clone, Default)]
struct Collector {
    got: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    mood: Arc<Mutex<Mood>>,
}

impl Collector {
    async fn start() -> (Self, String) {
        let collector = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let routes = Router::new().route("/v1/traces", axum::routing::post(receive)).with_state(collector.clone());
        tokio::spawn(async move { axum::serve(listener, routes.layer(DefaultBodyLimit::disable())).await });
        (collector, endpoint)
    }

    /// The spans that came, each with the name of its service.
    fn spans(&self) -> Vec<(String, Value)> {
        let got = self.got.lock().unwrap();
        let groups = got.iter().flat_map(|(_, body)| body["resourceSpans"].as_array().unwrap().clone());
        let of = |group: Value| {
            let attributes = group["resource"]["attributes"].as_array().unwrap().clone();
            let service = attributes.iter().find(|one| one["key"] == "service.name").unwrap();
            let service = service["value"]["stringValue"].as_str().unwrap().to_owned();
            let spans = group["scopeSpans"][0]["spans"].as_array().unwrap().clone();
            spans.into_iter().map(move |span| (service.clone(), span)).collect::<Vec<_>>()
        };
        groups.flat_map(of).collect()
    }

    async fn until(&self, is_there: impl Fn(&str, &Value) -> bool) -> Value {
        for _ in 0..400 {
            if let Some((_, span)) = self.spans().into_iter().find(|(service, span)| is_there(service, span)) {
                return span;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no such span: {:#?}", self.spans());
    }
}

async fn receive(State(collector): State<Collector>, headers: HeaderMap, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    collector.got.lock().unwrap().push((headers, body));
    let mood = *collector.mood.lock().unwrap();
    match mood {
        Mood::Well => axum::Json(json!({})).into_response(),
        Mood::Broken => (StatusCode::INTERNAL_SERVER_ERROR, "no").into_response(),
        Mood::Choosy => axum::Json(json!({ "partialSuccess": { "rejectedSpans": "1" } })).into_response(),
        Mood::Slow => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::OK.into_response()
        }
    }
}

fn command(rig: &Rig, endpoint: &str, arguments: &[&str], folder: &tempfile::TempDir) -> std::process::Command {
    let mut command = lode();
    command.args(arguments).env("DATABASE_URL", rig.server.db.url()).env("LODE_DATA_DIR", folder.path());
    command.envs(rig.settings.iter().cloned()).env("RUST_LOG", "error").env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    command
        .env("OTEL_BSP_SCHEDULE_DELAY", "50")
        .env("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20of-collector");
    command.stderr(Stdio::null());
    command
}

fn serve(rig: &Rig, endpoint: &str, folder: &tempfile::TempDir, settings: &[(&str, &str)]) -> (Process, String) {
    let mut command = command(rig, endpoint, &["serve", "--port", "0"], folder);
    let mut api = Process(command.envs(settings.iter().copied()).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(api.0.stdout.take().unwrap()), &mut line).unwrap();
    (api, line.trim().strip_prefix("ready ").expect("it says where it is").to_owned())
}

fn attribute(span: &Value, name: &str) -> Value {
    let found = span["attributes"].as_array().unwrap().iter().find(|one| one["key"] == name);
    found
        .map(|one| one["value"]["stringValue"].as_str().or(one["value"]["intValue"].as_str()).into())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn collector_gets_one_trace_from_the_request_over_the_job_to_the_model_and_no_text_of_anybody() {
    let rig = rig().await;
    let orgnrs = companies(&rig.server, 1).await;
    website(&rig.server, orgnrs[0], PAGE).await;
    let (collector, endpoint) = Collector::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (_api, base) = serve(&rig, &endpoint, &folder, &[]);
    let worker = command(&rig, &endpoint, &["worker"], &folder).stdout(Stdio::null()).spawn().unwrap();
    let _worker = Process(worker);

    let body = json!({ "orgnrs": texts(&orgnrs), "provider": "default", "template_key": "full" });
    let request = client().post(format!("{base}/api/analysis/start?note=hunter2")).json(&body);
    let answer = request.header("traceparent", format!("00-{TRACE}-{CALLER}-01")).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let of_trace = |span: &Value, name: &str| span["traceId"] == TRACE && span["name"] == name;
    let called = collector.until(|_, span| of_trace(span, "chat m")).await;
    let job = collector.until(|_, span| of_trace(span, "job analyse_company_with_model")).await;
    let asked = collector.until(|_, span| of_trace(span, "POST /api/analysis/start")).await;
    let service = |of: &Value| collector.spans().into_iter().find(|(_, span)| span == of).unwrap().0;
    assert_eq!((service(&asked).as_str(), service(&job).as_str()), ("lode-api", "lode-worker"));
    assert_eq!(asked["parentSpanId"], CALLER);
    assert_eq!(job["parentSpanId"], asked["spanId"]);
    assert_eq!(called["parentSpanId"], job["spanId"]);
    assert_eq!([&asked["kind"], &job["kind"], &called["kind"]], [2, 5, 3]);
    let time = |span: &Value, of: &str| span[of].as_str().unwrap().parse::<u64>().unwrap();
    assert!(time(&job, "startTimeUnixNano") <= time(&called, "startTimeUnixNano"));
    assert!(time(&called, "endTimeUnixNano") <= time(&job, "endTimeUnixNano"));
    assert_eq!(
        (attribute(&asked, "http.response.status_code"), attribute(&job, "lode.job.attempt")),
        ("201".into(), "1".into())
    );
    assert!(attribute(&called, "gen_ai.usage.input_tokens").is_string(), "{called}");
    // The model was told of the very step that the collector knows.
    let sent: Vec<String> = rig.model.requests().into_iter().filter_map(|request| request.traceparent).collect();
    let parent = format!("00-{TRACE}-{}-01", called["spanId"].as_str().unwrap());
    assert!(sent.contains(&parent), "{parent}: {sent:?}");

    // A caller that does not keep its trace is followed, and probes are no traces.
    let unkept = "0af7651916cd43dd8448eb211c80319c";
    let request = client().get(format!("{base}/api/lists?scope=all"));
    request.header("traceparent", format!("00-{unkept}-{CALLER}-00")).send().await.unwrap();
    client().get(format!("{base}/health")).send().await.unwrap();
    let company = client().get(format!("{base}/api/companies/{}", texts(&orgnrs)[0])).send().await.unwrap();
    assert_eq!(company.status(), 200);
    collector.until(|_, span| span["name"] == "GET /api/companies/{orgnr}").await;
    assert!(collector.spans().iter().all(|(_, span)| span["traceId"] != unkept && span["name"] != "GET /health"));

    let got = collector.got.lock().unwrap();
    assert!(got.iter().all(|(headers, _)| headers["authorization"] == "Bearer of-collector"));
    let all: String = got.iter().map(|(_, body)| body.to_string()).collect();
    let orgnr = orgnrs[0].number().to_string();
    for secret in ["hunter2", "of-collector", orgnr.as_str(), rig.server.db.url(), PAGE] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn collector_that_is_away_slow_choosy_or_at_fault_costs_traces_alone_and_the_metrics_say_so() {
    let rig = rig().await;
    let folder = tempfile::tempdir().unwrap();
    let (collector, endpoint) = Collector::start().await;
    let lost = async |base: &str, outcome: &str| {
        let line = format!("lode_trace_steps_total{{outcome=\"{outcome}\"}} ");
        for _ in 0..200 {
            let metrics = client().get(format!("{base}/metrics")).send().await.unwrap().text().await.unwrap();
            let found = metrics.lines().find_map(|one| one.strip_prefix(&line)?.parse::<u64>().ok());
            if found.is_some_and(|count| count > 0) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing is told to be {outcome}");
    };
    let ask = async |base: &str, times: usize| {
        for _ in 0..times {
            let answer = client().get(format!("{base}/api/lists?scope=all")).send().await.unwrap();
            assert_eq!(answer.status(), 200);
        }
    };
    let nobody = "http://127.0.0.1:9";
    for (mood, endpoint, outcome) in [
        (Mood::Broken, endpoint.as_str(), "not_taken"),
        (Mood::Choosy, endpoint.as_str(), "rejected"),
        (Mood::Well, endpoint.as_str(), "sent"),
        (Mood::Well, nobody, "not_taken"),
    ] {
        *collector.mood.lock().unwrap() = mood;
        let (_api, base) = serve(&rig, endpoint, &folder, &[]);
        ask(&base, 5).await;
        lost(&base, outcome).await;
    }

    // One that holds every request longer than the queue is long.
    *collector.mood.lock().unwrap() = Mood::Slow;
    let (mut api, base) = serve(&rig, &endpoint, &folder, &[("RATE_LIMIT_PER_MINUTE", "1000000")]);
    let asking = client();
    let ask_nothing = async |times: usize| {
        for _ in 0..times {
            let answer = asking.get(format!("{base}/api/nothing")).send().await.unwrap();
            assert_eq!(answer.status(), 404);
        }
    };
    // More than wait and are under way: whoever waited for a place would lose none.
    futures::future::join_all((0..8).map(|_| ask_nothing(400))).await;
    lost(&base, "queue_full").await;
    // Nor does it hold up the end of the process for long.
    let begun = Instant::now();
    api.signal(nix::sys::signal::Signal::SIGINT);
    let ended = tokio::task::spawn_blocking(move || api.0.wait()).await.unwrap().unwrap();
    assert!(ended.success() && begun.elapsed() < Duration::from_secs(20), "{ended} {:?}", begun.elapsed());
}
