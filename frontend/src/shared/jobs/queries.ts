import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, type Got, unwrap } from "@/shared/api/client";
import { followEvents } from "@/shared/api/events";

export type Job = Got<"/api/jobs">["items"][number];
export type JobDetail = Got<"/api/jobs/{id}">;
export type JobState = Job["state"];
export type QueueOverview = Got<"/api/jobs/queues">;
export type Queue = QueueOverview["queues"][number];
export type Worker = QueueOverview["workers"][number];

/** Whether nothing more happens to a job by itself. */
export function isFinished(state: JobState): boolean {
  return state === "completed" || state === "cancelled" || state === "discarded";
}

/** One job, followed live until it ends; without a live connection it is asked for every few seconds. */
export function useJob(id: number | null) {
  const client = useQueryClient();
  const job = useQuery({
    queryKey: ["job", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/jobs/{id}", { params: { path: { id: id ?? 0 } }, signal })),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && !isFinished(query.state.data.state) ? 5_000 : false),
  });
  const isOver = job.data ? isFinished(job.data.state) : false;
  useEffect(() => {
    if (id === null || isOver) return;
    const stop = new AbortController();
    followEvents(`/api/jobs/${id}/events`, {
      signal: stop.signal,
      endsByItself: true,
      onEvent: (event) => client.setQueryData(["job", id], JSON.parse(event.data) as JobDetail),
    }).catch(() => undefined);
    return () => stop.abort();
  }, [client, id, isOver]);
  return job;
}

/** The queues live, and whether the connection stands. */
export function useQueueOverview() {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  const overview = useQuery({
    queryKey: ["jobs", "queues"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/jobs/queues", { signal })),
    refetchInterval: isLive ? false : 10_000,
  });
  useEffect(() => {
    const stop = new AbortController();
    followEvents("/api/jobs/events", {
      signal: stop.signal,
      onLive: setLive,
      onEvent: (event) => client.setQueryData(["jobs", "queues"], JSON.parse(event.data) as QueueOverview),
    }).catch(() => setLive(false));
    return () => stop.abort();
  }, [client]);
  return { overview, isLive };
}
