//! Finds out which commit is built: `LODE_COMMIT` where it is set (containers are built without a repository), else what git says.
//!
//! A development build is not asked: its binary would have to be linked again after each commit. Without git, or outside a repository,
//! nothing is set, and the program says that it does not know.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=LODE_COMMIT");
    println!("cargo:rerun-if-changed=build.rs");
    let given = std::env::var("LODE_COMMIT").ok().filter(|commit| !commit.trim().is_empty());
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = given.or_else(|| if is_release { commit_of_repository() } else { None });
    if let Some(commit) = commit {
        println!("cargo:rustc-env=LODE_BUILD_COMMIT={}", commit.trim());
    }
}

/// The commit of the work tree, with `-modified` where files that git knows differ from it.
fn commit_of_repository() -> Option<String> {
    for file in ["HEAD", "index"] {
        if let Some(path) = git(&["rev-parse", "--git-path", file]) {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    // What is built is crates and, in the binary, the web app: a change of either makes another build.
    println!("cargo:rerun-if-changed=..");
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let is_modified = git(&["status", "--porcelain", "--untracked-files=no"]).is_none_or(|changes| !changes.is_empty());
    Some(if is_modified { format!("{commit}-modified") } else { commit })
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
