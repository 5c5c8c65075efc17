//! Watched screens end to end: what entered and left and why, told in the application, by signed webhook and by email.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::support::{Server, start};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use config::Config;
use hmac::{Hmac, KeyInit, Mac};
use outbound::mailer::Mailer;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use universe::sets::Sets;
use worker::watch_screens::{Watcher, senders};

async fn send(server: &Server, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    server.send(method, path, body.as_ref()).await
}

/// Sets a company's revenue, as an import would: facts and feed in one transaction.
async fn set_revenue(server: &Server, orgnr: i64, revenue: i64) {
    let mut tx = server.db.pool().begin().await.unwrap();
    for statement in [
        "INSERT INTO companies (orgnr, name) VALUES ($1, 'Bolag ' || $1) ON CONFLICT DO NOTHING",
        "INSERT INTO change_feed (orgnr) VALUES ($1)",
    ] {
        sqlx::query(statement).bind(orgnr).execute(&mut *tx).await.unwrap();
    }
    sqlx::query(
        "INSERT INTO company_facts (orgnr, name, revenue) VALUES ($1, 'Bolag ' || $1, $2)
         ON CONFLICT (orgnr) DO UPDATE SET revenue = EXCLUDED.revenue",
    )
    .bind(orgnr)
    .bind(revenue)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    until_decided(server).await;
}

