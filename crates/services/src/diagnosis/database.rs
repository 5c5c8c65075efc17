//! What the condition of Postgres means: how full and how clean it is, and whether it keeps what it confirmed.

use config::without_credentials;
use store::PgPool;
use store::diagnosis::Condition;
use store::schema::Verification;

use super::finding::{Finding, Part, Words};

/// Seconds that a transaction may be open.
const LONG_TRANSACTION: f64 = 300.0;

/// What the server's condition means; `url` is the address that it was asked at.
#[must_use]
pub fn judge(condition: &Condition, url: &str) -> Vec<Finding> {
    let mut findings = vec![writes(condition, url), connections(condition), transactions(condition)];
    findings.push(statements(condition));
    findings.extend(vacuum(condition));
    findings.extend([durability(condition), replicas(condition), encryption(condition, url)]);
    findings
}

fn writes(condition: &Condition, url: &str) -> Finding {
    if condition.is_replica {
        return Finding::failure(
            Part::Database,
            Words::new("it is a replica and takes no writes", "den är en replik och tar inte emot skrivningar"),
            Words::new(
                "lead DATABASE_URL to the primary, or promote it",
                "rikta DATABASE_URL till primären, eller befordra repliken",
            ),
        );
    }
    let shown = without_credentials(url);
    Finding::well(Part::Database, Words::new(format!("{shown} answers"), format!("{shown} svarar")))
}

/// Postgres did not answer.
pub(super) fn away(reason: &str) -> Finding {
    Finding::failure(
        Part::Database,
        Words::new(format!("it does not answer: {reason}"), format!("den svarar inte: {reason}")),
        Words::new(
            "start Postgres, or look into its log; screens are answered from the index meanwhile",
            "starta Postgres, eller läs dess logg; urval besvaras ur indexet under tiden",
        ),
    )
}

/// Whether the schema is the one of this program.
pub(super) fn schema(verified: &Verification) -> Finding {
    let level = verified.applied.unwrap_or_default();
    match verified.problems.first() {
        Some(problem) => Finding::failure(
            Part::Schema,
            format!("{problem}{}", if verified.problems.len() > 1 { ", …" } else { "" }),
            Words::new("run lode migrate with this program", "kör lode migrate med det här programmet"),
        ),
        None => Finding::well(
            Part::Schema,
            Words::new(format!("migration {level}, verified"), format!("migrering {level}, kontrollerad")),
        ),
    }
}

/// Connections of a pool that are in use.
#[must_use]
pub fn busy(pool: &PgPool) -> u32 {
    pool.size().saturating_sub(u32::try_from(pool.num_idle()).unwrap_or(u32::MAX))
}

/// Whether this process has connections left in its pool.
pub(super) fn pool(pool: &PgPool) -> Finding {
    let limit = pool.options().get_max_connections();
    pool_use(busy(pool), limit)
}

fn pool_use(busy: u32, limit: u32) -> Finding {
    let found = Words::new(
        format!("this process uses {busy} of its {limit}"),
        format!("den här processen använder {busy} av sina {limit}"),
    );
    if busy < limit {
        return Finding::well(Part::Connections, found);
    }
    let remedy = Words::new(
        "requests wait for a connection: raise DATABASE_POOL_SIZE, start another API process, or look for slow statements below",
        "anrop väntar på en anslutning: höj DATABASE_POOL_SIZE, starta en API-process till, eller leta efter långsamma satser nedan",
    );
    Finding::warning(Part::Connections, found, remedy)
}

fn connections(condition: &Condition) -> Finding {
    let (open, limit) = (condition.connections, condition.connections_limit);
    let found = Words::new(format!("{open} of {limit} are open"), format!("{open} av {limit} är öppna"));
    if open * 10 < limit * 8 {
        return Finding::well(Part::Connections, found);
    }
    let remedy = Words::new(
        "raise max_connections, or lower DATABASE_POOL_SIZE and WORKER_POOL_SIZE (docs/operations/capacity.md)",
        "höj max_connections, eller sänk DATABASE_POOL_SIZE och WORKER_POOL_SIZE (docs/operations/capacity.md)",
    );
    Finding::of(open * 20 >= limit * 19, Part::Connections, found, remedy)
}

