//! `lode doctor` on real servers: what is well is said to be, and each thing broken in turn is named with what to do.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::Value;

use super::{run, said};
use crate::queue::rig::{Process, Rig, lode};

const KEY: &str = "0101010101010101010101010101010101010101010101010101010101010101";
/// What a throw-away server or this machine may rightly be told of.
const NOT_OURS: [&str; 3] = ["durability", "disk", "slow statements"];

/// A deployment with everything: API, worker, Redis, a backup.
struct Deployment {
    rig: Rig,
    folder: tempfile::TempDir,
    base: String,
    _api: Process,
}

impl Deployment {
    async fn new() -> Self {
        let mut rig = Rig::with_own_servers().await;
        rig.start(&[]);
        let folder = tempfile::tempdir().unwrap();
        let mut command = lode();
        command
            .args(["serve", "--port", "0"])
            .env("DATABASE_URL", &rig.database_url)
            .env("LODE_DATA_DIR", folder.path());
        command.env("REDIS_URL", rig.redis_url.as_ref().unwrap()).env("RUST_LOG", "off").env("LODE_SECRET_KEY", KEY);
        let mut api = Process(command.stdout(Stdio::piped()).spawn().unwrap());
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(api.0.stdout.take().unwrap()), &mut line).unwrap();
        let base = line.trim().strip_prefix("ready ").expect("it says where it is").to_owned();
        let deployment = Self { rig, folder, base, _api: api };
        let place = deployment.path("backups");
        let written = run(
            &["backup", "--to", &place],
            &deployment.settings(&[]).iter().map(|(a, b)| (*a, b.as_str())).collect::<Vec<_>>(),
        );
        assert!(written.status.success(), "{}", said(&written));
        deployment
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn settings(&self, changed: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        let usual = [
            ("DATABASE_URL", self.rig.database_url.clone()),
            ("REDIS_URL", self.rig.redis_url.clone().unwrap()),
            ("LODE_DATA_DIR", self.path("")),
            ("LODE_SECRET_KEY", KEY.to_owned()),
        ];
        let kept = usual.into_iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
        kept.chain(changed.iter().map(|(name, value)| (*name, (*value).to_owned()))).collect()
    }

