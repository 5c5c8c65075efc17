import { describe, expect, it } from "vitest";
import { missingSentences } from "./missing-hint";

describe("what an answer lacks", () => {
  it("is told once for each part, and in general words for a part that is not known", () => {
    expect(missingSentences(["exclusions", "revenue_series"])).toEqual([
      "universe.missing.exclusions",
      "universe.missing.revenueSeries",
    ]);
    expect(missingSentences(["something", "else"])).toEqual(["universe.missing.other"]);
    expect(missingSentences([])).toEqual([]);
  });
});
