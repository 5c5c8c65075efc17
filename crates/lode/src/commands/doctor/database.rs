//! Postgres: whether it answers, how full and how clean it is, and whether it keeps what it confirmed.

use std::time::{Duration, Instant};

use chrono::Utc;
use store::PgPool;
use store::diagnosis::{self, Condition};
use store::pool::{PoolSettings, connect};
use store::sealing::Sealer;

use super::finding::{Finding, Part};
use config::{Config, without_credentials};

/// How long Postgres has to answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// Seconds that a transaction may be open.
const LONG_TRANSACTION: f64 = 300.0;
/// Seconds that clocks may differ: tokens and leases are judged by them.
const CLOCK_SECONDS: f64 = 2.0;
/// Parts that need an answer of Postgres.
const PARTS: [Part; 9] = [
    Part::Schema,
    Part::Connections,
    Part::Transactions,
    Part::Statements,
    Part::Vacuum,
    Part::Durability,
    Part::Replicas,
    Part::Encryption,
    Part::Secrets,
];

/// Looks at Postgres; the pool is for what else is in it, when it answers.
pub(super) async fn look(url: &str, config: &Config) -> (Vec<Finding>, Option<PgPool>) {
    let settings = PoolSettings { max_connections: 2, acquire_timeout: PATIENCE, ..PoolSettings::serving(url) };
    // A pool tries again until its time is over, and then says only that; one connection says why.
    let first = tokio::time::timeout(PATIENCE, <sqlx::PgConnection as sqlx::Connection>::connect(url)).await;
    let answered = match first {
        Ok(Ok(conn)) => sqlx::Connection::close(conn).await.map_err(|error| error.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("no answer within 8 s".to_owned()),
    };
    let pool = match answered {
        Ok(()) => connect(&settings.named("lode doctor")).await.map_err(|error| error.to_string()),
        Err(error) => Err(error),
    };
    let pool = match pool {
        Ok(pool) => pool,
        Err(error) => {
            let found = format!("{} does not answer: {error}", without_credentials(url));
            let remedy =
                "start Postgres, or correct DATABASE_URL; a certificate that is not believed needs sslrootcert=";
            return (vec![Finding::failure(Part::Database, found, remedy)], None);
        }
    };
    match ask(&pool, url, config).await {
        Ok(findings) => (findings, Some(pool)),
        Err(error) => {
            let found = format!("{} broke off: {error}", without_credentials(url));
            (vec![Finding::failure(Part::Database, found, "look into the log of Postgres")], None)
        }
    }
}

async fn ask(pool: &PgPool, url: &str, config: &Config) -> sqlx::Result<Vec<Finding>> {
    let mut conn = pool.acquire().await?;
    let (asked, begun) = (Utc::now(), Instant::now());
    let server_time = diagnosis::server_time(&mut conn).await?;
    let difference = diagnosis::clock_difference(asked, begun.elapsed(), server_time);
    let verified = store::schema::verify(&mut conn).await?;
    let condition = diagnosis::condition(&mut conn).await?;
    let mut findings = judge(&condition, url);
    findings.push(clock("Postgres", difference));
    match (verified.problems.first(), verified.applied) {
        (Some(problem), _) => {
            let more = verified.problems.len() - 1;
            let more = if more == 0 { String::new() } else { format!(" (and {more} more)") };
            findings.push(Finding::failure(
                Part::Schema,
                format!("{problem}{more}"),
                "run lode migrate with this program",
            ));
        }
        (None, applied) => {
            let found = format!("migration {}, verified", applied.unwrap_or_default());
            findings.push(Finding::well(Part::Schema, found));
            findings.push(secrets(&mut conn, config).await?);
        }
    }
    Ok(findings)
}

/// What the server's condition means.
fn judge(condition: &Condition, url: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.push(if condition.is_replica {
        Finding::failure(
            Part::Database,
            "it is a replica and takes no writes",
            "lead DATABASE_URL to the primary, or promote it",
        )
    } else {
        Finding::well(Part::Database, format!("{} answers", without_credentials(url)))
    });
    let (open, limit) = (condition.connections, condition.connections_limit);
    let found = format!("{open} of {limit} are open");
    findings.push(if open * 10 >= limit * 8 {
        let remedy =
            "raise max_connections, or lower DATABASE_POOL_SIZE and WORKER_POOL_SIZE (docs/operations/capacity.md)";
        Finding::of(open * 20 >= limit * 19, Part::Connections, found, remedy)
    } else {
        Finding::well(Part::Connections, found)
    });
    findings.push(match &condition.longest {
        Some(open) if open.seconds > LONG_TRANSACTION => {
            let found = format!("{} (pid {}) is {} for {:.0} s", open.application, open.pid, open.state, open.seconds);
            let remedy = format!("unless it is a backup or an import: SELECT pg_terminate_backend({})", open.pid);
            Finding::of(
                open.state.starts_with("idle") && open.seconds > 10.0 * LONG_TRANSACTION,
                Part::Transactions,
                found,
                remedy,
            )
        }
        _ if condition.waiting_for_locks > 5 => Finding::warning(
            Part::Transactions,
            format!("{} sessions wait for a lock", condition.waiting_for_locks),
            "SELECT pid, pg_blocking_pids(pid), left(query, 80) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
        ),
        _ => Finding::well(Part::Transactions, "none is open for long"),
    });
    findings.push(match &condition.slow_statements {
        None => Finding::unknown(
            Part::Statements,
            "pg_stat_statements is not loaded",
            "shared_preload_libraries = 'pg_stat_statements', restart, CREATE EXTENSION pg_stat_statements",
        ),
        Some(slow) => match slow.first() {
            None => Finding::well(Part::Statements, "none takes a second in the mean"),
            Some(first) => Finding::warning(
                Part::Statements,
                format!(
                    "{} take over a second; the costliest, {:.0} ms × {}: {}",
                    slow.len(),
                    first.mean_ms,
                    first.calls,
                    first.text
                ),
                "EXPLAIN (ANALYZE, BUFFERS) it; ANALYZE its tables; an index may be missing after an upgrade",
            ),
        },
    });
    findings.push(match condition.dead_rows.first() {
        None => Finding::well(Part::Vacuum, "tables are clean"),
        Some(worst) => {
            let cleaned = worst.cleaned_at.map_or("never".to_owned(), |at| at.format("%F %R").to_string());
            let found =
                format!("{} has {} dead rows beside {} (last cleaned: {cleaned})", worst.table, worst.dead, worst.live);
            let remedy = format!(
                "VACUUM (ANALYZE) {}; a long transaction or a held replication slot hinders autovacuum",
                worst.table
            );
            Finding::warning(Part::Vacuum, found, remedy)
        }
    });
    if condition.transaction_age > 500_000_000 {
        let found = format!("{} transactions since rows were frozen", condition.transaction_age);
        let remedy = "VACUUM (FREEZE) as superuser: the server stops near 2 000 million";
        findings.push(Finding::of(condition.transaction_age > 1_200_000_000, Part::Vacuum, found, remedy));
    }
    let is_unsafe = condition.switched_off.iter().any(|name| name != "autovacuum");
    findings.push(if condition.switched_off.is_empty() {
        Finding::well(Part::Durability, "fsync, full_page_writes and autovacuum are on")
    } else {
        let names = condition.switched_off.join(", ");
        let remedy = format!(
            "ALTER SYSTEM RESET {} and reload: a crash may lose what was confirmed",
            condition.switched_off.join("; ALTER SYSTEM RESET ")
        );
        Finding::of(is_unsafe, Part::Durability, format!("{names}: off"), remedy)
    });
    findings.push(match (condition.replica_lag_bytes, condition.retained_bytes) {
        (_, Some(bytes)) if bytes > 1 << 30 => Finding::of(
            bytes > 16 << 30,
            Part::Replicas,
            format!("{} MB of the log are held for a replica that is away", bytes >> 20),
            "start the replica, or SELECT pg_drop_replication_slot(…): the disk fills",
        ),
        (Some(bytes), _) if bytes > 64 << 20 => Finding::warning(
            Part::Replicas,
            format!("the slowest is {} MB behind", bytes >> 20),
            "look at its disk and network; exports and lists from it are old meanwhile",
        ),
        (None, _) => Finding::well(Part::Replicas, "none"),
        (Some(bytes), _) => Finding::well(Part::Replicas, format!("the slowest is {} kB behind", bytes >> 10)),
    });
    findings.push(match (condition.is_encrypted, is_local(url)) {
        (true, _) => Finding::well(Part::Encryption, "the connection is encrypted"),
        (false, true) => Finding::well(Part::Encryption, "the connection stays on this machine"),
        (false, false) => Finding::failure(
            Part::Encryption,
            "passwords and rows cross the network unencrypted",
            "append ?sslmode=verify-full&sslrootcert=… to DATABASE_URL",
        ),
    });
    findings
}

/// Whether the address is of this machine.
pub(super) fn is_local(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else { return false };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host.is_empty()
        || host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether two clocks agree.
pub(super) fn clock(whose: &str, difference: f64) -> Finding {
    if difference.abs() <= CLOCK_SECONDS {
        return Finding::well(
            Part::Clock,
            format!("{whose} agrees within {:.0} ms", (difference.abs() * 1e3).max(1.0)),
        );
    }
    let found = format!(
        "{whose} is {:.1} s {} this machine",
        difference.abs(),
        if difference > 0.0 { "ahead of" } else { "behind" }
    );
    let remedy =
        "run a time service (chrony, systemd-timesyncd) on both: sessions, leases and codes are judged by time";
    Finding::of(difference.abs() > 30.0, Part::Clock, found, remedy)
}

async fn secrets(conn: &mut sqlx::PgConnection, config: &Config) -> sqlx::Result<Finding> {
    let keys = match config.sign_in.secret_keys(&config.data_dir) {
        Ok(keys) => keys,
        Err(error) => {
            let remedy = "correct LODE_SECRET_KEY_FILE (64 hexadecimal digits, readable by this program)";
            return Ok(Finding::failure(Part::Secrets, format!("{error:#}"), remedy));
        }
    };
    let found = diagnosis::secrets(conn, &Sealer::new(&keys)).await?;
    Ok(if found.unreadable > 0 {
        let text = format!("{} secrets cannot be opened by the keys that are set", found.unreadable);
        let remedy = "set LODE_SECRET_KEY (or LODE_SECRET_KEY_PREVIOUS) to the key that sealed them (docs/operations/secrets.md)";
        Finding::failure(Part::Secrets, text, remedy)
    } else if keys.is_empty() {
        let text = format!("no key is set; {} secrets stand open in the database", found.open);
        Finding::warning(
            Part::Secrets,
            text,
            "set LODE_SECRET_KEY everywhere (openssl rand -hex 32), then lode admin seal-secrets",
        )
    } else if found.open > 0 {
        Finding::warning(Part::Secrets, format!("{} secrets are not sealed", found.open), "lode admin seal-secrets")
    } else {
        Finding::well(Part::Secrets, format!("{} sealed, all open with the key", found.sealed))
    })
}

/// What is unknown while Postgres does not answer.
pub(super) fn unknown() -> impl Iterator<Item = Finding> {
    PARTS.into_iter().map(|part| Finding::unknown(part, "Postgres does not answer", "mend the database first"))
}

#[cfg(test)]
mod tests {
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
            let found: Vec<_> =
                judge(&condition, URL).into_iter().filter(|finding| finding.level != Level::Well).collect();
            assert_eq!(found.len(), 1, "{part:?}: {found:?}");
            assert_eq!((found[0].part, found[0].level), (part, level), "{found:?}");
            assert!(!found[0].remedy.is_empty() && !found[0].found.contains("hunter2"), "{found:?}");
        }
    }

    #[test]
    fn only_addresses_of_this_machine_may_be_unencrypted() {
        for url in ["postgres://a@localhost/x", "postgres://a@127.0.0.1:5/x", "postgres://a@[::1]/x"] {
            assert!(is_local(url), "{url}");
        }
        for url in ["postgres://a@10.0.0.1/x", "postgres://a@db.example/x", "nothing"] {
            assert!(!is_local(url), "{url}");
        }
    }

    #[test]
    fn clocks_that_differ_are_a_warning_and_far_apart_a_failure() {
        for (difference, level) in [(0.1, Level::Well), (-3.0, Level::Warning), (31.0, Level::Failure)] {
            assert_eq!(clock("Postgres", difference).level, level, "{difference}");
        }
    }
}
