//! Second factors by the protocol of Supabase Auth: adding an app, proving it, replay, lock-out, recovery codes, roles that need one, and
//! what is kept of all that.

use domain::access::Role;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use super::people::{PASSWORD, access, join, refresh, send, sign_in, with_accounts};
use crate::support::Server;

pub const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const OTHER_KEY: &str = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

pub async fn with_key(more: &[(&str, &str)]) -> Server {
    with_accounts(&[&[("LODE_SECRET_KEY", KEY)], more].concat()).await
}

/// The code that an app with this secret shows, so many steps from now.
pub fn code(secret: &str, steps: i64) -> String {
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    let second = chrono::Utc::now().timestamp() + 30 * steps;
    totp.generate(u64::try_from(second).unwrap()).to_string()
}

pub async fn prove(server: &Server, session: &Value, factor: &Value, code: &str) -> (u16, Value) {
    let (status, challenge) = challenge(server, session, factor).await;
    assert_eq!(status, 200, "{challenge}");
    let path = format!("/auth/v1/factors/{}/verify", factor["id"].as_str().unwrap());
    let body = json!({ "challenge_id": challenge["id"], "code": code });
    send(server, "POST", &path, Some(access(session)), Some(&body)).await
}

async fn challenge(server: &Server, session: &Value, factor: &Value) -> (u16, Value) {
    let path = format!("/auth/v1/factors/{}/challenge", factor["id"].as_str().unwrap());
    send(server, "POST", &path, Some(access(session)), None).await
}

async fn enrol(server: &Server, session: &Value) -> (u16, Value) {
    let body = json!({ "factor_type": "totp", "friendly_name": "Phone" });
    send(server, "POST", "/auth/v1/factors", Some(access(session)), Some(&body)).await
}

/// Adds an app and confirms it; returns the app and the session that goes on.
pub async fn add_app(server: &Server, session: &Value) -> (Value, Value) {
    let (status, factor) = enrol(server, session).await;
    assert_eq!(status, 200, "{factor}");
    let (status, session) = prove(server, session, &factor, &code(secret(&factor), 0)).await;
    assert_eq!(status, 200, "{session}");
    (factor, session)
}

pub fn secret(factor: &Value) -> &str {
    factor["totp"]["secret"].as_str().unwrap()
}

/// As if the time of codes that were taken had passed.
pub async fn forget_steps(server: &Server) {
    sqlx::query("UPDATE second_factors SET last_step = 0").execute(server.db.pool()).await.unwrap();
}

async fn me(server: &Server, session: &Value) -> u16 {
    send(server, "GET", "/api/me", Some(access(session)), None).await.0
}

#[tokio::test]
async fn an_app_is_added_confirmed_and_asked_for_at_the_next_sign_in() {
    let server = with_key(&[]).await;
    let first = join(&server, "anna@example.se", Role::Analyst).await;
    let (_, elsewhere) = sign_in(&server, "anna@example.se", PASSWORD).await;
    let (status, factor) = enrol(&server, &first).await;
    assert_eq!(status, 200, "{factor}");
    assert!(factor["totp"]["qr_code"].as_str().unwrap().contains("<svg"));
    assert!(factor["totp"]["uri"].as_str().unwrap().starts_with("otpauth://totp/Lode:anna@example.se?secret="));
    assert_eq!(me(&server, &elsewhere).await, 200, "one that is not confirmed counts for nothing");
    assert_eq!(prove(&server, &first, &factor, "000000").await.0, 422);

    let (status, session) = prove(&server, &first, &factor, &code(secret(&factor), 0)).await;
    assert_eq!(status, 200, "{session}");
    assert_eq!(session["user"]["factors"][0]["status"], "verified");
    assert_eq!(me(&server, &session).await, 200);
    assert_eq!(me(&server, &elsewhere).await, 401, "other sessions end");
    assert_eq!(refresh(&server, &first).await.0, 400, "tokens from before the proof are worth nothing");
    assert_eq!(refresh(&server, &session).await.0, 200);

    let (status, half) = sign_in(&server, "anna@example.se", PASSWORD).await;
    assert_eq!((status, &half["user"]["factors"][0]["factor_type"]), (200, &json!("totp")));
    let (status, problem) = send(&server, "GET", "/api/me", Some(access(&half)), None).await;
    assert_eq!((status, &problem["type"]), (403, &json!("second-factor-required")), "{problem}");
    let (status, whole) = prove(&server, &half, &factor, &code(secret(&factor), 1)).await;
    assert_eq!(status, 200, "{whole}");
    assert_eq!(me(&server, &whole).await, 200);
    let (status, renewed) = refresh(&server, &whole).await;
    assert_eq!((status, me(&server, &renewed).await), (200, 200), "a renewed session has proved it still");
}

