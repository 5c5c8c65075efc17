import { expect, test } from "vitest";
import { titleWidth } from "./title-width";

test("the_longest_word_of_a_title_decides_and_a_slash_parts_words", () => {
  expect(titleWidth("Rörelsemarginal")).toBeGreaterThan(15 * 6);
  expect(titleWidth("Tillväxt per år, 3 år")).toBe(titleWidth("Tillväxt"));
  expect(titleWidth("Nettoskuld/EBITDA")).toBe(titleWidth("Nettoskuld/"));
  expect(titleWidth("")).toBe(16);
});