fn transactions(condition: &Condition) -> Finding {
    match &condition.longest {
        Some(open) if open.seconds > LONG_TRANSACTION => {
            let (program, pid, state, seconds) = (&open.application, open.pid, &open.state, open.seconds);
            let found = Words::new(
                format!("{program} (pid {pid}) is {state} for {seconds:.0} s"),
                format!("{program} (pid {pid}) är ”{state}” sedan {seconds:.0} s"),
            );
            let remedy = Words::new(
                format!("unless it is a backup or an import: SELECT pg_terminate_backend({pid})"),
                format!("om det inte är en säkerhetskopiering eller import: SELECT pg_terminate_backend({pid})"),
            );
            let is_bad = state.starts_with("idle") && seconds > 10.0 * LONG_TRANSACTION;
            Finding::of(is_bad, Part::Transactions, found, remedy)
        }
        _ if condition.waiting_for_locks > 5 => {
            let count = condition.waiting_for_locks;
            Finding::warning(
                Part::Transactions,
                Words::new(format!("{count} sessions wait for a lock"), format!("{count} sessioner väntar på ett lås")),
                "SELECT pid, pg_blocking_pids(pid), left(query, 80) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
            )
        }
        _ => Finding::well(Part::Transactions, Words::new("none is open for long", "ingen är öppen länge")),
    }
}

fn statements(condition: &Condition) -> Finding {
    let Some(slow) = &condition.slow_statements else {
        return Finding::unknown(
            Part::Statements,
            Words::new("pg_stat_statements is not loaded", "pg_stat_statements är inte inläst"),
            Words::new(
                "shared_preload_libraries = 'pg_stat_statements', restart, CREATE EXTENSION pg_stat_statements",
                "shared_preload_libraries = 'pg_stat_statements', starta om, CREATE EXTENSION pg_stat_statements",
            ),
        );
    };
    let Some(first) = slow.first() else {
        let found = Words::new("none takes a second in the mean", "ingen tar en sekund i medeltal");
        return Finding::well(Part::Statements, found);
    };
    let (count, mean, calls, text) = (slow.len(), first.mean_ms, first.calls, &first.text);
    Finding::warning(
        Part::Statements,
        Words::new(
            format!("{count} take over a second; the costliest, {mean:.0} ms × {calls}: {text}"),
            format!("{count} tar över en sekund; den dyraste, {mean:.0} ms × {calls}: {text}"),
        ),
        Words::new(
            "EXPLAIN (ANALYZE, BUFFERS) it; ANALYZE its tables; an index may be missing after an upgrade",
            "kör EXPLAIN (ANALYZE, BUFFERS) på den och ANALYZE på dess tabeller; ett index kan saknas efter en uppgradering",
        ),
    )
}

fn vacuum(condition: &Condition) -> Vec<Finding> {
    let mut findings = vec![match condition.dead_rows.first() {
        None => Finding::well(Part::Vacuum, Words::new("tables are clean", "tabellerna är rena")),
        Some(worst) => {
            let (table, dead, live) = (&worst.table, worst.dead, worst.live);
            let cleaned =
                |never: &str| worst.cleaned_at.map_or_else(|| never.to_owned(), |at| at.format("%F %R").to_string());
            let found = Words::new(
                format!("{table} has {dead} dead rows beside {live} (last cleaned: {})", cleaned("never")),
                format!("{table} har {dead} döda rader bredvid {live} (senast städad: {})", cleaned("aldrig")),
            );
            let remedy = Words::new(
                format!("VACUUM (ANALYZE) {table}; a long transaction or a held replication slot hinders autovacuum"),
                format!(
                    "VACUUM (ANALYZE) {table}; en lång transaktion eller en kvarhållen replikeringsplats hindrar autovacuum"
                ),
            );
            Finding::warning(Part::Vacuum, found, remedy)
        }
    }];
    let age = condition.transaction_age;
    if age > 500_000_000 {
        let found = Words::new(
            format!("{age} transactions since rows were frozen"),
            format!("{age} transaktioner sedan rader frystes"),
        );
        let remedy = Words::new(
            "VACUUM (FREEZE) as superuser: the server stops near 2 000 million",
            "VACUUM (FREEZE) som superanvändare: servern stannar nära 2 000 miljoner",
        );
        findings.push(Finding::of(age > 1_200_000_000, Part::Vacuum, found, remedy));
    }
    findings
}