#[tokio::test]
async fn with_the_password_alone_nothing_is_read_or_changed() {
    let server = with_key(&[]).await;
    let session = join(&server, "admin@example.se", Role::Admin).await;
    let (factor, _) = add_app(&server, &session).await;
    let (_, half) = sign_in(&server, "admin@example.se", PASSWORD).await;
    let path = format!("/auth/v1/factors/{}", factor["id"].as_str().unwrap());
    let new = json!({ "factor_type": "totp" });
    let password = json!({ "password": "En helt ny mening", "current_password": PASSWORD });
    let invite = json!({ "email": "eve@example.se", "data": { "role": "admin" } });
    for (method, path, body) in [
        ("PUT", "/auth/v1/user", Some(&password)),
        ("POST", "/auth/v1/invite", Some(&invite)),
        ("POST", "/auth/v1/factors", Some(&new)),
        ("DELETE", path.as_str(), None),
        ("POST", "/auth/v1/recovery_codes", None),
        ("GET", "/auth/v1/recovery_codes", None),
    ] {
        let (status, error) = send(&server, method, path, Some(access(&half)), body).await;
        assert_eq!((status, &error["error_code"]), (403, &json!("insufficient_aal")), "{method} {path}");
    }
    // Every route of the description that asks for somebody.
    let description: Value = serde_json::from_str(include_str!("../../../../../openapi.json")).unwrap();
    let mut asked = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let open = ["/health", "/ready", "/api/openapi.json", "/api/status/capabilities"];
            if path.starts_with("/auth/") || open.contains(&path.as_str()) {
                continue;
            }
            let path = path.replace("{id}", "00000000-0000-4000-8000-000000000009").replace(['{', '}'], "");
            let (status, _) = send(&server, &method.to_uppercase(), &path, Some(access(&half)), None).await;
            assert_eq!(status, 403, "{method} {path}");
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
    assert_eq!(send(&server, "GET", "/auth/v1/user", Some(access(&half)), None).await.0, 200, "who one is");
    assert_eq!(send(&server, "POST", "/auth/v1/logout", Some(access(&half)), None).await.0, 204, "signing out");
}

#[tokio::test]
async fn a_code_is_taken_once_however_many_send_it_at_once() {
    let server = with_key(&[]).await;
    let session = join(&server, "anna@example.se", Role::Viewer).await;
    let (factor, _) = add_app(&server, &session).await;
    forget_steps(&server).await;
    let mut sessions = Vec::new();
    for _ in 0..4 {
        sessions.push(sign_in(&server, "anna@example.se", PASSWORD).await.1);
    }
    let code = code(secret(&factor), 0);
    let answers = futures::future::join_all(sessions.iter().map(|one| prove(&server, one, &factor, &code))).await;
    let taken = answers.iter().filter(|(status, _)| *status == 200).count();
    assert_eq!(taken, 1, "{answers:?}");
    let later = prove(&server, &sessions[0], &factor, &code).await.0;
    let again = prove(&server, &sessions[1], &factor, &code).await.0;
    assert!(later != 200 && again != 200, "replayed: {later} {again}");
}

#[tokio::test]
async fn wrong_codes_lock_like_wrong_passwords() {
    let server = with_key(&[]).await;
    let session = join(&server, "anna@example.se", Role::Viewer).await;
    let (factor, _) = add_app(&server, &session).await;
    let (_, half) = sign_in(&server, "anna@example.se", PASSWORD).await;
    let tried = futures::future::join_all((0..12).map(|_| prove(&server, &half, &factor, "123456"))).await;
    let compared = tried.iter().filter(|(status, _)| *status == 422).count();
    let refused = tried.iter().filter(|(status, _)| *status == 429).count();
    assert_eq!((compared, refused), (5, 7), "counted before they are compared");
    let (_, again) = sign_in(&server, "anna@example.se", PASSWORD).await;
    let right = prove(&server, &again, &factor, &code(secret(&factor), 1)).await.0;
    assert_eq!(right, 429, "a new sign-in does not lift the lock");
}

