//! Built-in accounts by the protocol of Supabase Auth: sessions, reuse of refresh tokens, lock-out, passwords, links.

use domain::access::Role;
use serde_json::json;

use super::people::{PASSWORD, access, invite, join, refresh, send, sign_in, with_accounts};

#[tokio::test]
async fn a_person_is_invited_signs_in_renews_and_signs_out() {
    let server = with_accounts(&[]).await;
    let session = join(&server, "Anna@Example.se", Role::Analyst).await;
    assert_eq!(session["token_type"], "bearer");
    assert_eq!(session["expires_in"], 900, "half of the half hour after which an idle session ends");
    assert_eq!(session["user"]["email"], "Anna@Example.se");
    assert_eq!(session["user"]["app_metadata"]["role"], "analyst");

    let (status, me) = send(&server, "GET", "/api/me", Some(access(&session)), None).await;
    assert_eq!((status, &me["role"], &me["kind"]), (200, &json!("analyst"), &json!("builtin")), "{me}");
    let (status, user) = send(&server, "GET", "/auth/v1/user", Some(access(&session)), None).await;
    assert_eq!((status, &user["id"]), (200, &me["id"]));

    assert_eq!(sign_in(&server, "anna@example.SE", PASSWORD).await.0, 200, "an address has no case");
    let (status, renewed) = refresh(&server, &session).await;
    assert_eq!(status, 200);
    assert_ne!(renewed["refresh_token"], session["refresh_token"]);
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&renewed)), None).await.0, 200);

    let (status, _) = send(&server, "POST", "/auth/v1/logout?scope=local", Some(access(&renewed)), None).await;
    assert_eq!(status, 204);
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&renewed)), None).await.0, 401, "at once, not in an hour");
    let (status, error) = refresh(&server, &renewed).await;
    assert_eq!((status, &error["error_code"]), (400, &json!("refresh_token_not_found")));
    let (status, error) = send(&server, "GET", "/auth/v1/user", Some(access(&renewed)), None).await;
    assert_eq!((status, &error["error_code"]), (403, &json!("bad_jwt")));
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_its_session() {
    let server = with_accounts(&[]).await;
    let first = join(&server, "anna@example.se", Role::Viewer).await;
    let (_, second) = refresh(&server, &first).await;
    let (status, twin) = refresh(&server, &first).await;
    assert_eq!(status, 200, "an answer may be lost on its way: a moment's grace");
    assert_eq!(twin["refresh_token"], second["refresh_token"], "the same successor: a session has one chain");
    assert_eq!(refresh(&server, &twin).await.0, 200);

    // The thief comes later.
    sqlx::query("UPDATE refresh_tokens SET used_at = used_at - interval '11 seconds'")
        .execute(server.db.pool())
        .await
        .unwrap();
    let (status, error) = refresh(&server, &first).await;
    assert_eq!((status, &error["error_code"]), (400, &json!("refresh_token_already_used")));
    assert_eq!(refresh(&server, &second).await.0, 400, "the owner's newest token is worth nothing either");
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&second)), None).await.0, 401);
    let told: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_log WHERE action = 'session.revoke'")
        .fetch_one(server.db.pool())
        .await
        .unwrap();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn guessing_locks_the_address_whether_it_has_an_account_or_not() {
    let server = with_accounts(&[]).await;
    join(&server, "anna@example.se", Role::Viewer).await;
    for email in ["anna@example.se", "nobody@example.se"] {
        for attempt in 1..=5 {
            let (status, error) = sign_in(&server, email, "wrong password").await;
            assert_eq!((status, &error["error_code"]), (400, &json!("invalid_credentials")), "{email} {attempt}");
            assert_eq!(error["msg"], "Invalid login credentials");
        }
        let (status, error) = sign_in(&server, email, PASSWORD).await;
        assert_eq!((status, &error["error_code"]), (429, &json!("over_request_rate_limit")), "{email}");
    }
    sqlx::query("UPDATE sign_in_failures SET locked_until = now() - interval '1 second'")
        .execute(server.db.pool())
        .await
        .unwrap();
    assert_eq!(sign_in(&server, "anna@example.se", "wrong password").await.0, 400, "one more try after the lock");
    assert_eq!(sign_in(&server, "anna@example.se", PASSWORD).await.0, 429, "and a longer lock");
    let minutes: f64 = sqlx::query_scalar(
        "SELECT extract(epoch FROM locked_until - now())::float8 / 60 FROM sign_in_failures ORDER BY failures DESC LIMIT 1",
    )
    .fetch_one(server.db.pool())
    .await
    .unwrap();
    assert!((1.5..=2.1).contains(&minutes), "{minutes}");
    sqlx::query("UPDATE sign_in_failures SET locked_until = NULL").execute(server.db.pool()).await.unwrap();
    assert_eq!(sign_in(&server, "anna@example.se", PASSWORD).await.0, 200, "and the count begins anew");
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sign_in_failures").fetch_one(server.db.pool()).await.unwrap();
    assert_eq!(left, 1, "of the address without account");
}