fn durability(condition: &Condition) -> Finding {
    let off = &condition.switched_off;
    if off.is_empty() {
        let found =
            Words::new("fsync, full_page_writes and autovacuum are on", "fsync, full_page_writes och autovacuum är på");
        return Finding::well(Part::Durability, found);
    }
    let reset = off.join("; ALTER SYSTEM RESET ");
    Finding::of(
        off.iter().any(|name| name != "autovacuum"),
        Part::Durability,
        Words::new(format!("{}: off", off.join(", ")), format!("{}: av", off.join(", "))),
        Words::new(
            format!("ALTER SYSTEM RESET {reset} and reload: a crash may lose what was confirmed"),
            format!("ALTER SYSTEM RESET {reset} och läs om inställningarna: en krasch kan förlora det som bekräftats"),
        ),
    )
}

fn replicas(condition: &Condition) -> Finding {
    match (condition.replica_lag_bytes, condition.retained_bytes) {
        (_, Some(bytes)) if bytes > 1 << 30 => Finding::of(
            bytes > 16 << 30,
            Part::Replicas,
            Words::new(
                format!("{} MB of the log are held for a replica that is away", bytes >> 20),
                format!("{} MB av loggen hålls kvar för en replik som är borta", bytes >> 20),
            ),
            Words::new(
                "start the replica, or SELECT pg_drop_replication_slot(…): the disk fills",
                "starta repliken, eller SELECT pg_drop_replication_slot(…): disken fylls",
            ),
        ),
        (Some(bytes), _) if bytes > 64 << 20 => Finding::warning(
            Part::Replicas,
            Words::new(
                format!("the slowest is {} MB behind", bytes >> 20),
                format!("den långsammaste är {} MB efter", bytes >> 20),
            ),
            Words::new(
                "look at its disk and network; exports and lists from it are old meanwhile",
                "se till dess disk och nätverk; exporter och listor därifrån är gamla under tiden",
            ),
        ),
        (None, _) => Finding::well(Part::Replicas, Words::new("none", "inga")),
        (Some(bytes), _) => Finding::well(
            Part::Replicas,
            Words::new(
                format!("the slowest is {} kB behind", bytes >> 10),
                format!("den långsammaste är {} kB efter", bytes >> 10),
            ),
        ),
    }
}

fn encryption(condition: &Condition, url: &str) -> Finding {
    match (condition.is_encrypted, is_local(url)) {
        (true, _) => {
            Finding::well(Part::Encryption, Words::new("the connection is encrypted", "anslutningen är krypterad"))
        }
        (false, true) => Finding::well(
            Part::Encryption,
            Words::new("the connection stays on this machine", "anslutningen stannar på den här maskinen"),
        ),
        (false, false) => Finding::failure(
            Part::Encryption,
            Words::new(
                "passwords and rows cross the network unencrypted",
                "lösenord och rader går okrypterade över nätverket",
            ),
            Words::new(
                "append ?sslmode=verify-full&sslrootcert=… to DATABASE_URL",
                "lägg till ?sslmode=verify-full&sslrootcert=… i DATABASE_URL",
            ),
        ),
    }
}

/// Whether the address is of this machine.
#[must_use]
pub fn is_local(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host.is_empty()
        || host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