#[tokio::test]
async fn recovery_codes_work_once_each_and_new_ones_end_the_old() {
    let server = with_key(&[]).await;
    let session = join(&server, "anna@example.se", Role::Viewer).await;
    let make =
        async |session: &Value| send(&server, "POST", "/auth/v1/recovery_codes", Some(access(session)), None).await;
    assert_eq!(make(&session).await.0, 404, "there is no second factor to stand in for");
    let (factor, session) = add_app(&server, &session).await;
    let (status, made) = make(&session).await;
    assert_eq!(status, 200, "{made}");
    let codes: Vec<_> =
        made["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10);

    let half = async || sign_in(&server, "anna@example.se", PASSWORD).await.1;
    let typed = codes[0].replace('-', " ").to_uppercase();
    let (status, whole) = prove(&server, &half().await, &factor, &typed).await;
    assert_eq!((status, me(&server, &whole).await), (200, 200));
    assert_eq!(prove(&server, &half().await, &factor, &codes[0]).await.0, 422, "used");
    let (_, left) = send(&server, "GET", "/auth/v1/recovery_codes", Some(access(&whole)), None).await;
    assert_eq!(left["left"], 9);
    let bo = join(&server, "bo@example.se", Role::Viewer).await;
    let (bos, _) = add_app(&server, &bo).await;
    let (_, bo) = sign_in(&server, "bo@example.se", PASSWORD).await;
    assert_eq!(prove(&server, &bo, &bos, &codes[1]).await.0, 422, "another person's");
    assert_eq!(challenge(&server, &bo, &factor).await.0, 404, "another person's app");

    assert_eq!(make(&whole).await.0, 200);
    assert_eq!(prove(&server, &half().await, &factor, &codes[1]).await.0, 422, "replaced");
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT hash FROM recovery_codes").fetch_all(server.db.pool()).await.unwrap();
    assert!(kept.len() == 10 && kept.iter().all(|hash| hash.len() == 32), "only hashes are kept");
}

#[tokio::test]
async fn changes_need_a_proof_of_a_moment_ago() {
    let server = with_key(&[]).await;
    let session = join(&server, "anna@example.se", Role::Viewer).await;
    let age = "UPDATE sessions SET created_at = created_at - interval '16 minutes',
               second_factor_at = second_factor_at - interval '16 minutes'";
    sqlx::query(age).execute(server.db.pool()).await.unwrap();
    let (status, error) = enrol(&server, &session).await;
    assert_eq!(
        (status, &error["error_code"]),
        (403, &json!("reauthentication_needed")),
        "an open browser is not enough"
    );
    let (_, session) = sign_in(&server, "anna@example.se", PASSWORD).await;
    let (factor, session) = add_app(&server, &session).await;
    sqlx::query(age).execute(server.db.pool()).await.unwrap();
    let path = format!("/auth/v1/factors/{}", factor["id"].as_str().unwrap());
    let remove = async |session: &Value| send(&server, "DELETE", &path, Some(access(session)), None).await;
    assert_eq!(remove(&session).await.1["error_code"], "reauthentication_needed");
    forget_steps(&server).await;
    let (status, session) = prove(&server, &session, &factor, &code(secret(&factor), 0)).await;
    assert_eq!(status, 200, "the code again is proof enough");
    let link = services::accounts::invite_user::renew_link(
        server.db.pool(),
        session["user"]["id"].as_str().unwrap().parse().unwrap(),
        &services::accounts::Caller::default(),
        None,
        chrono::Utc::now(),
    )
    .await
    .unwrap()
    .unwrap();
    assert_eq!(remove(&session).await.0, 200);
    assert_eq!(me(&server, &session).await, 200);
    let body = json!({ "type": "recovery", "token_hash": link.token });
    let used = send(&server, "POST", "/auth/v1/verify", None, Some(&body)).await.0;
    assert_eq!(used, 403, "a change of credentials ends links");
    let (_, plain) = sign_in(&server, "anna@example.se", PASSWORD).await;
    assert_eq!(me(&server, &plain).await, 200, "the password is enough again");
}

#[tokio::test]
async fn roles_that_need_a_second_factor_get_in_with_one_only() {
    let server = with_key(&[("REQUIRE_SECOND_FACTOR", "partner")]).await;
    let viewer = join(&server, "viewer@example.se", Role::Viewer).await;
    assert_eq!(me(&server, &viewer).await, 200, "below the role");
    let admin = join(&server, "admin@example.se", Role::Admin).await;
    let (status, problem) = send(&server, "GET", "/api/me", Some(access(&admin)), None).await;
    assert_eq!((status, &problem["type"]), (403, &json!("second-factor-required")), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("add an authenticator app"), "{problem}");
    let (_, admin) = add_app(&server, &admin).await;
    assert_eq!(me(&server, &admin).await, 200);

    // Who lost it is helped by an administrator.
    let partner = join(&server, "partner@example.se", Role::Partner).await;
    let (_, partner) = add_app(&server, &partner).await;
    let path = format!("/api/admin/users/{}/second_factor", partner["user"]["id"].as_str().unwrap());
    assert_eq!(send(&server, "DELETE", &path, Some(access(&viewer)), None).await.0, 403);
    assert_eq!(send(&server, "DELETE", &path, Some(access(&admin)), None).await.0, 204);
    assert_eq!(me(&server, &partner).await, 401, "sessions ended");
    let (_, again) = sign_in(&server, "partner@example.se", PASSWORD).await;
    assert_eq!(again["user"]["factors"], json!([]));
    assert_eq!(me(&server, &again).await, 403, "and the role asks for a new one");
    let (_, log) = send(&server, "GET", "/api/admin/audit?action=second_factor", Some(access(&admin)), None).await;
    assert_eq!(log["items"][0]["action"], "second_factor.reset");
}

#[tokio::test]
async fn secrets_are_sealed_and_the_key_is_changed_while_servers_run() {
    let server = with_key(&[]).await;
    let session = join(&server, "admin@example.se", Role::Admin).await;
    let (factor, session) = add_app(&server, &session).await;
    let hook = json!({ "name": "CRM", "url": "https://hooks.example.com/x" });
    let (status, hook) = send(&server, "POST", "/api/admin/webhooks", Some(access(&session)), Some(&hook)).await;
    assert_eq!(status, 201, "{hook}");
    let kept = async || -> Vec<Vec<u8>> {
        let all = "SELECT secret FROM signing_keys UNION ALL SELECT secret FROM second_factors
                   UNION ALL SELECT convert_to(secret, 'UTF8') FROM webhooks";
        sqlx::query_scalar(all).fetch_all(server.db.pool()).await.unwrap()
    };
    let before = kept().await;
    assert_eq!(before.len(), 3);
    assert!(before.iter().all(|secret| secret.starts_with(b"lode-sealed-1:")), "nothing stands there as it is");
    let plain = Secret::try_from_base32(secret(&factor)).unwrap();
    let hook_secret = hook["secret"].as_str().unwrap().as_bytes();
    for kept in &before {
        assert!(!kept.windows(20).any(|part| part == plain.as_bytes()));
        assert!(!kept.windows(hook_secret.len()).any(|part| part == hook_secret));
    }

    // Other processes on the same database, by the keys that they know.
    let db = server.db.pool();
    let changing = identity(&[("LODE_SECRET_KEY", OTHER_KEY), ("LODE_SECRET_KEY_PREVIOUS", KEY)]);
    assert!(
        changing.verify(db, &identity::Credential::Bearer(access(&session).to_owned())).await.is_ok(),
        "opened with the key before"
    );
    let mut tx = db.begin().await.unwrap();
    assert_eq!(store::sealing::seal_all(&mut tx, &changing.sealer).await.unwrap(), 3);
    tx.commit().await.unwrap();
    let changed = crate::support::beside(
        &server,
        &[("REQUIRE_AUTH", "true"), ("LODE_ACCOUNTS", "builtin"), ("LODE_SECRET_KEY", OTHER_KEY)],
    )
    .await;
    assert_eq!(me(&changed, &session).await, 200, "sealed with the new key");
    let (_, half) = sign_in(&changed, "admin@example.se", PASSWORD).await;
    forget_steps(&changed).await;
    assert_eq!(prove(&changed, &half, &factor, &code(secret(&factor), 0)).await.0, 200);

    // Who has the database but not the key signs nothing.
    for settings in [&[("LODE_SECRET_KEY", KEY)][..], &[]] {
        let without = identity(settings);
        assert!(without.verify(db, &identity::Credential::Bearer(access(&session).to_owned())).await.is_err());
        let caller = services::accounts::Caller::default();
        let (password, now) = (PASSWORD.to_owned(), chrono::Utc::now());
        let signed =
            services::accounts::sign_in::sign_in(db, &without, "admin@example.se", password, &caller, now).await;
        assert!(signed.unwrap_err().to_string().contains("no signing key"));
    }
}

/// How another process with these settings knows who somebody is.
fn identity(settings: &[(&str, &str)]) -> identity::Identity {
    let all = [settings, &[("REQUIRE_AUTH", "true"), ("LODE_ACCOUNTS", "builtin"), ("LODE_DATA_DIR", "/nonexistent")]]
        .concat();
    let read = |name: &str| all.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
    let config = config::Config::from_values(read).unwrap();
    identity::Identity::from_config(&config, identity::jwks::Policy::default()).unwrap()
}

#[tokio::test]
async fn without_a_key_no_second_factor_is_kept_and_the_remedy_is_named() {
    let server = with_accounts(&[]).await;
    let session = join(&server, "anna@example.se", Role::Viewer).await;
    let (status, error) = enrol(&server, &session).await;
    assert_eq!((status, &error["error_code"]), (422, &json!("mfa_totp_enroll_not_enabled")));
    assert!(error["msg"].as_str().unwrap().contains("LODE_SECRET_KEY"), "{error}");
}
