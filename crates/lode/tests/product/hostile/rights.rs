//! What other people, and one's own lesser tokens, get by side doors.

use domain::access::Role;
use serde_json::{Value, json};

use crate::identity::people::{PASSWORD, access, invite, join, send, sign_in, with_accounts};
use crate::support::Server;

async fn audit_log(server: &Server) -> String {
    let rows: Vec<String> = sqlx::query_scalar("SELECT concat(action, ' ', detail, ' ', orgnr) FROM audit_log")
        .fetch_all(server.db.pool())
        .await
        .unwrap();
    rows.join("\n")
}

#[tokio::test]
async fn names_of_private_things_stay_out_of_the_audit_log_and_of_what_the_team_shares() {
    let server = with_accounts(&[]).await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    let anna = Some(access(&anna));
    let post = async |path: &str, body: Value| send(&server, "POST", path, anna, Some(&body)).await;
    let (status, list) = post("/api/lists", json!({ "name": "ZQMARK list", "scope": "private" })).await;
    assert_eq!(status, 201, "{list}");
    assert_eq!(post("/api/views", json!({ "name": "ZQMARK view", "scope": "private" })).await.0, 201);
    assert_eq!(post("/api/labels", json!({ "name": "ZQMARK label", "scope": "private" })).await.0, 201);
    let log = audit_log(&server).await;
    assert!(log.contains("list.create") && log.contains("view.create") && log.contains("label.create"), "{log}");
    assert!(!log.contains("ZQMARK"), "{log}");

    let flat = json!([{ "field": "list", "op": "in list", "value": "ZQMARK list" }]);
    let tree = json!({ "field": "list", "op": "in_list", "value": "ZQMARK list" });
    for filter in [flat, tree] {
        let body = json!({ "name": "shared", "scope": "team", "filter": filter });
        let (status, problem) = post("/api/views", body).await;
        assert_eq!(status, 422, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains("private"), "{problem}");
    }
}

#[tokio::test]
async fn documents_of_views_are_limited() {
    let server = with_accounts(&[]).await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    for (part, value) in [
        ("columns", json!([{ "k": "x".repeat(30_000) }])),
        ("sort", json!([{ "k": "x".repeat(3_000) }])),
        ("unit", json!("furlongs")),
    ] {
        let mut body = json!({ "name": "large" });
        body[part] = value;
        let (status, problem) = send(&server, "POST", "/api/views", Some(access(&anna)), Some(&body)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(format!("/{part}"))), "{problem}");
    }
}

