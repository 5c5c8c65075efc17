//! Test support: a database of its own for each test on real servers, and a logical Valkey database.
//!
//! Servers come from `LODE_TEST_DATABASE_URL` and `LODE_TEST_REDIS_URL` (set by `lode services run -- …`); without
//! them this process starts embedded ones, once. Databases are copies of one migrated template.

pub mod cluster;
pub mod contents;
pub mod model_server;
pub mod search_server;
mod servers;
mod template;
pub mod website;

use std::ops::Deref;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};

/// A migrated database that is dropped when this value is.
pub struct TestDatabase {
    pool: PgPool,
    url: String,
    name: String,
}

impl TestDatabase {
    /// Connections to the database.
    #[must_use]
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Connection string, for code that connects by itself.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Deref for TestDatabase {
    type Target = PgPool;

    fn deref(&self) -> &PgPool {
        &self.pool
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (name, pool) = (std::mem::take(&mut self.name), self.pool.clone());
        // A test's runtime may be of one thread, so the clean-up has a runtime and thread of its own. It is not waited for: a
        // connection that the test is just opening would stand still meanwhile, half signed in, and DROP DATABASE waits
        // for every connection of the server. What the end of the process cuts short goes with the server.
        std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                drop(pool);
                if let Ok(mut admin) = PgConnection::connect(servers::get().await.database_url()).await {
                    let _ = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")))
                        .execute(&mut admin)
                        .await;
                }
            });
        });
    }
}

/// A new database with every migration applied.
///
/// # Panics
/// When no server can be started or reached, with the reason.
pub async fn database() -> TestDatabase {
    create(Some(template::name().await)).await
}

/// A new database without any table, for tests of the migrations themselves.
///
/// # Panics
/// When no server can be started or reached, with the reason.
pub async fn empty_database() -> TestDatabase {
    create(None).await
}

async fn create(template: Option<&str>) -> TestDatabase {
    let admin_url = servers::get().await.database_url();
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    let mut admin = PgConnection::connect(admin_url).await.expect("the test server accepts connections");
    let from = template.unwrap_or("template0");
    // FILE_COPY would need a checkpoint of the whole server for each test.
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {from} STRATEGY WAL_LOG")))
        .execute(&mut admin)
        .await
        .unwrap_or_else(|error| panic!("database {name} cannot be created: {error}"));
    let _ = admin.close().await;
    let options = admin_url.parse::<PgConnectOptions>().expect("a Postgres URL").database(&name);
    let url = options.to_url_lossy().to_string();
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .connect_with(options)
        .await
        .unwrap_or_else(|error| panic!("database {name} does not accept connections: {error}"));
    TestDatabase { pool, url, name }
}

/// Connection string of a logical Valkey database that is empty and that no other running test uses.
///
/// # Panics
/// When no server can be started or reached, with the reason.
pub async fn redis() -> String {
    let url = servers::get().await.redis_url();
    let client = redis::Client::open(url).expect("a Redis URL");
    let mut connection = client.get_multiplexed_async_connection().await.expect("the test Valkey accepts connections");
    let (_, databases): (String, u64) =
        redis::cmd("CONFIG").arg("GET").arg("databases").query_async(&mut connection).await.unwrap_or_default();
    let ticket: u64 =
        redis::cmd("INCR").arg("lode:test:tickets").query_async(&mut connection).await.expect("Valkey counts");
    // Database 0 holds the counter.
    let number = 1 + ticket % databases.max(2).saturating_sub(1);
    let base = url.rsplit_once('/').filter(|(_, last)| last.parse::<u32>().is_ok()).map_or(url, |(base, _)| base);
    let own = format!("{base}/{number}");
    let mut connection = redis::Client::open(own.as_str())
        .expect("a Redis URL")
        .get_multiplexed_async_connection()
        .await
        .expect("the test Valkey has that many databases");
    let _: () = redis::cmd("FLUSHDB").query_async(&mut connection).await.expect("Valkey empties a database");
    own
}
