//! A database, a Redis, and workers of this process.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use queue::{Context, Job, JobError, JobId, Registry, Settings, Worker};
use serde::{Deserialize, Serialize};
use store::jobs::{JobRow, JobState, read};
use testing::TestDatabase;
use tokio_util::sync::CancellationToken;

/// A job that does what it says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Say {
    pub word: String,
    #[serde(default)]
    pub key: Option<String>,
}

impl Job for Say {
    const KIND: &'static str = "say_word";
    const QUEUE: &'static str = "words";
    const MAX_ATTEMPTS: u16 = 3;
    const TIMEOUT: Duration = Duration::from_millis(600);
    const BACK_OFF: Duration = Duration::from_millis(50);

    fn unique_key(&self) -> Option<String> {
        self.key.clone()
    }

    fn subject(&self) -> Option<String> {
        Some(format!("word:{}", self.word))
    }
}

/// A kind of which one may run at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Alone {
    pub number: u32,
}

impl Job for Alone {
    const KIND: &'static str = "stand_alone";
    const QUEUE: &'static str = "words";
    const CONCURRENCY: Option<u16> = Some(1);
}

pub fn say(word: &str) -> Say {
    Say { word: word.to_owned(), key: None }
}

pub struct Rig {
    pub db: TestDatabase,
    pub redis: Option<redis::Client>,
    /// Words in the order in which they were said.
    pub said: Arc<Mutex<Vec<String>>>,
    stops: Vec<(CancellationToken, tokio::task::JoinHandle<()>)>,
}

impl Rig {
    pub async fn new() -> Self {
        let redis = redis::Client::open(testing::redis().await).unwrap();
        Self { db: testing::database().await, redis: Some(redis), said: Arc::default(), stops: Vec::new() }
    }

    pub async fn without_redis() -> Self {
        Self { db: testing::database().await, redis: None, said: Arc::default(), stops: Vec::new() }
    }

    /// A registry whose words do what they mean.
    pub fn registry(&self) -> Registry {
        let said = self.said.clone();
        Registry::new().with(move |job: Say, context: Context| {
            let said = said.clone();
            async move { act(&said, &job.word, &context).await }
        })
    }

    pub fn start(&mut self, registry: Registry, concurrency: usize) {
        self.start_with(registry, concurrency, |_| {});
    }

    pub fn start_with(&mut self, registry: Registry, concurrency: usize, change: impl Fn(&mut Settings)) {
        let mut settings = Settings::new(vec!["words".to_owned()], concurrency);
        settings.drain = Duration::from_secs(3);
        change(&mut settings);
        let worker = Worker::new(self.db.pool().clone(), self.redis.clone(), registry, settings);
        let stop = CancellationToken::new();
        self.stops.push((stop.clone(), tokio::spawn(worker.run(stop))));
    }

    pub async fn stop(&mut self) {
        for (stop, worker) in self.stops.drain(..) {
            stop.cancel();
            worker.await.unwrap();
        }
    }

    pub async fn enqueue(&self, job: &impl Job) -> JobId {
        self.enqueue_with(job, &queue::Options::default()).await
    }

    pub async fn enqueue_with(&self, job: &impl Job, options: &queue::Options) -> JobId {
        let mut tx = self.db.begin().await.unwrap();
        let done = queue::enqueue_with(&mut tx, job, options).await.unwrap();
        tx.commit().await.unwrap();
        done.id
    }

    pub async fn job(&self, id: JobId) -> JobRow {
        read::get(&mut self.db.acquire().await.unwrap(), id.0).await.unwrap().expect("the job is there")
    }

    /// The job once it is in the state.
    pub async fn wait_for(&self, id: JobId, state: JobState) -> JobRow {
        let until = std::time::Instant::now() + Duration::from_secs(40);
        loop {
            let job = self.job(id).await;
            if job.state == state {
                return job;
            }
            assert!(std::time::Instant::now() < until, "waiting for {state:?}, found {job:?}");
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    pub fn words(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }
}

async fn act(said: &Mutex<Vec<String>>, word: &str, context: &Context) -> Result<(), JobError> {
    said.lock().unwrap().push(word.to_owned());
    match word {
        "fail" => Err(JobError::fail("it cannot be said")),
        "again" => Err(JobError::retry("not loud enough")),
        "patience" if context.attempt() == 1 => Err(JobError::retry_after("a second", Duration::from_secs(1))),
        "later" if said.lock().unwrap().len() == 1 => Err(JobError::Later(Duration::from_millis(200))),
        "panic" => panic!("a word got stuck"),
        "endless" => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        "polite" => {
            context.progress(3, Some(10), Some("saying".to_owned()));
            context.cancel().cancelled().await;
            Err(JobError::Cancelled)
        }
        _ => Ok(()),
    }
}
