//! Redis or Valkey: whether it takes writes, may drop what jobs wait for, has memory left, and answers soon.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use redis::aio::MultiplexedConnection;
use store::diagnosis::clock_difference;

use super::database::clock;
use crate::redis_client;
use config::without_credentials;
use services::diagnosis::{Finding, Part};

/// How long it has for everything together.
const PATIENCE: Duration = Duration::from_secs(8);
/// Milliseconds that an answer may take in the median.
const SLOW_MS: f64 = 20.0;

/// What a server says of its memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Memory {
    used: u64,
    /// 0: no limit.
    limit: u64,
    policy: String,
}

/// Looks at the server of the address.
pub(super) async fn look(url: Option<&str>, ca_file: Option<&Path>) -> Vec<Finding> {
    let Some(url) = url else {
        let remedy = "set REDIS_URL: without it jobs are looked for in Postgres, up to some seconds later";
        let rest = [Part::RedisMemory, Part::RedisLatency].map(|part| Finding::well(part, "none is used"));
        return [Finding::warning(Part::Redis, "none is set up", remedy)].into_iter().chain(rest).collect();
    };
    let shown = without_credentials(url);
    let client = match redis_client::open(url, ca_file) {
        Ok(client) => client,
        Err(error) => {
            return vec![Finding::failure(Part::Redis, format!("{error:#}"), "correct REDIS_URL and REDIS_CA_FILE")];
        }
    };
    if let Err(error) = redis_client::check_certificate(&client, url).await {
        return vec![Finding::failure(Part::Redis, format!("{error:#}"), "name the authority by REDIS_CA_FILE")];
    }
    let asking = async {
        let mut connection = client.get_multiplexed_async_connection().await?;
        ask(&mut connection, &shown).await
    };
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(Ok(findings)) => findings,
        Ok(Err(error)) => {
            let found = format!("{shown}: {}", queue::redis_problem(&error));
            vec![Finding::failure(
                Part::Redis,
                found,
                "start it, or correct REDIS_URL; jobs come from Postgres meanwhile, slower",
            )]
        }
        Err(_) => vec![Finding::failure(
            Part::Redis,
            format!("{shown} does not answer within 8 s"),
            "look at its machine and network",
        )],
    }
}

async fn ask(connection: &mut MultiplexedConnection, shown: &str) -> redis::RedisResult<Vec<Finding>> {
    let mut findings = Vec::new();
    findings.push(match queue::check_writable(connection).await {
        Ok(()) => Finding::well(Part::Redis, format!("{shown} takes writes")),
        Err(error) => {
            let found = format!("{shown}: {}", queue::redis_problem(&error));
            Finding::failure(
                Part::Redis,
                found,
                "raise maxmemory, or lead REDIS_URL to the primary (LodeRedisUnusable in alerts.md)",
            )
        }
    });
    let mut times = Vec::new();
    for _ in 0..7 {
        let begun = Instant::now();
        let _: String = redis::cmd("PING").query_async(connection).await?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    findings.push(latency(times.get(3).copied().unwrap_or(0.0)));
    let (asked, begun) = (Utc::now(), Instant::now());
    if let Ok((seconds, micros)) = redis::cmd("TIME").query_async::<(i64, u32)>(connection).await
        && let Some(time) = DateTime::from_timestamp(seconds, micros.saturating_mul(1_000))
    {
        findings.push(clock("Redis", clock_difference(asked, begun.elapsed(), time)));
    }
    // A user of an access list may be allowed the queue's commands alone.
    findings.push(match redis::cmd("INFO").arg("memory").query_async::<String>(connection).await {
        Ok(text) => memory(&parse(&text)),
        Err(_) => Finding::unknown(
            Part::RedisMemory,
            "it does not tell its memory to this user",
            "allow the command INFO (ACL SETUSER … +info)",
        ),
    });
    Ok(findings)
}

fn latency(milliseconds: f64) -> Finding {
    let found = format!("{milliseconds:.1} ms in the median of seven");
    if milliseconds <= SLOW_MS {
        return Finding::well(Part::RedisLatency, found);
    }
    let remedy = "it belongs beside the API and the workers; look for SLOWLOG GET, a busy machine, a far region";
    Finding::of(milliseconds > 250.0, Part::RedisLatency, found, remedy)
}

fn parse(info: &str) -> Memory {
    let value = |name: &str| info.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'));
    let number = |name: &str| value(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    let policy = value("maxmemory_policy").unwrap_or_default().to_owned();
    Memory { used: number("used_memory"), limit: number("maxmemory"), policy }
}

fn memory(memory: &Memory) -> Finding {
    let limit = if memory.limit == 0 { "no limit".to_owned() } else { format!("{} MB", memory.limit >> 20) };
    let found = format!("{} MB of {limit}, policy {}", memory.used >> 20, memory.policy);
    if !memory.policy.is_empty() && memory.policy != "noeviction" {
        let remedy = "maxmemory-policy noeviction: any other may drop a stream of jobs, which are then found late";
        return Finding::of(memory.limit > 0, Part::RedisMemory, found, remedy);
    }
    if memory.limit > 0 && memory.used.saturating_mul(10) > memory.limit.saturating_mul(8) {
        let is_full = memory.used.saturating_mul(20) > memory.limit.saturating_mul(19);
        return Finding::of(
            is_full,
            Part::RedisMemory,
            found,
            "raise maxmemory; the queue itself holds some hundred kilobytes, so see what else does",
        );
    }
    Finding::well(Part::RedisMemory, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use services::diagnosis::Level;

    #[test]
    fn memory_that_may_drop_jobs_or_is_nearly_full_is_named() {
        let text =
            "# Memory\r\nused_memory:900\r\nused_memory_peak:5\r\nmaxmemory:1000\r\nmaxmemory_policy:noeviction\r\n";
        let full = parse(text);
        assert_eq!(full, Memory { used: 900, limit: 1000, policy: "noeviction".to_owned() });
        assert_eq!(memory(&full).level, Level::Warning);
        assert_eq!(memory(&Memory { used: 999, ..full.clone() }).level, Level::Failure);
        assert_eq!(memory(&Memory { used: 10, ..full.clone() }).level, Level::Well);
        let dropping = Memory { used: 10, policy: "allkeys-lru".to_owned(), ..full };
        assert_eq!(memory(&dropping).level, Level::Failure);
        assert_eq!(memory(&Memory { limit: 0, ..dropping }).level, Level::Warning);
        assert_eq!(memory(&parse("nothing")).level, Level::Well);
    }

    #[test]
    fn slow_answers_are_a_warning_and_very_slow_ones_a_failure() {
        for (milliseconds, level) in [(0.3, Level::Well), (21.0, Level::Warning), (300.0, Level::Failure)] {
            assert_eq!(latency(milliseconds).level, level);
        }
    }
}
