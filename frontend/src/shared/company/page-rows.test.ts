import { expect, it } from "vitest";
import { rowsOf } from "./page-rows";

it("makes a row of each place in the columns, with the years of a sparkline as objects", () => {
  const rows = rowsOf({
    orgnr: ["5560000001", "5560000002"],
    name: ["Alfa", null],
    revenue: [12, null],
    sni_all: [["62.010"], null],
    revenue_series: [
      [
        ["2023-12-31", 5],
        ["2024-12-31", null],
      ],
      null,
    ],
  });
  expect(rows).toEqual([
    {
      orgnr: "5560000001",
      name: "Alfa",
      revenue: 12,
      sni_all: ["62.010"],
      revenue_series: [
        { period_end: "2023-12-31", revenue: 5 },
        { period_end: "2024-12-31", revenue: null },
      ],
    },
    { orgnr: "5560000002", name: null, revenue: null, sni_all: null, revenue_series: null },
  ]);
});

it("makes no rows of no columns", () => {
  expect(rowsOf(undefined)).toEqual([]);
  expect(rowsOf({ orgnr: [], name: [] })).toEqual([]);
});