#[tokio::test]
async fn many_uses_of_a_refresh_token_at_once_leave_one_chain() {
    let server = with_accounts(&[]).await;
    let first = join(&server, "anna@example.se", Role::Viewer).await;
    let mut next = first.clone();
    for _ in 0..3 {
        let all = futures::future::join_all((0..8).map(|_| refresh(&server, &next))).await;
        assert!(
            all.iter().all(|(status, session)| *status == 200 && session["refresh_token"] == all[0].1["refresh_token"]),
            "{all:?}"
        );
        next = all[0].1.clone();
    }
    let kept: Vec<bool> = sqlx::query_scalar(
        "SELECT used_at IS NULL FROM refresh_tokens JOIN sessions s ON s.id = session_id WHERE s.method = 'password'",
    )
    .fetch_all(server.db.pool())
    .await
    .unwrap();
    assert_eq!((kept.len(), kept.iter().filter(|unused| **unused).count()), (4, 1), "three used, one good");
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_when_its_time_is_over() {
    let server = with_accounts(&[("SESSION_IDLE_MINUTES", "30"), ("SESSION_HOURS", "12")]).await;
    let age = async |idle_minutes: i32, age_hours: i32| {
        let session = join(&server, &format!("p{idle_minutes}x{age_hours}@example.se"), Role::Viewer).await;
        sqlx::query(
            "UPDATE sessions SET refreshed_at = now() - make_interval(mins => $1), created_at = now() - make_interval(hours => $2)",
        )
        .bind(idle_minutes)
        .bind(age_hours)
        .execute(server.db.pool())
        .await
        .unwrap();
        server.identity.recheck_everybody();
        let asked = send(&server, "GET", "/api/me", Some(access(&session)), None).await.0;
        (asked, refresh(&server, &session).await.0)
    };
    assert_eq!(age(29, 11).await, (200, 200), "used within the half hour, begun within twelve");
    assert_eq!(age(31, 1).await, (401, 400), "idle for more than half an hour");
    assert_eq!(age(0, 13).await, (401, 400), "however much it is used");

    let session = join(&server, "busy@example.se", Role::Viewer).await;
    sqlx::query("UPDATE sessions SET refreshed_at = now() - interval '20 minutes'")
        .execute(server.db.pool())
        .await
        .unwrap();
    server.identity.recheck_everybody();
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&session)), None).await.0, 200);
    let is_noted: bool = sqlx::query_scalar(
        "SELECT bool_or(refreshed_at > now() - interval '1 minute') FROM sessions WHERE method = 'password'",
    )
    .fetch_one(server.db.pool())
    .await
    .unwrap();
    assert!(is_noted, "asking is use");
}

#[tokio::test]
async fn attempts_from_one_address_are_counted() {
    let server = with_accounts(&[("SIGN_IN_LIMIT_PER_MINUTE", "6")]).await;
    let mut statuses = Vec::new();
    for number in 0..4 {
        statuses.push(sign_in(&server, &format!("person{number}@example.se"), "wrong password").await.0);
    }
    assert_eq!(statuses, [400, 400, 429, 429], "a third of a minute's attempts may come at once");
}

