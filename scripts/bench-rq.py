"""The measurement of `lode bench queue` on RQ, the queue that many Python products use, for comparison.

Needs `pip install rq` and an empty Redis or Valkey: python scripts/bench-rq.py redis://127.0.0.1:6379/0
Jobs do nothing. Workers are processes that do not fork for each job (`rq worker -w rq.SimpleWorker`), RQ's fastest; its
default, a fork for each job, is measured with one worker beside it. Latency is from before a single job is enqueued until
it starts.
"""

import json
import statistics
import subprocess
import sys
import time

from redis import Redis
from rq import Queue

JOBS = 5_000
SINGLE = 100


def nothing():
    """What a job does."""


def started():
    """When a job started, by the clock of this machine."""
    return time.time()


def measure(url, workers, worker_class):
    redis = Redis.from_url(url)
    redis.flushdb()
    queue = Queue("bench", connection=redis)
    queue.enqueue_many([Queue.prepare_data("bench_rq.nothing", result_ttl=0) for _ in range(JOBS)])
    begun = time.time()
    command = ["rq", "worker", "--quiet", "--url", url, "-w", worker_class, "bench"]
    running = [subprocess.Popen(command) for _ in range(workers)]
    # The start of the interpreters is not the queue's work.
    while queue.count == JOBS:
        time.sleep(0.005)
    begun = time.time()
    while queue.count or queue.started_job_registry.count:
        time.sleep(0.01)
    rate = JOBS / (time.time() - begun)
    times = []
    for _ in range(SINGLE):
        asked = time.time()
        job = queue.enqueue("bench_rq.started", result_ttl=60)
        while not job.is_finished:
            time.sleep(0.001)
            job.refresh()
        times.append((job.return_value() - asked) * 1e3)
    for process in running:
        process.terminate()
    for process in running:
        process.wait()
    times.sort()
    return {
        "workers": workers,
        "worker_class": worker_class,
        "jobs_per_second": round(rate),
        "start_latency_p50_ms": round(statistics.median(times), 1),
        "start_latency_p95_ms": round(times[int(len(times) * 0.95)], 1),
    }


if __name__ == "__main__":
    runs = [measure(sys.argv[1], count, "rq.SimpleWorker") for count in (1, 2, 4)]
    runs.append(measure(sys.argv[1], 1, "rq.Worker"))
    print(json.dumps({"runs": runs}, indent=2))
