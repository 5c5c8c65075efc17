//! The project's invariants, checked against `cargo metadata` and the text of every tracked file.
//!
//! Each test names the rule it keeps; ARCHITECTURE.md says why the rule is there.

mod documents;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Paths of all files that are tracked or would be, relative to the root.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the project's files");
    assert!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    listed.lines().map(str::to_owned).filter(|path| root().join(path).is_file()).collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn with_extension<'a>(files: &'a [String], extensions: &'a [&str]) -> impl Iterator<Item = &'a String> {
    files.iter().filter(move |path| {
        Path::new(path).extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e))
    })
}

fn assert_none(rule: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{rule}:\n  {}", offences.join("\n  "));
}

#[test]
fn crates_depend_only_in_the_allowed_directions() {
    let allowed: BTreeMap<&str, &[&str]> = [
        ("domain", &[] as &[&str]),
        ("sources", &["domain"]),
        ("screen", &["domain"]),
        ("store", &["domain"]),
        ("queue", &["store"]),
        ("jobs", &["domain", "queue"]),
        ("artifacts", &[]),
        ("config", &[]),
        ("crawl", &["domain"]),
        ("llm", &[]),
        ("universe", &["domain", "screen", "store"]),
        ("identity", &["config", "domain", "outbound", "store"]),
        ("outbound", &["crawl", "store"]),
        ("ingest", &["artifacts", "crawl", "domain", "jobs", "queue", "sources", "store"]),
        (
            "services",
            &[
                "artifacts",
                "config",
                "domain",
                "identity",
                "jobs",
                "llm",
                "outbound",
                "queue",
                "screen",
                "sources",
                "store",
                "universe",
            ],
        ),
        ("scraper", &["artifacts", "config", "crawl", "domain", "ingest", "sources", "store"]),
        (
            "worker",
            &[
                "artifacts",
                "config",
                "crawl",
                "domain",
                "ingest",
                "jobs",
                "llm",
                "outbound",
                "queue",
                "services",
                "store",
                "universe",
            ],
        ),
        (
            "api",
            &[
                "artifacts",
                "config",
                "domain",
                "identity",
                "ingest",
                "jobs",
                "queue",
                "scraper",
                "screen",
                "services",
                "sources",
                "universe",
            ],
        ),
        ("embedded", &[]),
        ("testing", &["embedded", "store"]),
    ]
    .into();
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root()).no_deps().exec().unwrap();
    let members: Vec<_> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let mut offences = Vec::new();
    for package in &metadata.packages {
        let Some(may_use) = allowed.get(package.name.as_str()) else {
            if package.name.as_str() != "lode" {
                offences
                    .push(format!("{}: give the crate its place in this test and in ARCHITECTURE.md", package.name));
            }
            continue;
        };
        for dependency in &package.dependencies {
            let is_ours = members.contains(&dependency.name);
            let is_production = dependency.kind == cargo_metadata::DependencyKind::Normal;
            if is_ours && is_production && !may_use.contains(&dependency.name.as_str()) {
                offences.push(format!("{} must not depend on {}", package.name, dependency.name));
            }
        }
    }
    assert_none("dependency directions of ARCHITECTURE.md", &offences);
}

/// A handler that has a connection or the driver's errors in hand decides what the use case below it should.
#[test]
fn the_driver_is_out_of_reach_of_handlers_and_pure_crates() {
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root()).no_deps().exec().unwrap();
    let without = ["api", "domain", "sources", "screen", "crawl", "llm", "jobs", "artifacts", "config"];
    let reaches = |package: &cargo_metadata::Package| package.dependencies.iter().any(|one| one.name == "sqlx");
    let offences: Vec<_> = metadata
        .packages
        .iter()
        .filter(|package| without.contains(&package.name.as_str()) && reaches(package))
        .map(|package| package.name.to_string())
        .collect();
    assert_none("crates that must not depend on sqlx", &offences);
}

