//! How long files are kept, and when they are removed from the artifact store.

use chrono::{TimeDelta, Utc};
use jobs::import_files::{ImportFiles, Upload};
use serde_json::json;
use services::exports::expire::{remove_expired, remove_unnamed};
use store::artifact_references;

use super::{file, screen, server_with, start, start_worker, wait_for};
use crate::support::Server;
use crate::universe::data;

async fn let_expire(server: &Server, path: &str) {
    sqlx::query("UPDATE exports SET expires_at = now() - interval '1 second' WHERE id = $1::uuid")
        .bind(path.rsplit('/').next().unwrap())
        .execute(server.db.pool())
        .await
        .unwrap();
}

async fn hash_of(server: &Server, path: &str) -> Option<String> {
    sqlx::query_scalar("SELECT sha256 FROM exports WHERE id = $1::uuid")
        .bind(path.rsplit('/').next().unwrap())
        .fetch_one(server.db.pool())
        .await
        .unwrap()
}

async fn is_stored(server: &Server, sha256: &str) -> bool {
    server.artifacts.get(sha256).await.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_file_is_deleted_when_no_other_row_names_it() {
    let server = server_with(&data::plain(50)).await;
    let worker = start_worker(&server);
    let (first, second) = (start(&server, &screen()).await, start(&server, &screen()).await);
    let ready = wait_for(&server, &first, "ready").await;
    wait_for(&server, &second, "ready").await;
    let expires_at: chrono::DateTime<Utc> = ready["expires_at"].as_str().unwrap().parse().unwrap();
    assert!((expires_at - Utc::now() - TimeDelta::days(7)).abs() < TimeDelta::minutes(5), "{ready}");
    let sha256 = hash_of(&server, &first).await.unwrap();
    assert_eq!(hash_of(&server, &second).await.as_ref(), Some(&sha256), "the same rows are one file");

    // Gone for its owner from that moment on, whether or not the file has been removed.
    let_expire(&server, &first).await;
    let (status, problem) = server.send("GET", &format!("{first}/download"), None).await;
    assert_eq!((status, &problem["status"]), (410, &json!(410)), "{problem}");
    assert_eq!(server.json(&first, 200).await["status"], "expired");
    let tidy = async |now| remove_expired(server.db.pool(), &server.artifacts, 7, now, || true).await.unwrap();
    assert_eq!(tidy(Utc::now()).await, (0, 0), "the other export names it still");
    assert_eq!(hash_of(&server, &first).await, None);
    assert!(is_stored(&server, &sha256).await && !file(&server, &second).await.is_empty());
    assert_eq!(server.send("GET", &format!("{first}/download"), None).await.0, 410);

    // An upload that is to be imported is the same file too: somebody exported it and sends it back.
    let upload = Upload { name: "lode.csv".to_owned(), sha256: sha256.clone(), bytes: 1 };
    let import = ImportFiles { kind: "accounts".to_owned(), files: vec![upload], mapping: None, is_dry_run: true };
    let job = queue::enqueue(&mut server.db.acquire().await.unwrap(), &import).await.unwrap();
    assert_eq!(server.send("DELETE", &second, None).await.0, 204);
    assert!(is_stored(&server, &sha256).await);
    sqlx::query("DELETE FROM jobs WHERE id = $1").bind(job.0).execute(server.db.pool()).await.unwrap();

    // Asked for again it is there again, and removing the last one removes the file.
    assert_eq!(server.send("POST", &format!("{first}/retry"), None).await.0, 202);
    wait_for(&server, &first, "ready").await;
    assert!(!file(&server, &first).await.is_empty());
    assert_eq!(server.send("DELETE", &first, None).await.0, 204);
    assert!(!is_stored(&server, &sha256).await);
    assert_eq!(server.send("GET", &format!("{first}/download"), None).await.0, 404);
    drop(worker);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_of_the_very_file_that_is_being_removed_is_there_for_its_import() {
    let server = server_with(&data::plain(20)).await;
    let worker = start_worker(&server);
    let path = start(&server, &screen()).await;
    wait_for(&server, &path, "ready").await;
    let (bytes, sha256) = (file(&server, &path).await, hash_of(&server, &path).await.unwrap());
    // Somebody is removing the export, and has not looked yet who else names its file.
    let mut removing = server.db.begin().await.unwrap();
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    sqlx::query("UPDATE exports SET sha256 = NULL WHERE id = $1")
        .bind::<uuid::Uuid>(id)
        .execute(&mut *removing)
        .await
        .unwrap();
    artifact_references::lock(&mut removing, &sha256).await.unwrap();
    let mut form = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"lode.csv\"\r\n\r\n".to_vec();
    form.extend_from_slice(&bytes);
    form.extend_from_slice(b"\r\n--x--\r\n");
    let request = server.client.post(format!("{}/api/imports?kind=accounts&dry_run=true", server.url));
    let request = request.header("content-type", "multipart/form-data; boundary=x").body(form);
    let uploading = tokio::spawn(request.send());
    // The upload has found the file in the store and does not write it; it waits to name it.
    let mut waiting = 0_i64;
    for _ in 0..400 {
        waiting = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'",
        )
        .fetch_one(server.db.pool())
        .await
        .unwrap();
        if waiting > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert_eq!(waiting, 1);
    assert!(remove_unnamed(&mut removing, &server.artifacts, &sha256).await.unwrap(), "nobody names it yet");
    assert!(!is_stored(&server, &sha256).await);
    removing.commit().await.unwrap();
    assert_eq!(uploading.await.unwrap().unwrap().status().as_u16(), 202);
    assert!(is_stored(&server, &sha256).await, "the import finds its file");
    // And whoever comes to remove it now leaves it.
    let mut removing = server.db.begin().await.unwrap();
    assert!(!remove_unnamed(&mut removing, &server.artifacts, &sha256).await.unwrap());
    drop(worker);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_expired_long_ago_is_forgotten_and_what_is_being_written_is_left_alone() {
    let server = server_with(&data::plain(5)).await;
    let waiting = start(&server, &screen()).await;
    let cancelled = start(&server, &screen()).await;
    assert_eq!(server.send("POST", &format!("{cancelled}/cancel"), None).await.0, 200);
    // A run that died between naming its file and finishing.
    let sha256 = "ab".repeat(32);
    server.artifacts.put(&sha256, bytes::Bytes::from_static(b"half")).await.unwrap();
    sqlx::query("UPDATE exports SET sha256 = $1").bind(&sha256).execute(server.db.pool()).await.unwrap();
    let tidy = async |now| remove_expired(server.db.pool(), &server.artifacts, 7, now, || true).await.unwrap();
    assert_eq!(tidy(Utc::now()).await, (0, 0));
    assert_eq!(tidy(Utc::now() + TimeDelta::days(8)).await, (0, 0), "the one that waits names it");
    assert_eq!((hash_of(&server, &cancelled).await, hash_of(&server, &waiting).await), (None, Some(sha256.clone())));
    assert_eq!(tidy(Utc::now() + TimeDelta::days(60)).await, (0, 1));
    assert_eq!(server.get(&cancelled).await.status().as_u16(), 404);
    // The file that the run really writes takes the place of the one that it left.
    let worker = start_worker(&server);
    wait_for(&server, &waiting, "ready").await;
    drop(worker);
    assert!(!is_stored(&server, &sha256).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schedule_removes_files_by_itself() {
    let server = server_with(&data::plain(5)).await;
    let path = start(&server, &screen()).await;
    let worker = start_worker(&server);
    wait_for(&server, &path, "ready").await;
    let sha256 = hash_of(&server, &path).await.unwrap();
    let_expire(&server, &path).await;
    let job = jobs::delete_expired_exports::DeleteExpiredExports {};
    queue::enqueue(&mut server.db.acquire().await.unwrap(), &job).await.unwrap();
    for _ in 0..400 {
        if !is_stored(&server, &sha256).await {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert!(!is_stored(&server, &sha256).await);
    drop(worker);
}