    /// The page of the web app is told the same as the command line, and in Swedish.
    async fn assert_told_by_the_api(&self, part: &str, level: &str) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.get(format!("{}/api/status/diagnosis", self.base)).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let told: serde_json::Value = answer.json().await.unwrap();
        let rows = told["findings"].as_array().unwrap();
        let row = rows.iter().find(|row| row["part"] == part).unwrap();
        let (_, found) = self.look(&[], &self.base).await;
        let doctor = found.iter().find(|one| one.0 == part).unwrap();
        assert_eq!(row["level"], level, "{row}");
        assert_eq!((row["found"]["en"].as_str(), row["remedy"]["en"].as_str()), (Some(&*doctor.2), Some(&*doctor.3)));
        assert_ne!(row["found"]["sv"], row["found"]["en"]);
        assert_eq!(told["well"], false);
        // The worst stands first, and what is well is there too.
        assert_eq!(rows[0]["level"], "failure");
        for well in
            ["database", "schema", "connections", "replicas", "redis", "artifacts", "workers", "queues", "index"]
        {
            let row = rows.iter().find(|row| row["part"] == well).unwrap();
            assert!(row["level"] == "ok" && row["remedy"].is_null(), "{row}");
        }
        let database = &told["database"];
        assert!(database["connections"].as_i64().unwrap() > 0 && database["pool_limit"].as_i64().unwrap() > 0);
        assert_eq!(told["workers"].as_array().unwrap().len(), 1);
        assert_eq!(told["workers"][0]["version"], told["program"]);
        assert!(told["backup"].is_null(), "none is noted any more");
    }

    /// Exit status, and of each part its worst level, what was found and what to do.
    async fn look(
        &self,
        changed: &[(&'static str, &str)],
        base: &str,
    ) -> (Option<i32>, Vec<(String, String, String, String)>) {
        let (settings, base) = (self.settings(changed), base.to_owned());
        let output = tokio::task::spawn_blocking(move || {
            let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
            run(&["doctor", "--json", "--base", &base], &settings)
        })
        .await
        .unwrap();
        let report: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(&output)));
        let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let findings = report["findings"].as_array().unwrap().iter();
        let found = findings
            .map(|one| (text(one, "part"), text(one, "level"), text(one, "found"), text(one, "remedy")))
            .collect();
        (output.status.code(), found)
    }

    /// With these settings the part is at this level, and what to do is said; nothing secret is.
    async fn assert_named(&self, part: &str, level: &str, remedy: &str, changed: &[(&'static str, &str)]) {
        self.assert_named_at(part, level, remedy, changed, &self.base).await;
    }

    async fn assert_named_at(
        &self,
        part: &str,
        level: &str,
        remedy: &str,
        changed: &[(&'static str, &str)],
        base: &str,
    ) {
        let (status, found) = self.look(changed, base).await;
        let named = found.iter().find(|one| one.0 == part && one.1 == level);
        let named = named.unwrap_or_else(|| panic!("{part} is no {level}: {found:#?}"));
        assert!(named.3.contains(remedy), "{part}: {named:?}");
        if level == "failure" {
            assert_eq!(status, Some(2), "{part}");
        }
        let all = format!("{found:?}");
        assert!(!all.contains("hunter2") && !all.contains(KEY), "{all}");
    }

    async fn change(&self, statement: &'static str) {
        sqlx::raw_sql(statement).execute(&self.rig.pool).await.unwrap();
    }

    async fn redis(&self, arguments: &[&str]) {
        let client = redis::Client::open(self.rig.redis_url.clone().unwrap()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        let _: redis::Value = redis::cmd(arguments[0]).arg(&arguments[1..]).query_async(&mut connection).await.unwrap();
    }
}

/// A port that speaks TLS with the certificate of the tests, valid until 2126.
async fn tls_port() -> u16 {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(include_bytes!("../queue/tls/server-key.der").as_slice()));
    let certificate = CertificateDer::from(include_bytes!("../queue/tls/server.der").as_slice());
    let settings = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(settings));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move { acceptor.accept(stream).await.map(drop) });
        }
    });
    port
}

