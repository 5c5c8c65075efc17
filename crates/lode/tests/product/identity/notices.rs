//! What people are told of their accounts by email, on a mail server that speaks SMTP.

use chrono::Utc;
use domain::access::Role;
use outbound::send::send_due;
use serde_json::{Value, json};
use worker::watch_screens::senders;

use super::people::{PASSWORD, access, join, send, sign_in};
use super::second_factor::{add_app, code, forget_steps, prove, secret, with_key};
use crate::monitors::mail_server;
use crate::support::Server;

/// Signs in with this program.
async fn sign_in_with(server: &Server, program: &str) -> Value {
    let body = json!({ "email": "anna@example.se", "password": PASSWORD });
    let url = format!("{}/auth/v1/token?grant_type=password", server.url);
    let answer = server.client.post(url).header("user-agent", program).json(&body).send().await.unwrap();
    answer.json().await.unwrap()
}

#[tokio::test]
async fn each_change_of_an_account_is_told_to_its_person_by_email() {
    let (url, emails) = mail_server().await;
    let settings = [("SMTP_URL", url.as_str()), ("SMTP_FROM", "Lode <lode@example.com>")];
    let server = with_key(&settings).await;
    let read = |name: &str| match name {
        "HOME" => Some("/nonexistent".to_owned()),
        _ => settings.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned()),
    };
    let senders = senders(&config::Config::from_values(read).unwrap()).unwrap();
    let told = async || {
        send_due(server.db.pool(), &senders, Utc::now).await.unwrap();
        std::mem::take(&mut *emails.lock().unwrap())
    };
    let one = async |words: &str| {
        let told = told().await;
        assert_eq!(told.len(), 1, "{words}: {told:?}");
        assert!(told[0].contains("RCPT TO:<anna@example.se>"), "{told:?}");
        // Long lines are folded, and letters beyond ASCII are encoded.
        let plain = told[0].replace("=\r\n", "").replace("\r\n", " ");
        assert!(plain.contains(words), "{words}: {plain}");
        for hidden in ["http://", "https://", PASSWORD, "token"] {
            assert!(!plain.contains(hidden), "{hidden} stands in {plain}");
        }
    };

    let session = join(&server, "anna@example.se", Role::Admin).await;
    assert!(told().await.is_empty(), "joining is no change");
    sign_in(&server, "anna@example.se", PASSWORD).await;
    assert!(told().await.is_empty(), "the same program from the same network");
    sign_in_with(&server, "Firefox/140 of another machine").await;
    one("A new sign-in to your account").await;
    sign_in_with(&server, "Firefox/140 of another machine").await;
    assert!(told().await.is_empty(), "known by now");

    let (factor, session) = add_app(&server, &session).await;
    one("An authenticator app was added").await;
    let (_, codes) = send(&server, "POST", "/auth/v1/recovery_codes", Some(access(&session)), None).await;
    one("New recovery codes were made").await;
    let (_, half) = sign_in(&server, "anna@example.se", PASSWORD).await;
    let (status, session) = prove(&server, &half, &factor, codes["codes"][0].as_str().unwrap()).await;
    assert_eq!(status, 200, "{session}");
    one("A recovery code of your account was used").await;
    forget_steps(&server).await;
    let (_, half) = sign_in(&server, "anna@example.se", PASSWORD).await;
    let (_, session) = prove(&server, &half, &factor, &code(secret(&factor), 0)).await;
    assert!(told().await.is_empty(), "a code of the app is a sign-in as ever");
    let path = format!("/auth/v1/factors/{}", factor["id"].as_str().unwrap());
    assert_eq!(send(&server, "DELETE", &path, Some(access(&session)), None).await.0, 200);
    one("An authenticator app was removed").await;

    let change = json!({ "password": "En helt ny mening", "current_password": PASSWORD });
    assert_eq!(send(&server, "PUT", "/auth/v1/user", Some(access(&session)), Some(&change)).await.0, 200);
    one("Your password was changed").await;
    let user = session["user"]["id"].as_str().unwrap();
    let path = format!("/api/admin/users/{user}/second_factor");
    let (_, session) = sign_in(&server, "anna@example.se", "En helt ny mening").await;
    assert_eq!(send(&server, "DELETE", &path, Some(access(&session)), None).await.0, 204);
    one("An administrator took your second factor away").await;
    let caller = services::accounts::Caller::default();
    let renew = services::accounts::invite_user::renew_link;
    let link = renew(server.db.pool(), user.parse().unwrap(), &caller, None, Utc::now()).await.unwrap().unwrap();
    let body = json!({ "type": "recovery", "token_hash": link.token });
    assert_eq!(send(&server, "POST", "/auth/v1/verify", None, Some(&body)).await.0, 200);
    one("A link for a forgotten password").await;
}

#[tokio::test]
async fn without_a_mail_server_no_email_waits() {
    let server = with_key(&[]).await;
    let session = join(&server, "anna@example.se", Role::Viewer).await;
    add_app(&server, &session).await;
    let waiting: i64 = sqlx::query_scalar("SELECT count(*) FROM deliveries").fetch_one(server.db.pool()).await.unwrap();
    assert_eq!(waiting, 0);
}
