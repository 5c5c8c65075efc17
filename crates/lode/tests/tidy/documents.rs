//! Documents, operations and wording: what they name exists, and they use the terms of the field.

use std::process::Command;

use super::{assert_none, files, read, root, with_extension};

#[test]
fn every_setting_is_documented() {
    let documented = read(".env.example");
    let files = files();
    let mut offences = Vec::new();
    for path in with_extension(&files, &["rs"]).filter(|path| path.contains("/src/")) {
        for (_, rest) in read(path).match_indices("env = \"").map(|(at, found)| (at, at + found.len())) {
            let text = read(path);
            let name = text[rest..].split('"').next().unwrap_or_default().to_owned();
            if !documented.contains(&format!("{name}=")) {
                offences.push(format!("{path}: {name}"));
            }
        }
    }
    assert_none("settings that .env.example does not list", &offences);
}

/// An alert or a panel on a metric that nobody records stays silent for ever.
#[test]
fn metrics_of_alerts_and_board_are_recorded_by_the_code() {
    let files = files();
    let code: String =
        with_extension(&files, &["rs"]).filter(|path| path.contains("/src/")).map(|path| read(path)).collect();
    let mut offences = Vec::new();
    for path in
        files.iter().filter(|path| path.starts_with("deploy/prometheus/rules/") || path.starts_with("deploy/grafana/"))
    {
        for name in read(path).split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':')) {
            if !name.starts_with("lode_") {
                continue;
            }
            let base = ["_bucket", "_count", "_sum"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
            if !code.contains(&format!("\"{base}\"")) {
                offences.push(format!("{path}: {name}"));
            }
        }
    }
    offences.sort();
    offences.dedup();
    assert_none("metrics that no code records", &offences);
}

/// The link of an alert leads to what to do, and every alert is tried in three cases.
#[test]
fn every_alert_has_its_runbook_section_and_three_cases() {
    let rules = read("deploy/prometheus/rules/alerts.yml");
    let runbook = read("docs/operations/alerts.md");
    let files = files();
    let cases: String =
        files.iter().filter(|path| path.starts_with("deploy/prometheus/tests/")).map(|path| read(path)).collect();
    let alerts: Vec<&str> = rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    assert!(alerts.len() > 20, "only {} alerts were found", alerts.len());
    let mut offences = Vec::new();
    for alert in alerts {
        if !runbook.lines().any(|line| line == format!("## {alert}")) {
            offences.push(format!("{alert}: no section in docs/operations/alerts.md"));
        }
        if !rules.contains(&format!("docs/operations/alerts.md#{}", alert.to_lowercase())) {
            offences.push(format!("{alert}: no link to its section"));
        }
        if cases.lines().filter(|line| line.trim() == format!("alertname: {alert}")).count() < 3 {
            offences.push(format!("{alert}: fewer than three cases"));
        }
    }
    assert_none("alerts without runbook or tests", &offences);
}

/// Field terms instead of pictures of them. Migrations stay as they were applied: their checksums are kept with the data.
#[test]
fn texts_use_the_terms_of_the_field() {
    let pictures = r"\b(p[o]stman|d[e]eds?|the h[o]use|for g[o]od|t[r]ouble|h[e]ar[sd]? (of|both|it))\b";
    let found = Command::new("git")
        .args([
            "grep",
            "--untracked",
            "-IniE",
            pictures,
            "--",
            ":!crates/store/migrations",
            ":!frontend/package-lock.json",
        ])
        .current_dir(root())
        .output()
        .expect("git searches the project's files");
    assert!(found.status.code().is_some_and(|code| code <= 1), "{}", String::from_utf8_lossy(&found.stderr));
    let offences: Vec<_> = String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect();
    assert_none("write mailer, action, organisation, permanently, error, receive", &offences);
}

#[test]
fn the_security_table_names_tests_and_files_that_exist() {
    let code: String = with_extension(&files(), &["rs"]).map(|path| read(path)).collect();
    let table = read("docs/security/asvs.md");
    let mut offences = Vec::new();
    let mut tests = 0;
    for line in table.lines().filter(|line| line.starts_with("| ")) {
        for name in line.split('`').skip(1).step_by(2) {
            let name = name.rsplit("::").next().unwrap_or(name);
            let is_test = name.matches('_').count() > 2
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            tests += usize::from(is_test);
            let is_file = name.contains('/')
                && ["crates/", "docs/", "scripts/", "deploy/", "fuzz/", "frontend/"]
                    .iter()
                    .any(|at| name.starts_with(at));
            let is_known =
                if is_test { code.contains(&format!("fn {name}(")) } else { !is_file || root().join(name).exists() };
            if !is_known {
                offences.push(format!("{name} in {line}"));
            }
        }
    }
    assert!(tests > 80, "{tests} tests are named");
    assert_none("docs/security/asvs.md names what is not there", &offences);
}

/// A tag can be moved to other code, a commit cannot; the comment says which release it is.
#[test]
fn actions_of_workflows_are_pinned_by_commit_with_their_version() {
    let mut offences = Vec::new();
    let files = files();
    for path in files.iter().filter(|path| path.starts_with(".github/workflows/")) {
        for (number, line) in read(path).lines().enumerate() {
            let Some((_, used)) = line.split_once("uses: ") else { continue };
            if used.starts_with("./") {
                continue;
            }
            let (action, version) = used.split_once(" # ").unwrap_or((used, ""));
            let commit = action.split_once('@').map_or("", |(_, commit)| commit.trim());
            let is_commit = commit.len() == 40 && commit.chars().all(|digit| digit.is_ascii_hexdigit());
            if !is_commit || !version.starts_with('v') {
                offences.push(format!("{path}:{}: {used}", number + 1));
            }
        }
    }
    assert!(files.iter().any(|path| path == ".github/workflows/checks.yml"), "there are workflows");
    assert_none("actions are pinned as OWNER/NAME@COMMIT # vVERSION", &offences);
}

#[test]
fn the_page_of_invariants_names_tests_that_exist() {
    let code: String = with_extension(&files(), &["rs"]).map(|path| read(path)).collect();
    let page = read("docs/invariants.md");
    let mut offences = Vec::new();
    let mut named = 0;
    // | what holds | what keeps it |
    for kept_by in page.lines().filter_map(|line| line.strip_prefix("| ")?.rsplit(" | ").next()) {
        for name in kept_by.split('`').skip(1).step_by(2) {
            let (place, last) = name.rsplit_once("::").unwrap_or((name, ""));
            let is_test = last.matches('_').count() > 2 && last.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let is_there = if is_test {
                code.contains(&format!("fn {last}("))
            } else if let Some(modules) = name.strip_prefix("product::").filter(|modules| *modules != "…") {
                let (folder, alternatives) = modules.rsplit_once("::").unwrap_or(("", modules));
                let folder = root().join("crates/lode/tests/product").join(folder.replace("::", "/"));
                alternatives
                    .trim_matches(['{', '}'])
                    .split(", ")
                    .all(|module| folder.join(module).is_dir() || folder.join(format!("{module}.rs")).is_file())
            } else if place.contains("/tests/") || place.contains("/src/") {
                root().join("crates").join(place).exists() || root().join(place).exists()
            } else {
                continue;
            };
            named += 1;
            if !is_there {
                offences.push(name.to_owned());
            }
        }
    }
    assert!(named > 30, "{named} tests are named");
    assert_none("docs/invariants.md names what is not there", &offences);
}