#[test]
fn sql_is_written_in_store_only() {
    let files = files();
    let offences: Vec<_> = with_extension(&files, &["rs"])
        .filter(|path| {
            path.contains("/src/") && !path.starts_with("crates/store/") && !path.starts_with("crates/testing/")
        })
        // The supervisor asks its own server `SHOW data_directory`; it knows no table.
        .filter(|path| !path.starts_with("crates/embedded/"))
        .filter(|path| read(path).contains("sqlx::query"))
        .cloned()
        .collect();
    assert_none("sqlx::query outside crates/store", &offences);
}

/// Files that pass over rows with OFFSET, and why they may: whoever turns pages otherwise names the place that the page starts after.
const OFFSET_ALLOWED: [(&str, &str); 10] = [
    ("exclusions.rs", "pages that can be jumped to by number; the organisation's own exclusions, read by their index"),
    ("import_rejections.rs", "pages that can be jumped to by number, of one import, by the key of its rows"),
    ("imports.rs", "pages that can be jumped to by number; one row for each import"),
    ("prospects/cards.rs", "for programs that count; pages take `after`"),
    ("runs/items.rs", "pages that can be jumped to by number, of the companies of one run"),
    ("scraper/items.rs", "pages that can be jumped to by number, of one session, by its index"),
    ("scraper/sessions.rs", "pages that can be jumped to by number; one row for each session"),
    ("scraper/staged.rs", "pages that can be jumped to by number, of one session, by its index"),
    ("snapshots.rs", "pages that can be jumped to by number; a person keeps a bounded number"),
    ("universe/page.rs", "screens while there is no index, which go to any row by its number"),
];

#[test]
fn no_statement_passes_over_rows_but_the_named_ones() {
    let files = files();
    let passes_over = |path: &str| read(path).lines().any(|line| line.contains("OFFSET ") && !line.contains("//"));
    let named: Vec<_> = OFFSET_ALLOWED.iter().map(|(named, _)| format!("crates/store/src/{named}")).collect();
    let offences: Vec<_> = with_extension(&files, &["rs"])
        .filter(|path| path.starts_with("crates/store/src/") && passes_over(path) != named.contains(path))
        .cloned()
        .collect();
    assert_none("OFFSET in SQL (name the place that the page starts after), or OFFSET_ALLOWED without it", &offences);
}

#[test]
fn only_the_api_knows_axum() {
    let files = files();
    let offences: Vec<_> = with_extension(&files, &["rs"])
        .filter(|path| path.contains("/src/") && !path.starts_with("crates/api/"))
        .filter(|path| read(path).lines().any(|line| line.trim_start().starts_with("use axum")))
        .cloned()
        .collect();
    assert_none("axum outside crates/api", &offences);
}

/// Row permission, audit and transaction stand in use cases, which the command line and jobs call too.
#[test]
fn handlers_begin_no_transaction() {
    let files = files();
    let offences: Vec<_> = with_extension(&files, &["rs"])
        .filter(|path| path.starts_with("crates/api/src/"))
        .filter(|path| [".begin()", "sqlx::query", "audit::record"].iter().any(|needle| read(path).contains(needle)))
        .cloned()
        .collect();
    assert_none("transactions, SQL or audit events in crates/api", &offences);
}

#[test]
fn the_exception_for_test_servers_is_used_by_tests_only() {
    let files = files();
    let offences: Vec<_> = with_extension(&files, &["rs"])
        .filter(|path| path.contains("/src/") && *path != "crates/crawl/src/web.rs")
        .filter(|path| read(path).contains("reaching_test_server"))
        .cloned()
        .collect();
    assert_none("Guard::reaching_test_server outside tests", &offences);
}

#[test]
fn long_files_say_why() {
    let files = files();
    let offences: Vec<_> = with_extension(&files, &["rs", "ts", "tsx"])
        .filter(|path| !path.contains("shared/api/schema"))
        .filter_map(|path| {
            let text = read(path);
            let lines = text.lines().count();
            let excused = text.lines().next().is_some_and(|line| line.contains("Longer than 500 lines because"));
            (lines > 500 && !excused).then(|| format!("{path}: {lines} lines"))
        })
        .collect();
    assert_none("files over 500 lines need a reason on their first line", &offences);
}

