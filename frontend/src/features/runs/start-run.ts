import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Posted, unwrap } from "@/shared/api/client";
import type { RunKind } from "@/shared/runs/queries";
import type { Cost } from "./model-queries";

/** What a run would be over; of a model also what it would cost. */
export type Estimate = Posted<"/api/enrichment/estimate"> & { cost?: Cost | null };

/** Which companies a run is over. */
export type RunSelection =
  | { type: "companies"; orgnrs: readonly string[] }
  | { type: "list"; id: string }
  | { type: "screen"; text: string; q: string };

/** Everything that is chosen before a run begins. */
export type RunDraft = {
  kind: RunKind;
  selection: RunSelection;
  parts: readonly string[];
  isForced: boolean;
  templateId: string | null;
  /** The model that writes; rules where it is null. */
  provider: string | null;
  /** A template that comes with the program, for a model; `templateId` goes before it. */
  templateKey: string;
  language: "sv" | "en";
  /** What a model's calls may cost; the settings' own limit where it is null. */
  budget: number | null;
  /** Which results need no person to be approved; null where each does. */
  approval: Approval | null;
  /** Leaves out companies that have an approved analysis. */
  keepsApproved: boolean;
  /** What surrounds the analysis; null where it is the run's one stage. */
  stages: Stages | null;
  name: string;
};

/** The least score of a company that goes on after the screening, null for all; NaN where what was typed is none. */
export type Stages = { minPoints: number | null; research: boolean; report: boolean };

/** The least score, and whether every sentence must stand. */
export type Approval = { minPoints: number; onlyVerified: boolean };

export const PARTS = ["homepage", "about_summary", "website_insights", "company_profile"] as const;

function selectionBody(selection: RunSelection) {
  switch (selection.type) {
    case "companies":
      return { orgnrs: [...selection.orgnrs] };
    case "list":
      return { list_id: selection.id };
    case "screen":
      return {
        ...(selection.text.trim() && { text: selection.text }),
        ...(selection.q.trim() && { q: selection.q.trim() }),
      };
  }
}

/** Whether enough is chosen to ask what the run would do. */
export function isComplete(draft: RunDraft): boolean {
  const { selection } = draft;
  const hasCompanies =
    selection.type === "companies"
      ? selection.orgnrs.length > 0
      : selection.type === "list"
        ? selection.id !== ""
        : selection.text.trim() !== "" || selection.q.trim() !== "";
  return (
    hasCompanies &&
    (draft.kind === "analysis"
      ? !Number.isNaN(draft.budget ?? 0) &&
        !Number.isNaN(draft.approval?.minPoints ?? 0) &&
        !Number.isNaN(draft.stages?.minPoints ?? 0)
      : draft.parts.length > 0)
  );
}

function enrichmentBody(draft: RunDraft) {
  return {
    ...selectionBody(draft.selection),
    kinds: [...draft.parts],
    force: draft.isForced,
    ...(draft.name.trim() && { name: draft.name.trim() }),
  };
}

/** The model's part of a body, without what it may cost. */
export function askedOf(draft: Pick<RunDraft, "templateId" | "templateKey" | "language">, provider: string) {
  return {
    provider,
    language: draft.language,
    ...(draft.templateId ? { template_id: draft.templateId } : { template_key: draft.templateKey }),
  };
}

function analysisBody(draft: RunDraft) {
  return {
    ...selectionBody(draft.selection),
    ...(draft.provider
      ? {
          ...askedOf(draft, draft.provider),
          ...(draft.budget !== null && { budget: draft.budget }),
        }
      : draft.templateId && { template_id: draft.templateId }),
    ...(draft.approval && {
      auto_approval: { min_points: draft.approval.minPoints, only_verified: draft.approval.onlyVerified },
    }),
    ...(draft.keepsApproved && { keep_approved: true }),
    ...(draft.stages && {
      stages: {
        ...(draft.stages.minPoints !== null && { min_points: draft.stages.minPoints }),
        research: draft.stages.research,
        report: draft.stages.report,
      },
    }),
    ...(draft.name.trim() && { name: draft.name.trim() }),
  };
}

/** How many companies the run would be over, how many are fresh, and how long it would take. */
export function useEstimate(draft: RunDraft) {
  const asked = { ...draft, name: "" };
  return useQuery({
    queryKey: ["runs", "estimate", asked],
    queryFn: async ({ signal }): Promise<Estimate> =>
      asked.kind === "enrichment"
        ? unwrap(api.POST("/api/enrichment/estimate", { body: enrichmentBody(asked), signal }))
        : unwrap(api.POST("/api/analysis/estimate", { body: analysisBody(asked), signal })),
    enabled: isComplete(asked),
    retry: false,
    staleTime: 10_000,
  });
}

/** Starts the run and answers with its id. */
export function useStartRun() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: RunDraft) =>
      draft.kind === "enrichment"
        ? unwrap(api.POST("/api/enrichment/run", { body: enrichmentBody(draft) }))
        : unwrap(api.POST("/api/analysis/start", { body: analysisBody(draft) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["runs"] }),
  });
}
