import { expect, test } from "vitest";
import { shows } from "./topics";

test("a kind is shown by the queries whose keys begin as it says, and by no others", () => {
  expect(shows(["prospects", "all"], ["prospects"])).toBe(true);
  expect(shows(["lists", "rows", { listId: "x" }, 0], ["lists"])).toBe(true);
  expect(shows(["company", "5560000000", "findings"], ["runs"])).toBe(true);
  expect(shows(["company", "5560000000"], ["runs"])).toBe(false);
  expect(shows(["universe", "rows"], ["lists", "prospects", "exclusions"])).toBe(false);
  expect(shows(["views"], ["lists", "views"])).toBe(true);
  expect(shows(["views"], ["something newer than this app"])).toBe(false);
});
