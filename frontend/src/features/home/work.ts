import { useQueries } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";
import { type ImportRun, importsQuery } from "@/shared/api/queries";
import { unlessLive } from "@/shared/live/live-state";
import { hasEnded, type Run, runsQuery } from "@/shared/runs/queries";

export type Job = Got<"/api/jobs">["items"][number];

/** Something that the machine does for people: a run, an import, or a job that is neither yet. */
export type Work =
  | { type: "run"; at: string; state: WorkState; run: Run }
  | { type: "import"; at: string; state: WorkState; imported: ImportRun }
  | { type: "job"; at: string; state: WorkState; job: Job };

export type WorkState = "active" | "failed" | "done";

/** What is shown at most; the rest is on the pages of runs, sources and queues. */
const MOST = 9;
/** Days for which a failure is told of. */
const FAILED_DAYS = 14;
/** Days for which what went well is told of. */
const DONE_DAYS = 3;
const DAY = 86_400_000;

/** Exports and imports that wait, run or are dead. Runs tell of their own jobs, thousands at times. */
const jobsQuery = (queue: "imports" | "exports") => ({
  queryKey: ["jobs", "home", queue],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    unwrap(
      api.GET("/api/jobs", {
        params: { query: { queue, state: "available,scheduled,retryable,running,discarded", limit: 20 } },
        signal,
      }),
    ),
});

const runState = (run: Run): WorkState =>
  !hasEnded(run) ? "active" : run.status === "completed" && run.failed > 0 ? "failed" : "done";

const importState = (imported: ImportRun): WorkState =>
  imported.status === "running" ? "active" : imported.status === "failed" ? "failed" : "done";

/** What goes on, then what failed lately, then what was done; the newest first in each. */
export function orderWork(work: readonly Work[], now: number): Work[] {
  const order: WorkState[] = ["active", "failed", "done"];
  const isTold = ({ state, at }: Work) =>
    state === "active" || now - Date.parse(at) < DAY * (state === "failed" ? FAILED_DAYS : DONE_DAYS);
  return work
    .filter(isTold)
    .sort((one, two) => order.indexOf(one.state) - order.indexOf(two.state) || two.at.localeCompare(one.at))
    .slice(0, MOST);
}

/** Runs, imports and exports that go on, failed or just ended, as far as one may see them. */
export function useWork() {
  return useQueries({
    queries: [
      { ...runsQuery("all", 20), refetchInterval: unlessLive(5_000) },
      { ...importsQuery(10), refetchInterval: unlessLive(15_000) },
      { ...jobsQuery("imports"), refetchInterval: 15_000 },
      { ...jobsQuery("exports"), refetchInterval: 15_000 },
    ],
    combine: ([runs, imports, importJobs, exportJobs]) => {
      const all = [runs, imports, importJobs, exportJobs];
      const work: Work[] = [
        ...(runs.data?.items ?? []).map(
          (run): Work => ({ type: "run", at: run.created_at, state: runState(run), run }),
        ),
        ...(imports.data?.items ?? []).map(
          (imported): Work => ({
            type: "import",
            at: imported.started_at,
            state: importState(imported),
            imported,
          }),
        ),
        // An import that runs has a line of its own already.
        ...(importJobs.data?.items ?? []).filter((job) => job.state !== "running").map(ofJob),
        ...(exportJobs.data?.items ?? []).map(ofJob),
      ];
      return {
        work: orderWork(work, Date.now()),
        isPending: all.some((query) => query.isPending),
        error: all.find((query) => query.isError)?.error ?? null,
        retry: () => {
          for (const query of all) if (query.isError) void query.refetch();
        },
      };
    },
  });
}

const ofJob = (job: Job): Work => ({
  type: "job",
  at: job.created_at,
  state: job.state === "discarded" ? "failed" : "active",
  job,
});
