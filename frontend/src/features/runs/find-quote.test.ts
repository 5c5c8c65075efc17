import { describe, expect, it } from "vitest";
import { findQuote } from "./find-quote";

const cut = (text: string, quote: string) => {
  const found = findQuote(text, quote);
  return found && text.slice(found.start, found.end);
};

describe("findQuote", () => {
  it("finds words that stand there as they are", () => {
    expect(cut("Vi svetsar. Vi levererar.", "Vi levererar.")).toBe("Vi levererar.");
  });

  it("finds words over lines, broken words, other quotation marks and dashes, and marks them as they stand", () => {
    expect(cut("Vi gör\n   svetsade  delar", "gör svetsade delar")).toBe("gör\n   svetsade  delar");
    expect(cut("Stora konstruk-\ntioner av stål", "konstruktioner av")).toBe("konstruk-\ntioner av");
    expect(cut("Vi kallar det ”bäst” – alltid.", 'det "bäst" - alltid')).toBe("det ”bäst” – alltid");
    expect(cut("in\u00advester\u200bing", "investering")).toBe("in\u00advester\u200bing");
  });

  it("keeps a hyphen that is a word's own", () => {
    expect(cut("it-drift och moln", "it-drift")).toBe("it-drift");
    expect(findQuote("it-drift och moln", "itdrift")).toBeNull();
  });

  it("finds nothing where the words do not stand", () => {
    expect(findQuote("Vi svetsar.", "Vi gjuter.")).toBeNull();
    expect(findQuote("Vi svetsar.", "")).toBeNull();
    expect(findQuote("", "Vi")).toBeNull();
  });
});