#[test]
fn names_say_what_is_inside() {
    let banned = ["utils", "util", "helpers", "helper", "manager", "common", "misc"];
    let offences: Vec<_> = files()
        .into_iter()
        .filter(|path| path.split('/').any(|part| banned.contains(&part.split('.').next().unwrap_or(part))))
        .collect();
    assert_none("names that say nothing", &offences);
}

/// Two types of one name become one schema without a word, and the web app's types describe only one of them.
#[test]
fn names_of_api_types_are_unique() {
    let files = files();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut offences = Vec::new();
    for path in with_extension(&files, &["rs"]).filter(|path| path.contains("/src/")) {
        let text = read(path);
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if !(line.starts_with("#[derive(") && line.contains("ToSchema")) {
                continue;
            }
            let named = lines.by_ref().find_map(|line| line.split_once("struct ").or_else(|| line.split_once("enum ")));
            let name: String = named.map_or("", |(_, rest)| rest).chars().take_while(|c| c.is_alphanumeric()).collect();
            if let Some(other) = known.insert(name.clone(), path.clone()) {
                offences.push(format!("{name}: {other} and {path}"));
            }
        }
    }
    assert!(known.len() > 100, "the pattern no longer finds the types: {}", known.len());
    assert_none("each type of the API has a name of its own", &offences);
}

/// Norwegian numbers have nine digits, so a number filled up to ten is one of no register.
#[test]
fn organisation_numbers_are_not_filled_up_to_ten_digits() {
    let files = files();
    let fills = ["{:010}", ":010}", "lpad(p.orgnr", "lpad(orgnr"];
    // Hashes of snapshots are kept; they were made of ten digits.
    let offences: Vec<_> = with_extension(&files, &["rs"])
        .filter(|path| path.contains("/src/") && path != &"crates/store/src/snapshots.rs")
        .filter(|path| {
            let text = read(path);
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            fills.iter().any(|fill| code.contains(fill))
        })
        .map(ToString::to_string)
        .collect();
    assert_none("write an organisation number with its Display", &offences);
}

#[test]
fn no_appledouble_files() {
    let offences: Vec<_> =
        files().into_iter().filter(|path| path.rsplit('/').next().is_some_and(|name| name.starts_with("._"))).collect();
    assert_none("AppleDouble files", &offences);
}

#[test]
fn rendered_web_code_names_no_local_host() {
    let files = files();
    let offences: Vec<_> = with_extension(&files, &["ts", "tsx", "html", "css"])
        .filter(|path| path.starts_with("frontend/src/") || *path == "frontend/index.html")
        .filter(|path| !path.contains(".test."))
        .filter(|path| {
            let text = read(path);
            text.contains("localhost") || text.contains("127.0.0.1")
        })
        .cloned()
        .collect();
    assert_none("localhost in production web code", &offences);
}

#[test]
fn web_features_do_not_import_each_other() {
    let files = files();
    let mut offences = Vec::new();
    for path in with_extension(&files, &["ts", "tsx"]) {
        let Some(rest) = path.strip_prefix("frontend/src/") else { continue };
        let own_feature = rest.strip_prefix("features/").and_then(|rest| rest.split('/').next());
        for line in read(path).lines().filter(|line| line.contains("import") || line.contains("from ")) {
            let imported = line.split_once("features/").and_then(|(_, rest)| rest.split(['/', '"', '\'']).next());
            match (own_feature, imported) {
                (Some(own), Some(other)) if own != other => offences.push(format!("{path}: {}", line.trim())),
                (None, Some(_)) if rest.starts_with("shared/") => offences.push(format!("{path}: {}", line.trim())),
                _ => {}
            }
        }
    }
    assert_none("imports flow shared → features → app", &offences);
}

#[test]
fn every_module_says_what_it_is_for() {
    let files = files();
    let offences: Vec<_> = with_extension(&files, &["rs"])
        .filter(|path| path.contains("/src/"))
        .filter(|path| !read(path).lines().take(3).any(|line| line.starts_with("//!")))
        .cloned()
        .collect();
    assert_none("modules without a //! line among their first three", &offences);
}
