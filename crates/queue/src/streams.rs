//! The streams in Redis: one per queue and priority, one consumer group for all workers.
//!
//! An entry is a job's id and nothing else. A stream holds what was handed out and not taken yet; entries are removed when
//! they are taken, so its length is the work in flight.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisResult, Value};
use store::jobs::publish::{Due, Room};

const GROUP: &str = "workers";
/// There while nobody emptied the server.
const EPOCH: &str = "lode:jobs:epoch";
const PRIORITIES: [i16; 3] = [1, 2, 3];
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// Beyond the longest blocking read.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Written to find out whether the server takes anything.
const WRITABLE: &str = "lode:jobs:writable";

/// Asks Redis to keep something for a moment. A server whose memory is used up, or which is a replica, answers every reading
/// command and refuses this one: nothing would be handed out by it, and nobody would notice.
///
/// # Errors
/// When it does not answer or refuses.
pub async fn check_writable(connection: &mut MultiplexedConnection) -> RedisResult<()> {
    redis::cmd("SET").arg(WRITABLE).arg("1").arg("EX").arg(60).query_async(connection).await
}

/// What is wrong with Redis, in words; the error's own text names its host.
#[must_use]
pub fn redis_problem(error: &redis::RedisError) -> &'static str {
    match error.code() {
        Some("OOM") => "its memory is used up (OOM): raise maxmemory or empty it; jobs are found in Postgres meanwhile",
        Some("READONLY") => "it is a read-only replica: REDIS_URL must lead to the primary",
        Some("NOAUTH" | "WRONGPASS" | "NOPERM") => "it refuses the user or password of REDIS_URL",
        Some("LOADING") => "it is loading its data",
        Some("MISCONF") => "it cannot save to its disk and refuses writes",
        _ => "it does not answer",
    }
}

/// A job as a stream hands it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Name of the stream.
    pub stream: String,
    /// Its place there.
    pub place: String,
    /// The job.
    pub job: i64,
}

/// A connection to the streams of some queues.
pub(crate) struct Streams {
    connection: MultiplexedConnection,
    queues: Vec<String>,
    consumer: String,
}

fn stream(queue: &str, priority: i16) -> String {
    format!("lode:jobs:{queue}:{priority}")
}

