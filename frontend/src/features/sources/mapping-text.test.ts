import { describe, expect, it } from "vitest";
import { corrected, enoughOf, type ImportPreview, mappingWith, optionsOf } from "./mapping-text";

const column = (number: number, heading: string, field: string | null, unit: string | null = null) => ({
  number,
  heading,
  field,
  unit,
  currency: null,
  reason: field ? null : "no field is called so",
  is_known: false,
  samples: [],
});

const preview = {
  columns: [
    column(1, "Org.nr", "orgnr"),
    column(2, "År", "year"),
    column(3, "Oms", null),
    column(4, "Res", "ebit", "tkr"),
    column(5, "Res", null),
  ],
  fields: [
    { key: "orgnr", label_sv: "Organisationsnummer", label_en: "Organisation number", is_amount: false },
    { key: "year", label_sv: "År", label_en: "Year", is_amount: false },
    { key: "revenue", label_sv: "Nettoomsättning", label_en: "Net revenue", is_amount: true },
    { key: "ebit", label_sv: "Rörelseresultat", label_en: "Operating result", is_amount: true },
  ],
  mapping: "@costs = positive\norgnr = Org.nr\nyear = År\nebit = #4 [tkr]",
} as unknown as ImportPreview;

describe("the mapping of a table", () => {
  it("says the same as was found out when nothing is changed", () => {
    expect(mappingWith(preview, null)).toBe("@costs = positive\norgnr = Org.nr\nyear = År\nebit = #4 [tkr]");
  });

  it("keeps the first of two corrections that are made before the server answers", () => {
    const once = corrected(preview, { column: 3, choice: { field: "revenue", unit: "mkr" } });
    const twice = corrected(once, null, { decimal: "comma" });
    const text = corrected(twice, { column: 5, choice: { field: "ebit", unit: "tkr" } }).mapping;
    expect(text).toContain("revenue = Oms [mkr]");
    expect(text).toContain("@decimal = comma");
    expect(text).toContain("ebit = #5 [tkr]");
    expect(text).not.toContain("#4");
  });

  it("adds a column with its unit and keeps the others", () => {
    const text = mappingWith(preview, { column: 3, choice: { field: "revenue", unit: "mkr" } });
    expect(text).toContain("revenue = Oms [mkr]");
    expect(text).toContain("ebit = #4 [tkr]");
  });

  it("gives a field to one column only, and takes a column out", () => {
    const moved = mappingWith(preview, { column: 5, choice: { field: "ebit", unit: null } });
    expect(moved.match(/ebit = /g)).toHaveLength(1);
    expect(moved).toContain("ebit = #5 [kr]");
    expect(mappingWith(preview, { column: 4, choice: { field: null, unit: null } })).not.toContain("ebit");
  });

  it("changes options and removes those that are empty", () => {
    expect(optionsOf(mappingWith(preview, null, { costs: "negative", decimal: "," }))).toEqual({
      costs: "negative",
      decimal: ",",
    });
    expect(optionsOf(mappingWith(preview, null, { costs: "" }))).toEqual({});
  });

  it("sends only the beginning of a long text", () => {
    const long = new File([new Uint8Array(5 << 20)], "a.csv");
    expect(enoughOf(long).size).toBe(4 << 20);
    expect(enoughOf(new File([new Uint8Array(5 << 20)], "a.xlsx")).size).toBe(5 << 20);
  });
});
