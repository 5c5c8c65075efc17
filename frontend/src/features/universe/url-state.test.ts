import { describe, expect, it } from "vitest";
import { changeColumn, moveColumn } from "@/shared/table/column-choice";
import { parseColumns, printColumns, STANDARD_COLUMNS } from "./columns";
import { parseSort, printSort, toggleSort, universeSearch } from "./search-params";

describe("sort", () => {
  it("is read and written", () => {
    const keys = parseSort("-revenue,name");
    expect(keys).toEqual([
      { by: "revenue", dir: "desc" },
      { by: "name", dir: "asc" },
    ]);
    expect(printSort(keys)).toBe("-revenue,name");
    expect(printSort([])).toBeUndefined();
  });

  it("goes natural, other, none", () => {
    const first = toggleSort([], "revenue", "desc", false);
    const second = toggleSort(first, "revenue", "desc", false);
    expect(printSort(first)).toBe("-revenue");
    expect(printSort(second)).toBe("revenue");
    expect(toggleSort(second, "revenue", "desc", false)).toEqual([]);
  });

  it("keeps the other keys when added to", () => {
    const keys = toggleSort(parseSort("-revenue"), "name", "asc", true);
    expect(printSort(keys)).toBe("-revenue,name");
    expect(printSort(toggleSort(keys, "revenue", "desc", true))).toBe("revenue,name");
    expect(printSort(toggleSort(keys, "name", "asc", false))).toBe("-name");
  });
});

describe("columns", () => {
  it("leave the address alone while they are the standard ones", () => {
    expect(printColumns(STANDARD_COLUMNS)).toBeUndefined();
    expect(parseColumns(undefined)).toBe(STANDARD_COLUMNS);
    expect(parseColumns("")).toBe(STANDARD_COLUMNS);
  });

  it("survive the address", () => {
    const columns = parseColumns("revenue~w140~d2~p,ebit,ebit,roe~x9");
    expect(columns).toEqual([
      { key: "revenue", width: 140, digits: 2, pinned: true },
      { key: "ebit" },
      { key: "roe" },
    ]);
    expect(parseColumns(printColumns(columns))).toEqual(columns);
  });

  it("are moved and changed", () => {
    const columns = parseColumns("a,b,c");
    expect(printColumns(moveColumn(columns, "c", "a"))).toBe("c,a,b");
    expect(printColumns(moveColumn(columns, "a", "c"))).toBe("b,c,a");
    expect(printColumns(moveColumn(columns, "a", "zzz"))).toBe("a,b,c");
    expect(printColumns(changeColumn(columns, "b", { pinned: true }))).toBe("a,b~p,c");
  });
});

it("drops what an address cannot mean", () => {
  expect(universeSearch({ q: 5590852777, f: "", view: "pie", sort: { by: 1 } })).toEqual({ q: "5590852777" });
});