#[tokio::test]
async fn a_password_is_changed_with_the_present_one_and_ends_other_sessions() {
    let server = with_accounts(&[]).await;
    let here = join(&server, "anna@example.se", Role::Viewer).await;
    let (_, elsewhere) = sign_in(&server, "anna@example.se", PASSWORD).await;
    let change = |body: serde_json::Value| {
        let (server, here) = (&server, &here);
        async move { send(server, "PUT", "/auth/v1/user", Some(access(here)), Some(&body)).await }
    };
    for (body, status, code) in [
        (json!({ "password": "kort", "current_password": PASSWORD }), 422, "weak_password"),
        (json!({ "password": "En helt ny mening" }), 422, "current_password_required"),
        (json!({ "password": "En helt ny mening", "current_password": "fel" }), 400, "invalid_credentials"),
        (json!({ "password": PASSWORD, "current_password": PASSWORD }), 422, "same_password"),
        (json!({ "email": "other@example.se" }), 422, "validation_failed"),
    ] {
        let (found, error) = change(body.clone()).await;
        assert_eq!((found, &error["error_code"]), (status, &json!(code)), "{body}");
    }
    let body =
        json!({ "password": "En helt ny mening", "current_password": PASSWORD, "data": { "display_name": "Anna S" } });
    let (status, user) = change(body).await;
    assert_eq!((status, &user["user_metadata"]["display_name"]), (200, &json!("Anna S")), "{user}");
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&here)), None).await.0, 200, "this session goes on");
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&elsewhere)), None).await.0, 401, "others end");
    assert_eq!(sign_in(&server, "anna@example.se", PASSWORD).await.0, 400);
    assert_eq!(sign_in(&server, "anna@example.se", "En helt ny mening").await.0, 200);
}

#[tokio::test]
async fn a_link_works_once_and_not_for_something_else() {
    let server = with_accounts(&[]).await;
    let secret = invite(&server, "anna@example.se", Role::Viewer).await;
    let use_as = |kind: &'static str| {
        let (server, body) = (&server, json!({ "type": kind, "token_hash": secret }));
        async move { send(server, "POST", "/auth/v1/verify", None, Some(&body)).await }
    };
    assert_eq!(use_as("recovery").await.0, 403);
    assert_eq!(use_as("magiclink").await.0, 400);
    assert_eq!(use_as("invite").await.0, 200);
    let (status, error) = use_as("invite").await;
    assert_eq!((status, &error["error_code"]), (403, &json!("otp_expired")));
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT hash FROM account_links").fetch_all(server.db.pool()).await.unwrap();
    assert!(kept.iter().all(|hash| hash.len() == 32 && hash.as_slice() != secret.as_bytes()), "only a hash is kept");
}

#[tokio::test]
async fn sign_up_is_refused_and_answers_do_not_tell_who_has_an_account() {
    let server = with_accounts(&[]).await;
    join(&server, "anna@example.se", Role::Viewer).await;
    let ask = |email: &'static str| {
        let server = &server;
        async move { send(server, "POST", "/auth/v1/recover", None, Some(&json!({ "email": email }))).await }
    };
    assert_eq!(ask("anna@example.se").await, ask("nobody@example.se").await);
    let (status, error) = send(&server, "POST", "/auth/v1/signup", None, Some(&json!({ "email": "x@y.se" }))).await;
    assert_eq!((status, &error["error_code"]), (422, &json!("signup_disabled")));
}

