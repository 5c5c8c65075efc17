//! `scripts/roll-out` in front of a `kubectl` that writes down what it is asked, and fails where the test says so.

use std::path::Path;
use std::process::{Command, Output};

const IMAGE: &str = "registry.example.com/lode@sha256:0123456789abcdef";

/// Runs the script; returns its outcome and each call of `kubectl`, in order. A call that holds `fails` ends with status 1.
fn roll_out(arguments: &[&str], fails: &str) -> (Output, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let (program, calls) = (folder.path().join("kubectl"), folder.path().join("calls"));
    let text = format!(
        "#!/bin/bash\nif [ \"$1\" = kustomize ]; then cat \"$2/kustomization.yaml\"; exit; fi\necho \"$@\" >>{}\n\
         case \"$*\" in *\"--filename -\"*) cat >/dev/null ;; esac\ncase \"$*\" in *'{fails}'*) exit 1 ;; esac\n",
        calls.display()
    );
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/roll-out");
    let output = Command::new(script).args(arguments).env("KUBECTL", &program).output().unwrap();
    let calls = std::fs::read_to_string(calls).unwrap_or_default();
    (output, calls.lines().map(str::to_owned).collect())
}

/// The place of the first call that holds the words.
fn place(calls: &[String], words: &str) -> usize {
    calls.iter().position(|call| call.contains(words)).unwrap_or_else(|| panic!("no {words} in {calls:#?}"))
}

#[test]
fn schema_is_migrated_before_the_new_image_runs_and_each_part_is_waited_for() {
    for (overlay, waited) in [("production", "deployment/lode-scraper"), ("canary", "deployment/lode-api-canary")] {
        let (output, calls) = roll_out(&[overlay, IMAGE], "nothing");
        assert!(output.status.success(), "{output:?}");
        let migrated = place(&calls, "wait --for=condition=complete job/lode-migrate");
        assert!(
            place(&calls, "delete job lode-migrate") < place(&calls, "--selector app.kubernetes.io/name=lode-migrate")
        );
        assert!(migrated < place(&calls, &format!("rollout status {waited}")), "{calls:#?}");
    }
}

#[test]
fn failed_migration_changes_no_image_and_part_that_is_not_ready_is_put_back() {
    let (output, calls) = roll_out(&["production", IMAGE], "wait --for=condition");
    assert!(!output.status.success());
    assert!(
        !calls.iter().any(
            |call| call.contains("rollout") || call.starts_with("apply --filename") && !call.contains("--selector")
        )
    );

    let (output, calls) = roll_out(&["staging", IMAGE], "rollout status deployment/lode-api");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    for part in ["lode-worker", "lode-api", "lode-scraper"] {
        assert!(
            place(&calls, &format!("rollout undo deployment/{part}"))
                > place(&calls, "rollout status deployment/lode-api")
        );
    }
    let (output, calls) = roll_out(&["canary", IMAGE], "rollout status");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    place(&calls, "delete deployment lode-api-canary");
}

#[test]
fn back_undoes_every_part_and_images_without_a_digest_or_unknown_places_are_refused() {
    let (output, calls) = roll_out(&["back", "production"], "nothing");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(calls.iter().filter(|call| call.contains("rollout undo")).count(), 3);
    for wrong in [
        &["production", "registry.example.com/lode:latest"][..],
        &["production"],
        &["elsewhere", IMAGE],
        &["back", "canary"],
        &[],
    ] {
        let (output, calls) = roll_out(wrong, "nothing");
        assert_eq!((output.status.code(), calls.len()), (Some(2), 0), "{wrong:?}");
    }
}
