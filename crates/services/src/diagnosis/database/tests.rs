//! Each broken condition of Postgres alone is named, with what to do, in both languages.

use store::diagnosis::{DeadRows, OpenTransaction, SlowStatement};

use super::super::finding::Level;
use super::*;

fn healthy() -> Condition {
    Condition {
        connections: 20,
        connections_limit: 100,
        is_encrypted: true,
        is_replica: false,
        switched_off: Vec::new(),
        transaction_age: 1_000,
        longest: None,
        waiting_for_locks: 0,
        slow_statements: Some(Vec::new()),
        dead_rows: Vec::new(),
        replica_lag_bytes: None,
        retained_bytes: None,
    }
}

const URL: &str = "postgres://lode:hunter2@db.example/lode";

#[test]
fn each_broken_condition_alone_is_named_with_what_to_do() {
    assert!(judge(&healthy(), URL).iter().all(|finding| finding.level == Level::Well));
    let transaction = |state: &str, seconds| {
        Some(OpenTransaction { pid: 7, application: "psql".to_owned(), state: state.to_owned(), seconds })
    };
    let slow = SlowStatement { text: "SELECT $1".to_owned(), calls: 9, mean_ms: 2_000.0 };
    let dead = DeadRows { table: "companies".to_owned(), dead: 50_000, live: 9, cleaned_at: None };
    let cases: Vec<(Part, Level, Condition)> = vec![
        (Part::Database, Level::Failure, Condition { is_replica: true, ..healthy() }),
        (Part::Connections, Level::Warning, Condition { connections: 80, ..healthy() }),
        (Part::Connections, Level::Failure, Condition { connections: 95, ..healthy() }),
        (Part::Transactions, Level::Warning, Condition { longest: transaction("active", 301.0), ..healthy() }),
        (
            Part::Transactions,
            Level::Failure,
            Condition { longest: transaction("idle in transaction", 9_000.0), ..healthy() },
        ),
        (Part::Transactions, Level::Warning, Condition { waiting_for_locks: 6, ..healthy() }),
        (Part::Statements, Level::Unknown, Condition { slow_statements: None, ..healthy() }),
        (Part::Statements, Level::Warning, Condition { slow_statements: Some(vec![slow]), ..healthy() }),
        (Part::Vacuum, Level::Warning, Condition { dead_rows: vec![dead], ..healthy() }),
        (Part::Vacuum, Level::Failure, Condition { transaction_age: 1_300_000_000, ..healthy() }),
        (Part::Durability, Level::Failure, Condition { switched_off: vec!["fsync".to_owned()], ..healthy() }),
        (Part::Durability, Level::Warning, Condition { switched_off: vec!["autovacuum".to_owned()], ..healthy() }),
        (Part::Replicas, Level::Warning, Condition { replica_lag_bytes: Some(1 << 30), ..healthy() }),
        (Part::Replicas, Level::Failure, Condition { retained_bytes: Some(20 << 30), ..healthy() }),
        (Part::Encryption, Level::Failure, Condition { is_encrypted: false, ..healthy() }),
    ];
    for (part, level, condition) in cases {
        let found: Vec<_> = judge(&condition, URL).into_iter().filter(|finding| finding.level != Level::Well).collect();
        assert_eq!(found.len(), 1, "{part:?}: {found:?}");
        assert_eq!((found[0].part, found[0].level), (part, level), "{found:?}");
        assert!(found[0].remedy.is_some() && !found[0].found.en.contains("hunter2"), "{found:?}");
        assert_ne!(found[0].found.en, found[0].found.sv, "in both languages");
    }
}

#[test]
fn only_addresses_of_this_machine_may_be_unencrypted() {
    for url in [
        "postgres://a@localhost/x",
        "postgres://a:p@127.0.0.1:5/x",
        "postgres://a@[::1]:5/x",
        "postgres:///x?host=/run",
    ] {
        assert!(is_local(url), "{url}");
    }
    for url in ["postgres://a@10.0.0.1/x", "postgres://a@db.example/x", "http://127.0.0.1.example/", "nothing"] {
        assert!(!is_local(url), "{url}");
    }
}

#[test]
fn pool_without_a_free_connection_is_a_warning() {
    assert_eq!(pool_use(9, 10).level, Level::Well);
    assert_eq!(pool_use(10, 10).level, Level::Warning);
}
