//! The migrated database that every test's database is a copy of, made once per server and set of migrations.

use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::OnceCell;

use crate::servers;

/// Any number; processes that test at the same time make the template one after another.
const LOCK: i64 = 0x4c6f_6465;

/// Name of the template.
pub(crate) async fn name() -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(|| async {
        make().await.unwrap_or_else(|error| panic!("the template database cannot be made: {error}"))
    })
    .await
}

async fn make() -> Result<String, Box<dyn std::error::Error>> {
    let url = servers::get().await.database_url();
    let name = format!("template_{:016x}", fingerprint());
    let mut admin = PgConnection::connect(url).await?;
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut admin).await?;
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut admin)
        .await?;
    if !exists {
        let partial = format!("{name}_partial");
        run(&mut admin, format!("DROP DATABASE IF EXISTS {partial} WITH (FORCE)")).await?;
        run(&mut admin, format!("CREATE DATABASE {partial} TEMPLATE template0")).await?;
        let options = url.parse::<sqlx::postgres::PgConnectOptions>()?.database(&partial);
        let pool = PgPool::connect_with(options).await?;
        store::schema::migrate(&pool).await?;
        pool.close().await;
        // A killed process leaves `_partial`, never a half-migrated template.
        run(&mut admin, format!("ALTER DATABASE {partial} RENAME TO {name}")).await?;
    }
    admin.close().await?;
    Ok(name)
}

async fn run(connection: &mut PgConnection, sql: String) -> sqlx::Result<()> {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(connection).await.map(drop)
}

/// Changes with every change of a migration.
fn fingerprint() -> u64 {
    store::schema::MIGRATOR.iter().fold(0xcbf2_9ce4_8422_2325, |hash, migration| {
        migration.checksum.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
    })
}
