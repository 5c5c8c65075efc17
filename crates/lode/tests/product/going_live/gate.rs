//! The gate: GO when every condition holds; each condition broken in turn is NO-GO and named.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::{run, said};
use crate::identity::people::{PROJECT, SECRET, token};
use crate::support::{Server, Worker, start_on};

/// A static host with a web app of one page, on an origin of its own.
async fn static_host() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = |uri: axum::http::Uri| async move {
        match uri.path() {
            "/assets/app.js" => ([(header::CONTENT_TYPE, "text/javascript")], "console.log(1)").into_response(),
            path if path.starts_with("/assets/") => StatusCode::NOT_FOUND.into_response(),
            _ => (
                [(header::CONTENT_TYPE, "text/html")],
                "<div id=\"root\"></div><script src=\"/assets/app.js\"></script>",
            )
                .into_response(),
        }
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    url
}

/// A Prometheus that has the alerts of `rules`.
async fn prometheus(rules: Arc<Mutex<Value>>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = move || {
        let body = rules.lock().unwrap().clone();
        async move { axum::Json(body) }
    };
    tokio::spawn(async move {
        axum::serve(listener, Router::new().route("/api/v1/rules", axum::routing::get(answer))).await
    });
    url
}

fn loaded_rules() -> Value {
    let text = include_str!("../../../../../deploy/prometheus/rules/alerts.yml");
    let names = text.lines().filter_map(|line| line.trim().strip_prefix("- alert: "));
    let rules: Vec<Value> = names.map(|name| json!({ "name": name, "health": "ok" })).collect();
    json!({ "status": "success", "data": { "groups": [{ "rules": rules }] } })
}

/// Everything that the gate looks at. Staging and production are the same server here.
struct Stage {
    server: Server,
    web: String,
    prometheus: String,
    rules: Arc<Mutex<Value>>,
    folder: tempfile::TempDir,
    token: String,
    worker: Option<Worker>,
}

impl Stage {
    async fn new() -> Self {
        let (web, rules) = (static_host().await, Arc::new(Mutex::new(loaded_rules())));
        let prometheus = prometheus(Arc::clone(&rules)).await;
        let db = Arc::new(testing::database().await);
        lode::demo::load::load(db.pool(), lode::demo::load::DemoSet::Small, |_, _| {}).await.unwrap();
        let settings = [
            ("REQUIRE_AUTH", "true"),
            ("SUPABASE_JWT_SECRET", SECRET),
            ("SUPABASE_URL", PROJECT),
            ("RATE_LIMIT_PER_MINUTE", "0"),
            ("CORS_ORIGINS", web.as_str()),
        ];
        let server = start_on(db, &settings).await;
        server.until_ready().await;
        let worker = Some(Worker::start(&server, &[]));
        let folder = tempfile::tempdir().unwrap();
        let stage = Self { server, web, prometheus, rules, folder, token: token(1, "admin"), worker };
        stage.write_results("passed");
        std::fs::create_dir_all(stage.path("bundle")).unwrap();
        std::fs::write(stage.path("bundle").join("index.html"), "<div id=root>").unwrap();
        std::fs::write(stage.path("bundle").join("app.js"), "fetch('/api')").unwrap();
        let (data, backups) = (stage.path("data").display().to_string(), stage.path("backups").display().to_string());
        let settings = [("DATABASE_URL", stage.server.db.url()), ("LODE_DATA_DIR", data.as_str())];
        let written = run(&["backup", "--to", &backups], &settings);
        assert!(written.status.success(), "{}", said(&written));
        let target = testing::empty_database().await;
        let settings = [("DATABASE_URL", target.url()), ("LODE_DATA_DIR", data.as_str())];
        let restored = run(&["restore", "--from", &backups], &settings);
        assert!(restored.status.success(), "{}", said(&restored));
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write_results(&self, lint: &str) {
        let results = json!({ "commit": "0123456789ab", "lint": lint, "typecheck": "passed", "build": "passed", "tests": "passed" });
        std::fs::write(self.path("results.json"), results.to_string()).unwrap();
    }

    /// Exit status, verdict, and the names of the conditions that do not hold.
    async fn gate(&self, change: impl Fn(&mut Vec<String>)) -> (Option<i32>, String, Vec<String>) {
        let path = |name: &str| self.path(name).display().to_string();
        let mut arguments: Vec<String> = [
            "gate",
            "--json",
            "--rehearsal",
            "--staging",
            &self.server.url,
            "--staging-web",
            &self.web,
            "--staging-token",
            &self.token,
            "--production",
            &self.server.url,
            "--production-web",
            &self.web,
            "--production-token",
            &self.token,
            "--results",
            &path("results.json"),
            "--bundle",
            &path("bundle"),
            "--backups",
            &path("backups"),
            "--prometheus",
            &self.prometheus,
        ]
        .map(str::to_owned)
        .to_vec();
        change(&mut arguments);
        let output =
            tokio::task::spawn_blocking(move || run(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), &[]))
                .await
                .unwrap();
        let table: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(&output)));
        let broken = table["conditions"].as_array().unwrap().iter().filter(|condition| condition["ok"] == false);
        let broken = broken
            .map(|condition| format!("{}: {}", condition["condition"].as_str().unwrap(), condition["detail"]))
            .collect();
        (output.status.code(), table["verdict"].as_str().unwrap().to_owned(), broken)
    }

    /// One condition, and no other, does not hold; with what it says.
    async fn assert_broken(&self, condition: &str, detail: &str, change: impl Fn(&mut Vec<String>)) {
        let (status, verdict, broken) = self.gate(change).await;
        assert_eq!((status, verdict.as_str()), (Some(2), "NO-GO"), "{condition}: {broken:?}");
        assert!(
            broken.len() == 1 && broken[0].starts_with(condition) && broken[0].contains(detail),
            "{condition}: {broken:?}"
        );
    }
}

