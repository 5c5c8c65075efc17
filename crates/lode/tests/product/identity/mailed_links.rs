//! Invitations and links for forgotten passwords by email, on a mail server that speaks SMTP; and whose addresses may have an account.

use std::sync::{Arc, Mutex};

use chrono::Utc;
use domain::access::Role;
use outbound::send::{Senders, send_due};
use serde_json::json;
use worker::watch_screens::senders;

use super::people::{PASSWORD, access, join, send, sign_in, with_accounts};
use crate::monitors::mail_server;
use crate::support::Server;

const HOME: &str = "https://lode.example";

/// A server that mails links, what mails them, and what was mailed.
struct Rig {
    server: Server,
    senders: Senders,
    emails: Arc<Mutex<Vec<String>>>,
}

impl Rig {
    async fn start() -> Self {
        let (url, emails) = mail_server().await;
        let settings =
            [("SMTP_URL", url.as_str()), ("SMTP_FROM", "Lode <lode@example.com>"), ("LODE_PUBLIC_URL", HOME)];
        let server = with_accounts(&settings).await;
        let read = |name: &str| match name {
            "HOME" => Some("/nonexistent".to_owned()),
            _ => settings.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned()),
        };
        let senders = senders(&config::Config::from_values(read).unwrap()).unwrap();
        Self { server, senders, emails }
    }

    /// Sends what is due; the recipient and the link's secret of each email.
    async fn mailed(&self) -> Vec<(String, String)> {
        send_due(self.server.db.pool(), &self.senders, Utc::now).await.unwrap();
        let emails = std::mem::take(&mut *self.emails.lock().unwrap());
        emails.iter().map(|email| read(email)).collect()
    }

    async fn ask(&self, email: &str) {
        let body = json!({ "email": email });
        let (status, answer) = send(&self.server, "POST", "/auth/v1/recover", None, Some(&body)).await;
        assert_eq!((status, answer), (200, json!({})), "the same for every address");
    }

    async fn accept(&self, kind: &str, secret: &str) -> (u16, serde_json::Value) {
        let body = json!({ "type": kind, "token_hash": secret });
        send(&self.server, "POST", "/auth/v1/verify", None, Some(&body)).await
    }
}

/// The recipient of an email and the secret of its link.
fn read(email: &str) -> (String, String) {
    let to = email.split("RCPT TO:<").nth(1).unwrap().split('>').next().unwrap().to_owned();
    // Quoted-printable: long lines are folded, and an equals sign is written in hexadecimal.
    let plain = email.replace("=\r\n", "").replace("=3D", "=");
    let link = plain.split(&format!("{HOME}/accept#type=")).nth(1).expect("a link to the web app");
    let secret: String = link.split("token_hash=").nth(1).unwrap().chars().take_while(|c| !c.is_whitespace()).collect();
    (to, secret)
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once() {
    let rig = Rig::start().await;
    let capabilities = rig.server.json("/api/status/capabilities", 200).await;
    assert_eq!(capabilities["sign_in"]["mails_links"], true);
    join(&rig.server, "anna@example.se", Role::Analyst).await;
    rig.ask("ANNA@example.se ").await;
    let kept: Vec<String> = sqlx::query_scalar("SELECT body::text FROM deliveries WHERE event = 'account.link'")
        .fetch_all(rig.server.db.pool())
        .await
        .unwrap();
    assert!(kept.len() == 1 && !kept[0].contains("token_hash"), "no secret waits in the database: {kept:?}");
    let mailed = rig.mailed().await;
    let [(to, secret)] = &mailed[..] else { panic!("{mailed:?}") };
    assert_eq!((to.as_str(), secret.len()), ("anna@example.se", 43), "256 random bits, to the address of the account");
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM deliveries WHERE body::text LIKE '%' || $1 || '%'")
        .bind(secret)
        .fetch_one(rig.server.db.pool())
        .await
        .unwrap();
    assert_eq!(kept, 0, "nor after it was sent");

    let (status, session) = rig.accept("recovery", secret).await;
    assert_eq!(status, 200, "{session}");
    let change = json!({ "password": "En helt ny mening" });
    assert_eq!(send(&rig.server, "PUT", "/auth/v1/user", Some(access(&session)), Some(&change)).await.0, 200);
    assert_eq!(rig.accept("recovery", secret).await.0, 403, "once");
    assert_eq!(sign_in(&rig.server, "anna@example.se", PASSWORD).await.0, 400);
    assert_eq!(sign_in(&rig.server, "anna@example.se", "En helt ny mening").await.0, 200);
}

#[tokio::test]
async fn asking_for_a_link_tells_nothing_and_floods_nobody() {
    let rig = Rig::start().await;
    join(&rig.server, "anna@example.se", Role::Viewer).await;
    join(&rig.server, "out@example.se", Role::Viewer).await;
    sqlx::query("UPDATE users SET disabled_at = now() WHERE email = 'out@example.se'")
        .execute(rig.server.db.pool())
        .await
        .unwrap();
    for _ in 0..4 {
        for email in ["anna@example.se", "out@example.se", "nobody@example.se", "", "%"] {
            rig.ask(email).await;
        }
    }
    let mailed = rig.mailed().await;
    assert_eq!(
        mailed.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(),
        ["anna@example.se"],
        "once in five minutes"
    );
    for _ in 0..12 {
        sqlx::query("UPDATE deliveries SET created_at = created_at - interval '6 minutes'")
            .execute(rig.server.db.pool())
            .await
            .unwrap();
        rig.ask("anna@example.se").await;
    }
    assert_eq!(rig.mailed().await.len(), 9, "ten a day");
}

#[tokio::test]
async fn asking_is_limited_by_the_callers_address() {
    let server = with_accounts(&[("SIGN_IN_LIMIT_PER_MINUTE", "6")]).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let body = json!({ "email": "anna@example.se" });
        statuses.push(send(&server, "POST", "/auth/v1/recover", None, Some(&body)).await.0);
    }
    assert_eq!(statuses, [200, 200, 429]);
}

