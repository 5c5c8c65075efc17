//! The command itself.

use std::io::BufRead;
use std::process::Stdio;

use super::rig::{Process, Rig, client, lode};

#[tokio::test]
async fn a_worker_tells_whether_it_is_ready_and_counts_what_it_does() {
    let rig = Rig::new().await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = lode();
    command.args(["worker", "--port", "0", "--url", rig.redis_url.as_deref().unwrap()]);
    command.env("DATABASE_URL", &rig.database_url).env("LODE_DATA_DIR", folder.path()).env("RUST_LOG", "off");
    let mut worker = Process(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap());
    let mut said = String::new();
    std::io::BufReader::new(worker.0.stderr.take().unwrap()).read_line(&mut said).unwrap();
    let port: u16 = said.trim().rsplit(' ').next().unwrap().parse().expect("the port is said");
    rig.enqueue(0..5, 1).await;
    rig.wait_for_effects(5, std::time::Duration::from_secs(20)).await;
    let client = client();
    let get = async |path: &str| client.get(format!("http://127.0.0.1:{port}{path}")).send().await.unwrap();
    assert_eq!(get("/health").await.status().as_u16(), 200);
    let ready = get("/ready").await;
    assert_eq!(ready.status().as_u16(), 200);
    assert!(ready.text().await.unwrap().contains("\"dispatch\":\"redis\""));
    let metrics = get("/metrics").await.text().await.unwrap();
    let line = "lode_jobs_total{queue=\"monitors\",kind=\"run_probe\",outcome=\"completed\"} 5";
    assert!(metrics.contains(line), "{metrics}");
    assert!(metrics.contains("lode_job_run_seconds_bucket") && metrics.contains("lode_job_wait_seconds_bucket"));
}

#[test]
fn wrong_use_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = lode().args(arguments).env("LODE_DATA_DIR", folder.path()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&["worker", "imports", "mail"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("mail") && said.contains("enrichment"), "{said}");
    let (code, said) = run(&["worker"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("DATABASE_URL"), "{said}");
}