/// Waits until every change counts: one does not while an older transaction runs anywhere on the server, in the databases of
/// other tests too.
async fn until_decided(server: &Server) {
    for _ in 0..1_200 {
        let is_decided: bool = sqlx::query_scalar(
            "SELECT coalesce(max(transaction) < pg_snapshot_xmin(pg_current_snapshot()), true) FROM change_feed",
        )
        .fetch_one(server.db.pool())
        .await
        .unwrap();
        if is_decided {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("a transaction has been running for half a minute");
}

fn runner(server: &Server, settings: &[(&str, &str)]) -> Watcher {
    let settings: HashMap<String, String> =
        settings.iter().copied().chain([("HOME", "/home/x")]).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let config = Config::from_values(|name| settings.get(name).cloned()).unwrap();
    Watcher {
        db: server.db.pool().clone(),
        sets: Arc::new(Sets::new(server.db.pool().clone())),
        senders: senders(&config).unwrap(),
        public_url: Some("https://lode.example".to_owned()),
    }
}

/// What the jobs of the queue do, one after the other.
async fn work(watcher: &Watcher, with_digests: bool) {
    watcher.check_screens(Utc::now()).await.unwrap();
    if with_digests {
        watcher.send_digests(Utc::now()).await.unwrap();
    }
    watcher.send_messages().await.unwrap();
}

/// A watched screen of companies with at least 50 million in revenue; returns the view's and the monitor's ids.
async fn watch(server: &Server, wish: Value) -> (String, String) {
    let filter = json!({ "field": "revenue", "op": ">=", "value": 50_000_000 });
    let body = json!({ "name": "Stora", "scope": "team", "filter": filter });
    let (status, view) = send(server, "POST", "/api/views", Some(body)).await;
    assert_eq!(status, 201, "{view}");
    let view = view["id"].as_str().unwrap().to_owned();
    let (status, monitor) = send(server, "PUT", &format!("/api/views/{view}/monitor"), Some(wish)).await;
    assert_eq!(status, 200, "{monitor}");
    assert!(monitor["checked_at"].is_string(), "it is remembered at once: {monitor}");
    (view, monitor["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_watched_screen_tells_who_came_and_went_and_why() {
    let server = start(&[]).await;
    set_revenue(&server, 5_560_000_001, 60_000_000).await;
    set_revenue(&server, 5_560_000_002, 40_000_000).await;
    let (view, monitor) = watch(&server, json!({})).await;
    let runner = runner(&server, &[]);
    work(&runner, false).await;
    assert_eq!(send(&server, "GET", "/api/home", None).await.1["changes"], json!([]), "nothing changed yet");

    set_revenue(&server, 5_560_000_001, 45_000_000).await;
    set_revenue(&server, 5_560_000_002, 55_000_000).await;
    set_revenue(&server, 5_560_000_003, 70_000_000).await;
    // While an import is at work half of its companies would be told of.
    sqlx::query("INSERT INTO imports (kind, status, input_key) VALUES ('filings', 'running', 'x')")
        .execute(server.db.pool())
        .await
        .unwrap();
    work(&runner, false).await;
    assert_eq!(send(&server, "GET", "/api/home", None).await.1["changes"], json!([]), "not during an import");
    sqlx::query("UPDATE imports SET status = 'completed'").execute(server.db.pool()).await.unwrap();
    work(&runner, false).await;
    work(&runner, false).await;

    let (_, told) = send(&server, "GET", "/api/notifications", None).await;
    assert_eq!((&told["unread_count"], &told["items"][0]["kind"]), (&json!(1), &json!("screen_changed")), "{told}");
    let subject = told["items"][0]["subject"].as_str().unwrap().strip_prefix("change:").unwrap().to_owned();
    let (status, change) = send(&server, "GET", &format!("/api/monitors/changes/{subject}"), None).await;
    assert_eq!((status, &change["entered_count"], &change["left_count"]), (200, &json!(2), &json!(1)), "{change}");
    let left = &change["left"][0];
    assert_eq!((&left["orgnr"], &left["reason"]), (&json!("5560000001"), &json!("changed")));
    assert_eq!(
        (&left["causes"][0]["field"], &left["causes"][0]["before"], &left["causes"][0]["after"]),
        (&json!("revenue"), &json!(60_000_000), &json!(45_000_000)),
        "{change}"
    );
    let reasons: Vec<&str> =
        change["entered"].as_array().unwrap().iter().map(|c| c["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["changed", "new"]);
    let (_, home) = send(&server, "GET", "/api/home", None).await;
    assert_eq!((&home["changes"][0]["id"], &home["watched_count"]), (&json!(subject), &json!(1)));
    let (_, taken) = send(&server, "GET", "/api/universe/snapshots", None).await;
    assert_eq!(taken["items"], json!([]), "baselines are not among the snapshots that people take");

    // Another filter in the view is another screen: it is remembered, not told as a flood.
    let body = json!({ "name": "Stora", "scope": "team", "filter": { "field": "revenue", "op": ">=", "value": 1 } });
    assert_eq!(send(&server, "PUT", &format!("/api/views/{view}"), Some(body)).await.0, 200);
    let (_, checked) = send(&server, "POST", &format!("/api/monitors/{monitor}/check"), None).await;
    assert_eq!(checked["outcome"], json!("remembered"));
    assert_eq!(send(&server, "DELETE", &format!("/api/monitors/{monitor}"), None).await.0, 204);
    assert_eq!(send(&server, "POST", &format!("/api/monitors/{monitor}/check"), None).await.0, 404);
    assert_eq!(
        send(&server, "PUT", &format!("/api/views/{view}/monitor"), Some(json!({ "by_email": true }))).await.0,
        422
    );
}

/// A receiver that answers with the given statuses in turn and keeps what came.
async fn receiver(statuses: Vec<u16>) -> (String, Arc<Mutex<Vec<(HashMap<String, String>, String)>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let calls = Arc::new(Mutex::new(Vec::new()));
    let kept = calls.clone();
    tokio::spawn(async move {
        for turn in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let mut reader = BufReader::new(stream);
            let (mut headers, mut line) = (HashMap::new(), String::new());
            reader.read_line(&mut line).await.unwrap();
            loop {
                line.clear();
                reader.read_line(&mut line).await.unwrap();
                let Some((name, value)) = line.trim().split_once(": ") else { break };
                headers.insert(name.to_lowercase(), value.to_owned());
            }
            let mut body = vec![0; headers["content-length"].parse().unwrap()];
            reader.read_exact(&mut body).await.unwrap();
            kept.lock().unwrap().push((headers, String::from_utf8(body).unwrap()));
            let status = statuses.get(turn).copied().unwrap_or(200);
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            reader.get_mut().write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, calls)
}

#[tokio::test]
async fn a_webhook_is_called_signed_and_called_again_until_it_answers() {
    let settings = [("WEBHOOK_ALLOW_PRIVATE", "true")];
    let server = start(&settings).await;
    let (url, calls) = receiver(vec![200, 503, 200]).await;
    let (status, made) = send(&server, "POST", "/api/admin/webhooks", Some(json!({ "name": "CRM", "url": url }))).await;
    assert_eq!(status, 201, "{made}");
    let (hook, secret) = (made["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned());
    let (_, list) = send(&server, "GET", "/api/admin/webhooks", None).await;
    assert!(!list.to_string().contains(&secret), "the secret is shown once");
    let (_, tried) = send(&server, "POST", &format!("/api/admin/webhooks/{hook}/test"), None).await;
    assert_eq!((&tried["is_delivered"], &tried["status"]), (&json!(true), &json!(200)), "{tried}");

    watch(&server, json!({ "webhook_id": hook })).await;
    set_revenue(&server, 5_560_000_009, 99_000_000).await;
    let runner = runner(&server, &settings);
    work(&runner, false).await;
    let log = format!("/api/admin/webhooks/{hook}/calls");
    let (_, after) = send(&server, "GET", &log, None).await;
    let first = &after["items"][0];
    assert_eq!(
        (&first["state"], &first["attempts"], &first["status"]),
        (&json!("waiting"), &json!(1), &json!(503)),
        "{after}"
    );
    work(&runner, false).await;
    assert_eq!(calls.lock().unwrap().len(), 2, "not before its wait is over");
    sqlx::query("UPDATE deliveries SET next_attempt_at = now() WHERE state = 'waiting'")
        .execute(server.db.pool())
        .await
        .unwrap();
    work(&runner, false).await;
    let (_, after) = send(&server, "GET", &log, None).await;
    assert_eq!(
        (&after["items"][0]["state"], &after["items"][0]["attempts"]),
        (&json!("delivered"), &json!(2)),
        "{after}"
    );

    let calls = calls.lock().unwrap().clone();
    let ids: Vec<&String> = calls.iter().map(|(headers, _)| &headers["webhook-id"]).collect();
    assert!(ids[1] == ids[2] && ids[0] != ids[1], "a call that is tried again keeps its id");
    for (headers, body) in &calls {
        let mut mac =
            Hmac::<sha2::Sha256>::new_from_slice(&STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap())
                .unwrap();
        mac.update(format!("{}.{}.{body}", headers["webhook-id"], headers["webhook-timestamp"]).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        assert_eq!(headers["webhook-signature"], expected);
    }
    let body: Value = serde_json::from_str(&calls[2].1).unwrap();
    assert_eq!(
        (&body["type"], &body["data"]["entered"][0]["reason"]),
        (&json!("screen.changed"), &json!("new")),
        "{body}"
    );
}

#[tokio::test]
async fn a_webhook_never_leads_inside() {
    let server = start(&[]).await;
    for url in ["http://example.com/", "https://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/", "ftp://a.se", "x"] {
        let (status, problem) =
            send(&server, "POST", "/api/admin/webhooks", Some(json!({ "name": "x", "url": url }))).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/url")), "{url}: {problem}");
    }
    // A name that leads inside is found out when it is called, before a connection is opened.
    let (url, calls) = receiver(vec![]).await;
    let port = url.rsplit(':').next().unwrap().split('/').next().unwrap().to_owned();
    let body = json!({ "name": "x", "url": format!("https://localhost:{port}/hook") });
    let (_, made) = send(&server, "POST", "/api/admin/webhooks", Some(body)).await;
    let path = format!("/api/admin/webhooks/{}/test", made["id"].as_str().unwrap());
    let (_, tried) = send(&server, "POST", &path, None).await;
    assert_eq!(tried["is_delivered"], json!(false));
    assert!(tried["error"].as_str().unwrap().contains("loopback"), "{tried}");
    assert!(calls.lock().unwrap().is_empty());
}

/// A mail server that speaks SMTP and keeps the emails.
pub async fn mail_server() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let emails = Arc::new(Mutex::new(Vec::new()));
    let kept = emails.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let kept = kept.clone();
            tokio::spawn(async move {
                let mut reader = BufReader::new(stream);
                let mut email = String::new();
                reader.get_mut().write_all(b"220 mail.example ESMTP\r\n").await.unwrap();
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).await.unwrap_or(0) == 0 {
                        return;
                    }
                    email.push_str(&line);
                    let answer = match line.get(..4).unwrap_or_default().to_uppercase().as_str() {
                        "EHLO" => "250-mail.example\r\n250 8BITMIME\r\n",
                        "DATA" => {
                            reader.get_mut().write_all(b"354 go on\r\n").await.unwrap();
                            loop {
                                let mut line = String::new();
                                reader.read_line(&mut line).await.unwrap();
                                if line == ".\r\n" {
                                    break;
                                }
                                email.push_str(&line);
                            }
                            kept.lock().unwrap().push(std::mem::take(&mut email));
                            "250 taken\r\n"
                        }
                        "QUIT" => "221 bye\r\n",
                        _ => "250 ok\r\n",
                    };
                    reader.get_mut().write_all(answer.as_bytes()).await.unwrap();
                }
            });
        }
    });
    (url, emails)
}

#[tokio::test]
async fn a_daily_digest_is_one_email_with_every_change() {
    let (url, emails) = mail_server().await;
    let settings = [("SMTP_URL", url.as_str()), ("SMTP_FROM", "Lode <lode@example.com>")];
    let server = start(&settings).await;
    sqlx::query("UPDATE users SET email = 'anna@example.se'").execute(server.db.pool()).await.unwrap();
    watch(&server, json!({ "rhythm": "daily", "by_email": true })).await;
    let runner = runner(&server, &settings);
    for (orgnr, revenue) in [(5_560_000_021, 80_000_000), (5_560_000_022, 90_000_000)] {
        set_revenue(&server, orgnr, revenue).await;
        work(&runner, false).await;
    }
    assert!(emails.lock().unwrap().is_empty(), "it waits for the day's message");
    assert_eq!(send(&server, "GET", "/api/notifications", None).await.1["unread_count"], json!(0));
    work(&runner, true).await;
    work(&runner, true).await;
    let emails = emails.lock().unwrap().clone();
    assert_eq!(emails.len(), 1, "{emails:?}");
    for words in
        ["RCPT TO:<anna@example.se>", "From: Lode <lode@example.com>", "5560000021", "5560000022", "Message-ID:"]
    {
        assert!(emails[0].contains(words) || emails[0].replace('-', "").contains(words), "{words}: {}", emails[0]);
    }
    assert_eq!(send(&server, "GET", "/api/notifications", None).await.1["unread_count"], json!(2));
}

#[test]
fn wrong_mail_settings_are_named_without_the_password() {
    let error = Mailer::new("carrier-pigeon://anna:hemligt@example.com", "Lode <lode@example.com>").err().unwrap();
    assert!(error.contains("SMTP_URL") && !error.contains("hemligt"), "{error}");
    assert!(Mailer::new("smtps://mail.example.com", "nobody").err().unwrap().contains("SMTP_FROM"));
}
