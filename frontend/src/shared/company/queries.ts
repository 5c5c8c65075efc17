import { queryOptions } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";

export type Company = Got<"/api/companies/{orgnr}">;
export type FinancialsAnswer = Got<"/api/companies/{orgnr}/financials">;
export type Period = FinancialsAnswer["financials"][number];
export type StatementLine = FinancialsAnswer["lines"][number];
export type Scope = "company" | "group";

export const companyQuery = (orgnr: string) =>
  queryOptions({
    queryKey: ["company", orgnr],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/companies/{orgnr}", { params: { path: { orgnr } }, signal })),
  });

/**
 * Every period of both scopes, newest first; with `restated` also the versions that a later report replaced, with
 * `asOf` (a day) only what had been filed by then.
 */
export const financialsQuery = (orgnr: string, restated = false, asOf?: string) =>
  queryOptions({
    queryKey: ["company", orgnr, "financials", restated, asOf ?? null],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/companies/{orgnr}/financials", {
          params: {
            path: { orgnr },
            query: { ...(restated ? { restated: true } : {}), ...(asOf ? { as_of: asOf } : {}) },
          },
          signal,
        }),
      ),
  });

/** An amount of a period by the key of its line, null where it was not filed. */
export function amountOf(period: Period, line: string): number | null {
  const value = (period as unknown as Record<string, unknown>)[line];
  return typeof value === "number" ? value : null;
}