#[tokio::test]
async fn deployment_that_is_well_is_said_to_be_and_each_broken_part_is_named() {
    let mut at = Deployment::new().await;
    // Bound and not listening: refused, and no other server can take it meanwhile.
    let nobody_listens = tokio::net::TcpSocket::new_v4().unwrap();
    nobody_listens.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let closed = nobody_listens.local_addr().unwrap().port();
    let mut found = Vec::new();
    for _ in 0..40 {
        found = at.look(&[], &at.base).await.1;
        if found.iter().all(|one| NOT_OURS.contains(&one.0.as_str()) || one.1 == "ok") {
            break;
        }
        // The worker gives its first sign.
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    for (part, level, text, _) in &found {
        assert!(NOT_OURS.contains(&part.as_str()) || level == "ok", "{part}: {level}: {text}");
    }
    at.assert_named("durability", "failure", "ALTER SYSTEM RESET", &[]).await;

    // Settings and places.
    at.assert_named("settings", "failure", ".env.example", &[("PORT", "eighty")]).await;
    at.assert_named("exposure", "failure", "REQUIRE_AUTH=true", &[("LODE_BIND", "0.0.0.0")]).await;
    at.assert_named("exposure", "failure", "proxy with TLS", &[("LODE_PUBLIC_URL", "http://lode.example")]).await;
    let away = format!("postgres://lode:hunter2@127.0.0.1:{closed}/lode");
    at.assert_named("database", "failure", "start Postgres", &[("DATABASE_URL", &away)]).await;
    at.assert_named("connections", "unknown", "database first", &[("DATABASE_URL", &away)]).await;
    let away = format!("redis://:hunter2@127.0.0.1:{closed}");
    at.assert_named("redis", "failure", "REDIS_URL", &[("REDIS_URL", &away)]).await;
    at.assert_named("redis", "warning", "REDIS_URL", &[("REDIS_URL", "")]).await;
    std::fs::write(at.path("file"), "x").unwrap();
    let inside_a_file = format!("{}/store", at.path("file"));
    at.assert_named("artifacts", "failure", "ARTIFACT_STORE_URL", &[("ARTIFACT_STORE_URL", &inside_a_file)]).await;
    let model = [("LLM_BASE_URL", "http://127.0.0.1:9/v1"), ("LLM_MODEL", "a-model"), ("OPENAI_API_KEY", "hunter2")];
    at.assert_named("models", "warning", "ask again", &model).await;
    let mail = [("SMTP_URL", "smtps://a:hunter2@mail.example"), ("SMTP_FROM", "a@lode.example")];
    at.assert_named("mail", "warning", "LODE_PUBLIC_URL", &mail).await;
    at.assert_named_at("server", "failure", "alerts.md", &[], &format!("http://127.0.0.1:{closed}")).await;
    let tls = format!("https://localhost:{}", tls_port().await);
    at.assert_named_at("server", "failure", "certificate", &[], &tls).await;
    let (_, found) = at.look(&[], &tls).await;
    let certificate = found.iter().find(|one| one.0 == "certificates").unwrap();
    assert!(certificate.1 == "ok" && certificate.2.contains("2126"), "{certificate:?}");

    // What the servers hold.
    at.change("UPDATE maintenance_facts SET at = now() - interval '30 hours' WHERE name = 'backup'").await;
    at.assert_named("backup", "warning", "lode backup", &[]).await;
    at.change("DELETE FROM maintenance_facts WHERE name = 'backup'").await;
    at.assert_named("backup", "failure", "lode backup", &[]).await;
    at.assert_told_by_the_api("backup", "failure").await;
    at.change("INSERT INTO signing_keys (secret) VALUES (decode(repeat('ab', 40), 'hex'))").await;
    at.assert_named("secrets", "warning", "seal-secrets", &[]).await;
    at.assert_named("secrets", "warning", "LODE_SECRET_KEY", &[("LODE_SECRET_KEY", "")]).await;
    at.change(
        "UPDATE signing_keys SET secret = convert_to('lode-sealed-1:', 'UTF8') || decode(repeat('ab', 60), 'hex')",
    )
    .await;
    at.assert_named("secrets", "failure", "LODE_SECRET_KEY_PREVIOUS", &[]).await;
    at.change("DELETE FROM signing_keys").await;
    at.redis(&["CONFIG", "SET", "maxmemory-policy", "allkeys-lru"]).await;
    at.assert_named("redis memory", "failure", "noeviction", &[]).await;
    at.redis(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]).await;
    at.redis(&["CONFIG", "SET", "maxmemory", "1"]).await;
    at.assert_named("redis", "failure", "maxmemory", &[]).await;
    at.redis(&["CONFIG", "SET", "maxmemory", "0"]).await;

    // Jobs: dead ones, no worker, one that nobody takes.
    for worker in &mut at.rig.workers {
        worker.0.kill().unwrap();
        worker.0.wait().unwrap();
    }
    at.change("DELETE FROM job_workers").await;
    at.assert_named("workers", "warning", "lode worker", &[]).await;
    at.rig.enqueue(0..2, 0).await;
    at.assert_named("workers", "failure", "lode worker", &[]).await;
    at.change("UPDATE jobs SET run_at = now() - interval '1 hour' WHERE kind = 'run_probe'").await;
    at.assert_named("queues", "failure", "lode worker monitors", &[]).await;
    at.change("UPDATE jobs SET state = 'discarded', finished_at = now() WHERE kind = 'run_probe'").await;
    at.assert_named("dead jobs", "warning", "retry", &[]).await;

    at.change("ALTER TABLE company_facts RENAME COLUMN revenue TO revenue_gone").await;
    at.assert_named("schema", "failure", "lode migrate", &[]).await;
    at.rig.servers.take().unwrap().stop_and_remove().await;
}
