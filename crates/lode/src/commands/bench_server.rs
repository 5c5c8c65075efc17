//! `lode serve` as a process of its own, for measurements over HTTP.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::bench_database::BenchDatabase;

/// `lode serve` as a process of its own.
pub struct Server {
    child: Child,
    /// Where it answers.
    pub url: String,
    /// Asks it.
    pub client: reqwest::Client,
}

impl Server {
    /// Starts this program on the database.
    pub async fn start(database: &BenchDatabase, folder: &Path) -> anyhow::Result<Self> {
        let program = std::env::current_exe().context("the path of this program")?;
        Self::start_program(&program, database, folder, &[]).await
    }

    /// Starts a program on the database, with further settings. The folder keeps the index file.
    pub async fn start_program(
        program: &Path,
        database: &BenchDatabase,
        folder: &Path,
        settings: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(["serve", "--port", "0"])
            .env("DATABASE_URL", &database.url)
            .env("LODE_DATA_DIR", folder)
            .envs(settings.iter().copied())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("lode serve cannot be started")?;
        let stdout = child.stdout.take().context("the server's output")?;
        let mut lines = BufReader::new(stdout).lines();
        let line = loop {
            let line = lines.next_line().await?.context("the server ended before it listened")?;
            if line.contains("http://") {
                break line;
            }
        };
        // Whatever else it says is read, so that it never waits for us.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let url = line.find("http://").map_or("", |at| &line[at..]).trim().to_owned();
        let client = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { child, url, client })
    }

    /// How the index was loaded, once it answers.
    pub async fn loaded(&mut self) -> anyhow::Result<String> {
        for _ in 0..3_000 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            anyhow::ensure!(self.child.try_wait()?.is_none(), "the server ended");
            let answer = self.client.get(format!("{}/api/status", self.url)).send().await;
            let Ok(answer) = answer else { continue };
            let status: Value = answer.json().await.unwrap_or_default();
            if status["index"]["ready"] == true {
                return Ok(status["index"]["loaded"].as_str().unwrap_or_default().to_owned());
            }
        }
        anyhow::bail!("the index never became ready")
    }

    /// Resident memory, MiB.
    pub fn memory_mib(&self) -> u64 {
        let status = self.child.id().and_then(|pid| std::fs::read_to_string(format!("/proc/{pid}/status")).ok());
        let line = status.as_deref().and_then(|status| status.lines().find(|line| line.starts_with("VmRSS:")));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
    }

    /// Ends it.
    pub async fn end(&mut self) {
        // A killed server is what the file must survive anyway.
        let _ = self.child.kill().await;
    }

    /// The JSON that a route answers with.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await?;
        answer.error_for_status()?.json().await.with_context(|| path.to_owned())
    }

    /// The JSON that a question is answered with.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let answer = self.client.post(format!("{}{path}", self.url)).json(body).send().await?;
        answer.error_for_status()?.json().await.with_context(|| path.to_owned())
    }
}

/// The time below which this share of the times lies; they are put in order.
pub fn share(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get((times.len().saturating_sub(1) as f64 * share).round() as usize).copied().unwrap_or(0.0)
}