impl Streams {
    /// Connects, and makes the streams and their group where they are missing.
    pub async fn connect(client: &Client, queues: &[String], consumer: String) -> RedisResult<Self> {
        let settings = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN));
        let connection = client.get_multiplexed_async_connection_with_config(&settings).await?;
        let mut streams = Self { connection, queues: queues.to_vec(), consumer };
        streams.make_groups().await?;
        Ok(streams)
    }

    /// Makes the streams and their group where they are missing, as after the server was emptied.
    pub async fn make_groups(&mut self) -> RedisResult<()> {
        for name in self.names() {
            let made: RedisResult<()> = redis::cmd("XGROUP")
                .arg("CREATE")
                .arg(&name)
                .arg(GROUP)
                .arg("0")
                .arg("MKSTREAM")
                .query_async(&mut self.connection)
                .await;
            match made {
                Err(error) if error.code() == Some("BUSYGROUP") => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// As [`check_writable`], on this connection.
    pub async fn check_writable(&mut self) -> RedisResult<()> {
        check_writable(&mut self.connection).await
    }

    fn names(&self) -> Vec<String> {
        PRIORITIES.iter().flat_map(|priority| self.queues.iter().map(|queue| stream(queue, *priority))).collect()
    }

    /// Takes about `count` entries, the highest priority first; waits up to `block` for the first one.
    pub async fn read(&mut self, count: usize, block: Duration) -> RedisResult<Vec<Entry>> {
        let mut entries = Vec::new();
        for priority in PRIORITIES {
            let names: Vec<_> = self.queues.iter().map(|queue| stream(queue, priority)).collect();
            entries.extend(self.read_from(&names, count - entries.len(), None).await?);
            if entries.len() >= count {
                return Ok(entries);
            }
        }
        if entries.is_empty() {
            // One from each stream at most: the next call takes more, by priority.
            entries = self.read_from(&self.names(), 1, Some(block)).await?;
        }
        Ok(entries)
    }

    async fn read_from(&mut self, names: &[String], count: usize, block: Option<Duration>) -> RedisResult<Vec<Entry>> {
        let mut tries = 0;
        loop {
            let mut command = redis::cmd("XREADGROUP");
            command.arg("GROUP").arg(GROUP).arg(&self.consumer).arg("COUNT").arg(count);
            if let Some(block) = block {
                command.arg("BLOCK").arg(u64::try_from(block.as_millis()).unwrap_or(1_000));
            }
            command.arg("STREAMS").arg(names).arg(vec![">"; names.len()]);
            match command.query_async::<Value>(&mut self.connection).await {
                Ok(answer) => return Ok(entries_of(answer)),
                // The server was emptied between two reads.
                Err(error) if error.code() == Some("NOGROUP") && tries == 0 => {
                    tries += 1;
                    self.make_groups().await?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Removes entries that were taken.
    pub async fn remove(&mut self, entries: &[Entry]) -> RedisResult<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut names: Vec<&str> = entries.iter().map(|entry| entry.stream.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let mut pipe = redis::pipe();
        for name in names {
            let places: Vec<&str> =
                entries.iter().filter(|entry| entry.stream == name).map(|entry| entry.place.as_str()).collect();
            pipe.cmd("XACK").arg(name).arg(GROUP).arg(&places).ignore();
            pipe.cmd("XDEL").arg(name).arg(&places).ignore();
        }
        pipe.query_async(&mut self.connection).await
    }

    /// How many more entries each stream takes until it holds `window`; and whether the server was emptied since the
    /// last call of anybody, so that what was handed out before is gone.
    pub async fn room(&mut self, window: i64) -> RedisResult<(Vec<Room>, bool)> {
        let mut pipe = redis::pipe();
        pipe.cmd("SET").arg(EPOCH).arg("1").arg("NX");
        for name in self.names() {
            pipe.cmd("XLEN").arg(name);
        }
        let answers: Vec<Value> = pipe.query_async(&mut self.connection).await?;
        let was_emptied = answers.first().is_some_and(|answer| *answer != Value::Nil);
        let lanes = PRIORITIES.iter().flat_map(|priority| self.queues.iter().map(move |queue| (queue, *priority)));
        let rooms = lanes
            .zip(answers.iter().skip(1))
            .map(|((queue, priority), answer)| {
                let length: i64 = redis::from_redis_value_ref(answer).unwrap_or(0);
                Room { queue: queue.clone(), priority, room: (window - length).max(0) }
            })
            .filter(|room| room.room > 0)
            .collect();
        Ok((rooms, was_emptied))
    }

    /// Hands jobs out.
    pub async fn add(&mut self, jobs: &[Due]) -> RedisResult<()> {
        if jobs.is_empty() {
            return Ok(());
        }
        let mut pipe = redis::pipe();
        for job in jobs {
            pipe.cmd("XADD").arg(stream(&job.queue, job.priority)).arg("*").arg("job").arg(job.id).ignore();
        }
        pipe.query_async(&mut self.connection).await
    }

    /// Takes entries back that were handed to a worker which did not take them for so long: it died in between. Returns
    /// their jobs, and forgets workers that are gone.
    pub async fn take_back(&mut self, idle: Duration) -> RedisResult<Vec<i64>> {
        let mut found = Vec::new();
        for name in self.names() {
            let answer: Value = redis::cmd("XAUTOCLAIM")
                .arg(&name)
                .arg(GROUP)
                .arg(&self.consumer)
                .arg(u64::try_from(idle.as_millis()).unwrap_or(u64::MAX))
                .arg("0-0")
                .arg("COUNT")
                .arg(500)
                .query_async(&mut self.connection)
                .await?;
            let Value::Array(parts) = answer else { continue };
            let Some(entries) = parts.into_iter().nth(1) else { continue };
            let entries = entries_in(&name, entries);
            self.remove(&entries).await?;
            found.extend(entries.into_iter().map(|entry| entry.job));
        }
        Ok(found)
    }

    /// Forgets consumers without entries that were silent for so long, so that a group does not grow with every restart.
    pub async fn forget_consumers(&mut self, silent: Duration) -> RedisResult<()> {
        for name in self.names() {
            let answer: Vec<std::collections::HashMap<String, Value>> =
                redis::cmd("XINFO").arg("CONSUMERS").arg(&name).arg(GROUP).query_async(&mut self.connection).await?;
            for consumer in answer {
                let number = |key: &str| {
                    consumer.get(key).and_then(|value| redis::from_redis_value_ref::<u64>(value).ok()).unwrap_or(0)
                };
                if number("pending") == 0 && u128::from(number("idle")) > silent.as_millis() {
                    let Some(id) =
                        consumer.get("name").and_then(|value| redis::from_redis_value_ref::<String>(value).ok())
                    else {
                        continue;
                    };
                    self.forget_consumer(&name, &id).await?;
                }
            }
        }
        Ok(())
    }

    async fn forget_consumer(&mut self, name: &str, consumer: &str) -> RedisResult<()> {
        redis::cmd("XGROUP")
            .arg("DELCONSUMER")
            .arg(name)
            .arg(GROUP)
            .arg(consumer)
            .query_async::<Value>(&mut self.connection)
            .await
            .map(|_| ())
    }

    /// Says goodbye: this consumer has nothing and will ask for nothing.
    pub async fn leave(mut self) -> RedisResult<()> {
        let consumer = self.consumer.clone();
        for name in self.names() {
            self.forget_consumer(&name, &consumer).await?;
        }
        Ok(())
    }
}

/// Reads `[[stream, [[place, [field, value, …]], …]], …]`, or the same as a map.
fn entries_of(answer: Value) -> Vec<Entry> {
    let pairs: Vec<(Value, Value)> = match answer {
        Value::Map(pairs) => pairs,
        Value::Array(streams) => streams
            .into_iter()
            .filter_map(|one| match one {
                Value::Array(parts) => {
                    let mut parts = parts.into_iter();
                    Some((parts.next()?, parts.next()?))
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let mut entries = Vec::new();
    for (name, list) in pairs {
        if let Ok(name) = redis::from_redis_value::<String>(name) {
            entries.extend(entries_in(&name, list));
        }
    }
    entries
}

/// Reads `[[place, [field, value, …]], …]`. An entry whose job cannot be read is given the job 0, which is none, so that it
/// is removed.
fn entries_in(name: &str, list: Value) -> Vec<Entry> {
    let Value::Array(list) = list else { return Vec::new() };
    list.into_iter()
        .filter_map(|entry| {
            let Value::Array(parts) = entry else { return None };
            let mut parts = parts.into_iter();
            let place = redis::from_redis_value::<String>(parts.next()?).ok()?;
            let job = match parts.next() {
                Some(Value::Array(fields)) => {
                    fields.into_iter().nth(1).and_then(|value| redis::from_redis_value::<i64>(value).ok())
                }
                _ => None,
            };
            Some(Entry { stream: name.to_owned(), place, job: job.unwrap_or(0) })
        })
        .collect()
}