#[tokio::test]
async fn administrators_invite_change_and_keep_out() {
    let server = with_accounts(&[]).await;
    let admin = join(&server, "admin@example.se", Role::Admin).await;
    let admin_id = admin["user"]["id"].as_str().unwrap().to_owned();
    let as_admin = |method: &'static str, path: String, body: serde_json::Value| {
        let (server, admin) = (&server, &admin);
        async move { send(server, method, &path, Some(access(admin)), Some(&body)).await }
    };
    let new = json!({ "email": "bo@example.se", "role": "analyst", "display_name": "Bo" });
    let (status, link) = as_admin("POST", "/api/admin/users".into(), new.clone()).await;
    assert_eq!(status, 201, "{link}");
    assert_eq!(as_admin("POST", "/api/admin/users".into(), new).await.0, 409);
    let wrong = json!({ "email": "bo", "role": "analyst" });
    assert_eq!(as_admin("POST", "/api/admin/users".into(), wrong).await.1["errors"][0]["pointer"], "/email");
    let secret = link["path"].as_str().unwrap().split("token_hash=").nth(1).unwrap();
    let body = json!({ "type": "invite", "token_hash": secret });
    let (_, bo) = send(&server, "POST", "/auth/v1/verify", None, Some(&body)).await;
    let person = format!("/api/admin/users/{}", link["user_id"].as_str().unwrap());

    let (status, changed) = as_admin("PATCH", person.clone(), json!({ "role": "viewer" })).await;
    assert_eq!((status, &changed["role"]), (200, &json!("viewer")));
    let (_, me) = send(&server, "GET", "/api/me", Some(access(&bo)), None).await;
    assert_eq!(me["role"], "viewer", "at once, whatever the token says");
    assert_eq!(send(&server, "GET", "/api/admin/users", Some(access(&bo)), None).await.0, 403);

    let own = format!("/api/admin/users/{admin_id}");
    for body in [json!({ "role": "viewer" }), json!({ "disabled": true })] {
        assert_eq!(as_admin("PATCH", own.clone(), body).await.0, 409, "the last administrator stays");
    }
    assert_eq!(as_admin("PATCH", person.clone(), json!({ "disabled": true })).await.0, 200);
    assert_eq!(send(&server, "GET", "/api/me", Some(access(&bo)), None).await.0, 401);
    assert_eq!(refresh(&server, &bo).await.0, 400);

    let (_, log) = send(&server, "GET", "/api/admin/audit?action=user", Some(access(&admin)), None).await;
    let actions: Vec<_> = log["items"].as_array().unwrap().iter().map(|event| event["action"].clone()).collect();
    assert_eq!(actions, ["user.change", "user.change", "user.invite", "user.invite"]);
    assert!(log["items"][0]["address"].is_string() && log["items"][0]["actor_email"] == "admin@example.se");
    let (status, check) = as_admin("POST", "/api/admin/audit/verify".into(), json!({})).await;
    assert_eq!((status, &check["ok"]), (200, &json!(true)), "{check}");
    assert!(check["checked"].as_i64().unwrap() > 6);
}

#[tokio::test]
async fn two_processes_agree_on_tokens_and_a_new_key_is_followed() {
    let server = with_accounts(&[]).await;
    let before = join(&server, "anna@example.se", Role::Viewer).await;
    let mut conn = server.db.pool().acquire().await.unwrap();
    store::signing_keys::rotate(&mut conn, &server.identity.sealer, &[7; 32]).await.unwrap();
    // Another process on the same database signs with the new key.
    let other = crate::support::beside(&server, &[("REQUIRE_AUTH", "true"), ("LODE_ACCOUNTS", "builtin")]).await;
    let (_, after) = sign_in(&other, "anna@example.se", PASSWORD).await;
    for server in [&server, &other] {
        for session in [&before, &after] {
            assert_eq!(send(server, "GET", "/api/me", Some(access(session)), None).await.0, 200);
        }
    }
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let server = with_accounts(&[]).await;
    let first = || async {
        let (domains, now) = (config::AccountDomains::default(), chrono::Utc::now());
        let email = "chief@example.se";
        services::accounts::invite_user::first_administrator(server.db.pool(), &domains, email, now).await.unwrap()
    };
    let link = first().await.unwrap();
    let again = first().await.unwrap();
    assert_eq!(link.user, again.user, "a second start makes a new link, not a second person");
    let body = |secret: &str| json!({ "type": "invite", "token_hash": secret });
    assert_eq!(send(&server, "POST", "/auth/v1/verify", None, Some(&body(&link.token))).await.0, 403);
    let (_, session) = send(&server, "POST", "/auth/v1/verify", None, Some(&body(&again.token))).await;
    send(&server, "PUT", "/auth/v1/user", Some(access(&session)), Some(&json!({ "password": PASSWORD }))).await;
    assert!(first().await.is_none());
}