fn set(arguments: &mut [String], option: &str, value: &str) {
    let place = arguments.iter().position(|argument| argument == option).unwrap();
    value.clone_into(&mut arguments[place + 1]);
}

fn same(_: &mut Vec<String>) {}

#[tokio::test]
async fn gate_is_go_when_all_holds_and_no_go_naming_each_condition_that_is_broken() {
    let mut stage = Stage::new().await;
    let (status, verdict, broken) = stage.gate(same).await;
    assert_eq!((status, verdict.as_str()), (Some(0), "GO"), "{broken:?}");

    stage.write_results("failed");
    stage.assert_broken("lint", "failed", same).await;
    stage.write_results("passed");
    for (key, condition) in [("typecheck", "typecheck"), ("build", "build"), ("tests", "tests")] {
        let text = std::fs::read_to_string(stage.path("results.json")).unwrap();
        std::fs::write(stage.path("results.json"), text.replace(&format!("\"{key}\":"), "\"other\":")).unwrap();
        stage.assert_broken(condition, "do not say", same).await;
        std::fs::write(stage.path("results.json"), text).unwrap();
    }

    std::fs::write(stage.path("bundle").join("app.js"), "fetch('http://localhost:8080/api')").unwrap();
    stage.assert_broken("no local host", "app.js", same).await;
    std::fs::write(stage.path("bundle").join("app.js"), "fetch('/api')").unwrap();

    for place in ["staging", "production"] {
        let web = format!("--{place}-web");
        let nowhere = "http://127.0.0.1:9";
        let (_, _, broken) = stage.gate(|arguments| set(arguments, &web, nowhere)).await;
        assert!(
            broken.iter().any(|row| row.starts_with(&format!("web app on {place}")))
                && broken
                    .iter()
                    .any(|row| row.starts_with(&format!("auth and CORS on {place}")) && row.contains("CORS")),
            "another origin than the allowed one: {broken:?}"
        );
        let secret = format!("--{place}-token");
        let (_, verdict, broken) = stage.gate(|arguments| set(arguments, &secret, "forged")).await;
        assert_eq!(verdict, "NO-GO");
        assert!(
            broken.iter().any(|row| row.contains(&format!("smoke on {place}")) && row.contains("401")),
            "{broken:?}"
        );
        let base = format!("--{place}");
        let (_, _, broken) = stage.gate(|arguments| set(arguments, &base, nowhere)).await;
        for condition in ["smoke", "auth and CORS", "workers", "migration level"] {
            let name = format!("{condition} on {place}");
            assert!(broken.iter().any(|row| row.starts_with(&name)), "{name}: {broken:?}");
        }
    }
    stage
        .assert_broken("address of production", "not https", |arguments| {
            arguments.retain(|argument| argument != "--rehearsal")
        })
        .await;

    *stage.rules.lock().unwrap() = json!({ "data": { "groups": [] } });
    stage.assert_broken("alert rules", "not loaded", same).await;
    *stage.rules.lock().unwrap() = loaded_rules();
    stage
        .assert_broken("alert rules", "does not answer", |arguments| {
            set(arguments, "--prometheus", "http://127.0.0.1:9")
        })
        .await;

    let pool = stage.server.db.pool();
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)")
        .execute(pool)
        .await
        .unwrap();
    let (_, _, broken) = stage.gate(same).await;
    assert!(
        broken.iter().any(|row| row.starts_with("migration level on production") && row.contains("lode migrate")),
        "{broken:?}"
    );
    // As it was, for what comes.
    let newest = store::schema::MIGRATOR.iter().max_by_key(|migration| migration.version).unwrap();
    sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES ($1, '', true, $2, 0)")
        .bind(newest.version)
        .bind(&newest.checksum[..])
        .execute(pool)
        .await
        .unwrap();

    let empty = stage.path("no-backups").display().to_string();
    let (_, _, broken) = stage.gate(|arguments| set(arguments, "--backups", &empty)).await;
    assert!(
        broken.len() == 2 && broken[0].contains("there is none") && broken[1].contains("lode restore"),
        "{broken:?}"
    );
    stage
        .assert_broken("backup is fresh", "hours old", |arguments| {
            arguments.extend(["--backup-hours".to_owned(), "0".to_owned()]);
        })
        .await;

    stage.worker.take().unwrap().kill();
    // A job that nobody takes: each place waits its minute.
    let (_, _, broken) = stage.gate(same).await;
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert!(broken.iter().all(|row| row.starts_with("workers on ") && row.contains("not within")), "{broken:?}");
}
