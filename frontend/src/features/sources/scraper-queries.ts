import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import { apiFetch } from "@/shared/api/fetch";
import { createClient } from "@/shared/api/open-client";
import type { components, paths } from "@/shared/api/schema-scraper";

export type Session = components["schemas"]["ScraperSession"];
export type ScraperItem = components["schemas"]["ScraperItem"];
export type StagedItem = components["schemas"]["StagedItem"];
export type SourceInfo = components["schemas"]["ScraperSource"];
export type NewSession = components["schemas"]["NewSession"];
export type SessionAction = "start" | "pause" | "resume" | "cancel" | "retry" | "validate" | "promote";

const BUILT_IN = (import.meta.env.VITE_SCRAPER_BASE_URL ?? "").replace(/\/+$/, "");

const capabilitiesQuery = queryOptions({
  queryKey: ["capabilities"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/status/capabilities", { signal })),
  staleTime: 300_000,
});

/** Where the scraper service is: as this web app was built, or as the server says. `null` when there is none. */
export function useScraperUrl(): { url: string | null; isPending: boolean } {
  const asked = useQuery({ ...capabilitiesQuery, enabled: BUILT_IN === "" });
  if (BUILT_IN) return { url: BUILT_IN, isPending: false };
  return { url: asked.data?.scraper_url ?? null, isPending: asked.isPending };
}

const client = (url: string) => createClient<paths>({ baseUrl: url, fetch: (request) => apiFetch(request) });

/** Whether the session changes by itself. */
export const isMoving = (session: Session | undefined) => session?.state === "running";

export const sourcesQuery = (url: string) =>
  queryOptions({
    queryKey: ["scraper", url, "sources"],
    queryFn: ({ signal }) => unwrap(client(url).GET("/scraper/api/sources", { signal })),
  });

/** A page of sessions; asked again while one of them runs. */
export const sessionsQuery = (url: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["scraper", url, "sessions", limit, offset],
    queryFn: ({ signal }) =>
      unwrap(client(url).GET("/scraper/api/sessions", { params: { query: { limit, offset } }, signal })),
    refetchInterval: (query) => (query.state.data?.items.some(isMoving) ? 1_500 : false),
    retry: 1,
  });

export const sessionQuery = (url: string, id: string) =>
  queryOptions({
    queryKey: ["scraper", url, "session", id],
    queryFn: ({ signal }) =>
      unwrap(client(url).GET("/scraper/api/sessions/{id}", { params: { path: { id } }, signal })),
    refetchInterval: (query) => (isMoving(query.state.data) ? 1_000 : false),
    retry: 1,
  });

type Part = { state: string | null; limit: number; offset: number };

export const itemsQuery = (url: string, id: string, part: Part, isRunning: boolean) =>
  queryOptions({
    queryKey: ["scraper", url, "items", id, part],
    queryFn: ({ signal }) =>
      unwrap(
        client(url).GET("/scraper/api/sessions/{id}/items", {
          params: { path: { id }, query: { ...part, state: part.state ?? undefined } },
          signal,
        }),
      ),
    refetchInterval: isRunning ? 2_000 : false,
  });

export const stagedQuery = (url: string, id: string, part: Part, isRunning: boolean) =>
  queryOptions({
    queryKey: ["scraper", url, "staged", id, part],
    queryFn: ({ signal }) =>
      unwrap(
        client(url).GET("/scraper/api/sessions/{id}/staged", {
          params: { path: { id }, query: { ...part, state: part.state ?? undefined } },
          signal,
        }),
      ),
    refetchInterval: isRunning ? 2_000 : false,
  });

export function useCreateSession(url: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSession) => unwrap(client(url).POST("/scraper/api/sessions", { body })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["scraper", url] }),
  });
}

/** Does something with a session; the answer is the session as it is then. */
export function useSessionAction(url: string, id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: SessionAction) => {
      const at = { params: { path: { id } } };
      const scraper = client(url);
      switch (action) {
        case "start":
          return unwrap(scraper.POST("/scraper/api/sessions/{id}/start", at));
        case "pause":
          return unwrap(scraper.POST("/scraper/api/sessions/{id}/pause", at));
        case "resume":
          return unwrap(scraper.POST("/scraper/api/sessions/{id}/resume", at));
        case "cancel":
          return unwrap(scraper.POST("/scraper/api/sessions/{id}/cancel", at));
        case "retry":
          return unwrap(scraper.POST("/scraper/api/sessions/{id}/retry", at));
        case "validate":
          return unwrap(scraper.POST("/scraper/api/sessions/{id}/validate", at));
        case "promote":
          return unwrap(scraper.POST("/scraper/api/sessions/{id}/promote", at));
      }
    },
    onSuccess: (session) => queries.setQueryData(["scraper", url, "session", id], session),
    onSettled: () => queries.invalidateQueries({ queryKey: ["scraper", url] }),
  });
}
