import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "@/shared/api/client";
import type { RunKind } from "@/shared/runs/queries";

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
  name: string;
};

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
  return hasCompanies && (draft.kind === "analysis" || draft.parts.length > 0);
}

function enrichmentBody(draft: RunDraft) {
  return {
    ...selectionBody(draft.selection),
    kinds: [...draft.parts],
    force: draft.isForced,
    ...(draft.name.trim() && { name: draft.name.trim() }),
  };
}

function analysisBody(draft: RunDraft) {
  return {
    ...selectionBody(draft.selection),
    ...(draft.templateId && { template_id: draft.templateId }),
    ...(draft.name.trim() && { name: draft.name.trim() }),
  };
}

/** How many companies the run would be over, how many are fresh, and how long it would take. */
export function useEstimate(draft: RunDraft) {
  const asked = { ...draft, name: "" };
  return useQuery({
    queryKey: ["runs", "estimate", asked],
    queryFn: ({ signal }) =>
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
