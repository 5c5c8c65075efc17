import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, type Got, type Posted, unwrap } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";
import type { MessageKey } from "@/shared/i18n/en";
import { pick, type Translate, useI18n } from "@/shared/i18n/i18n";
import type { AnalysisTemplate } from "./run-queries";

export type Models = Got<"/api/models">;
export type Model = Models["items"][number];
export type Cost = components["schemas"]["CostDto"];
export type Preview = Posted<"/api/analysis/preview">;
export type Trace = Got<"/api/runs/{id}/companies/{orgnr}/trace">;
export type ModelCall = Trace["calls"][number];
export type Flag = components["schemas"]["FlagDto"];

/** What a model was told of a company, as the server keeps it. */
export type Dossier = {
  orgnr: string;
  name?: string;
  facts: {
    id: string;
    field: string;
    period_start?: string;
    period_end: string;
    scope: string;
    value: number;
    unit: string;
  }[];
  passages: {
    id: string;
    url: string;
    sha256: string;
    fetched_at: string;
    sentences: { id: string; text: string }[];
  }[];
};

/** The models that runs can name, and what is left of the month's limit. */
export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/models", { signal })),
  staleTime: 15_000,
});

/** The fixed words of an analysis; they change only with a new version of the server. */
export const vocabularyQuery = queryOptions({
  queryKey: ["analysis", "vocabulary"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/analysis/vocabulary", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The words of sections, levers, degrees and recommendations in the reader's language; a key that is not known is its own word. */
export function useVocabulary(): (
  kind: "sections" | "levers" | "degrees" | "recommendations",
  key: string,
) => string {
  const { locale } = useI18n();
  const { data } = useQuery(vocabularyQuery);
  return (kind, key) =>
    pick(data?.[kind].find((word) => word.key === key)?.label, locale) || key.replaceAll("_", " ");
}

/** How a run's analysis of a company came about. */
export const traceQuery = (runId: string, orgnr: string, isMoving: boolean) =>
  queryOptions({
    queryKey: ["run", runId, "trace", orgnr],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/runs/{id}/companies/{orgnr}/trace", { params: { path: { id: runId, orgnr } }, signal }),
      ),
    refetchInterval: isMoving ? 1_500 : false,
  });

const SHIPPED: Record<string, MessageKey> = {
  triage: "ai.template.triage",
  full: "ai.template.full",
  outreach: "ai.template.outreach",
};

/** What a template that comes with the program is called. */
export function shippedName(template: Pick<AnalysisTemplate, "key" | "name">, t: Translate): string {
  const known = template.key ? SHIPPED[template.key] : undefined;
  return known ? t(known) : template.name;
}
