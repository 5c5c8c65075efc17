//! Signing in by an identity provider, against one that speaks the protocol: who gets in, whose account it is, and every answer that proves
//! nothing.

use domain::access::Role;
use serde_json::{Value, json};

use super::people::{access, invite, join, send, sign_in};
use super::provider::{PUBLIC_URL, Provider, Signing, begin, enter, finish, returned, with_providers};
use super::second_factor::{KEY, add_app};
use crate::support::Server;

fn anna() -> Value {
    json!({ "sub": "s-anna", "email": "anna@example.se", "email_verified": true, "name": "Anna Ask" })
}

async fn sessions(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(server.db.pool()).await.unwrap()
}

async fn linked(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM account_identities").fetch_one(server.db.pool()).await.unwrap()
}

#[tokio::test]
async fn an_invited_person_signs_in_by_the_provider_at_first_and_again_whatever_their_address_is_then() {
    let provider = Provider::start().await;
    let server = with_providers(&[("work", &provider)], &[("OIDC_WORK_NAME", "Example AB")]).await;
    let secret = invite(&server, "anna@example.se", Role::Analyst).await;
    let shown = server.json("/api/status/capabilities", 200).await;
    assert_eq!(shown["sign_in"]["providers"], json!([{ "key": "work", "name": "Example AB" }]));
    assert_eq!(server.json("/auth/v1/settings", 200).await["external"]["work"], true);

    let begun = begin(&server, "work").await;
    assert!(begun["url"].as_str().unwrap().contains("redirect_uri=https%3A%2F%2Flode.example%2Flogin%2Fwork"));
    let back = provider.visit(begun["url"].as_str().unwrap(), anna());
    let (status, session) = finish(&server, "work", &returned(&begun, &back)).await;
    assert_eq!((status, &session["user"]["email"]), (200, &json!("anna@example.se")), "{session}");
    let (status, me) = send(&server, "GET", "/api/me", Some(access(&session)), None).await;
    assert_eq!((status, &me["role"]), (200, &json!("analyst")), "{me}");
    let link = json!({ "type": "invite", "token_hash": secret });
    assert_eq!(send(&server, "POST", "/auth/v1/verify", None, Some(&link)).await.0, 403, "the invitation is used up");

    // Who they are is the subject. The address is another's a year later.
    provider.tell_user_info(json!({ "sub": "s-anna" }));
    for (person, is_hers) in [
        (json!({ "sub": "s-anna", "email": "ask@other.se", "email_verified": false }), true),
        (json!({ "sub": "s-anna" }), true),
        (json!({ "sub": "s-eve", "email": "anna@example.se", "email_verified": true }), false),
    ] {
        let (status, session) = enter(&server, "work", &provider, person.clone()).await;
        assert_eq!(status == 200, is_hers, "{person}: {session}");
        if is_hers {
            assert_eq!(session["user"]["email"], "anna@example.se");
        } else {
            assert_eq!(session["error_code"], "email_exists", "{session}");
        }
    }
    // She has no password, and none is had by asking.
    assert_eq!(sign_in(&server, "anna@example.se", "").await.0, 400);
    let change = json!({ "password": "En helt ny mening här" });
    let (status, error) = send(&server, "PUT", "/auth/v1/user", Some(access(&session)), Some(&change)).await;
    assert_eq!((status, &error["error_code"]), (422, &json!("password_by_link_only")), "{error}");
}

