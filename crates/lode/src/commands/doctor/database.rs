//! Postgres: whether it answers, how full and how clean it is, and whether it keeps what it confirmed.

use std::time::{Duration, Instant};

use chrono::Utc;
use store::PgPool;
use store::diagnosis;
use store::pool::{PoolSettings, connect};
use store::sealing::Sealer;

use config::{Config, without_credentials};
use services::diagnosis::{Finding, Part, judge_database};

/// How long Postgres has to answer.
const PATIENCE: Duration = Duration::from_secs(8);
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
    let mut findings = judge_database(&condition, url);
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
    use super::*;
    use services::diagnosis::Level;

    #[test]
    fn clocks_that_differ_are_a_warning_and_far_apart_a_failure() {
        for (difference, level) in [(0.1, Level::Well), (-3.0, Level::Warning), (31.0, Level::Failure)] {
            assert_eq!(clock("Postgres", difference).level, level, "{difference}");
        }
    }
}
