import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, type Got, unwrap } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import { isLive, unlessLive } from "@/shared/live/live-state";
import { hasEnded } from "@/shared/runs/queries";

export type RunCompany = Got<"/api/runs/{id}/companies">["items"][number];
export type Rule = Got<"/api/analysis/rules">["items"][number];

/** What is known of a company from its website and from analyses. */
export type Findings = Got<"/api/companies/{orgnr}/findings">;

/** What a quote of a page comes with. */
export type Passage = { quote: string; url: string; sha256: string; fetched_at: string };

/** What a finding rests on. */
export type Evidence = { type: "figure"; field: string; value: unknown } | ({ type: "passage" } & Passage);

export type Finding = {
  code: string;
  kind: "strength" | "weakness" | "risk_flag";
  evidence: Evidence[];
};

export type MeasureScore = { field: string; value: number | null; points: number | null };

export type DimensionScore = {
  key: string;
  label?: string | null;
  weight: number;
  points: number | null;
  measures: MeasureScore[];
};

export type AnalysisTemplate = Got<"/api/analysis/templates">["items"][number];

/** What a template says: criteria with weights, each measured by fields of the catalogue. */
export type TemplateBody = AnalysisTemplate["template"];

export type Report = components["schemas"]["AnalysisReportDto"];
export type Statement = components["schemas"]["StatementDto"];
export type Citation = components["schemas"]["CitationDto"];

/** What an analysis says, as the server keeps it. */
export type AnalysisResult = {
  findings: Finding[];
  score: {
    points: number | null;
    coverage: number;
    capped_by: string | null;
    dimensions: DimensionScore[];
  };
  basis: { period_end: string | null; filing_id: string | null; website_read_at: string | null };
  /** Left out of analyses that older versions made. */
  report?: Report | null;
  /** The model that wrote the report; left out where rules did. */
  model?: components["schemas"]["ResultModelDto"] | null;
};

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) => unwrap(api.GET("/api/runs/{id}", { params: { path: { id } }, signal })),
    refetchInterval: (query) => (hasEnded(query.state.data) ? false : isLive() ? 5_000 : 1_500),
  });

export const runCompaniesQuery = (
  id: string,
  state: string,
  offset: number,
  limit: number,
  isMoving: boolean,
) =>
  queryOptions({
    queryKey: ["run", id, "companies", state, offset, limit],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/runs/{id}/companies", {
          params: { path: { id }, query: { ...(state && { state }), offset, limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: isMoving ? unlessLive(2_500) : false,
  });

export const runFailuresQuery = (id: string, isMoving: boolean) =>
  queryOptions({
    queryKey: ["run", id, "failures"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/enrichment/run/{id}/status", { params: { path: { id } }, signal })),
    refetchInterval: isMoving ? unlessLive(3_000) : false,
  });

export const templatesQuery = queryOptions({
  queryKey: ["analysis", "templates"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/analysis/templates", { signal })),
  // They are made in another tab while a run is being put together in this one.
  refetchOnWindowFocus: true,
  staleTime: 5_000,
});

/** One template: its newest version, or an older one for a run that was made with it; also one that was deleted. */
export const templateQuery = (id: string, version?: number) =>
  queryOptions({
    queryKey: [...templatesQuery.queryKey, id, version ?? "newest"],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/analysis/templates/{id}", {
          params: { path: { id }, query: version === undefined ? {} : { version } },
          signal,
        }),
      ),
  });

export const findingsQuery = (orgnr: string) =>
  queryOptions({
    queryKey: ["company", orgnr, "findings"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/companies/{orgnr}/findings", { params: { path: { orgnr } }, signal })),
    // Whoever comes back from a run wants to see what it has found.
    staleTime: 0,
  });

export const rulesQuery = queryOptions({
  queryKey: ["analysis", "rules"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/analysis/rules", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The rules of the analyst by their code; they change only with a new version of the server. */
export function useRules(): ReadonlyMap<string, Rule> {
  const rules = useQuery(rulesQuery);
  return useMemo(() => new Map(rules.data?.items.map((rule) => [rule.code, rule])), [rules.data]);
}
