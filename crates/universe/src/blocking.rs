//! Work that takes a processor for long, away from the threads that answer: bounded in number by the turn of its request, and told
//! when the request was given up.

use std::any::Any;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinError;

tokio::task_local! {
    static CURRENT: Work;
}

/// Set when nobody waits any more.
pub type GivenUp = Arc<AtomicBool>;

/// The request that work is done for.
#[derive(Clone, Default)]
struct Work {
    given_up: GivenUp,
    /// What the request holds for as long as its work goes on, even after the request itself was given up.
    held: Option<Arc<dyn Any + Send + Sync>>,
}

/// Says that nobody waits when it is dropped before the end.
struct UntilDone(GivenUp);

impl Drop for UntilDone {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a request. Work that it starts by [`run`] keeps `held`, and is cancelled when the request ends.
pub async fn for_request<T>(held: impl Any + Send + Sync, request: impl Future<Output = T>) -> T {
    let work = Work { given_up: GivenUp::default(), held: Some(Arc::new(held)) };
    let _until_done = UntilDone(Arc::clone(&work.given_up));
    CURRENT.scope(work, request).await
}

/// Runs work on a thread of its own. It is given the flag that says whether anybody still waits.
///
/// # Errors
/// When the work panics.
pub async fn run<T: Send + 'static>(work: impl FnOnce(GivenUp) -> T + Send + 'static) -> Result<T, JoinError> {
    let current = CURRENT.try_with(Work::clone).unwrap_or_default();
    tokio::task::spawn_blocking(move || {
        let done = work(Arc::clone(&current.given_up));
        drop(current.held);
        done
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn work_of_a_request_that_was_given_up_is_cancelled_and_keeps_its_turn_until_it_ends() {
        let (turn, ended) = (Arc::new(()), Arc::new(tokio::sync::Notify::new()));
        let (begins, begun) = mpsc::channel();
        let told = Arc::clone(&ended);
        let request = for_request(Arc::clone(&turn), async move {
            let work = run(move |given_up| {
                begins.send(()).unwrap();
                while !given_up.load(Ordering::Relaxed) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                std::thread::sleep(Duration::from_millis(50));
                told.notify_one();
            });
            work.await.unwrap();
        });
        assert!(tokio::time::timeout(Duration::from_millis(100), request).await.is_err());
        begun.recv().unwrap();
        assert_eq!(Arc::strong_count(&turn), 2, "the turn is still taken");
        ended.notified().await;
        for _ in 0..200 {
            if Arc::strong_count(&turn) == 1 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the turn was never given back");
    }
}
