//! The servers that tests use: given by the environment, or embedded ones of this process.

use embedded::{Options, Profile, Servers};
use tokio::sync::OnceCell;

const PREFIX: &str = "lode-test-";

/// Where the servers are.
pub(crate) struct TestServers {
    database_url: String,
    redis_url: String,
    // Kept for the life of the process; the kernel stops the children when it ends.
    _own: Option<Servers>,
}

impl TestServers {
    pub(crate) fn database_url(&self) -> &str {
        &self.database_url
    }

    pub(crate) fn redis_url(&self) -> &str {
        &self.redis_url
    }
}

/// The servers, started at the first call when the environment names none.
pub(crate) async fn get() -> &'static TestServers {
    static SERVERS: OnceCell<TestServers> = OnceCell::const_new();
    SERVERS.get_or_init(find_or_start).await
}

async fn find_or_start() -> TestServers {
    let given = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    if let (Some(database_url), Some(redis_url)) = (given("LODE_TEST_DATABASE_URL"), given("LODE_TEST_REDIS_URL")) {
        return TestServers { database_url, redis_url, _own: None };
    }
    let temporary = std::env::temp_dir();
    // A test process never drops its servers, so the next one clears what earlier ones left.
    embedded::remove_leftovers(&temporary, PREFIX);
    let data_dir = temporary.join(format!("{PREFIX}{}", std::process::id()));
    let options = Options { data_dir, profile: Profile::Throwaway, postgres: true, valkey: true };
    let own =
        Servers::start(&options, |_| {}).await.unwrap_or_else(|error| panic!("no servers for the tests: {error}"));
    TestServers {
        database_url: own.database_url().unwrap_or_default(),
        redis_url: own.redis_url().unwrap_or_default(),
        _own: Some(own),
    }
}
