import { describe, expect, it } from "vitest";
import type { Company, Period } from "@/shared/company/queries";
import { annualised, best, bestYear, type Compared, periodOf } from "./compare";

function company(...ends: [string, string?, number?][]): Compared {
  const periods = ends.map(
    ([period_end, scope = "company", months = 12]) =>
      ({ period_end, scope, months, superseded_by: null, ebitda: null, revenue: 600 }) as unknown as Period,
  );
  return { company: {} as Company, periods };
}

describe("comparing companies", () => {
  it("takes the newest year that most have, of one scope", () => {
    const companies = [
      company(["2024-12-31"], ["2023-12-31"]),
      company(["2023-06-30"], ["2024-12-31", "group"]),
      company(["2023-12-31"]),
    ];
    expect(bestYear(companies, "company")).toBe(2023);
    expect(bestYear(companies, "group")).toBe(2024);
    expect(bestYear([], "company")).toBeNull();
    expect(periodOf(companies[1] as Compared, "company", 2024)).toBeNull();
  });

  it("scales flows of other lengths to a year", () => {
    const [period] = company(["2024-12-31", "company", 6]).periods;
    expect(annualised(period as Period, "revenue")).toBe(1200);
    expect(annualised(period as Period, "ebitda")).toBeNull();
  });

  it("marks the best only where there is one", () => {
    expect(best([1, null, 3], "higher")).toEqual(new Set([2]));
    expect(best([1, 2, 1], "lower")).toEqual(new Set([0, 2]));
    expect(best([2, 2], "higher")).toEqual(new Set());
    expect(best([null, 2], "higher")).toEqual(new Set());
    expect(best([1, 2], "neutral")).toEqual(new Set());
  });
});
