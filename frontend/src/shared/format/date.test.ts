import { describe, expect, it } from "vitest";
import { formatAgo, formatDate, formatDateTime, formatDuration, periodName } from "./date";
import { formatOrgnr, parseOrgnr } from "./orgnr";

describe("dates", () => {
  it("shows ISO dates and a dash for none", () => {
    expect(formatDate("2024-12-31")).toBe("2024-12-31");
    expect(formatDate(null)).toBe("–");
    expect(formatDateTime("not a date")).toBe("–");
  });

  it("names periods by how they lie", () => {
    expect(periodName("2024-01-01", "2024-12-31")).toBe("2024");
    expect(periodName("2019-11-01", "2020-10-31")).toBe("2019/20");
    expect(periodName("2024-03-01", "2024-06-30")).toBe("2024-06");
    expect(periodName("2023-09-15", "2024-12-31")).toBe("2023/24");
    expect(periodName(null, "2024-12-31")).toBe("2024");
  });

  it("says how long ago", () => {
    const now = new Date("2026-11-24T12:00:00Z");
    expect(formatAgo("2026-11-21T12:00:00Z", "en", now)).toBe("3 days ago");
    expect(formatAgo("2026-11-24T11:59:50Z", "sv", now)).toBe("nu");
    expect(formatAgo(null, "sv", now)).toBe("–");
  });

  it("shows durations", () => {
    expect(formatDuration(0.84, "sv")).toBe("0,8 s");
    expect(formatDuration(125, "en")).toBe("2 min 5 s");
    expect(formatDuration(7260, "en")).toBe("2 h 1 min");
  });
});

describe("organisation numbers", () => {
  it("formats and reads them", () => {
    expect(formatOrgnr("5590852777")).toBe("559085-2777");
    expect(parseOrgnr("16 559085-2777")).toBe("5590852777");
    expect(parseOrgnr("559085-2777")).toBe("5590852777");
    expect(parseOrgnr("Jonas")).toBeNull();
  });
});
