import { provideCompanySections } from "@/shared/company/company-sections";
import { lazyPart } from "@/shared/ui/lazy-part";

/** What other features bring to the company page, in order; each is its own chunk. */
export function offerCompanySections(): void {
  provideCompanySections([
    { id: "work", place: "main", Content: lazyPart(() => import("@/features/prospects/company-work")) },
    { id: "findings", place: "main", Content: lazyPart(() => import("@/features/runs/company-findings")) },
  ]);
}
