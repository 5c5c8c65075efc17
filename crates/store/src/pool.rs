//! Connections to Postgres: TLS as the connection string says, bounded pools, and time limits on every statement.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Executor, PgPool};

/// How a pool is built.
#[derive(Clone, Debug)]
pub struct PoolSettings {
    /// `postgres://…`; `sslmode=verify-full&sslrootcert=…` is honoured.
    pub database_url: String,
    /// Shown in `pg_stat_activity`, e.g. `lode serve`.
    pub application_name: String,
    /// Greatest number of connections.
    pub max_connections: u32,
    /// How long a caller waits for a free connection.
    pub acquire_timeout: Duration,
    /// A single statement that runs longer is cancelled by the server; zero means no limit.
    pub statement_timeout: Duration,
    /// A statement that waits longer for a lock is cancelled by the server; zero means no limit.
    pub lock_timeout: Duration,
    /// A transaction that sits idle longer is ended by the server; zero means no limit.
    pub idle_in_transaction_timeout: Duration,
}

impl PoolSettings {
    /// For requests: short statements only.
    #[must_use]
    pub fn serving(database_url: &str) -> Self {
        Self {
            database_url: database_url.to_owned(),
            application_name: "lode".to_owned(),
            max_connections: 16,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(5),
            idle_in_transaction_timeout: Duration::from_secs(30),
        }
    }

    /// For health checks: one connection that nobody else can take, and short patience.
    #[must_use]
    pub fn probing(database_url: &str) -> Self {
        Self {
            application_name: "lode probe".to_owned(),
            max_connections: 1,
            acquire_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(2),
            lock_timeout: Duration::from_secs(2),
            idle_in_transaction_timeout: Duration::from_secs(5),
            ..Self::serving(database_url)
        }
    }

    /// For imports and maintenance: few connections, long statements, patient with locks.
    #[must_use]
    pub fn bulk(database_url: &str) -> Self {
        Self {
            application_name: "lode import".to_owned(),
            max_connections: 4,
            acquire_timeout: Duration::from_secs(30),
            statement_timeout: Duration::from_secs(600),
            lock_timeout: Duration::from_secs(120),
            idle_in_transaction_timeout: Duration::from_secs(120),
            ..Self::serving(database_url)
        }
    }

    /// Sets the greatest number of connections.
    #[must_use]
    pub fn sized(mut self, max_connections: u32) -> Self {
        self.max_connections = max_connections;
        self
    }

    /// Sets the name shown in `pg_stat_activity`.
    #[must_use]
    pub fn named(mut self, application_name: &str) -> Self {
        application_name.clone_into(&mut self.application_name);
        self
    }
}

/// Builds a pool and proves with one connection that the server answers.
///
/// # Errors
/// When the address is not a Postgres URL, the server cannot be reached, or TLS or the password is refused.
pub async fn connect(settings: &PoolSettings) -> sqlx::Result<PgPool> {
    pool_options(settings).connect_with(connect_options(settings)?).await
}

/// Builds a pool that connects on first use, for a server that starts later.
///
/// # Errors
/// When the address is not a Postgres URL.
pub fn connect_lazy(settings: &PoolSettings) -> sqlx::Result<PgPool> {
    Ok(pool_options(settings).connect_lazy_with(connect_options(settings)?))
}

fn connect_options(settings: &PoolSettings) -> sqlx::Result<PgConnectOptions> {
    Ok(PgConnectOptions::from_str(&settings.database_url)?
        .application_name(&settings.application_name)
        .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(2)))
}

fn pool_options(settings: &PoolSettings) -> PgPoolOptions {
    // Limits are set by statement rather than as start-up options, which some connection poolers refuse.
    let limits = [
        ("statement_timeout", settings.statement_timeout),
        ("lock_timeout", settings.lock_timeout),
        ("idle_in_transaction_session_timeout", settings.idle_in_transaction_timeout),
    ]
    .map(|(name, limit)| (name, format!("{}ms", limit.as_millis())));
    PgPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.acquire_timeout)
        .after_connect(move |connection, _| {
            let limits = limits.clone();
            Box::pin(async move {
                for (name, limit) in limits {
                    connection.execute(sqlx::query("SELECT set_config($1, $2, false)").bind(name).bind(limit)).await?;
                }
                Ok(())
            })
        })
}
