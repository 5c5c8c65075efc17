import { lazy } from "react";
import { provideCompanySections } from "@/shared/company/company-sections";

/** What other features bring to the company page, in order; each is its own chunk. */
export function offerCompanySections(): void {
  provideCompanySections([
    { id: "work", place: "main", Content: lazy(() => import("@/features/prospects/company-work")) },
    { id: "findings", place: "main", Content: lazy(() => import("@/features/runs/company-findings")) },
  ]);
}