#[tokio::test]
async fn what_is_not_signed_by_the_provider_for_us_now_and_for_this_sign_in_proves_nothing() {
    let provider = Provider::start().await;
    let server = with_providers(&[("work", &provider)], &[]).await;
    invite(&server, "anna@example.se", Role::Admin).await;
    let now = chrono::Utc::now().timestamp();
    for signing in
        [Signing::Strange, Signing::None, Signing::PublicKeyAsSecret, Signing::ClientSecret, Signing::Altered]
    {
        provider.sign_as(signing);
        let (status, error) = enter(&server, "work", &provider, anna()).await;
        assert_eq!((status, &error["error_code"]), (403, &json!("bad_oauth_callback")), "{signing:?}: {error}");
    }
    provider.sign_as(Signing::Own);
    for spoilt in [
        json!({ "exp": now - 120 }),
        json!({ "exp": null }),
        json!({ "nbf": now + 600 }),
        json!({ "iat": now + 600 }),
        json!({ "iat": null }),
        json!({ "nonce": "of another sign-in" }),
        json!({ "nonce": null }),
        json!({ "aud": "another-client" }),
        json!({ "aud": ["lode-client", "another-client"] }),
        json!({ "aud": null }),
        json!({ "azp": "another-client" }),
        json!({ "iss": "https://evil.example" }),
        json!({ "iss": ["https://evil.example", provider.issuer()] }),
        json!({ "iss": null }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
        json!({ "sub": 7 }),
        json!({ "sub": "x".repeat(300) }),
        json!({ "sub": "a\u{0}b" }),
    ] {
        provider.spoil(spoilt.clone());
        let (status, error) = enter(&server, "work", &provider, anna()).await;
        assert_eq!((status, &error["error_code"]), (403, &json!("bad_oauth_callback")), "{spoilt}: {error}");
    }
    assert_eq!((sessions(&server).await, linked(&server).await), (0, 0), "nobody got in");

    provider.spoil(json!({ "aud": ["lode-client", "another-client"], "azp": "lode-client" }));
    provider.sign_as(Signing::Nameless);
    let (status, session) = enter(&server, "work", &provider, anna()).await;
    assert_eq!(status, 200, "one key alone need not be named: {session}");
}

#[tokio::test]
async fn a_code_counts_once_in_the_browser_that_began_with_the_provider_that_gave_it() {
    let (provider, other) = (Provider::start().await, Provider::start().await);
    let server = with_providers(&[("work", &provider), ("other", &other)], &[]).await;
    invite(&server, "anna@example.se", Role::Analyst).await;
    let begun = begin(&server, "work").await;
    let elsewhere = begin(&server, "work").await;
    let of_other = begin(&server, "other").await;
    let back = provider.visit(begun["url"].as_str().unwrap(), anna());

    let before = provider.exchanged() + other.exchanged();
    let good = returned(&begun, &back);
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for (name, body) in [
        ("work", with("state", json!("another"))),
        ("work", with("state", json!(""))),
        ("work", with("secret", elsewhere["secret"].clone())),
        ("work", with("secret", json!("no secret"))),
        // The browser of somebody who was sent the code: it began a sign-in of its own.
        ("other", returned(&of_other, &back)),
        ("work", json!({})),
    ] {
        let (status, error) = finish(&server, name, &body).await;
        assert_eq!((status, &error["error_code"]), (400, &json!("bad_oauth_state")), "{body}: {error}");
    }
    assert_eq!(provider.exchanged() + other.exchanged(), before, "no provider was asked");

    assert_eq!(finish(&server, "work", &good).await.0, 200);
    let (status, error) = finish(&server, "work", &good).await;
    assert_eq!((status, &error["error_code"]), (400, &json!("bad_oauth_state")), "used up: {error}");
    // With a state of its own, an old code is refused by the provider.
    let again = returned(&elsewhere, &(back.0.clone(), state(&elsewhere)));
    let (status, error) = finish(&server, "work", &again).await;
    assert_eq!((status, &error["error_code"]), (403, &json!("bad_oauth_callback")), "{error}");

    // A code that another browser's sign-in was given fits no verifier but its own.
    let (hers, his) = (begin(&server, "work").await, begin(&server, "work").await);
    let stolen = provider.visit(hers["url"].as_str().unwrap(), anna()).0;
    let (status, _) = finish(&server, "work", &returned(&his, &(stolen, state(&his)))).await;
    assert_eq!(status, 403, "PKCE");

    // Mix-up: the answer says that another issuer gave the code.
    let begun = begin(&server, "work").await;
    let back = provider.visit(begun["url"].as_str().unwrap(), anna());
    let mut mixed = returned(&begun, &back);
    mixed["iss"] = json!(other.issuer());
    let asked = provider.exchanged();
    assert_eq!(finish(&server, "work", &mixed).await.0, 403);
    assert_eq!(provider.exchanged(), asked, "the code goes to nobody");
}

fn state(begun: &Value) -> String {
    let url = url::Url::parse(begun["url"].as_str().unwrap()).unwrap();
    url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}

#[tokio::test]
async fn a_sign_in_that_took_too_long_or_names_a_provider_that_is_not_there_is_begun_again() {
    let provider = Provider::start().await;
    provider.change_document(json!({ "authorization_response_iss_parameter_supported": true }));
    let server = with_providers(&[("work", &provider)], &[]).await;
    invite(&server, "anna@example.se", Role::Analyst).await;
    let begun = begin(&server, "work").await;
    let back = provider.visit(begun["url"].as_str().unwrap(), anna());
    let minutes = "UPDATE sign_in_flows SET expires_at = now() - interval '1 second'";
    sqlx::query(minutes).execute(server.db.pool()).await.unwrap();
    assert_eq!(finish(&server, "work", &returned(&begun, &back)).await.0, 400);
    let (status, error) = send(&server, "POST", "/auth/v1/providers/none/begin", None, None).await;
    assert_eq!((status, &error["error_code"]), (404, &json!("provider_disabled")), "{error}");

    // A provider that says that its answers name their issuer is held to it.
    assert_eq!(enter(&server, "work", &provider, anna()).await.0, 403);
    let begun = begin(&server, "work").await;
    let mut named = returned(&begun, &provider.visit(begun["url"].as_str().unwrap(), anna()));
    named["iss"] = json!(provider.issuer());
    assert_eq!(finish(&server, "work", &named).await.0, 200);
}

#[tokio::test]
async fn an_address_leads_to_an_account_only_when_it_is_verified_and_nobody_signs_in_to_it_yet() {
    let provider = Provider::start().await;
    let more = [("LODE_ACCOUNT_DOMAINS", "example.se"), ("OIDC_WORK_ROLE", "viewer")];
    let server = with_providers(&[("work", &provider)], &more).await;
    join(&server, "bo@example.se", Role::Partner).await;
    invite(&server, "cia@example.se", Role::Partner).await;
    let person = |email: &str, verified: Value| json!({ "sub": email, "email": email, "email_verified": verified });
    for (email, verified, code) in [
        ("cia@example.se", json!(false), "provider_email_needs_verification"),
        ("cia@example.se", json!(null), "provider_email_needs_verification"),
        ("cia@example.se", json!("yes"), "provider_email_needs_verification"),
        ("bo@example.se", json!(true), "email_exists"),
        ("BO@Example.se", json!(true), "email_exists"),
        ("dan@other.se", json!(true), "signup_disabled"),
        ("dan@example.se.evil.com", json!(true), "signup_disabled"),
        ("no address", json!(true), "provider_email_needs_verification"),
    ] {
        let (status, error) = enter(&server, "work", &provider, person(email, verified)).await;
        assert_eq!((status, error["error_code"].as_str()), (403, Some(code)), "{email}: {error}");
    }
    assert_eq!(linked(&server).await, 0);
    let refused: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_log WHERE action = 'session.refuse'")
        .fetch_one(server.db.pool())
        .await
        .unwrap();
    assert_eq!(refused, 8, "each is in the audit log");

    let (status, session) = enter(&server, "work", &provider, person("Cia@Example.se", json!(true))).await;
    assert_eq!((status, &session["user"]["app_metadata"]["role"]), (200, &json!("partner")), "{session}");
    let (status, session) = enter(&server, "work", &provider, person("eva@example.se", json!(true))).await;
    assert_eq!((status, &session["user"]["app_metadata"]["role"]), (200, &json!("viewer")), "{session}");

    // The address may stand beside the token; what is told of somebody else there counts for nothing.
    provider.tell_user_info(json!({ "sub": "s-2", "email": "fia@example.se", "email_verified": true }));
    assert_eq!(enter(&server, "work", &provider, json!({ "sub": "s-1" })).await.0, 403);
    assert_eq!(enter(&server, "work", &provider, json!({ "sub": "s-2" })).await.0, 200);

    // Who is kept out here stays out.
    let kept_out = "UPDATE users SET disabled_at = now() WHERE lower(email) = 'eva@example.se'";
    sqlx::query(kept_out).execute(server.db.pool()).await.unwrap();
    let (status, error) = enter(&server, "work", &provider, person("eva@example.se", json!(true))).await;
    assert_eq!((status, &error["error_code"]), (403, &json!("user_banned")), "{error}");
}

#[tokio::test]
async fn a_person_adds_and_removes_a_provider_in_a_session_that_was_proved_lately() {
    let provider = Provider::start().await;
    let server = with_providers(&[("work", &provider)], &[]).await;
    let session = join(&server, "anna@example.se", Role::Analyst).await;
    let other = join(&server, "bo@example.se", Role::Analyst).await;
    let (_, elsewhere) = sign_in(&server, "anna@example.se", super::people::PASSWORD).await;
    let person = json!({ "sub": "s-anna", "email": "private@other.se", "email_verified": false });
    let begin_link = async |session: &Value| {
        send(&server, "POST", "/auth/v1/providers/work/begin_link", Some(access(session)), None).await
    };
    let finish_link = async |session: &Value, body: &Value| {
        send(&server, "POST", "/auth/v1/providers/work/finish_link", Some(access(session)), Some(body)).await
    };
    let identities =
        async |session: &Value| send(&server, "GET", "/auth/v1/identities", Some(access(session)), None).await.1;
    assert_eq!(send(&server, "POST", "/auth/v1/providers/work/begin_link", None, None).await.0, 401);

    // What was begun for an account signs nobody in, and another session does not finish it.
    for wrong in 0..3 {
        let (status, begun) = begin_link(&session).await;
        assert_eq!(status, 200, "{begun}");
        let back = provider.visit(begun["url"].as_str().unwrap(), person.clone());
        let body = returned(&begun, &back);
        let (status, error) = match wrong {
            0 => finish(&server, "work", &body).await,
            1 => finish_link(&other, &body).await,
            _ => finish_link(&elsewhere, &body).await,
        };
        assert_eq!((status, &error["error_code"]), (400, &json!("bad_oauth_state")), "{wrong}: {error}");
    }
    let begun = begin(&server, "work").await;
    let back = provider.visit(begun["url"].as_str().unwrap(), person.clone());
    assert_eq!(finish_link(&session, &returned(&begun, &back)).await.0, 400, "a sign-in adds nothing to an account");
    assert_eq!(linked(&server).await, 0);

    let (_, begun) = begin_link(&session).await;
    let back = provider.visit(begun["url"].as_str().unwrap(), person.clone());
    let (status, answer) = finish_link(&session, &returned(&begun, &back)).await;
    assert_eq!(status, 204, "{answer}");
    let (status, _) = send(&server, "GET", "/api/me", Some(access(&elsewhere)), None).await;
    assert_eq!(status, 401, "other sessions end");
    let mine = identities(&session).await;
    assert_eq!((&mine[0]["provider"], &mine[0]["email"]), (&json!("work"), &json!("private@other.se")), "{mine}");
    assert_eq!(identities(&other).await, json!([]));
    let (status, by_provider) = enter(&server, "work", &provider, person.clone()).await;
    assert_eq!((status, &by_provider["user"]["email"]), (200, &json!("anna@example.se")), "{by_provider}");

    // The same person of the provider has one account.
    let (_, begun) = begin_link(&other).await;
    let back = provider.visit(begun["url"].as_str().unwrap(), person.clone());
    let (status, error) = finish_link(&other, &returned(&begun, &back)).await;
    assert_eq!((status, &error["error_code"]), (409, &json!("identity_already_exists")), "{error}");

    let path = format!("/auth/v1/identities/{}", mine[0]["id"].as_str().unwrap());
    assert_eq!(send(&server, "DELETE", &path, Some(access(&other)), None).await.0, 404, "another's is not there");
    sqlx::query("UPDATE sessions SET created_at = created_at - interval '16 minutes'")
        .execute(server.db.pool())
        .await
        .unwrap();
    let (status, error) = send(&server, "DELETE", &path, Some(access(&session)), None).await;
    assert_eq!((status, &error["error_code"]), (403, &json!("reauthentication_needed")), "{error}");
    assert_eq!(begin_link(&session).await.0, 403);
    let (_, fresh) = sign_in(&server, "anna@example.se", super::people::PASSWORD).await;
    assert_eq!(send(&server, "DELETE", &path, Some(access(&fresh)), None).await.0, 204);
    let (status, error) = enter(&server, "work", &provider, person).await;
    assert_eq!(status, 403, "{error}");
}

#[tokio::test]
async fn the_only_way_to_sign_in_is_not_removed() {
    let provider = Provider::start().await;
    let server = with_providers(&[("work", &provider)], &[]).await;
    invite(&server, "anna@example.se", Role::Analyst).await;
    let (_, session) = enter(&server, "work", &provider, anna()).await;
    let (_, mine) = send(&server, "GET", "/auth/v1/identities", Some(access(&session)), None).await;
    let path = format!("/auth/v1/identities/{}", mine[0]["id"].as_str().unwrap());
    let (status, error) = send(&server, "DELETE", &path, Some(access(&session)), None).await;
    assert_eq!((status, &error["error_code"]), (422, &json!("single_identity_not_deletable")), "{error}");
}

#[tokio::test]
async fn a_role_claim_decides_at_every_sign_in_and_the_last_administrator_stays_one() {
    let provider = Provider::start().await;
    let more = [("LODE_ACCOUNT_DOMAINS", "example.se"), ("OIDC_WORK_ROLE_CLAIM", "groups")];
    let server = with_providers(&[("work", &provider)], &more).await;
    let with = |groups: Value| {
        let mut person = anna();
        person["groups"] = groups;
        person
    };
    let (status, error) = enter(&server, "work", &provider, with(json!(["everybody"]))).await;
    assert_eq!((status, &error["error_code"]), (403, &json!("signup_disabled")), "{error}");
    for (groups, role) in [
        (json!(["everybody", "analyst"]), "analyst"),
        (json!("viewer"), "viewer"),
        (json!(["admin", "viewer"]), "admin"),
        (json!("viewer"), "admin"),
    ] {
        let (status, session) = enter(&server, "work", &provider, with(groups.clone())).await;
        assert_eq!((status, &session["user"]["app_metadata"]["role"]), (200, &json!(role)), "{groups}: {session}");
    }
    join(&server, "bo@example.se", Role::Admin).await;
    let (_, session) = enter(&server, "work", &provider, with(json!("viewer"))).await;
    assert_eq!(session["user"]["app_metadata"]["role"], "viewer", "there is another one now");
    let (status, error) = enter(&server, "work", &provider, with(json!([]))).await;
    assert_eq!((status, &error["error_code"]), (403, &json!("no_role")), "{error}");
}

#[tokio::test]
async fn a_provider_that_is_away_or_is_another_signs_nobody_in_and_recovers_by_itself() {
    let provider = Provider::start().await;
    provider.go_away(true);
    let server = with_providers(&[("work", &provider)], &[]).await;
    invite(&server, "anna@example.se", Role::Analyst).await;
    let begin = async || send(&server, "POST", "/auth/v1/providers/work/begin", None, None).await;
    let (status, error) = begin().await;
    assert_eq!((status, &error["error_code"]), (503, &json!("provider_unavailable")), "{error}");
    provider.go_away(false);
    for change in [
        json!({ "issuer": "https://evil.example" }),
        json!({ "authorization_endpoint": "javascript:alert(1)" }),
        json!({ "jwks_uri": "file:///etc/passwd" }),
        json!({ "token_endpoint": null }),
    ] {
        provider.change_document(change.clone());
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        // An endpoint is judged when it is used; the document is kept until then.
        let fresh = with_providers(&[("work", &provider)], &[]).await;
        let (status, error) = send(&fresh, "POST", "/auth/v1/providers/work/begin", None, None).await;
        assert_eq!(status, 503, "{change}: {error}");
    }
    provider.change_document(json!({}));
    tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    assert_eq!(enter(&server, "work", &provider, anna()).await.0, 200);
}

#[tokio::test]
async fn second_factors_are_asked_for_after_a_provider_as_after_a_password() {
    let provider = Provider::start().await;
    let more = [("LODE_SECRET_KEY", KEY), ("OIDC_WORK_SIGN_OUT", "true")];
    let server = with_providers(&[("work", &provider)], &more).await;
    let session = join(&server, "anna@example.se", Role::Analyst).await;
    let (_, session) = add_app(&server, &session).await;
    let (_, begun) = send(&server, "POST", "/auth/v1/providers/work/begin_link", Some(access(&session)), None).await;
    let back = provider.visit(begun["url"].as_str().unwrap(), anna());
    let body = returned(&begun, &back);
    let (status, answer) =
        send(&server, "POST", "/auth/v1/providers/work/finish_link", Some(access(&session)), Some(&body)).await;
    assert_eq!(status, 204, "{answer}");

    let (status, half) = enter(&server, "work", &provider, anna()).await;
    assert_eq!(status, 200, "{half}");
    for (method, path) in
        [("GET", "/api/me"), ("GET", "/auth/v1/identities"), ("POST", "/auth/v1/providers/work/begin_link")]
    {
        let (status, answer) = send(&server, method, path, Some(access(&half)), None).await;
        assert_eq!(status, 403, "{method} {path}: {answer}");
    }
    // Signing out leads to the provider, which knows where to lead back.
    let (status, out) = send(&server, "POST", "/auth/v1/logout?scope=local", Some(access(&half)), None).await;
    assert_eq!(status, 200, "{out}");
    let url = url::Url::parse(out["sign_out_url"].as_str().unwrap()).unwrap();
    assert_eq!((url.path(), url.origin().ascii_serialization()), ("/leave", provider.issuer()));
    let back_to = url.query_pairs().find(|(name, _)| name == "post_logout_redirect_uri").unwrap().1.into_owned();
    assert_eq!(back_to, format!("{PUBLIC_URL}/login"));
    let (status, _) = send(&server, "POST", "/auth/v1/logout", Some(access(&session)), None).await;
    assert_eq!(status, 204, "a session that began by a password ends here alone");
}
