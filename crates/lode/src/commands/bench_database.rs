//! A throw-away Postgres full of generated companies, for measurements.

use std::time::Instant;

use embedded::{Options, Profile, Servers};
use store::PgPool;
use store::pool::{PoolSettings, connect};

use super::console;

const PREFIX: &str = "lode-bench-";

/// The server and a pool; [`BenchDatabase::remove`] takes both away.
pub struct BenchDatabase {
    servers: Servers,
    /// Connections to it.
    pub pool: PgPool,
    /// Where it is, with its password.
    pub url: String,
}

impl BenchDatabase {
    /// Starts Postgres in a temporary folder, makes the schema and loads the companies of a seed.
    ///
    /// # Errors
    /// When the server cannot be started or the companies cannot be loaded.
    pub async fn with_companies(rows: u64, seed: u64) -> anyhow::Result<Self> {
        let temporary = std::env::temp_dir();
        embedded::remove_leftovers(&temporary, PREFIX);
        let data_dir = temporary.join(format!("{PREFIX}{}", std::process::id()));
        let options = Options { data_dir, profile: Profile::Throwaway, postgres: true, valkey: false };
        let servers = Servers::start(&options, console::progress).await?;
        let url = servers.database_url().unwrap_or_default();
        let pool = match connect(&PoolSettings::bulk(&url).named("lode bench")).await {
            Ok(pool) => pool,
            Err(error) => {
                servers.stop_and_remove().await;
                return Err(error.into());
            }
        };
        let database = Self { servers, pool, url };
        match database.fill(rows, seed).await {
            Ok(()) => Ok(database),
            Err(error) => {
                database.remove().await;
                Err(error)
            }
        }
    }

    async fn fill(&self, rows: u64, seed: u64) -> anyhow::Result<()> {
        store::schema::migrate(&self.pool).await?;
        console::progress(&format!("loading {rows} generated companies"));
        let begun = Instant::now();
        let mut conn = self.pool.acquire().await?;
        store::company_facts::fill(&mut conn, screen::synthetic::companies(rows, seed)).await?;
        console::progress(&format!("loaded in {:.1} s", begun.elapsed().as_secs_f64()));
        Ok(())
    }

    /// Stops the server and removes its folder.
    pub async fn remove(self) {
        self.pool.close().await;
        self.servers.stop_and_remove().await;
    }
}
