//! The web app: start page, its files, deep links, caching; and its pages as a browser shows them.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use super::checks::{Checks, expect};

/// How long a browser may take for one page.
const PAGE_LIMIT: Duration = Duration::from_secs(45);

/// Checks the files of the web app at `web`.
pub(in super::super) async fn frontend(checks: &mut Checks, web: &str) {
    let page = text(checks, &format!("{web}/")).await;
    let html = page.clone().unwrap_or_default();
    checks.note("GET /", page.and_then(|html| expect(html.contains("id=\"root\""), "no web app")));
    let files: Vec<String> = html
        .split(['"', '\''])
        .filter(|part| part.starts_with("/assets/") && (part.ends_with(".js") || part.ends_with(".css")))
        .map(str::to_owned)
        .collect();
    checks.note("the start page names its files", expect(!files.is_empty(), "none"));
    for file in &files {
        let found = text(checks, &format!("{web}{file}")).await;
        let found = found.and_then(|body| {
            expect(!body.is_empty() && !body.trim_start().starts_with("<!doctype"), "a page instead of the file")?;
            expect(!names_local_server(&body), "it names a server on the builder's own machine")
        });
        checks.note(&format!("GET {file}"), found);
    }
    for path in ["/universe", "/company/5560160680", "/sources"] {
        let found = text(checks, &format!("{web}{path}")).await;
        checks.note(
            &format!("deep link {path}"),
            found.and_then(|body| expect(body.contains("id=\"root\""), "not the web app")),
        );
    }
    let missing = checks.send(checks.client.get(format!("{web}/assets/missing.js"))).await;
    let missing = missing.and_then(|answer| expect(answer.status() == 404, "a file that is missing is not a 404"));
    checks.note("a missing file is a 404", missing);
}

async fn text(checks: &Checks, url: &str) -> Result<String, String> {
    let answer = checks.send(checks.client.get(url)).await?;
    if !answer.status().is_success() {
        return Err(format!("status {}", answer.status().as_u16()));
    }
    answer.text().await.map_err(|error| error.without_url().to_string())
}

/// Whether a text names a server on this very machine, as a build with a developer's address of the API would. A router's bare
/// `http://localhost`, which it parses paths against and never asks, has no port.
pub(in super::super) fn names_local_server(text: &str) -> bool {
    let has_port =
        |rest: &str| rest.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()));
    ["://localhost", "://127.0.0.1", "://[::1]", "://0.0.0.0"]
        .iter()
        .any(|host| text.match_indices(host).any(|(at, host)| has_port(&text[at + host.len()..])))
}

/// Checks that a headless browser shows the pages of the web app at `web`, and not its error page.
pub(in super::super) async fn routes(checks: &mut Checks, web: &str) {
    let Some(browser) = find_browser() else {
        let reason = "no Chromium on PATH; install one or name it in CHROMIUM_PATH";
        return checks.note("pages in a headless browser", Err(reason.to_owned()));
    };
    for path in ["/universe", "/lists", "/company/5560160680", "/prospects", "/ai/runs"] {
        let shown = show(&browser, &format!("{web}{path}")).await;
        let shown = shown.and_then(|page| {
            expect(
                page.contains("<main") || page.contains("type=\"password\""),
                "neither a page nor a sign-in form was rendered",
            )
        });
        checks.note(&format!("page {path} in a browser"), shown);
    }
}

fn find_browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM_PATH") {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let folders = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    std::env::split_paths(&folders).flat_map(|folder| names.map(|name| folder.join(name))).find(|path| path.is_file())
}

/// The page as the browser holds it once its scripts have run.
async fn show(browser: &std::path::Path, url: &str) -> Result<String, String> {
    let profile = tempfile::tempdir().map_err(|error| format!("no folder for the browser: {error}"))?;
    let mut command = tokio::process::Command::new(browser);
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(url)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let output = tokio::time::timeout(PAGE_LIMIT, command.output())
        .await
        .map_err(|_| format!("not shown within {} s", PAGE_LIMIT.as_secs()))?
        .map_err(|error| format!("the browser did not start: {error}"))?;
    expect(output.status.success(), "the browser ended with an error")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_developers_address_is_told_from_a_base_of_paths() {
        assert!(names_local_server("fetch(`http://localhost:8080/api`)"));
        assert!(names_local_server("a='https://127.0.0.1:443'"));
        assert!(names_local_server("http://localhost` http://localhost:5173"));
        assert!(!names_local_server("origin||`http://localhost`; http://localhost:"));
        assert!(!names_local_server("https://lode.example:8080"));
    }
}
