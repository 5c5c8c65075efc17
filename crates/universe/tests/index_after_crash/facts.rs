//! A server of its own, an index that follows it, and facts that change.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::facts::CompanyFacts;
use sqlx::{Connection, PgConnection};
use store::pool::{PoolSettings, connect_lazy};
use tempfile::TempDir;
use testing::cluster::Cluster;
use universe::index::ScreenIndex;

/// The first companies of a row, with figures that differ from seed to seed.
pub fn companies(seed: u64, count: u64) -> Vec<CompanyFacts> {
    let orgnrs = screen::synthetic::companies(count, 1).map(|facts| facts.orgnr);
    let figures = screen::synthetic::companies(count, seed);
    orgnrs.zip(figures).map(|(orgnr, facts)| CompanyFacts { orgnr, ..facts }).collect()
}

pub struct Rig {
    pub cluster: Cluster,
    pub index: Arc<ScreenIndex>,
    folder: TempDir,
}

impl Rig {
    pub async fn start(settings: &[&str]) -> Self {
        Self::on(Cluster::start(settings).await, tempfile::tempdir().unwrap()).await
    }

    /// An index beside the server, with the file that the folder holds.
    pub async fn on(cluster: Cluster, folder: TempDir) -> Self {
        let settings =
            PoolSettings { acquire_timeout: Duration::from_secs(1), ..PoolSettings::serving(&cluster.url()) };
        let index = ScreenIndex::start(connect_lazy(&settings).unwrap(), Some(folder.path().to_owned()));
        Self { cluster, index, folder }
    }

    /// A copy of the index file, once there is one.
    pub async fn take_file(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for _ in 0..200 {
            if std::fs::copy(self.folder.path().join("index.lode"), copy.path().join("index.lode")).is_ok() {
                return copy;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no index file was written");
    }

    pub async fn connect(&self) -> PgConnection {
        for _ in 0..200 {
            if let Ok(connection) = PgConnection::connect(&self.cluster.url()).await {
                return connection;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not answer");
    }

    /// Writes facts as an import does; `is_safe` waits for the disk.
    pub async fn write(&self, facts: &[CompanyFacts], is_safe: bool) {
        let mut conn = self.connect().await;
        let waits = if is_safe { "on" } else { "off" };
        sqlx::query("SELECT set_config('synchronous_commit', $1, false)").bind(waits).execute(&mut conn).await.unwrap();
        let mut tx = conn.begin().await.unwrap();
        let keys: Vec<i64> = facts.iter().map(|facts| facts.orgnr.number() as i64).collect();
        sqlx::query("INSERT INTO companies (orgnr) SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING")
            .bind(keys)
            .execute(&mut *tx)
            .await
            .unwrap();
        store::company_facts::upsert(&mut tx, facts).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Uses up transaction ids by commits that do not wait for the disk, and wakes the follower.
    pub async fn use_ids(&self, count: u32) {
        let mut conn = self.connect().await;
        sqlx::query("SET synchronous_commit = off").execute(&mut conn).await.unwrap();
        for _ in 0..count {
            sqlx::query("SELECT pg_current_xact_id()").execute(&mut conn).await.unwrap();
        }
        sqlx::query("SELECT pg_notify('lode_company_facts', '')").execute(&mut conn).await.unwrap();
    }

    /// Waits until the index holds what Postgres holds, every value of it.
    pub async fn until_equal(&self, when: &str) {
        let until = Instant::now() + Duration::from_secs(25);
        loop {
            let mut conn = self.connect().await;
            let mut rows = BTreeMap::new();
            let read = store::company_facts::read_after(&mut conn, 0, 1_000_000).await;
            let is_read = read.is_ok();
            rows.extend(read.into_iter().flatten().map(|facts| (facts.orgnr, facts)));
            let held: Option<BTreeMap<_, _>> = self.index.read().map(|state| {
                let all = state.all();
                state.rows(&all).filter_map(|row| state.facts(row)).map(|facts| (facts.orgnr, facts)).collect()
            });
            if is_read && held.as_ref() == Some(&rows) {
                return;
            }
            if Instant::now() > until {
                let held = held.unwrap_or_default();
                let wrong = rows.iter().filter(|(orgnr, facts)| held.get(orgnr) != Some(*facts)).count();
                let surplus = held.keys().filter(|orgnr| !rows.contains_key(orgnr)).count();
                let status = self.index.status();
                panic!("{when}: {wrong} of {} companies are wrong, {surplus} too many; {status:?}", rows.len());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Version of the data that the index tells.
    pub fn version(&self) -> u64 {
        self.index.read().unwrap().version()
    }

    /// Entries of the feed whose transaction has not been given on this server.
    pub async fn entries_from_another_server(&self) -> i64 {
        let mut conn = self.connect().await;
        sqlx::query_scalar(
            "SELECT count(*) FROM change_feed WHERE transaction >= pg_snapshot_xmax(pg_current_snapshot())",
        )
        .fetch_one(&mut conn)
        .await
        .unwrap()
    }
}