#[tokio::test]
async fn one_person_keeps_so_much_of_each_kind_and_the_next_is_not_counted_with_them() {
    use store::quotas::{Kept, has_room};
    let server = with_accounts(&[]).await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    let bo = join(&server, "bo@example.se", Role::Analyst).await;
    let id = |session: &serde_json::Value| session["user"]["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    let mut conn = server.db.pool().acquire().await.unwrap();
    // Every kind can be counted: a column that is not there would fail.
    for kept in Kept::ALL {
        assert!(has_room(&mut conn, id(&anna), kept).await.unwrap(), "{kept:?}");
    }
    for fill in [
        "INSERT INTO views (owner_id, name, scope, filter) SELECT $1, 'v' || n, 'team', '{}' FROM generate_series(1, $2::int) n",
        "INSERT INTO lists (owner_id, name, scope) SELECT $1, 'l' || n, 'team' FROM generate_series(1, $2::int) n",
        "INSERT INTO labels (owner_id, name, scope, color) SELECT $1, 'm' || n, 'team', 'blue' FROM generate_series(1, $2::int) n",
        "INSERT INTO api_tokens (user_id, name, hash, hint, scopes)
         SELECT $1, 't', decode(lpad(to_hex(n), 64, '0'), 'hex'), 'lode_', '{read}' FROM generate_series(1, $2::int) n",
    ] {
        let kind = Kept::ALL.into_iter().find(|kept| fill.contains(kept.name())).unwrap_or(Kept::Tokens);
        sqlx::query(fill)
            .bind(id(&anna))
            .bind(i32::try_from(kind.most() - 1).unwrap())
            .execute(&mut *conn)
            .await
            .unwrap_or_else(|error| panic!("{kind:?}: {error}"));
    }
    drop(conn);
    for (path, body) in [
        ("/api/views", json!({ "name": "one more" })),
        ("/api/lists", json!({ "name": "one more", "scope": "team" })),
        ("/api/labels", json!({ "name": "one more", "scope": "team" })),
        ("/api/tokens", json!({ "name": "one more", "scopes": ["read"], "expires_in_days": 1 })),
    ] {
        let ask = |person: &serde_json::Value, number: u8| {
            let (mut body, token, server) = (body.clone(), access(person).to_owned(), &server);
            body["name"] = json!(format!("one more {number}"));
            async move { send(server, "POST", path, Some(&token), Some(&body)).await }
        };
        let answers = futures::future::join_all((0..4).map(|number| ask(&anna, number))).await;
        let made = answers.iter().filter(|(status, _)| *status == 201 || *status == 200).count();
        assert_eq!(made, 1, "{path}: the last place, however many ask at once: {answers:?}");
        let (_, problem) = answers.iter().find(|(status, _)| *status == 409).unwrap();
        assert!(problem["detail"].as_str().unwrap().contains("remove some first"), "{problem}");
        let (status, answer) = ask(&bo, 9).await;
        assert!(status == 201 || status == 200, "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_frozen_screen_is_removed_by_whoever_made_it_or_answers_for_the_team() {
    let server = with_accounts(&[]).await;
    server.until_ready().await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    let arne = join(&server, "arne@example.se", Role::Analyst).await;
    let paula = join(&server, "paula@example.se", Role::Partner).await;
    for (remover, expected) in [(&arne, 403), (&anna, 204), (&paula, 204)] {
        let body = json!({ "text": "revenue >= 1" });
        let (status, taken) = send(&server, "POST", "/api/universe/snapshots", Some(access(&anna)), Some(&body)).await;
        assert_eq!(status, 201, "{taken}");
        let path = format!("/api/universe/snapshots/{}", taken["id"].as_str().unwrap());
        let (status, answer) = send(&server, "DELETE", &path, Some(access(remover)), None).await;
        assert_eq!(status, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_job_is_run_again_by_whoever_may_ask_for_its_work() {
    let server = with_accounts(&[]).await;
    let admin = join(&server, "adam@example.se", Role::Admin).await;
    let body = json!({ "name": "writes", "scopes": ["write", "read"] });
    let (status, token) = send(&server, "POST", "/api/tokens", Some(access(&admin)), Some(&body)).await;
    assert_eq!(status, 201, "{token}");
    let token = token["token"].as_str().unwrap();
    for kind in ["import_files", "analyse_company", "analyse_company_with_model", "enrich_company", "export_companies"]
    {
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO jobs (kind, queue, state, payload, max_attempts, requested_by) VALUES ($1, 'imports', 'discarded', '{}', 5, $2::uuid) RETURNING id",
        )
        .bind(kind)
        .bind(uuid::Uuid::parse_str(admin["user"]["id"].as_str().unwrap()).unwrap())
        .fetch_one(server.db.pool())
        .await
        .unwrap();
        for action in ["retry", "cancel"] {
            let (status, problem) = send(&server, "POST", &format!("/api/jobs/{id}/{action}"), Some(token), None).await;
            assert_eq!(status, 403, "{kind} {action}: {problem}");
        }
    }
}

#[tokio::test]
async fn a_screen_that_leaves_out_nothing_is_worked_on_only_when_that_is_said() {
    let server = with_accounts(&[]).await;
    server.until_ready().await;
    let anna = join(&server, "anna@example.se", Role::Analyst).await;
    for path in ["/api/analysis/start", "/api/analysis/estimate", "/api/enrichment/run", "/api/enrichment/estimate"] {
        for body in [json!({ "filters": [] }), json!({ "text": "" }), json!({ "filter": { "not": { "any": [] } } })] {
            let (status, problem) = send(&server, "POST", path, Some(access(&anna)), Some(&body)).await;
            assert_eq!(status, 422, "{path} {body}: {problem}");
        }
    }
    let body = json!({ "filters": [], "everything": true });
    let (status, answer) = send(&server, "POST", "/api/analysis/estimate", Some(access(&anna)), Some(&body)).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn many_guesses_at_once_and_in_every_spelling_count_as_one_after_another() {
    let server = with_accounts(&[]).await;
    join(&server, "ivar@example.se", Role::Viewer).await;
    let spellings = ["ivar@example.se", "IVAR@example.se", " Ivar@Example.SE "];
    let guesses = (0..15).map(|number| sign_in(&server, spellings[number % 3], "wrong password"));
    let statuses: Vec<u16> = futures::future::join_all(guesses).await.into_iter().map(|(status, _)| status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 5, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 10, "{statuses:?}");
}

#[tokio::test]
async fn a_new_password_ends_the_links_that_were_made_before() {
    let server = with_accounts(&[]).await;
    let arne = join(&server, "arne@example.se", Role::Analyst).await;
    let admin = join(&server, "adam@example.se", Role::Admin).await;
    let path = format!("/api/admin/users/{}/link", arne["user"]["id"].as_str().unwrap());
    let (status, link) = send(&server, "POST", &path, Some(access(&admin)), None).await;
    assert!([200, 201].contains(&status), "{link}");
    let secret = link.to_string().split("token_hash=").nth(1).map(|rest| {
        rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "_-".contains(*letter)).collect::<String>()
    });
    let change = json!({ "password": "En helt ny mening", "current_password": PASSWORD });
    assert_eq!(send(&server, "PUT", "/auth/v1/user", Some(access(&arne)), Some(&change)).await.0, 200);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM account_links WHERE used_at IS NULL")
        .fetch_one(server.db.pool())
        .await
        .unwrap();
    assert_eq!(left, 0, "{secret:?}");
}

#[tokio::test]
async fn a_stream_of_events_ends_with_the_rights_of_whoever_follows_it() {
    let server = with_accounts(&[]).await;
    let admin = join(&server, "adam@example.se", Role::Admin).await;
    let request = server.client.get(format!("{}/api/jobs/events", server.url)).bearer_auth(access(&admin));
    let mut stream = request.send().await.unwrap();
    assert_eq!(stream.status(), 200);
    sqlx::query("UPDATE users SET disabled_at = now() WHERE lower(email) = 'adam@example.se'")
        .execute(server.db.pool())
        .await
        .unwrap();
    let to_the_end = async { while let Ok(Some(_)) = stream.chunk().await {} };
    tokio::time::timeout(std::time::Duration::from_secs(20), to_the_end).await.expect("the stream goes on");
}

#[tokio::test]
async fn a_chain_without_its_end_is_named_and_not_gone_on_with() {
    let server = with_accounts(&[]).await;
    let admin = join(&server, "adam@example.se", Role::Admin).await;
    let _ = invite(&server, "bo@example.se", Role::Viewer).await;
    sqlx::query("DELETE FROM audit_chain_end").execute(server.db.pool()).await.unwrap();
    let (status, found) = send(&server, "POST", "/api/admin/audit/verify", Some(access(&admin)), None).await;
    assert_eq!(status, 200, "{found}");
    assert_eq!(found["ok"], false);
    assert!(found["faults"].to_string().contains("end of the chain was removed"), "{found}");
}