#[tokio::test]
async fn an_invitation_is_mailed_and_a_link_that_was_not_sent_is_made_anew() {
    let rig = Rig::start().await;
    let admin = join(&rig.server, "admin@example.se", Role::Admin).await;
    let body = json!({ "email": "rut@example.se", "role": "analyst", "by_email": true });
    let (status, made) = send(&rig.server, "POST", "/api/admin/users", Some(access(&admin)), Some(&body)).await;
    assert_eq!((status, &made["path"]), (201, &serde_json::Value::Null), "{made}");
    let (_, people) = send(&rig.server, "GET", "/api/admin/users", Some(access(&admin)), None).await;
    let invited = people["items"].as_array().unwrap().iter().find(|one| one["email"] == "rut@example.se").unwrap();
    assert_ne!(
        invited["invitation_expires_at"],
        json!(null),
        "an invitation that is on its way is not over: {invited}"
    );
    // The mail server is away for the first try.
    let away = Senders {
        mailer: outbound::mailer::Mailer::new("smtp://127.0.0.1:1", "a@example.com").ok(),
        ..rig.senders.clone()
    };
    send_due(rig.server.db.pool(), &away, Utc::now).await.unwrap();
    sqlx::query("UPDATE deliveries SET next_attempt_at = now()").execute(rig.server.db.pool()).await.unwrap();
    let mailed = rig.mailed().await;
    let [(to, secret)] = &mailed[..] else { panic!("{mailed:?}") };
    assert_eq!(to, "rut@example.se");
    let (status, session) = rig.accept("invite", secret).await;
    assert_eq!((status, &session["user"]["app_metadata"]["role"]), (200, &json!("analyst")), "{session}");

    let server = with_accounts(&[]).await;
    let admin = join(&server, "admin@example.se", Role::Admin).await;
    let (status, problem) = send(&server, "POST", "/api/admin/users", Some(access(&admin)), Some(&body)).await;
    assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!("/by_email")), "{problem}");
}

#[tokio::test]
async fn addresses_of_other_domains_get_no_account_by_any_way() {
    let server = with_accounts(&[("LODE_ACCOUNT_DOMAINS", "example.se")]).await;
    let admin = join(&server, "admin@example.se", Role::Admin).await;
    for (email, status) in [("rut@evil.example", 422), ("rut@sub.example.se", 422), ("rut@example.se", 201)] {
        let body = json!({ "email": email, "role": "viewer" });
        let (found, answer) = send(&server, "POST", "/api/admin/users", Some(access(&admin)), Some(&body)).await;
        assert_eq!(found, status, "{email}: {answer}");
    }
    let body = json!({ "email": "eve@evil.example" });
    assert_eq!(send(&server, "POST", "/auth/v1/invite", Some(access(&admin)), Some(&body)).await.0, 422);

    let settings = [
        ("REQUIRE_AUTH", "true"),
        ("SUPABASE_JWT_SECRET", super::people::SECRET),
        ("SUPABASE_URL", super::people::PROJECT),
        ("LODE_ACCOUNT_DOMAINS", "example.se"),
    ];
    let project = crate::support::start(&settings).await;
    let token = |email: &str| {
        let mut claims = super::people::claims(7, "viewer");
        claims["email"] = json!(email);
        super::people::sign(&claims, super::people::SECRET)
    };
    let (status, problem) = send(&project, "GET", "/api/me", Some(&token("eve@evil.example")), None).await;
    assert!(status == 403 && problem.to_string().contains("LODE_ACCOUNT_DOMAINS"), "{status} {problem}");
    assert_eq!(send(&project, "GET", "/api/me", Some(&token("anna@example.se")), None).await.0, 200);
}
